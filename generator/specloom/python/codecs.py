"""The view of `codecs`: how each type is read, written and checked."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.answer_headers import reader
from specloom.python.checks import check_lines
from specloom.python.codec import READ, WRITE, Inner, Position, expression, inners, signature
from specloom.python.files import has_files
from specloom.python.imports import statements, used
from specloom.python.layout import Group, block
from specloom.python.literals import literal
from specloom.python.object_codecs import declared_names, object_codec, parts_signature
from specloom.python.prose import docstring
from specloom.values import Json, Kind, Text, kind_of

_HOMES = {
    "Mapping": "collections.abc",
    "Literal": "typing",
    "UUID": "uuid",
    "FileLike": "._file",
    "FormParts": "._multipart",
    "Json": "._types",
    "JsonObject": "._types",
    "UNSET": "._types",
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
}


def codecs(world: World) -> views.Codecs:
    found: list[views.Codec] = []
    constants: list[Code] = []
    for definition in world.api.definitions:
        at = Position(world, definition.id, (), is_open(definition))
        found += [_inner(inner, at) for inner in _inners(definition, at)]
        found.append(_codec(definition, at))
        if (constant := declared_names(definition, world)) is not None:
            constants.append(constant)
    read = {
        r.headers.type: r.headers for o in world.api.operations for r in o.responses if r.headers
    }
    found += (reader(headers, world) for headers in read.values())
    return views.Codecs(
        docstring=docstring(
            ("How the data types travel: `decode_*` reads JSON values, `encode_*` makes them.",),
            indent=0,
        ),
        imports=_imports(found, world),
        constants=tuple(constants),
        codecs=tuple(found),
    )


def _imports(found: list[views.Codec], world: World) -> tuple[Code, ...]:
    wanted = used(part for codec in found for part in _parts(codec))
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
            yield Code("read write UNSET")
            yield Code("UnknownVariant" if codec.is_open else "")
            yield codec.parts_signature
            for case in (*codec.reads, *codec.writes):
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
        case ir.Union():
            return


def _codec(definition: ir.Definition, at: Position) -> views.Codec:
    name = at.world.codec(definition.id)
    annotation = joined(named(definition.id, at.world))
    match definition.shape:
        case ir.Object():
            return object_codec(definition, definition.shape, at)
        case ir.Union():
            return _union(definition, definition.shape, at)
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


# --- unions ------------------------------------------------------------------------------


def _union(definition: ir.Definition, shape: ir.Union, at: Position) -> views.UnionCodec:
    world, id_ = at.world, definition.id
    name, type_ = world.codec(id_), world.name(id_)
    null = Code(" | None" if definition.nullable else "")
    tags = [tag for variant in shape.variants for tag in variant.tags]
    return views.UnionCodec(
        decode_signature=signature("decode", name, Code("object"), type_, strict=True),
        encode_signature=signature("encode", name, type_, Code("JsonObject" + null)),
        is_nullable=definition.nullable,
        is_open=is_open(definition),
        tag=literal(shape.tag),
        unknown_pattern=_unknown_pattern(tags),
        expected=literal(Text(_listed([tag.raw for tag in tags]))),
        never=literal(f"{'an' if type_[0] in 'AEIOU' else 'a'} {type_}"),
        reads=tuple(
            views.Case(
                pattern=Code(" | ".join(literal(tag) for tag in variant.tags)),
                result=_case(Code(f"return decode_{world.codec(variant.target)}("), strict=True),
            )
            for variant in shape.variants
        ),
        writes=tuple(
            views.Case(
                pattern=Code(f"{world.name(variant.target)}()"),
                result=_case(Code(f"return encode_{world.codec(variant.target)}("), strict=False),
            )
            for variant in _distinct(shape.variants)
        ),
        parts_signature=parts_signature(definition, world),
        parts=tuple(
            views.Case(
                pattern=Code(f"{world.name(variant.target)}()"),
                result=_parts_of(variant, world),
            )
            for variant in _distinct(shape.variants)
        ),
    )


def _parts_of(variant: ir.Variant, world: World) -> Code:
    verb = "parts" if has_files(variant.target, world) else "encode"
    codec = Code(f"{verb}_{world.codec(variant.target)}(value)")
    return Code(f"return {codec}" if verb == "parts" else f"return {{**{codec}}}")


def _distinct(variants: tuple[ir.Variant, ...]) -> tuple[ir.Variant, ...]:
    return tuple({variant.target: variant for variant in variants}.values())


def _case(head: Code, *, strict: bool) -> Code:
    items = (Code("value"), Code("strict=strict")) if strict else (Code("value"),)
    return block(Group(head, items, Code(")")), 12)


def _unknown_pattern(tags: list[Json]) -> Code:
    kinds = {kind_of(tag.value) for tag in tags}
    names = [("str", Kind.STRING), ("int", Kind.INTEGER)]
    found = [name for name, kind in names if kind in kinds]
    pattern = f"{found[0]}(tag)" if len(found) == 1 else "str() | int() as tag"
    # to Python, a boolean is an integer
    return Code(
        pattern
        + (" if not strict and type(tag) is not bool" if "int" in found else " if not strict")
    )


def _listed(words: list[str]) -> str:
    """Return the words in a row, "or" before the last; a long row is cut."""
    if len(words) > 12:
        return f"one of {', '.join(words[:10])} and {len(words) - 10} more"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
