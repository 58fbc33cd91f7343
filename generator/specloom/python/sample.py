"""A value to try a package with, and how lists and maps of such are spelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from specloom.code import Code
from specloom.python.layout import Doc, Group
from specloom.python.literals import literal
from specloom.values import Json, Tree

_DEEPEST = 3
"""Lists within lists, before they are as short as they may be."""
_MOST = 200
"""Items of lists within lists, taken together."""


@dataclass(frozen=True, slots=True)
class Sample:
    received: Tree
    python: Doc
    written: Tree
    """As a request holds it: defaults are written, some nulls are not."""
    ambiguous: bool = False
    """Whether a value in it fits two alternatives of a `oneOf`: strict decoding refuses that."""
    unread: bool = False
    """Whether a value in it can only be sent: no decoder knows it by what its schema says."""

    @property
    def is_plain(self) -> bool:
        return not self.ambiguous and not self.unread


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sample stands: this makes it unlike its neighbours."""

    word: str
    seed: int
    avoided: Tree = None
    """A default, from which the sample should differ."""
    secret: bool = False
    plain: bool = False
    """Whether letters and hyphens are all that can stand here."""
    room: int = _DEEPEST
    crowd: int = 1
    """How many stand where this does, in all the lists and maps around it."""

    def step(self, number: int) -> Spot:
        word = f"{self.word} {number + 1}" if number else self.word
        return Spot(
            word, self.seed + number, None, self.secret, self.plain, self.room - 1, self.crowd
        )

    def among(self, count: int) -> Spot | None:
        """Return the spot of one of so many; None where that would be too many in all."""
        crowd = self.crowd * max(count, 1)
        return replace(self, crowd=crowd) if count < 2 or crowd <= _MOST else None

    @property
    def text(self) -> str:
        dashed = self.word.replace("_", "-")
        if self.secret:
            return f"{'an' if dashed[:1] in 'aeiou' else 'a'}-{dashed}"
        if self.plain:
            return dashed.replace(" ", "-")
        return f"{dashed} &=+%\u00e9"


NULL = Sample(None, Code("None"), None)
NO_CHANGES: Mapping[str, Sample] = {}


def prefixed(prefix: Code, doc: Doc) -> Doc:
    """Return a document that begins with `prefix`."""
    return (
        Code(prefix + doc) if isinstance(doc, Code) else replace(doc, head=Code(prefix + doc.head))
    )


def best(found: Iterable[Sample | None]) -> Sample | None:
    """Return the first that all decoding takes; else one that is read; None where there is none."""
    other: Sample | None = None
    for sample in found:
        if sample is not None and sample.is_plain:
            return sample
        if other is None or (other.unread and sample is not None and not sample.unread):
            other = sample
    return other


def among(parts: Iterable[Sample], whole: Sample) -> Sample:
    """Return a sample with the marks of what it is made of."""
    found = tuple(parts)
    return replace(
        whole,
        ambiguous=any(part.ambiguous for part in found),
        unread=any(part.unread for part in found),
    )


def listed(items: tuple[Sample, ...]) -> Sample:
    whole = Sample(
        [item.received for item in items],
        array_doc(tuple(item.python for item in items)),
        [item.written for item in items],
    )
    return among(items, whole)


def mapped(values: tuple[Sample, ...]) -> Sample:
    keys = tuple(f"key {number + 1}" for number in range(len(values)))
    docs = {key: value.python for key, value in zip(keys, values, strict=True)}
    whole = Sample(
        {key: value.received for key, value in zip(keys, values, strict=True)},
        object_doc(docs),
        {key: value.written for key, value in zip(keys, values, strict=True)},
    )
    return among(values, whole)


def array_doc(items: tuple[Doc, ...]) -> Doc:
    return Group(Code("["), items, Code("]"), display=True) if items else Code("[]")


def object_doc(members: Mapping[str, Doc]) -> Doc:
    items = tuple(prefixed(Code(f"{literal(key)}: "), doc) for key, doc in members.items())
    return Group(Code("{"), items, Code("}"), display=True) if items else Code("{}")


def tree_doc(value: Tree) -> Doc:
    """Return the Python literal of a JSON value, to be laid out."""
    match value:
        case Mapping():
            return object_doc({key: tree_doc(one) for key, one in value.items()})
        case None | bool() | int() | float() | str():
            return literal(Json.of(value))
        case _:
            return array_doc(tuple(map(tree_doc, value)))
