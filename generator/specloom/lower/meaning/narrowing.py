"""What keywords say that stand in several parts of a schema, each narrowing the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeGuard

from specloom.document.schema import BOUNDS, UNREAD, Schema
from specloom.lower.meaning.nulls import alternatives, split_null
from specloom.values import Json, Kind, canonical

Limits: TypeAlias = tuple[tuple[str, Json], ...]

_ASSERTING = UNREAD.union(
    ("type", "format", "const", "enum", "properties", "required", "additionalProperties", "items"),
    ("contentEncoding", "contentMediaType"),
    BOUNDS,
)
_TIGHTEST: dict[str, Callable[[Iterable[float]], float]] = {
    keyword: max if keyword.startswith(("min", "exclusiveMin")) else min for keyword in BOUNDS
}


def kinds(schemas: Iterable[Schema]) -> tuple[Kind, ...] | None:
    """Return the kinds that all schemas take, null aside; None where none of them says."""
    found: tuple[Kind, ...] | None = None
    for schema in schemas:
        said = kinds_of(schema)
        if said is not None and found is not None:
            found = tuple(dict.fromkeys(k for one in found for k in _both(one, said)))
        elif said is not None:
            found = said
    return found


def kinds_of(schema: Schema) -> tuple[Kind, ...] | None:
    """Return the kinds that a schema lists, null aside."""
    if schema.kinds is None:
        return None
    return tuple(kind for kind in schema.kinds if kind is not Kind.NULL)


def _both(kind: Kind, others: tuple[Kind, ...]) -> Iterator[Kind]:
    if covers(others, (kind,)):
        yield kind
    elif kind is Kind.NUMBER and Kind.INTEGER in others:
        yield Kind.INTEGER


def covers(kinds_: Iterable[Kind], others: Iterable[Kind]) -> bool:
    """Return whether all values of the latter kinds are of the former."""
    known = tuple(kinds_)
    return all(k in known or (k is Kind.INTEGER and Kind.NUMBER in known) for k in others)


def takes_null(schemas: Iterable[Schema]) -> bool:
    """Return whether null fits: where all schemas take it that say what they take.

    What says nothing but `nullable: true` is meant for the whole, against the letter.
    """
    known = tuple(schemas)
    answers = {_takes_null(schema) for schema in known if not is_silent(schema)}
    meant = any(schema.nullable and is_silent(schema) for schema in known)
    return meant or (True in answers and False not in answers)


def _takes_null(schema: Schema) -> bool | None:
    if split_null(schema)[0] or schema.const == Json("null"):
        return True
    if schema.enum is not None:
        return Json("null") in schema.enum
    says_nothing = schema.kinds is None and schema.const is None and not alternatives(schema)
    return None if says_nothing else False


def is_silent(schema: Schema) -> bool:
    """Return whether nothing but words stands in a schema, `nullable` counted among them."""
    return not _is_compound(schema) and not any(_asserting(schema))


def is_mention(schema: Schema) -> bool:
    """Return whether a schema is a reference with nothing but words beside it."""
    beside = schema.all_of or schema.one_of or schema.any_of
    return schema.reference is not None and not beside and not any(_asserting(schema))


def is_typed(schema: Schema | None) -> TypeGuard[Schema]:
    """Return whether there is a schema, and anything in it."""
    return schema is not None and schema.always is None and bool(schema.node.value)


def says_kinds_alone(schema: Schema) -> bool:
    """Return whether a schema says of what kind values are, and no more."""
    return not _is_compound(schema) and tuple(_asserting(schema)) == ("type",)


def _is_compound(schema: Schema) -> bool:
    return bool(schema.reference or schema.all_of or schema.one_of or schema.any_of)


def _asserting(schema: Schema) -> Iterator[str]:
    return (keyword for keyword in schema.node.keys if keyword in _ASSERTING)


def listed_in(leaves: Iterable[Schema]) -> Iterator[tuple[Json, ...]]:
    """Return the values of each `const` and `enum`.

    One that lists nothing, beside others, is left out: its author means no such thing.
    """
    for leaf in leaves:
        if leaf.const is not None:
            yield (leaf.const,)
        if leaf.enum:
            yield leaf.enum


def common(lists: Iterable[tuple[Json, ...]]) -> tuple[Json, ...] | None:
    """Return the values that stand in all lists, in the order of the first."""
    found: tuple[Json, ...] | None = None
    for listed in lists:
        if found is None:
            found = listed
            continue
        known = {canonical(value.value) for value in listed}
        found = tuple(value for value in found if canonical(value.value) in known)
    return found


def bounds(schemas: Iterable[Schema]) -> tuple[Limits, tuple[Json, ...]]:
    """Return the tightest bounds of all, and each `multipleOf` beyond the first."""
    found: dict[str, Json] = {}
    multiples: list[Json] = []
    for keyword, value in (limit for schema in schemas for limit in _numeric(schema.bounds)):
        if keyword == "multipleOf":
            multiples += [] if value in multiples else [value]
        elif keyword in found:
            found[keyword] = _tightest(keyword, found[keyword], value)
        else:
            found[keyword] = value
    found |= {"multipleOf": multiples[0]} if multiples else {}
    ordered = tuple((keyword, found[keyword]) for keyword in BOUNDS if keyword in found)
    return ordered, tuple(multiples[1:])


def _tightest(keyword: str, one: Json, other: Json) -> Json:
    if keyword == "uniqueItems":
        return Json.of(one.value is True or other.value is True)
    left, right = one.value, other.value
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return one
    return one if _TIGHTEST[keyword]((left, right)) == left else other


def _numeric(limits: Limits) -> Iterator[tuple[str, Json]]:
    """Return bounds in which no flag says how another is meant (JSON Schema draft 4)."""
    known = dict(limits)
    for keyword, value in limits:
        exclusive = known.get(f"exclusive{keyword[0].upper()}{keyword[1:]}")
        if exclusive is not None and exclusive.value is True:
            yield f"exclusive{keyword[0].upper()}{keyword[1:]}", value
        elif not (keyword.startswith("exclusive") and isinstance(value.value, bool)):
            yield keyword, value
