"""How webhooks are told apart, and how they are signed, as far as a document says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.explain.facts import Fact, wire
from specloom.explain.unions import told_apart_by
from specloom.python.annotations import World

_SIGNED = {
    ir.Signing.STANDARD: "Standard Webhooks, where there is a secret",
    ir.Signing.HUB: "`X-Hub-Signature-256`, where there is a secret",
    ir.Signing.OTHER: "by a header that nothing is known of",
}


def webhook_facts(world: World) -> Iterator[Fact]:
    """Return what is to be said of all webhooks together; nothing where none brings JSON."""
    found = world.api.webhooks
    if found is None:
        return
    yield "told apart", _told(found.telling, world)
    match found.telling:
        case ir.ByPayload(payload):
            yield "read as", f"`{world.name(payload)}`"
        case ir.ByHeader(events=events):
            yield "read as", f"{len(events)} kinds, and what is unknown"
        case ir.ByAddress(payloads):
            yield "read as", f"{len(payloads)} types, each by a function of its own"
        case _:
            assert_never(found.telling)
    yield "signed", _SIGNED[found.signing]


def _told(telling: ir.Telling, world: World) -> str:
    match telling:
        case ir.ByPayload(payload):
            shape = world.definitions[payload].shape
            by = told_apart_by(shape.verdict) if isinstance(shape, ir.Union) else "nothing"
            return f"by what they bring: {by}"
        case ir.ByHeader(header=header, is_shown=is_shown):
            return f"by the header `{wire(header)}`{', of examples' if is_shown else ''}"
        case ir.ByAddress():
            return "only by where they arrive"
        case _:
            assert_never(telling)
