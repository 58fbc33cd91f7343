"""Octets within a type: files where they are uploaded, and text elsewhere."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir

_TEXT = ir.Scalar(ir.ScalarKind.STRING)


def without_files(shape: ir.Shape) -> ir.Shape:
    """Return a shape in which octets are text: JSON and URLs have nothing else for them."""
    match shape:
        case ir.Object(properties=properties, additional=additional):
            return replace(
                shape,
                properties=tuple(map(_as_text, properties)),
                additional=None if additional is None else as_text(additional),
            )
        case ir.Alias(of):
            return ir.Alias(as_text(of))
        case ir.Union():
            return shape


def _as_text(property_: ir.Property) -> ir.Property:
    type_ = as_text(property_.type)
    return property_ if type_ == property_.type else replace(property_, type=type_)


def as_text(type_: ir.Type) -> ir.Type:
    match type_:
        case ir.Scalar(ir.ScalarKind.BINARY):
            return _TEXT
        case ir.Nullable(of):
            return ir.Nullable(as_text(of))
        case ir.Array(of):
            return ir.Array(as_text(of))
        case ir.Map(of):
            return ir.Map(as_text(of))
        case ir.Checked(of, checks):
            return ir.Checked(as_text(of), checks)
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return type_
