"""Security Scheme and Security Requirement Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import Place, Text


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
    )
