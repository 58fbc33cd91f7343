"""The view of `codecs`: how each type is read, written and checked."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.checks import check_lines
from specloom.python.codec import READ, WRITE, Inner, Position, expression, inners
from specloom.python.imports import statements, used
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.models import UNSET, keeps_extra, python_default
from specloom.python.prose import docstring
from specloom.values import Json, Kind, Text, kind_of

_HOMES = {
    "Literal": "typing",
    "UUID": "uuid",
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
    "unknown": "_unknown",
}


def codecs(world: World) -> views.Codecs:
    found: list[views.Codec] = []
    constants: list[Code] = []
    for definition in world.api.definitions:
        at = Position(world, definition.id, (), is_open(definition))
        found += [_inner(inner, at) for inner in _inners(definition, at)]
        found.append(_codec(definition, at))
        if (constant := _constant(definition, world)) is not None:
            constants.append(constant)
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
    yield from (codec.decode_signature, codec.encode_signature)
    match codec:
        case views.ObjectCodec():
            yield Code("read write")
            for statement in (*codec.reads, *codec.written_if):
                yield from (statement.condition, statement.line, statement.absent)
            yield from (codec.written, *codec.checks, codec.extra, codec.closed, codec.instance)
        case views.UnionCodec():
            yield Code("read write UNSET")
            yield Code("UnknownVariant" if codec.is_open else "")
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
            return _object(definition, definition.shape, at)
        case ir.Union():
            return _union(definition, definition.shape, at)
        case ir.Alias(of):
            return _alias(of, Code(name), annotation, at)


def _inner(inner: Inner, at: Position) -> views.Codec:
    own = Position(at.world, inner.owner, inner.path, at.tolerant)
    annotation = joined(alternatives(inner.type, at.world, tolerant=at.tolerant))
    return _alias(inner.type, inner.codec, annotation, own, private=Code("_"))


def _signature(verb: str, name: Code, value: Code, result: Code, *, strict: bool = False) -> Code:
    more = (Code("*"), Code("strict: bool = False")) if strict else ()
    items: tuple[Doc, ...] = (Code(f"value: {value}"), *more)
    return block(Group(Code(f"def {verb}_{name}("), items, Code(f") -> {result}:"), comma=True), 0)


# --- objects -----------------------------------------------------------------------------


def _object(definition: ir.Definition, shape: ir.Object, at: Position) -> views.ObjectCodec:
    world, id_ = at.world, definition.id
    name, type_ = world.codec(id_), world.name(id_)
    null = Code(" | None" if definition.nullable else "")
    checks = tuple(
        line for p in shape.properties for line in _checks(p, world.names.fields[id_, p.wire_name])
    )
    kept = keeps_extra(definition)
    names = _constant_name(name)
    every = all(p.required for p in shape.properties)
    always = [_member(p, at) for p in shape.properties if _left_out(p, definition, world) is None]
    writes = [
        _write(p, left_out, at)
        for p in shape.properties
        if (left_out := _left_out(p, definition, world)) is not None
    ]
    return views.ObjectCodec(
        decode_signature=_signature(
            "decode", name, Code("object"), Code(type_ + null), strict=True
        ),
        encode_signature=_signature("encode", name, Code(type_ + null), Code("JsonObject" + null)),
        check_signature=_signature("check", name, type_, Code("None")),
        name=type_,
        is_nullable=definition.nullable,
        reads=tuple(_read(p, definition, at) for p in shape.properties),
        has_required=any(p.required for p in shape.properties),
        extra=_extra(names, len(shape.properties), every=every) if kept else Code(""),
        closed=Code(f"read.closed(members, {names})") if shape.closed else Code(""),
        checks=checks,
        checked=Code(f"read.checked(check_{name}, out)"),
        check=Code(f"check_{name}(value)"),
        instance=Code(f"write.instance(value, {type_})"),
        written=_written(always, kept=kept, is_all=not writes),
        written_if=tuple(writes),
        needs_strict=bool(checks) or shape.closed,
    )


def _checks(property_: ir.Property, field: Code) -> Iterator[Code]:
    yield from check_lines(property_.type, Code(f"value.{field}"), literal(property_.wire_name))


def _constant(definition: ir.Definition, world: World) -> Code | None:
    """Return the names that an object declares, where its decoder asks for them."""
    shape = definition.shape
    if not isinstance(shape, ir.Object) or not (shape.closed or keeps_extra(definition)):
        return None
    head = Code(f"{_constant_name(world.codec(definition.id))} = (")
    names = tuple(literal(p.wire_name) for p in shape.properties)
    if not names:
        return Code(f"{head})")
    if len(names) == 1:
        return Code(f"{head}{names[0]},)")
    return block(Group(head, names, Code(")"), display=True), 0)


def _constant_name(codec: Code) -> Code:
    return Code(f"_{codec.upper()}")


def _extra(names: Code, count: int, *, every: bool) -> Code:
    call = f"read.extra(members, {names})"
    if not every:
        return Code(f"out.extra = {call}")
    line = f"out.extra = {call} if len(members) > {count} else None"
    if len(line) + 8 <= 88:
        return Code(line)
    return Code(f"out.extra = {call}")


def _read(property_: ir.Property, definition: ir.Definition, at: Position) -> views.Statement:
    field = at.world.names.fields[definition.id, property_.wire_name]
    wire = literal(property_.wire_name)
    step = at.step(property_.wire_name.raw)
    default = python_default(property_, definition, at.world)
    prefix = Code(f"out.{field} = ")
    deep = 8 if any(p.required for p in _properties(definition)) else 4
    if property_.required:
        value = Code(f"members[{wire}]")
        line = expression(READ, property_.type, value, wire, step, prefix=prefix)
        return views.Statement(condition=Code(""), line=block(line, deep))
    if default is UNSET:
        value = Code(f"members[{wire}]")
        line = expression(READ, property_.type, value, wire, step, prefix=prefix)
        return views.Statement(
            condition=Code(f"{wire} in members"),
            line=block(line, deep + 4),
            absent=Code(f"out.{field} = UNSET"),
        )
    absent = _absent(property_)
    value = Code(f"members.get({wire}{absent and ', '}{absent})")
    line = expression(READ, property_.type, value, wire, step, prefix=prefix)
    return views.Statement(condition=Code(""), line=block(line, deep))


def _properties(definition: ir.Definition) -> tuple[ir.Property, ...]:
    return definition.shape.properties if isinstance(definition.shape, ir.Object) else ()


def _absent(property_: ir.Property) -> Code:
    """Return the JSON value that stands for an absent member."""
    if property_.default is None:
        constant = property_.type
        return literal(constant.values[0]) if isinstance(constant, ir.Literal) else Code("")
    value = property_.default.value
    return Code("") if value.value is None else literal(value)


def _left_out(property_: ir.Property, definition: ir.Definition, world: World) -> Code | None:
    """Return the value that is not written but left out, if there is one."""
    default = python_default(property_, definition, world)
    return default if not property_.required and default in (UNSET, Code("None")) else None


def _written(members: list[Doc], *, kept: bool, is_all: bool) -> Code:
    extra: tuple[Doc, ...] = (Code("**(value.extra or {})"),) if kept else ()
    head = Code("return {" if is_all else "out: JsonObject = {")
    items = (*extra, *members)
    return block(Group(head, items, Code("}"), display=True), 4) if items else Code(f"{head}}}")


def _member(property_: ir.Property, at: Position) -> Doc:
    field = at.world.names.fields[at.owner, property_.wire_name]
    wire = literal(property_.wire_name)
    step = at.step(property_.wire_name.raw)
    value = Code(f"value.{field}")
    return expression(WRITE, property_.type, value, wire, step, prefix=Code(f"{wire}: "))


def _write(property_: ir.Property, left_out: Code, at: Position) -> views.Statement:
    value = Code(f"value.{at.world.names.fields[at.owner, property_.wire_name]}")
    wire = literal(property_.wire_name)
    step = at.step(property_.wire_name.raw)
    present = _present(property_.type, left_out)
    line = expression(WRITE, present, value, wire, step, prefix=Code(f"out[{wire}] = "))
    return views.Statement(condition=Code(f"{value} is not {left_out}"), line=block(line, 8))


def _present(type_: ir.Type, left_out: Code) -> ir.Type:
    """Return the type of a value that is known not to be null."""
    return type_.of if left_out == "None" and isinstance(type_, ir.Nullable) else type_


# --- aliases -----------------------------------------------------------------------------


def _alias(
    type_: ir.Type, name: Code, annotation: Code, at: Position, *, private: Code = NOTHING
) -> views.AliasCodec:
    checks = tuple(check_lines(type_, Code("value"), Code("None")))
    head = Code("out = " if checks else "return ")
    return views.AliasCodec(
        decode_signature=_signature(
            f"{private}decode", name, Code("object"), annotation, strict=True
        ),
        encode_signature=_signature(f"{private}encode", name, annotation, Code("Json")),
        check_signature=_signature(f"{private}check", name, annotation, Code("None")),
        read=block(expression(READ, type_, Code("value"), None, at, prefix=head), 4),
        write=block(expression(WRITE, type_, Code("value"), None, at, prefix=Code("return ")), 4),
        checks=checks,
        checked=Code(f"read.checked({private}check_{name}, out)"),
        check=Code(f"{private}check_{name}(value)"),
    )


# --- unions ------------------------------------------------------------------------------


def _union(definition: ir.Definition, shape: ir.Union, at: Position) -> views.UnionCodec:
    world, id_ = at.world, definition.id
    name, type_ = world.codec(id_), world.name(id_)
    null = Code(" | None" if definition.nullable else "")
    tags = [tag for variant in shape.variants for tag in variant.tags]
    return views.UnionCodec(
        decode_signature=_signature("decode", name, Code("object"), type_, strict=True),
        encode_signature=_signature("encode", name, type_, Code("JsonObject" + null)),
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
    )


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
