"""The view of `codecs`: how each type is read, written and checked."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.graph import crowded
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.answer_headers import reader
from specloom.python.checks import check_lines
from specloom.python.codec import READ, WRITE, Inner, Position, expression, inners, signature
from specloom.python.imports import statements, used
from specloom.python.layout import Group, block
from specloom.python.object_codecs import declared_names, object_codec
from specloom.python.prose import docstring
from specloom.python.union_codecs import table, union_codec
from specloom.python.variants import position

_HOMES = {
    "Mapping": "collections.abc",
    "Literal": "typing",
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
    "read": "_read",
    "write": "_write",
    "check": "_check",
    "limits": "_limits",
    "items": "_items",
    "nested": "_nested",
    "anything": "_anything",
    "file": "_file",
    "header": "_received",
    "unknown": "_unknown",
    "union": "_union",
    "tags": "_tag",
    "schema": "_schema",
    "trial": "_trial",
}


def codecs(world: World) -> views.Codecs:
    found: list[views.Codec] = []
    constants: list[Code] = []
    tables: list[Code] = []
    for definition in world.api.definitions:
        at = Position(world, definition.id, (), is_open(definition))
        found += [_inner(inner, at) for inner in _inners(definition, at)]
        found.append(_codec(definition, at))
        if (constant := declared_names(definition, world)) is not None:
            constants.append(constant)
        if (rows := table(definition, at)) is not None:
            tables.append(rows)
    read = {
        r.headers.type: r.headers for o in world.api.operations for r in o.responses if r.headers
    }
    found += (reader(headers, world) for headers in read.values())
    return views.Codecs(
        docstring=docstring(
            ("How the data types travel: `decode_*` reads JSON values, `encode_*` makes them.",),
            indent=0,
        ),
        imports=_imports(found, (*constants, *tables), world),
        constants=tuple(constants),
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
        case views.HeaderReader():
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
            if codec.parts_signature:
                yield from (codec.parts_signature, codec.parts)
                yield from (statement.line for statement in codec.parts_if)
        case views.UnionCodec():
            yield Code("write")
            yield Code("UnknownVariant" if codec.is_open else "")
            yield from (codec.parts_signature, *codec.reads)
            for case in (*codec.writes, *codec.parts):
                yield from (case.pattern, case.result)
        case views.AliasCodec():
            yield Code("read" if codec.checks else "")
            yield from (codec.read, codec.write, *codec.checks)


def _inners(definition: ir.Definition, at: Position) -> Iterator[Inner]:
    match definition.shape:
        case ir.Object(properties=properties):
            for property_ in properties:
                yield from inners(property_.type, at.step(property_.wire_name.raw))
        case ir.Alias(of):
            yield from inners(of, at)
        case ir.Union() as union:
            for number, variant in enumerate(union.variants):
                own = position(union, number, at)
                yield from inners(variant.type, own)
                if number in crowded(union):
                    codec = at.world.names.inner[at.owner, own.path]
                    yield Inner(codec, variant.type, at.owner, own.path)


def _codec(definition: ir.Definition, at: Position) -> views.Codec:
    name = at.world.codec(definition.id)
    annotation = joined(named(definition.id, at.world))
    match definition.shape:
        case ir.Object():
            return object_codec(definition, definition.shape, at)
        case ir.Union():
            return union_codec(definition, definition.shape, at)
        case ir.Alias(of):
            return _alias(of, Code(name), annotation, at)


def _inner(inner: Inner, at: Position) -> views.Codec:
    own = Position(at.world, inner.owner, inner.path, at.tolerant)
    annotation = joined(alternatives(inner.type, at.world, tolerant=at.tolerant))
    return _alias(inner.type, inner.codec, annotation, own, private=Code("_"))


# --- aliases -----------------------------------------------------------------------------


def _alias(
    type_: ir.Type, name: Code, annotation: Code, at: Position, *, private: Code = NOTHING
) -> views.AliasCodec:
    checks = tuple(check_lines(type_, Code("value"), Code("None")))
    head = Code("out = " if checks else "return ")
    return views.AliasCodec(
        decode_signature=signature(
            f"{private}decode", name, Code("object"), annotation, strict=True
        ),
        encode_signature=signature(f"{private}encode", name, annotation, Code("Json")),
        check_signature=signature(f"{private}check", name, annotation, Code("None")),
        read=block(expression(READ, type_, Code("value"), None, at, prefix=head), 4),
        write=block(expression(WRITE, type_, Code("value"), None, at, prefix=Code("return ")), 4),
        checks=checks,
        checked=block(
            Group(Code("read.checked("), (Code(f"{private}check_{name}"), Code("out")), Code(")")),
            8,
        ),
        check=Code(f"{private}check_{name}(value)"),
    )
