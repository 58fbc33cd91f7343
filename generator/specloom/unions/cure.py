"""What would make two variants disjoint. Each cure is tried, and only what works is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from specloom.unions.atom import Atom, Layer, conjunction
from specloom.unions.emptiness import Emptiness
from specloom.unions.library import FALSE, Library
from specloom.values import Kind, Text
from specloom.verdict import Cure, Mended

_MOST_NAMES = 60
_TAG = "type"


def cures(
    library: Library, emptiness: Emptiness, one: Sequence[Atom], other: Sequence[Atom]
) -> Iterator[Mended]:
    """Return what would do, the smallest change first."""
    declared = [{name for atom in some for name in atom.members} for some in (one, other)]
    for name in sorted(declared[0] & declared[1])[:_MOST_NAMES]:
        needed = Atom(required=frozenset({name}))
        if emptiness.are_disjoint(_both(one, needed), _both(other, needed)):
            yield Mended(Cure.REQUIRE, Text(name))
    tags = [library.made({"const": index}) for index in range(2)]
    fresh = _fresh(declared[0] | declared[1])
    tagged = [
        [_with_member(atom, fresh, Atom(members={fresh: (tag,)})) for atom in some]
        for some, tag in zip((one, other), tags, strict=True)
    ]
    if emptiness.are_disjoint(*tagged):
        yield Mended(Cure.TAG)
    if emptiness.are_disjoint([_closed(atom) for atom in one], other):
        yield Mended(Cure.CLOSE_FIRST)
    if emptiness.are_disjoint(one, [_closed(atom) for atom in other]):
        yield Mended(Cure.CLOSE_SECOND)


def _both(atoms: Sequence[Atom], more: Atom) -> list[Atom]:
    return [conjunction(atom, more) for atom in atoms]


def _with_member(atom: Atom, name: str, member: Atom) -> Atom:
    """Return an atom that requires a member more, and declares it wherever it is closed."""
    layers = tuple(replace(layer, names=layer.names | {name}) for layer in atom.layers)
    needed = replace(member, required=frozenset({name}))
    return conjunction(replace(atom, layers=layers), needed)


def _closed(atom: Atom) -> Atom:
    if Kind.OBJECT not in atom.kinds or not atom.members:
        return atom
    layer = Layer(frozenset(atom.members), (), FALSE)
    return replace(atom, layers=(*atom.layers, layer))


def _fresh(names: set[str]) -> str:
    """Return a name that no variant has."""
    return next(
        name for name in (_TAG * count for count in range(1, len(names) + 2)) if name not in names
    )
