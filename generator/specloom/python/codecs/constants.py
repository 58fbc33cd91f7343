"""The constants of `codecs`: what schemas assert, as far as a codec asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.assertion import Assertion
from specloom.code import Code
from specloom.graph import private
from specloom.python.annotations import World
from specloom.python.codecs.assertions import constant, definition, written
from specloom.python.codecs.codec import Position
from specloom.python.codecs.demands import Demands, of_definition, of_type
from specloom.python.codecs.tested import Path, paths, test_of
from specloom.python.codecs.variants import (
    alternative_name,
    inner_name,
    schema_name,
    trial_name,
)
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.values import Text
from specloom.verdict import ByTest, Choice, Trial


def schemas(world: World) -> dict[Text, Code]:
    """Return the functions of the schemas that assertions mention, by address."""
    names = addresses(world)
    return {address: definition(names[address], of, names) for address, of in world.api.assertions}


def assertions(
    of: ir.Definition, world: World, names: Mapping[Text, Code]
) -> Iterator[tuple[Code, Code]]:
    """Yield the constants of what a type and its variants assert, by name.

    What two unions say of a variant that they share is said twice, alike.
    """
    yield from _of_definition(of, Position(world, of.id, (), tolerant=False), names)


def addresses(world: World) -> Mapping[Text, Code]:
    """Return what the schemas are called that assertions mention."""
    known = {d.id.address: schema_name(d.id, world) for d in world.api.definitions}
    return {
        address: known.get(address.raw, Code(f"schema_{number + 1}"))
        for number, (address, _) in enumerate(world.api.assertions)
    }


def _of_definition(
    of: ir.Definition, at: Position, names: Mapping[Text, Code]
) -> Iterator[tuple[Code, Code]]:
    yield from _asked(of_definition(of, at.world), names)
    if not isinstance(of.shape, ir.Union):
        return
    union = of.shape
    for number in sorted(private(union, at.world.definitions)):
        type_ = union.variants[number].type
        yield from _asked(of_type(type_, inner_name(union, number, at)), names)
    yield from _tests(union, union.verdict.choice, (), at, names)
    known = frozenset(names.values())
    for number, assertion in enumerate(union.exclusive):
        name = alternative_name(union, number, at)
        if name not in known:
            yield name, constant(name, assertion, names)


def _asked(found: Demands, names: Mapping[Text, Code]) -> Iterator[tuple[Code, Code]]:
    if found.sent_name:
        yield found.sent_name, constant(found.sent_name, found.sent, names)
    if found.received_name and found.received_name != found.sent_name:
        yield found.received_name, constant(found.received_name, found.received, names)


def _tests(
    union: ir.Union, choice: Choice, path: Path, at: Position, names: Mapping[Text, Code]
) -> Iterator[tuple[Code, Code]]:
    match choice:
        case ByTest(variants):
            for number in variants[:-1]:
                test = test_of(union, number, path, at)
                yield test.name, constant(test.name, test.assertion, names)
        case Trial(variants):
            for number in variants:
                name, assertion = trial_name(union, number, at), union.variants[number].assertion
                if assertion is not None:
                    items = _tried(union.variants[number], assertion, at.world, names)
                    call = Group(Code(f"{name} = trial.Variant("), items, Code(")"))
                    yield name, block(call, 0)
        case _:
            for of, within in paths(choice, path):
                yield from _tests(union, of, within, at, names)


def _tried(
    variant: ir.Variant, assertion: Assertion, world: World, names: Mapping[Text, Code]
) -> tuple[Doc, ...]:
    """Return the arguments that describe a variant to the trial: the most specific wins."""
    fits = written(assertion, names)
    shape = None
    if isinstance(variant.type, ir.Ref):
        shape = world.definitions[variant.type.target].shape
    if not isinstance(shape, ir.Object):
        return (fits,)
    required = [p.wire_name for p in shape.properties if p.required]
    optional = [p.wire_name for p in shape.properties if not p.required]
    listed = [
        (f"{keyword}=", wire_names)
        for keyword, wire_names in (("required", required), ("optional", optional))
        if wire_names
    ]
    closed = (Code("closed=True"),) if shape.closed else ()
    return (
        fits,
        *(
            Group(Code(f"{head}("), tuple(map(literal, wire_names)), Code(")"), display=True)
            for head, wire_names in listed
        ),
        *closed,
    )
