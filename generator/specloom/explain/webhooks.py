"""How webhooks are told apart, and how they are signed, as far as a document says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.explain.facts import Fact, wire
from specloom.explain.unions import told_apart_by
from specloom.python.annotations import World
from specloom.python.client.webhooks import keeps_unknown

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
    match found.telling:
        case ir.ByPayload(payload):
            shape = world.definitions[payload].shape
            by = told_apart_by(shape.verdict) if isinstance(shape, ir.Union) else "nothing"
            yield "told apart", f"by what they bring: {by}"
            yield "read as", f"`{world.name(payload)}`"
        case ir.ByHeader(header=header, events=events, is_shown=is_shown):
            yield "told apart", f"by the header `{wire(header)}`{', of examples' if is_shown else ''}"
            more = ", and what is unknown" if keeps_unknown(found.telling, world) else ""
            yield "read as", f"{len(events)} kinds{more}"
        case ir.ByAddress(payloads):
            yield "told apart", "only by where they arrive"
            yield "read as", f"{len(payloads)} types, each by a function of its own"
        case _:
            assert_never(found.telling)
    yield "signed", _SIGNED[found.signing]
