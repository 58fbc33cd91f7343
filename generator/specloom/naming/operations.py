"""Names of operations, of their parameters, and of what a client is made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.code import Identifier
from specloom.naming import addresses, reserved
from specloom.naming.names import GroupName, PagesName, SourceName
from specloom.naming.namespace import Namespace
from specloom.naming.pins import Pins, Section
from specloom.values import Text
from specloom.words import BUILTINS, pascal, snake, split, upper


def words_of(operation: ir.Operation) -> tuple[str, ...]:
    """Return the words of what an operation is called: its operationId, or method and path."""
    if operation.operation_id is not None and (said := split(operation.operation_id)):
        return said
    method = split(Text(operation.method.lower()))
    return (*method, *split(operation.path))


def words_of_incoming(
    incoming: ir.Incoming, callers: Mapping[ir.OperationId, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the words of what a webhook or a callback is called: its key.

    A callback has its operationId, or else the words of who calls it before its key.
    """
    if incoming.caller is None:
        return split(incoming.key)
    if incoming.operation_id is not None and (said := split(incoming.operation_id)):
        return said
    return (*callers.get(incoming.caller, ()), *split(incoming.key))


def keep_groups(api: ir.Api, space: Namespace, pins: Pins) -> None:
    """Give the classes of groups the names that the lock knows. Raises Unusable."""
    for section in (Section.CLASSES, Section.ASYNC_CLASSES):
        space.keep(section, (addresses.group(o.group) for o in api.operations), pins)


def name_groups(api: ir.Api, space: Namespace, pins: Pins) -> dict[Text | None, GroupName]:
    names: dict[Text | None, GroupName] = {}
    attributes = Namespace(reserved.GROUPS)
    attributes.keep(Section.GROUPS, (addresses.group(o.group) for o in api.operations), pins)
    for group in dict.fromkeys(operation.group for operation in api.operations):
        at = addresses.group(group)
        said = split(group) if group else ("default",)
        stem = pascal(said, otherwise="Group")
        whole = all(space.is_free(n) for n in (stem, f"Async{stem}"))
        stem = stem if whole else f"{stem}Operations"
        names[group] = GroupName(
            attributes.claim(Section.GROUPS, at, snake(said, otherwise="group")),
            space.claim(Section.CLASSES, at, stem),
            space.claim(Section.ASYNC_CLASSES, at, f"Async{stem}"),
        )
    return names


@dataclass(frozen=True, slots=True)
class Methods:
    """The methods of groups: of each operation one, and of some another for all of its pages."""

    own: Mapping[ir.OperationId, Identifier]
    pages: Mapping[ir.OperationId, Identifier]


def name_methods(api: ir.Api, pins: Pins) -> Methods:
    spaces = {operation.group: Namespace(reserved.METHODS) for operation in api.operations}
    for section in (Section.METHODS, Section.PAGES):
        old = pins.get(section, {})
        for operation in api.operations:
            space, address = spaces[operation.group], operation.id.address
            # an operation with another tag now may meet one that has its name already
            name = old.get(address, "")
            if space.is_free(name) or space.is_reserved(name):
                space.keep(section, (address,), pins)
    names: dict[ir.OperationId, Identifier] = {}
    for operation in api.operations:
        hinted = split(operation.hint) if operation.hint else ()
        said = [word.lower() for word in hinted or words_of(operation)]
        group = [word.lower() for word in split(operation.group)] if operation.group else []
        # `oauth2:request_token` among the operations of `oauth2` is `request_token`
        own = said[len(group) :] if said[: len(group)] == group else said
        name = snake(own or said, otherwise="operation")
        space = spaces[operation.group]
        names[operation.id] = space.claim(Section.METHODS, operation.id.address, name)
    pages = {
        o.id: spaces[o.group].claim(Section.PAGES, o.id.address, f"{names[o.id]}_all")
        for o in api.operations
        if o.pagination is not None
    }
    return Methods(names, pages)


def paging_of(call: Identifier) -> str:
    """Return what the function is called that says how the pages of an operation go on."""
    return f"{call}_pages"


def name_calls(
    api: ir.Api,
    groups: Mapping[Text | None, GroupName],
    methods: Methods,
    pins: Pins,
) -> tuple[dict[ir.OperationId, Identifier], dict[ir.OperationId, PagesName]]:
    """Return the names of calls, and those of what goes through their pages."""
    space = Namespace(reserved.CALLS)
    for section in (Section.CALLS, Section.PAGINGS):
        space.keep(section, (operation.id.address for operation in api.operations), pins)
    old = pins.get(Section.METHODS, {})
    names: dict[ir.OperationId, Identifier] = {}
    # the lock holds a call only where its name does not follow from that of its method
    for operation in sorted(api.operations, key=lambda o: o.id.address not in old):
        method, group = methods.own[operation.id], groups[operation.group].attribute
        name = method if space.is_free(method) else f"{group}_{method}"
        names[operation.id] = space.claim(Section.CALLS, operation.id.address, name)
    pages = {
        id_: PagesName(method, space.claim(Section.PAGINGS, id_.address, paging_of(names[id_])))
        for id_, method in methods.pages.items()
    }
    return names, pages


def name_parameters(
    api: ir.Api, pins: Pins
) -> Iterator[tuple[tuple[ir.OperationId, ir.Location, Text], Identifier]]:
    for operation in api.operations:
        space = Namespace(reserved.PARAMETERS, prefixes=reserved.CODECS)
        at = {
            (p.location, p.wire_name): addresses.parameter(operation.id, p.location, p.wire_name)
            for p in operation.parameters
        }
        hints = {(p.location, p.wire_name): p.hint for p in operation.parameters}
        space.keep(Section.PARAMETERS, at.values(), pins)
        for (location, wire_name), address in at.items():
            name = snake(split(hints[location, wire_name] or wire_name), otherwise="parameter")
            yield (
                (operation.id, location, wire_name),
                space.claim(Section.PARAMETERS, address, name),
            )


def name_credentials(api: ir.Api, pins: Pins) -> Iterator[tuple[Text, Identifier]]:
    space = Namespace(reserved.CREDENTIALS)
    held = (s for s in api.security_schemes if not isinstance(s.by, ir.MutualTls))
    at = {scheme.key: addresses.credential(scheme.key) for scheme in held}
    space.keep(Section.CREDENTIALS, at.values(), pins)
    for key, address in at.items():
        name = snake(split(key), otherwise="credential")
        yield key, space.claim(Section.CREDENTIALS, address, name)


def name_servers(api: ir.Api, pins: Pins) -> Iterator[tuple[Text, Identifier]]:
    space = Namespace(reserved.SERVERS)
    space.keep(Section.SERVERS, (addresses.server(s.url) for s in api.servers), pins)
    for server in api.servers:
        hints = [split(hint.text) for hint in server.hints]
        said = next((hint for hint in hints if 0 < len(hint) <= 3), None) or split(server.url)[1:]
        name = upper(said or ("server",), otherwise="server")
        yield server.url, space.claim(Section.SERVERS, addresses.server(server.url), name)


def name_variables(api: ir.Api, pins: Pins) -> Iterator[tuple[tuple[Text, Text], Identifier]]:
    for server in api.servers:
        space = Namespace(BUILTINS)
        at = {v.wire_name: addresses.variable(server.url, v.wire_name) for v in server.variables}
        space.keep(Section.VARIABLES, at.values(), pins)
        for wire_name, address in at.items():
            name = snake(split(wire_name), otherwise="variable")
            yield (server.url, wire_name), space.claim(Section.VARIABLES, address, name)


def name_webhooks(
    api: ir.Api, words: Mapping[ir.OperationId, tuple[str, ...]], pins: Pins
) -> Iterator[tuple[ir.OperationId, Identifier]]:
    telling = None if api.webhooks is None else api.webhooks.telling
    if isinstance(telling, ir.ByAddress):
        space = Namespace(reserved.WEBHOOKS)
        space.keep(Section.WEBHOOKS, (id_.address for id_, _ in telling.payloads), pins)
        for id_, _ in telling.payloads:
            name = snake(words[id_], otherwise="webhook")
            yield id_, space.claim(Section.WEBHOOKS, id_.address, name)


def name_sources(api: ir.Api, pins: Pins) -> dict[str, SourceName]:
    """Name what token endpoints have: the first needs no other name than what it is."""
    space = Namespace(reserved.SOURCES, prefixes=reserved.CODECS)
    space.keep(Section.TOKEN_SOURCES, (s.address for s in api.token_sources), pins)
    names: dict[str, SourceName] = {}
    for source in api.token_sources:
        stem = pascal(split(source.key), otherwise="Other").removesuffix("Token")
        name = "TokenSource" if space.is_free("TokenSource") else f"{stem}TokenSource"
        sync = space.claim(Section.TOKEN_SOURCES, source.address, name)
        words = split(Text(sync.removesuffix("TokenSource")))
        names[source.address] = SourceName(
            sync,
            space.claim(Section.TOKEN_SOURCES, source.address, f"Async{sync}"),
            space.claim(
                Section.TOKEN_SOURCES,
                source.address,
                snake((*words, "authorization"), otherwise="authorization"),
            ),
        )
    return names
