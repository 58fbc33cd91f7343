"""Every identifier of a package, chosen in one pass: the only room that invents names."""

from __future__ import annotations

from specloom import ir
from specloom.naming import reserved
from specloom.naming.addresses import Addresses, followed
from specloom.naming.names import (
    ADDITIONAL,
    ADDITIONAL_FIELD,
    GroupName,
    Names,
    Path,
    TypeName,
)
from specloom.naming.namespace import Namespace
from specloom.naming.operations import (
    keep_groups,
    name_calls,
    name_credentials,
    name_groups,
    name_methods,
    name_parameters,
    name_servers,
    name_sources,
    name_variables,
    name_webhooks,
    words_of,
    words_of_incoming,
)
from specloom.naming.pins import NO_PINS, Pins, Section
from specloom.naming.types import name_codecs, name_fields, name_types
from specloom.words import BUILTINS

__all__ = ["ADDITIONAL", "ADDITIONAL_FIELD", "GroupName", "Names", "Path", "TypeName", "name"]


def name(api: ir.Api, given: Pins = NO_PINS) -> Names:
    """Return a name for everything in `api` that needs one: the same for the same model.

    What was given a name before keeps it, whatever else has come since.
    Raises Unusable for a name of the lock that cannot be given any more.
    """
    pins, addresses = followed(given, api), Addresses(api)
    space = Namespace(reserved.MODELS, BUILTINS)
    space.keep(Section.TYPES, (addresses.type(d.id) for d in api.definitions), pins)
    keep_groups(api, space, pins)
    operations = {operation.id: words_of(operation) for operation in api.operations}
    for incoming in api.incoming:
        operations[incoming.id] = words_of_incoming(incoming, operations)
    types = name_types(api, space, addresses, operations)
    named, inner = name_codecs(api, types, addresses, pins)
    groups = name_groups(api, space, pins)
    methods = name_methods(api, pins)
    calls, pages = name_calls(api, groups, methods, pins)
    return Names(
        types=named,
        fields=dict(name_fields(api, addresses, pins)),
        inner=inner,
        groups=groups,
        methods=methods.own,
        calls=calls,
        pages=pages,
        parameters=dict(name_parameters(api, pins)),
        credentials=dict(name_credentials(api, pins)),
        servers=dict(name_servers(api, pins)),
        variables=dict(name_variables(api, pins)),
        webhooks=dict(name_webhooks(api, operations, pins)),
        sources=name_sources(api, pins),
    )
