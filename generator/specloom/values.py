"""Words of the document, places in it and JSON values: what every stage is made of."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn, TypeAlias

from specloom.pointers import escaped

Tree: TypeAlias = "Mapping[str, Tree] | Sequence[Tree] | str | int | float | bool | None"
"""A document as the readers return it: plain JSON values."""


# Made once: most values are short, and to make an encoder takes longer than to use it.
_compact = json.JSONEncoder(separators=(",", ":")).encode
_parsed = json.JSONDecoder().decode
in_order = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
"""Writes values as JSON, the same for the same members in whatever order."""


class Untrusted:
    """What a document says. It cannot be formatted, or it would leak into source by accident.

    Three doors lead out, and each takes what it needs by name: `literal`, `docstring` and
    `naming`. Messages to people go through `diagnostics.shown`.
    """

    __slots__ = ()

    def __str__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} goes through literal, docstring or naming")

    def __format__(self, _: str) -> NoReturn:
        raise TypeError(f"{type(self).__name__} goes through literal, docstring or naming")


@dataclass(frozen=True, slots=True, order=True)
class Text(Untrusted):
    """Words that somebody else wrote."""

    raw: str


EMPTY = Text("")


@dataclass(frozen=True, slots=True, order=True)
class Json(Untrusted):
    """A JSON value as compact text: it tells 1, 1.0 and true apart, as Python's `==` does not."""

    raw: str

    @classmethod
    def of(cls, value: Tree) -> Json:
        return cls(_compact(value))

    @property
    def value(self) -> Tree:
        tree: Tree = _parsed(self.raw)
        return tree


@dataclass(frozen=True, slots=True, order=True)
class Place(Untrusted):
    """A node of a document. Its line and column are looked up when a message needs them."""

    file: str
    pointer: str
    """A JSON pointer (RFC 6901)."""
    key: bool = False
    """Whether the key of the member is meant, not its value."""

    def step(self, token: str | int) -> Place:
        return Place(self.file, f"{self.pointer}/{escaped(str(token))}")

    def at_key(self) -> Place:
        return Place(self.file, self.pointer, key=True)


class Kind(Enum):
    """What JSON itself can tell apart. An integer is a number without a fraction: 1.0 is one."""

    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    ARRAY = "array"
    OBJECT = "object"


def kind_of(value: Tree) -> Kind:
    match value:
        case None:
            return Kind.NULL
        case bool():
            return Kind.BOOLEAN
        case int():
            return Kind.INTEGER
        case float():
            return Kind.INTEGER if value.is_integer() else Kind.NUMBER
        case str():
            return Kind.STRING
        case Mapping():
            return Kind.OBJECT
        case _:
            return Kind.ARRAY


def canonical(value: Tree) -> Json:
    """Return a value as JSON compares it: 1.0 is 1, and the order of members is nothing."""
    return Json(in_order(_normal(value)))


def _normal(value: Tree) -> Tree:
    match value:
        case float():
            return int(value) if value.is_integer() else value
        case None | bool() | int() | str():
            return value
        case Mapping():
            return {name: _normal(inner) for name, inner in value.items()}
        case _:
            return [_normal(inner) for inner in value]


def comparable(value: Tree) -> Hashable:
    """Return the same for equal values: 1.0 is 1, true is not, and members have no order."""
    if isinstance(value, bool):
        return bool, value
    if isinstance(value, Mapping):
        return dict, frozenset((name, comparable(inner)) for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list, tuple(map(comparable, value))
    return value
