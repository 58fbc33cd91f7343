"""Every identifier of a package, chosen in one pass: the only module that invents names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom import ir
from specloom.code import Identifier
from specloom.values import Text
from specloom.words import BUILTINS, Scope, pascal, snake, split, upper

Path = tuple[str, ...]
"""The way from a definition or a property into its type: `("lines", "item")`."""

# Names that the files of a package use themselves, and that nothing in them may shadow.
_MODELS = frozenset(
    [
        "Client",
        "AsyncClient",
        "Server",
        "Session",
        "AsyncSession",
        "Group",
        "Seconds",
        "Call",
        "Http",
        "AsyncHttp",
        "StrEnum",
        "Json",
        "JsonObject",
        "Unset",
        "UNSET",
        "Unknown",
        "UnknownInt",
        "UnknownVariant",
        "Secretive",
        "Literal",
        "TypeAlias",
        "UUID",
        "Never",
        "Mapping",
        "Sequence",
        "None",
        "True",
        "False",
    ]
)
_FIELDS = frozenset(
    ["str", "int", "float", "bool", "list", "dict", "field", "extra", "dataclass", "self", "mro"]
)
_METHODS = frozenset(
    ["str", "int", "float", "bool", "dict", "self", "property", "staticmethod", "classmethod"]
)
_GROUPS = frozenset(("send", "close", "aclose", "self"))
_PARAMETERS = BUILTINS | frozenset(
    [
        "self",
        "body",
        "timeout",
        "query",
        "form",
        "json_of",
        "nothing",
        "json_body",
        "codecs",
        "errors",
        "models",
        "bearer",
    ]
)
_CREDENTIALS = BUILTINS | frozenset(("self", "base_url", "timeout", "http"))
_SERVERS = frozenset(("_MISSING",))


@dataclass(frozen=True, slots=True)
class TypeName:
    name: Identifier
    """As in `models`."""
    codec: Identifier
    """As in `decode_…`, `encode_…` and `check_…` of `codecs`."""


@dataclass(frozen=True, slots=True)
class GroupName:
    attribute: Identifier
    """Of a client."""
    sync: Identifier
    asynchronous: Identifier


@dataclass(frozen=True, slots=True)
class Names:
    types: Mapping[ir.TypeId, TypeName]
    fields: Mapping[tuple[ir.TypeId, Text], Identifier]
    inner: Mapping[tuple[ir.TypeId, Path], Identifier]
    """As `TypeName.codec`, for a type within a type that has no name of its own."""
    groups: Mapping[Text | None, GroupName]
    methods: Mapping[ir.OperationId, Identifier]
    calls: Mapping[ir.OperationId, Identifier]
    """As in `_…` of `client`: one namespace for the operations of all groups."""
    parameters: Mapping[tuple[ir.OperationId, ir.Location, Text], Identifier]
    credentials: Mapping[Text, Identifier]
    servers: Mapping[Text, Identifier]


def name(api: ir.Api) -> Names:
    """Return a name for everything in `api` that needs one: the same for the same model."""
    scope = Scope(_MODELS, BUILTINS)
    types = _types(api, scope)
    codecs = Scope()
    named = {
        d.id: TypeName(types[d.id], codecs.claim(snake(_words(types[d.id]), otherwise="type")))
        for d in api.definitions
    }
    groups = _groups(api, scope)
    methods = dict(_methods(api))
    return Names(
        types=named,
        fields=dict(_fields(api)),
        inner=dict(_inner(api, named, codecs)),
        groups=groups,
        methods=methods,
        calls=dict(_calls(api, groups, methods)),
        parameters=dict(_parameters(api)),
        credentials=dict(_credentials(api)),
        servers=dict(_servers(api)),
    )


def _words(name: str) -> tuple[str, ...]:
    return split(Text(name))


# --- types -------------------------------------------------------------------------------


def _types(api: ir.Api, scope: Scope) -> dict[ir.TypeId, Identifier]:
    """Name definitions in the order of their hints: what authors said, then what follows."""
    names: dict[ir.TypeId, Identifier] = {}
    operations = {o.id: _operation_words(o) for o in api.operations}
    said = [d for d in api.definitions if len(d.hints) == 1 and isinstance(d.hints[0], ir.Said)]
    # a name that needs no change goes to whoever spelled it so
    said.sort(key=lambda d: _said(d) != pascal(split(Text(_said(d))), otherwise="Type"))
    for definition in said:
        names[definition.id] = scope.claim(pascal(split(Text(_said(definition))), otherwise="Type"))
    pending = [d for d in api.definitions if d.id not in names]
    while pending:
        ready = [d for d in pending if any(_candidates(d, names, operations))] or pending
        for definition in ready:
            candidates = [
                pascal(c, otherwise="Type") for c in _candidates(definition, names, operations)
            ] or ["Type"]
            best = next((c for c in candidates if scope.is_free(c)), candidates[-1])
            names[definition.id] = scope.claim(best)
        pending = [d for d in pending if d.id not in names]
    return names


def _said(definition: ir.Definition) -> str:
    hint = definition.hints[0]
    return hint.text.raw if isinstance(hint, ir.Said) else ""


def _candidates(
    definition: ir.Definition,
    names: Mapping[ir.TypeId, Identifier],
    operations: Mapping[ir.OperationId, tuple[str, ...]],
) -> Iterator[tuple[str, ...]]:
    """Return the words of each hint whose owners have their names already."""
    for hint in definition.hints:
        match hint:
            case ir.Said(text):
                yield split(text)
            case ir.Shared(among):
                known = [_words(names[id_]) for id_ in among if id_ in names]
                if len(known) == len(among) and (common := _common_end(known)):
                    yield common
            case ir.Under(owner, more):
                start = _owner(owner, names, operations)
                if start is not None:
                    yield (*start, *(word for text in more for word in split(text)))


def _owner(
    owner: ir.TypeId | ir.OperationId,
    names: Mapping[ir.TypeId, Identifier],
    operations: Mapping[ir.OperationId, tuple[str, ...]],
) -> tuple[str, ...] | None:
    match owner:
        case ir.TypeId() if owner in names:
            return _words(names[owner])
        case ir.TypeId():
            return None
        case ir.OperationId():
            return operations.get(owner)


def _common_end(known: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    shortest = min(known, key=len)
    for start in range(len(shortest)):
        end = shortest[start:]
        if all(words[-len(end) :] == end for words in known):
            return end
    return ()


def _inner(
    api: ir.Api, types: Mapping[ir.TypeId, TypeName], codecs: Scope
) -> Iterator[tuple[tuple[ir.TypeId, Path], Identifier]]:
    """Name what stands within the types of properties and aliases: their items and values."""
    for definition in api.definitions:
        owner = _words(types[definition.id].codec)
        match definition.shape:
            case ir.Object(properties=properties):
                for p in properties:
                    for path in _paths(p.type, (p.wire_name.raw,)):
                        name = snake((*owner, *_path_words(path)), otherwise="type")
                        yield (definition.id, path), codecs.claim(name)
            case ir.Alias(of):
                for path in _paths(of, ()):
                    name = snake((*owner, *_path_words(path)), otherwise="type")
                    yield (definition.id, path), codecs.claim(name)
            case ir.Union():
                pass


def _path_words(path: Path) -> tuple[str, ...]:
    return tuple(word for step in path for word in split(Text(step)))


def _paths(type_: ir.Type, path: Path) -> Iterator[Path]:
    match type_:
        case ir.Nullable(of):
            yield from _below(of, (*path, "value"))
        case ir.Checked(of, _):
            yield from _paths(of, path)
        case ir.Array(of):
            yield from _below(of, (*path, "item"))
        case ir.Map(of):
            yield from _below(of, (*path, "value"))
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return


def _below(type_: ir.Type, path: Path) -> Iterator[Path]:
    yield path
    yield from _paths(type_, path)


def _fields(api: ir.Api) -> Iterator[tuple[tuple[ir.TypeId, Text], Identifier]]:
    for definition in api.definitions:
        if isinstance(definition.shape, ir.Object):
            scope = Scope(_FIELDS)
            for property_ in definition.shape.properties:
                field = snake(split(property_.wire_name), otherwise="field")
                yield (definition.id, property_.wire_name), scope.claim(field)


# --- operations --------------------------------------------------------------------------


def _operation_words(operation: ir.Operation) -> tuple[str, ...]:
    if operation.operation_id is not None and (said := split(operation.operation_id)):
        return said
    return (operation.method.lower(), *split(operation.path))


def _groups(api: ir.Api, scope: Scope) -> dict[Text | None, GroupName]:
    names: dict[Text | None, GroupName] = {}
    attributes = Scope(_GROUPS)
    for operation in api.operations:
        if operation.group not in names:
            said = split(operation.group) if operation.group else ("default",)
            stem = pascal(said, otherwise="Group")
            whole = all(scope.is_free(n) for n in (stem, f"Async{stem}"))
            stem = stem if whole else f"{stem}Operations"
            names[operation.group] = GroupName(
                attributes.claim(snake(said, otherwise="group")),
                scope.claim(stem),
                scope.claim(f"Async{stem}"),
            )
    return names


def _methods(api: ir.Api) -> Iterator[tuple[ir.OperationId, Identifier]]:
    scopes = {operation.group: Scope(_METHODS) for operation in api.operations}
    for operation in api.operations:
        said = [word.lower() for word in _operation_words(operation)]
        group = [word.lower() for word in split(operation.group)] if operation.group else []
        # `oauth2:request_token` among the operations of `oauth2` is `request_token`
        own = said[len(group) :] if said[: len(group)] == group else said
        name = snake(own or said, otherwise="operation")
        yield operation.id, scopes[operation.group].claim(name)


def _calls(
    api: ir.Api,
    groups: Mapping[Text | None, GroupName],
    methods: Mapping[ir.OperationId, Identifier],
) -> Iterator[tuple[ir.OperationId, Identifier]]:
    scope = Scope()
    for operation in api.operations:
        method, group = methods[operation.id], groups[operation.group].attribute
        yield operation.id, scope.claim(method if scope.is_free(method) else f"{group}_{method}")


def _parameters(
    api: ir.Api,
) -> Iterator[tuple[tuple[ir.OperationId, ir.Location, Text], Identifier]]:
    for operation in api.operations:
        scope = Scope(_PARAMETERS)
        for p in operation.parameters:
            name = snake(split(p.wire_name), otherwise="parameter")
            if name.startswith(("decode_", "encode_", "check_")):
                name += "_"
            yield (operation.id, p.location, p.wire_name), scope.claim(name)


def _credentials(api: ir.Api) -> Iterator[tuple[Text, Identifier]]:
    scope = Scope(_CREDENTIALS)
    for scheme in api.security_schemes:
        yield scheme.key, scope.claim(snake(split(scheme.key), otherwise="credential"))


def _servers(api: ir.Api) -> Iterator[tuple[Text, Identifier]]:
    scope = Scope(_SERVERS)
    for server in api.servers:
        hints = [split(hint.text) for hint in server.hints]
        said = next((hint for hint in hints if 0 < len(hint) <= 3), None) or split(server.url)[1:]
        yield server.url, scope.claim(upper(said or ("server",), otherwise="server"))
