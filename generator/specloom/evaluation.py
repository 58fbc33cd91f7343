"""Whether a JSON value is what an assertion says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import islice
from operator import ge, gt, le, lt
from typing import TypeAlias, TypeGuard, assert_never

from specloom.assertion import (
    Assertion,
    Contains,
    Counted,
    Distinct,
    Equals,
    Every,
    Fits,
    Formatted,
    Items,
    Long,
    Matches,
    Members,
    Multiple,
    Names,
    Not,
    OfKind,
    Requires,
    Single,
    Sized,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.formats import FORMATS
from specloom.patterns import Pattern, takes
from specloom.values import Json, Kind, Text, Tree, comparable, kind_of

_STEPS = 100_000
_DEEPEST = 150
"""Each level takes a few of the thousand frames that Python has."""

Step: TypeAlias = str | int
Marks: TypeAlias = frozenset[Step]
_NONE: Marks = frozenset()

_Compound: TypeAlias = Every | Some | Single | Not | When | Unevaluated | Fits
_Inner: TypeAlias = Items | Contains | Members | Names


class _Unknown(Exception):
    """It would take too long to tell, or too much of the stack, or nobody knows."""


@dataclass(frozen=True, slots=True)
class _Trial:
    known: Mapping[Text, Assertion]
    steps: Iterator[int]
    """Those that are left."""
    kept: dict[tuple[Text, int], tuple[Tree, Marks | None]]
    """What was found of a value by an address. The value is kept, so that its id stays its own."""
    cut: list[Text]
    """Where circles ended: what was found on the way to there depends on the way."""
    trail: frozenset[Text] = frozenset()
    """The addresses on the way from the value here to this assertion about it."""
    depth: int = 0

    def deeper(self, cost: int) -> _Trial:
        if self.depth == _DEEPEST or next(islice(self.steps, cost - 1, None), None) is None:
            raise _Unknown
        return replace(self, depth=self.depth + 1)


def holds(assertion: Assertion, value: Tree, known: Mapping[Text, Assertion]) -> bool:
    """Return whether it is known that `value` is what `assertion` says."""
    return evaluate(assertion, value, known) is True


def evaluate(assertion: Assertion, value: Tree, known: Mapping[Text, Assertion]) -> bool | None:
    """Return whether `value` is what `assertion` says; None where nobody knows.

    `known` has what is mentioned by address. What mentions itself on the way says no more by that.
    """
    try:
        return _marks(assertion, value, _Trial(known, iter(range(_STEPS)), {}, [])) is not None
    except _Unknown:
        return None


def _marks(assertion: Assertion, value: Tree, trial: _Trial) -> Marks | None:
    """Return which members or items have been evaluated; None where the assertion does not hold.

    JSON Schema 2020-12, section 7.7.1: these are the annotations that `unevaluated*` reads.
    """
    deeper = trial.deeper(_cost(assertion, value))
    match assertion:
        case Every() | Some() | Single() | Not() | When() | Unevaluated() | Fits():
            return _compound(assertion, value, deeper)
        case Items() | Contains() | Members() | Names():
            return _inner(assertion, value, replace(deeper, trail=frozenset()))
        case _:
            return _NONE if _passes(assertion, value) else None


def _cost(assertion: Assertion, value: Tree) -> int:
    """Return the steps that an assertion takes beside those that it is made of."""
    match assertion:
        case Equals(values):
            return 1 + len(values)
        case Matches():
            return 1 + (len(value) if isinstance(value, str) else 0)
        case Distinct():
            return 1 + len(_children(value))
        case Members(matching=matching):
            return 1 + len(matching) * sum(len(str(name)) for name in _children(value))
        case _:
            return 1


# --- of the same value --------------------------------------------------------------------------
def _compound(assertion: _Compound, value: Tree, trial: _Trial) -> Marks | None:
    match assertion:
        case Every(of):
            return _together(_marks(each, value, trial) for each in of)
        case Some(of):
            found = [m for each in of if (m := _marks(each, value, trial)) is not None]
            return _NONE.union(*found) if found else None
        case Single(of):
            found = [m for each in of if (m := _marks(each, value, trial)) is not None]
            return found[0] if len(found) == 1 else None
        case Not(of):
            return _NONE if _marks(of, value, trial) is None else None
        case When(condition, then, otherwise):
            met = _marks(condition, value, trial)
            return _together(
                (met or _NONE, _marks(otherwise if met is None else then, value, trial))
            )
        case Unevaluated(kind, of, rest):
            marks = _marks(of, value, trial)
            return marks if kind is not kind_of(value) else _evaluated(marks, rest, value, trial)
        case Fits(address) if address in trial.trail:
            trial.cut.append(address)
            return _NONE
        case Fits(address):
            return _mentioned(address, value, trial)


def _mentioned(address: Text, value: Tree, trial: _Trial) -> Marks | None:
    """Return what is found by an address, looked for once: or what doubles would have no end."""
    key = (address, id(value))
    if key in trial.kept:
        return trial.kept[key][1]
    before = len(trial.cut)
    found = _marks(trial.known[address], value, replace(trial, trail=trial.trail | {address}))
    if len(trial.cut) == before:
        trial.kept[key] = (value, found)
    return found


def _together(found: Iterable[Marks | None]) -> Marks | None:
    """Return the marks of all; None as soon as one does not hold."""
    together = _NONE
    for marks in found:
        if marks is None:
            return None
        together |= marks
    return together


def _evaluated(marks: Marks | None, rest: Assertion, value: Tree, trial: _Trial) -> Marks | None:
    """Return all steps there are, as what is not marked yet passes `rest`."""
    if marks is None:
        return None
    children, inside = _children(value), replace(trial, trail=frozenset())
    others = (_marks(rest, child, inside) for step, child in children.items() if step not in marks)
    return None if None in others else frozenset(children)


def _children(value: Tree) -> Mapping[Step, Tree]:
    """Return members by name, and items by number."""
    if isinstance(value, Mapping):
        return dict(value.items())
    return dict(enumerate(value)) if _is_array(value) else {}


# --- of members and items -----------------------------------------------------------------------
def _inner(assertion: _Inner, value: Tree, trial: _Trial) -> Marks | None:
    of_arrays = isinstance(assertion, Items | Contains)
    if kind_of(value) is not (Kind.ARRAY if of_arrays else Kind.OBJECT):
        return _NONE
    children = _children(value)
    match assertion:
        case Names(of):
            return _NONE if all(_marks(of, str(n), trial) is not None for n in children) else None
        case Contains(of, least, most):
            fitting = frozenset(n for n, v in children.items() if _marks(of, v, trial) is not None)
            return fitting if _is_within(len(fitting), least, most) else None
        case Items() | Members():
            spoken = _spoken(assertion, children)
            pairs = ((children[step], part) for step, parts in spoken.items() for part in parts)
            held = all(_marks(part, child, trial) is not None for child, part in pairs)
            return frozenset(spoken) if held else None


def _spoken(
    assertion: Items | Members, children: Iterable[Step]
) -> Mapping[Step, Sequence[Assertion]]:
    """Return what is said of each member or item of which anything is said."""
    about: dict[Step, list[Assertion]] = {}
    match assertion:
        case Items(first, rest):
            about |= {step: [of] for step, of in enumerate(first)}
        case Members(named=named, matching=matching, rest=rest):
            about |= {name.raw: [of] for name, of in named}
            for pattern, of in matching:
                for name in filter(partial(_matches, pattern), map(str, children)):
                    about.setdefault(name, []).append(of)
    others = [] if rest is None else [rest]
    return {step: parts for step in children if (parts := about.get(step, others))}


# --- without members or items --------------------------------------------------------------------
_OfNumbers: TypeAlias = Within | Multiple
_OfTexts: TypeAlias = Long | Matches | Formatted
_Leaf: TypeAlias = OfKind | Equals | _OfNumbers | _OfTexts | Counted | Distinct | Sized | Requires


def _passes(assertion: _Leaf, value: Tree) -> bool:
    match assertion:
        case OfKind(kinds):
            kind = kind_of(value)
            return kind in kinds or (kind is Kind.INTEGER and Kind.NUMBER in kinds)
        case Equals(values):
            return comparable(value) in [comparable(known.value) for known in values]
        case Within() | Multiple():
            return not _is_number(value) or _fits_number(assertion, value)
        case Long() | Matches() | Formatted():
            return not isinstance(value, str) or _fits_text(assertion, value)
        case Counted(least, most):
            return not _is_array(value) or _is_within(len(value), least, most)
        case Distinct():
            return not _is_array(value) or len({comparable(item) for item in value}) == len(value)
        case Sized(least, most):
            return not isinstance(value, Mapping) or _is_within(len(value), least, most)
        case Requires(names, given):
            asked = isinstance(value, Mapping) and (given is None or given.raw in value)
            return not asked or {name.raw for name in names} <= _children(value).keys()
        case _:
            assert_never(assertion)


def _fits_number(assertion: _OfNumbers, value: float) -> bool:
    match assertion:
        case Within(least=least, most=most, above=above, below=below):
            return all(
                bound is None or is_held(value, _number(bound))
                for bound, is_held in ((least, ge), (most, le), (above, gt), (below, lt))
            )
        case Multiple(of):
            return Fraction(str(value)) % Fraction(str(_number(of))) == 0


def _fits_text(assertion: _OfTexts, text: str) -> bool:
    match assertion:
        case Long(least, most):
            return _is_within(len(text), least, most)
        case Matches(pattern):
            return _matches(pattern, text)
        case Formatted(format_):
            return FORMATS[format_](text)


def _matches(pattern: Text, text: str) -> bool:
    """Return whether a pattern finds something: by automata, as `re` may take forever with it."""
    found = takes(Pattern(pattern.raw), text)
    if found is None:
        raise _Unknown
    return found


def _is_within(number: int, least: int, most: int | None) -> bool:
    return least <= number and (most is None or number <= most)


def _is_number(value: Tree) -> TypeGuard[float]:
    return kind_of(value) in (Kind.INTEGER, Kind.NUMBER)


def _is_array(value: Tree) -> TypeGuard[Sequence[Tree]]:
    return kind_of(value) is Kind.ARRAY


def _number(value: Json) -> float:
    number = value.value
    return number if isinstance(number, int | float) else 0
