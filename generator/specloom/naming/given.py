"""The names that were given, for the lock to remember."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.naming import addresses as at
from specloom.naming.addresses import Addresses
from specloom.naming.modules import NO_MODULES, Modules
from specloom.naming.names import Names
from specloom.naming.operations import paging_of
from specloom.naming.pins import Pin, Pins, Section
from specloom.naming.types import codec_of


def given(api: ir.Api, names: Names, modules: Modules = NO_MODULES) -> Pins:
    """Return all names that a later run has to give again, each section in order of address."""
    found: dict[Section, dict[str, str]] = {section: {} for section in Section}
    for pin in sorted(_pins(api, names, modules), key=lambda pin: pin.address):
        found[pin.section][pin.address] = pin.name
    return {section: pins for section, pins in found.items() if pins}


def _pins(api: ir.Api, names: Names, modules: Modules) -> Iterator[Pin]:
    addresses = Addresses(api)
    for id_, module in modules.types.items():
        yield Pin(Section.MODULES, addresses.type(id_), module)
    for tag, module in modules.groups.items():
        yield Pin(Section.MODULES, at.group(tag), module)
    for id_, type_ in names.types.items():
        yield Pin(Section.TYPES, addresses.type(id_), type_.name)
        if type_.codec != codec_of(type_.name):
            yield Pin(Section.CODECS, addresses.type(id_), type_.codec)
    for (id_, wire_name), field in names.fields.items():
        yield Pin(Section.FIELDS, addresses.field(id_, wire_name), field)
    for (id_, path), item in names.inner.items():
        yield Pin(Section.ITEMS, addresses.item(id_, path), item)
    for key, credential in names.credentials.items():
        yield Pin(Section.CREDENTIALS, at.credential(key), credential)
    for url, server in names.servers.items():
        yield Pin(Section.SERVERS, at.server(url), server)
    for (url, wire_name), variable in names.variables.items():
        yield Pin(Section.VARIABLES, at.variable(url, wire_name), variable)
    for address, source in names.sources.items():
        yield Pin(Section.TOKEN_SOURCES, address, source.sync)
    yield from _of_operations(names)
    for webhook, parser in names.webhooks.items():
        yield Pin(Section.WEBHOOKS, webhook.address, parser)
    for operation in api.operations:
        if operation.operation_id is not None:
            yield Pin(Section.OPERATION_IDS, operation.id.address, operation.operation_id.raw)


def _of_operations(names: Names) -> Iterator[Pin]:
    for tag, group in names.groups.items():
        yield Pin(Section.GROUPS, at.group(tag), group.attribute)
        yield Pin(Section.CLASSES, at.group(tag), group.sync)
        yield Pin(Section.ASYNC_CLASSES, at.group(tag), group.asynchronous)
    for operation, method in names.methods.items():
        yield Pin(Section.METHODS, operation.address, method)
        if names.calls[operation] != method:
            yield Pin(Section.CALLS, operation.address, names.calls[operation])
    for operation, pages in names.pages.items():
        yield Pin(Section.PAGES, operation.address, pages.method)
        if pages.call != paging_of(names.calls[operation]):
            yield Pin(Section.PAGINGS, operation.address, pages.call)
    for (operation, location, wire_name), parameter in names.parameters.items():
        yield Pin(Section.PARAMETERS, at.parameter(operation, location, wire_name), parameter)
