"""Proofs that nothing fits.

A conjunction is empty when each of its atoms is, and an atom when each of its kinds is: by itself,
or because a member or item that must be there is a conjunction which is empty. What has no proof
that ends is not proven: so recursion is sound, and the answer does not depend on what was asked
before.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from specloom.unions import strings
from specloom.unions.atom import Atom, Span, conjunction
from specloom.unions.fitting import item, member, refuses
from specloom.unions.library import FALSE
from specloom.unions.normal import Key, Normal
from specloom.values import Json, Kind, kind_of

_MOST_STATES = 1_000
"""How many conjunctions one proof may look at."""
_MOST_ITEMS = 4
"""How many items of an array are looked at."""
_Ways: TypeAlias = tuple[tuple[Key, ...], ...]
"""For each kind that is not empty by itself, the conjunctions of which one, if empty, would do."""


class Emptiness:
    """What is known to be empty in one document."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._empty: set[Key] = set()
        self._open: set[Key] = set()
        """What can be proven to be empty by nothing that we know."""

    def are_disjoint(self, some: Iterable[Atom], others: Iterable[Atom]) -> bool:
        """Return whether it is proven that nothing fits one of `some` and one of `others`."""
        others = tuple(others)
        return all(self.is_empty(conjunction(one, two)) for one in some for two in others)

    def is_empty(self, atom: Atom) -> bool:
        """Return whether it is proven that nothing fits."""
        if not atom.kinds:
            return True
        ways = self._ways(atom)
        # There is no hope where a kind is left that only itself could prove empty.
        return all(ways) and (_is_proven(ways, self._empty) or self._explored(ways))

    def _explored(self, ways: _Ways) -> bool:
        """Look at what `ways` lead to, the nearest first, until a proof is there or none can be."""
        table: dict[Key, tuple[_Ways, ...]] = {}
        holders: dict[Key, list[Key]] = {}
        pending = self._unknown(ways, table)
        while pending and len(table) + len(pending) <= _MOST_STATES:
            for key in pending:
                table[key] = tuple(self._ways(atom) for atom in self._normal.conjunction(key))
                for part in _parts(table[key]):
                    holders.setdefault(part, []).append(key)
            self._follow(table, holders, pending)
            if _is_proven(ways, self._empty):
                return True
            found = (self._unknown(w, table) for key in pending for w in table[key])
            pending = tuple(dict.fromkeys(key for keys in found for key in keys))
        if not pending:
            self._open |= table.keys() - self._empty
        return False

    def _follow(
        self,
        table: Mapping[Key, tuple[_Ways, ...]],
        holders: Mapping[Key, Sequence[Key]],
        news: Iterable[Key],
    ) -> None:
        """Note which of `news` are empty, and what is empty because they are."""
        pending = list(news)
        while pending:
            key = pending.pop()
            if key not in self._empty and all(_is_proven(w, self._empty) for w in table[key]):
                self._empty.add(key)
                pending.extend(holders.get(key, ()))

    def _unknown(self, ways: _Ways, table: Mapping[Key, object]) -> tuple[Key, ...]:
        keys = dict.fromkeys(key for way in ways for key in way)
        known = (self._empty, self._open, table)
        return tuple(key for key in keys if not any(key in keys for keys in known))

    def _ways(self, atom: Atom) -> _Ways:
        if atom.values is not None:
            return ((),) if any(not refuses(atom, value) for value in atom.values) else ()
        ways: list[tuple[Key, ...]] = []
        for kind in Kind:
            if kind in atom.kinds and not _is_void(atom, kind):
                inner = self._within(atom, kind)
                ways.extend(() if inner is None else (inner,))
        return tuple(ways)

    def _within(self, atom: Atom, kind: Kind) -> tuple[Key, ...] | None:
        """Return what is within any value of a kind, or None where that cannot be there."""
        match kind:
            case Kind.ARRAY:
                return self._items(atom)
            case Kind.OBJECT:
                return self._members(atom)
            case _:
                return ()

    def _items(self, atom: Atom) -> tuple[Key, ...]:
        indices = range(min(atom.count.least, _MOST_ITEMS))
        keys = (item(self._normal, atom, index) for index in indices)
        return tuple(key for key in keys if key)

    def _members(self, atom: Atom) -> tuple[Key, ...] | None:
        """Return what the members that must be there fit, or None where one cannot be there."""
        keys: list[Key] = []
        for name in sorted(atom.required):
            key = member(self._normal, atom, name)
            if key is None:
                return None
            if key:
                keys.append(key)
        return tuple(keys)


def _is_proven(ways: _Ways, empty: Container[Key]) -> bool:
    return all(any(key in empty for key in way) for way in ways)


def _parts(atoms: Iterable[_Ways]) -> Iterator[Key]:
    return (key for ways in atoms for way in ways for key in way)


def _is_void(atom: Atom, kind: Kind) -> bool:
    """Return whether nothing of this kind fits, whatever members and items are."""
    match kind:
        case Kind.NULL:
            return Json("null") in atom.refused
        case Kind.BOOLEAN:
            return {Json("true"), Json("false")} <= atom.refused
        case Kind.INTEGER | Kind.NUMBER:
            return _is_void_number(atom, kind)
        case Kind.STRING:
            length = atom.length
            return length.is_empty or strings.none_fits(atom.languages, length.least, length.most)
        case Kind.ARRAY:
            return atom.count.is_empty
        case Kind.OBJECT:
            sizes = [len(ly.names) for ly in atom.layers if ly.others == FALSE and not ly.patterns]
            return atom.size.meet(Span(len(atom.required), min(sizes, default=None))).is_empty


def _is_void_number(atom: Atom, kind: Kind) -> bool:
    within = atom.range
    if within.least > within.most:
        return True
    if within.least == within.most and (within.least_open or within.most_open):
        return True
    if kind is Kind.NUMBER:  # a multiple of an integer is one
        point = within.least == within.most and kind_of(within.least) is Kind.INTEGER
        return point or any(kind_of(of) is Kind.INTEGER for of in atom.multiples)
    lowest, highest = within.lowest, within.highest
    return lowest is not None and highest is not None and lowest > highest
