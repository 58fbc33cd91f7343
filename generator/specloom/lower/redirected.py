"""Shapes and assertions with other addresses in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from specloom import ir
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
from specloom.values import Text


@dataclass(frozen=True, slots=True)
class Moves:
    """Where definitions, and the schemas that assertions mention, are now."""

    types: Mapping[ir.TypeId, ir.TypeId] = field(default_factory=dict[ir.TypeId, ir.TypeId])
    addresses: Mapping[Text, Text] = field(default_factory=dict[Text, Text])

    def type(self, id_: ir.TypeId | None) -> ir.TypeId | None:
        return None if id_ is None else self.types.get(id_, id_)


def redirected(shape: ir.Shape, moves: Moves) -> ir.Shape:
    match shape:
        case ir.Object(properties=properties, additional=additional, checks=checks):
            return replace(
                shape,
                additional=None if additional is None else redirected_type(additional, moves),
                properties=tuple(
                    replace(p, type=redirected_type(p.type, moves)) for p in properties
                ),
                checks=_checks(checks, moves),
            )
        case ir.Union(variants=variants, exclusive=exclusive):
            return replace(
                shape,
                variants=tuple(_variant(variant, moves) for variant in variants),
                exclusive=_each(exclusive, moves),
            )
        case ir.Alias(of):
            return ir.Alias(redirected_type(of, moves))
        case _:
            assert_never(shape)


def _variant(variant: ir.Variant, moves: Moves) -> ir.Variant:
    tried = variant.assertion
    return replace(
        variant,
        type=redirected_type(variant.type, moves),
        assertion=None if tried is None else redirected_assertion(tried, moves),
    )


def redirected_type(type_: ir.Type, moves: Moves) -> ir.Type:
    match type_:
        case ir.Ref(target):
            return ir.Ref(moves.types.get(target, target))
        case ir.Nullable(of):
            return ir.Nullable(redirected_type(of, moves))
        case ir.Array(of):
            return ir.Array(redirected_type(of, moves))
        case ir.Map(of):
            return ir.Map(redirected_type(of, moves))
        case ir.Checked(of, checks):
            return ir.Checked(redirected_type(of, moves), _checks(checks, moves))
        case ir.Anything() | ir.Scalar() | ir.Literal():
            return type_
        case _:
            assert_never(type_)


def _checks(checks: tuple[ir.Check, ...], moves: Moves) -> tuple[ir.Check, ...]:
    return tuple(_check(check, moves) for check in checks)


def _check(check: ir.Check, moves: Moves) -> ir.Check:
    match check:
        case ir.Holds(assertion):
            return ir.Holds(redirected_assertion(assertion, moves))
        case ir.Exclusive(assertions):
            return ir.Exclusive(_each(assertions, moves))
        case _:
            return check


def _each(assertions: tuple[Assertion, ...], moves: Moves) -> tuple[Assertion, ...]:
    return tuple(redirected_assertion(assertion, moves) for assertion in assertions)


def redirected_assertion(assertion: Assertion, moves: Moves) -> Assertion:
    def moved(of: Assertion) -> Assertion:
        return redirected_assertion(of, moves)

    match assertion:
        case Fits(address):
            return Fits(moves.addresses.get(address, address))
        case Every(of):
            return Every(_each(of, moves))
        case Some(of):
            return Some(_each(of, moves))
        case Single(of):
            return Single(_each(of, moves))
        case Not(of):
            return Not(moved(of))
        case When(condition, then, otherwise):
            return When(moved(condition), moved(then), moved(otherwise))
        case Unevaluated(kind, of, rest):
            return Unevaluated(kind, moved(of), moved(rest))
        case Names(of):
            return Names(moved(of))
        case Contains(of):
            return replace(assertion, of=moved(of))
        case Items(first, rest):
            return Items(_each(first, moves), None if rest is None else moved(rest))
        case Members(named=named, matching=matching, rest=rest):
            return Members(
                named=tuple((name, moved(of)) for name, of in named),
                matching=tuple((pattern, moved(of)) for pattern, of in matching),
                rest=None if rest is None else moved(rest),
            )
        case OfKind() | Equals() | Within() | Multiple() | Long() | Matches() | Formatted():
            return assertion
        case Counted() | Distinct() | Sized() | Requires():
            return assertion
        case _:
            assert_never(assertion)
