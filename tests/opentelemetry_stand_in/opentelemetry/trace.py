"""Spans that say what they were told, once they end."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum
from itertools import count

_NUMBERS = count(1)


class SpanKind(Enum):
    CLIENT = 2


class StatusCode(Enum):
    ERROR = 2


class Span:
    def __init__(self, name: str, kind: SpanKind, attributes: Mapping[str, str | int]) -> None:
        self.number = next(_NUMBERS)
        self._said = {"name": name, "kind": kind.name, **attributes}

    def set_attribute(self, key: str, value: str | int) -> None:
        self._said[key] = value

    def set_status(self, status: StatusCode) -> None:
        self._said["status"] = status.name

    def end(self) -> None:
        sys.stdout.write(f"span {self._said}\n")


class Tracer:
    def start_span(self, name: str, *, kind: SpanKind, attributes: Mapping[str, str | int]) -> Span:
        return Span(name, kind, attributes)


def get_tracer(_: str) -> Tracer:
    return Tracer()


def set_span_in_context(span: Span) -> dict[str, Span]:
    return {"span": span}
