"""Each operation as the tests know it: what leaves, and what may come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import Code
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.pairs import Bench
from specloom.python.printed import bytes_literal, rows_of_bytes
from specloom.python.requests import Given, Request, Unsent, requests, unsent
from specloom.python.samples import array_doc, prefixed
from specloom.values import Text

BASE = "https://example.test"
"""Where a client of a document without servers sends its requests."""
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Tried:
    """An operation and all that is tried of it."""

    operation: ir.Operation
    requests: tuple[Request, ...]
    answers: tuple[tuple[int, ir.TypeId | None], ...]
    hoped_for: Code


def try_out(operation: ir.Operation, bench: Bench) -> Tried:
    """Return what is tried of an operation: no requests where none can be made."""
    servers = bench.world.api.servers
    base = servers[0].url.raw.rstrip("/") if servers else BASE
    described = tuple(_hoped_for(operation))
    answers = tuple(
        (code, None if r is None or r.content is None else r.content.type) for code, r in described
    )
    codes = tuple(code for code, _ in answers)
    ranged = any(isinstance(r, ir.Response) and r.status == ir.Range(2) for _, r in described)
    everything = ranged or not any(
        isinstance(r.status, ir.Exact) and 200 <= r.status.code < 300 for r in operation.responses
    )
    return Tried(
        operation,
        requests(operation, base, bench),
        tuple((c, id_) for c, id_ in answers if id_ is None or id_ in bench.kinds),
        Code("range(200, 300)") if everything else _listed(codes),
    )


def _listed(codes: tuple[int, ...]) -> Code:
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


def authorization(operation: ir.Operation, bench: Bench) -> str | None:
    """Return the `Authorization` of a client that holds every token (RFC 6750, section 2.1)."""
    asked = (key for requirement in operation.security for key in requirement.schemes)
    first = next(asked, None)
    return None if first is None else f"Bearer {token(bench.world.names.credentials[first])}"


def operation_row(tried: Tried, attribute: Code, secrets: tuple[str, ...], bench: Bench) -> Code:
    """Return the row of an operation, its first line to be printed at an indent of 4."""
    operation, body = tried.operation, tried.operation.body
    name = bench.world.names.methods[operation.id]
    call = f"lambda client: client.{attribute}.{name}"
    headers = [Code('"Accept": "application/json"')]
    bearer = authorization(operation, bench)
    if bearer is not None:
        headers.append(Code(f'"Authorization": {literal(bearer)}'))
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
    hidden = secret(given)
    return Code(f"SECRETS[{secrets.index(hidden)}]") if hidden in secrets else given.sample.python


def _arguments(request: Request, secrets: tuple[str, ...]) -> Doc:
    members = {str(g.name): _value(g, secrets) for g in request.given}
    if request.body is not None:
        members["body"] = request.body.python
    items = tuple(prefixed(Code(f'"{name}": '), doc) for name, doc in members.items())
    return Group(Code("{"), items, Code("}"), display=True) if items else Code("{}")


def _unsent(one: Unsent) -> Doc:
    items = (literal(str(one.name)), one.misfit.value, literal(one.misfit.message))
    return Group(Code("("), items, Code(")"), display=True)


def token(name: Code) -> str:
    """Return what the client of the tests holds for a security scheme."""
    return f"a-held-{name.replace('_', '-')}"


def secret(given: Given) -> str | None:
    """Return the text of an argument that must not be seen."""
    value = given.sample.received
    return value if given.parameter.secret and isinstance(value, str) else None
