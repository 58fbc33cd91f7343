"""Schemas, as types where they are mentioned and as definitions where they have a name."""

from __future__ import annotations

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.node import pointer_of
from specloom.document.schema import BOUNDS, Schema
from specloom.lower.checks import UUIDS, lower_checks
from specloom.lower.defaults import fits
from specloom.lower.draft import Draft, Lowering, Site, each
from specloom.lower.media import is_binary
from specloom.lower.nulls import alternatives, split_null
from specloom.lower.secrets import is_secret
from specloom.lower.unions import lower_union
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.values import EMPTY, Kind, Text, kind_of

_LONGEST_INLINE = 8
"""An enum of more values gets a name, or annotations would run to pages."""
_OF_OBJECTS = ("properties", "required", "additionalProperties", "items")
_COMPOUND = ("allOf", "anyOf", "oneOf")
_SCALARS = {
    Kind.BOOLEAN: ir.ScalarKind.BOOLEAN,
    Kind.INTEGER: ir.ScalarKind.INTEGER,
    Kind.NUMBER: ir.ScalarKind.NUMBER,
    Kind.STRING: ir.ScalarKind.STRING,
}


def lower_definition(
    schema: Schema, id_: ir.TypeId, hints: tuple[ir.Hint, ...], site: Site
) -> Lowering[None]:
    """Yield the definition of a schema that has a name, and those of the types within it.

    Raises Refused where a schema cannot be lowered yet.
    """
    nullable, core = split_null(schema)
    shape = yield from _shape(core, site.inside(id_))
    if shape is None:
        mentioned = yield from lower_mention(schema, site.inside(id_), named=True)
        shape, nullable = ir.Alias(mentioned), False
    yield Draft(
        id=id_,
        hints=hints,
        shape=shape,
        nullable=nullable,
        docs=docs_of(schema, core),
        at=schema.at,
        read_only=tuple(p.at for _, p in core.properties or () if p.read_only),
        write_only=tuple(p.at for _, p in core.properties or () if p.write_only),
    )


def lower_mention(schema: Schema, site: Site, *, named: bool = False) -> Lowering[ir.Type]:
    """Return the type of a schema where it is mentioned.

    An inline object, union or long enum becomes a definition, named after the site; `named`
    says that the site is a definition already, which needs no second name for its own shape.
    """
    nullable, core = split_null(schema)
    of = yield from _mention(core, site, named=named)
    return ir.Nullable(of) if nullable and not isinstance(of, ir.Anything | ir.Nullable) else of


def docs_of(schema: Schema, core: Schema | None = None) -> ir.Docs:
    description = schema.description or (core.description if core else EMPTY)
    return ir.Docs(description=description, deprecated=schema.deprecated)


def _mention(schema: Schema, site: Site, *, named: bool) -> Lowering[ir.Type]:
    if schema.reference is not None:
        return _reference(schema, site)
    literal = literal_of(schema)
    if literal is not None and (named or len(literal.values) <= _LONGEST_INLINE):
        return literal
    if literal is None and not _is_object(schema) and not alternatives(schema):
        return (yield from _leaf(schema, site))
    id_ = ir.TypeId(schema.at.pointer)
    yield from lower_definition(schema, id_, (*shared_name(schema), site.hint), site)
    return ir.Ref(id_)


def shared_name(schema: Schema) -> tuple[ir.Hint, ...]:
    """Return what the variants of a union have in common in their names, as a hint."""
    among = tuple(ir.TypeId(pointer_of(v.reference)) for v in alternatives(schema) if v.reference)
    return (ir.Shared(among),) if len(among) == len(alternatives(schema)) > 1 else ()


def _reference(schema: Schema, site: Site) -> ir.Type:
    if not site.document.legacy:  # in OpenAPI 3.0, what stands beside `$ref` is ignored
        _refuse_beside("$ref", ("type", "enum", "const", *_OF_OBJECTS, *_COMPOUND), schema)
    return ir.Ref(ir.TypeId(pointer_of(schema.reference or "")))


def _refuse_beside(keyword: str, others: tuple[str, ...], schema: Schema) -> None:
    """Refuse what would narrow the values of a keyword, and is not read there yet."""
    for other in (*others, *BOUNDS):
        if other != keyword and schema.node.get(other) is not None:
            at = schema.at.step(other).at_key()
            raise Refused(not_yet(at, f"`{other}` beside `{keyword}`"))


def _is_object(schema: Schema) -> bool:
    if _kind(schema) is not Kind.OBJECT:
        return False
    closed = schema.additional is not None and schema.additional.always is False
    return bool(schema.properties) or closed or bool(schema.required)


def _shape(schema: Schema, site: Site) -> Lowering[ir.Shape | None]:
    if schema.reference is not None:
        return None
    if schema.all_of:
        raise Refused(not_yet(schema.at.step("allOf").at_key(), "`allOf` that merges schemas"))
    if alternatives(schema):
        return (yield from _union(schema, site))
    if _is_object(schema):
        return (yield from _object(schema, site))
    return None


def _union(schema: Schema, site: Site) -> Lowering[ir.Union]:
    keyword = "oneOf" if schema.node.get("oneOf") is not None else "anyOf"
    _refuse_beside(keyword, (*_OF_OBJECTS, *_COMPOUND, "enum", "const"), schema)
    union, inline = lower_union(schema, site.document, keyword)
    for variant, tag in inline:
        hint = ir.Under(site.owner, (tag,))
        yield from lower_definition(variant, ir.TypeId(variant.at.pointer), (hint,), site)
    return union


def _object(schema: Schema, site: Site) -> Lowering[ir.Object]:
    additional = schema.additional
    if additional is not None and additional.always is None and additional.node.value:
        at = schema.at.step("additionalProperties").at_key()
        raise Refused(
            not_yet(at, "`additionalProperties` of a type of their own beside `properties`")
        )
    if schema.bounds:
        at = schema.at.step(schema.bounds[0][0]).at_key()
        raise Refused(not_yet(at, f"`{schema.bounds[0][0]}` of an object with properties"))
    declared = schema.properties or ()
    names = frozenset(name for name, _ in declared)
    found = yield from each(_property(n, child, schema, names, site) for n, child in declared)
    properties = [*found]
    for name in schema.required:
        if name not in names:
            secret = is_secret(name, Schema(at=schema.at, node=schema.node), names, site.document)
            properties.append(
                ir.Property(
                    wire_name=name, type=ir.Anything(), required=True, secret=secret, at=schema.at
                )
            )
    closed = additional is not None and additional.always is False
    return ir.Object(properties=tuple(properties), closed=closed)


def _property(
    name: Text, schema: Schema, owner: Schema, siblings: frozenset[Text], site: Site
) -> Lowering[ir.Property]:
    type_ = yield from lower_mention(schema, site.within(name))
    return ir.Property(
        wire_name=name,
        type=type_,
        required=name in owner.required,
        default=(yield from lower_default(schema, site)),
        secret=is_secret(name, schema, siblings, site.document) and not _is_harmless(type_),
        docs=docs_of(schema),
        at=schema.at,
    )


def _is_harmless(type_: ir.Type) -> bool:
    """Return whether a value can hold no secret: a number, a flag, a constant."""
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _) | ir.Array(of) | ir.Map(of):
            return _is_harmless(of)
        case ir.Literal():
            return True
        case ir.Scalar(kind):
            return kind in (ir.ScalarKind.BOOLEAN, ir.ScalarKind.INTEGER, ir.ScalarKind.NUMBER)
        case _:
            return False


def lower_default(schema: Schema, site: Site) -> Lowering[ir.Default | None]:
    """Return the default of a schema; yield a finding, and drop it, where it does not fit."""
    if schema.default is None:
        return None
    at = schema.at.step("default")
    if not fits(schema.default, schema, site.document):
        yield finding("bad-default", at, "the default does not fit its schema: it is dropped")
        return None
    nested = kind_of(schema.default.value) in (Kind.ARRAY, Kind.OBJECT)
    if nested and (schema.default.value or not _is_collection(split_null(schema)[1])):
        raise Refused(not_yet(at, "a default that is an object, or an array of something"))
    return ir.Default(schema.default)


def _is_collection(schema: Schema) -> bool:
    """Return whether a schema is a list or a map, and no class of its own."""
    return schema.kinds in ((Kind.ARRAY,), (Kind.OBJECT,)) and not _is_object(schema)


def _kind(schema: Schema) -> Kind | None:
    """Return the one kind of value that a schema is for; None: any."""
    if schema.kinds is not None:
        return schema.kinds[0] if schema.kinds else None
    if schema.properties is not None or schema.additional is not None or schema.required:
        return Kind.OBJECT
    return Kind.ARRAY if schema.items is not None else None


def literal_of(schema: Schema) -> ir.Literal | None:
    """Return the values of a `const` or an `enum`, as far as they fit the type beside them."""
    if schema.const is None and schema.enum is None:
        return None
    values = (schema.const,) if schema.const is not None else schema.enum or ()
    kinds = schema.kinds or tuple(Kind)
    fitting = tuple(dict.fromkeys(v for v in values if kind_of(v.value) in kinds))
    key = "const" if schema.const is not None else "enum"
    _refuse_beside(key, (*_OF_OBJECTS, *_COMPOUND, "enum"), schema)
    simple = all(isinstance(v.value, str | int) for v in fitting)
    if not simple or not fitting:
        what = "no value that fits its type" if simple else "values other than strings and integers"
        raise Refused(not_yet(schema.at.step(key).at_key(), f"`{key}` with {what}"))
    return ir.Literal(fitting)


def _leaf(schema: Schema, site: Site) -> Lowering[ir.Type]:
    kind = _kind(schema)
    of = yield from _unchecked(schema, kind, site)
    # a length would be that of the text, and octets may be no text
    is_file = of == ir.Scalar(ir.ScalarKind.BINARY)
    checks = () if is_file else lower_checks(schema, kind)
    return ir.Checked(of, checks) if checks else of


def _unchecked(schema: Schema, kind: Kind | None, site: Site) -> Lowering[ir.Type]:
    if schema.all_of:
        raise Refused(not_yet(schema.at.step("allOf").at_key(), "`allOf` that merges schemas"))
    match kind:
        case None:
            return ir.Scalar(ir.ScalarKind.BINARY) if is_binary(schema) else ir.Anything()
        case Kind.ARRAY:
            if schema.items is None:
                return ir.Array(ir.Anything())
            return ir.Array((yield from lower_mention(schema.items, site.within(Text("item")))))
        case Kind.OBJECT:
            if schema.additional is None:
                return ir.Map(ir.Anything())
            return ir.Map((yield from lower_mention(schema.additional, site.within(Text("value")))))
        case Kind.STRING if is_binary(schema):
            return ir.Scalar(ir.ScalarKind.BINARY)
        case Kind.STRING if schema.format in UUIDS:
            return ir.Scalar(ir.ScalarKind.UUID)
        case Kind.NULL:
            raise Refused(not_yet(schema.at, "a value that can only be null"))
        case _:
            return ir.Scalar(_SCALARS[kind])
