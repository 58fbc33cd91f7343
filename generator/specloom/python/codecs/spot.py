"""Where in a decoder a choice is made: over which value, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from specloom.code import NOTHING, Code
from specloom.python.codecs.tested import Path
from specloom.python.layout import Group, lines

VALUE = Code("value")
_STEP = 4


@dataclass(frozen=True, slots=True)
class Spot:
    subject: Code
    indent: int = _STEP
    members: Code = NOTHING
    """The variable that holds the members of the subject, once it is known to be an object."""
    is_object: bool = True
    """Whether the value as a whole is an object, as far as this place is reached."""
    steps: tuple[Code, ...] = ()
    """The way from the value to the subject."""
    path: Path = ()
    """The same, as words of the document."""
    known_by: str = ""
    """What has decided so far, if that was no tag."""

    def deeper(self, levels: int = 1) -> Spot:
        return replace(self, indent=self.indent + levels * _STEP)


def within(spot: Spot, word: Code, step: Code, raw: str | int) -> Spot:
    """Return the spot of a member or an item, which `word` says that it is."""
    return replace(
        spot,
        subject=Code(f"{word}_{len(spot.steps) + 1}" if spot.steps else word),
        members=NOTHING,
        steps=(*spot.steps, step),
        path=(*spot.path, raw),
        known_by=spot.known_by or f"its {word}",
    )


def opened(spot: Spot) -> tuple[Spot, tuple[Code, ...]]:
    """Return the spot with a variable for its members, and the statement that sets it."""
    if spot.members:
        return spot, ()
    name = Code(f"{spot.subject}_members" if spot.steps else "members")
    value = Group(Code(f"{name} = read.members("), (spot.subject, *spot.steps), Code(")"))
    return replace(spot, members=name), lines(value, spot.indent)
