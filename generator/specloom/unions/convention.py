"""What a decision may rest on beside proof.

Authors seldom close their objects. So the members that an object declares are taken for all that
it has, an array for one that has an item, and a variant that takes everything for the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from specloom.unions.atom import Atom, Layer, Span
from specloom.unions.library import FALSE, TRUE
from specloom.unions.splits import Entries
from specloom.values import Kind, Text
from specloom.verdict import (
    ByKey,
    ByKind,
    ByTest,
    Choice,
    Take,
    Trial,
    changed,
)

_MOST_REQUIRED = 12


def closed(atom: Atom) -> Atom:
    """Return an atom whose objects have the members that they declare, and no others."""
    silent = all(layer.others in (TRUE, FALSE) for layer in atom.layers)
    if Kind.OBJECT not in atom.kinds or not atom.members or not silent:
        return atom
    patterns = tuple(pattern for layer in atom.layers for pattern in layer.patterns)
    layer = Layer(frozenset(atom.members) | atom.required, patterns, FALSE)
    return replace(atom, layers=(*atom.layers, layer))


def is_free(atom: Atom) -> bool:
    """Return whether every array, or every object, fits, if the kind does."""
    speechless = (
        atom.exact
        and atom.values is None
        and not atom.refused
        and not atom.members
        and not atom.required
        and not atom.forbidden
        and not atom.names
        and all(layer.others == TRUE and not layer.patterns for layer in atom.layers)
    )
    listless = not atom.layouts and not atom.contains and not atom.distinct
    return speechless and listless and atom.size == atom.count == Span()


def by_requirement(entries: Entries) -> Choice | None:
    """Return what tells variants apart that differ in nothing but what they require.

    They are conditions on one kind of object, so where several hold, any will do.
    """
    atoms = {entry.variant: entry.atom for entry in entries}
    if len(atoms) < len(entries) or not _are_alike(map(_without_requirements, atoms.values())):
        return None
    common = frozenset[str].intersection(*(a.required for a in atoms.values()))
    own = {variant: sorted(atom.required - common) for variant, atom in atoms.items()}
    if sum(map(len, own.values())) > _MOST_REQUIRED:
        return None
    kinds = {entry.variant: len(entry.kinds) for entry in entries}
    first, *rest = sorted(own, key=lambda v: (len(own[v]), own[v], -kinds[v], -v))
    choice: Choice = Take(first)
    for variant in rest:
        there: Choice = Take(variant)
        for name in reversed(own[variant]):
            there = ByKey(Text(name), there, choice)
        choice = there
    return choice


def _are_alike(atoms: Iterator[Atom]) -> bool:
    """Return whether atoms say the same, and all that their schemas do: few do, so few are read."""
    first = next(atoms)
    return first.exact and all(atom == first for atom in atoms)


def _without_requirements(atom: Atom) -> Atom:
    layers = tuple(replace(layer, names=layer.names & atom.members.keys()) for layer in atom.layers)
    return replace(atom, required=frozenset[str](), forbidden=(), layers=layers)


def settled(choice: Choice, taken: Callable[[Trial], int]) -> Choice:
    """Return a choice that takes one variant instead of each trial."""
    match choice:
        case Trial():
            return Take(taken(choice))
        case _:
            return changed(choice, lambda of: settled(of, taken), missing=None)


def otherwise(choice: Choice, last: int) -> Choice:
    """Return a choice that comes to `last` where it would end without a variant, or with one that
    the value does not fit."""
    match choice:
        case Take(variant):
            return ByTest((variant, last))
        case ByTest(variants):
            return ByTest((*variants, last))
        case Trial(variants):
            return Trial(tuple(sorted((*variants, last))))
        case ByKind(cases):
            named = {kind for kinds, _ in cases for kind in kinds}
            left = tuple(kind for kind in Kind if kind not in named)
            inner = tuple((kinds, otherwise(of, last)) for kinds, of in cases)
            return ByKind((*inner, (left, Take(last))) if left else inner)
        case _:
            return changed(choice, lambda of: otherwise(of, last), missing=Take(last))
