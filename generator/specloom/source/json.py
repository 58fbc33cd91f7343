"""JSON as a tree (RFC 8259), with limits, and where its nodes stand."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Iterator
from itertools import accumulate, chain, islice

from specloom.diagnostics import Diagnostic
from specloom.limits import Limits
from specloom.source import mistakes
from specloom.source.locate import Marks, Path, Wanted
from specloom.source.page import Mistake, Page
from specloom.values import Tree

_SPACE = re.compile(r"[ \t\n\r]*")
# No string is matched by a pattern: `re` needs 60 bytes for each escape in a repetition.
_STRUCTURE = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
_BEFORE_VALUES = re.compile(r'\\.|["{\[,]', re.DOTALL)
_TOKEN = re.compile(r'["{}\[\]]|[^\s{}\[\],:"]+')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
_NO_STRUCTURE = bytes(sorted(set(range(256)) - set(b'"[]{},')))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")  # as signed bytes: +1 and -1
_SENTENCES = (
    ("Expecting value", "a value is expected here"),
    ("Expecting property name", "a key in double quotes is expected here"),
    ("Expecting ':'", "a colon is expected here, between a key and its value"),
    ("Expecting ','", "a comma or a closing bracket is expected here"),
    ("Extra data", "the document is complete before this; remove what follows"),
    ("Unterminated string", "the string that begins here is never closed"),
    ("Invalid control", "a line break or control character stands in a string; escape it"),
    ("Invalid \\", "JSON has no such escape; to mean a backslash, write two"),
)

_AFTER_COMMA = ("Expecting value", "Expecting property name", "Illegal trailing comma")


def read(page: Page, limits: Limits) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Return the tree and warnings; raise Unreadable."""
    page.judged(_excess(page.text, limits))
    try:
        tree, doubtful = _parsed(page.text, limits.digits)
    except json.JSONDecodeError as error:
        at = _surplus_comma(page.text, error.pos)
        sentence = _sentence(error.msg, page.text[at : at + 2])
        raise page.refusal("json-syntax", sentence, at) from None
    if not doubtful and not _may_be_long(page.text, limits):
        return tree, ()
    found = chain(_misused(page.text, limits), _lone_surrogates(page.text))
    return tree, page.judged(_first(found, limits.mistakes))


def _first(found: Iterator[Mistake], most: int) -> Iterator[Mistake]:
    yield from islice(found, most)
    for mistake in islice(found, 1):
        yield mistakes.too_many_mistakes(mistake.at, most)


def offsets(text: str, wanted: Wanted) -> dict[Path, Marks]:
    """Return where the wanted nodes stand in the text of a document that could be read."""
    found: dict[Path, Marks] = {}
    decode = json.JSONDecoder().raw_decode  # skips in C what nobody asks for

    def past_space(at: int) -> int:
        space = _SPACE.match(text, at)
        return at if space is None else space.end()

    def past_value(node: Wanted | None, key: int, at: int) -> int:
        if node is None:
            return decode(text, at)[1]
        found[node.path] = Marks(key, at)
        if not node.below or text[at] not in "{[":
            return decode(text, at)[1]
        return past_members(node, at, named=text[at] == "{")

    def past_members(node: Wanted, at: int, *, named: bool) -> int:
        at = past_space(at + 1)
        index = 0
        while text[at] not in "}]":
            key = at
            name = str(index)
            if named:
                name, at = decode(text, at)
                at = past_space(past_space(at) + 1)
            at = past_space(past_value(node.below.get(name), key, at))
            if text[at] == ",":
                at = past_space(at + 1)
            index += 1
        return at + 1

    past_value(wanted, start := past_space(0), start)
    return found


def structure(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield the brackets and the beginnings of strings, with offset and depth, of any text."""
    depth = 0
    quoted = False
    for mark in _STRUCTURE.finditer(text):
        lead = mark[0]
        if lead == '"':
            quoted = not quoted
        elif quoted or lead[0] == "\\":
            continue
        depth += (lead in "{[") - (lead in "}]")
        if quoted or lead != '"':
            yield mark.start(), lead, depth


def _parsed(text: str, most: int) -> tuple[Tree, bool]:
    """Return the tree and whether it needs a second look, which alone knows positions."""
    doubts: list[str] = []

    def members(pairs: list[tuple[str, Tree]]) -> Tree:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubts.append("duplicate")
        return found

    def integer(digits: str) -> int:
        if len(digits) <= most:
            return int(digits)
        doubts.append("digits")
        return 0

    def real(digits: str) -> float:
        value = float(digits)
        if len(digits) > most or math.isinf(value):
            doubts.append("number")
        return value

    def constant(name: str) -> None:
        doubts.append(name)

    tree: Tree = json.loads(
        text,
        object_pairs_hook=members,
        parse_int=integer,
        parse_float=real,
        parse_constant=constant,
    )
    return tree, bool(doubts) or _SURROGATE.search(text) is not None


def _excess(text: str, limits: Limits) -> Iterator[Mistake]:
    """Yield at most one mistake, found before anything recurses: too many values, or too deep.

    Deleting all but the structure takes a fraction of the time that parsing takes. A pair of
    quotes can go wherever it stands, since whether the rest is within a string stays the same.
    """
    unescaped = text.encode().replace(rb"\\", b"").replace(rb"\"", b"")
    skeleton = unescaped.translate(None, _NO_STRUCTURE).replace(b'""', b"")
    outside = b"".join(skeleton.split(b'"')[::2])
    if outside.count(b",") + outside.count(b"[") + outside.count(b"{") >= limits.nodes:
        # an array that looks empty here may hold a number
        for at in islice(_members(text), limits.nodes - 1, limits.nodes):
            yield mistakes.too_many(at, limits.nodes)
            return
    if max(accumulate(array("b", outside.translate(_STEPS, b","))), default=0) > limits.depth:
        yield from islice(_depths(text, limits.depth), 1)


def _depths(text: str, most: int) -> Iterator[Mistake]:
    for at, _, depth in structure(text):
        if depth > most:
            yield mistakes.too_deep(at, most)


def _members(text: str) -> Iterator[int]:
    """Yield where the items and members begin, of all arrays and objects of a text."""
    quoted = False
    for mark in _BEFORE_VALUES.finditer(text):
        if mark[0] == '"':
            quoted = not quoted
        elif not quoted and mark[0][0] != "\\":
            space = _SPACE.match(text, mark.end())
            at = mark.end() if space is None else space.end()
            if mark[0] == "," or text[at : at + 1] not in ("]", "}"):
                yield at


def _may_be_long(text: str, limits: Limits) -> bool:
    """Return whether a string may be longer than a name or a text may be.

    Most texts are crossed in a few strides: from a quote to the last one within reach.
    """
    most = min(limits.names, limits.texts)
    if len(text) <= most:
        return False
    text = text.replace("\\\\", "__").replace('\\"', "__")
    start = 0
    while len(text) - start > most:
        quote = text.rfind('"', start, start + most + 1)
        if quote < 0:
            return True
        start = quote + 1
    return False


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets, strings and other scalars, with offset, of a text that is JSON."""
    decode = json.JSONDecoder().raw_decode
    end = 0
    while token := _TOKEN.search(text, end):
        at, end = token.span()
        if token[0] == '"':
            end = decode(text, at)[1]
        yield at, text[at:end]


def _misused(text: str, limits: Limits) -> Iterator[Mistake]:
    """Yield the duplicate keys, what is too long and no number, of a text that is JSON otherwise."""
    outer: list[dict[str, bool] | None] = []
    plain: dict[str, bool] | None = None  # by key: whether all its values so far are scalars
    key: tuple[int, str] | None = None
    for at, token in _tokens(text):
        if token in "}]":
            plain = outer.pop()
            continue
        if plain is not None and key is None:
            key = at, json.loads(token)
            if len(key[1]) > limits.names:
                yield mistakes.long_name(at, limits.names)
            continue
        scalar = token not in "{["
        if plain is not None and key is not None:
            where, name = key
            scalars = scalar and plain.get(name, True)
            if name in plain:
                yield mistakes.duplicate(where, name, plain=scalars)
            plain[name] = scalars
            key = None
        if not scalar:
            outer.append(plain)
            plain = {} if token == "{" else None
        elif token[0] != '"':
            yield from _number(at, token, limits.digits)
        elif len(token) > limits.texts and len(json.loads(token)) > limits.texts:
            yield mistakes.long_text(at, limits.texts)


def _number(at: int, word: str, most: int) -> Iterator[Mistake]:
    if word in ("true", "false", "null"):
        return
    if len(word) > most:
        yield mistakes.too_many_digits(at, most)
    elif not word.lstrip("-").isdigit() and not math.isfinite(float(word)):
        yield mistakes.not_finite(at)


def _lone_surrogates(text: str) -> Iterator[Mistake]:
    for escape in _ESCAPE.finditer(text):
        if escape["lone"]:
            message = "half of a surrogate pair is no character; write both halves, or remove it"
            yield Mistake(escape.start(), "encoding", message)


def _surplus_comma(text: str, at: int) -> int:
    """Return where the comma before a closing bracket is; Python 3.13 alone points at it."""
    before = text[:at].rstrip(" \t\n\r")
    closed = text[at : at + 1] in ("}", "]") and before.endswith(",")
    return len(before) - 1 if closed else at


def _sentence(problem: str, found: str) -> str:
    if problem.startswith(_AFTER_COMMA):
        if found.startswith(("//", "/*", "#")):
            return "JSON has no comments; remove this"
        if found.startswith(","):
            return "remove this comma: nothing follows it"
    for start, sentence in _SENTENCES:
        if problem.startswith(start):
            return sentence
    return "this is not JSON"
