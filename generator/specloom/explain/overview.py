"""All that there is to explain, in two tables."""

from __future__ import annotations

from collections import Counter

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.layout import Lines, apart, facts, section, table, title
from specloom.explain.subjects import name_of, name_of_api
from specloom.explain.tokens import source_rows
from specloom.explain.types import kind
from specloom.explain.unions import evidence_word
from specloom.explain.webhooks import webhook_facts
from specloom.shown import shown
from specloom.verdict import Evidence


def overview(atlas: Atlas) -> Lines:
    api = atlas.world.api
    operations = (_operation(operation, atlas) for operation in api.operations)
    types = (_type(definition, atlas) for definition in api.definitions)
    unions = Counter(
        d.shape.verdict.evidence for d in api.definitions if isinstance(d.shape, ir.Union)
    )
    known = ((evidence_word(e), unions[e]) for e in Evidence if unions[e])
    incoming = (_incoming(one, atlas) for one in api.incoming)
    return apart(
        title(name_of_api(api)),
        section("Operations", table(("line", "call", "request"), operations)),
        section("Sources of tokens", table(("name", "grants", "address"), source_rows(atlas))),
        section("Webhooks and callbacks", table(("line", "of", "name"), incoming)),
        section("Webhooks", facts(webhook_facts(atlas.world))),
        section("Types", table(("line", "name", "kind"), types)),
        section("Unions", table(("evidence", "unions"), known)),
    )


def _operation(operation: ir.Operation, atlas: Atlas) -> tuple[int | str, str, str]:
    name = name_of(operation, atlas.world)
    return atlas.line(operation.at), name, f"{operation.method} {shown(operation.path)}"


def _incoming(incoming: ir.Incoming, atlas: Atlas) -> tuple[int | str, str, str]:
    of = "webhook" if incoming.caller is None else "callback"
    return atlas.line(incoming.at), of, shown(incoming.key)


def _type(definition: ir.Definition, atlas: Atlas) -> tuple[int | str, str, str]:
    name = name_of(definition, atlas.world)
    return atlas.line(definition.at), name, kind(definition, atlas.world)
