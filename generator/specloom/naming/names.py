"""What everything in a package is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.code import Identifier
from specloom.values import Text

Path = tuple[str, ...]
"""The way from a definition or a property into its type: `("lines", "item")`."""
ADDITIONAL: Path = ("", "additionalProperties")
"""The way to the members of an object that are not named: no property's begins like this."""
ADDITIONAL_FIELD = "additional_properties"
"""Where they are kept."""


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
class SourceName:
    """Of a token endpoint: as in `oauth`."""

    sync: Identifier
    asynchronous: Identifier
    authorization: Identifier
    """The function that makes requests for the consent of users."""


@dataclass(frozen=True, slots=True)
class PagesName:
    method: Identifier
    call: Identifier
    """As in `_…` of `client`: what says how pages go on."""


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
    pages: Mapping[ir.OperationId, PagesName]
    """Of the operations that have several."""
    parameters: Mapping[tuple[ir.OperationId, ir.Location, Text], Identifier]
    credentials: Mapping[Text, Identifier]
    servers: Mapping[Text, Identifier]
    variables: Mapping[tuple[Text, Text], Identifier]
    """Of the address of a server, by that address."""
    webhooks: Mapping[ir.OperationId, Identifier]
    """As in `parse_…` of `webhooks`: of those that nothing tells apart."""
    sources: Mapping[str, SourceName]
    """By the address of a token endpoint."""
