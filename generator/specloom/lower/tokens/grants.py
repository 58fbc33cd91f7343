"""Which operations are token endpoints (RFC 6749, section 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from specloom import ir
from specloom.graph import in_body, seen_through, targets
from specloom.values import Text

GRANT_TYPE = Text("grant_type")
_GRANTS = ("authorization_code", "client_credentials", "password", "refresh_token")
"""RFC 6749, sections 4.1.3, 4.4.2, 4.3.2 and 6."""
_EXTENSION = "urn:ietf:params:oauth:grant-type:"
"""RFC 6749, section 4.5, and the registry of RFC 6755."""
_BESIDE = frozenset(
    Text(word)
    for word in (
        *("client_id", "client_secret", "client_assertion"),
        *("code", "refresh_token", "device_code", "assertion"),
    )
)
"""What stands beside a grant that may be any text, or it is a grant of something else."""


def with_token_endpoints(
    operations: Iterable[ir.Operation], definitions: Iterable[ir.Definition]
) -> Iterator[ir.Operation]:
    """Return operations, each of which knows whether it hands out tokens.

    That is known by what a request is made of. Where bodies are JSON, no RFC is followed, but
    a code can be used no more often for it.
    """
    known = {definition.id: definition for definition in definitions}
    for operation in operations:
        is_one = operation.method == "POST" and (
            any(map(_is_granted, operation.parameters))
            or any(True for _ in requests_of(operation, known))
        )
        yield replace(operation, is_token_endpoint=True) if is_one else operation


def _is_granted(parameter: ir.Parameter) -> bool:
    """Some servers would have the grant in the query."""
    is_query = parameter.location is ir.Location.QUERY
    return is_query and parameter.wire_name == GRANT_TYPE and bool(_grants(parameter.type))


def requests_of(
    operation: ir.Operation, known: Mapping[ir.TypeId, ir.Definition]
) -> Iterator[ir.Object]:
    """Return the objects among the bodies of an operation that are requests for tokens."""
    return (object_ for object_ in _objects(operation.body, known) if _is_request(object_, known))


def grants_of(
    request: ir.Object, known: Mapping[ir.TypeId, ir.Definition]
) -> tuple[str, ...] | None:
    """Return the grants of OAuth 2.0 that a request lists; None where it leaves them open."""
    for property_ in request.properties:
        if property_.wire_name == GRANT_TYPE:
            match seen_through(property_.type, known):
                case ir.Scalar(ir.ScalarKind.STRING) | ir.Anything():
                    return None
                case type_:
                    return _grants(type_)
    return ()


def _is_request(object_: ir.Object, known: Mapping[ir.TypeId, ir.Definition]) -> bool:
    listed = grants_of(object_, known)
    if listed is not None:
        return bool(listed)
    names = {property_.wire_name for property_ in object_.properties}
    return not names.isdisjoint(_BESIDE)


def _grants(type_: ir.Type) -> tuple[str, ...]:
    """Return the grants of OAuth 2.0 among the values of a type."""
    match type_:
        case ir.Literal(values):
            found = (value.value for value in values)
            return tuple(raw for raw in found if isinstance(raw, str) and _is_grant(raw))
        case ir.Nullable(of) | ir.Checked(of, _):
            return _grants(of)
        case _:
            return ()


def _is_grant(value: str) -> bool:
    return value in _GRANTS or value.startswith(_EXTENSION)


def _objects(body: ir.Body | None, known: Mapping[ir.TypeId, ir.Definition]) -> Iterator[ir.Object]:
    """Return the objects that a body may be."""
    pending, passed = list(in_body(body)), set[ir.TypeId]()
    while pending:
        id_ = pending.pop()
        if id_ in passed or id_ not in known:
            continue
        passed.add(id_)
        match known[id_].shape:
            case ir.Object() as object_:
                yield object_
            case shape:
                pending += targets(shape)
