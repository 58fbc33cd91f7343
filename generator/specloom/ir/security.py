"""What proves who calls, and where calls go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from specloom.ir.contents import Location
from specloom.ir.ids import NO_DOCS, Docs, Said
from specloom.ir.tokens import Flow
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the header `Authorization` (RFC 6750), however the caller comes by it."""


@dataclass(frozen=True, slots=True)
class Basic:
    """A user and a password (RFC 7617)."""


@dataclass(frozen=True, slots=True)
class Custom:
    """What stands in `Authorization` after another scheme's name (RFC 9110, section 11.6.2)."""

    scheme: Text


@dataclass(frozen=True, slots=True)
class ApiKey:
    location: Location
    """Header, query or cookie."""
    wire_name: Text


@dataclass(frozen=True, slots=True)
class MutualTls:
    """A certificate of the caller's transport: nothing that a request could hold."""


Authentication: TypeAlias = Bearer | Basic | Custom | ApiKey | MutualTls


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    key: Text
    by: Authentication
    flows: tuple[Flow, ...] = ()
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Keys of schemes that must all be met. Empty: anonymous."""

    schemes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A part of a server's address that callers may choose."""

    wire_name: Text
    choices: tuple[Text, ...]
    """Empty: any text."""
    default: Text
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    url: Text
    """A template, where there are variables; a relative one is resolved against the caller's."""
    variables: tuple[Variable, ...] = ()
    """In the order of the template."""
    hints: tuple[Said, ...]
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)
