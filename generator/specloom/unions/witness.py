"""The smallest value found that all of some judges accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice

from specloom.unions.atom import Atom
from specloom.unions.build import Builder, size
from specloom.unions.validation import Judge
from specloom.values import Tree

_MOST_CANDIDATES = 400
_MOST_SHRINKS = 5_000
"""How many smaller values are tried."""
_SMALLEST: tuple[Tree, ...] = (0, 1, "", [], {}, "a", None, True, False)
"""Of each kind, the smallest first."""


def witness(builder: Builder, atoms: Iterable[Atom], judges: tuple[Judge, ...]) -> list[Tree]:
    """Return the smallest value found that fits an atom and that all judges accept, if any."""
    values = (value for atom in atoms for value in builder.of(atom) if value is not None)
    candidates = sorted(islice(values, _MOST_CANDIDATES), key=size)

    def accepted(value: Tree) -> bool:
        return value is not None and all(judge.accepts(value) for judge in judges)

    found = next(filter(accepted, candidates), None)
    return [] if found is None else [shrunk(found, accepted)]


def shrunk(value: Tree, accepted: Callable[[Tree], bool]) -> Tree:
    """Return the smallest accepted value to which small steps lead."""
    steps = iter(range(_MOST_SHRINKS))

    def affordable(candidate: Tree) -> bool:
        return next(steps, None) is not None and accepted(candidate)

    while True:
        smaller = _smaller(value, affordable)
        if size(smaller) >= size(value):
            return value
        value = smaller


def _smaller(value: Tree, accepted: Callable[[Tree], bool]) -> Tree:
    """Return a value with all gone that can go in one walk, and the rest as small as can be."""
    for candidate in (*_SMALLEST, *_parts(value)):
        if size(candidate) < size(value) and accepted(candidate):
            return candidate
    match value:
        case Mapping():
            return _smaller_members(value, accepted)
        case list():
            return _smaller_items(value, accepted)
        case _:
            return value


def _parts(value: Tree) -> Iterable[Tree]:
    """Return what may do instead of a value that it is part of."""
    match value:
        case str():
            return (value[: len(value) // 2], value[:-1], value[1:], "a" * len(value))
        case Mapping():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _smaller_members(value: Mapping[str, Tree], accepted: Callable[[Tree], bool]) -> Tree:
    for name in sorted(value):
        rest = {key: inner for key, inner in value.items() if key != name}
        if accepted(rest):
            value = rest
        else:
            around = partial(_with_member, value, name, accepted)
            value = {**value, name: _smaller(value[name], around)}
    return value


def _with_member(
    value: Mapping[str, Tree], name: str, accepted: Callable[[Tree], bool], inner: Tree
) -> bool:
    return accepted({**value, name: inner})


def _smaller_items(value: list[Tree], accepted: Callable[[Tree], bool]) -> Tree:
    for index in reversed(range(len(value))):
        before, after = value[:index], value[index + 1 :]
        if accepted([*before, *after]):
            value = [*before, *after]
        else:
            around = partial(_with_item, before, after, accepted)
            value = [*before, _smaller(value[index], around), *after]
    return value


def _with_item(
    before: list[Tree], after: list[Tree], accepted: Callable[[Tree], bool], inner: Tree
) -> bool:
    return accepted([*before, inner, *after])
