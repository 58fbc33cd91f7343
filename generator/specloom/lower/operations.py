"""Operations: what is asked, with what, and what comes back."""

from __future__ import annotations

import re

from specloom import ir
from specloom.document.content import MediaType, RequestBody, Response
from specloom.document.node import pointer_tokens
from specloom.document.operation import Operation
from specloom.document.parameter import Parameter
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.nulls import split_null
from specloom.lower.schemas import lower_default, lower_definition, lower_mention, shared_name
from specloom.lower.secrets import is_secret
from specloom.lower.security import lower_security
from specloom.rules.support import codec_of
from specloom.values import EMPTY, Text

_HOLE = re.compile(r"\{([^{}]*)\}")
_SHARED = {"requestBodies": "body", "responses": "response"}
_CODECS = {codec.value: codec for codec in ir.Codec}


def lower_operation(operation: Operation, document: Document) -> Lowering[ir.Operation]:
    """Return an operation; raise Refused where one of its parts cannot be lowered yet."""
    id_ = ir.OperationId(operation.at.pointer)
    site = Site(document, id_)
    body = operation.body
    parameters = yield from each(_parameter(p, site) for p in _parameters(operation))
    responses = yield from each(_response(r, site) for r in operation.responses)
    return ir.Operation(
        id=id_,
        operation_id=operation.operation_id,
        group=operation.tags[0] if operation.tags else None,
        method=operation.method,
        path=operation.path,
        parameters=parameters,
        body=None if body is None else (yield from _body(body, site)),
        responses=responses,
        security=lower_security(operation, document),
        docs=ir.Docs(
            summary=operation.summary,
            description=operation.description,
            deprecated=operation.deprecated,
        ),
        at=operation.at,
    )


def _parameters(operation: Operation) -> tuple[Parameter, ...]:
    """Return the parameters that have a meaning: those in the path stand in its order, first."""
    holes = tuple(dict.fromkeys(_HOLE.findall(operation.path.raw)))
    declared = {p.name.raw: p for p in operation.parameters if p.location == "path"}
    in_path = tuple(declared.get(hole) or _undeclared(hole, operation) for hole in holes)
    return in_path + tuple(p for p in operation.parameters if p.location == "query")


def _undeclared(name: str, operation: Operation) -> Parameter:
    return Parameter(
        at=operation.at,
        name=Text(name),
        location="path",
        required=True,
        description=EMPTY,
        deprecated=False,
        schema=None,
    )


def _parameter(parameter: Parameter, site: Site) -> Lowering[ir.Parameter]:
    schema, location = parameter.schema, ir.Location(parameter.location)
    type_: ir.Type = ir.Scalar(ir.ScalarKind.STRING)
    default, secret = None, False
    if schema is not None:
        type_ = yield from lower_mention(schema, site.within(parameter.name))
        if _needs_codecs(type_):
            id_ = ir.TypeId(schema.at.pointer)
            yield from lower_definition(schema, id_, (site.within(parameter.name).hint,), site)
            type_ = ir.Ref(id_)
        default = yield from lower_default(schema, site)
        secret = is_secret(parameter.name, schema, (), site.document)
    return ir.Parameter(
        wire_name=parameter.name,
        location=location,
        type=type_,
        required=parameter.required,
        default=None if parameter.required else default,
        secret=secret,
        docs=ir.Docs(description=parameter.description, deprecated=parameter.deprecated),
        at=parameter.at,
    )


def _needs_codecs(type_: ir.Type) -> bool:
    """Return whether a parameter holds types that need codecs of their own: lists of an enum."""
    match type_:
        case ir.Checked(of, _):
            return _needs_codecs(of)
        case ir.Nullable(of) | ir.Array(of) | ir.Map(of):
            return not isinstance(of, ir.Scalar | ir.Anything | ir.Ref)
        case _:
            return False


def _body(body: RequestBody, site: Site) -> Lowering[ir.Body | None]:
    if not body.content:
        return None
    content = yield from _content(body.content[0], site.within(Text("body")))
    return ir.Body(
        content=content,
        required=body.required,
        docs=ir.Docs(description=body.description),
        at=body.at,
    )


def _response(response: Response, site: Site) -> Lowering[ir.Response]:
    """Lower a response; the content of a failure that is not JSON is left to the caller."""
    words = (
        (Text("response"),)
        if response.status.startswith("2")
        else (Text("error"), Text(response.status))
    )
    media_type = next(
        (m for m in response.content if codec_of(m.name.raw) == "json" and m.schema), None
    )
    content = None
    if media_type is not None:
        content = yield from _content(media_type, site.within(*words))
    return ir.Response(
        status=_status(response.status),
        content=content,
        docs=ir.Docs(description=response.description),
        at=response.at,
    )


def _status(text: str) -> ir.Status:
    if text == "default":
        return ir.Rest()
    return ir.Range(int(text[0])) if text.endswith("XX") else ir.Exact(int(text))


def _content(media_type: MediaType, site: Site) -> Lowering[ir.Content]:
    schema = media_type.schema
    codec = _CODECS[codec_of(media_type.name.raw) or ""]
    assert schema is not None
    return ir.Content(
        media_type=media_type.name,
        codec=codec,
        type=(yield from _named(schema, site)),
        at=media_type.at,
    )


def _named(schema: Schema, site: Site) -> Lowering[ir.TypeId]:
    """Return the definition of a body: the component it is, or one of its own."""
    nullable, core = split_null(schema)
    if core.reference is not None and not nullable and not core.bounds:
        mentioned = yield from lower_mention(core, site)
        if isinstance(mentioned, ir.Ref):
            return mentioned.target
    id_ = ir.TypeId(schema.at.pointer)
    yield from lower_definition(schema, id_, (*_said(schema), *shared_name(core), site.hint), site)
    return id_


def _said(schema: Schema) -> tuple[ir.Said, ...]:
    """Return the names that a shared body or answer may have: that of its component, and more."""
    match pointer_tokens(f"#{schema.at.pointer}"):
        case ("components", kind, key, *_) if kind in _SHARED:
            return tuple(ir.Said(Text(name)) for name in (key, f"{key} {_SHARED[kind]}"))
        case _:
            return ()
