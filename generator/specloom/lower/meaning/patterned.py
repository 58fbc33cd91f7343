"""Members whose names a pattern describes: what type they have, where they all have one."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.document.schema import Schema, read_schema
from specloom.lower.meaning.merge import spelling


def patterned(schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    """Return those schemas that speak of names by patterns."""
    return tuple(schema for schema in schemas if schema.node.get("patternProperties") is not None)


def common_schema(found: tuple[Schema, ...]) -> Schema | None:
    """Return what every member is that a pattern allows, where all others are forbidden."""
    if len(found) != 1 or found[0].additional is None or found[0].additional.always is not False:
        return None
    children = (read_schema(child) for _, child in found[0].node.children("patternProperties"))
    alike = {spelling(child): child for child in children}
    return next(iter(alike.values())) if len(alike) == 1 else None
