"""Regular expressions of ECMA-262 as trees, read as with the flag `u`.

Two things that the flag forbids are taken as Annex B takes them, for documents are full of them:
characters that are escaped without need (`\\-`, `\\_`), and braces or brackets that open nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from specloom.patterns.escapes import ESCAPE, Mistake, bracketed, one
from specloom.patterns.ranges import LINE_ENDS
from specloom.patterns.syntax import (
    Back,
    Boundary,
    Either,
    End,
    Group,
    Look,
    Malformed,
    Node,
    One,
    Repeat,
    Sequence,
    Start,
)

LONGEST = 10_000
"""Characters of a pattern. The longest of 62 real documents has 701."""
_DEEPEST = 50
"""Parentheses within parentheses: each takes some frames of the stack."""
_MOST_DIGITS = 18
_TOKEN = re.compile(
    rf"""
    (?P<look>\(\?<?[=!])
    | (?P<group>\( (?: \?: | \?<(?!\d)[\w$]+> | (?!\?) ))
    | (?P<close>\))
    | (?P<or>\|)
    | (?P<start>\^)
    | (?P<end>\$)
    | (?P<any>\.)
    | (?P<class>\[ \^? (?: \\. | [^\]\\] )* \])
    | (?P<escape>{ESCAPE})
    | (?P<count>(?: [*+?] | \{{[0-9]+(?:,[0-9]*)?\}} ) \??)
    | (?P<literal>[^\\\[({{] | \{{(?!,[0-9]+\}}))
    """,
    re.VERBOSE | re.DOTALL,
)
_SIGNS: Mapping[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    number: int | None = None
    """Of a group that captures."""


@dataclass(frozen=True, slots=True)
class _Source:
    tokens: tuple[_Token, ...]
    groups: tuple[str | None, ...]
    """The names of the groups that capture, in their order."""

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if i < len(self.tokens) else "nothing"


@lru_cache(maxsize=256)
def parsed(pattern: str) -> Node | Malformed:
    """Return the tree of a pattern, which is small and flat enough to be walked."""
    if len(pattern) > LONGEST:
        return Malformed(f"it has more than {LONGEST:,} characters", LONGEST)
    try:
        source = _source(pattern)
        tree, i = _either(source, 0, 0)
        if i < len(source.tokens):
            raise Mistake("this parenthesis closes nothing", source.tokens[i].at)
    except Mistake as mistake:
        return Malformed(mistake.reason, mistake.offset)
    return tree


def _source(pattern: str) -> _Source:
    tokens = tuple(_tokens(pattern))
    groups = tuple(_name(token.text) for token in tokens if token.number)
    for token in tokens:
        name = _name(token.text) if token.number else None
        if name and groups.index(name) + 1 != token.number:
            raise Mistake("another group has this name", token.at)
    return _Source(tokens, groups)


def _tokens(pattern: str) -> Iterator[_Token]:
    at, captured = 0, 0
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None or match.lastgroup is None:
            raise Mistake(_unreadable(pattern[at]), at)
        captures = match.lastgroup == "group" and match[0] != "(?:"
        captured += captures
        yield _Token(match.lastgroup, match[0], at, captured if captures else None)
        at = match.end()


def _unreadable(character: str) -> str:
    match character:
        case "[":
            return "this bracket is never closed"
        case "(":
            return "this is not how a group begins"
        case "{":
            return "a count of repetitions begins with a number"
        case _:
            return "a backslash is the last character"


def _name(group: str) -> str | None:
    return group[3:-1] if group.startswith("(?<") else None


def _either(source: _Source, i: int, depth: int) -> tuple[Node, int]:
    """Return the alternatives that begin with a token, and the number of the token after them."""
    if depth > _DEEPEST:
        raise Mistake(f"more than {_DEEPEST} parentheses are open here", source.tokens[i - 1].at)
    first, i = _sequence(source, i, depth)
    alternatives = [first]
    while source.kind(i) == "or":
        alternative, i = _sequence(source, i + 1, depth)
        alternatives.append(alternative)
    return (first if len(alternatives) == 1 else Either(tuple(alternatives))), i


def _sequence(source: _Source, i: int, depth: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while source.kind(i) not in ("or", "close", "nothing"):
        part, i = _atom(source, i, depth)
        if source.kind(i) == "count":
            part, i = _repeated(part, source.tokens[i]), i + 1
        parts.append(part)
    return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), i


def _atom(source: _Source, i: int, depth: int) -> tuple[Node, int]:
    token = source.tokens[i]
    match token.kind:
        case "group" | "look":
            of, close = _either(source, i + 1, depth + 1)
            if source.kind(close) != "close":
                raise Mistake("this parenthesis is never closed", token.at)
            if token.kind == "group":
                return Group(of, token.number, _name(token.text)), close + 1
            look = Look(of, "<" not in token.text, token.text.endswith("!"), token.at)
            return look, close + 1
        case _:
            return _simple(source, token), i + 1


def _simple(source: _Source, token: _Token) -> Node:
    match token.kind:
        case "start":
            return Start()
        case "end":
            return End()
        case "any":
            return One(LINE_ENDS, negated=True)
        case "class":
            return bracketed(token.text, token.at)
        case "escape":
            return _escaped(source, token)
        case "count":
            raise Mistake("there is nothing to repeat", token.at)
        case _:
            return One(((ord(token.text), ord(token.text)),))


def _escaped(source: _Source, token: _Token) -> Node:
    kind = token.text[1]
    if kind in "bB":
        return Boundary(negated=kind == "B")
    if kind in "123456789":
        if len(token.text) > _MOST_DIGITS or int(token.text[1:]) > len(source.groups):
            raise Mistake("there is no such group", token.at)
        return Back(int(token.text[1:]), token.at)
    if kind == "k":
        name = token.text[3:-1]
        if not name or name not in source.groups:
            raise Mistake("there is no such group", token.at)
        return Back(source.groups.index(name) + 1, token.at)
    return one(token.text, token.at)


def _repeated(part: Node, count: _Token) -> Repeat:
    if isinstance(part, Start | End | Boundary | Look):
        raise Mistake("there is nothing to repeat", count.at)
    least, most = _SIGNS.get(count.text[0]) or _bounds(count)
    return Repeat(part, least, most, lazy=count.text[1:].endswith("?"))


def _bounds(count: _Token) -> tuple[int, int | None]:
    least, comma, most = count.text.rstrip("?")[1:-1].partition(",")
    if max(len(least), len(most)) > _MOST_DIGITS:
        raise Mistake(f"this count has more than {_MOST_DIGITS} digits", count.at)
    if not most:
        return int(least), None if comma else int(least)
    if int(most) < int(least):
        raise Mistake("the most is less than the least", count.at)
    return int(least), int(most)
