"""How callers come by tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from specloom.ir.ids import OperationId, TypeId
from specloom.values import Place, Text


class Grant(Enum):
    """What tokens are asked for with (RFC 6749, section 1.3)."""

    AUTHORIZATION_CODE = "authorization_code"
    CLIENT_CREDENTIALS = "client_credentials"
    REFRESH_TOKEN = "refresh_token"  # nosec B105 # the word of the RFC


class ClientAuthentication(Enum):
    """How a client says who it is (RFC 6749, section 2.3)."""

    BASIC = "basic"
    BODY = "body"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Scope:
    """A word that says what a token is good for, and what the document says of it."""

    name: Text
    description: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A way to tokens that a security scheme describes, and that is still in use (RFC 9700)."""

    grant: Grant
    """A code or the credentials of the client."""
    token_url: Text
    refresh_url: Text | None = None
    authorization_url: Text | None = None
    scopes: tuple[Scope, ...] = ()
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSource:
    """A token endpoint, and what is known of it: by an operation, by flows, or by both."""

    key: Text
    """What the document calls it: the scheme, or the operation."""
    credential: Text | None
    """The scheme that its tokens are for, where that is known."""
    operation: OperationId | None
    """None: it is where flows say."""
    token_url: Text
    """Of an operation, its path."""
    refresh_url: Text | None = None
    authorization_url: Text | None = None
    grants: tuple[Grant, ...]
    authentications: tuple[ClientAuthentication, ...]
    scopes: tuple[Scope, ...] = ()
    request: TypeId | None = None
    """The form that is sent, where the document says more of it than the RFC."""
    address: str
    """What it is known by: the pointer of the operation, or of the first flow."""
