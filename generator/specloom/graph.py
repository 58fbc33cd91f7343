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
    for content in operation.body.contents if operation.body else ():
        if content.type is not None:
            yield content.type
    for response in operation.responses:
        yield from received(response)


def received(response: ir.Response) -> Iterator[ir.TypeId]:
    """Return the definitions that an answer is made of: its body, and its headers."""
    yield from (content.type for content in response.contents if content.type is not None)
    if response.headers is not None:
        yield response.headers.type


def roots(operation: ir.Operation) -> Iterator[ir.TypeId]:
    """Return the definitions that an operation mentions itself."""
    for parameter in operation.parameters:
        yield from mentioned(parameter.type)
    yield from contents(operation)
