"""Values of the right type that fail a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import Code
from specloom.python.layout import Doc
from specloom.python.literals import literal
from specloom.python.sample import listed, mapped
from specloom.python.tests.fitting import LONGEST, failure, number
from specloom.python.tests.misfits import Position, path
from specloom.python.tests.samples import Samples
from specloom.values import Json, Tree

_MANY = 100_000
"""Characters that a test may need to break a limit."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A value of the right type that fails a check: in Python, and as JSON."""

    python: Doc
    json: Doc
    message: str


def breaches(where: Position, samples: Samples) -> Iterator[Breach]:
    """Return values that fail a check of a type, one for each limit."""
    for check in where.checks:
        for python, json_, value in _failing(check, where, samples):
            expected = failure(value, where.checks)
            if expected is not None:
                message = f"{path(where.steps)}: expected {expected}"
                yield Breach(where.in_python(python), where.in_json(json_), message)


def _failing(check: ir.Check, where: Position, samples: Samples) -> Iterator[tuple[Doc, Doc, Tree]]:
    match check:
        case ir.Length(least, most):
            for count in _beyond(least, most, _MANY):
                code = literal("a" * count) if count < 20 else Code(f'"a" * {count}')
                yield code, code, "a" * count
        case ir.UuidVersion():
            nil = "00000000-0000-0000-0000-000000000000"
            yield Code("UUID(int=0)"), literal(nil), nil
        case ir.Width(bits, signed):
            for value in (-(2 ** (bits - 1)) - 1, 2 ** (bits - 1)) if signed else (-1, 2**bits):
                yield literal(value), literal(value), value
        case ir.Bounds() | ir.MultipleOf():
            for value in _numbers(check, is_integer=_is_integer(where.type)):
                yield literal(Json.of(value)), literal(Json.of(value)), value
        case ir.Count(least, most) | ir.Size(least, most):
            for count in _beyond(least, most, LONGEST):
                yield from _many(where, count, samples)
        case ir.Unique():
            yield from _twice(where, samples)
        case ir.Holds() | ir.Exclusive():
            return


def _beyond(least: int, most: int | None, limit: int) -> Iterator[int]:
    if 0 < least <= limit:
        yield least - 1
    if most is not None and most < limit:
        yield most + 1


def _is_integer(type_: ir.Type) -> bool:
    return type_ == ir.Scalar(ir.ScalarKind.INTEGER)


_LARGE = 2**53


def _numbers(check: ir.Bounds | ir.MultipleOf, *, is_integer: bool) -> Iterator[Tree]:
    if isinstance(check, ir.MultipleOf):
        step = number(check.of)
        if not is_integer:
            yield float(step / 2)
        elif step != 1 and step.denominator == 1:
            yield step.numerator + 1
        return
    for limit, offset, up in (
        (check.least, -1, False),
        (check.most, 1, False),
        (check.above, 0, False),
        (check.below, 0, True),
    ):
        # between floats that large there is no room for a whole number
        if limit is not None and (is_integer or abs(number(limit)) < _LARGE):
            yield _whole(limit, offset, up=up)


def _whole(limit: Json, offset: int, *, up: bool = False) -> int:
    """Return the whole number next to a limit, beyond it."""
    exact = number(limit)
    if offset > 0 or up:
        return -(-exact.numerator // exact.denominator) + offset
    return exact.numerator // exact.denominator + offset


def _many(where: Position, count: int, samples: Samples) -> Iterator[tuple[Doc, Doc, Tree]]:
    match where.type:
        case ir.Array(of):
            found = listed(samples.items(of, count, where.at))
        case ir.Map(of):
            found = mapped(samples.items(of, count, where.at))
        case _:
            return
    is_whole = isinstance(found.received, list | dict) and len(found.received) == count
    if is_whole and found.is_plain:  # strict might say that of an item first
        yield found.python, literal(Json.of(found.received)), found.received


def _twice(where: Position, samples: Samples) -> Iterator[tuple[Doc, Doc, Tree]]:
    if isinstance(where.type, ir.Array):
        item = samples.of(where.type.item, where.at.step(0))
        if item is not None and item.is_plain:
            found = listed((item, item))
            yield found.python, literal(Json.of(found.received)), found.received
