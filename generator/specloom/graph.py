"""Who mentions whom among the definitions of a model."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir


def targets(shape: ir.Shape) -> Iterator[ir.TypeId]:
    """Return the definitions that a shape mentions."""
    match shape:
        case ir.Object(properties=properties):
            for property_ in properties:
                yield from mentioned(property_.type)
        case ir.Union(variants=variants):
            yield from (variant.target for variant in variants)
        case ir.Alias(of):
            yield from mentioned(of)


def mentioned(type_: ir.Type) -> Iterator[ir.TypeId]:
    match type_:
        case ir.Ref(target):
            yield target
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of) | ir.Checked(of, _):
            yield from mentioned(of)
        case ir.Anything() | ir.Scalar() | ir.Literal():
            return


def contents(operation: ir.Operation) -> Iterator[ir.TypeId]:
    """Return the definitions that an operation sends as its body, or gets for an answer."""
    if operation.body is not None:
        yield operation.body.content.type
    for response in operation.responses:
        if response.content is not None:
            yield response.content.type


def roots(operation: ir.Operation) -> Iterator[ir.TypeId]:
    """Return the definitions that an operation mentions itself."""
    for parameter in operation.parameters:
        yield from mentioned(parameter.type)
    yield from contents(operation)
