"""Plain values that pass the checks of a type, and the words for those that do not."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import assert_never
from uuid import UUID

from specloom import ir
from specloom.assertion import Assertion
from specloom.python.tests.suggestions import suggestions
from specloom.spelling import is_canonical
from specloom.values import Json, Kind, Text, Tree, kind_of

LONGEST = 1_000
"""Characters or items that a sample may have: a type that asks for more gets none."""


def failure(value: Tree, checks: Iterable[ir.Check]) -> str | None:
    """Return what the first check that `value` fails asks for. Other kinds of values pass."""
    return next((words(check) for check in checks if not _passes(value, check)), None)


def words(check: ir.Check) -> str:
    """Return what the package says that it expected."""
    match check:
        case ir.Bounds():
            return _bounds(check)
        case ir.MultipleOf(of):
            return f"a multiple of {of.value}"
        case ir.Width(bits, signed):
            return f"an {'' if signed else 'unsigned '}integer of {bits} bits"
        case ir.Length(least, most):
            return f"a string of {_span(least, most)} characters"
        case ir.Count(least, most):
            return f"an array of {_span(least, most)} items"
        case ir.Size(least, most):
            return f"an object of {_span(least, most)} members"
        case ir.Unique():
            return "an array of items that differ"
        case ir.UuidVersion(version):
            return f"a UUID of version {version}"
        case ir.Holds() | ir.Exclusive():
            return "what its schema asks for"
        case _:
            assert_never(check)


def _bounds(check: ir.Bounds) -> str:
    limits = {
        "at least": check.least,
        "above": check.above,
        "at most": check.most,
        "below": check.below,
    }
    said = " and ".join(f"{word} {n.value}" for word, n in limits.items() if n is not None)
    return f"a number {'of ' if said.startswith('at') else ''}{said}"


def _span(least: int, most: int | None) -> str:
    return f"at least {least}" if most is None else f"{least} to {most}"


def _passes(value: Tree, check: ir.Check) -> bool:
    match check, value:
        case (ir.Bounds() | ir.MultipleOf(), int() | float()) if not isinstance(value, bool):
            return _passes_number(Fraction(str(value)), check)
        case ir.Width(bits, signed), int() if not isinstance(value, bool):
            return 0 <= value + ((1 << (bits - 1)) if signed else 0) < 1 << bits
        case ir.Length(least, most), str():
            return _within(len(value), least, most)
        case ir.UuidVersion(version), str():
            return UUID(value).version == version
        case ir.Size(least, most), Mapping():
            return _within(len(value), least, most)
        case (ir.Count() | ir.Unique()), Sequence() if not isinstance(value, str):
            if isinstance(check, ir.Count):
                return _within(len(value), check.least, check.most)
            return len({Json.of(item).raw for item in value}) == len(value)
        case _:
            return True


def _passes_number(value: Fraction, check: ir.Bounds | ir.MultipleOf) -> bool:
    if isinstance(check, ir.MultipleOf):
        return value % number(check.of) == 0
    return not (
        (check.least is not None and value < number(check.least))
        or (check.most is not None and value > number(check.most))
        or (check.above is not None and value <= number(check.above))
        or (check.below is not None and value >= number(check.below))
    )


def _within(count: int, least: int, most: int | None) -> bool:
    return least <= count and (most is None or count <= most)


def number(value: Json) -> Fraction:
    """Return the number as its author wrote it: 0.1 is a tenth."""
    found = value.value
    return Fraction(str(found)) if isinstance(found, int | float) else Fraction(0)


# --- values ------------------------------------------------------------------------------


def fitting(
    kind: ir.ScalarKind,
    word: str,
    seed: int,
    checks: tuple[ir.Check, ...],
    known: Mapping[Text, Assertion],
) -> tuple[Tree, ...]:
    """Return values of `kind` that pass all checks but those of JSON, others for each seed.

    A string shows `word`, which is ASCII, among characters that want escaping. `known` has the
    assertions that are mentioned by address.
    """
    suggested = tuple(_suggested(kind, checks, known))
    start = seed % len(suggested) if suggested else 0
    found = (*_candidates(kind, word, seed, checks), *suggested[start:], *suggested[:start])
    return tuple(value for value in found if failure(value, checks) is None)


def _suggested(
    kind: ir.ScalarKind, checks: tuple[ir.Check, ...], known: Mapping[Text, Assertion]
) -> Iterator[Tree]:
    """Return what the assertions among the checks speak of, as far as it is of this kind."""
    asserted = tuple(check.assertion for check in checks if isinstance(check, ir.Holds))
    least, most = _lengths(checks)
    for value in suggestions(asserted, known, least, most) if asserted else ():
        if _is_of(kind, value):
            yield value


def _is_of(kind: ir.ScalarKind, value: Tree) -> bool:
    """Return whether a value is one of a kind of scalar, as it is sent."""
    return kind_of(value) in _KINDS[kind] if kind in _KINDS else is_canonical(value, kind)


_NUMBERS = (Kind.INTEGER, Kind.NUMBER)
_KINDS: Mapping[ir.ScalarKind, tuple[Kind, ...]] = {
    ir.ScalarKind.BOOLEAN: (Kind.BOOLEAN,),
    ir.ScalarKind.INTEGER: (Kind.INTEGER,),
    ir.ScalarKind.NUMBER: _NUMBERS,
    ir.ScalarKind.STRING: (Kind.STRING,),
    ir.ScalarKind.BINARY: (Kind.STRING,),
    ir.ScalarKind.NULL: (),
}


def _lengths(checks: tuple[ir.Check, ...]) -> tuple[int, int]:
    least = max((c.least for c in checks if isinstance(c, ir.Length)), default=0)
    mosts = [c.most for c in checks if isinstance(c, ir.Length) and c.most is not None]
    return least, min(mosts, default=LONGEST)


def _candidates(
    kind: ir.ScalarKind, word: str, seed: int, checks: tuple[ir.Check, ...]
) -> Iterator[Tree]:
    match kind:
        case ir.ScalarKind.BOOLEAN:
            yield from (True, False)
        case ir.ScalarKind.INTEGER:
            yield from _integers(40 + seed, checks)
        case ir.ScalarKind.NUMBER:
            yield from _numbers(40 + seed, checks)
        case ir.ScalarKind.STRING | ir.ScalarKind.BINARY:
            yield from _strings(word, checks)
        case ir.ScalarKind.UUID:
            yield _uuid(seed, checks)
        case ir.ScalarKind.NULL:
            yield None
        case _:
            yield from _texts(kind, word, seed)


def _texts(kind: ir.ScalarKind, word: str, seed: int) -> Iterator[str]:
    """Return texts in the spelling in which they are sent."""
    moment = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC) + timedelta(days=seed % 1000, seconds=seed)
    time_of_day = moment.time().isoformat()
    match kind:
        case ir.ScalarKind.DATE_TIME:
            yield f"{moment.date()}T{time_of_day}Z"
            yield f"{moment.date()}T{time_of_day}.789000Z"
        case ir.ScalarKind.DATE:
            yield moment.date().isoformat()
        case ir.ScalarKind.TIME:
            yield f"{time_of_day}Z"
            yield time_of_day
        case ir.ScalarKind.DURATION:
            yield f"P{seed + 1}D"
            yield f"PT{seed % 59 + 1}S"
        case ir.ScalarKind.DECIMAL:
            yield f"{40 + seed}.50"
            yield f"{40 + seed}"
        case _:
            lengths = (len(word), *range(0, 64, 3))
            whole = (b64encode(word.encode().ljust(n, b"-")[:n], b"-_").decode() for n in lengths)
            yield from whole if kind is ir.ScalarKind.BASE64 else (t.rstrip("=") for t in whole)


def _strings(word: str, checks: tuple[ir.Check, ...]) -> Iterator[str]:
    least, most = _lengths(checks)
    if least <= LONGEST:
        yield word[:most].ljust(least, "-")
        yield "x" * max(least, min(most, 1))


def _uuid(seed: int, checks: tuple[ir.Check, ...]) -> str:
    version = next((c.version for c in checks if isinstance(c, ir.UuidVersion)), 4)
    return f"3fa85f64-5717-{version}562-b3fc-2c963f66{seed % 0x10000:04x}"


def _integers(base: int, checks: tuple[ir.Check, ...]) -> Iterator[int]:
    step = next((number(c.of) for c in checks if isinstance(c, ir.MultipleOf)), Fraction(1))
    whole = step.numerator or 1
    for near in (Fraction(base), *_limits(checks)):
        start = math.floor(near / whole) * whole
        yield from (int(near),) if near.denominator == 1 else ()
        yield from (start, start + whole, start + 2 * whole)


def _numbers(base: int, checks: tuple[ir.Check, ...]) -> Iterator[float]:
    step = next((number(c.of) for c in checks if isinstance(c, ir.MultipleOf)), Fraction(1, 2))
    limits = _limits(checks)
    if len(limits) > 1:
        limits = (*limits, sum(limits, Fraction(0)) / len(limits))
    for near in (base + Fraction(1, 2), *limits):
        start = math.floor(near / step) * step if step else near
        yield from (_float(near), _float(start), _float(start + step), _float(start - step))


def _limits(checks: tuple[ir.Check, ...]) -> tuple[Fraction, ...]:
    return tuple(
        number(limit)
        for c in checks
        if isinstance(c, ir.Bounds)
        for limit in (c.least, c.above, c.most, c.below)
        if limit is not None
    )


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return 0.0
