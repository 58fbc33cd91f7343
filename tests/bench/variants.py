"""A race in one process: the decoder of a union of many, against those of its variants.

It needs the package `events` on its path, whose union `Event` is told apart by `type`, and prints the
seconds that one call takes: by the union, then by the variant itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from timeit import Timer
from typing import cast

ROUNDS, CALLS = 30, 100
VARIANTS = 60
Decode = Callable[[object], object]


def tag(number: int) -> str:
    return f"event_{number:02}"


def document() -> dict[str, object]:
    """Return a document with a union of as many variants as are raced."""
    variants = {f"Event{number:02}": _variant(number) for number in range(VARIANTS)}
    references = [{"$ref": f"#/components/schemas/{name}"} for name in variants]
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}
    answer = {"200": {"description": "The next one.", "content": content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Events", "version": "1"},
        "paths": {"/next": {"get": {"operationId": "next", "responses": answer}}},
        "components": {"schemas": {"Event": {"oneOf": references}, **variants}},
    }


def _variant(number: int) -> dict[str, object]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["type", "id", "at", "actor", "subject"],
        "properties": {
            "type": {"const": tag(number)},
            "id": text,
            "at": {"type": "integer"},
            "actor": text,
            "subject": text,
        },
    }


def main() -> None:
    codecs = import_module("events.codecs")
    union = cast(Decode, codecs.decode_event)
    pairs: list[tuple[Decode, object]] = []
    for number in range(VARIANTS):
        value = {"type": tag(number), "id": "e-1", "at": 1, "actor": "a-1", "subject": "s-1"}
        decode = cast(Decode, getattr(codecs, f"decode_event{number:02}"))
        if union(value) != decode(value):
            sys.exit(f"the decoders differ in `{tag(number)}`")
        pairs.append((decode, value))
    through = [(union, value) for _, value in pairs]
    timers = [
        Timer("for decode, value in pairs: decode(value)", globals={"pairs": raced})
        for raced in (through, pairs)
    ]
    rounds = [[timer.timeit(CALLS) for timer in timers] for _ in range(ROUNDS)]
    least = [min(times) / CALLS / VARIANTS for times in zip(*rounds, strict=True)]
    sys.stdout.write(f"{least[0]} {least[1]}\n")


if __name__ == "__main__":
    main()
