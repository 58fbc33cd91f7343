"""The context of a span, as a header (W3C Trace Context)."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from .trace import Span


def inject(carrier: MutableMapping[str, str], context: Mapping[str, Span]) -> None:
    carrier["traceparent"] = f"00-{'a' * 32}-{context['span'].number:016x}-01"
