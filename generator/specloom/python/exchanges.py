"""Each operation as the tests know it: what leaves, and what may come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from specloom import ir
from specloom.code import Code
from specloom.python.answers import accept, failures
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import bytes_literal, literal
from specloom.python.pairs import Bench, pairs
from specloom.python.printed import rows_of_bytes
from specloom.python.proofs import pair, proofs
from specloom.python.requests import Given, Request, Unsent, requests, unsent
from specloom.python.sample import array_doc, prefixed
from specloom.python.servers import address, first
from specloom.values import Text

BASE = "https://example.test"
"""Where a client of a document without servers sends its requests."""
_ANSWER = "text of an answer"
_STATUSES = (204, 226, 307, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503)
"""The failures that every operation is answered with."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An operation and all that is tried of it."""

    operation: ir.Operation
    requests: tuple[Request, ...]
    answers: tuple[tuple[int, ir.Response | None], ...]
    hoped_for: Code


def try_out(operation: ir.Operation, bench: Bench) -> Tried:
    """Return what is tried of an operation: no requests where none can be made."""
    described = tuple(_hoped_for(operation))
    ranged = any(isinstance(r, ir.Response) and r.status == ir.Range(2) for _, r in described)
    everything = ranged or not any(
        isinstance(r.status, ir.Exact) and 200 <= r.status.code < 300 for r in operation.responses
    )
    return Tried(
        operation,
        requests(operation, base_of(operation, bench), bench),
        tuple((c, r) for c, r in described if _has_sample(r, bench)),
        Code("range(200, 300)") if everything else _listed(tuple(code for code, _ in described)),
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


def _has_sample(response: ir.Response | None, bench: Bench) -> bool:
    contents = response.contents if response is not None else ()
    return all(c.type is None or c.type in bench.kinds for c in contents)


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
    has_octets: bool
    """Whether it is one of octets."""
    has_unsent: bool
    """Whether it refuses anything."""


def operation_row(
    tried: Tried, attribute: Code, secrets: tuple[str, ...], bench: Bench
) -> PrintedOperation:
    """Return the row of an operation among those that are tried."""
    name, body = bench.world.names.methods[tried.operation.id], tried.operation.body
    call = f"lambda client: client.{attribute}.{name}"
    items: list[Doc] = [*_asked(tried, call, name, secrets, bench)]
    answers = tuple(_answers(tried, bench))
    items.append(Group(Code("answers={"), answers, _END, display=True))
    others = tuple(_others(tried, bench))
    if others:
        items.append(prefixed(Code("others="), array_doc(others)))
    failed = tuple(_failures(tried.operation, bench))
    if failed:
        items.append(Group(Code("failures={"), failed, _END, display=True))
    octets = tuple(_octets(tried.operation))
    if octets:
        items.append(Code(f"octets={_listed(octets)}"))
    items.append(Code(f"hoped_for={tried.hoped_for}"))
    sent = None if body is None else body.contents[0].type
    if sent in bench.kinds:
        items.append(Code(f"body={bench.kinds[sent]}"))
    refused = tuple(_unsent(one) for one in unsent(tried.operation, bench))
    if refused:
        items.append(prefixed(Code("refused="), array_doc(refused)))
    return PrintedOperation(
        statement=rows_of_bytes(_row(Group(Code("Operation("), tuple(items), Code(")")))),
        has_json=any(json_kind(response) is not None for _, response in tried.answers),
        has_others=bool(others),
        has_failures=bool(failed),
        has_octets=bool(octets),
        has_unsent=bool(refused) or sent in bench.kinds,
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


_END = Code("}")


def json_kind(response: ir.Response | None) -> ir.TypeId | None:
    """Return the type of an answer that can only be JSON of that type."""
    match response.contents if response is not None else ():
        case (content,) if content.codec is ir.Codec.JSON:
            return content.type
        case _:
            return None


def _answers(tried: Tried, bench: Bench) -> Iterator[Code]:
    for code, response in tried.answers:
        kind = json_kind(response)
        if kind is not None:
            yield Code(f"{code}: {bench.kinds[kind]}")
        elif response is None or not response.contents:
            yield Code(f"{code}: None")


def _others(tried: Tried, bench: Bench) -> Iterator[Doc]:
    """Return answers that are not JSON, or not always, and what each means."""
    for code, response in tried.answers:
        contents = response.contents if response is not None else ()
        if json_kind(response) is None:
            for content in contents:
                yield from _other(code, content, bench)


def _other(code: int, content: ir.Content, bench: Bench) -> Iterator[Doc]:
    kind = content.media_type.raw.replace("*", "x-any")
    match content.codec, content.type:
        case (ir.Codec.TEXT, None):
            received, value = bytes_literal(_ANSWER.encode()), literal(Text(_ANSWER))
        case (ir.Codec.BYTES, _):
            received = value = bytes_literal(b"\x00\xff")
        case (ir.Codec.JSON, None):
            received, value = bytes_literal(b'{"a": [1]}'), Code('{"a": [1]}')
        case (codec, type_) if type_ is not None:
            first_pair = Code(f"{bench.kinds[type_]}.first")
            received, value = Code(f"{first_pair}.content"), Code(f"{first_pair}.value")
            if codec is ir.Codec.TEXT:
                first = next(pairs(type_, bench))
                received = bytes_literal(str(first.sample.received).encode())
        case _:
            return
    headers = Group(Code("{"), (pair("Content-Type", kind),), Code("}"), display=True)
    answer = Group(Code("Answer("), (Code(f"{code}"), received, headers), Code(")"))
    yield Group(Code("("), (answer, value), Code(")"), display=True)


def _failures(operation: ir.Operation, bench: Bench) -> Iterator[Code]:
    """Return statuses of failures of which the document describes the JSON."""
    exact = {r.status.code for r in operation.responses if isinstance(r.status, ir.Exact)}
    ranges = {r.status.hundred for r in operation.responses if isinstance(r.status, ir.Range)}
    for _, response in failures(operation):
        kind = json_kind(response)
        if kind is None or kind not in bench.kinds:
            continue
        match response.status:
            case ir.Exact(code):
                yield Code(f"{code}: {bench.kinds[kind]}")
            case ir.Range(hundred):
                free = next(n for n in range(100 * hundred + 99, 0, -1) if n not in exact)
                yield Code(f"{free}: {bench.kinds[kind]}")
            case ir.Rest():
                others = (n for n in (418, 599, 399) if n not in exact and n // 100 not in ranges)
                yield from (Code(f"{n}: {bench.kinds[kind]}") for n in list(others)[:1])


def _octets(operation: ir.Operation) -> Iterator[int]:
    """Return statuses among those that are tried whose bodies are octets, whatever comes."""
    by_status = {r.status: r for r in operation.responses}
    for code in _STATUSES:
        ways = (ir.Exact(code), ir.Range(code // 100), ir.Rest())
        response = next((by_status[way] for way in ways if way in by_status), None)
        contents = response.contents if response is not None else ()
        for content in contents:
            is_any = len(contents) == 1 or content.media_type.raw == "*/*"
            if content.codec is ir.Codec.BYTES and is_any:
                yield code


def _row(doc: Doc) -> Code:
    """Return an item of the list of operations, its first line to be printed at an indent."""
    return Code(block(doc, 4))


def _sent(request: Request, call: str, secrets: tuple[str, ...]) -> Doc:
    positional = [_value(g, secrets) for g in request.given if _is_positional(g)]
    positional += [request.body.sample.python] if request.body is not None else []
    named = [
        prefixed(Code(f"{g.name}="), _value(g, secrets))
        for g in request.given
        if not _is_positional(g)
    ]
    if request.body is not None and request.body.chosen:
        named.append(Code(f"content_type={literal(Text(request.body.chosen))}"))
    ask = Group(Code(f"{call}("), (*positional, *named), Code(")"))
    more: list[Doc] = []
    if request.content is not None:
        more.append(bytes_literal(request.content))
    if request.headers:
        pairs = tuple(pair(*header) for header in request.headers)
        more.append(Group(Code("headers={"), pairs, Code("}"), display=True))
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
