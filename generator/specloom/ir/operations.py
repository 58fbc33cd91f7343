"""Operations, requests that the API makes itself, and the whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from specloom.assertion import Assertion
from specloom.ir.contents import Body, Parameter, Response, Rest
from specloom.ir.definitions import Definition
from specloom.ir.ids import NO_DOCS, Docs, OperationId
from specloom.ir.paging import Pagination
from specloom.ir.security import Requirement, SecurityScheme, Server
from specloom.ir.tokens import TokenSource
from specloom.ir.webhooks import Webhooks
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    id: OperationId
    operation_id: Text | None
    """As the author wrote it."""
    hint: Text | None = None
    """What the author would have it called within its group."""
    group: Text | None
    """Its first tag, or what the author would have that called."""
    method: str
    """A token (RFC 9110, section 9.1), as it is sent."""
    path: Text
    """The template."""
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...]
    security: tuple[Requirement, ...] = ()
    """Alternatives, any one of which will do. Empty: anonymous."""
    server: Server | None = None
    """Where it goes instead of the servers of the document."""
    is_token_endpoint: bool = False
    """Whether it hands out tokens (RFC 6749, section 3.2): what is sent for one is used up by it."""
    streams: bool = False
    """Whether what is hoped for comes item by item: all contents of successes are series.

    A success without contents has no items.
    """
    switch: Text | None = None
    """The member of its JSON body that has to be true for that."""
    pagination: Pagination | None = None
    """How its answers go on, where they do so over several pages."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)

    @property
    def hoped_for(self) -> tuple[Response, ...]:
        """The successes; where none is described, what `default` says of them and all else.

        OpenAPI 3.1.1, "Responses Object".
        """
        found = tuple(response for response in self.responses if response.status.is_success)
        return found or tuple(r for r in self.responses if isinstance(r.status, Rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request that the API makes of its users: of a webhook, or of a callback.

    Nothing here says how it is received: its types are what users read it with.
    """

    id: OperationId
    key: Text
    """What the author calls the webhook or the callback."""
    operation_id: Text | None
    caller: OperationId | None
    """The operation whose callback it is; None: a webhook."""
    method: str
    body: Body | None = None
    """What the API sends."""
    responses: tuple[Response, ...] = ()
    """What it may be answered with. Headers are not among it."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the document that was left out, since the target allows that."""

    feature: str
    """Its name in the table of what is unsupported."""
    at: Place
    """Where it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a document says of operations that go together; most say nothing."""

    name: Text
    docs: Docs
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    title: Text
    version: Text
    groups: tuple[Group, ...] = ()
    """Those of operations of which something is said."""
    servers: tuple[Server, ...]
    """Those that say where they are."""
    relative_server: Server | None = None
    """Where the API is below an address that only the caller knows."""
    security_schemes: tuple[SecurityScheme, ...] = ()
    """Those that an operation asks for."""
    security: tuple[Requirement, ...] = ()
    """What the document asks for by default: of requests that it does not describe, too."""
    token_sources: tuple[TokenSource, ...] = ()
    definitions: tuple[Definition, ...]
    """In the order of the document."""
    operations: tuple[Operation, ...]
    incoming: tuple[Incoming, ...] = ()
    webhooks: Webhooks | None = None
    """None: there are none that bring JSON."""
    assertions: tuple[tuple[Text, Assertion], ...] = ()
    """By address: the schemas that assertions of types and variants mention."""
    homes: tuple[tuple[str, str], ...] = ()
    """By pointer: the address of what was written in another file."""
    missing: tuple[Missing, ...] = ()
    at: Place = field(compare=False)
