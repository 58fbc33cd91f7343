"""The view of `codecs`: how each type is read, written and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from specloom import ir
from specloom.assertion import ANYTHING
from specloom.code import NOTHING, Code
from specloom.graph import private
from specloom.naming import ADDITIONAL
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.answer_headers import reader
from specloom.python.assertions import MODULES
from specloom.python.checks import check_lines
from specloom.python.codec import (
    READ,
    WRITE,
    Inner,
    Position,
    Verb,
    expression,
    inners,
    signature,
)
from specloom.python.constants import assertions, schemas
from specloom.python.conversions import conversion
from specloom.python.demands import Demands, asking, of_definition, of_type
from specloom.python.imports import statements, used
from specloom.python.layout import Group, block
from specloom.python.object_codecs import declared_names, object_codec
from specloom.python.prose import docstring
from specloom.python.union_codecs import table, union_codec
from specloom.python.variants import inner_name, position

_HOMES = {
    "Mapping": "collections.abc",
    "Literal": "typing",
    "Decimal": "decimal",
    "UUID": "uuid",
    "FileLike": "._file",
    "FormParts": "._multipart",
    "Json": "._types",
    "JsonObject": "._types",
    "UNSET": "._types",
    "Unset": "._types",
    "Decode": "._nested",
    "Unknown": "._unknown",
    "UnknownInt": "._unknown",
    "UnknownVariant": "._unknown",
}
_MODULES = {
    "base64": "_base64",
    "date": "_date",
    "date_time": "_date_time",
    "decimal": "_decimal",
    "duration": "_duration",
    "time": "_time",
    "read": "_read",
    "write": "_write",
    "check": "_check",
    "limits": "_limits",
    "items": "_items",
    "nested": "_nested",
    "anything": "_anything",
    "file": "_file",
    "additional": "_additional",
    "header": "_received",
    "unknown": "_unknown",
    "union": "_union",
    "tags": "_tag",
    "trial": "_trial",
    **MODULES,
}


def codecs(world: World) -> views.Codecs:
    found: list[views.Codec] = []
    constants: list[Code] = []
    tables: list[Code] = []
    for definition in world.api.definitions:
        at = Position(world, definition.id, (), is_open(definition))
        found += [_inner(inner, at) for inner in _inners(definition, at)]
        found += _variants(definition, at)
        found.append(_codec(definition, at))
        if (constant := declared_names(definition, world)) is not None:
            constants.append(constant)
        if (found_by_tag := table(definition, at)) is not None:
            constants.append(found_by_tag.reader)
            tables.append(found_by_tag.decoders)
    read = {
        r.headers.type: r.headers for o in world.api.operations for r in o.responses if r.headers
    }
    found += (reader(headers, world) for headers in read.values())
    found += (made for d in world.api.definitions if (made := conversion(d, world)) is not None)
    mentioned, asserted = schemas(world), assertions(world)
    return views.Codecs(
        docstring=docstring(
            ("How the data types travel: `decode_*` reads JSON values, `encode_*` makes them.",),
            indent=0,
        ),
        imports=_imports(found, (*constants, *mentioned, *asserted, *tables), world),
        constants=(*constants, *(() if mentioned else asserted)),
        schemas=mentioned,
        assertions=asserted if mentioned else (),
        codecs=tuple(found),
        tables=tuple(tables),
    )


def _imports(
    found: list[views.Codec], constants: tuple[Code, ...], world: World
) -> tuple[Code, ...]:
    wanted = used((*(part for codec in found for part in _parts(codec)), *constants))
    homes: dict[str, str] = {world.name(d.id): ".models" for d in world.api.definitions}
    homes |= _HOMES
    return statements(wanted, homes, _MODULES)


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
            for case in (*codec.writes, *codec.parts):
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
        check=Code(f"{private}check_{name}(value)"),
    )
