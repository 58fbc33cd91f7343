"""What becomes of the keywords of a schema that became something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from specloom import ir
from specloom.document.node import Node, at_pointer, pointer_of
from specloom.document.schema import read_schema
from specloom.ledger.entries import DOCUMENTATION, GENERATED, Entry, ignored
from specloom.ledger.facts import Facts, unit
from specloom.ledger.hints import tells_of_value
from specloom.ledger.objects import prose
from specloom.lower.meaning.represented import represented
from specloom.lower.schemas.checks import lower_checks
from specloom.lower.schemas.media import is_binary
from specloom.pointers import unescaped
from specloom.values import Json, Kind

_BESIDE = (
    *("$ref", "title", "description", "default", "nullable", "deprecated"),
    *("readOnly", "writeOnly", "x-secret"),
)
"""What counts beside a `$ref` of OpenAPI 3.0: words, and how a value is used."""
_WITH_MEMBERS = ("properties", "required")
_LEAVING_OUT = ("bad-default", "untold-default", "unchecked-pattern")
"""Rules whose findings say of a keyword that it is left out."""
_MARKS = ("readOnly", "writeOnly")
_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("minLength", "maxLength"), ("string",)),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), ("number", "integer")),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), ("number", "integer")),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), ("array",)),
    **dict.fromkeys(("minProperties", "maxProperties"), ("object",)),
}


def keyword_of(schema: Node, keyword: str, facts: Facts) -> Entry:
    """Return what becomes of a keyword that has no usual fate."""
    if facts.legacy and schema.reference is not None and keyword not in _BESIDE:
        return ignored("beside-reference")
    if (rule := facts.left_out.get(f"{schema.at.pointer}/{keyword}")) in _LEAVING_OUT:
        return ignored(rule)
    if keyword not in _MARKS and _is_gone(schema, facts):
        return ignored("one-way")
    match keyword:
        case "title" | "description" if tells_of_value(schema, facts):
            return DOCUMENTATION
        case "description":
            return prose(schema, keyword, facts)
        case "deprecated":
            return _deprecated(schema, facts)
        case "title":
            return _title(schema, facts)
        case "default":
            return _default(schema, facts)
        case "format":
            return _format(schema)
        case "contentMediaType" | "contentEncoding" if not _is_encoded(schema):
            return ignored("content-schema")
        case "minLength" | "maxLength" if _is_of_fixed_length(schema, facts):
            return ignored("said-twice")
        case "readOnly" if _travels_one_way(schema, facts):
            return ignored("one-way")
        case "nullable" if _takes_null(schema, facts):
            return ignored("said-twice")
        case _ if not _speaks_of(keyword, schema):
            return ignored("of-another-kind")
        case _:
            return GENERATED


def _title(schema: Node, facts: Facts) -> Entry:
    said = schema.word("title") or ""
    names = facts.naming.get(schema.at.pointer, frozenset[str]())
    return GENERATED if said.strip() and said in names else ignored("title")


def _deprecated(schema: Node, facts: Facts) -> Entry:
    pointer = schema.at.pointer
    while pointer not in facts.printed and pointer.rpartition("/")[0].endswith("/allOf"):
        pointer = pointer.rpartition("/")[0].removesuffix("/allOf")
    return DOCUMENTATION if pointer in facts.printed else ignored("deprecated")


def _default(schema: Node, facts: Facts) -> Entry:
    default = schema.get("default")
    if default is None:
        return GENERATED
    home = unit(schema.at.pointer)
    for pointer in _around(schema.at.pointer, home):
        if facts.defaults.get(pointer) == default.json.raw:
            return GENERATED
    return GENERATED if default.json.raw in facts.borrowed else ignored("idle-default")


def _around(pointer: str, home: str) -> Sequence[str]:
    """Return a pointer and those around it, out to that of a component or an operation."""
    found = [pointer]
    while len(found[-1]) > len(home):
        found.append(found[-1].rpartition("/")[0])
    return found


def _format(schema: Node) -> Entry:
    said = read_schema(schema)
    bare = replace(said, format="")
    kinds = tuple(kind for kind in said.kinds or () if kind is not Kind.NULL)
    is_text = Kind.STRING in kinds and represented(said) is not represented(bare)
    is_text = is_text and (represented(said) is ir.ScalarKind.UUID or not _is_one_of_texts(schema))
    is_checked = any(lower_checks(said, kind) != lower_checks(bare, kind) for kind in kinds)
    is_read = is_text or is_checked or is_binary(said) or said.format == "password"
    return GENERATED if is_read else ignored("format")


def _travels_one_way(schema: Node, facts: Facts) -> bool:
    """Return whether a property is never sent, or is what variants are told by."""
    owner, _, name = schema.at.pointer.rpartition("/properties/")
    if unescaped(name) in facts.tags:
        return True
    home = unit(schema.at.pointer)
    around = (owner, home) if owner else ()
    return bool(around) and facts.sent.isdisjoint(around)


def _is_gone(schema: Node, facts: Facts) -> bool:
    """Return whether a property is left out of its schema, as that only travels the other way."""
    owner, _, name = schema.at.pointer.rpartition("/properties/")
    is_known = schema.at.pointer in facts.places or owner not in facts.places
    return bool(owner) and "/" not in name and not is_known and any(map(schema.flag, _MARKS))


def _is_one_of_texts(schema: Node) -> bool:
    """Return whether a schema is an alternative beside another text: together they are any text."""
    home, _, last = schema.at.pointer.rpartition("/")
    union = at_pointer(schema, home) if home.endswith(("/anyOf", "/oneOf")) else None
    others = () if union is None else tuple(union.items())
    return any(_is_text(other.followed()) for n, other in enumerate(others) if str(n) != last)


def _is_text(schema: Node) -> bool:
    said = read_schema(schema)
    listed = (*(said.enum or ()), *(() if said.const is None else (said.const,)))
    return Kind.STRING in (said.kinds or ()) or any(isinstance(one.value, str) for one in listed)


def _is_encoded(schema: Node) -> bool:
    """Return whether a text is read as something else for how it is encoded, or of what kind."""
    said = read_schema(schema)
    return is_binary(said) or represented(said) is not represented(replace(said, encoding=""))


def _is_of_fixed_length(schema: Node, facts: Facts) -> bool:
    """Return whether a length is no question: of a UUID, or of octets, unless values are tried."""
    if unit(schema.at.pointer) in facts.asserted:
        return False
    said = read_schema(schema)
    return represented(said) is ir.ScalarKind.UUID or is_binary(said)


def _takes_null(schema: Node, facts: Facts) -> bool:
    """Return whether a schema says in another keyword that null fits, or what it refers to does."""
    parts = (schema, *schema.elements("allOf"))
    if any(pointer_of(p.reference) in facts.nullable for p in parts if p.reference is not None):
        return True
    if any(item.value is None for item in schema.elements("enum")):
        return True
    const = schema.get("const")
    return "null" in _kinds(schema) or (const is not None and const.json == Json("null"))


def _speaks_of(keyword: str, schema: Node) -> bool:
    """Return whether a keyword is for a kind of values that a schema is for, as far as it says."""
    kinds = _kinds(schema)
    known = _OF_KINDS.get(keyword)
    if known is None or not kinds or not kinds.isdisjoint(known):
        return True
    # bounds of an object with members are asserted as they stand, whatever they are for
    return "object" in kinds and any(schema.get(key) is not None for key in _WITH_MEMBERS)


def _kinds(schema: Node) -> frozenset[str]:
    """Return the kinds of values that `type` lists; none where it is not there."""
    said = schema.get("type")
    if said is None:
        return frozenset()
    words = [said.value] if isinstance(said.value, str) else [n.value for n in said.items()]
    return frozenset(word for word in words if isinstance(word, str))
