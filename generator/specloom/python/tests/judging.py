"""Whether a value is what its checks ask for, those of its JSON among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from specloom import ir
from specloom.assertion import Assertion
from specloom.evaluation import holds
from specloom.python.sample import Sample
from specloom.python.tests.fitting import failure
from specloom.values import Text, Tree


def passes(value: Tree, checks: tuple[ir.Check, ...], known: Mapping[Text, Assertion]) -> bool:
    """Return whether strict decoding takes a value. `known` has the assertions by their address."""
    return failure(value, checks) is None and all(_asserted(value, c, known) for c in checks)


def fitted(
    sample: Sample, checks: tuple[ir.Check, ...], known: Mapping[Text, Assertion]
) -> Sample | None:
    """Return a sample that passes, as it comes and as it was sent; marked where strict refuses it."""
    values = (sample.received, sample.written)
    if all(passes(value, checks, known) for value in values):
        return sample
    if all(passes_loosely(value, checks, known) for value in values):
        return replace(sample, ambiguous=True)
    return None


def passes_loosely(
    value: Tree, checks: tuple[ir.Check, ...], known: Mapping[Text, Assertion]
) -> bool:
    """Return whether strict decoding refuses a value, only because it fits several alternatives."""
    loose = tuple(check for check in checks if not isinstance(check, ir.Exclusive))
    if loose == checks:
        return False
    return passes(value, loose, known) and not passes(value, checks, known)


def _asserted(value: Tree, check: ir.Check, known: Mapping[Text, Assertion]) -> bool:
    match check:
        case ir.Holds(assertion):
            return holds(assertion, value, known)
        case ir.Exclusive(assertions):
            return sum(holds(assertion, value, known) for assertion in assertions) < 2
        case _:
            return True
