"""What is asked where a test decides between the variants of a union."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.assertion import Assertion
from specloom.code import Code
from specloom.python.codecs.codec import Position
from specloom.python.codecs.inside import Step, inside
from specloom.python.codecs.variants import own_name
from specloom.verdict import ByItem, ByMember, ByTest, Choice, branches

Path = tuple[Step, ...]
"""The way from a value to what a choice is made by."""


@dataclass(frozen=True, slots=True)
class Test:
    name: Code
    """The constant that says what is asked."""
    assertion: Assertion
    is_whole: bool
    """Whether it is asked of the value as a whole, although something within decides."""


def test_of(union: ir.Union, number: int, path: Path, at: Position) -> Test:
    """Return what is asked of a value to be of a variant, or of what is at `path` in it.

    What a variant says of that may depend on more: then the whole is asked.
    """
    assertion = union.variants[number].assertion
    assert assertion is not None, "a variant that is tested says what it is"
    own = own_name(union, number, at)
    within = inside(assertion, path, at.world.assertions) if path else None
    if within is None:
        return Test(Code(f"_{own}_TEST"), assertion, is_whole=True)
    places = list(dict.fromkeys(found for found in _paths(union.verdict.choice, ()) if found))
    where = f"AT_{places.index(path) + 1}" if len(places) > 1 else "WITHIN"
    if isinstance(union.variants[number].type, ir.Ref):  # other unions ask other things of it
        own = f"{at.world.codec(at.owner).upper()}_{own}"
    return Test(Code(f"_{own}_{where}_TEST"), within, is_whole=False)


def paths(choice: Choice, path: Path) -> Iterator[tuple[Choice, Path]]:
    """Return the choices within a choice, each with the way to what it is made by."""
    for of in branches(choice):
        match choice:
            case ByMember(name, inner, _) if of is inner:
                yield of, (*path, name.raw)
            case ByItem(inner, _) if of is inner:
                yield of, (*path, 0)
            case _:
                yield of, path


def _paths(choice: Choice, path: Path) -> Iterator[Path]:
    if isinstance(choice, ByTest):
        yield path
    for of, within in paths(choice, path):
        yield from _paths(of, within)
