"""Where parts of other files stand in the document, and what they are called there.

A part is called as in its file, or as the file where it is the whole of one. If the document
itself gives it a name, by a component that is nothing but a reference to it, it stands there. If
two parts would be called alike, both are called by what is around them as well: so no name depends
on the order of the references.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.assembly.following import Follower, lone
from specloom.assembly.library import Library
from specloom.assembly.survey import Survey
from specloom.assembly.tags import implied
from specloom.assembly.targets import Edit, Goal, Refers, Stands, Target
from specloom.document.grammar import A
from specloom.pointers import pointer_to, tokens_of
from specloom.values import Place, Tree

_NO_KEY = re.compile(r"[^A-Za-z0-9._-]+")
"""What a key of the components may not hold (OpenAPI, "Components Object")."""
_NAMELESS = frozenset(("index", "_index"))
"""Stems of files that are called by their folder."""
_STRUCTURE = frozenset(("components", "definitions", "$defs", "properties", "items", "schema"))
"""Steps of pointers that say nothing of what is there, besides the names of sections."""


@dataclass(frozen=True, slots=True)
class Homes:
    edits: Mapping[Place, Edit]
    """Those of the survey, but what the document has a name for stands where that is given."""
    pointers: Mapping[Target, str]
    """Where each part stands in the document."""
    added: tuple[Target, ...]
    """Those for which the document has no place yet, in the order of their files."""


def homes(
    found: Survey,
    library: Library,
    follower: Follower,
    sections: Mapping[tuple[str, ...], A],
) -> Homes:
    """Return where everything that was found stands."""
    edits = dict(found.edits)
    pointers: dict[Target, str] = {}
    taken: dict[tuple[str, ...], frozenset[str]] = {}
    for section, holds in sections.items():
        entries = dict(_entries(section, edits, library, follower))
        taken[section] = frozenset(entries)
        for target, key in _named(entries, holds, found, follower):
            pointers[target] = pointer_to((*section, key))
            if target.at != entries[key]:
                edits[entries[key]] = Stands(target.at, target.holds)
    added = [target for target in found.targets if target not in pointers]
    structure = _STRUCTURE.union(*sections)
    for section, holds in sections.items():
        own = [target for target in added if target.holds == holds]
        for target, key in _keys(own, taken[section], library, structure).items():
            pointers[target] = pointer_to((*section, key))
    edits |= implied(found, pointers, follower)
    return Homes(edits, pointers, _ordered(added, follower))


def _entries(
    section: Sequence[str], edits: Mapping[Place, Edit], library: Library, follower: Follower
) -> Iterator[tuple[str, Place]]:
    """Return what a section of the document has already, and where that is written."""
    at = Place(library.main, "")
    for token in section:
        at = at.step(token)
        while isinstance(edit := edits.get(at), Stands):
            at = edit.at
    value = follower.value(at) if follower.exists(at) else None
    for key in value if isinstance(value, Mapping) else ():
        yield key, at.step(key)


def _named(
    entries: Mapping[str, Place], holds: A, found: Survey, follower: Follower
) -> Iterator[tuple[Target, str]]:
    """Return the parts that the document has a name for: once each, by their own name if it can."""
    wanted = frozenset(found.targets)
    names: dict[Target, list[str]] = {}
    for key, at in entries.items():
        match found.edits.get(at):
            case Refers(Goal(Target() as target, "")) if lone(follower.value(at)) is not None:
                names.setdefault(target, []).append(key)
            case None if Target(at, holds) in wanted:
                names.setdefault(Target(at, holds), []).insert(0, key)
            case _:
                pass
    for target, keys in names.items():
        if target.holds == holds:
            own = _base(target, "")
            yield target, own if own in keys else keys[0]


def _keys(
    targets: Sequence[Target], taken: frozenset[str], library: Library, structure: frozenset[str]
) -> dict[Target, str]:
    """Return a key for each part, free and different from all others."""
    found: dict[Target, str] = {}
    alike: dict[str, list[Target]] = {}
    for target in targets:
        alike.setdefault(_base(target, library.way(target.at.file)), []).append(target)
    used = set(taken) | {base for base, several in alike.items() if len(several) == 1}
    for base, several in alike.items():
        if len(several) == 1 and base not in taken:
            found[several[0]] = base
    for base, several in sorted(alike.items()):
        if several[0] not in found:
            around = {t: _around(t, library.way(t.at.file), structure) for t in several}
            longer = _qualified(base, around, used)
            found |= longer
            used |= set(longer.values())
    return found


def _qualified(
    base: str, around: Mapping[Target, Sequence[str]], used: set[str]
) -> dict[Target, str]:
    """Return keys for parts of one name: by as much of what is around them as tells them apart."""
    for length in range(1, 1 + max(map(len, around.values()), default=0)):
        keys = {t: ".".join((*reversed(a[:length]), base)) for t, a in around.items()}
        counts = Counter(keys.values())
        if all(counts[key] == 1 and key not in used for key in keys.values()):
            return keys
    ordered = sorted(around, key=lambda t: t.at)
    free = (f"{base}{number}" for number in range(2, 2 + len(used) + len(ordered)))
    numbered = (key for key in free if key not in used)
    return dict(zip(ordered, numbered, strict=False))


def _base(target: Target, way: str) -> str:
    """Return what a part is called in its file; `way` is that to the file, if it is known."""
    if target.at.pointer:
        return _key(tokens_of(target.at.pointer)[-1])
    folder, file = os.path.split(way or target.at.file)
    stem = os.path.splitext(file)[0]
    return _key(os.path.basename(folder) or stem if stem in _NAMELESS else stem)


def _around(target: Target, way: str, structure: frozenset[str]) -> tuple[str, ...]:
    """Return the names of what is around a part, the nearest first."""
    folder, file = os.path.split(way)
    above = [os.path.splitext(file)[0], *reversed(folder.split("/"))]
    if not target.at.pointer:
        above = above[1:]
    names = (*reversed(tokens_of(target.at.pointer)[:-1]), *above)
    kept = (name for name in names if name not in structure and name not in ("", ".", ".."))
    return tuple(map(_key, kept))


def _key(name: str) -> str:
    return _NO_KEY.sub("_", name) or "_"


def _ordered(targets: Iterable[Target], follower: Follower) -> tuple[Target, ...]:
    """Return parts in the order of their files, and in these of their places."""
    known: dict[Place, dict[str, int]] = {}

    def rank(target: Target) -> tuple[str, tuple[int, ...]]:
        places: list[int] = []
        at = Place(target.at.file, "")
        for token in tokens_of(target.at.pointer):
            if at not in known:
                value = follower.value(at)
                steps = value if isinstance(value, Mapping) else _indices(value)
                known[at] = {step: place for place, step in enumerate(steps)}
            places.append(known[at][token])
            at = at.step(token)
        return target.at.file, tuple(places)

    return tuple(sorted(targets, key=rank))


def _indices(value: Tree) -> Iterator[str]:
    return map(str, range(len(value))) if isinstance(value, list) else iter(())
