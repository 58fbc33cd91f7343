"""Schemas, as types where they are mentioned and as definitions where they have a name."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.node import Node, pointer_of
from specloom.document.root import Document
from specloom.document.schema import Schema, read_schema
from specloom.lower.draft import Draft, Lowering, Site
from specloom.lower.meaning.implied import is_object, only_kind
from specloom.lower.meaning.meant import Meant, meant, seen_through
from specloom.lower.meaning.nulls import alternatives, is_null, split_null
from specloom.lower.meaning.ordered import any_item
from specloom.lower.meaning.patterned import common_schema, patterned
from specloom.lower.meaning.represented import represented
from specloom.lower.meaning.wording import docs_of
from specloom.lower.schemas.checks import lower_checks
from specloom.lower.schemas.constants import literal_of
from specloom.lower.schemas.held import held
from specloom.lower.schemas.leaves import component_key, union_of
from specloom.lower.schemas.media import is_binary
from specloom.lower.schemas.objects import lower_object
from specloom.lower.schemas.unions import lower_union
from specloom.rules.support import not_yet
from specloom.values import Kind, Text

_LONGEST_INLINE = 8
"""An enum of more values gets a name, or annotations would run to pages."""
_DEEPEST = 10
_FEW = 16
_SCALARS = {
    Kind.BOOLEAN: ir.ScalarKind.BOOLEAN,
    Kind.INTEGER: ir.ScalarKind.INTEGER,
    Kind.NUMBER: ir.ScalarKind.NUMBER,
    Kind.STRING: ir.ScalarKind.STRING,
    Kind.NULL: ir.ScalarKind.NULL,
}


def lower_definition(
    schema: Schema, id_: ir.TypeId, hints: tuple[ir.Hint, ...], site: Site
) -> Lowering[None]:
    """Yield the definition of a schema that has a name, and those of the types within it.

    Raises Refused where a schema cannot be lowered yet.
    """
    found = yield from _meant(schema, site)
    own = replace(found.schema, description=schema.description or found.schema.description)
    if not own.deprecated:
        own = replace(own, deprecated=schema.deprecated)
    yield from _definition(replace(found, schema=own), id_, hints, site)


def lower_mention(schema: Schema, site: Site) -> Lowering[ir.Type]:
    """Return the type of a schema where it is mentioned.

    An inline object, union or long enum becomes a definition, named after the site.
    """
    found = yield from _meant(schema, site)
    return (yield from _mention(found, site))


def _meant(schema: Schema, site: Site) -> Lowering[Meant]:
    """Return a schema as it is meant, which nothing may fit; yield what is to be said of it, once."""
    found = meant(schema, site.document)
    if not site.foreign:
        yield from found.remarks
        yield from () if found.conflict is None else (found.conflict,)
    return found if found.conflict is None else _nothing(found)


def _nothing(found: Meant) -> Meant:
    """Return what takes no value, null aside."""
    schema = found.schema
    false = read_schema(Node(False, schema.at, schema.node.root))
    bare = replace(false, title=schema.title, description=schema.description)
    return Meant(nullable=found.nullable, schema=bare, rest=(false,))


def _definition(
    found: Meant, id_: ir.TypeId, hints: tuple[ir.Hint, ...], site: Site
) -> Lowering[None]:
    schema, inside = found.schema, site.inside(id_, found.made_of)
    shape, nullable = yield from _shape(found, inside)
    yield Draft(
        id=id_,
        hints=hints,
        shape=shape,
        nullable=nullable,
        docs=docs_of(schema),
        at=replace(schema.at, pointer=id_.address),
    )


def _mention(found: Meant, site: Site, *, named: bool = False) -> Lowering[ir.Type]:
    """Return a type; `named` says that the site is its definition, which needs no second one."""
    of = yield from _core(found, site, named=named)
    return _nullable(of) if found.nullable else of


def _nullable(type_: ir.Type) -> ir.Type:
    """Return a type with null, unless null fits already."""
    is_null = type_ == ir.Scalar(ir.ScalarKind.NULL)
    return type_ if is_null or isinstance(type_, ir.Anything | ir.Nullable) else ir.Nullable(type_)


def _core(found: Meant, site: Site, *, named: bool) -> Lowering[ir.Type]:
    schema = found.schema
    if schema.reference is not None:
        # a name for null alone would be a second word for `None`, and none that checkers take
        if _means_null(schema, site.document):
            return ir.Scalar(ir.ScalarKind.NULL)
        return ir.Ref(ir.TypeId(pointer_of(schema.reference)))
    if not named and (again := _again(found, site)) is not None:
        return again
    if is_null(schema):
        return ir.Scalar(ir.ScalarKind.NULL)
    literal = literal_of(found, site.document)
    if literal is not None and (named or len(literal.values) <= _LONGEST_INLINE):
        return literal
    union = union_of(schema, site.document)
    if literal is None and not is_object(schema) and union is None:
        return (yield from _leaf(found, site))
    id_ = ir.TypeId(schema.at.pointer)
    is_defined = component_key(id_.address) is not None or id_ in site.owners
    if not site.foreign and not is_defined:
        said = () if schema.hint is None else (ir.Said(schema.hint),)
        yield from _definition(found, id_, (*said, *shared_name(schema), site.hint), site)
    return ir.Ref(id_)


def _means_null(mention: Schema, document: Document) -> bool:
    """Return whether null alone is behind a mention, and behind what that says in turn.

    Few are followed: each schema of a long chain would follow all that come after it.
    """
    core = mention
    for _ in range(_FEW):
        target = document.end(core)
        if target is None:
            break
        core = split_null(target)[1]
    return is_null(core)


def shared_name(schema: Schema) -> tuple[ir.Hint, ...]:
    """Return what the variants of a union have in common in their names, as a hint."""
    among = tuple(ir.TypeId(pointer_of(v.reference)) for v in alternatives(schema) if v.reference)
    return (ir.Shared(among),) if len(among) == len(alternatives(schema)) > 1 else ()


def _again(found: Meant, site: Site) -> ir.Type | None:
    """Return the definition of the same schemas put together, where one is around.

    Raises Refused where such schemas, mentioning one another, would have no end.
    """
    if not found.made_of:
        return None
    for made_of, id_ in site.around:
        if made_of == found.made_of and id_ is not None:
            return ir.Ref(id_)
    loops = any(made_of == found.made_of for made_of, _ in site.around)
    if loops or len(site.around) >= _DEEPEST:
        what = f"schemas put together of others that are themselves, more than {_DEEPEST} deep"
        raise Refused(not_yet(found.schema.at, what))
    return None


def _shape(found: Meant, site: Site) -> Lowering[tuple[ir.Shape, bool]]:
    """Return the shape of a definition, and whether null fits besides."""
    union = union_of(found.schema, site.document)
    if union is not None:
        return (yield from _union(union, found, site))
    if literal_of(found, site.document) is None and is_object(found.schema):
        return (yield from lower_object(found, site, lower_mention)), found.nullable
    return ir.Alias((yield from _mention(found, site, named=True))), False


def _union(union: Schema, found: Meant, site: Site) -> Lowering[tuple[ir.Shape, bool]]:
    shaped = yield from lower_union(union, site, lower_mention, _bare)
    if not isinstance(shaped.shape, ir.Alias):
        return shaped.shape, shaped.nullable or found.nullable
    return ir.Alias(_nullable(shaped.shape.of) if found.nullable else shaped.shape.of), False


def _bare(type_: ir.Type, schema: Schema, site: Site) -> Lowering[ir.Type]:
    """Return what a mention of a constant or a scalar stands for, and null aside."""
    bare = type_.of if isinstance(type_, ir.Nullable) else type_
    if not isinstance(bare, ir.Ref):
        return bare
    found = seen_through(schema, site.document)
    if found.schema.reference or union_of(found.schema, site.document):
        return bare
    if is_object(found.schema) or only_kind(found.schema) in (Kind.ARRAY, Kind.OBJECT):
        return bare
    return (yield from _core(found, site.inside(bare.target), named=True))


def _leaf(found: Meant, site: Site) -> Lowering[ir.Type]:
    schema, kind = found.schema, only_kind(found.schema)
    of = yield from _unchecked(found, kind, site.beside(found.made_of))
    if of == ir.Scalar(ir.ScalarKind.BINARY):
        return of  # a length would be that of the text, and octets may be no text
    checks = (*lower_checks(schema, kind), *(yield from held(found.rest, site.document)))
    return ir.Checked(of, checks) if checks else of


def _unchecked(found: Meant, kind: Kind | None, site: Site) -> Lowering[ir.Type]:
    schema = found.schema
    match kind:
        case None:
            return ir.Scalar(ir.ScalarKind.BINARY) if is_binary(schema) else ir.Anything()
        case Kind.ARRAY:
            item = any_item(schema, found.rest)
            if item is None:
                return ir.Array(ir.Anything())
            return ir.Array((yield from lower_mention(item, site.within(Text("item")))))
        case Kind.OBJECT:
            value = schema.additional or common_schema(patterned(found.rest))
            if value is None:
                return ir.Map(ir.Anything())
            return ir.Map((yield from lower_mention(value, site.within(Text("value")))))
        case Kind.STRING if is_binary(schema):
            return ir.Scalar(ir.ScalarKind.BINARY)
        case Kind.STRING if (represented_as := represented(schema)) is not None:
            return ir.Scalar(represented_as)
        case _:
            return ir.Scalar(_SCALARS[kind])
