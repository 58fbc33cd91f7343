"""Tag Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    at: Place
    name: Text
    description: Text


def read_tags(root: Node) -> tuple[Tag, ...]:
    """Read the `tags` of a document."""
    return tuple(
        Tag(at=node.at, name=node.prose("name"), description=node.prose("description"))
        for node in root.elements("tags")
    )
