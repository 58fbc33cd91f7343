"""One token endpoint: where it is, a source that waits and one that awaits, and who consents."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.lower.tokens.flows import is_absolute
from specloom.naming.names import SourceName
from specloom.python.annotations import World
from specloom.python.client import oauth_views
from specloom.python.client.client import agent
from specloom.python.client.servers import address, base_of_api
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.literals import literal
from specloom.python.prose import docstring
from specloom.values import Text

GRANTS = {
    ir.Grant.AUTHORIZATION_CODE: "AuthorizationCode",
    ir.Grant.CLIENT_CREDENTIALS: "ClientCredentials",
    ir.Grant.REFRESH_TOKEN: "RefreshToken",
}
_BY = {
    ir.Grant.AUTHORIZATION_CODE: "authorization codes",
    ir.Grant.CLIENT_CREDENTIALS: "client credentials",
    ir.Grant.REFRESH_TOKEN: "refresh tokens",
}


def endpoint(number: int, source: ir.TokenSource, world: World) -> oauth_views.TokenEndpoint:
    mark = f"_{number}" if number > 1 else ""
    names = world.names.sources[source.address]
    write, written = NOTHING, NOTHING
    if source.request is not None:
        write = Code(f"def _request{mark}(members: JsonObject) -> JsonObject:")
        codec = world.codec(source.request)
        inner = (Code("members"), Code("strict=True"))
        read = Group(Code(f"decode_{codec}("), inner, Code(")"))
        written = block(Group(Code(f"return encode_{codec}("), (read,), Code(")")), 4)
    constant = Code(f"_ENDPOINT{mark}")
    signature, authorized = NOTHING, NOTHING
    if ir.Grant.AUTHORIZATION_CODE in source.grants:
        signature, authorized = _authorization(source, names, world)
    return oauth_views.TokenEndpoint(
        write_signature=write,
        written=written,
        is_apart=number > 1,
        endpoint=_constant(constant, source, world, Code(f"_request{mark}")),
        authorization=signature,
        authorization_docstring=docstring(
            ("Return a request for the consent of a user, who is sent to its `url`.",), indent=4
        ),
        authorized=authorized,
        sync=_class(names.sync, Code("Source"), constant, source, world),
        asynchronous=_class(names.asynchronous, Code("AsyncSource"), constant, source, world),
    )


def _constant(constant: Code, source: ir.TokenSource, world: World, write: Code) -> Code:
    items = [Code(f"agent={literal(agent(world.api))}")]
    kind, url = where(source, world)
    if kind != "reference":
        items.append(Code(f"{kind}={literal(url)}"))
    refresh = source.refresh_url
    if refresh is not None and refresh != source.token_url:
        items.append(Code(f"refresh={literal(refresh)}"))
    if source.request is not None:
        ways = [literal(way.value) for way in source.authentications]
        items.append(Code(f"ways=({', '.join(ways)}{',' if len(ways) == 1 else ''})"))
        items.append(Code(f"write={write}"))
    return block(Group(Code(f"{constant} = Endpoint("), tuple(items), Code(")")), 0)


def where(source: ir.TokenSource, world: World) -> tuple[str, Text]:
    """Return where an endpoint is: at a `url`, at a `path` of the API, or where a `reference` leads."""
    server = None
    if source.operation is not None:
        server = next(o for o in world.api.operations if o.id == source.operation).server
        if server is None:
            return "path", source.token_url
    url = (
        source.token_url if server is None else Text(f"{address(server).raw}{source.token_url.raw}")
    )
    return "url" if is_absolute(url) else "reference", url


def _class(
    name: Code, base: Code, constant: Code, source: ir.TokenSource, world: World
) -> oauth_views.SourceClass:
    is_async = base != "Source"
    grants = [_start(grant, source) for grant in source.grants]
    needs_secret = ir.ClientAuthentication.NONE not in source.authentications
    proofs = [a.value for a in source.authentications if a is not ir.ClientAuthentication.NONE]
    items: list[Doc] = [
        Code("self"),
        Alternatives(Code("start: "), (*map(Code, grants), Code("Tokens"))),
        Code("*"),
        Code("client_id: str"),
        Code("client_secret: str" if needs_secret else "client_secret: str | None = None"),
    ]
    login: list[Doc] = [Code("client_id"), Code("client_secret")]
    if len(proofs) > 1:
        kinds = ", ".join(map(literal, proofs))
        items.append(Code(f"client_authentication: Literal[{kinds}] | None = None"))
        login.append(Code("client_authentication"))
    place, at = _address(source, world)
    start = "Async" if is_async else ""
    items += [
        *place,
        Code(f"on_rotation: {start}OnRotation = None"),
        Code(f"http: {start}Http | None = None"),
        Code("**settings: Unpack[ClientOptions]"),
    ]
    asked = Group(
        Code("asker("), (constant, at, Group(Code("Login("), tuple(login), Code(")"))), Code(")")
    )
    begin = (asked, Code("start"), Code("on_rotation"), Code("http"), Code("settings"))
    return oauth_views.SourceClass(
        header=block(Group(Code(f"class {name}("), (base,), Code("):")), 0),
        docstring=docstring(tuple(_about(source, world, is_async=is_async)), indent=4),
        start=block(Group(Code("def __init__("), tuple(items), Code(") -> None:"), comma=True), 4),
        begin=block(Group(Code("super().__init__("), begin, Code(")")), 8),
    )


def _about(source: ir.TokenSource, world: World, *, is_async: bool) -> Iterator[str | Text]:
    kinds = [_BY[grant] for grant in source.grants]
    listed = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    yield f"Has a token ready for each request: it gets them by {listed}."
    name = world.names.credentials.get(source.credential) if source.credential else None
    if name is not None:
        client = "AsyncClient" if is_async else "Client"
        yield f"\n\nA client takes it for the credential: `{client}({name}=source)`."


def _start(grant: ir.Grant, source: ir.TokenSource) -> str:
    if grant is not ir.Grant.CLIENT_CREDENTIALS:
        return GRANTS[grant]
    return f"ClientCredentials[{'Scope' if source.scopes else 'str'}]"


def _address(source: ir.TokenSource, world: World) -> tuple[tuple[Doc, ...], Code]:
    """Return the parameters that say where an endpoint is, and what is made of them."""
    kind, url = where(source, world)
    if kind == "url":
        default = Alternatives(Code("token_url: str = "), (literal(url),))
        return (default,), Code("token_url")
    taken, base = base_of_api(world)
    return taken, base if kind == "path" else Code(f"_server.below({base}, {literal(url)})")


def _authorization(source: ir.TokenSource, names: SourceName, world: World) -> tuple[Code, Code]:
    """Return the function that sends users to consent: its signature, and what it returns."""
    url = source.authorization_url
    scope = "Scope" if source.scopes else "str"
    items: list[Doc] = [
        *(Code("*"), Code("client_id: str"), Code("redirect_uri: str")),
        Code(f"scope: Sequence[{scope}] = ()"),
    ]
    at: Code
    if url is None or is_absolute(url):
        default = NOTHING if url is None else Code(f" = {literal(url)}")
        place: tuple[Doc, ...] = (Code(f"authorization_url: str{default}"),)
        at = Code("authorization_url")
    else:
        place, base = base_of_api(world)
        at = Code(f"_server.below({base}, {literal(url)})")
    if url is None:
        items[1:1] = place
    else:
        items += place
    items += (Code("issuer: str | None = None"), Code("extra: Mapping[str, str] | None = None"))
    head = Code(f"def {names.authorization}(")
    signature = block(Group(head, tuple(items), Code(") -> Authorization:"), comma=True), 0)
    passed = (at, *map(Code, ("client_id", "redirect_uri", "scope", "issuer", "extra")))
    return signature, block(Group(Code("return authorize("), passed, Code(")")), 4)
