"""Defaults that are written for members which nobody gave, as strict decoding takes them."""

from __future__ import annotations

from specloom import ir
from specloom.python.annotations import World
from specloom.python.tests.judging import passes_loosely
from specloom.python.tests.outcomes import Foretold, TakenLoosely
from specloom.values import Json, Tree


def is_ambiguous(value: Tree, type_: ir.Type, world: World, foretold: Foretold) -> bool:
    """Return whether strict decoding refuses a default, as it fits several alternatives."""
    match type_:
        case ir.Nullable(of):
            return value is not None and is_ambiguous(value, of, world, foretold)
        case ir.Checked(of, checks):
            is_here = passes_loosely(value, checks, world.assertions)
            return is_here or is_ambiguous(value, of, world, foretold)
        case ir.Ref(target):
            match world.definitions[target].shape:
                case ir.Alias(of):
                    return is_ambiguous(value, of, world, foretold)
                case ir.Union():
                    return isinstance(foretold(target, Json.of(value)), TakenLoosely)
                case ir.Object():
                    return False
        case _:
            return False
