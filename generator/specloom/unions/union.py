"""A union as the calculus sees it: its candidates, as atoms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from specloom.unions.atom import KINDS, Atom, conjunction
from specloom.unions.library import Schema
from specloom.unions.normal import product
from specloom.unions.schemas import Schemas
from specloom.unions.splits import Entries, Entry
from specloom.unions.validation import Candidate
from specloom.values import Json, Kind, Text

_NOT_NULL = Atom(kinds=KINDS - {Kind.NULL})
_MOST_PAIRS = 20_000


@dataclass(frozen=True, slots=True)
class Declared:
    """The `discriminator`."""

    name: Text
    tags: tuple[tuple[Json, ...], ...]
    """For each candidate the values that mean it, by the mapping or by the names of schemas; ()
    where there are none."""


@dataclass(frozen=True, slots=True)
class Union:
    schemas: Schemas
    candidates: tuple[Candidate, ...]
    atoms: tuple[tuple[Atom, ...], ...]
    """Of each candidate. No atom is known to be empty, and none takes null."""
    live: tuple[int, ...]
    """Candidates that something may fit, and that say what no earlier one does."""

    def entries(self, declared: Declared | None = None) -> Entries:
        """Return all ways to be of a variant; with the tags that the author declares, if given."""
        named = ((number, atom) for number in self.live for atom in self.atoms[number])
        if declared is not None:
            named = ((number, self._pinned(atom, declared, number)) for number, atom in named)
        return tuple(Entry(number, atom, atom.kinds) for number, atom in named)

    def open_pairs(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs of variants that are not known to be disjoint."""
        pairs = tuple(combinations(self.live, 2))
        disjoint = self.schemas.emptiness.are_disjoint
        return tuple(
            (one, other)
            for one, other in pairs
            if len(pairs) > _MOST_PAIRS or not disjoint(self.atoms[one], self.atoms[other])
        )

    def _pinned(self, atom: Atom, declared: Declared, number: int) -> Atom:
        """Return an atom whose objects have a tag that is declared for a candidate.

        Where its own constants say otherwise they are right, and the declaration is wrong.
        """
        tags = declared.tags[number]
        if not tags or Kind.OBJECT not in atom.kinds:
            return atom
        schema = self.schemas.library.made({"enum": [tag.value for tag in tags]})
        name = declared.name.raw
        pinned = conjunction(atom, Atom(members={name: (schema,)}))
        present = conjunction(pinned.of(Kind.OBJECT), Atom(required=frozenset({name})))
        return atom if self.schemas.emptiness.is_empty(present) else pinned


def atoms_of(schemas: Schemas, candidate: Candidate) -> tuple[Atom, ...]:
    """Return the ways to be of a candidate and not null."""
    found: list[Atom] = []
    for alternative in candidate:
        together: tuple[Atom, ...] = (_NOT_NULL,)
        for part in alternative:
            together = product(together, schemas.normal.atoms(schemas.library.part(part)))
        found.extend(atom for atom in together if not schemas.emptiness.is_empty(atom))
    return tuple(found)


def repeated(
    schemas: Schemas,
    candidates: Sequence[Candidate],
    atoms: Sequence[tuple[Atom, ...]],
    declared: Declared | None,
) -> Iterator[tuple[int, int]]:
    """Return candidates that say what an earlier one says: (the later, the earlier).

    With tags of their own they are not the same, whatever the schemas say.
    """
    first: dict[object, list[tuple[int, frozenset[frozenset[Schema]]]]] = {}
    for number, candidate in enumerate(candidates):
        if not atoms[number]:
            continue
        written = frozenset(
            frozenset(schemas.library.resolved(schemas.library.part(part)) for part in parts)
            for parts in candidate
        )
        alike = first.setdefault(_outline(atoms[number]), [])
        for earlier, other in alike:
            tagged = declared is not None and declared.tags[earlier] != declared.tags[number]
            equal = other == written or _are_equal(atoms[earlier], atoms[number])
            if equal and not tagged:
                yield number, earlier
                break
        else:
            alike.append((number, written))


def _outline(atoms: Sequence[Atom]) -> object:
    """Return what is the same for all that say the same, and is quickly compared."""
    return frozenset((a.kinds, a.values, a.required, frozenset(a.members)) for a in atoms)


def _are_equal(some: Sequence[Atom], others: Sequence[Atom]) -> bool:
    return (
        len(some) == len(others)
        and all(atom.exact for atom in (*some, *others))
        and all(atom in others for atom in some)
        and all(atom in some for atom in others)
    )
