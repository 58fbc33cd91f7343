"""From what a person typed to what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from specloom.document.node import pointer_of
from specloom.explain.atlas import Written
from specloom.explain.subjects import Subject, names_of, pointers_of, subjects
from specloom.python.annotations import World
from specloom.shown import shown

_LONGEST = 200
"""Characters that are compared: what is longer is no name."""
_OFFERED = 3
_ALIKE = 0.7


class Unknown(Exception):
    """Nothing is called so: a sentence, with what may have been meant."""


@dataclass(frozen=True, slots=True)
class Found:
    wanted: str
    subjects: tuple[Subject, ...]
    is_around: bool = False
    """Whether these are not what was asked for, but what it is a part of."""


def find(wanted: str, world: World, written: Written) -> Found:
    """Return what is called so, or the innermost thing around a pointer; raise Unknown."""
    method, space, path = wanted.partition(" ")
    name = f"{method.upper()} {path}" if space and path.startswith("/") else wanted
    called = _called(world, lambda subject: names_of(subject, world))
    if name in called:
        return Found(wanted, called[name])
    if not wanted.startswith(("/", "#")):
        raise Unknown(_unknown(wanted, "is called", called))
    at = _called(world, lambda subject: pointers_of(subject, written))
    pointer = pointer_of(wanted) if wanted.startswith("#") else wanted
    if pointer in at:
        return Found(wanted, at[pointer])
    for outer in _around(pointer):
        if outer in at:
            return Found(wanted, at[outer], is_around=True)
    raise Unknown(_unknown(wanted, "that has a name is at", (*at, *called)))


def _called(
    world: World, names: Callable[[Subject], Iterable[str]]
) -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for subject in subjects(world.api):
        for name in dict.fromkeys(names(subject)):
            found.setdefault(name, []).append(subject)
    return {name: tuple(several) for name, several in found.items()}


def _around(pointer: str) -> Iterator[str]:
    while pointer := pointer.rpartition("/")[0]:
        yield pointer


def _unknown(wanted: str, is_so: str, known: Iterable[str]) -> str:
    near = " or ".join(f"`{shown(name)}`" for name in _near(wanted, tuple(known)))
    hint = f": did you mean {near}?" if near else "; without a name, all that there is is listed"
    return f"nothing {is_so} `{shown(wanted)}`{hint}"


def _near(wanted: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that end with what was typed, and those that look like it in any case."""
    ends = [name for name in known if name.endswith(f".{wanted}")]
    lowered: dict[str, str] = {}
    for name in known:
        if len(name) <= _LONGEST:
            lowered.setdefault(name.lower(), name)
    close = get_close_matches(wanted.lower()[:_LONGEST], lowered, n=_OFFERED, cutoff=_ALIKE)
    return tuple(dict.fromkeys((*ends, *(lowered[name] for name in close))))[:_OFFERED]
