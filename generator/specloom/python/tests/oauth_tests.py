"""The view of the tests of sources of tokens: a row for each that can be asked without a document."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from specloom import ir
from specloom.code import Code
from specloom.graph import in_body
from specloom.lower.tokens.grants import grants_of, requests_of
from specloom.python.annotations import World
from specloom.python.client.servers import address, first
from specloom.python.client.token_endpoints import where
from specloom.python.imports import import_from
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.prose import docstring
from specloom.python.tests.exchanges import BASE
from specloom.values import Text

_SENT = frozenset(map(Text, ("grant_type", "client_id", "client_secret", "refresh_token", "scope")))


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthTests:
    path: str
    docstring: Code
    imports: tuple[Code, ...]
    sources: Code


def oauth_tests(world: World, package: str) -> OAuthTests | None:
    """Return the view; None where there is no source, or none whose requests are foretold."""
    rows = {
        source.address: row for source in world.api.token_sources if (row := _row(source, world))
    }
    if not rows:
        return None
    left = [source for source in world.api.token_sources if source.address not in rows]
    words = ["Sources of tokens: what they ask for, and when."]
    words += ["\n\nNot tried, for what they ask for is not foretold:"] if left else []
    words += [f"\n- `{world.names.sources[source.address].sync}`" for source in left]
    head = Code("SOURCES: list[Row] = [")
    return OAuthTests(
        path=f"{package}_tests/test_{package}__oauth.py",
        docstring=docstring(tuple(words), indent=0),
        imports=(
            import_from(package, ("oauth",)),
            import_from(f"{package}._request", ("Request",)),
            import_from(f"{package}._response", ("Response",)),
        ),
        sources=block(Group(head, tuple(rows.values()), Code("]"), display=True), 0),
    )


def _row(source: ir.TokenSource, world: World) -> Doc | None:
    start = _start(source, world)
    if start is None or source.authentications == (ir.ClientAuthentication.NONE,):
        return None
    kind, url = where(source, world)
    server = first(world.api)
    base = Text(BASE) if server is None else address(server)
    given = {"token_url": url} if kind == "url" else {"base_url": base}
    if kind == "path":
        url = Text(f"{base.raw}{url.raw}")
    elif kind == "reference":
        url = Text(urljoin(f"{_below(base, world)}/", url.raw))
    if start == "Tokens" and source.refresh_url is not None:
        url = Text(urljoin(url.raw, source.refresh_url.raw))
    told = tuple(Code(f"{literal(name)}: {literal(value)}") for name, value in given.items())
    items = (
        literal(str(world.names.sources[source.address].sync)),
        literal(start),
        Group(Code("{"), told, Code("}"), display=True),
        literal(url),
    )
    return Group(Code("("), items, Code(")"), display=True)


def _below(base: Text, world: World) -> str:
    relative = world.api.relative_server
    return base.raw if relative is None else urljoin(f"{base.raw}/", relative.url.raw)


def _start(source: ir.TokenSource, world: World) -> str | None:
    """Return what a source is to begin with: what needs nothing that only a document knows."""
    for grant, start in (
        (ir.Grant.REFRESH_TOKEN, "Tokens"),
        (ir.Grant.CLIENT_CREDENTIALS, "ClientCredentials"),
    ):
        if grant in source.grants and _is_plain(grant, source, world):
            return start
    return None


def _is_plain(grant: ir.Grant, source: ir.TokenSource, world: World) -> bool:
    if source.operation is None:
        return True
    operation = next(o for o in world.api.operations if o.id == source.operation)
    known = world.definitions
    taking = [
        request
        for request in requests_of(operation, known)
        if (listed := grants_of(request, known)) is None or grant.value in listed
    ]
    return any(True for _ in in_body(operation.body)) and all(map(_needs_no_more, taking))


def _needs_no_more(request: ir.Object) -> bool:
    needed = {p.wire_name for p in request.properties if p.required}
    sent = [p.type for p in request.properties if p.wire_name in _SENT]
    return needed <= _SENT and not request.checks and all(map(_takes_any, sent))


def _takes_any(type_: ir.Type) -> bool:
    match type_:
        case ir.Scalar(ir.ScalarKind.STRING) | ir.Literal() | ir.Anything():
            return True
        case ir.Nullable(of):
            return _takes_any(of)
        case _:
            return False
