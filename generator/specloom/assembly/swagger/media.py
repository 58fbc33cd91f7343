"""Which content types an operation takes and gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import Place

URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_JSON = "application/json"
_OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class MediaType:
    name: str
    at: Place

    @property
    def essence(self) -> str:
        """The type without its parameters, in lower case."""
        return self.name.partition(";")[0].strip().lower()


def said(key: str, operation: Node | None, root: Node) -> tuple[MediaType, ...]:
    """Return what an operation `consumes` or `produces`, or else all of the document do.

    An empty list clears that of the document (Swagger 2.0, "Operation Object").
    """
    owner = root if operation is None or operation.get(key) is None else operation
    found = (MediaType(n.value, n.at) for n in owner.elements(key) if isinstance(n.value, str))
    return tuple({media_type.name: media_type for media_type in reversed(list(found))}.values())[
        ::-1
    ]


def of_body(consumes: Iterable[MediaType], at: Place) -> tuple[MediaType, ...]:
    """Return the content types of a body: JSON where nothing is said.

    Forms have parameters of their own: they count only if there is nothing else.
    """
    found = tuple(consumes) or (MediaType(_JSON, at),)
    others = tuple(m for m in found if m.essence not in (URL_ENCODED, MULTIPART))
    return others or found


def of_form(consumes: Iterable[MediaType], at: Place, *, files: bool) -> tuple[MediaType, ...]:
    """Return the content types of a form: that of files where it has any."""
    forms = [m for m in consumes if m.essence in (URL_ENCODED, MULTIPART)]
    if files and any(m.essence == MULTIPART for m in forms):
        forms = [m for m in forms if m.essence == MULTIPART]
    return tuple(forms) or (MediaType(MULTIPART if files else URL_ENCODED, at),)


def of_answer(produces: Iterable[MediaType], at: Place, *, file: bool) -> tuple[MediaType, ...]:
    """Return the content types of an answer: octets or JSON where nothing is said."""
    return tuple(produces) or (MediaType(_OCTETS if file else _JSON, at),)
