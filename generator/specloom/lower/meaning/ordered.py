"""Items that come in an order, each with a schema of its own: what any of them may be."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.lower.meaning.merge import spelling
from specloom.lower.meaning.narrowing import is_typed
from specloom.values import Json


def any_item(schema: Schema, around: Iterable[Schema]) -> Schema | None:
    """Return what each item is, whichever it is; None where it may be anything.

    `around` is what holds beside the type of the array: the order is said there.
    """
    found = [other for other in around if other.node.get("prefixItems") is not None]
    if schema.items is not None or not found:
        return schema.items  # of another part of the schema: it speaks of all items
    if len(found) > 1:
        return None
    first = tuple(read_schema(child) for child in found[0].node.elements("prefixItems"))
    rest = found[0].items
    most = dict(schema.bounds).get("maxItems")
    is_short = most is not None and _is_at_most(most, len(first))
    if rest is None and not is_short:
        return None
    others = () if rest is None or rest.always is False or is_short else (rest,)
    alike = {spelling(item): item for item in (*first, *others)}
    if not all(map(is_typed, alike.values())):
        return None
    return next(iter(alike.values())) if len(alike) == 1 else _either(schema, tuple(alike.values()))


def _either(schema: Schema, items: tuple[Schema, ...]) -> Schema | None:
    if not items:
        return None
    at = schema.at.step("prefixItems")
    return Schema(at=at, any_of=items, node=Node({}, at, schema.node.root))


def _is_at_most(limit: Json, count: int) -> bool:
    return isinstance(limit.value, int | float) and limit.value <= count
