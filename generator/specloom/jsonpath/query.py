"""A query of JSONPath (RFC 9535), taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Scalar: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Malformed:
    """A text that is no query: why, and from which character on."""

    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    pass


@dataclass(frozen=True, slots=True)
class Index:
    index: int


@dataclass(frozen=True, slots=True)
class Slice:
    start: int | None
    stop: int | None
    step: int


@dataclass(frozen=True, slots=True)
class Filter:
    holds: Logical


Selector: TypeAlias = "Name | Wildcard | Index | Slice | Filter"


@dataclass(frozen=True, slots=True)
class Segment:
    """Selects among the children of a node; where it is `deep`, of all nodes below as well."""

    selectors: tuple[Selector, ...]
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """From the root of the tree, or from the node that a filter looks at (`@`)."""

    segments: tuple[Segment, ...]
    relative: bool = False

    @property
    def is_singular(self) -> bool:
        """Whether it selects one node at most (section 2.3.5.1)."""
        return all(
            not segment.deep
            and len(segment.selectors) == 1
            and isinstance(segment.selectors[0], Name | Index)
            for segment in self.segments
        )


@dataclass(frozen=True, slots=True)
class Literal:
    value: Scalar


@dataclass(frozen=True, slots=True)
class Call:
    """A function, by its name in `FUNCTIONS` of the parser; its arguments are of the right kind."""

    function: str
    arguments: tuple[Argument, ...]


Comparable: TypeAlias = "Literal | Query | Call"
Argument: TypeAlias = "Literal | Query | Call"


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Comparable
    operator: str
    right: Comparable


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Logical, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Logical, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Logical


Logical: TypeAlias = "AllOf | AnyOf | Not | Comparison | Query | Call"
"""A query holds where it selects something."""
