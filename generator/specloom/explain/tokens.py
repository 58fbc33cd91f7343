"""Where tokens come from, and by which grants."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.facts import Fact
from specloom.explain.layout import Row
from specloom.shown import shown


def token_facts(operation: ir.Operation, atlas: Atlas) -> Iterator[Fact]:
    """Return what is known of an operation that hands out tokens."""
    if not operation.is_token_endpoint:
        return
    yield "token endpoint", "nothing that has been sent to it is sent again"
    for source in atlas.world.api.token_sources:
        if source.operation == operation.id:
            yield "", f"`{_name(source, atlas)}` gets tokens of it by {_grants(source)}"
            yield "", f"the client says who it is by {_ways(source)}"


def source_rows(atlas: Atlas) -> Iterator[Row]:
    """Return each source of tokens: its name, its grants, and where it is."""
    for source in atlas.world.api.token_sources:
        yield _name(source, atlas), _grants(source), shown(source.token_url)


def _name(source: ir.TokenSource, atlas: Atlas) -> str:
    return f"oauth.{atlas.world.names.sources[source.address].sync}"


def _grants(source: ir.TokenSource) -> str:
    return ", ".join(grant.value for grant in source.grants)


def _ways(source: ir.TokenSource) -> str:
    return " or ".join(_SAID[way] for way in source.authentications)


_SAID = {
    ir.ClientAuthentication.BASIC: "Basic",
    ir.ClientAuthentication.BODY: "a secret in the body",
    ir.ClientAuthentication.NONE: "its id alone",
}
