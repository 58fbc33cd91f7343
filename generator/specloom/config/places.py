"""Where a TOML text defines its tables and keys: its parser tells only where a text is broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

Names: TypeAlias = tuple[str, ...]
"""The names from the root of a document down to a key."""

_TOKEN = re.compile(
    r"""
    \"""(?:\\.|[^\\])*?\"""(?!")  # two quotes may stand right before the three that end it
    | '''.*?'''(?!')
    | "(?:\\.|[^"\\])*"
    | '[^']*'
    | \#[^\n]*
    | [A-Za-z0-9_-]+
    | \S
    """,
    re.DOTALL | re.VERBOSE,
)
_ENDS = re.compile(r"""[\]}]|\"{3}|'{3}""")
_BEGINS_WITH_END = re.compile(r"""\s*([\]}]|\"{3}|'{3})""")
"""How the last line of a value of several lines may look, and how it does most often."""
_TRIALS = 100
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_AT_END = "(at end of document)"
_ARRAY = {"[": 1, "]": -1}


class Point(NamedTuple):
    """Both numbers are counted from 1; columns count characters."""

    line: int
    column: int


class _Key(NamedTuple):
    names: Names
    start: int
    """Where the last of the names stands: an offset into the statement."""
    value: int
    """Where its value begins; the same place again if that is a table made in passing."""


def defined(text: str, path: Names, *, value: bool = False) -> Point | None:
    """Return where a sound text first writes the last name of a path, or else the value of it.

    Paths lead through tables. Of what the text does not define, nothing is returned.
    """
    above: Names = ()
    before: Names
    for line, statement in _statements(text):
        tokens = (t for t in _TOKEN.finditer(statement) if not t[0].startswith("#"))
        if statement.lstrip().startswith("["):
            keys = _header(tokens)
            above, before = keys[-1].names, ()
        else:
            keys, before = list(_pairs(tokens)), above
        for key in keys:
            if (*before, *key.names) == path:
                point = _point(statement, key.value if value else key.start)
                return Point(line + point.line - 1, point.column)
    return None


def broken(text: str, error: Exception) -> Point:
    """Return where a text is no TOML, or no text at all, as the error says."""
    if isinstance(error, UnicodeDecodeError):
        sound = error.object[: error.start].decode()
        return _point(sound, len(sound))
    if place := _PLACE.search(str(error)):
        return Point(int(place[1]), int(place[2]))
    return _point(text, len(text.rstrip()) if str(error).endswith(_AT_END) else 0)


def reason(error: Exception) -> str:
    """Return what a text is not, and why, without the place."""
    if isinstance(error, UnicodeDecodeError):
        return "this is no UTF-8"
    return f"this is no TOML: {_PLACE.sub('', str(error)).removesuffix(_AT_END).rstrip()}"


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the statements of a text and their first lines.

    The parser says how many lines one takes: a part of a value is no TOML. Comments and empty
    lines pass for statements.
    """
    start, lines, trials = 1, list[str](), 0
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(f"{line}\n")
        # each trial takes the time of the whole value, which may have thousands of lines
        may_end = _ENDS.search if trials < _TRIALS else _BEGINS_WITH_END.match
        if len(lines) > 1 and not may_end(line):
            continue
        trials += 1
        if _is_sound(statement := "".join(lines)):
            yield start, statement
            start, lines, trials = number + 1, [], 0


def _is_sound(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _header(tokens: Iterator[re.Match[str]]) -> list[_Key]:
    """Return a key for each name of `[a.b]` or `[[a.b]]`."""
    found: list[_Key] = []
    names: Names = ()
    for token in tokens:
        if token[0] not in ("[", "]", "."):
            names = (*names, _name(token[0]))
            found.append(_Key(names, token.start(), token.start()))
    return found


def _pairs(tokens: Iterator[re.Match[str]], above: Names = ()) -> Iterator[_Key]:
    """Yield the keys of `a.b = value`, and those of the inline tables in the value.

    Those inside of arrays have no path of names, and are skipped.
    """
    names, starts = above, list[int]()
    for token in tokens:
        match token[0]:
            case "}":
                return
            case ",":
                names, starts = above, []
            case ".":
                pass
            case "=":
                value = next(tokens)
                for count, start in enumerate(starts, len(above) + 1):
                    is_last = count == len(names)
                    yield _Key(names[:count], start, value.start() if is_last else start)
                if value[0] == "{":
                    yield from _pairs(tokens, names)
                depth = _ARRAY.get(value[0], 0)
                while depth:
                    depth += _ARRAY.get(next(tokens)[0], 0)
            case word:  # a part of a name, or what is left of a number or a date
                names, starts = (*names, _name(word)), [*starts, token.start()]


def _name(word: str) -> str:
    return next(iter(tomllib.loads(f"{word} = 0"))) if word[0] in "\"'" else word


def _point(text: str, offset: int) -> Point:
    before = text[:offset]
    return Point(before.count("\n") + 1, offset - before.rfind("\n"))
