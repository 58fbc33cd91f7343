"""JSON values that may be of no variant of a union: what its decoder is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from specloom.python.tests.misfits import NEW
from specloom.values import Json, Kind, Tree
from specloom.verdict import ByItem, ByKey, ByKind, ByMember, ByTag, ByTest, Choice, Take, Trial

_MOST = 16
_NOTHING: Mapping[str, Tree] = {}
_OF_EACH_KIND: tuple[Tree, ...] = ([], {}, NEW, 7, 7.5, True, None)


def misshapen(choice: Choice) -> tuple[Tree, ...]:
    """Return values of other kinds than a choice knows, and objects that lack what decides."""
    return _some(_misshapen(choice))


def strangers(choice: Choice) -> tuple[Tree, ...]:
    """Return objects with tags that nobody listed."""
    return _some({**members, tag.name.raw: _new(tag)} for tag, members in _tags(choice, _NOTHING))


def _some(values: Iterator[Tree]) -> tuple[Tree, ...]:
    return tuple({Json.of(value): value for value in islice(values, _MOST)}.values())


def _misshapen(choice: Choice) -> Iterator[Tree]:
    yield from _OF_EACH_KIND if isinstance(choice, ByKind) else ([],)
    match choice:
        case ByKind(cases):
            yield from (v for k, of in cases if Kind.ARRAY in k for v in _arrays(of))
            yield from (v for k, of in cases if Kind.OBJECT in k for v in _objects(of, _NOTHING))
        case ByItem():
            yield from _arrays(choice)
        case _:
            yield from _objects(choice, _NOTHING)


def _arrays(choice: Choice) -> Iterator[Tree]:
    if isinstance(choice, ByItem):
        yield from ([value] for value in _misshapen(choice.of))


def _objects(choice: Choice, members: Mapping[str, Tree]) -> Iterator[Tree]:
    """Return objects that have some members, and not those that a choice asks for."""
    match choice:
        case ByTag(name, cases, absent, _):
            yield members
            yield {**members, name.raw: None}
            for values, of in cases:
                yield from _objects(of, {**members, name.raw: values[0].value})
            if absent is not None:
                yield from _objects(absent, members)
        case ByKey(name, present, absent):
            yield members
            yield from _objects(present, {**members, name.raw: None})
            if absent is not None:
                yield from _objects(absent, members)
        case ByMember(name, of, absent):
            yield members
            yield from ({**members, name.raw: value} for value in _misshapen(of))
            if absent is not None:
                yield from _objects(absent, members)
        case ByKind() | ByItem() | ByTest() | Trial() | Take():
            return


def _tags(
    choice: Choice, members: Mapping[str, Tree]
) -> Iterator[tuple[ByTag, Mapping[str, Tree]]]:
    """Return the tags that decide, each with the members that lead to it."""
    match choice:
        case ByTag(name, cases, absent, _):
            yield choice, members
            for values, of in cases:
                yield from _tags(of, {**members, name.raw: values[0].value})
            if absent is not None:
                yield from _tags(absent, members)
        case ByKind(cases):
            yield from (t for k, of in cases if Kind.OBJECT in k for t in _tags(of, members))
        case ByKey(name, present, absent):
            yield from _tags(present, {**members, name.raw: None})
            if absent is not None:
                yield from _tags(absent, members)
        case ByMember(_, _, absent):
            if absent is not None:
                yield from _tags(absent, members)
        case ByItem() | ByTest() | Trial() | Take():
            return


def _new(tag: ByTag) -> str:
    known = {value.raw for values, _ in tag.cases for value in values}
    return next(w for n in range(len(known) + 1) if Json.of(w := NEW + "-" * n).raw not in known)
