"""Small values that probably fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from string import ascii_lowercase

from specloom.unions import strings
from specloom.unions.atom import Atom
from specloom.unions.fitting import item, member, refuses
from specloom.unions.normal import Key, Normal
from specloom.values import Kind, Tree, canonical, kind_of

DEPTH = 8
"""How deep a value may go."""
_MOST = 12
"""How many values are kept of one kind."""
_MOST_ATOMS = 60
_LONGEST = 2_000
_MOST_ITEMS = 200
_MOST_MEMBERS = 400
_LARGEST = 20_000
"""How many characters of JSON a value may have: what is nested multiplies."""
_EXACT = 2**50
"""Up to here a float has room for a fraction."""
_VARIED = 6
"""How many members are varied."""
_WORDS = ("", "a", "b", "0", "1", "A", "en", "abc", "123456", "a@a.aa", "https://a.aa")


def size(value: Tree) -> tuple[int, str]:
    """Return what smaller values have less of."""
    text = canonical(value).raw
    return len(text), text


class Builder:
    """Values of one document's schemas."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._values: dict[tuple[Key, int], tuple[Tree, ...]] = {}

    def of(self, atom: Atom, depth: int = DEPTH) -> tuple[Tree, ...]:
        """Return values of an atom, the smallest of each kind first."""
        if atom.values is not None:
            return _smallest(value.value for value in atom.values if not refuses(atom, value))
        found: list[Tree] = []
        for kind in Kind:
            if kind in atom.kinds:
                values = self._of_kind(atom, kind, depth)
                found.extend(_smallest(v for v in values if not refuses(atom, canonical(v))))
        return tuple(found)

    def _of_key(self, key: Key, depth: int) -> tuple[Tree, ...]:
        if depth <= 0:
            return ()
        if (key, depth) not in self._values:
            atoms = self._normal.conjunction(key)[:_MOST_ATOMS]
            values = (value for atom in atoms for value in self.of(atom, depth - 1))
            self._values[key, depth] = _smallest(values)
        return self._values[key, depth]

    def _of_kind(self, atom: Atom, kind: Kind, depth: int) -> Iterable[Tree]:
        match kind:
            case Kind.NULL:
                return (None,)
            case Kind.BOOLEAN:
                return (False, True)
            case Kind.INTEGER | Kind.NUMBER:
                return (n for n in _numbers(atom, kind) if kind_of(n) is kind)
            case Kind.STRING:
                return _texts(atom)
            case Kind.ARRAY:
                return self._arrays(atom, depth)
            case Kind.OBJECT:
                return self._objects(atom, depth)

    def _arrays(self, atom: Atom, depth: int) -> Iterator[Tree]:
        if not atom.count.least and not atom.contains:
            yield []
        if atom.count.least > _MOST_ITEMS:
            return
        filled: list[Tree] = []
        written = 0
        for index in range(max(atom.count.least, 1)):
            key = item(self._normal, atom, index)
            if not index:
                key = self._normal.key((*key, *atom.contains))
            used = {canonical(value) for value in filled if atom.distinct}
            values = [v for v in self._of_key(key, depth) if canonical(v) not in used]
            if not values:
                return
            if not index and atom.count.least <= 1:
                yield from ([value] for value in values)
            filled.append(values[0])
            written += size(values[0])[0]
            if written > _LARGEST:
                return
        yield filled

    def _objects(self, atom: Atom, depth: int) -> Iterator[Tree]:
        ways = {name: self._member(atom, name, depth) for name in sorted(atom.required)}
        if len(ways) > _MOST_MEMBERS:
            return
        for name in self._spare(atom, depth, atom.size.least - len(ways)):
            ways[name] = self._member(atom, name, depth)
        if not all(ways.values()) or len(ways) < atom.size.least:
            return
        smallest = {name: values[0] for name, values in ways.items()}
        if sum(len(name) + size(value)[0] for name, value in smallest.items()) > _LARGEST:
            return
        yield smallest
        if depth < DEPTH - 1:
            return
        for name in islice(ways, _VARIED):
            yield from ({**smallest, name: value} for value in ways[name][1:4])
        for name in islice((n for n in atom.members if n not in ways), _VARIED):
            yield from ({**smallest, name: v} for v in self._member(atom, name, depth)[:2])

    def _member(self, atom: Atom, name: str, depth: int) -> tuple[Tree, ...]:
        key = member(self._normal, atom, name)
        return () if key is None else self._of_key(key, depth)

    def _spare(self, atom: Atom, depth: int, missing: int) -> list[str]:
        """Return members that an object may have besides those that it must have, small ones."""
        if not 0 < missing <= _MOST_MEMBERS:
            return []
        said = (v for names in atom.names for v in self._of_key((names,), depth))
        names = [*islice(atom.members, _MOST_ATOMS), *(v for v in said if isinstance(v, str))]
        names += [*ascii_lowercase, *(f"k{index}" for index in range(missing - len(names)))]
        left = dict.fromkeys(name for name in names if name not in atom.required)
        ways = {name: values for name in left if (values := self._member(atom, name, depth))}
        return sorted(ways, key=lambda name: size({name: ways[name][0]}))[:missing]


def _smallest(values: Iterable[Tree]) -> tuple[Tree, ...]:
    distinct = {canonical(value): value for value in values}
    return tuple(sorted(distinct.values(), key=size)[:_MOST])


def _numbers(atom: Atom, kind: Kind) -> Iterator[int | float]:
    yield from (0, 1, -1, 2) if kind is Kind.INTEGER else (0.5, -0.5, 1.5, 0.1)
    within = atom.range
    for end, inwards in ((within.lowest, 1), (within.highest, -1)):
        if end is not None:
            yield from (end, end + inwards)
            if kind is Kind.NUMBER and abs(end) < _EXACT:
                yield from (end - inwards / 2, end + inwards / 2)
    if within.lowest is not None and within.highest is not None:
        yield from (within.least, within.most)
        if max(abs(within.lowest), abs(within.highest)) < _EXACT:
            yield (within.least + within.most) / 2
    for of in atom.multiples:
        yield of
        if within.lowest is not None and abs(within.lowest) < _EXACT and of > 1 / _EXACT:
            yield math.ceil(within.lowest / of) * of


def _texts(atom: Atom) -> Iterator[str]:
    yield from strings.examples(atom.languages, atom.length.least, atom.length.most)
    yield from _WORDS
    if atom.length.least <= _LONGEST:
        yield from (letter * atom.length.least for letter in "ab01")
