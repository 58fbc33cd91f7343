"""Each operation as the tests know it: what leaves, and what may come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from specloom import ir
from specloom.code import Code
from specloom.python.client.answers import accept
from specloom.python.client.arguments import argument_name
from specloom.python.client.places import key_of
from specloom.python.client.servers import address, first
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import bytes_literal, literal
from specloom.python.sample import array_doc, prefixed
from specloom.python.tests.answered import (
    Answers,
    answered,
    described,
    has_sample,
    json_kind,
    missed,
    octets,
    others,
)
from specloom.python.tests.pairs import Bench
from specloom.python.tests.printed import rows_of_bytes
from specloom.python.tests.proofs import pair, proofs
from specloom.python.tests.requests import Given, Request, Unsent, requests, unsent
from specloom.values import Text

_END = Code("}")
BASE = "https://example.test"
"""Where a client of a document without servers sends its requests."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An operation and all that is tried of it."""

    operation: ir.Operation
    requests: tuple[Request, ...]
    answers: Answers
    hoped_for: Code


def try_out(operation: ir.Operation, bench: Bench) -> Tried:
    """Return what is tried of an operation: no requests where none can be made."""
    hoped_for = tuple(_hoped_for(operation))
    ranged = any(r is not None and r.status == ir.Range(2) for _, r in hoped_for)
    everything = ranged or not any(
        isinstance(r.status, ir.Exact) and 200 <= r.status.code < 300 for r in operation.responses
    )
    return Tried(
        operation,
        requests(operation, base_of(operation, bench), bench),
        tuple((c, r) for c, r in hoped_for if has_sample(r, bench)),
        Code("range(200, 300)") if everything else _listed(tuple(code for code, _ in hoped_for)),
    )


def base_of(operation: ir.Operation, bench: Bench) -> str:
    """Return where the requests of an operation go."""
    api = bench.world.api
    server = first(api)
    base = BASE if server is None else address(server).raw
    if api.relative_server is not None:
        base = urljoin(f"{base}/", api.relative_server.url.raw).rstrip("/")
    own = operation.server
    if own is None or ("://" in own.url.raw and server is None):
        return base
    return urljoin(f"{base}/", address(own).raw).rstrip("/")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOperation:
    statement: Code
    """Its first line is to be printed at an indent of 4."""
    has_json: bool
    """Whether it answers in JSON."""
    has_others: bool
    """Whether it answers in anything else."""
    has_failures: bool
    """Whether the body of a failure is described."""
    has_misses: bool
    """Whether it is so of one that is not JSON of a type, or not always."""
    has_streams: bool
    """Whether an answer is read item by item."""
    has_octets: bool
    """Whether it is one of octets."""
    has_unsent: bool
    """Whether it refuses anything."""
    makes_key: bool
    """Whether a key is made for it where the caller gives none."""


def operation_row(
    tried: Tried, attribute: Code, secrets: tuple[str, ...], bench: Bench
) -> PrintedOperation:
    """Return the row of an operation among those that are tried."""
    name, body = bench.world.names.methods[tried.operation.id], tried.operation.body
    call = f"lambda client: client.{attribute}.{name}"
    items: list[Doc] = [*_asked(tried, call, name, secrets, bench)]
    streams = tried.operation.streams
    answers = tuple(answered(tried.answers, bench, streams=streams))
    items.append(Group(Code("answers={"), answers, _END, display=True))
    rest = tuple(others(tried.answers, bench, streams=streams))
    if rest:
        items.append(prefixed(Code("others="), array_doc(rest)))
    failed = tuple(described(tried.operation, bench))
    if failed:
        items.append(Group(Code("failures={"), failed, _END, display=True))
    misses = tuple(missed(tried.operation, bench))
    if misses:
        items.append(prefixed(Code("misses="), array_doc(misses)))
    of_octets = tuple(octets(tried.operation))
    if of_octets:
        items.append(Code(f"octets={_listed(of_octets)}"))
    items.append(Code(f"hoped_for={tried.hoped_for}"))
    key = key_of(tried.operation)
    makes_key = key is not None and not key.required
    if key is not None:
        items.append(Code("keyed=True"))
    if key is not None and makes_key:
        argument = argument_name(tried.operation, key, bench.world)
        named = (literal(str(argument)), literal(key.wire_name))
        items.append(Group(Code("made_key=("), named, Code(")"), display=True))
    if tried.operation.is_token_endpoint:
        items.append(Code("single_use=True"))
    sent = None if body is None else body.contents[0].type
    if sent in bench.kinds:
        items.append(Code(f"body={bench.kinds[sent]}"))
    refused = tuple(_unsent(one) for one in unsent(tried.operation, bench))
    if refused:
        items.append(prefixed(Code("refused="), array_doc(refused)))
    return PrintedOperation(
        statement=rows_of_bytes(_row(Group(Code("Operation("), tuple(items), Code(")")))),
        has_json=any(json_kind(response) is not None for _, response in tried.answers),
        has_others=bool(rest),
        has_failures=bool(failed),
        has_misses=bool(misses),
        has_streams=streams,
        has_octets=bool(of_octets),
        has_unsent=bool(refused) or sent in bench.kinds,
        makes_key=makes_key,
    )


def _asked(
    tried: Tried, call: str, name: Code, secrets: tuple[str, ...], bench: Bench
) -> Iterator[Doc]:
    """Return what is said of an operation and of the calls that are tried."""
    operation = tried.operation
    headers = (("Accept", accept(operation)), *proofs(operation, bench.world).headers)
    yield Code(f"name={literal(str(name))}")
    yield Code(f"method={literal(operation.method)}")
    yield Code(f"path={literal(operation.path)}")
    yield Code(f"call={call}")
    yield prefixed(Code("arguments="), _arguments(tried.requests[0], secrets))
    yield Group(Code("headers={"), tuple(pair(*header) for header in headers), _END, display=True)
    sent = tuple(_sent(request, call, secrets) for request in tried.requests)
    yield prefixed(Code("sent="), array_doc(sent))


def _row(doc: Doc) -> Code:
    """Return an item of the list of operations, its first line to be printed at an indent."""
    return Code(block(doc, 4))


def ask_doc(request: Request, call: str, secrets: tuple[str, ...]) -> Doc:
    """Return the function that asks a client for something."""
    positional = [_value(g, secrets) for g in request.given if _is_positional(g)]
    positional += [request.body.sample.python] if request.body is not None else []
    named = [
        prefixed(Code(f"{g.name}="), _value(g, secrets))
        for g in request.given
        if not _is_positional(g)
    ]
    if request.body is not None and request.body.chosen:
        named.append(Code(f"content_type={literal(Text(request.body.chosen))}"))
    return Group(Code(f"{call}("), (*positional, *named), Code(")"))


def _sent(request: Request, call: str, secrets: tuple[str, ...]) -> Doc:
    ask = ask_doc(request, call, secrets)
    more: list[Doc] = []
    if request.content is not None:
        more.append(bytes_literal(request.content))
    if request.headers:
        pairs = tuple(pair(*header) for header in request.headers)
        more.append(Group(Code("headers={"), pairs, _END, display=True))
    return Group(Code("Sent("), (ask, literal(Text(request.url)), *more), Code(")"))


def _is_positional(given: Given) -> bool:
    return given.parameter.location is ir.Location.PATH


def _value(given: Given, secrets: tuple[str, ...]) -> Doc:
    """Return an argument; tracebacks show the line, so a secret stands elsewhere."""
    hidden = secret(given)
    return Code(f"SECRETS[{secrets.index(hidden)}]") if hidden in secrets else given.sample.python


def _arguments(request: Request, secrets: tuple[str, ...]) -> Doc:
    members: dict[str, Doc] = {str(g.name): _value(g, secrets) for g in request.given}
    if request.body is not None:
        members["body"] = request.body.sample.python
        if request.body.chosen:
            members["content_type"] = literal(Text(request.body.chosen))
    items = tuple(prefixed(Code(f'"{name}": '), doc) for name, doc in members.items())
    return Group(Code("{"), items, Code("}"), display=True) if items else Code("{}")


def _unsent(one: Unsent) -> Doc:
    items = (literal(str(one.name)), one.misfit.value, literal(one.misfit.message))
    return Group(Code("("), items, Code(")"), display=True)


def secret(given: Given) -> str | None:
    """Return the text of an argument that must not be seen."""
    value = given.sample.received
    return value if given.parameter.secret and isinstance(value, str) else None
