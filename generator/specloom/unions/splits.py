"""What a member of an object can tell of the variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom.unions.atom import Atom
from specloom.unions.emptiness import Emptiness
from specloom.unions.fitting import member, refuses
from specloom.unions.normal import Key, Normal
from specloom.values import Json, Kind

_MOST_VALUES = 3_000
"""How many values a tag may have."""
_MOST_NAMES = 60
"""How many members are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One way to be of a variant."""

    variant: int
    atom: Atom
    kinds: frozenset[Kind]
    """That it may be of, whatever is known of the value."""
    inner: bool = False
    """Whether the atom is of a member or an item of the value."""

    def of(self, kind: Kind) -> Entry:
        return replace(self, atom=self.atom.of(kind))


@dataclass(frozen=True, slots=True)
class Reading:
    """How entries are read."""

    by_convention: bool
    preferred: str | None = None
    """The member that decides if it can: the author's `discriminator`."""
    promised: bool = False
    """Whether the author's word is taken that this member is there, and decides."""

    def expects(self, split: TagSplit) -> bool:
        """Return whether a value without the tag is none that matters for the choice."""
        if split.name == self.preferred and self.promised:
            return True
        return self.by_convention and split.pinned


Entries: TypeAlias = tuple[Entry, ...]


def own_key(entries: Entries, others: Entries) -> str | None:
    """Return a member that all of these require, and of which none of the others speaks."""
    required = frozenset[str].intersection(*(entry.atom.required for entry in entries))
    spoken = {name for e in others for name in (*e.atom.members, *e.atom.required)}
    own = required - spoken
    places = _places(entries[0].atom)
    return min(own, key=lambda name: (places.get(name, len(places)), name), default=None)


def variants_of(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted({entry.variant for entry in entries}))


def _several(entries: Iterable[Entry]) -> int:
    """Return of how many variants entries are."""
    return len({entry.variant for entry in entries})


@dataclass(frozen=True, slots=True)
class TagSplit:
    """By the value of a member."""

    name: str
    cases: tuple[tuple[Json, Entries], ...]
    others: Entries
    absent: Entries
    pinned: bool
    """Whether all entries list the values that they take."""


@dataclass(frozen=True, slots=True)
class KeySplit:
    """By whether a member is there."""

    name: str
    present: Entries
    absent: Entries


Split: TypeAlias = TagSplit | KeySplit


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a member may be."""

    tags: tuple[Json, ...]
    open: tuple[Atom, ...]
    """Ways to be something that is not listed, or is no tag."""

    def takes(self, tag: Json) -> bool:
        return tag in self.tags or any(not refuses(atom, tag) for atom in self.open)


class Outcomes:
    """What members may be, in one document."""

    def __init__(self, normal: Normal, emptiness: Emptiness) -> None:
        self._normal = normal
        self._emptiness = emptiness
        self._outcomes: dict[Key, Outcome] = {}

    def of(self, key: Key) -> Outcome | None:
        """Return what a member may be of which all this is said, or None where it can be nothing."""
        if key not in self._outcomes:
            self._outcomes[key] = self._outcome(key)
        outcome = self._outcomes[key]
        return outcome if outcome.tags or outcome.open else None

    def _outcome(self, key: Key) -> Outcome:
        atoms = [a for a in self._normal.conjunction(key) if not self._emptiness.is_empty(a)]
        values = [(atom, [v for v in atom.values or () if not refuses(atom, v)]) for atom in atoms]
        tags = dict.fromkeys(v for _, listed in values for v in listed if _is_tag(v))
        rest = [(a, tuple(v for v in listed if not _is_tag(v))) for a, listed in values]
        open_ = tuple(
            atom if atom.values is None else replace(atom, values=left)
            for atom, left in rest
            if atom.values is None or left
        )
        return Outcome(tuple(tags), open_)


class Members:
    """What the entries of one union say of their members: asked of each many times."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._keys: dict[tuple[Entry, str], Key | None] = {}

    def of(self, entry: Entry, name: str) -> Key | None:
        """Return all that speaks of a member, or None where it cannot be there."""
        asked = (entry, name)
        if asked not in self._keys:
            self._keys[asked] = member(self._normal, entry.atom, name)
        return self._keys[asked]


class Splits:
    """The members of the objects of one union, as tests."""

    def __init__(self, outcomes: Outcomes, members: Members) -> None:
        self._outcomes = outcomes
        self._members = members
        self._known: dict[tuple[Entry, str], Outcome | None] = {}
        self._places: dict[Entry, Mapping[str, int]] = {}

    def of(self, entries: Entries, asked: frozenset[str], reading: Reading) -> list[Split]:
        """Return all that tell some variants apart, the best first: never by the order of the
        variants. What was asked for before tells no more."""
        weights = _weights(entries)
        names = sorted(weights.keys() - asked, key=lambda name: (-weights[name], name))
        found = [split for name in names[:_MOST_NAMES] for split in self._of(entries, name)]
        several = _several(entries)
        sized = [(_largest(split, reading), split) for split in found]
        telling = [
            (split.name != reading.preferred, size, *self._order(split, entries), split)
            for size, split in sized
            if size < several
        ]
        return [split for *_, split in sorted(telling, key=lambda each: each[:-1])]

    def _of(self, entries: Entries, name: str) -> Iterable[Split]:
        may_be = [(entry, self._outcome(entry, name)) for entry in entries]
        outcomes = [(entry, may) for entry, may in may_be if may is not None]
        present = tuple(entry for entry, _ in outcomes)
        absent = tuple(entry for entry in entries if name not in entry.atom.required)
        if len(present) < len(entries):
            yield KeySplit(name, present, absent)
        tags = dict.fromkeys(tag for _, may in outcomes for tag in may.tags)
        if not 0 < len(tags) <= _MOST_VALUES:
            return
        cases = tuple((tag, tuple(e for e, may in outcomes if may.takes(tag))) for tag in tags)
        others = tuple(entry for entry, may in outcomes if may.open)
        if len({variants_of(group) for group in (others, *(g for _, g in cases)) if group}) > 1:
            yield TagSplit(name, cases, others, absent, not others and len(present) == len(entries))

    def _outcome(self, entry: Entry, name: str) -> Outcome | None:
        asked = (entry, name)
        if asked not in self._known:
            key = self._members.of(entry, name)
            self._known[asked] = None if key is None else self._outcomes.of(key)
        return self._known[asked]

    def _order(self, split: Split, entries: Entries) -> tuple[bool, int, int, str]:
        name = split.name
        lacking = sum(name not in entry.atom.required for entry in entries)
        places = map(self._places_of, entries)
        position = sum(known.get(name, len(known)) for known in places)
        return isinstance(split, KeySplit), lacking, position, name

    def _places_of(self, entry: Entry) -> Mapping[str, int]:
        if entry not in self._places:  # they are asked for of each name
            self._places[entry] = _places(entry.atom)
        return self._places[entry]


def _largest(split: Split, reading: Reading) -> int:
    """Return how many variants may be left, at most."""
    match split:
        case TagSplit(_, cases, others, absent):
            groups = [others, *(group for _, group in cases)]
            groups.extend(() if reading.expects(split) else (absent,))
        case KeySplit(_, present, absent):
            groups = [present, absent]
    return max(map(_several, groups))


def _is_tag(value: Json) -> bool:
    return isinstance(value.value, str | int)  # true and false among them


def _weights(entries: Entries) -> dict[str, int]:
    """Return the members that are spoken of, and how often."""
    weights: Counter[str] = Counter()
    for entry in entries:
        weights.update(entry.atom.members.keys())
        weights.update(entry.atom.required)
        weights.update(entry.atom.required)
    return weights


def _places(atom: Atom) -> Mapping[str, int]:
    """Return which member comes first, which second."""
    return {name: number for number, name in enumerate(atom.members)}
