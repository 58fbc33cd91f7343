"""The decision tree that tells the variants of a union apart.

A leaf with one variant is a fact, if entries are taken as they are: the tests let every value of
another variant go elsewhere. By convention a bit more is read into them (see `closed`). Names and
values are tried in an order of their own, never that of the variants, so that renumbering the
variants renumbers the tree and does nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, permutations

from specloom.unions.atom import Atom
from specloom.unions.convention import by_requirement, closed, is_free, otherwise, settled
from specloom.unions.emptiness import Emptiness
from specloom.unions.ends import price, reached
from specloom.unions.fitting import item
from specloom.unions.normal import Key, Normal
from specloom.unions.specific import contains, rank
from specloom.unions.splits import (
    Entries,
    Entry,
    KeySplit,
    Members,
    Outcomes,
    Reading,
    Split,
    Splits,
    TagSplit,
    own_key,
    variants_of,
)
from specloom.values import Json, Kind, Text
from specloom.verdict import (
    ByItem,
    ByKey,
    ByKind,
    ByMember,
    ByTag,
    ByTest,
    Choice,
    Take,
    Trial,
    is_trial,
)

STEPS = 5_000
_ENTRIES = 60_000
"""Entries that are looked at in all these steps: of published documents none needs half of it."""
_DEPTH = 24
"""How deep a choice may be. What is within a member or an item counts more: it is read again."""
_WITHIN = 4
_TRIED = 4
"""How many ways to split are followed to their end."""
_MOST_WITHIN = 200
"""How many entries the choice over one member may have."""
_FEW = 4
"""How many kinds of objects or arrays a test may be of."""
_MOST_TESTED = 200
"""How many scalars are compared in pairs: a pair of patterns takes a millisecond."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the tree asks about schemas."""

    normal: Normal
    emptiness: Emptiness
    outcomes: Outcomes


def tree(known: Known, entries: Entries, reading: Reading) -> Choice:
    """Return what tells variants apart, as far as that can be done: what is left is for a trial."""
    solver = _Solver(known, reading, _Budget())
    return solver.solve(solver.given(entries), frozenset(), 0)


class _Budget:
    def __init__(self) -> None:
        self._steps, self._entries = STEPS, _ENTRIES

    def allows(self, entries: Entries) -> bool:
        """Return whether there is still a step left, for so many entries."""
        self._steps -= 1
        self._entries -= len(entries)
        return min(self._steps, self._entries) >= 0


class _Solver:
    def __init__(self, known: Known, reading: Reading, budget: _Budget) -> None:
        self._known = known
        self._reading = reading
        self._budget = budget
        self._members = Members(known.normal)
        self._splits = Splits(known.outcomes, self._members)
        self._solved: dict[tuple[Entries, frozenset[str]], Choice] = {}

    def given(self, entries: Iterable[Entry]) -> Entries:
        """Return entries as they are read."""
        if not self._reading.by_convention:
            return tuple(entries)
        return tuple(replace(entry, atom=closed(entry.atom)) for entry in entries)

    def solve(self, entries: Entries, asked: frozenset[str], depth: int) -> Choice:
        variants = variants_of(entries)
        if len(variants) == 1:
            return Take(variants[0])
        if depth > _DEPTH or not self._budget.allows(entries):
            return Trial(variants)
        possible = frozenset[Kind]().union(*(entry.atom.kinds for entry in entries))
        kinds = [kind for kind in Kind if kind in possible]
        if len(kinds) > 1:
            return self._by_kind(entries, kinds, asked, depth)
        match kinds[0]:
            case Kind.ARRAY:
                return self._free_last(entries, lambda rest: self._arrays(rest, depth))
            case Kind.OBJECT:
                if (entries, asked) not in self._solved:
                    self._solved[entries, asked] = self._free_last(
                        entries, lambda rest: self._objects(rest, asked, depth)
                    )
                return self._solved[entries, asked]
            case _:
                return self._scalars(entries)

    # --- kinds, and values without members ---

    def _by_kind(
        self, entries: Entries, kinds: list[Kind], asked: frozenset[str], depth: int
    ) -> Choice:
        cases: dict[Choice, tuple[Kind, ...]] = {}
        for kind in kinds:
            possible = (entry.of(kind) for entry in entries if kind in entry.atom.kinds)
            group = tuple(e for e in possible if not self._known.emptiness.is_empty(e.atom))
            if group:
                choice = self.solve(group, asked, depth)
                cases[choice] = (*cases.get(choice, ()), kind)
        if len(cases) == 1:
            return next(iter(cases))
        return ByKind(tuple((kinds, choice) for choice, kinds in cases.items()))

    def _scalars(self, entries: Entries) -> Choice:
        variants = variants_of(entries)
        if len(variants) > _MOST_TESTED:
            return Trial(variants)
        atoms = {v: [e.atom for e in entries if e.variant == v] for v in variants}
        within = self._containments(entries, atoms)
        for one, other in combinations(variants, 2):
            known = (one, other) in within or (other, one) in within
            if not known and not self._known.emptiness.are_disjoint(atoms[one], atoms[other]):
                return Trial(variants)
        contained = {v: sum(one == v for one, _ in within) for v in variants}
        kinds = {v: sum(len(e.kinds) for e in entries if e.variant == v) for v in variants}
        order = sorted(variants, key=lambda v: (contained[v], rank(atoms[v]), kinds[v], v))
        takes_all = all((order[0], other) in within for other in order[1:])
        return Take(order[0]) if takes_all else ByTest(tuple(order))

    def _is_convention(self, entries: Entries) -> bool:
        """Return whether of two variants that fit the narrower one is meant.

        Only of whole values: what a member says to be the narrower variant may well be the other.
        """
        return self._reading.by_convention and not any(entry.inner for entry in entries)

    def _containments(
        self, entries: Entries, atoms: Mapping[int, Sequence[Atom]]
    ) -> set[tuple[int, int]]:
        """Return the pairs of which the first takes all that the second does."""
        if not self._is_convention(entries):
            return set()
        return {
            (one, other)
            for one, other in permutations(atoms, 2)
            if contains(atoms[one], atoms[other])
        }

    # --- arrays ---

    def _arrays(self, entries: Entries, depth: int) -> Choice:
        empties = variants_of(entry for entry in entries if entry.atom.count.least == 0)
        within = self._within(
            (entry for entry in entries if entry.atom.count.most != 0),
            lambda entry: item(self._known.normal, entry.atom, 0),
        )
        found: Choice = Trial(variants_of(entries))
        if within:
            choice = self.solve(within, frozenset(), depth + _WITHIN)
            if choice != found and variants_of(within) == reached(choice):
                found = ByItem(choice, self._left(empties))
        elif self._reading.by_convention:
            found = self._left(empties) or found
        return self._tested(entries, found)

    def _left(self, variants: tuple[int, ...]) -> Choice | None:
        """Return what is meant where nothing tells variants apart: an array without items."""
        if len(variants) > 1 and not self._reading.by_convention:
            return Trial(variants)
        # By convention the first, since for an empty array no other choice is any better
        return Take(variants[0]) if variants else None

    def _tested(self, entries: Entries, found: Choice) -> Choice:
        """Return `found`, or where that needs a trial, a test if the few variants are disjoint."""
        variants = variants_of(entries)
        if not is_trial(found) or len(variants) > _FEW:
            return found
        atoms = {v: [e.atom for e in entries if e.variant == v] for v in variants}
        for one, other in combinations(variants, 2):
            if not self._known.emptiness.are_disjoint(atoms[one], atoms[other]):
                return found
        return ByTest(variants)

    # --- objects ---

    def _objects(self, entries: Entries, asked: frozenset[str], depth: int) -> Choice:
        best: Choice = Trial(variants_of(entries))
        if self._is_convention(entries) and (choice := by_requirement(entries)) is not None:
            return choice
        for split in self._splits.of(entries, asked, self._reading)[:_TRIED]:
            choice = self._split(split, asked, depth + 1)
            if not is_trial(choice):
                return choice
            best = min(best, choice, key=price)
        for name in self._telling(entries, asked):
            within = self._within(entries, partial(self._members.of, name=name))
            choice = self.solve(within, frozenset(), depth + _WITHIN) if within else best
            if variants_of(within) != reached(choice):
                continue  # what is alike within decides nothing
            if not is_trial(choice):
                return ByMember(Text(name), choice, None)
            if not isinstance(choice, Trial):
                best = min(best, ByMember(Text(name), choice, None), key=price)
        return self._tested(entries, best)

    def _telling(self, entries: Entries, asked: frozenset[str]) -> list[str]:
        """Return a few members that are always there, and not of the same schemas in all."""
        common = frozenset[str].intersection(*(entry.atom.required for entry in entries))
        keys = {name: {self._members.of(e, name) for e in entries} for name in common - asked}
        return sorted(name for name in keys if len(keys[name]) > 1)[:_TRIED]

    def _split(self, split: Split, asked: frozenset[str], depth: int) -> Choice:
        match split:
            case KeySplit(name, present, absent):
                there, left = self.solve(present, asked, depth), self._maybe(absent, asked, depth)
                if isinstance(left, Take) and (own := own_key(absent, present)) is not None:
                    left = ByKey(Text(own), left, None)  # or an error would be told of a guess
                return ByKey(Text(name), there, left)
            case TagSplit(name, cases, others, absent):
                groups = dict(cases)
                solved = {tag: self.solve(groups[tag], asked, depth) for tag in sorted(groups)}
                choices: dict[Choice, list[Json]] = {}
                for tag in groups:
                    choices.setdefault(solved[tag], []).append(tag)
                missing = self._missing(split, asked, depth)
                return ByTag(
                    Text(name),
                    tuple((tuple(tags), choice) for choice, tags in choices.items()),
                    missing,
                    self._maybe(others, asked, depth),
                )

    def _missing(self, split: TagSplit, asked: frozenset[str], depth: int) -> Choice | None:
        """Return what an object without the tag is."""
        if not self._reading.expects(split):
            return self._maybe(split.absent, asked, depth)
        choice = self._maybe(split.absent, asked | {split.name}, depth)
        if choice is None or not is_trial(choice):
            return choice
        if self._reading.promised:  # it does not happen, says the author
            return None
        # By convention what asks for the least, since nothing else is known
        asks = {entry.variant: len(entry.atom.required) for entry in split.absent}
        return settled(choice, lambda trial: min(trial.variants, key=lambda v: (asks[v], v)))

    def _maybe(self, entries: Entries, asked: frozenset[str], depth: int) -> Choice | None:
        return self.solve(entries, asked, depth) if entries else None

    # --- both ---

    def _within(self, entries: Iterable[Entry], key: Callable[[Entry], Key | None]) -> Entries:
        """Return the entries for a member or an item: none where there are too many."""
        found: list[Entry] = []
        for entry in entries:
            of = key(entry)
            if of is not None:
                atoms = self._known.normal.conjunction(of)
                live = (atom for atom in atoms if not self._known.emptiness.is_empty(atom))
                found.extend(Entry(entry.variant, a, a.kinds, inner=True) for a in live)
        return self.given(found) if len(found) <= _MOST_WITHIN else ()

    def _free_last(self, entries: Entries, solve: Callable[[Entries], Choice]) -> Choice:
        """By convention, choose a variant that takes every array, or object, after all others."""
        free = variants_of(entry for entry in entries if is_free(entry.atom))
        rest = tuple(entry for entry in entries if entry.variant not in free)
        if not self._is_convention(entries) or len(free) != 1 or not rest:
            return solve(entries)
        variants = variants_of(rest)
        return otherwise(Take(variants[0]) if len(variants) == 1 else solve(rest), free[0])
