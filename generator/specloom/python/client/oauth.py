"""The view of `oauth`: sources of tokens, the scopes that a document knows, and what is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python.annotations import World
from specloom.python.client import oauth_views
from specloom.python.client.token_endpoints import GRANTS, endpoint
from specloom.python.imports import exports, statements, used
from specloom.python.layout import Group, block
from specloom.python.literals import literal
from specloom.python.models import the_api
from specloom.python.prose import Words, docstring
from specloom.values import Text

_HOMES = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "Literal": "typing",
    "TypeAlias": "typing",
    "Unpack": "typing",
    **dict.fromkeys(("Authorization", "AuthorizationRefused", "authorize"), "._authorization"),
    **dict.fromkeys(("AuthorizationCode", "ClientCredentials", "RefreshToken"), "._grants"),
    **dict.fromkeys(("AsyncOnRotation", "AsyncSource", "OnRotation", "Source"), "._oauth"),
    "ClientOptions": "._options",
    **dict.fromkeys(("Endpoint", "Login", "asker"), "._token_endpoint"),
    **dict.fromkeys(("AuthorizationNeeded", "Tokens"), "._tokens"),
    "AsyncHttp": "._connect",
    "Http": "._connect",
    "JsonObject": "._types",
    "Server": ".client",
}


def oauth(world: World) -> oauth_views.OAuth | None:
    """Return the view of `oauth`; None where the document says nothing of how tokens are got."""
    sources = world.api.token_sources
    if not sources:
        return None
    scopes = {scope.name: scope for source in reversed(sources) for scope in source.scopes}
    endpoints = tuple(endpoint(n, source, world) for n, source in enumerate(sources, 1))
    scope, said = _scope(tuple(scopes.values())) if scopes else (NOTHING, NOTHING)
    public = frozenset(_public(world, has_scope=bool(scopes)))
    wanted = used((*_parts(endpoints), scope)) | public
    homes = _HOMES | dict(_codecs(sources, world))
    return oauth_views.OAuth(
        path="oauth.py",
        docstring=docstring(("How tokens of ", *the_api(world.api), " are got."), indent=0),
        imports=statements(wanted, homes, {"_server": "_server"}),
        exports=exports(public),
        scope=scope,
        scope_docstring=said,
        endpoints=endpoints,
    )


def _public(world: World, *, has_scope: bool) -> Iterator[str]:
    yield from ("AuthorizationNeeded", "Tokens")
    if has_scope:
        yield "Scope"
    for source in world.api.token_sources:
        names = world.names.sources[source.address]
        yield from (names.sync, names.asynchronous)
        yield from (GRANTS[grant] for grant in source.grants)
        if ir.Grant.AUTHORIZATION_CODE in source.grants:
            yield from ("Authorization", "AuthorizationRefused", names.authorization)


def _codecs(sources: Iterable[ir.TokenSource], world: World) -> Iterator[tuple[str, str]]:
    for source in sources:
        if source.request is not None:
            for verb in ("decode", "encode"):
                yield f"{verb}_{world.codec(source.request)}", ".codecs"


def _parts(endpoints: Iterable[oauth_views.TokenEndpoint]) -> Iterator[Code]:
    yield Code("Endpoint Unpack")
    for each in endpoints:
        yield from (each.write_signature, each.written, each.endpoint)
        yield from (each.authorization, each.authorized)
        for one in (each.sync, each.asynchronous):
            yield from (Code(one.header.partition("(")[2]), one.start, one.begin)


def _scope(scopes: tuple[ir.Scope, ...]) -> tuple[Code, Code]:
    """Return the alias of all scopes, and what is said of them."""
    values = tuple(literal(scope.name) for scope in scopes)
    alias = block(Group(Code("Scope: TypeAlias = Literal["), values, Code("]")), 0)
    said = [s for s in scopes if s.description.raw.strip()]
    listed = (part for s in said for part in ("\n- `", s.name, "`: ", _on_a_line(s.description)))
    words: Words = ("What tokens may be good for.", *(["\n"] if said else []), *listed)
    return alias, docstring(words, indent=0)


def _on_a_line(said: Text) -> Text:
    return Text(" ".join(said.raw.split()))
