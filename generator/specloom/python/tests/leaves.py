"""Samples of types that hold no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.assertion import Assertion
from specloom.python.literals import bytes_literal, literal
from specloom.python.sample import Sample, Spot, tree_doc
from specloom.python.spelled import spelled
from specloom.python.tests.fitting import fitting
from specloom.values import Json, Text, Tree

_MOST_CONSTANTS = 50
"""Of an enum, before a sample is given up."""


def scalars(
    kind: ir.ScalarKind,
    checks: tuple[ir.Check, ...],
    at: Spot,
    known: Mapping[Text, Assertion],
) -> Iterator[Sample]:
    """Return samples that pass all checks but those of JSON, of which `known` has some."""
    found = fitting(kind, at.text, at.seed, checks, known)
    for value in (*(v for v in found if v != at.avoided), *found):
        code = spelled(kind, value)
        if kind is ir.ScalarKind.BINARY and isinstance(value, str):
            code = bytes_literal(value.encode())
        yield Sample(value, code, value)


def constants(values: tuple[Json, ...], at: Spot) -> Iterator[Sample]:
    some = values[:_MOST_CONSTANTS]
    others = [v for v in some if v.value != at.avoided] or some
    start = at.seed % len(others)
    for chosen in (*others[start:], *others[:start]):
        yield Sample(chosen.value, literal(chosen), chosen.value)


def anything(at: Spot) -> Iterator[Sample]:
    values: tuple[Tree, ...] = (at.text, {at.text: [at.seed, True]}, 40 + at.seed, True)
    yield from (Sample(value, tree_doc(value), value) for value in values)
