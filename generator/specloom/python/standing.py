"""Defaults that are written for members which nobody gave, as strict decoding takes them."""

from __future__ import annotations

from collections.abc import Mapping

from specloom import ir
from specloom.assertion import Assertion
from specloom.code import NOTHING
from specloom.python.annotations import World
from specloom.python.judging import fitted
from specloom.python.outcomes import Foretold, TakenLoosely
from specloom.python.sample import Sample
from specloom.values import Json, Text, Tree


def is_ambiguous(
    value: Tree,
    type_: ir.Type,
    world: World,
    known: Mapping[Text, Assertion],
    foretold: Foretold,
) -> bool:
    """Return whether strict decoding refuses a default, as it fits several alternatives."""
    match type_:
        case ir.Nullable(of):
            return value is not None and is_ambiguous(value, of, world, known, foretold)
        case ir.Checked(of, checks):
            made = fitted(Sample(value, NOTHING, value), checks, known)
            is_here = made is not None and made.ambiguous
            return is_here or is_ambiguous(value, of, world, known, foretold)
        case ir.Ref(target):
            match world.definitions[target].shape:
                case ir.Alias(of):
                    return is_ambiguous(value, of, world, known, foretold)
                case ir.Union():
                    return isinstance(foretold(target, Json.of(value)), TakenLoosely)
                case ir.Object():
                    return False
        case _:
            return False
