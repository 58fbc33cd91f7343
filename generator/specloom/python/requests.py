"""What leaves when an operation is called: arguments in Python, the URL, the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import Code
from specloom.python import wire
from specloom.python.breaches import breaches
from specloom.python.fitting import failure
from specloom.python.layout import Doc
from specloom.python.literals import literal
from specloom.python.misfits import Misfit, path, positions, unwritable
from specloom.python.pairs import Bench, Pair, pairs
from specloom.python.samples import Sample, Spot
from specloom.values import Text, Tree


@dataclass(frozen=True, slots=True)
class Given:
    """An argument of a call."""

    parameter: ir.Parameter
    name: Code
    sample: Sample


@dataclass(frozen=True, slots=True)
class Request:
    """One call, and what leaves."""

    given: tuple[Given, ...]
    body: Pair | None
    url: str
    content: bytes | None


def requests(operation: ir.Operation, base: str, bench: Bench) -> tuple[Request, ...]:
    """Return the calls that are tried: all that may be given, then the least with every body.

    Empty where something that must be given has no sample, or cannot be sent.
    """
    every = _given(operation, bench)
    least = tuple(g for g in every if g.parameter.required)
    needed = sum(p.required for p in operation.parameters)
    bodies = tuple(_bodies(operation, bench))
    if len(least) < needed or not bodies:
        return ()
    tried = [(every, bodies[0])]
    tried += [(least, body) for body in bodies if (least, body) != tried[0]]
    try:
        return tuple(_request(operation, given, body, base) for given, body in tried)
    except UnicodeEncodeError:
        return ()


def _given(operation: ir.Operation, bench: Bench) -> tuple[Given, ...]:
    found: list[Given] = []
    for number, p in enumerate(operation.parameters):
        name = bench.world.names.parameters[operation.id, p.location, p.wire_name]
        sample = bench.samples.of(p.type, spot(p, name, number))
        if sample is not None and not (p.required and _is_lost(p, sample)):
            found.append(Given(p, name, sample))
    return tuple(found)


def spot(parameter: ir.Parameter, name: Code, number: int) -> Spot:
    avoided = None if parameter.default is None else parameter.default.value.value
    return Spot(name, number, avoided, parameter.secret)


def _is_lost(parameter: ir.Parameter, sample: Sample) -> bool:
    """Return whether nothing would stand in the path: an empty list, or null."""
    empty = sample.written is None or sample.written in ([], {})
    return parameter.location is ir.Location.PATH and empty


def _bodies(operation: ir.Operation, bench: Bench) -> Iterator[Pair | None]:
    if operation.body is None:
        yield None
        return
    for pair in pairs(operation.body.content.type, bench):
        if not pair.is_sent:
            continue
        if operation.body.content.codec is ir.Codec.JSON or isinstance(pair.sample.written, dict):
            yield pair
    if not operation.body.required:
        yield None


def _request(
    operation: ir.Operation, given: tuple[Given, ...], body: Pair | None, base: str
) -> Request:
    samples = {(g.parameter.location, g.parameter.wire_name): g.sample for g in given}
    by_place: dict[ir.Location, dict[str, Tree]] = {place: {} for place in ir.Location}
    for p in operation.parameters:
        sample = samples.get((p.location, p.wire_name))
        if sample is not None:
            by_place[p.location][p.wire_name.raw] = sample.written
        elif not p.required and p.default is not None:
            by_place[p.location][p.wire_name.raw] = p.default.value.value
    query = wire.query(_ordered(operation, by_place[ir.Location.QUERY]))
    url = base + wire.path(operation.path.raw, by_place[ir.Location.PATH])
    return Request(given, body, f"{url}?{query}" if query else url, _content(operation, body))


def _ordered(operation: ir.Operation, values: dict[str, Tree]) -> dict[str, Tree]:
    """Return a query as it is written: what is always there goes first."""
    always = [p for p in operation.parameters if p.required or _stands(p)]
    rest = [p for p in operation.parameters if p not in always]
    names = [p.wire_name.raw for p in (*always, *rest) if p.location is ir.Location.QUERY]
    return {name: values[name] for name in names if name in values}


def _stands(parameter: ir.Parameter) -> bool:
    default = parameter.default
    return default is not None and default.value.raw not in ("[]", "{}")


def _content(operation: ir.Operation, body: Pair | None) -> bytes | None:
    if operation.body is None or body is None:
        return None
    form = operation.body.content.codec is ir.Codec.FORM
    return (wire.form_bytes if form else wire.json_bytes)(body.sample.written)


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
        yield from (Unsent(name, m) for m in _unfit_for_paths(p))


def _unfit_for_paths(parameter: ir.Parameter) -> Iterator[Misfit]:
    """Return what would make another path of a URL: RFC 3986, section 5.2.4."""
    inner = parameter.type.of if isinstance(parameter.type, ir.Checked) else parameter.type
    checks = parameter.type.checks if isinstance(parameter.type, ir.Checked) else ()
    if parameter.location is ir.Location.PATH and inner == ir.Scalar(ir.ScalarKind.STRING):
        for value in ("", ".", ".."):
            if failure(value, checks) is None:
                said = "expected a segment of a path, so not empty, . or .."
                message = f"{path((parameter.wire_name.raw,))}: {said}"
                yield Misfit(_text(value), message)


def _text(value: str) -> Doc:
    return literal(Text(value))
