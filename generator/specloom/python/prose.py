"""Words of a document as docstrings: the second of the three doors into source.

Nothing is deleted but blanks that black would take: what could end the literal, or hide from
a reader, is escaped. Long paragraphs are wrapped before that, so no escape is cut. Structure
of Markdown stays as it was written: blank lines, headings, lists, tables, quotes, HTML, and
code, fenced or indented. black leaves the result alone: as the first statement of a module,
class or function, and after a field or an alias, where a docstring is only a string to it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias
from unicodedata import ucd_3_2_0

from specloom.code import Code
from specloom.python.layout.width import LIMIT, width
from specloom.values import Text

Words: TypeAlias = tuple[str | Text, ...]
"""Our own words and the document's, in order."""
Entry: TypeAlias = tuple[Code, Words]
"""A name, and what is said of it."""
Section: TypeAlias = tuple[str, tuple[Entry, ...]]
"""A title, and what stands under it."""

DEPRECATED = "Deprecated."
"""What the documentation of something begins with that nobody should use any more."""
_QUOTES = '"""'
_STEP = 4
"""Columns that an entry is indented by, and again what goes on in it."""
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PROMPT = re.compile("^( *)>>>", re.MULTILINE)
"""What doctest runs; a backslash hides it, and Markdown shows the same."""
_TRIPLE = re.compile('"{3,}')
# Marks and letters by category, and yet nothing to see (Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_EMOJI = re.compile("[\U0001f300-\U0001f64f\U0001f680-\U0001f6c5\U0001f900-\U0001f9ff]")
"""Newer than Unicode 3.2, but known to all, and without gaps."""
_STRUCTURE = re.compile(r" |[#>|<]|(?:[-+*]|\d{1,9}[.)])(?: |$)|[-=*_][-=*_ ]*$|\[[^]]*\]:")
_MARKER = re.compile(r">|(?:#{1,6}|[-+*]|\d{1,9}[.)]|[-=*_]+)$|```|~~~")
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*$|(~{3,}))")
_TABLE = re.compile(r"[ :-]*\|[ :|-]*$")


def docstring(words: Words, *, indent: int, sections: Iterable[Section] = ()) -> Code:
    """Return the literal with its quotes, to be printed at `indent`, or nothing for no words.

    Sections follow the words, as most readers of docstrings know them: a title, and an entry for
    each name. Every line but the first is already indented. Raises ValueError if the literal does
    not read back, which would be a mistake of this module.
    """
    paragraphs = _laid_out(_lines("".join(map(_plain, words))), LIMIT - indent)
    if not paragraphs:
        return Code("")
    for title, entries in sections:
        if entries:
            paragraphs += ["", f"{title}:", *_section(entries, LIMIT - indent)]
    said = _closed(paragraphs, indent)
    literal = _QUOTES + "\n".join(map(_escaped, said)) + _QUOTES
    if ast.literal_eval(literal) != "\n".join(said):
        raise ValueError("the docstring does not read back")
    return Code(literal)


def is_said(words: Words) -> bool:
    """Return whether there is more in words than blanks."""
    return any(_plain(word).strip() for word in words)


def marked(words: Words, mark: str) -> Words:
    """Return words with a mark before them: in their paragraph, where that is one of plain prose."""
    said = "".join(map(_plain, words)).strip()
    if not said:
        return (mark,)
    if "\n" in _BREAK.sub("\n", said) or _STRUCTURE.match(said):
        return (f"{mark}\n\n", *words)
    return (f"{mark} ", Text(said))


def apart(before: Words, after: Words) -> Words:
    """Return words as paragraphs of their own, whatever line breaks the former end with."""
    said = [n for n, word in enumerate(before) if _plain(word).strip()]
    if not said or not after:
        return before if said else after
    *kept, last = before[: said[-1] + 1]
    ended = last.rstrip() if isinstance(last, str) else Text(last.raw.rstrip())
    return (*kept, ended, "\n\n", *after)


def _section(entries: Iterable[Entry], room: int) -> Iterator[str]:
    """Return the lines of entries: their names a step in, and what goes on a step further."""
    for name, words in entries:
        lines = _lines("".join(map(_plain, words)))
        if _STRUCTURE.match(lines[0]) or _FENCE.match(lines[0]):
            lines = [f"{name}:", *lines]
        else:
            lines[0] = f"{name}: {lines[0]}"
        first, *others = _laid_out(lines, room - 2 * _STEP, hanging=True)
        yield " " * _STEP + first
        yield from (" " * 2 * _STEP + line if line else "" for line in others)


def _plain(word: str | Text) -> str:
    return word if isinstance(word, str) else word.raw


def _lines(raw: str) -> list[str]:
    """Return the lines from the first that says something to the last that does."""
    text = _BREAK.sub("\n", raw).replace("\t", "    ")
    lines = _PROMPT.sub(r"\1\\>>>", text).split("\n")
    said = [number for number, line in enumerate(lines) if line.strip(" ")]
    return _dedented(lines[said[0] : said[-1] + 1]) if said else []


def _dedented(lines: list[str]) -> list[str]:
    bare = [line.lstrip(" ") for line in lines]
    margins = (len(line) - len(text) for line, text in zip(lines, bare, strict=True) if text)
    margin = min(margins, default=0)
    return [line[margin:] for line in lines]


def _laid_out(lines: list[str], room: int, *, hanging: bool = False) -> list[str]:
    """Return the lines with long paragraphs wrapped, dedented as black does: but for the first.

    Quotes stand before and behind them, or the first begins a step to the left of the others.
    """
    if not lines:
        return []
    out: list[str] = []
    for block, flows in _blocks(lines):
        taken, closing = 0, 0
        if hanging:
            taken = 0 if out else -_STEP
        elif not out:
            taken = _quotes_beside(block[0][:1])
            closing = _quotes_beside(block[0][-1:]) if len(block) == len(lines) == 1 else 0
        out += _wrapped(block, room, taken, closing) if flows else block
    out = [out[0].lstrip(" "), *_dedented(out[1:])]
    return [line.rstrip(" ") for line in out]


def _blocks(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield runs of lines, and whether they are a paragraph: what may be broken anywhere."""
    paragraph: list[str] = []
    for line, flows in zip(lines, _flowing(lines), strict=True):
        if flows:
            paragraph.append(line)
        if paragraph and (not flows or line.endswith(("  ", "\\"))):  # a hard break
            yield paragraph, True
            paragraph = []
        if not flows:
            yield [line], False
    if paragraph:
        yield paragraph, True


def _flowing(lines: list[str]) -> Iterator[bool]:
    fence = ""
    table = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        text = line.strip(" ")
        if fence:
            if len(text) >= len(fence) and not text.strip(fence[0]):
                fence = ""
            yield False
        elif match := _FENCE.match(line):
            fence = match[1] or match[2]
            yield False
        else:
            table = text != "" and (table or _TABLE.match(following) is not None)
            yield text != "" and not table and _STRUCTURE.match(line) is None


def _wrapped(paragraph: list[str], room: int, taken: int, closing: int) -> list[str]:
    """Return the paragraph as it is if it fits, else filled anew.

    Columns are taken before it. Where it is the whole docstring, the closing quotes count too:
    black leaves them on a single line, however long.
    """
    widths = [width(_escaped(line)) for line in paragraph]
    if max(taken + widths[0] + closing, *widths[1:], 0) <= room:
        return paragraph
    filled = list(_filled(paragraph, room, taken))
    return filled if len(filled) > 1 else list(_filled(paragraph, room - closing, taken))


def _quotes_beside(character: str) -> int:
    return len(_QUOTES) + (1 if character == '"' else 0)


def _filled(paragraph: Iterable[str], room: int, taken: int) -> Iterator[str]:
    line: list[str] = []
    for word in (word for text in paragraph for word in text.split(" ") if word):
        columns = width(_escaped(word))
        # a word that would begin a list, a heading or the like stays where it is
        if line and taken + 1 + columns > room and not _MARKER.match(word):
            yield " ".join(line)
            line, taken = [], 0
        taken += columns + (1 if line else 0)
        line.append(word)
    yield " ".join(line)


def _closed(lines: list[str], indent: int) -> list[str]:
    """Return the lines as they stand between the quotes."""
    pad = " " * indent
    said = [lines[0], *(pad + line if line else "" for line in lines[1:])]
    if _escaped(said[0]).startswith('"'):
        said[0] = " " + said[0]
    if said[-1].endswith('"'):
        said[-1] += " "
    if len(said) > 1 and len(_escaped(said[-1])) + len(_QUOTES) > LIMIT:
        said[-1] = said[-1].rstrip(" ")
        said.append(pad)
    return said


def _escaped(line: str) -> str:
    line = line.replace("\\", "\\\\")
    if _QUOTES in line:
        line = _TRIPLE.sub(lambda match: '\\"' * len(match[0]), line)
    if line.isascii() and line.isprintable():
        return line
    return "".join(map(_visible, line))


def _is_shown(character: str) -> bool:
    """Return whether a character stands as it is; the old table is the same on every Python."""
    known = ucd_3_2_0.category(character) != "Cn" or _EMOJI.match(character) is not None
    return known and character.isprintable() and not _INVISIBLE.match(character)


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if _is_shown(character):
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
