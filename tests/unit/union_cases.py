"""A verdict on a few schemas, for tables of them."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.unions import Candidate, Declared, Part, Schemas, judge
from specloom.values import Json, Text, Tree
from specloom.verdict import Verdict

Schema = Mapping[str, Tree]


def document(*variants: Tree, shared: Schema | None = None) -> Schema:
    """Return a document with variants `V0`, `V1` …, and schemas that they mention."""
    named = {f"V{index}": variant for index, variant in enumerate(variants)}
    return {"components": {"schemas": {**named, **(shared or {})}}}


def candidates(count: int) -> tuple[Candidate, ...]:
    return tuple(((Part(f"/components/schemas/V{index}"),),) for index in range(count))


def judged(*variants: Tree, shared: Schema | None = None) -> Verdict:
    schemas = Schemas(document(*variants, shared=shared), "3.1")
    return judge(schemas, candidates(len(variants)))


def declared(name: str, *tags: str) -> Declared:
    """Return a discriminator that gives each variant one tag; "" gives it none."""
    return Declared(Text(name), tuple((Json.of(tag),) if tag else () for tag in tags))


def closed(**members: Tree) -> Schema:
    """Return an object that has these members and no others."""
    return {**record(**members), "additionalProperties": False}


def record(**members: Tree) -> Schema:
    """Return an object that has at least these members."""
    return {"type": "object", "properties": members, "required": list(members)}


def partial(**members: Tree) -> Schema:
    """Return an object that may have these members."""
    return {"type": "object", "properties": members}


STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
