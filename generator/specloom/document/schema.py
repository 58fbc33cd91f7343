"""A Schema Object, as written."""

from __future__ import annotations

from dataclasses import dataclass, field

from specloom.document.hints import Value, name_hint, values
from specloom.document.node import Node
from specloom.values import EMPTY, Json, Kind, Place, Text


@dataclass(frozen=True, slots=True)
class Discriminator:
    """OpenAPI 3.1.1, "Discriminator Object"; `mapping` from tag to a component or a reference."""

    property: Text
    mapping: tuple[tuple[Text, Text], ...]
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Every keyword that lowering reads. None, or nothing, where the author wrote nothing."""

    at: Place
    always: bool | None = None
    """The boolean schemas `true` and `false`."""
    reference: str | None = None
    hint: Text | None = None
    """What an extension calls it."""
    told: tuple[Value, ...] = ()
    """What is said of the values of an enum."""
    title: Text = EMPTY
    description: Text = EMPTY
    kinds: tuple[Kind, ...] | None = None
    format: str = ""
    encoding: str = ""
    """`contentEncoding`, in lower case: RFC 2045, section 6.1."""
    nullable: bool = False
    const: Json | None = None
    enum: tuple[Json, ...] | None = None
    default: Json | None = None
    deprecated: bool = False
    write_only: bool = False
    secret: bool = False
    """Marked by `x-secret`."""
    properties: tuple[tuple[Text, Schema], ...] | None = None
    required: tuple[Text, ...] = ()
    additional: Schema | None = None
    items: Schema | None = None
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    discriminator: Discriminator | None = None
    bounds: tuple[tuple[str, Json], ...] = ()
    """The keywords in `BOUNDS` that are there, with their values."""
    node: Node = field(compare=False)


BOUNDS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
)

UNREAD = frozenset(
    (
        *("patternProperties", "propertyNames", "dependentRequired", "dependentSchemas"),
        *("unevaluatedProperties", "unevaluatedItems", "prefixItems", "contains"),
        *("minContains", "maxContains", "pattern", "not", "if", "then", "else"),
    )
)
"""Keywords that assert something, and that no type has a place for."""
_KINDS = {kind.value: kind for kind in Kind}


def read_schema(node: Node) -> Schema:
    if isinstance(node.value, bool):
        return Schema(at=node.at, always=node.value, node=node)
    properties = node.get("properties")
    written = node.keys
    return Schema(
        at=node.at,
        reference=node.reference,
        hint=name_hint(node),
        told=values(node),
        title=node.prose("title"),
        description=node.prose("description"),
        kinds=_kinds(node.get("type")),
        format=node.word("format") or "",
        encoding=(node.word("contentEncoding") or "").lower(),
        nullable=node.flag("nullable"),
        const=_json(node.get("const")),
        enum=None if node.get("enum") is None else tuple(n.json for n in node.elements("enum")),
        default=_json(node.get("default")),
        deprecated=node.flag("deprecated"),
        write_only=node.flag("writeOnly"),
        secret=node.flag("x-secret"),
        properties=None if properties is None else _named(properties),
        required=tuple(dict.fromkeys(node.texts("required"))),
        additional=_schema(node.get("additionalProperties")),
        items=_schema(node.get("items")),
        all_of=_schemas(node, "allOf"),
        any_of=_schemas(node, "anyOf"),
        one_of=_schemas(node, "oneOf"),
        discriminator=_discriminator(node.get("discriminator")),
        bounds=tuple((k, n.json) for k in BOUNDS if k in written and (n := _bound(node, k))),
        node=node,
    )


def _bound(node: Node, keyword: str) -> Node | None:
    """Return a keyword that limits something: a `multipleOf` that is not positive does not."""
    found = node.get(keyword)
    if keyword == "multipleOf" and found is not None and isinstance(found.value, int | float):
        return found if found.value > 0 else None
    return found


def _kinds(node: Node | None) -> tuple[Kind, ...] | None:
    if node is None:
        return None
    words = [node.value] if isinstance(node.value, str) else [n.value for n in node.items()]
    return tuple(_KINDS[word] for word in words if isinstance(word, str) and word in _KINDS)


def _json(node: Node | None) -> Json | None:
    return None if node is None else node.json


def _schema(node: Node | None) -> Schema | None:
    return None if node is None else read_schema(node)


def _schemas(node: Node, key: str) -> tuple[Schema, ...]:
    return tuple(read_schema(n) for n in node.elements(key))


def _named(node: Node) -> tuple[tuple[Text, Schema], ...]:
    return tuple((Text(name), read_schema(child)) for name, child in node.members())


def _discriminator(node: Node | None) -> Discriminator | None:
    if node is None:
        return None
    mapping = tuple(
        (Text(tag), Text(n.value))
        for tag, n in node.children("mapping")
        if isinstance(n.value, str)
    )
    return Discriminator(node.prose("propertyName"), mapping, node.at)
