"""Token endpoints, put together of the operations and the flows that speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

from specloom import ir
from specloom.lower.tokens.grants import grants_of, requests_of
from specloom.values import Text

_CODE, _REFRESH = ir.Grant.AUTHORIZATION_CODE, ir.Grant.REFRESH_TOKEN
_BASIC, _BODY, _NONE = ir.ClientAuthentication
_MEMBERS = {_CODE: Text("code"), _REFRESH: Text("refresh_token")}
"""What a form has for a grant, where it leaves open which grants there are."""
_ID, _SECRET = Text("client_id"), Text("client_secret")


def token_sources(
    operations: Iterable[ir.Operation],
    schemes: Sequence[ir.SecurityScheme],
    definitions: Iterable[ir.Definition],
) -> tuple[ir.TokenSource, ...]:
    """Return where tokens can be got by the grants of RFC 6749, operations first."""
    known = {definition.id: definition for definition in definitions}
    flows = [(scheme, flow) for scheme in schemes for flow in scheme.flows]
    basic = frozenset(scheme.key for scheme in schemes if isinstance(scheme.by, ir.Basic))
    bearers = [scheme.key for scheme in schemes if isinstance(scheme.by, ir.Bearer)]
    found: list[ir.TokenSource] = []
    for operation in operations:
        if operation.is_token_endpoint:
            groups = _agreeing(pair for pair in flows if _is_at(pair[1], operation))
            own = groups[0] if groups else []
            source = _of_operation(operation, [flow for _, flow in own], basic, known)
            if source is not None:
                keys = [scheme.key for scheme, _ in own] or bearers
                found.append(replace(source, credential=next(iter(keys), None)))
                taken = frozenset(own)
                flows = [pair for pair in flows if pair not in taken]
    rest = (_of_flows(own[0][0].key, [flow for _, flow in own]) for own in _agreeing(flows))
    return (*found, *rest)


_Pair: TypeAlias = tuple[ir.SecurityScheme, ir.Flow]
_Address: TypeAlias = tuple[Text | None, Text | None]


def _agreeing(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """Return flows, those together that say the same of all addresses: each with the first ones."""
    found: list[list[_Pair]] = []
    known: dict[Text, dict[int, _Address]] = {}  # at a token endpoint: what a group says besides
    for pair in pairs:
        flow = pair[1]
        said = (flow.refresh_url, flow.authorization_url)
        groups = known.setdefault(flow.token_url, {})
        agreeing = (n for n, others in groups.items() if all(map(_agree, said, others)))
        number = next(agreeing, len(found))
        if number == len(found):
            found.append([])
            groups[number] = said
        found[number].append(pair)
        refresh, authorization = groups[number]
        groups[number] = (refresh or said[0], authorization or said[1])
    return found


def _agree(one: Text | None, other: Text | None) -> bool:
    return one is None or other is None or one == other


def _is_at(flow: ir.Flow, operation: ir.Operation) -> bool:
    """Return whether a flow means an operation: what stands before is a matter of servers."""
    path = operation.path.raw.rstrip("/")
    return bool(path) and urlsplit(flow.token_url.raw).path.rstrip("/").endswith(path)


def _of_operation(
    operation: ir.Operation,
    flows: list[ir.Flow],
    basic: frozenset[Text],
    known: Mapping[ir.TypeId, ir.Definition],
) -> ir.TokenSource | None:
    """Return what an operation offers; None where it is no form, or is for other grants."""
    content = operation.body.contents[0] if operation.body is not None else None
    if content is None or content.codec is not ir.Codec.FORM or content.type is None:
        return None
    requests = tuple(requests_of(operation, known))
    offered = {grant: tuple(_that_take(grant, requests, flows, known)) for grant in ir.Grant}
    grants = tuple(grant for grant, taking in offered.items() if taking)
    if not grants or content.encodings:
        return None
    taking = tuple(dict.fromkeys(one for each in offered.values() for one in each))
    return ir.TokenSource(
        key=operation.operation_id or operation.path,
        credential=None,
        operation=operation.id,
        token_url=operation.path,
        refresh_url=_first(flow.refresh_url for flow in flows),
        authorization_url=_first(flow.authorization_url for flow in flows),
        grants=grants,
        authentications=tuple(_authentications(operation, taking, basic)),
        scopes=_scopes(flows),
        request=content.type,
        address=operation.id.address,
    )


def _that_take(
    grant: ir.Grant,
    requests: Iterable[ir.Object],
    flows: Iterable[ir.Flow],
    known: Mapping[ir.TypeId, ir.Definition],
) -> Iterator[ir.Object]:
    """Return the forms that are for a grant."""
    for request in requests:
        listed = grants_of(request, known)
        names = {property_.wire_name for property_ in request.properties}
        is_meant = any(flow.grant is grant for flow in flows) or _MEMBERS.get(grant) in names
        if grant.value in listed if listed is not None else is_meant:
            yield request


def _authentications(
    operation: ir.Operation, requests: tuple[ir.Object, ...], basic: frozenset[Text]
) -> Iterator[ir.ClientAuthentication]:
    """Return how clients say who they are, as far as a document tells; else as RFC 6749 has it."""
    members = {p.wire_name for request in requests for p in request.properties}
    needed = {p.wire_name for request in requests for p in request.properties if p.required}
    is_basic = any(key in basic for one in operation.security for key in one.schemes)
    says_nothing = not is_basic and _SECRET not in members
    if (is_basic or says_nothing) and needed.isdisjoint((_ID, _SECRET)):
        yield _BASIC
    if _SECRET in members or says_nothing:
        yield _BODY
    if any(not _needs(request, _SECRET) for request in requests):
        yield _NONE


def _needs(request: ir.Object, name: Text) -> bool:
    return any(p.required for p in request.properties if p.wire_name == name)


def _of_flows(key: Text, flows: list[ir.Flow]) -> ir.TokenSource:
    """Return the endpoint that flows have in common: nothing is known of its requests."""
    has = {flow.grant for flow in flows}
    first = flows[0]
    return ir.TokenSource(
        key=key,
        credential=key,
        operation=None,
        token_url=first.token_url,
        refresh_url=_first(flow.refresh_url for flow in flows),
        authorization_url=_first(flow.authorization_url for flow in flows),
        grants=tuple(g for g in ir.Grant if g in has or (g is _REFRESH and _CODE in has)),
        authentications=(_BASIC, _BODY, _NONE),
        scopes=_scopes(flows),
        address=first.at.pointer,
    )


def _first(urls: Iterable[Text | None]) -> Text | None:
    return next((url for url in urls if url is not None), None)


def _scopes(flows: Iterable[ir.Flow]) -> tuple[ir.Scope, ...]:
    """Return scopes, each once: what is said first of it counts."""
    found: dict[Text, ir.Scope] = {}
    for flow in flows:
        for scope in flow.scopes:
            found.setdefault(scope.name, scope)
    return tuple(found.values())
