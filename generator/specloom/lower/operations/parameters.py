"""Parameters: what callers choose of a URL, of headers and of cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom import ir
from specloom.diagnostics import Diagnostic, Refused
from specloom.document.operation import Operation
from specloom.document.parameter import Notation, Parameter
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.meaning.secrets import is_secret
from specloom.lower.meaning.wording import worded
from specloom.lower.operations.keys import is_idempotency_key
from specloom.lower.operations.notation import writing
from specloom.lower.schemas.defaults import lower_default
from specloom.lower.schemas.files import as_text
from specloom.lower.schemas.schemas import lower_definition, lower_mention
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.tokens import is_token
from specloom.values import EMPTY, Text

_HOLE = re.compile(r"\{([^{}]*)\}")
_NOT_OURS = {
    "accept": "the content types of the answers decide",
    "content-type": "the body decides",
    "authorization": "the security scheme decides",
}
"""OpenAPI 3.2.0, "Parameter Locations": definitions of these are ignored."""
FRAMING = ("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer")
"""What the transport writes: of another's making they would take a message apart elsewhere."""
_PLAIN = Notation(style=None, explode=None, reserved=False, media_type=None)


def lower_parameters(operation: Operation, site: Site) -> Lowering[tuple[ir.Parameter, ...]]:
    """Return the parameters that have a meaning: those in the path stand in its order, first."""
    yield from _ignored(operation)
    named = [p for p in _in_order(operation) if is_sendable(p)]
    found = yield from each(_parameter(parameter, site) for parameter in named)
    _check_querystring(found)
    yield from _empty(found)
    return tuple(p for p in found if not _is_null(p))


def _in_order(operation: Operation) -> Iterator[Parameter]:
    holes = tuple(dict.fromkeys(_HOLE.findall(operation.path.raw)))
    declared = {p.name.raw: p for p in operation.parameters if p.location == "path"}
    for hole in holes:
        yield declared.get(hole) or _undeclared(hole, operation)
    for parameter in operation.parameters:
        if parameter.location != "path" and not _reason(parameter):
            yield parameter


def _reason(parameter: Parameter) -> str:
    """Return why a header of the document is not the caller's; empty where it is."""
    if parameter.location != "header":
        return ""
    name = parameter.name.raw.lower()
    return "the transport decides" if name in FRAMING else _NOT_OURS.get(name, "")


def _ignored(operation: Operation) -> Iterator[Diagnostic]:
    for parameter in operation.parameters:
        if reason := _reason(parameter):
            message = f"the header `{shown(parameter.name)}` is not a parameter: {reason}"
            yield finding("ignored-header", parameter.at.step("name"), message)


def is_sendable(parameter: Parameter) -> bool:
    """Return whether a message can hold a parameter of this name (RFC 9110, section 5.6.2)."""
    in_head = parameter.location in ("header", "cookie")
    return not in_head or is_token(parameter.name.raw)


def _is_null(parameter: ir.Parameter) -> bool:
    """Return whether nothing but null fits, or lists of it (RFC 6570, section 2.3: no text)."""
    type_ = parameter.type
    while isinstance(type_, ir.Array | ir.Checked):
        type_ = type_.of if isinstance(type_, ir.Checked) else type_.item
    return isinstance(parameter.writing, ir.Styled) and type_ == ir.Scalar(ir.ScalarKind.NULL)


def _empty(parameters: tuple[ir.Parameter, ...]) -> Iterator[Diagnostic]:
    for parameter in filter(_is_null, parameters):
        if parameter.location is ir.Location.PATH:
            message = "nothing but null fits this part of the path, and null has no text"
            raise Refused(finding("null-path-parameter", parameter.at, message))
        message = f"`{shown(parameter.wire_name)}` can be nothing but null: it is left out"
        yield finding("null-parameter", parameter.at, message)


def _undeclared(name: str, operation: Operation) -> Parameter:
    return Parameter(
        at=operation.at,
        name=Text(name),
        location="path",
        required=True,
        description=EMPTY,
        deprecated=False,
        schema=None,
        notation=_PLAIN,
    )


def _parameter(parameter: Parameter, site: Site) -> Lowering[ir.Parameter]:
    location = ir.Location(parameter.location)
    schema = parameter.schema
    written = writing(parameter.notation, location, parameter.at)
    is_json = written == ir.Serialized(ir.Codec.JSON)
    type_: ir.Type = ir.Anything() if is_json else ir.Scalar(ir.ScalarKind.STRING)
    default, secret, description = None, False, parameter.description
    if schema is not None:
        said = worded(schema, site.document)
        type_ = yield from lower_type(parameter, site)
        default = yield from lower_default(said, site)
        secret = is_secret(parameter.name, schema, (), site.document)
        description = description if description.raw.strip() else said.description
    return ir.Parameter(
        wire_name=parameter.name,
        hint=parameter.hint,
        location=location,
        writing=written,
        type=type_,
        required=parameter.required,
        default=None if parameter.required else default,
        secret=secret,
        is_idempotency_key=is_idempotency_key(parameter, site.document),
        docs=ir.Docs(description=description, deprecated=parameter.deprecated),
        at=parameter.at,
    )


def lower_type(parameter: Parameter, site: Site) -> Lowering[ir.Type]:
    """Return the type of a parameter or a header that has a schema."""
    schema = parameter.schema
    assert schema is not None
    within = site.within(parameter.name)
    type_ = as_text((yield from lower_mention(schema, within)))
    if not _needs_codecs(type_):
        return type_
    id_ = ir.TypeId(schema.at.pointer)
    yield from lower_definition(schema, id_, (within.hint,), site)
    return ir.Ref(id_)


def _check_querystring(parameters: tuple[ir.Parameter, ...]) -> None:
    """OpenAPI 3.2.0, "Parameter Locations": a whole query string stands alone."""
    whole = [p for p in parameters if p.location is ir.Location.QUERYSTRING]
    others = [p for p in parameters if p.location is ir.Location.QUERY]
    if len(whole) > 1 or (whole and others):
        message = "`in: querystring` is the whole query: no other parameter can stand in it"
        raise Refused(finding("whole-query", whole[-1].at.step("in"), message))


def _needs_codecs(type_: ir.Type) -> bool:
    """Return whether a parameter needs codecs of its own: for lists of an enum, and where a codec
    alone can ask what it is, as it asks for a pattern."""
    match type_:
        case ir.Checked(of, checks):
            of_json = any(isinstance(check, ir.Holds | ir.Exclusive) for check in checks)
            return of_json or _needs_codecs(of)
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of):
            return not isinstance(of, ir.Scalar | ir.Anything | ir.Ref)
        case _:
            return False
