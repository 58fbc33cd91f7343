"""Security Scheme and Security Requirement Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import EMPTY, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow of OAuth 2.0."""

    at: Place
    kind: str
    token_url: Text | None
    refresh_url: Text | None
    authorization_url: Text | None
    scopes: tuple[tuple[Text, Text], ...]
    """Each with what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    at: Place
    key: Text
    type: str
    scheme: str
    """As written; in which case does not matter (RFC 9110, section 11.1)."""
    location: str
    """Of a key: `header`, `query` or `cookie`."""
    name: Text
    """Of the header, the parameter or the cookie that holds a key."""
    description: Text
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """Keys of schemes that must all be met. None at all: anonymous."""

    schemes: tuple[Text, ...]
    at: Place


def read_schemes(components: Node | None) -> tuple[SecurityScheme, ...]:
    if components is None:
        return ()
    return tuple(_scheme(key, node) for key, node in components.children("securitySchemes"))


def read_requirements(node: Node) -> tuple[SecurityRequirement, ...]:
    return tuple(
        SecurityRequirement(tuple(Text(key) for key, _ in item.members()), item.at)
        for item in node.items()
    )


def _scheme(key: str, node: Node) -> SecurityScheme:
    found = node.followed()
    return SecurityScheme(
        at=found.at,
        key=Text(key),
        type=found.word("type") or "",
        scheme=found.word("scheme") or "",
        location=found.word("in") or "",
        name=found.prose("name"),
        description=found.prose("description"),
        flows=tuple(_flow(kind, child) for kind, child in found.children("flows")),
    )


def _flow(kind: str, node: Node) -> Flow:
    return Flow(
        at=node.at,
        kind=kind,
        token_url=node.text("tokenUrl"),
        refresh_url=node.text("refreshUrl"),
        authorization_url=node.text("authorizationUrl"),
        scopes=tuple((Text(scope), _said(child)) for scope, child in node.children("scopes")),
    )


def _said(node: Node) -> Text:
    return Text(node.value) if isinstance(node.value, str) else EMPTY
