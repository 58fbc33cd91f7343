"""The types of `models`: dataclasses in the document's order, then the aliases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.code import Code
from specloom.graph import mentioned, targets
from specloom.naming import ADDITIONAL_FIELD
from specloom.python import views
from specloom.python.annotations import World, alternatives, is_open, joined, named
from specloom.python.defaults import UNSET, is_made, keeps_extra, python_default
from specloom.python.imports import used
from specloom.python.layout import Alternatives, Group, block
from specloom.python.literals import literal
from specloom.python.prose import DEPRECATED, Words, apart, docstring, marked
from specloom.python.roles import needs, roles, told_apart
from specloom.python.told import told
from specloom.verdict import has_unknown


@dataclass(frozen=True, slots=True)
class Declared:
    """What `models` says of one definition."""

    id: ir.TypeId
    view: views.Dataclass | views.Alias
    names: frozenset[str]
    """That it mentions."""


def declared(world: World) -> Iterator[Declared]:
    """Yield all types in the order that they can stand in: classes, then aliases."""
    said = roles(world)
    for d in world.api.definitions:
        if isinstance(d.shape, ir.Object):
            view = _dataclass(d, d.shape, said.get(d.id, ()), world)
            parts = (view.header, view.decorator, *(f.declaration for f in view.fields))
            yield Declared(d.id, view, used(parts))
    for d, quoted in _ordered(world):
        alias = _alias(d, world, quoted=quoted)
        # what is quoted is no name to Python, but one to those who check types
        yield Declared(d.id, alias, used((Code("TypeAlias"), *members_of(d, world))))


def the_api(api: ir.Api) -> Words:
    """Return what prose calls the API: "the Polar API, version 0.1.0"."""
    title = api.title.raw.strip()
    named_so = title.lower().split()[-1:] == ["api"]
    version: Words = (", version ", api.version) if api.version.raw.strip() else ()
    return (
        ("the ", api.title, "" if named_so else " API", *version) if title else ("an API", *version)
    )


# --- dataclasses -------------------------------------------------------------------------


def _header(name: Code, base: Code | None) -> Code:
    if base is None:
        return Code(f"class {name}:")
    return block(Group(Code(f"class {name}("), (base,), Code("):")), 0)


def _dataclass(
    definition: ir.Definition, shape: ir.Object, role: Words, world: World
) -> views.Dataclass:
    secret = any(p.secret for p in shape.properties)
    fields = [_field(definition, p, world) for p in shape.properties]
    if shape.additional is not None:
        fields.append(_additional(shape.additional, definition, world))
    if keeps_extra(definition):
        line = Code("extra: JsonObject | None = field(default=None, repr=False)")
        fields.append(views.Field(declaration=line, docstring=Code("")))
    name = world.name(definition.id)
    said: Words = (definition.docs.description,)
    said = said if definition.docs.description.raw.strip() else role
    if definition.twin is not None:
        said = apart(said, (f"The `{world.name(definition.twin)}` that is sent.",))
    prose = docstring(_described(apart(said, needs(shape)), definition.docs), indent=4)
    return views.Dataclass(
        decorator=Code(f"@dataclass(slots=True, kw_only=True{', eq=False' if secret else ''})"),
        header=_header(name, Code("Secretive") if secret else None),
        docstring=prose,
        fields=tuple(fields),
        is_empty=not fields and not prose,
    )


def _additional(type_: ir.Type, definition: ir.Definition, world: World) -> views.Field:
    """Return the field of the members that are not named."""
    members = alternatives(ir.Map(type_), world, tolerant=is_open(definition))
    value = Code(f" = field(default_factory={_factory(members[0], ir.Map(type_))})")
    head = Code(f"{ADDITIONAL_FIELD}: ")
    return views.Field(declaration=block(Alternatives(head, members, value), 4), docstring=Code(""))


def _field(definition: ir.Definition, property_: ir.Property, world: World) -> views.Field:
    name = world.names.fields[definition.id, property_.wire_name]
    members = alternatives(property_.type, world, tolerant=is_open(definition))
    default = python_default(property_, definition, world)
    if default is UNSET:
        members = with_unset(members)
    value = _value(property_, default, members)
    declaration = block(Alternatives(Code(f"{name}: "), tuple(dict.fromkeys(members)), value), 4)
    description = property_.docs.description
    said = docstring(_described((description,), property_.docs), indent=4)
    return views.Field(declaration=declaration, docstring=said)


def _described(said: Words, docs: ir.Docs) -> Words:
    """Return words with what is said of single values, and that something is deprecated."""
    words = apart(said, told(docs))
    return marked(words, DEPRECATED) if docs.deprecated else words


def with_unset(members: tuple[Code, ...]) -> tuple[Code, ...]:
    """Return an annotation with `Unset` in it, before None."""
    return (
        *(m for m in members if m != "None"),
        Code("Unset"),
        *(m for m in members if m == "None"),
    )


def _value(property_: ir.Property, default: Code | None, members: tuple[Code, ...]) -> Code:
    if default is not None and is_made(property_, default):
        factory = _maker(default, members, property_.type)
        secret = ", repr=False" if property_.secret else ""
        return Code(f" = field(default_factory={factory}{secret})")
    if property_.secret:
        inside = f"default={default}, " if default is not None else ""
        return Code(f" = field({inside}repr=False)")
    return Code("") if default is None else Code(f" = {default}")


def _maker(default: Code, members: tuple[Code, ...], type_: ir.Type) -> Code:
    kind = next(member for member in members if member != "None")
    is_plain = default in ("[]", "{}") and kind.startswith(("list[", "dict["))
    if is_plain:
        return _factory(kind, type_)
    if "Json" in used((kind,)):  # of a type that mentions itself no checker infers a display
        return Code(f"lambda: cast({literal(str(kind))}, {default})")
    return Code(f"lambda: {default}")


def _factory(annotation: Code, type_: ir.Type) -> Code:
    """Return what makes an empty collection; a type that may come later is quoted."""
    if not any(mentioned(type_)):
        return annotation
    head = "dict[str, " if annotation.startswith("dict[") else "list["
    return Code(f"{head}{literal(annotation[len(head) : -1])}]")


# --- aliases -----------------------------------------------------------------------------


def _alias(definition: ir.Definition, world: World, *, quoted: bool) -> views.Alias:
    name = world.name(definition.id)
    members = tuple(dict.fromkeys(members_of(definition, world)))
    head = Code(f"{name}: TypeAlias = ")
    shown = (literal(str(joined(members))),) if quoted else members
    declaration = block(Alternatives(head, shown), 0)
    words: Words = (definition.docs.description,)
    if not definition.docs.description.raw.strip():
        shape = definition.shape
        words = told_apart(shape.verdict.choice) if isinstance(shape, ir.Union) else ()
    said = docstring(_described(words, definition.docs), indent=0)
    return views.Alias(declaration=declaration, docstring=said)


def members_of(definition: ir.Definition, world: World) -> tuple[Code, ...]:
    """Return the members of an alias or a union."""
    match definition.shape:
        case ir.Object():
            return named(definition.id, world)
        case ir.Alias(of):
            return alternatives(of, world, tolerant=is_open(definition))
        case ir.Union(variants=variants, verdict=verdict):
            known = tuple(
                member
                for variant in variants
                for member in alternatives(variant.type, world, tolerant=is_open(definition))
            )
            keeps = is_open(definition) and has_unknown(verdict.choice)
            unknown = (Code("UnknownVariant"),) if keeps else ()
            null = (Code("None"),) if definition.nullable else ()
            return known + unknown + null


def _ordered(world: World) -> Iterator[tuple[ir.Definition, bool]]:
    """Return the aliases, each after those it mentions, and which are quoted.

    One within a cycle is, and so is a union with one that is a text, wherever in the alias that
    union stands: `str | T` fails then.
    """
    aliases = [d for d in world.api.definitions if not isinstance(d.shape, ir.Object)]
    needs = {d.id: frozenset(_aliases(d, world)) for d in aliases}
    texts: set[ir.TypeId] = set()
    for id_, in_cycle in _in_turn(needs):
        definition = world.definitions[id_]
        members = members_of(definition, world)
        has_union = " | " in joined(members)
        with_text = has_union and not texts.isdisjoint(needs[id_])
        quoted = in_cycle or with_text
        if quoted or members == ("Json",) or _stands_for(definition, texts):
            texts.add(id_)
        yield definition, quoted


def _in_turn(
    needs: Mapping[ir.TypeId, frozenset[ir.TypeId]],
) -> Iterator[tuple[ir.TypeId, bool]]:
    """Return everything after what it needs, in rounds; and whether it had to stand before that.

    Where nothing is free of needs, the first goes ahead of them.
    """
    order = {id_: number for number, id_ in enumerate(needs)}
    users: dict[ir.TypeId, list[ir.TypeId]] = {id_: [] for id_ in needs}
    for id_, needed in needs.items():
        for each in needed:
            users[each].append(id_)
    missing = {id_: len(needed) for id_, needed in needs.items()}
    pending = dict.fromkeys(needs)
    ready = [id_ for id_ in needs if not missing[id_]]
    while pending:
        following: list[ir.TypeId] = []
        for id_ in ready or (next(iter(pending)),):
            yield id_, not ready
            del pending[id_]
            for user in users[id_]:
                missing[user] -= 1
                if not missing[user] and user in pending:
                    following.append(user)
        ready = sorted(following, key=order.__getitem__)


def _stands_for(definition: ir.Definition, texts: Collection[ir.TypeId]) -> bool:
    shape = definition.shape
    of = shape.of if isinstance(shape, ir.Alias) else None
    return isinstance(of, ir.Ref) and of.target in texts


def _aliases(definition: ir.Definition, world: World) -> Iterator[ir.TypeId]:
    for id_ in targets(definition.shape):
        if not isinstance(world.definitions[id_].shape, ir.Object):
            yield id_
