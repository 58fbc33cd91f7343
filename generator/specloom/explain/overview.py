"""All that there is to explain, in two tables."""

from __future__ import annotations

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.layout import Lines, apart, section, table, title
from specloom.explain.subjects import name_of
from specloom.explain.types import kind
from specloom.shown import shown


def overview(atlas: Atlas) -> Lines:
    api = atlas.world.api
    words = " ".join(part for part in (shown(api.title), shown(api.version)) if part.strip())
    operations = (_operation(operation, atlas) for operation in api.operations)
    types = (_type(definition, atlas) for definition in api.definitions)
    return apart(
        title(words or "an API without a name"),
        section("Operations", table(("line", "call", "request"), operations)),
        section("Types", table(("line", "name", "kind"), types)),
    )


def _operation(operation: ir.Operation, atlas: Atlas) -> tuple[int, str, str]:
    name = name_of(operation, atlas.world)
    return atlas.line(operation.at), name, f"{operation.method} {shown(operation.path)}"


def _type(definition: ir.Definition, atlas: Atlas) -> tuple[int, str, str]:
    name = name_of(definition, atlas.world)
    return atlas.line(definition.at), name, kind(definition, atlas.world)
