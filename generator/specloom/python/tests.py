"""The view of a package's own tests: a file for each group, and one for the user's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import Code
from specloom.graph import mentioned, targets
from specloom.naming import Names
from specloom.python.annotations import World
from specloom.python.imports import used
from specloom.python.kinds import Bench, pairs
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.printed import bytes_literal, kind, needed, rows_of_bytes, samples
from specloom.python.prose import docstring
from specloom.python.requests import Given, Request, Unsent, requests, unsent
from specloom.python.samples import Samples, array_doc, prefixed, spots, weights
from specloom.python.trials import GroupTests, Trials, YourTests
from specloom.values import Text
from specloom.words import Scope

_OWN = (
    "SECRETS",
    "BROKEN",
    "FAILURES",
    "JSON",
    "KINDS",
    "OPERATIONS",
    "SERVERS",
    "UUID",
)
_BASE = "https://example.test"
_SHORTEST = 5
"""Characters of a secret that no other text is likely to hold."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """An operation and all that is tried of it."""

    operation: ir.Operation
    requests: tuple[Request, ...]
    answers: tuple[tuple[int, ir.TypeId | None], ...]
    hoped_for: Code


def tests(api: ir.Api, names: Names, package: str) -> Trials:
    """Return the views of all test files of a package; the same for the same model."""
    world = World(api, names, {d.id: d for d in api.definitions})
    bench = _bench(world)
    seen: set[ir.TypeId] = set()
    statements = samples(bench)
    groups: list[GroupTests] = []
    for key in names.groups:
        operations = tuple(o for o in api.operations if o.group == key)
        reached = _reached(operations, world)
        own = [id_ for id_ in reached if id_ not in seen]
        seen.update(reached)
        groups.append(_group(key, operations, own, statements, package, bench))
    words = ("Your own tests of `", package, "`: created once, never overwritten.")
    yours = YourTests(
        path=f"{package}_tests/test_{package}_yours.py",
        package=Code(package),
        docstring=docstring(words, indent=0),
    )
    return Trials(groups=tuple(groups), yours=yours)


def _bench(world: World) -> Bench:
    scope = Scope(_OWN)
    constants: dict[ir.TypeId, tuple[Code, Code]] = {}
    kinds: dict[ir.TypeId, Code] = {}
    made = Samples(world, weights(world), constants)
    bench = Bench(made, kinds)
    for definition in world.api.definitions:
        name = scope.claim(world.codec(definition.id).upper())
        if isinstance(definition.shape, ir.Object):
            scope.claim(f"{name}_JSON")
            optional = any(not p.required for p in definition.shape.properties)
            small = scope.claim(f"{name}_MINIMAL") if optional else name
            constants[definition.id] = (name, small)
        kinds[definition.id] = scope.claim(f"{name}_KIND")
    for id_ in [id_ for id_ in kinds if not any(pairs(id_, bench))]:
        del kinds[id_]
    return bench


def _reached(operations: Iterable[ir.Operation], world: World) -> list[ir.TypeId]:
    """Return the definitions that operations use, in the order of the document."""
    pending = [id_ for o in operations for id_ in _mentioned(o)]
    found: set[ir.TypeId] = set()
    while pending:
        id_ = pending.pop()
        if id_ not in found:
            found.add(id_)
            pending += targets(world.definitions[id_].shape)
    return [id_ for id_ in world.definitions if id_ in found]


def _mentioned(operation: ir.Operation) -> Iterator[ir.TypeId]:
    for parameter in operation.parameters:
        yield from mentioned(parameter.type)
    yield from _contents(operation)


def _contents(operation: ir.Operation) -> Iterator[ir.TypeId]:
    if operation.body is not None:
        yield operation.body.content.type
    for response in operation.responses:
        if response.content is not None:
            yield response.content.type


# --- a group -----------------------------------------------------------------------------------


def _group(
    key: Text | None,
    operations: tuple[ir.Operation, ...],
    own: list[ir.TypeId],
    statements: dict[Code, Code],
    package: str,
    bench: Bench,
) -> GroupTests:
    world = bench.world
    attribute = world.names.groups[key].attribute
    tried = tuple(t for o in operations if (t := _tried(o, bench)).requests and t.answers)
    direct = {id_ for t in tried for id_ in _contents(t.operation)}
    direct |= {v for id_ in direct for v in _variants(id_, world)}
    wanted = [id_ for id_ in world.definitions if id_ in bench.kinds and id_ in {*own, *direct}]
    wanted.sort(key=lambda id_: isinstance(world.definitions[id_].shape, ir.Union))
    kinds = tuple(rows_of_bytes(kind(id_, bench)) for id_ in wanted)
    secrets = _secrets(tried, bench)
    rows = tuple(_operation(t, attribute, secrets, bench) for t in tried)
    mentions = needed((*kinds, *rows), statements)
    servers = world.api.servers
    base = () if servers else (Code(f"base_url={literal(_BASE)}"),)
    http = (Code("http=peer"),)
    tokens = tuple(
        Code(f"{world.names.credentials[s.key]}=SECRETS[{number + 1}]")
        for number, s in enumerate(world.api.security_schemes)
    )
    names = used((*kinds, *rows, *mentions))
    return GroupTests(
        path=f"{package}_tests/test_{package}_{attribute}.py",
        docstring=docstring(
            ("Every operation under `", attribute, "`: what leaves, and what answers mean."),
            indent=0,
        ),
        imports=tuple(_imports(package, names, has_kinds=bool(kinds), has_servers=bool(servers))),
        client=_call("client = Client(", (*base, *tokens, *http), 4),
        async_client=_call(
            "client = AsyncClient(", (*base, *tokens, Code("http=AsyncPeer(peer)")), 8
        ),
        anonymous=_call("client = Client(", (*base, *http), 4),
        unsent=_call("client = Client(", (*base, *tokens), 4),
        holds_token=any(_credentials(t.operation, bench) for t in tried),
        secrets=_constant("SECRETS", "(", tuple(map(literal, secrets)), ")"),
        samples=mentions,
        kinds=kinds,
        kind_names=_constant("KINDS", "[", tuple(bench.kinds[id_] for id_ in wanted), "]"),
        operations=rows,
        servers=_servers(world),
        has_kinds=bool(kinds),
        has_servers=bool(servers),
        has_json=any(id_ is not None for t in tried for _, id_ in t.answers),
        has_unsent=any("refused" in used((row,)) or "body" in used((row,)) for row in rows),
    )


def _call(head: str, arguments: tuple[Code, ...], indent: int) -> Code:
    return block(Group(Code(head), arguments, Code(")")), indent)


def _variants(id_: ir.TypeId, world: World) -> tuple[ir.TypeId, ...]:
    shape = world.definitions[id_].shape
    return tuple(v.target for v in shape.variants) if isinstance(shape, ir.Union) else ()


def _constant(name: str, opening: str, items: tuple[Doc, ...], closing: str) -> Code:
    return block(Group(Code(f"{name} = {opening}"), items, Code(closing), display=True), 0)


def _secrets(tried: tuple[_Tried, ...], bench: Bench) -> tuple[str, ...]:
    """Return all secrets of a file: tokens that are held, then those of arguments and members."""
    world = bench.world
    found = ["never-shown"]
    found += [_token(world.names.credentials[s.key]) for s in world.api.security_schemes]
    for one in tried:
        found += [v for r in one.requests for g in r.given if (v := _secret(g)) is not None]
    for id_ in bench.samples.constants:
        for property_, at in spots(world.definitions[id_], world):
            sample = bench.samples.of(property_.type, at) if property_.secret else None
            if sample is not None and isinstance(sample.received, str):
                found.append(sample.received)
    return tuple(dict.fromkeys(secret for secret in found if len(secret) >= _SHORTEST))


def _token(name: Code) -> str:
    return f"a-held-{name.replace('_', '-')}"


def _secret(given: Given) -> str | None:
    value = given.sample.received
    return value if given.parameter.secret and isinstance(value, str) else None


def _servers(world: World) -> Code:
    rows = tuple(
        Group(
            Code("("),
            (
                literal(str(world.names.servers[server.url])),
                literal(Text(server.url.raw.rstrip("/"))),
            ),
            Code(")"),
            display=True,
        )
        for server in world.api.servers
    )
    return _constant("SERVERS", "[", rows, "]")


def _imports(
    package: str, names: frozenset[str], *, has_kinds: bool, has_servers: bool
) -> Iterator[Code]:
    yield Code("import asyncio")
    yield from (Code(f"import {m}") for m in ("json", "logging", "pickle", "traceback"))
    yield Code("from collections.abc import Awaitable, Callable, Container, Iterator")
    if has_kinds:
        yield Code("from copy import copy")
    replaced = ", replace" if "replace" in names else ""
    yield Code(f"from dataclasses import dataclass, field{replaced}")
    if has_kinds:
        yield Code("from types import EllipsisType")
    yield Code(f"from typing import {'TypeAlias, ' if has_kinds else ''}TypeGuard, Unpack")
    if "UUID" in names:
        yield Code("from uuid import UUID")
    yield Code("")
    yield Code("import pytest")
    taken = ["AsyncClient", "Client", *(["Server"] if has_servers else [])]
    taken += ["codecs"] if has_kinds else []
    taken += ["errors", *(["models"] if "models" in names else [])]
    yield block(
        Group(
            Code(f"from {package} import ("),
            tuple(map(Code, taken)),
            Code(")"),
            display=True,
            comma=True,
        ),
        0,
    )
    yield Code(f"from {package}._transport import Options")


# --- an operation ------------------------------------------------------------------------------


def _tried(operation: ir.Operation, bench: Bench) -> _Tried:
    servers = bench.world.api.servers
    base = servers[0].url.raw.rstrip("/") if servers else _BASE
    described = tuple(_hoped_for(operation))
    answers = tuple(
        (code, None if r is None or r.content is None else r.content.type) for code, r in described
    )
    codes = tuple(code for code, _ in answers)
    ranged = any(isinstance(r, ir.Response) and r.status == ir.Range(2) for _, r in described)
    everything = ranged or not any(
        isinstance(r.status, ir.Exact) and 200 <= r.status.code < 300 for r in operation.responses
    )
    return _Tried(
        operation,
        requests(operation, base, bench),
        tuple((c, id_) for c, id_ in answers if id_ is None or id_ in bench.kinds),
        Code("range(200, 300)") if everything else literal_of(codes),
    )


def literal_of(codes: tuple[int, ...]) -> Code:
    return Code(f"[{', '.join(map(str, codes))}]")


def _hoped_for(operation: ir.Operation) -> Iterator[tuple[int, ir.Response | None]]:
    """Return statuses that are successes: OpenAPI 3.1.1, "Responses Object"."""
    by_status = {r.status: r for r in operation.responses}
    exact = [s.code for s in by_status if isinstance(s, ir.Exact) and 200 <= s.code < 300]
    yield from ((code, by_status[ir.Exact(code)]) for code in exact)
    rest = by_status.get(ir.Range(2))
    if rest is None and exact:
        return
    yield from (
        (code, rest or by_status.get(ir.Rest())) for code in (200, 299) if code not in exact
    )


def _credentials(operation: ir.Operation, bench: Bench) -> str | None:
    """Return the `Authorization` of a client that holds every token (RFC 6750, section 2.1)."""
    keys = operation.security[0].schemes if operation.security else ()
    return f"Bearer {_token(bench.world.names.credentials[keys[-1]])}" if keys else None


def _operation(tried: _Tried, attribute: Code, secrets: tuple[str, ...], bench: Bench) -> Code:
    operation, body = tried.operation, tried.operation.body
    name = bench.world.names.methods[operation.id]
    call = f"lambda client: client.{attribute}.{name}"
    headers = [Code('"Accept": "application/json"')]
    authorization = _credentials(operation, bench)
    if authorization is not None:
        headers.append(Code(f'"Authorization": {literal(authorization)}'))
    items: list[Doc] = [
        Code(f"name={literal(str(name))}"),
        Code(f"method={literal(operation.method)}"),
        Code(f"path={literal(operation.path)}"),
        Code(f"call={call}"),
        prefixed(Code("arguments="), _arguments(tried.requests[0], secrets)),
        Group(Code("headers={"), tuple(headers), Code("}"), display=True),
    ]
    if body is not None:
        media = "application/json" if body.content.codec is ir.Codec.JSON else _FORM
        items.append(Code(f"media_type={literal(media)}"))
    sent = tuple(_sent(request, call, secrets) for request in tried.requests)
    items.append(prefixed(Code("sent="), array_doc(sent)))
    answers = tuple(
        Code(f"{code}: {'None' if id_ is None else bench.kinds[id_]}")
        for code, id_ in tried.answers
    )
    items.append(Group(Code("answers={"), answers, Code("}"), display=True))
    items.append(Code(f"hoped_for={tried.hoped_for}"))
    if body is not None:
        items.append(Code(f"body={bench.kinds[body.content.type]}"))
    refused = tuple(_unsent(one) for one in unsent(operation, bench))
    if refused:
        items.append(prefixed(Code("refused="), array_doc(refused)))
    return rows_of_bytes(_row(Group(Code("Operation("), tuple(items), Code(")"))))


_FORM = "application/x-www-form-urlencoded"


def _row(doc: Doc) -> Code:
    """Return an item of the list of operations, its first line to be printed at an indent."""
    return Code(block(doc, 4))


def _sent(request: Request, call: str, secrets: tuple[str, ...]) -> Doc:
    positional = [_value(g, secrets) for g in request.given if _is_positional(g)]
    positional += [request.body.python] if request.body is not None else []
    named = [
        prefixed(Code(f"{g.name}="), _value(g, secrets))
        for g in request.given
        if not _is_positional(g)
    ]
    ask = Group(Code(f"{call}("), (*positional, *named), Code(")"))
    content = (bytes_literal(request.content),) if request.content is not None else ()
    return Group(Code("Sent("), (ask, literal(Text(request.url)), *content), Code(")"))


def _is_positional(given: Given) -> bool:
    return given.parameter.location is ir.Location.PATH


def _value(given: Given, secrets: tuple[str, ...]) -> Doc:
    """Return an argument; tracebacks show the line, so a secret stands elsewhere."""
    secret = _secret(given)
    return Code(f"SECRETS[{secrets.index(secret)}]") if secret in secrets else given.sample.python


def _arguments(request: Request, secrets: tuple[str, ...]) -> Doc:
    members = {str(g.name): _value(g, secrets) for g in request.given}
    if request.body is not None:
        members["body"] = request.body.python
    items = tuple(prefixed(Code(f'"{name}": '), doc) for name, doc in members.items())
    return Group(Code("{"), items, Code("}"), display=True) if items else Code("{}")


def _unsent(one: Unsent) -> Doc:
    items = (literal(str(one.name)), one.misfit.value, literal(one.misfit.message))
    return Group(Code("("), items, Code(")"), display=True)
