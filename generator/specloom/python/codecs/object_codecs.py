"""How an object is read, written and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.naming import ADDITIONAL, ADDITIONAL_FIELD
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.codecs.checks import check_lines
from specloom.python.codecs.codec import READ, WRITE, Position, expression, signature
from specloom.python.codecs.conditions import having, unless
from specloom.python.codecs.demands import asking, of_definition
from specloom.python.defaults import UNSET, default_doc, is_made, keeps_extra, python_default
from specloom.python.files import has_files, is_file
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.layout.width import LIMIT
from specloom.python.literals import literal
from specloom.python.sample import prefixed

_MEMBERS = Code("members")
_TAKEN = ("_SCHEMA", "_STRICT", "_TEST", "_TRIAL", "_TAG")
_ONE_OF = re.compile(r"_ONE_OF_\d+\Z")
"""How the constants end that say what a type asserts, or tell the variants of a union apart."""


def object_codec(definition: ir.Definition, shape: ir.Object, at: Position) -> views.ObjectCodec:
    world, id_ = at.world, definition.id
    name, type_ = world.codec(id_), world.name(id_)
    null = Code(" | None" if definition.nullable else "")
    checks = tuple(
        line for p in shape.properties for line in _checks(p, world.names.fields[id_, p.wire_name])
    )
    kept = keeps_extra(definition)
    more = _more(definition, shape, at)
    asked = of_definition(definition, world)
    names = _constant_name(name)
    indent = 8 if any(p.required for p in shape.properties) else 4
    every = all(p.required for p in shape.properties)
    always = [_member(p, at) for p in shape.properties if _left_out(p, definition, world) is None]
    writes = [
        _write(p, left_out, at)
        for p in shape.properties
        if (left_out := _left_out(p, definition, world)) is not None
    ]
    return views.ObjectCodec(
        decode_signature=signature("decode", name, Code("object"), Code(type_ + null), strict=True),
        encode_signature=signature("encode", name, Code(type_ + null), Code("JsonObject" + null)),
        check_signature=signature("check", name, type_, Code("None")),
        made=block(Group(Code("out = read.new("), (Code(type_),), Code(")")), 4),
        is_nullable=definition.nullable,
        reads=tuple(_read(p, definition, at) for p in shape.properties),
        has_required=any(p.required for p in shape.properties),
        extra=(
            _received(shape.additional, names, at, indent)
            if shape.additional is not None
            else _extra(names, len(shape.properties), indent, every=every) if kept else NOTHING
        ),
        closed=(
            block(Group(Code("read.closed("), (Code("members"), names), Code(")")), 8)
            if shape.closed
            else Code("")
        ),
        checks=checks,
        checked=block(
            Group(Code("read.checked("), (Code(f"check_{name}"), Code("out")), Code(")")), 8
        ),
        check=block(Group(Code(f"check_{name}("), (Code("value"),), Code(")")), 4),
        instance=block(Group(Code("write.instance("), (Code("value"), Code(type_)), Code(")")), 4),
        written=_written(more, always, is_all=not writes and not asked.sent_name),
        **asking(asked),
        written_if=tuple(writes),
        parts_signature=parts_signature(definition, world),
        parts=_parts(definition, at),
        parts_if=tuple(
            _attach(p, left_out, at)
            for p in shape.properties
            if (left_out := _left_out(p, definition, world)) is not None
        ),
        needs_strict=bool(checks or asked.received_name) or shape.closed,
        is_returned=bool(writes or asked.sent_name),
    )


def _checks(property_: ir.Property, field: Code) -> Iterator[Code]:
    yield from check_lines(property_.type, Code(f"value.{field}"), literal(property_.wire_name))


def declared_names(definition: ir.Definition, world: World) -> Code | None:
    """Return the names that an object declares, where its decoder asks for them."""
    shape = definition.shape
    if not isinstance(shape, ir.Object):
        return None
    if not (shape.closed or keeps_extra(definition) or shape.additional is not None):
        return None
    head = Code(f"{_constant_name(world.codec(definition.id))} = (")
    names = tuple(literal(p.wire_name) for p in shape.properties)
    if not names:
        return Code(f"{head})")
    return block(Group(head, names, Code(")"), display=True), 0)


def _constant_name(codec: Code) -> Code:
    """Return what the names of a type's members are called, apart from constants of other types."""
    name = Code(f"_{codec.upper()}")
    return Code(f"{name}_") if name.endswith(_TAKEN) or _ONE_OF.search(name) else name


def _extra(names: Code, count: int, indent: int, *, every: bool) -> Code:
    line = f"out.extra = read.extra(members, {names}) if len(members) > {count} else None"
    if every and len(line) + 8 <= LIMIT:
        return Code(line)
    return block(
        Group(Code("out.extra = read.extra("), (Code("members"), names), Code(")")), indent
    )


def _read(property_: ir.Property, definition: ir.Definition, at: Position) -> views.Statement:
    field = at.world.names.fields[definition.id, property_.wire_name]
    wire = literal(property_.wire_name)
    step = at.step(property_.wire_name.raw)
    default = python_default(property_, definition, at.world)
    prefix = Code(f"out.{field} = ")
    deep = 8 if any(p.required for p in definition.properties) else 4
    if property_.required:
        value = Code(f"members[{wire}]")
        line = expression(READ, property_.type, value, wire, step, prefix=prefix)
        return views.Statement(condition=Code(""), line=block(line, deep))
    if default is UNSET:
        value = Code(f"members[{wire}]")
        line = expression(READ, property_.type, value, wire, step, prefix=prefix)
        return views.Statement(
            condition=block(having(wire, _MEMBERS), deep),
            line=block(line, deep + 4),
            absent=block(Alternatives(prefix, (UNSET,)), deep),
        )
    if default is not None and is_made(property_, default) and default not in ("[]", "{}"):
        return _made(property_, step, deep)
    absent = _absent(property_)
    value = Code(f"members.get({wire}{absent and ', '}{absent})")
    line = expression(READ, property_.type, value, wire, step, prefix=prefix)
    return views.Statement(condition=Code(""), line=block(line, deep))


def _made(property_: ir.Property, at: Position, deep: int) -> views.Statement:
    """Return the statement that reads a member, or makes its default where it is absent."""
    wire = literal(property_.wire_name)
    prefix = Code(f"out.{at.world.names.fields[at.owner, property_.wire_name]} = ")
    value = Code(f"members[{wire}]")
    line = expression(READ, property_.type, value, wire, at, prefix=prefix)
    said = None if property_.default is None else property_.default.value.value
    made = default_doc(said, property_.type, at.world)
    return views.Statement(
        condition=block(having(wire, _MEMBERS), deep),
        line=block(line, deep + 4),
        absent=block(prefixed(prefix, made), deep),
    )


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


def _received(additional: ir.Type, names: Code, at: Position, indent: int) -> Code:
    """Return the statement that reads what is not named."""
    found = Code(f"additional.received(members, {names})")
    prefix = Code(f"out.{ADDITIONAL_FIELD} = ")
    step = replace(at, path=ADDITIONAL)
    return block(expression(READ, ir.Map(additional), found, None, step, prefix=prefix), indent)


def _more(definition: ir.Definition, shape: ir.Object, at: Position) -> tuple[Doc, ...]:
    """Return what an object is written with besides its declared members: these come first."""
    if shape.additional is None:
        return (Code("**(value.extra or {})"),) if keeps_extra(definition) else ()
    names = _constant_name(at.world.codec(definition.id))
    found = Code(f"additional.sent(value.{ADDITIONAL_FIELD}, {names})")
    step = replace(at, path=ADDITIONAL)
    of = ir.Map(shape.additional)
    return (expression(WRITE, of, found, None, step, prefix=Code("**")),)


def _written(more: tuple[Doc, ...], members: list[Doc], *, is_all: bool) -> Code:
    head = Code("return {" if is_all else "out: JsonObject = {")
    items = (*more, *members)
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
    present = _present(property_.type, left_out)
    step = _step(property_, present, at)
    line = expression(WRITE, present, value, wire, step, prefix=Code(f"out[{wire}] = "))
    return views.Statement(condition=block(unless(value, left_out), 4), line=block(line, 8))


def parts_signature(definition: ir.Definition, world: World) -> Code:
    """Return the signature of what makes a form of a value, where it has files in it."""
    if not (definition.usage.uploaded and has_files(definition.id, world)):
        return NOTHING
    name, type_ = world.codec(definition.id), world.name(definition.id)
    return signature("parts", name, type_, Code("FormParts"))


def _parts(definition: ir.Definition, at: Position) -> Code:
    shape = definition.shape
    open_ = isinstance(shape, ir.Object) and shape.additional is not None
    more = _more(definition, shape, at) if isinstance(shape, ir.Object) and open_ else ()
    members = tuple(
        _part(p, p.type, at, Code(f"{literal(p.wire_name)}: "))
        for p in definition.properties
        if _left_out(p, definition, at.world) is None
    )
    head = Code("out: FormParts = {")
    items = (*more, *members)
    return block(Group(head, items, Code("}"), display=True), 4) if items else Code(f"{head}}}")


def _attach(property_: ir.Property, left_out: Code, at: Position) -> views.Statement:
    value = Code(f"value.{at.world.names.fields[at.owner, property_.wire_name]}")
    present = _present(property_.type, left_out)
    line = _part(property_, present, at, Code(f"out[{literal(property_.wire_name)}] = "))
    return views.Statement(condition=block(unless(value, left_out), 4), line=block(line, 8))


def _part(property_: ir.Property, type_: ir.Type, at: Position, prefix: Code) -> Doc:
    """Return the expression of a part: a file, several, or what is written as ever."""
    value = Code(f"value.{at.world.names.fields[at.owner, property_.wire_name]}")
    wire = literal(property_.wire_name)
    if not is_file(type_, at.world):
        step = _step(property_, type_, at)
        return expression(WRITE, type_, value, wire, step, prefix=prefix)
    null, function = NOTHING, "attached"
    core = at.world.resolved(type_)
    if isinstance(core, ir.Nullable):
        null, core = Code(f"None if {value} is None else "), at.world.resolved(core.of)
    if isinstance(core, ir.Checked):
        core = core.of
    if isinstance(core, ir.Array):
        function = "all_attached"
    return Group(Code(f"{prefix}{null}file.{function}("), (value, wire), Code(")"))


def _step(property_: ir.Property, type_: ir.Type, at: Position) -> Position:
    """Return where a type stands that is the property's, or what is left of it without null."""
    own = at.step(property_.wire_name.raw)
    return own if type_ == property_.type else own.step("value")


def _present(type_: ir.Type, left_out: Code) -> ir.Type:
    """Return the type of a value that is known not to be null."""
    return type_.of if left_out == "None" and isinstance(type_, ir.Nullable) else type_
