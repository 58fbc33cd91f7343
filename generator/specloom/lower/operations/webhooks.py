"""Webhooks as a whole: what any of them brings is one type, where it can be told which it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from specloom import ir
from specloom.diagnostics import Diagnostic, Related
from specloom.document.incoming import Incoming
from specloom.document.node import Node
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.draft import Draft, Lowering, Site
from specloom.lower.operations.telling import Teller, header_that_tells, signing_of
from specloom.lower.schemas.overlaps import witness
from specloom.lower.schemas.schemas import lower_definition
from specloom.pointers import escaped, fragment
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.unions import Schemas
from specloom.values import Place, Text
from specloom.verdict import Evidence, Verdict

_NAME = Text("webhook payload")
_TOLD = (Evidence.PROVEN, Evidence.DECLARED, Evidence.CONVENTION)


@dataclass(frozen=True, slots=True)
class Brought:
    """A webhook that brings JSON of some type."""

    written: Incoming
    request: ir.Incoming
    payload: ir.TypeId
    at: Place


@dataclass(frozen=True, slots=True)
class _Joined:
    """What several webhooks bring, as one type."""

    id: ir.TypeId
    drafts: tuple[Draft, ...]
    verdict: Verdict | None
    """None: they all bring one type."""
    is_anything: bool = False

    @property
    def is_told(self) -> bool:
        if self.verdict is None:
            return not self.is_anything
        return self.verdict.evidence in _TOLD


def lower_webhooks(
    requests: Iterable[ir.Incoming], document: Document, schemas: Schemas
) -> Lowering[ir.Webhooks | None]:
    """Return how webhooks are told apart, and yield the types of what several of them bring."""
    brought = yield from _brought(requests, document)
    if not brought:
        return None
    at = brought[0].written.home
    telling = yield from _telling(brought, at, document, schemas)
    signing, signatures = signing_of([one.written for one in brought])
    return ir.Webhooks(telling=telling, signing=signing, signatures=signatures, at=at)


def _telling(
    brought: tuple[Brought, ...], at: Place, document: Document, schemas: Schemas
) -> Lowering[ir.Telling]:
    header = header_that_tells([one.written for one in brought])
    if header is not None:
        # it is what the sender says: what is unknown might bring what something known does
        events = _events(header, brought, document, schemas)
        if events is not None:
            yield from (draft for _, drafts in events for draft in drafts)
            yield from _doubtful(header, brought)
            told = tuple(event for event, _ in events)
            return ir.ByHeader(
                header=header.name,
                events=told,
                is_shown=header.is_shown,
                parameters=header.parameters,
            )
    id_ = ir.TypeId(at.pointer)
    whole = _joined(id_, brought, _NAME, at, Site(document, schemas, id_))
    if whole.is_told:
        yield from whole.drafts
        return ir.ByPayload(whole.id)
    yield _alike(whole, brought, at)
    return ir.ByAddress(tuple((one.request.id, one.payload) for one in brought))


def _brought(requests: Iterable[ir.Incoming], document: Document) -> Lowering[tuple[Brought, ...]]:
    """Return the webhooks that bring JSON; yield what is to be said of others."""
    written = {one.operation.address: one for one in document.incoming}
    found: list[Brought] = []
    for request in requests:
        if request.caller is not None:
            continue
        content = _json(request)
        if content is not None and content.type is not None:
            one = written[request.id.address]
            found.append(Brought(one, request, content.type, content.at))
            continue
        what = "brings nothing" if request.body is None else "brings no JSON of a type"
        message = f"the webhook `{shown(request.key)}` {what}: it is not among what is parsed"
        yield finding("webhook-unread", request.at.at_key(), message)
    return tuple(found)


def _json(request: ir.Incoming) -> ir.Content | None:
    contents = request.body.contents if request.body is not None else ()
    found = (c for c in contents if c.codec is ir.Codec.JSON and c.opaque is None)
    return next(found, None)


def _joined(
    id_: ir.TypeId, brought: Sequence[Brought], name: Text, at: Place, site: Site
) -> _Joined:
    """Return what webhooks bring as one type: a union, judged as any other."""
    payloads = {one.payload: one.at for one in brought}
    mentions = tuple(_mention(id_, at, site.document.root) for id_, at in payloads.items())
    empty = Node({}, at, site.document.root.root)
    union = Schema(at=at, any_of=mentions, node=empty)
    found = list(lower_definition(union, id_, (ir.Said(name),), site))
    drafts = tuple(replace(one, at=at) for one in found if isinstance(one, Draft))
    shape = next(draft.shape for draft in drafts if draft.id == id_)
    match shape:
        case ir.Union(verdict=verdict):
            return _Joined(id_, drafts, verdict)
        case ir.Alias(of):
            is_anything = isinstance(of.of if isinstance(of, ir.Checked) else of, ir.Anything)
            return _Joined(id_, drafts, None, is_anything=is_anything)
        case ir.Object():
            return _Joined(id_, drafts, None)


def _mention(id_: ir.TypeId, at: Place, root: Node) -> Schema:
    reference = fragment(id_.address)
    return Schema(at=at, reference=reference, node=Node({"$ref": reference}, at, root.root))


def _events(
    header: Teller, brought: Sequence[Brought], document: Document, schemas: Schemas
) -> tuple[tuple[ir.Event, tuple[Draft, ...]], ...] | None:
    """Return what comes with each value of a header; None where that is not told apart."""
    found: list[tuple[ir.Event, tuple[Draft, ...]]] = []
    for value, numbers in header.events:
        own = [brought[number] for number in numbers]
        at = own[0].written.operation.at
        if len({one.payload for one in own}) == 1:
            found.append((ir.Event(value, own[0].payload, at), ()))
            continue
        address = f"{own[0].written.home.pointer}/({header.name.raw.lower()})"
        id_ = ir.TypeId(f"{address}/{escaped(value.raw)}")
        name = Text(f"{value.raw} payload")
        joined = _joined(id_, own, name, at, Site(document, schemas, id_))
        if not joined.is_told:
            return None
        found.append((ir.Event(value, id_, at), joined.drafts))
    return tuple(found)


def _doubtful(header: Teller, brought: Sequence[Brought]) -> Iterator[Diagnostic]:
    for number, said in header.doubtful:
        key = shown(brought[number].request.key)
        message = f"`{shown(said.values[0])}`, for an example, does not begin the name `{key}`"
        told = f"what `{shown(header.name)}` says of it is not known, and it comes as unknown"
        yield finding("webhook-event", said.at, f"{message}: {told}")


def _alike(whole: _Joined, brought: tuple[Brought, ...], at: Place) -> Diagnostic:
    message = "what webhooks bring does not tell which of them it is"
    related: tuple[Related, ...] = ()
    if whole.verdict is not None and whole.verdict.overlaps:
        found = whole.verdict.overlaps[0]
        first, second = (brought[n] for n in (found.first, found.second))
        keys = (f"`{shown(one.request.key)}`" for one in (first, second))
        message = f"{' and '.join(keys)} may both bring {witness(found.witness.raw)}"
        related = tuple(Related(one.at, shown(one.request.key)) for one in (first, second))
    message += ": there is a function for each webhook, and none for all of them"
    hint = "they would differ with a required constant of its own in each"
    return finding("webhooks-alike", at.at_key(), message, hint, related)
