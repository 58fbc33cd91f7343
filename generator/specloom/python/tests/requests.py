"""What leaves when an operation is called: arguments in Python, the URL, the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import Code
from specloom.graph import named
from specloom.python.client.arguments import argument_default
from specloom.python.client.bodies import needs_type
from specloom.python.client.forms import target_of
from specloom.python.defaults import UNSET
from specloom.python.files import is_file
from specloom.python.layout import Doc
from specloom.python.literals import literal
from specloom.python.sample import Sample, Spot, tree_doc
from specloom.python.tests import wire
from specloom.python.tests.breaches import breaches
from specloom.python.tests.fitting import failure
from specloom.python.tests.misfits import Misfit, path, positions, unwritable
from specloom.python.tests.pairs import Bench, pairs
from specloom.python.tests.proofs import proofs
from specloom.values import Text

_TEXT = "body &=+%"
_PLAIN = re.compile(r"[!#-+\--:<-\[\]-~]*|[!-~]([ -~]*[!-~])?")


@dataclass(frozen=True, slots=True)
class Given:
    """An argument of a call."""

    parameter: ir.Parameter
    name: Code
    sample: Sample


@dataclass(frozen=True, slots=True)
class BodyPair:
    """A body that is tried, and as what."""

    content: ir.Content
    sample: Sample
    chosen: str
    """The `content_type` that asks for it; empty where it goes without saying."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call, and what leaves."""

    given: tuple[Given, ...]
    body: BodyPair | None
    url: str
    headers: tuple[tuple[str, str], ...]
    """But those that every request of the operation has."""
    content: bytes | None


def requests(operation: ir.Operation, base: str, bench: Bench) -> tuple[Request, ...]:
    """Return the calls that are tried: all that may be given, then the least with every body.

    Empty where something that must be given has no sample, or cannot be sent.
    """
    every = _given(operation, bench)
    least = tuple(g for g in every if _is_always_given(g.parameter))
    needed = sum(map(_is_always_given, operation.parameters))
    bodies = tuple(_bodies(operation, bench))
    if len(least) < needed or not bodies:
        return ()
    tried = [(every, bodies[0])]
    tried += [(least, body) for body in bodies if (least, body) != tried[0]]
    try:
        return tuple(requested(operation, given, body, base, bench) for given, body in tried)
    except UnicodeEncodeError:
        return ()


def _is_always_given(parameter: ir.Parameter) -> bool:
    """Return whether nobody knows what leaves without it: a key is another each time."""
    return parameter.required or parameter.is_idempotency_key


def _given(operation: ir.Operation, bench: Bench) -> tuple[Given, ...]:
    found: list[Given] = []
    for number, p in enumerate(operation.parameters):
        name = bench.world.names.parameters[operation.id, p.location, p.wire_name]
        sample = _argument(p, spot(p, name, number), bench)
        if sample is not None and not _is_lost(p, sample):
            found.append(Given(p, name, sample))
    return tuple(found)


def _argument(parameter: ir.Parameter, at: Spot, bench: Bench) -> Sample | None:
    """Return a sample of an argument; an object in full, or nothing might be left of it."""
    type_ = bench.world.resolved(parameter.type)
    if isinstance(type_, ir.Ref) and type_.target in bench.samples.constants:
        built = bench.samples.built(type_.target, full=True)
        if built is not None:
            return replace(built, python=bench.samples.constants[type_.target][0])
    return bench.samples.of(parameter.type, at)


def spot(parameter: ir.Parameter, name: Code, number: int) -> Spot:
    avoided = None if parameter.default is None else parameter.default.value.value
    if parameter.location is ir.Location.PATH:
        avoided = ""  # a part of a path is never empty
    plain = parameter.location in (ir.Location.HEADER, ir.Location.COOKIE)
    return Spot(name, number, avoided, parameter.secret, plain)


def _is_lost(parameter: ir.Parameter, sample: Sample) -> bool:
    """Return whether a sample cannot stand in its place: nothing in a path, blanks in a header."""
    match parameter.location:
        case ir.Location.PATH:
            return sample.written is None or sample.written in ([], {})
        case ir.Location.HEADER | ir.Location.COOKIE:
            return _PLAIN.fullmatch(wire.header(sample.written, parameter.writing)) is None
        case _:
            return False


def _bodies(operation: ir.Operation, bench: Bench) -> Iterator[BodyPair | None]:
    body = operation.body
    if body is None:
        yield None
        return
    for number, content in enumerate(body.contents):
        media_type = content.media_type.raw
        chosen = media_type if number or needs_type(content) else ""
        if "*" in chosen:
            chosen = f"{chosen.partition('/')[0].replace('*', 'application')}/x-tried"
        for sample in _body_samples(content, bench):
            yield BodyPair(content, sample, chosen)
    if not body.required:
        yield None


def _body_samples(content: ir.Content, bench: Bench) -> Iterator[Sample]:
    if content.type is not None:
        is_form = content.codec in (ir.Codec.FORM, ir.Codec.MULTIPART)
        for pair in pairs(content.type, bench):
            if pair.is_sent and not (is_form and not isinstance(pair.sample.written, dict)):
                yield Sample(pair.sample.received, pair.python, pair.sample.written)
    elif content.codec is ir.Codec.BYTES:
        yield Sample(_TEXT, Code(ascii(_TEXT.encode()).replace("'", '"')), _TEXT)
    elif content.codec is ir.Codec.TEXT:
        yield Sample(_TEXT, literal(Text(_TEXT)), _TEXT)
    else:
        yield Sample({"a": [1]}, tree_doc({"a": [1]}), {"a": [1]})


def requested(
    operation: ir.Operation,
    given: tuple[Given, ...],
    body: BodyPair | None,
    base: str,
    bench: Bench,
) -> Request:
    """Return what leaves of a call."""
    samples = {(g.parameter.location, g.parameter.wire_name): g.sample for g in given}
    by_place: dict[ir.Location, dict[str, wire.Value]] = {place: {} for place in ir.Location}
    for p in operation.parameters:
        sample = samples.get((p.location, p.wire_name))
        if sample is not None:
            by_place[p.location][p.wire_name.raw] = sample.written, p.writing
        elif p.default is not None and argument_default(p, bench.world) not in (None, UNSET):
            by_place[p.location][p.wire_name.raw] = p.default.value.value, p.writing
    asked = proofs(operation, bench.world)
    query = [wire.query(by_place[ir.Location.QUERY])]
    query += [wire.whole(*value) for value in by_place[ir.Location.QUERYSTRING].values()]
    told = "&".join(part for part in (*query, *asked.query) if part)
    url = base + wire.path(operation.path.raw, by_place[ir.Location.PATH])
    content_type, content = _content(body, operation.switch, bench)
    headers = [("Content-Type", content_type)] if content_type else []
    for name, value in by_place[ir.Location.HEADER].items():
        written = wire.header(*value)
        if written or value[0] == "":
            headers.append((name, written))
    cookies = (wire.cookies(by_place[ir.Location.COOKIE]), *asked.cookies)
    if told_cookies := "; ".join(part for part in cookies if part):
        headers.append(("Cookie", told_cookies))
    mark = "&" if "?" in operation.path.raw else "?"
    return Request(given, body, f"{url}{mark}{told}" if told else url, tuple(headers), content)


def _content(body: BodyPair | None, switch: Text | None, bench: Bench) -> tuple[str, bytes | None]:
    """Return the content type and the content of a body."""
    if body is None:
        return "", None
    content, written = body.content, body.sample.written
    media_type = body.chosen or content.media_type.raw
    match content.codec:
        case ir.Codec.JSON:
            if switch is not None and isinstance(written, dict):
                written = {**written, switch.raw: True}
            return media_type, wire.json_bytes(written)
        case ir.Codec.FORM:
            ways = {e.wire_name.raw: e.writing for e in content.encodings if e.writing is not None}
            return "application/x-www-form-urlencoded", wire.form_bytes(written, ways)
        case ir.Codec.MULTIPART:
            files = _files(content, bench)
            return wire.multipart(written, files, {e.wire_name.raw: e for e in content.encodings})
        case ir.Codec.TEXT:
            assert isinstance(written, str)
            named = "" if written.isascii() else "; charset=utf-8"
            return f"{media_type}{named}", written.encode()
        case ir.Codec.BYTES:
            assert isinstance(written, str)
            kind = "application/octet-stream" if "*" in media_type else media_type
            return kind, written.encode()


def _files(content: ir.Content, bench: Bench) -> tuple[str, ...]:
    """Return the names of the members of a form that are files."""
    if content.type is None:
        return ()
    target, _ = target_of(content.type, bench.world)
    shape = bench.world.definitions[target].shape
    ids = named(shape) if isinstance(shape, ir.Union) else (target,)
    found: list[str] = []
    for id_ in ids:
        of = bench.world.definitions[id_].shape
        if isinstance(of, ir.Object):
            found += (p.wire_name.raw for p in of.properties if is_file(p.type, bench.world))
    return tuple(found)


# --- what is not sent ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unsent:
    name: Code
    misfit: Misfit


def unsent(operation: ir.Operation, bench: Bench) -> Iterator[Unsent]:
    """Return arguments that are refused before anything leaves."""
    for number, p in enumerate(operation.parameters):
        name = bench.world.names.parameters[operation.id, p.location, p.wire_name]
        at = spot(p, name, number)
        for where in positions(p.type, at, (p.wire_name.raw,), bench.samples, tolerant=False):
            for broken in breaches(where, bench.samples):
                yield Unsent(name, Misfit(broken.python, broken.message))
            yield from (Unsent(name, m) for m in unwritable(where, bench.world))
        yield from (Unsent(name, m) for m in _unfit_for_paths(operation, p))


def _unfit_for_paths(operation: ir.Operation, parameter: ir.Parameter) -> Iterator[Misfit]:
    """Return what would make another path of a URL: RFC 3986, section 5.2.4."""
    inner = parameter.type.of if isinstance(parameter.type, ir.Checked) else parameter.type
    checks = parameter.type.checks if isinstance(parameter.type, ir.Checked) else ()
    hole = f"{{{parameter.wire_name.raw}}}"
    is_whole = parameter.location is ir.Location.PATH and hole in operation.path.raw.split("/")
    if not is_whole or inner != ir.Scalar(ir.ScalarKind.STRING):
        return
    for value in ("", ".", ".."):
        segment = wire.path(hole, {parameter.wire_name.raw: (value, parameter.writing)})
        if segment in ("", ".", "..") and failure(value, checks) is None:
            said = "expected a segment of a path, so not empty, . or .."
            yield Misfit(_text(value), f"{path((parameter.wire_name.raw,))}: {said}")


def _text(value: str) -> Doc:
    return literal(Text(value))
