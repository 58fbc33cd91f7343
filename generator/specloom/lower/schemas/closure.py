"""The assertions that others mention by address, and those that these mention."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from specloom.assertion import (
    Assertion,
    Contains,
    Every,
    Fits,
    Formatted,
    Items,
    Members,
    Names,
    Not,
    Single,
    Some,
    Unevaluated,
    When,
)
from specloom.document.node import at_pointer
from specloom.document.root import Document
from specloom.document.schema import read_schema
from specloom.lower.schemas.assertions import assertion_of
from specloom.lower.schemas.formatted import FORMATTED, Formats
from specloom.values import Text


def closure(
    assertions: Iterable[Assertion], document: Document
) -> tuple[tuple[Text, Assertion], ...]:
    """Return all assertions that can be reached by address, in the order in which they are met."""
    found: dict[Text, Assertion] = {}
    marked: set[Text] = set()
    pending = deque(mention for each in assertions for mention in _mentions(each, marks=False))
    while pending:
        address, marks = pending.popleft()
        if address in (marked if marks else found):
            continue
        marks = marks or address in marked
        marked |= {address} if marks else set()
        found[address] = _at(address, document, marks=marks)
        pending.extend(_mentions(found[address], marks=marks))
    return tuple(found.items())


def mentions_formats(assertion: Assertion, document: Document) -> bool:
    """Return whether a format is asserted by what can be reached by address."""
    return any(_has_format(of) for _, of in closure((assertion,), document))


def _has_format(assertion: Assertion) -> bool:
    if isinstance(assertion, Formatted):
        return True
    return any(map(_has_format, (*_beside(assertion), *_inside(assertion))))


def _at(address: Text, document: Document, *, marks: bool) -> Assertion:
    pointer = address.raw.removesuffix(FORMATTED)
    formats = Formats.NOWHERE if pointer == address.raw else Formats.EVERYWHERE
    node = at_pointer(document.root, pointer)
    if node is None:
        raise AssertionError("an address comes from a schema of the document")
    return assertion_of(read_schema(node), document, formats=formats, marks=marks)


def _mentions(assertion: Assertion, *, marks: bool) -> Iterator[tuple[Text, bool]]:
    """Yield addresses, and whether an `Unevaluated` around them asks for marks."""
    if isinstance(assertion, Fits):
        yield assertion.address, marks
    asked = isinstance(assertion, Unevaluated) or (marks and not isinstance(assertion, Not))
    for each in _beside(assertion):
        yield from _mentions(each, marks=asked)
    for each in _inside(assertion):
        yield from _mentions(each, marks=False)


def _beside(assertion: Assertion) -> tuple[Assertion, ...]:
    """Return what is said of the same value."""
    match assertion:
        case Every(of) | Some(of) | Single(of):
            return of
        case When(condition, then, otherwise):
            return (condition, then, otherwise)
        case Not(of) | Unevaluated(of=of):
            return (of,)
        case _:
            return ()


def _inside(assertion: Assertion) -> Iterator[Assertion]:
    """Yield what is said of members and items."""
    match assertion:
        case Contains(of) | Names(of):
            yield of
        case Items(first, rest):
            yield from first
            yield from () if rest is None else (rest,)
        case Members(named=named, matching=matching, rest=rest):
            yield from (of for _, of in (*named, *matching))
            yield from () if rest is None else (rest,)
        case Unevaluated(rest=rest):
            yield rest
        case _:
            return
