"""What the model tells of places of the document: which became something, and what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeGuard

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import WEBHOOKS, A
from specloom.document.node import Node, at_pointer, pointer_of
from specloom.document.page_hints import page_hint
from specloom.document.walk import Visit, is_reference, walk
from specloom.graph import assertions
from specloom.python.client.answers import refusals
from specloom.values import Place, Text

_UNITS = frozenset(("components", "paths", *WEBHOOKS))
"""What holds components or operations: the pointer of one is of three steps."""


@dataclass(frozen=True, slots=True)
class Facts:
    root: Node
    legacy: bool
    """OpenAPI 3.0: what stands beside `$ref` is ignored."""
    places: frozenset[str]
    """By pointer: all that something in the model stands for."""
    printed: Mapping[str, frozenset[str]]
    """By the pointer of their owner: the texts that become docstrings."""
    moved: Mapping[str, frozenset[str]]
    """The same by component or operation, of those whose owner does not say them itself."""
    naming: Mapping[str, frozenset[str]]
    """By the pointer of a definition: the words that it adds to the name of its owner."""
    called: Mapping[str, frozenset[str]]
    """By pointer: what the author would have something called."""
    told: frozenset[str]
    """By pointer: where docstrings say what values of an enum mean."""
    defaults: Mapping[str, str]
    """By pointer of a property or a parameter: the JSON that it falls back on."""
    borrowed: frozenset[str]
    """The same of those that do not say it themselves, but by what they are made of."""
    sent: frozenset[str]
    """By pointer: the definitions that are sent."""
    referred: frozenset[str]
    """The pointers that references lead to."""
    asserted: frozenset[str]
    """The pointers of components and operations in which, or of which, unions assert by trial."""
    tags: frozenset[str]
    """The properties that discriminators tell variants by."""
    nullable: frozenset[str]
    """By pointer: the definitions that null fits."""
    contents: Mapping[str, ir.Content]
    servers: Mapping[str, ir.Server]
    """By pointer: those that have a name."""
    bodies: frozenset[str]
    parameters: frozenset[str]
    """By pointer: what the requests have."""
    paged: Mapping[str, str]
    """By the pointer of an operation: the extension that says how its answers go on."""
    incoming: frozenset[str]
    """Requests of the API itself: webhooks and callbacks."""
    asking: frozenset[str]
    """The path items that these are in."""
    heard: frozenset[str]
    """By pointer: the headers that tell webhooks apart."""
    telling: frozenset[str]
    """By pointer: these, and the headers that say how webhooks are signed."""
    left_out: Mapping[str, str]
    """By pointer: the rule of a finding there."""


def facts(root: Node, api: ir.Api, findings: Iterable[Diagnostic]) -> Facts:
    said = tuple(_printed(api))
    moved = ((unit(at), text) for at, text in said if not _is_said_there(root, at, text))
    defaults = dict(_defaults(api))
    visits = tuple(walk(root))
    heard = frozenset(_heard(api.webhooks))
    signatures = () if api.webhooks is None else api.webhooks.signatures
    return Facts(
        root=root,
        legacy=(root.word("openapi") or "").startswith("3.0"),
        places=frozenset(_places(api)),
        printed=_grouped(said),
        moved=_grouped(moved),
        naming={d.at.pointer: frozenset(_words(d)) for d in api.definitions},
        called=_grouped(_called(api)),
        told=frozenset(_told(api)),
        defaults=defaults,
        borrowed=frozenset(raw for at, raw in defaults.items() if not _falls_back(root, at)),
        sent=frozenset(d.at.pointer for d in api.definitions if d.usage.sent),
        referred=frozenset(pointer_of(said) for said in _references(visits)),
        asserted=frozenset(unit(address) for address in _asserted(api)),
        tags=frozenset(_tags(visits)),
        nullable=frozenset(d.id.address for d in api.definitions if _is_nullable(d)),
        contents={c.at.pointer: c for c in _contents(api)},
        servers={s.at.pointer: s for s in api.servers},
        bodies=frozenset(o.body.at.pointer for o in api.operations if o.body is not None),
        parameters=frozenset(p.at.pointer for o in api.operations for p in o.parameters),
        paged=dict(_paged(root, api)),
        incoming=frozenset(request.at.pointer for request in api.incoming),
        asking=frozenset(r.at.pointer.rpartition("/")[0] for r in api.incoming),
        heard=heard,
        telling=heard | {at.pointer for at in signatures},
        left_out={f.at.pointer: f.rule for f in findings if isinstance(f.at, Place)},
    )


def _heard(webhooks: ir.Webhooks | None) -> Iterator[str]:
    match None if webhooks is None else webhooks.telling:
        case ir.ByHeader(parameters=parameters):
            yield from (at.pointer for at in parameters)
        case _:
            return


def unit(pointer: str) -> str:
    """Return the pointer of the component or the operation that a place is in."""
    tokens = pointer.split("/")
    return "/".join(tokens[: 4 if tokens[1:2] and tokens[1] in _UNITS else 2])


def _falls_back(root: Node, at: str) -> bool:
    """Return whether a property or a parameter has a default of its own."""
    node = at_pointer(root, at)
    schema = None if node is None else node.get("schema") or node
    return schema is not None and schema.get("default") is not None


def _is_said_there(root: Node, at: str, text: str) -> bool:
    node = at_pointer(root, at)
    return node is not None and text in (node.word("description"), node.word("summary"))


def _places(value: object) -> Iterator[str]:
    """Return the pointers of all that a model says where it is from."""
    if _is_tuple(value):
        for item in value:
            yield from _places(item)
    elif is_dataclass(value) and not isinstance(value, Text | Place | type):
        inner: list[object] = [getattr(value, field.name) for field in fields(value)]
        for each in inner:
            if isinstance(each, Place):
                yield each.pointer
            else:
                yield from _places(each)


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _printed(api: ir.Api) -> Iterator[tuple[str, str]]:
    """Return what the package says in docstrings, each with the place of its owner."""
    for definition in api.definitions:
        yield definition.at.pointer, definition.docs.description.raw
        for property_ in definition.properties:
            yield property_.at.pointer, property_.docs.description.raw
    for group in api.groups:
        yield group.at.pointer, group.docs.description.raw
    for operation in api.operations:
        docs = operation.docs
        said = docs.description if docs.description.raw.strip() else docs.summary
        yield operation.at.pointer, said.raw
        if operation.body is not None:
            yield operation.body.at.pointer, operation.body.docs.description.raw
        for parameter in operation.parameters:
            yield parameter.at.pointer, parameter.docs.description.raw
        for response in refusals(operation):
            yield response.at.pointer, response.docs.description.raw
    yield from _of_scopes(api)
    for server in api.servers:
        if server.variables:
            yield server.at.pointer, server.docs.description.raw


def _of_scopes(api: ir.Api) -> Iterator[tuple[str, str]]:
    """Return what is said of scopes, each by the flow that says it first."""
    known = {scope for source in api.token_sources for scope in source.scopes}
    for scheme in api.security_schemes:
        for flow in scheme.flows:
            for scope in flow.scopes:
                if scope in known:
                    yield flow.at.step("scopes").step(scope.name.raw).pointer, scope.description.raw


def _words(definition: ir.Definition) -> Iterator[str]:
    """Return what a definition adds to the name of what it is within."""
    for hint in definition.hints:
        if isinstance(hint, ir.Under) and hint.words:
            yield hint.words[-1].raw


def _called(api: ir.Api) -> Iterator[tuple[str, str]]:
    for definition in api.definitions:
        for hint in definition.hints:
            if isinstance(hint, ir.Said):
                yield definition.at.pointer, hint.text.raw
        for property_ in definition.properties:
            if property_.hint is not None:
                yield property_.at.pointer, property_.hint.raw
    for operation in api.operations:
        if operation.hint is not None:
            yield operation.at.pointer, operation.hint.raw
        for parameter in operation.parameters:
            if parameter.hint is not None:
                yield parameter.at.pointer, parameter.hint.raw


def _told(api: ir.Api) -> Iterator[str]:
    for definition in api.definitions:
        if definition.docs.told:
            yield definition.at.pointer
        yield from (p.at.pointer for p in definition.properties if p.docs.told)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, value in pairs:
        found[key] = found.get(key, frozenset()) | {value}
    return found


def _defaults(api: ir.Api) -> Iterator[tuple[str, str]]:
    for definition in api.definitions:
        if not definition.usage.patched:  # absence means "leave it as it is" there
            for property_ in definition.properties:
                if property_.default is not None and not property_.required:
                    yield property_.at.pointer, property_.default.value.raw
    for operation in api.operations:
        for parameter in operation.parameters:
            if parameter.default is not None:
                yield parameter.at.pointer, parameter.default.value.raw


def _paged(root: Node, api: ir.Api) -> Iterator[tuple[str, str]]:
    for operation in api.operations:
        pagination = operation.pagination
        if pagination is not None and pagination.ground is ir.Ground.DECLARED:
            node = at_pointer(root, operation.at.pointer)
            hint = None if node is None else page_hint(node)
            yield operation.at.pointer, "" if hint is None else hint.key


def _tags(visits: Iterable[Visit]) -> Iterator[str]:
    for visit in visits:
        if visit.holds == A("discriminator"):
            yield visit.node.word("propertyName") or ""


def _asserted(api: ir.Api) -> Iterator[str]:
    yield from (address.raw for address, _ in api.assertions)
    for definition in api.definitions:
        if any(True for _ in assertions(definition.shape)):
            yield definition.at.pointer


def _references(visits: Iterable[Visit]) -> Iterator[str]:
    for visit in visits:
        if is_reference(visit):
            yield visit.node.reference or ""


def _is_nullable(definition: ir.Definition) -> bool:
    shape = definition.shape
    return definition.nullable or (
        isinstance(shape, ir.Alias) and isinstance(shape.of, ir.Nullable)
    )


def _contents(api: ir.Api) -> Iterator[ir.Content]:
    bodies = (*(o.body for o in api.operations), *(i.body for i in api.incoming))
    responses = (*(o.responses for o in api.operations), *(i.responses for i in api.incoming))
    for body in bodies:
        yield from () if body is None else body.contents
    for response in (response for each in responses for response in each):
        yield from response.contents
