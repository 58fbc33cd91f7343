"""The smallest value found that all of some judges accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from specloom.unions.atom import Atom
from specloom.unions.build import Builder, size
from specloom.unions.validation import Judge
from specloom.values import Tree

_MOST_CANDIDATES = 400
_MOST_SHRINKS = 2_000
_SMALLER: tuple[Tree, ...] = (0, "", [], {}, None, True, False, "a", 1)


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
    steps = 0
    smaller = True
    while smaller and steps < _MOST_SHRINKS:
        smaller = False
        for candidate in sorted(_steps(value), key=size):
            steps += 1
            if size(candidate) < size(value) and accepted(candidate):
                value, smaller = candidate, True
                break
    return value


def _steps(value: Tree) -> Iterator[Tree]:
    """Return what a value may become in one step: a part of it is gone, or as small as can be."""
    yield from _SMALLER
    match value:
        case str() if value:
            yield value[: len(value) // 2]
            yield value[:-1]
            yield "a" * len(value)
        case Mapping():
            for name, inner in value.items():
                yield {key: other for key, other in value.items() if key != name}
                yield from ({**value, name: step} for step in _steps(inner))
        case list():
            for index, inner in enumerate(value):
                yield [*value[:index], *value[index + 1 :]]
                yield from ([*value[:index], step, *value[index + 1 :]] for step in _steps(inner))
        case _:
            pass
