"""Who mentions whom among the definitions of a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from specloom import ir
from specloom.assertion import Assertion
from specloom.components import reachable
from specloom.pointers import unescaped

_LONGEST_CHAIN = 16
"""Aliases of aliases that are seen through."""
_COMPONENT = "/components/schemas/"


class Shaped(Protocol):
    """A definition, or what is to be one."""

    @property
    def shape(self) -> ir.Shape: ...


def component_key(id_: ir.TypeId) -> str | None:
    """Return the key of a component among the schemas; None for what is none."""
    key = id_.address.removeprefix(_COMPONENT)
    if key == id_.address or "/" in key:
        return None
    return unescaped(key)


def targets(shape: ir.Shape) -> Iterator[ir.TypeId]:
    """Return the definitions that a shape mentions."""
    match shape:
        case ir.Object() as object_:
            for type_ in object_.types:
                yield from mentioned(type_)
        case ir.Union(variants=variants):
            for variant in variants:
                yield from mentioned(variant.type)
        case ir.Alias(of):
            yield from mentioned(of)


def reach(start: Iterable[ir.TypeId], known: Mapping[ir.TypeId, Shaped]) -> set[ir.TypeId]:
    """Return the definitions of which values may be within one of some; what is not known is none."""
    found = reachable(start, lambda id_: targets(known[id_].shape) if id_ in known else ())
    return {id_ for id_ in found if id_ in known}


def named(union: ir.Union) -> tuple[ir.TypeId, ...]:
    """Return the variants of a union that are definitions, each once."""
    found = (v.type.target for v in union.variants if isinstance(v.type, ir.Ref))
    return tuple(dict.fromkeys(found))


def private(union: ir.Union, definitions: Mapping[ir.TypeId, ir.Definition]) -> frozenset[int]:
    """Return the variants without a name that need codecs all the same.

    They are checked, or arrays or maps beside others of the same.
    """
    bare = [_bare(seen_through(variant.type, definitions)) for variant in union.variants]
    arrays = [n for n, type_ in enumerate(bare) if isinstance(type_, ir.Array)]
    maps = [n for n, type_ in enumerate(bare) if isinstance(type_, ir.Map)]
    checked = [n for n, variant in enumerate(union.variants) if _is_checked(variant.type)]
    crowds = (same for same in (arrays, maps) if len(same) > 1)
    found = (*checked, *(n for same in crowds for n in same))
    return frozenset(n for n in found if not isinstance(union.variants[n].type, ir.Ref))


def seen_through(type_: ir.Type, definitions: Mapping[ir.TypeId, ir.Definition]) -> ir.Type:
    """Return what an alias stands for; the alias itself where the chain is too long."""
    found = type_
    for _ in range(_LONGEST_CHAIN):
        shape = definitions[found.target].shape if isinstance(found, ir.Ref) else None
        if not isinstance(shape, ir.Alias):
            return found
        found = shape.of
    return type_


def variant_step(union: ir.Union, number: int) -> str:
    """Return the step of a path that leads to a variant without a name of its own."""
    return variant_steps(union)[number]


def variant_steps(union: ir.Union) -> tuple[str, ...]:
    """Return for each variant the step that leads to it, where it has no name of its own."""
    counts: Counter[str] = Counter()
    found: list[str] = []
    for variant in union.variants:
        kind = _noun(variant.type)
        counts[kind] += 1
        found.append(f"{kind} {counts[kind]}" if counts[kind] > 1 else kind)
    return tuple(found)


def _noun(type_: ir.Type) -> str:
    match type_:
        case ir.Checked(of, _) | ir.Nullable(of):
            return _noun(of)
        case ir.Scalar(kind):
            return kind.value
        case ir.Literal():
            return "value"
        case ir.Array():
            return "array"
        case ir.Map():
            return "map"
        case ir.Anything() | ir.Ref():
            return "variant"


def _is_checked(type_: ir.Type) -> bool:
    match type_:
        case ir.Checked():
            return True
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of):
            return _is_checked(of)
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return False


def _bare(type_: ir.Type) -> ir.Type:
    return type_.of if isinstance(type_, ir.Checked) else type_


def mentioned(type_: ir.Type) -> Iterator[ir.TypeId]:
    match type_:
        case ir.Ref(target):
            yield target
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of) | ir.Checked(of, _):
            yield from mentioned(of)
        case ir.Anything() | ir.Scalar() | ir.Literal():
            return


def assertions(shape: ir.Shape) -> Iterator[Assertion]:
    """Return what a shape asserts of the JSON, by its checks and those of the types within it."""
    match shape:
        case ir.Object(checks=checks) as object_:
            yield from _held(checks)
            for type_ in object_.types:
                yield from _asserted(type_)
        case ir.Union(variants=variants, exclusive=exclusive):
            for variant in variants:
                yield from _asserted(variant.type)
                yield from () if variant.assertion is None else (variant.assertion,)
            yield from exclusive
        case ir.Alias(of):
            yield from _asserted(of)


def _asserted(type_: ir.Type) -> Iterator[Assertion]:
    match type_:
        case ir.Checked(of, checks):
            yield from _held(checks)
            yield from _asserted(of)
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of):
            yield from _asserted(of)
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return


def _held(checks: Iterable[ir.Check]) -> Iterator[Assertion]:
    for check in checks:
        match check:
            case ir.Holds(assertion):
                yield assertion
            case ir.Exclusive(found):
                yield from found
            case _:
                pass


def contents(operation: ir.Operation) -> Iterator[ir.TypeId]:
    """Return the definitions that an operation sends as its body, or gets for an answer."""
    yield from in_body(operation.body)
    for response in operation.responses:
        yield from received(response)


def inside(content: ir.Content) -> Iterator[ir.TypeId]:
    """Return the definition of what travels, or of what is in it where it travels whole."""
    within = None if content.opaque is None else content.opaque.inside
    item = None if content.series is None else content.series.item
    yield from (id_ for id_ in (content.type, within, item) if id_ is not None)


def in_body(body: ir.Body | None) -> Iterator[ir.TypeId]:
    """Return the definitions of what a body may be, if there is one."""
    for content in () if body is None else body.contents:
        yield from inside(content)


def received(response: ir.Response) -> Iterator[ir.TypeId]:
    """Return the definitions that an answer is made of: its body, and its headers."""
    yield from (id_ for content in response.contents for id_ in inside(content))
    if response.headers is not None:
        yield response.headers.type


def sent(
    operations: Iterable[ir.Operation], incoming: Iterable[ir.Incoming]
) -> Iterator[ir.TypeId]:
    """Return the definitions that callers send: in requests, and as answers to those of the API."""
    for operation in operations:
        for parameter in operation.parameters:
            yield from mentioned(parameter.type)
        yield from in_body(operation.body)
    for request in incoming:
        for response in request.responses:
            yield from received(response)


def returned(
    operations: Iterable[ir.Operation], incoming: Iterable[ir.Incoming]
) -> Iterator[ir.TypeId]:
    """Return the definitions that come to callers: as answers, and in requests of the API."""
    for operation in operations:
        for response in operation.responses:
            yield from received(response)
    for request in incoming:
        yield from in_body(request.body)


def exchanged(incoming: ir.Incoming) -> Iterator[ir.TypeId]:
    """Return the definitions that a webhook or a callback sends, or takes for an answer."""
    yield from in_body(incoming.body)
    for response in incoming.responses:
        yield from received(response)


def roots(operation: ir.Operation) -> Iterator[ir.TypeId]:
    """Return the definitions that an operation mentions itself."""
    for parameter in operation.parameters:
        yield from mentioned(parameter.type)
    yield from contents(operation)
