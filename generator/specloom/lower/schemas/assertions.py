"""What schemas assert of JSON values: to the letter of JSON Schema 2020-12, or of OpenAPI 3.0.

Two liberties are taken with the letter, as `nulls` takes them for types: a variant that says no
more than `nullable` is null, and null fits where either of `type` and `enum` lists it.

A schema far within another is mentioned by its address, as those are that `$ref` means. So no
assertion is deeper than a person can read, nor than the stack of who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom import plain
from specloom.assertion import (
    ANYTHING,
    NOTHING,
    Assertion,
    Counted,
    Distinct,
    Formatted,
    Long,
    Matches,
    Multiple,
    OfKind,
    Requires,
    Sized,
    Unevaluated,
    Within,
)
from specloom.diagnostics import Refused
from specloom.document.grammar import NOUNS, A, ListOf, MapOf
from specloom.document.node import Node, resolve
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.formats import FORMATS
from specloom.lower.meaning.represented import UUIDS
from specloom.lower.schemas.formatted import Formats
from specloom.patterns import Untranslatable, searchable
from specloom.rules.support import unsupported
from specloom.values import Json, Kind, Place, Text, kind_of

_DEEPEST = 5
_KINDS = {kind.value: kind for kind in Kind}
_NULL = Json("null")

Said: TypeAlias = Iterator[Assertion]


class Unsayable(Refused):
    """What Python cannot check: left out where nothing else depends on it, refused elsewhere."""

    def __init__(self, at: Place, reason: str) -> None:
        super().__init__(unsupported("pattern", at, f"this pattern, as {reason}", at))
        self.at = at
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a schema is read where it stands."""

    legacy: bool
    formats: Formats
    marks: bool
    """Whether an `Unevaluated` around it asks for what it has looked at."""
    room: int = _DEEPEST
    """How many schemas deep its assertion may be."""

    def within(self) -> _Dialect:
        """Return how schemas of members and items are read."""
        return _Dialect(self.legacy, self.formats, marks=False, room=self.room - 1)

    def beside(self) -> _Dialect:
        """Return how schemas of the same value are read."""
        return _Dialect(self.legacy, self.formats, self.marks, self.room - 1)


def assertion_of(
    schema: Schema, document: Document, *, formats: Formats = Formats.NOWHERE, marks: bool = False
) -> Assertion:
    """Return all that the document says at the place of a schema.

    Formats are annotations unless they are asked for. `marks` keeps what is said for the sake of
    an `Unevaluated` alone. Raises Unsayable where Python cannot say a pattern.
    """
    return _schema(schema.node, _Dialect(document.legacy, formats, marks))


def _schema(schema: Node, dialect: _Dialect) -> Assertion:
    if not isinstance(schema.value, Mapping):
        return NOTHING if schema.value is False else ANYTHING
    if dialect.room <= 0 and not _WITH_SCHEMAS.isdisjoint(schema.value):
        return dialect.formats.address(schema)
    said = _evaluated(schema, dialect)
    return plain.nullable(said) if schema.flag("nullable") else said


_SCHEMA = A("schema")
_WITH_SCHEMAS = frozenset(
    keyword
    for keyword, holds in NOUNS["schema"].fields.items()
    if holds in (_SCHEMA, ListOf(_SCHEMA), MapOf(_SCHEMA))
)
_UNEVALUATED = {"unevaluatedItems": Kind.ARRAY, "unevaluatedProperties": Kind.OBJECT}


def _evaluated(schema: Node, dialect: _Dialect) -> Assertion:
    found = [
        (kind, child)
        for keyword, kind in _UNEVALUATED.items()
        if (child := schema.get(keyword)) is not None
    ]
    marks = dialect.marks or bool(found)
    said = plain.every(_said(schema, replace(dialect, marks=marks)))
    for kind, child in found:
        said = Unevaluated(kind, said, _schema(child, dialect.within()))
    return said


def _said(schema: Node, dialect: _Dialect) -> Said:
    if (reference := schema.reference) is not None:
        yield _referred(schema, reference, dialect)
        if dialect.legacy:  # where what stands beside it is ignored
            return
    yield from _values(schema)
    yield from _numbers(schema)
    yield from _strings(schema, dialect)
    yield from _arrays(schema, dialect)
    yield from _objects(schema, dialect)
    yield from _compounds(schema, dialect)


def _referred(schema: Node, reference: str, dialect: _Dialect) -> Assertion:
    target = resolve(schema, reference)
    # a rule has refused what leads nowhere
    return ANYTHING if target is None else dialect.formats.address(target)


def _values(schema: Node) -> Said:
    kinds = _kinds(schema)
    enum, const = schema.get("enum"), schema.get("const")
    values = () if enum is None else tuple(dict.fromkeys(node.json for node in enum.items()))
    # nobody who lists null in one of them means that it does not fit
    listed = _NULL in values[1:] + values[:-1] or Kind.NULL in kinds[1:] + kinds[:-1]
    if kinds and values and listed:
        kinds, values = (*kinds, Kind.NULL), (*values, _NULL)
    if enum is not None:
        yield plain.equals(_fitting(values, kinds))
    elif const is None and kinds:
        yield OfKind(tuple(dict.fromkeys(kinds)))
    if const is not None:
        yield plain.equals(_fitting((const.json,), kinds))


def _kinds(schema: Node) -> tuple[Kind, ...]:
    words = [node.value for node in schema.elements("type")] or [schema.word("type")]
    return tuple(_KINDS[word] for word in words if isinstance(word, str) and word in _KINDS)


def _fitting(values: tuple[Json, ...], kinds: tuple[Kind, ...]) -> Iterator[Json]:
    """Return those values that are of one of the kinds, if there are any kinds."""
    allowed = {*kinds, Kind.INTEGER} if Kind.NUMBER in kinds else {*kinds}
    return (value for value in values if not kinds or kind_of(value.value) in allowed)


# --- of numbers and strings ----------------------------------------------------------------
def _numbers(schema: Node) -> Said:
    least, above = _bound(schema, "minimum", "exclusiveMinimum")
    most, below = _bound(schema, "maximum", "exclusiveMaximum")
    if least or most or above or below:
        yield Within(least=least, most=most, above=above, below=below)
    if (of := schema.get("multipleOf")) is not None and _number(of) > 0:
        yield Multiple(of.json)


def _bound(schema: Node, keyword: str, exclusive: str) -> tuple[Json | None, Json | None]:
    """Return a bound that is among the numbers allowed, and one that is not."""
    limit, other = schema.get(keyword), schema.get(exclusive)
    inclusive = None if limit is None else limit.json
    # OpenAPI 3.0 (JSON Schema draft 4): a flag that says how the other keyword is meant
    if other is not None and isinstance(other.value, bool):
        return (None, inclusive) if other.value else (inclusive, None)
    return inclusive, None if other is None else other.json


def _strings(schema: Node, dialect: _Dialect) -> Said:
    if span := _span(schema, "minLength", "maxLength"):
        yield Long(*span)
    if (pattern := schema.get("pattern")) is not None and isinstance(pattern.value, str):
        yield Matches(_pattern(pattern.value, pattern.at))
    format_ = schema.word("format") or ""
    if dialect.formats is not Formats.NOWHERE and (format_ in FORMATS or format_ in UUIDS):
        yield Formatted("uuid" if format_ in UUIDS else format_)


def _pattern(pattern: str, at: Place) -> Text:
    """Return a regular expression. Raises Unsayable where Python cannot say it."""
    outcome = searchable(pattern)
    if isinstance(outcome, Untranslatable):
        raise Unsayable(at, outcome.reason)
    return Text(pattern)


def _span(schema: Node, least: str, most: str) -> tuple[int, int | None] | None:
    low, high = schema.get(least), schema.get(most)
    if high is None:
        return (_whole(low), None) if low is not None and _whole(low) else None
    return (0 if low is None else _whole(low)), _whole(high)


def _whole(node: Node) -> int:
    return int(_number(node))


def _number(node: Node) -> float:
    return node.value if isinstance(node.value, int | float) else 0


# --- of arrays and objects -----------------------------------------------------------------
def _arrays(schema: Node, dialect: _Dialect) -> Said:
    within = dialect.within()
    if span := _span(schema, "minItems", "maxItems"):
        yield Counted(*span)
    if schema.flag("uniqueItems"):
        yield Distinct()
    first = tuple(_schema(child, within) for child in schema.elements("prefixItems"))
    others = schema.get("items")
    rest = None if others is None else _schema(others, within)
    yield plain.items(first, rest, marks=dialect.marks)
    if (contained := schema.get("contains")) is not None:
        low, high = schema.get("minContains"), schema.get("maxContains")
        least, most = 1 if low is None else _whole(low), None if high is None else _whole(high)
        yield plain.contains(_schema(contained, within), least, most, marks=dialect.marks)


def _objects(schema: Node, dialect: _Dialect) -> Said:
    within = dialect.within()
    if span := _span(schema, "minProperties", "maxProperties"):
        yield Sized(*span)
    if names := tuple(dict.fromkeys(schema.texts("required"))):
        yield Requires(names)
    if (dependent := schema.get("dependentRequired")) is not None:
        for name, _ in dependent.members():
            if asked := tuple(dict.fromkeys(dependent.texts(name))):
                yield Requires(asked, given=Text(name))
    others = schema.get("additionalProperties")
    yield plain.members(
        tuple(
            (Text(name), _schema(child, within)) for name, child in schema.children("properties")
        ),
        tuple(
            (_pattern(pattern, child.at.at_key()), _schema(child, within))
            for pattern, child in schema.children("patternProperties")
        ),
        None if others is None else _schema(others, within),
        marks=dialect.marks,
    )
    if (spelling := schema.get("propertyNames")) is not None:
        yield plain.names(_schema(spelling, within))


# --- of the same value ---------------------------------------------------------------------
def _compounds(schema: Node, dialect: _Dialect) -> Said:
    beside, marks = dialect.beside(), dialect.marks
    yield from (_schema(child, beside) for child in schema.elements("allOf"))
    if schema.get("anyOf") is not None:
        yield plain.some((_variant(v, beside) for v in schema.elements("anyOf")), marks=marks)
    if schema.get("oneOf") is not None:
        yield plain.single(tuple(_variant(v, beside) for v in schema.elements("oneOf")))
    if (negated := schema.get("not")) is not None:
        yield plain.negation(_schema(negated, replace(beside, marks=False)))
    if (condition := schema.get("if")) is not None:
        then, otherwise = (_branch(schema.get(key), beside) for key in ("then", "else"))
        yield plain.when(_schema(condition, beside), then, otherwise, marks=marks)
    for name, child in schema.children("dependentSchemas"):
        there = plain.every((OfKind((Kind.OBJECT,)), Requires((Text(name),))))
        yield plain.when(there, _schema(child, beside), ANYTHING, marks=False)


def _variant(schema: Node, dialect: _Dialect) -> Assertion:
    """Return what a variant asserts; `{nullable: true}` is meant as null, against the letter."""
    said = _schema(schema, dialect)
    return plain.NULL if said == ANYTHING and schema.flag("nullable") else said


def _branch(schema: Node | None, dialect: _Dialect) -> Assertion:
    return ANYTHING if schema is None else _schema(schema, dialect)
