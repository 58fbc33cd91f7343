"""Documents changed a little: as trees, so that what comes out is nearly always still a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias, cast

from specloom.values import Tree

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

SCALARS: tuple[Tree, ...] = (
    *(None, True, False),
    *(0, 1, -1, 2, 200, 10**30, 0.5, 1e308, -0.0),
    *("", " ", "a", "A", "0", "x", "string", "integer", "object", "array", "null", "number"),
    *("date-time", "binary", "byte", "uuid", "query", "path", "header", "cookie", "form"),
    *("deepObject", "default", "2XX", "application/json", "text/plain", "multipart/form-data"),
    *("class", "self", "__class__", "None", "é", "\u202e", "\n", '"""', "\\", "{a}", "/a/{a}"),
    *("#", "#/", "#/components/schemas/A", "other.yaml", "^(a+)+$", "^[a-z]{2,5}$", "(", "[]"),
)
_COMBINING = ("oneOf", "anyOf", "allOf")


@dataclass(frozen=True, slots=True)
class Donors:
    """Parts of documents, by the key that they stood at: a part fits best where such a one stood."""

    by_key: Mapping[str, Sequence[Tree]]
    beside: Mapping[str, Sequence[str]]
    """By key, those that stood beside it, as often as they did: the usual are asked for more often."""

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> Donors:
        found: dict[str, list[Tree]] = {}
        beside: dict[str, list[str]] = {}
        for tree in trees:
            for _, value in parts(tree):
                if isinstance(value, dict):
                    for key, inner in value.items():
                        found.setdefault(key, []).append(inner)
                        beside.setdefault(key, []).extend(value)
        return cls(found, beside)

    def part(self, random: Random, key: Step) -> Tree:
        """Return a part for a place: one that stood at such a key, or any scalar."""
        fitting = self.by_key.get(key) if isinstance(key, str) else None
        return random.choice(fitting) if fitting else random.choice(SCALARS)

    def key(self, random: Random, mapping: Mapping[str, Tree]) -> str:
        """Return a key that stood beside one of a mapping's; any, where all of these are new."""
        known = [key for key in mapping if key in self.beside]
        return random.choice(self.beside[random.choice(known or list(self.beside))])


def parts(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    """Yield everything in a tree, the tree first, with the way to it."""
    pending: list[tuple[Path, Tree]] = [((), tree)]
    while pending:
        path, value = pending.pop()
        yield path, value
        for key, inner in reversed(_members(value)):
            pending.append(((*path, key), inner))


def mutated(random: Random, tree: Tree, donors: Donors) -> Tree:
    """Return a tree with one to three small changes."""
    for _ in range(random.choice((1, 1, 1, 1, 2, 3))):
        everything = list(parts(tree))
        path, value = random.choice(everything)
        change = random.choice(_CHANGES)
        new = change(random, path, value, donors, everything)
        tree = _with(tree, path, new)
    return tree


def _swap(
    random: Random, path: Path, _: Tree, donors: Donors, __: Sequence[tuple[Path, Tree]]
) -> Tree:
    return donors.part(random, path[-1] if path else "paths")


def _scalar(
    random: Random, _: Path, value: Tree, __: Donors, ___: Sequence[tuple[Path, Tree]]
) -> Tree:
    return value if isinstance(value, dict | list) else random.choice(SCALARS)


def _cross(
    random: Random, path: Path, value: Tree, __: Donors, everything: Sequence[tuple[Path, Tree]]
) -> Tree:
    """Put in what stands at such a key elsewhere in this document."""
    key = path[-1] if path else None
    alike = [part for other, part in everything if other and other[-1] == key]
    return random.choice(alike) if alike else value


def _drop(
    random: Random, _: Path, value: Tree, __: Donors, ___: Sequence[tuple[Path, Tree]]
) -> Tree:
    members = _members(value)
    if not members:
        return value
    gone = random.choice(members)[0]
    kept = [(key, inner) for key, inner in members if key != gone]
    if isinstance(value, dict):
        return {cast("str", key): inner for key, inner in kept}
    return [inner for _, inner in kept]


def _add(
    random: Random, _: Path, value: Tree, donors: Donors, __: Sequence[tuple[Path, Tree]]
) -> Tree:
    if isinstance(value, dict):
        key = donors.key(random, value)
        return {**value, key: donors.part(random, key)}
    if isinstance(value, list):
        return [*value, random.choice(value) if value else random.choice(SCALARS)]
    return value


def _rename(
    random: Random, _: Path, value: Tree, donors: Donors, __: Sequence[tuple[Path, Tree]]
) -> Tree:
    if not isinstance(value, dict) or not value:
        return value
    old, new = random.choice(list(value)), donors.key(random, value)
    return {new if key == old else key: inner for key, inner in value.items()}


def _point(
    random: Random, _: Path, value: Tree, __: Donors, everything: Sequence[tuple[Path, Tree]]
) -> Tree:
    """Refer to a part of the document in place of what is here."""
    if not isinstance(value, dict):
        return value
    path = random.choice(everything)[0]
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return {"$ref": "#" + "".join(f"/{step}" for step in steps)}


def _combine(
    random: Random, _: Path, value: Tree, donors: Donors, __: Sequence[tuple[Path, Tree]]
) -> Tree:
    if not isinstance(value, dict):
        return value
    other = donors.part(random, random.choice(("items", "schema", "additionalProperties")))
    return {random.choice(_COMBINING): random.sample([value, other], 2)}


_Change: TypeAlias = Callable[[Random, Path, Tree, Donors, Sequence[tuple[Path, Tree]]], Tree]
_CHANGES: Sequence[_Change] = (
    _swap, _swap, _scalar, _cross, _cross, _drop, _add, _add, _add, _rename, _point, _combine,
)  # fmt: skip


def _members(value: Tree) -> list[tuple[Step, Tree]]:
    match value:
        case dict():
            return list(value.items())
        case list():
            return list(enumerate(value))
        case _:
            return []


def _with(tree: Tree, path: Path, new: Tree) -> Tree:
    """Return a tree with another part at a place; what is on no way there is shared."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    match tree:
        case dict():
            return {k: _with(v, rest, new) if k == first else v for k, v in tree.items()}
        case list():
            return [_with(v, rest, new) if k == first else v for k, v in enumerate(tree)]
        case _:
            return tree
