"""The codecs of types: how each is read, written and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from specloom import ir
from specloom.assertion import ANYTHING
from specloom.code import NOTHING, Code
from specloom.components import reachable
from specloom.graph import private
from specloom.naming import ADDITIONAL
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.codecs.answer_headers import reader
from specloom.python.codecs.checks import check_lines
from specloom.python.codecs.codec import (
    READ,
    WRITE,
    Inner,
    Position,
    Verb,
    expression,
    inners,
    signature,
)
from specloom.python.codecs.constants import addresses, assertions, schemas
from specloom.python.codecs.conversions import conversion
from specloom.python.codecs.demands import Demands, asking, of_definition, of_type
from specloom.python.codecs.object_codecs import declared_names, object_codec
from specloom.python.codecs.union_codecs import table, union_codec
from specloom.python.codecs.variants import inner_name, position
from specloom.python.imports import used
from specloom.python.layout import Group, block
from specloom.values import Text


class Schema(NamedTuple):
    """The function of a schema that assertions mention; their order is that of their numbers."""

    number: int
    name: Code
    code: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What `codecs` has for one definition, or for one address that assertions alone mention."""

    key: str
    """The address."""
    codecs: tuple[views.Codec, ...] = ()
    readers: tuple[views.Codec, ...] = ()
    conversions: tuple[views.Codec, ...] = ()
    constants: tuple[Code, ...] = ()
    tables: tuple[Code, ...] = ()
    assertions: tuple[tuple[Code, Code], ...] = ()
    """Constants by name."""
    schema: Schema | None = None
    public: tuple[Code, ...] = ()
    """The functions that callers may call."""
    names: frozenset[str] = frozenset()
    """That are mentioned."""

    @property
    def shared(self) -> tuple[Code, ...]:
        """The functions that other modules may."""
        return self.public if self.schema is None else (*self.public, self.schema.name)


def _with_names(of: Coded) -> Coded:
    codecs = (
        part for codec in (*of.codecs, *of.readers, *of.conversions) for part in _parts(codec)
    )
    constants = (*of.constants, *of.tables, *(code for _, code in of.assertions))
    return replace(of, names=used((*codecs, *constants)))


def coded(world: World) -> Iterator[Coded]:
    """Yield the codecs of all types, then what is left of the schemas that assertions mention.

    Of a schema that no codec asks for, since something else is asked, there is no function.
    """
    found = tuple(_coded_all(world))
    mentioned: dict[str, frozenset[str]] = {
        of.schema.name: used((of.schema.code,)) for of in found if of.schema is not None
    }
    asked = [name for of in found for name in mentioned.keys() & of.names]
    reached = reachable(asked, lambda name: mentioned[name] & mentioned.keys())
    for of in found:
        if of.schema is None:
            yield of
        elif of.schema.name in reached:
            yield replace(of, names=of.names | mentioned[of.schema.name])
        elif of.codecs:
            yield replace(of, schema=None)


def _coded_all(world: World) -> Iterator[Coded]:
    names, functions = addresses(world), schemas(world)
    numbered = {
        address.raw: Schema(number, names[address], code)
        for number, (address, code) in enumerate(functions.items())
    }
    read = {
        r.headers.type: r.headers for o in world.api.operations for r in o.responses if r.headers
    }
    for definition in world.api.definitions:
        headers = read.get(definition.id)
        schema = numbered.pop(definition.id.address, None)
        yield _with_names(_coded(definition, headers, schema, names, world))
    for address, schema in numbered.items():
        yield _with_names(Coded(key=address, schema=schema))


def _coded(
    definition: ir.Definition,
    headers: ir.Headers | None,
    schema: Schema | None,
    names: Mapping[Text, Code],
    world: World,
) -> Coded:
    at = Position(world, definition.id, (), is_open(definition))
    inner = (_inner(inner, at) for inner in _inners(definition, at))
    found_by_tag = table(definition, at)
    declared = declared_names(definition, world)
    codec, own = world.codec(definition.id), _codec(definition, at)
    made = conversion(definition, world)
    verbs = ["decode", "encode", *_further(own)]
    verbs += [*(["read"] if headers is not None else []), *(["to"] if made is not None else [])]
    return Coded(
        key=definition.id.address,
        codecs=(*inner, *_variants(definition, at), own),
        readers=() if headers is None else (reader(headers, world),),
        conversions=() if made is None else (made,),
        constants=(
            *(() if declared is None else (declared,)),
            *(() if found_by_tag is None else (found_by_tag.reader,)),
        ),
        tables=() if found_by_tag is None else (found_by_tag.decoders,),
        assertions=tuple(assertions(definition, world, names)),
        schema=schema,
        public=tuple(Code(f"{verb}_{codec}") for verb in verbs),
    )


def _further(codec: views.Codec) -> Iterator[str]:
    """Yield the verbs of the functions that only some codecs have."""
    match codec:
        case views.ObjectCodec(parts_signature=parts, checks=checks):
            yield from (["parts"] if parts else [])
            yield from (["check"] if checks else [])
        case views.UnionCodec(parts_signature=parts):
            yield from (["parts"] if parts else [])
        case views.AliasCodec(checks=checks):
            yield from (["check"] if checks else [])
        case views.HeaderReader() | views.Conversion():
            pass


def _parts(codec: views.Codec) -> Iterator[Code]:
    """Return all code of a codec, with what its template adds of its own."""
    match codec:
        case views.HeaderReader() | views.Conversion():
            yield from (codec.signature, codec.result)
            return
        case _:
            yield from (codec.decode_signature, codec.encode_signature)
    match codec:
        case views.ObjectCodec():
            yield Code("read write")
            for statement in (*codec.reads, *codec.written_if):
                yield from (statement.condition, statement.line, statement.absent)
            yield from (codec.written, *codec.checks, codec.extra, codec.closed, codec.instance)
            yield from (codec.expected, codec.required)
            if codec.parts_signature:
                yield from (codec.parts_signature, codec.parts)
                yield from (statement.line for statement in codec.parts_if)
        case views.UnionCodec():
            yield Code("write")
            yield Code("UnknownVariant" if codec.is_open else "")
            yield from (codec.parts_signature, codec.exclusive, *codec.reads)
            for case in (*codec.writes, *(codec.parts if codec.parts_signature else ())):
                yield from (case.pattern, case.result)
        case views.AliasCodec():
            yield Code("read" if codec.checks else "")
            yield from (codec.read, codec.write, codec.expected, codec.required, *codec.checks)


def _inners(definition: ir.Definition, at: Position) -> Iterator[Inner]:
    match definition.shape:
        case ir.Object(properties=properties, additional=additional):
            for property_ in properties:
                yield from inners(property_.type, at.step(property_.wire_name.raw))
            if additional is not None:
                yield from inners(ir.Map(additional), replace(at, path=ADDITIONAL))
        case ir.Alias(of):
            yield from inners(of, at)
        case ir.Union() as union:
            for number, variant in enumerate(union.variants):
                yield from inners(variant.type, position(union, number, at))


def _codec(definition: ir.Definition, at: Position) -> views.Codec:
    name = at.world.codec(definition.id)
    annotation = joined(named(definition.id, at.world))
    match definition.shape:
        case ir.Object():
            return object_codec(definition, definition.shape, at)
        case ir.Union():
            return union_codec(definition, definition.shape, at)
        case ir.Alias(of):
            asked = of_definition(definition, at.world)
            return _alias(of, Code(name), annotation, at, asked)


def _inner(inner: Inner, at: Position) -> views.Codec:
    own = Position(at.world, inner.owner, inner.path, at.tolerant)
    annotation = joined(alternatives(inner.type, at.world, tolerant=at.tolerant))
    nothing = Demands(ANYTHING, ANYTHING, NOTHING, NOTHING)  # its owner asks for the whole
    return _alias(inner.type, inner.codec, annotation, own, nothing, private=Code("_"))


def _variants(definition: ir.Definition, at: Position) -> Iterator[views.Codec]:
    """Return the codecs of variants that have no name of their own."""
    union = definition.shape
    if not isinstance(union, ir.Union):
        return
    for number in sorted(private(union, at.world.definitions)):
        type_ = union.variants[number].type
        name = inner_name(union, number, at)
        annotation = joined(alternatives(type_, at.world, tolerant=at.tolerant))
        own = position(union, number, at)
        yield _alias(type_, name, annotation, own, of_type(type_, name), private=Code("_"))


def _result(verb: Verb, type_: ir.Type, at: Position, *, is_last: bool) -> Code:
    prefix = Code("return " if is_last else "out = ")
    return block(expression(verb, type_, Code("value"), None, at, prefix=prefix), 4)


# --- aliases -----------------------------------------------------------------------------


def _alias(
    type_: ir.Type,
    name: Code,
    annotation: Code,
    at: Position,
    asked: Demands,
    *,
    private: Code = NOTHING,
) -> views.AliasCodec:
    checks = tuple(check_lines(type_, Code("value"), Code("None")))
    is_checked = bool(checks or asked.received_name)
    return views.AliasCodec(
        decode_signature=signature(
            f"{private}decode", name, Code("object"), annotation, strict=True
        ),
        encode_signature=signature(f"{private}encode", name, annotation, Code("Json")),
        check_signature=signature(f"{private}check", name, annotation, Code("None")),
        read=_result(READ, type_, at, is_last=not is_checked),
        write=_result(WRITE, type_, at, is_last=not asked.sent_name),
        is_checked=is_checked,
        **asking(asked),
        checks=checks,
        checked=block(
            Group(Code("read.checked("), (Code(f"{private}check_{name}"), Code("out")), Code(")")),
            8,
        ),
        check=block(Group(Code(f"{private}check_{name}("), (Code("value"),), Code(")")), 4),
    )
