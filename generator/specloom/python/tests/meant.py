"""What a schema says of a member by the letter, where its type does not hold it."""

from __future__ import annotations

from collections.abc import Mapping

from specloom import ir
from specloom.assertion import ANYTHING, Assertion, OfKind
from specloom.python.codecs.inside import inside
from specloom.values import Text


def meant(property_: ir.Property, of: ir.TypeId, known: Mapping[Text, Assertion]) -> ir.Type | None:
    """Return the type of a member with all that its object's schema says of it; None: no more.

    A format may tell the variant of a union, though a text is of its type whatever it holds.
    """
    whole = known.get(Text(of.address))
    match property_.type:
        case ir.Scalar() as plain:
            checks: tuple[ir.Check, ...] = ()
        case ir.Checked(ir.Scalar() as plain, checks):
            pass
        case _:
            return None
    said = None if whole is None else inside(whole, (property_.wire_name.raw,), known)
    if said is None or said == ANYTHING or isinstance(said, OfKind):
        return None
    return ir.Checked(plain, (*checks, ir.Holds(said)))
