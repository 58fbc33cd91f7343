"""Streams as the tests have them sent: one item, as it stands between two others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from specloom import ir
from specloom.code import Code
from specloom.python.literals import bytes_literal
from specloom.python.tests.pairs import Bench, pairs
from specloom.values import Tree

_PLAIN = "a text"
_OCTETS = b"\x00\xff"
_ANY: Tree = {"a": [1]}


def streamed(series: ir.Series, bench: Bench) -> tuple[bytes, Code] | None:
    """Return a stream of one item, and what it is read as; None where no sample can be one."""
    if isinstance(series, ir.Chunks):
        return _OCTETS, Code(f"[{bytes_literal(_OCTETS)}]")
    if series.item is None:
        if isinstance(series, ir.Events):
            return _event({"data": _PLAIN}), Code(f'[ServerSentEvent("{_PLAIN}")]')
        return _framed(series, _ANY), Code(f"[{json.dumps(_ANY)}]")
    if series.item not in bench.kinds:
        return None
    item = next(pairs(series.item, bench)).sample.received
    value = Code(f"[{bench.kinds[series.item]}.first.value]")
    if not isinstance(series, ir.Events):
        return _framed(series, item), value
    fields = _fields(series.part, item)
    return None if fields is None else (_event(fields), value)


def _framed(series: ir.Series, item: Tree) -> bytes:
    text = json.dumps(item)
    return f"\x1e{text}\n".encode() if isinstance(series, ir.Records) else f"{text}\n".encode()


def _fields(part: ir.Part, item: Tree) -> dict[str, str] | None:
    """Return the fields of an event; None where its fields cannot hold the item."""
    if part is ir.Part.DATA:
        return {"data": json.dumps(item)}
    if not _is_object(item) or not {"data"} <= item.keys() <= {"data", "event", "id", "retry"}:
        return None
    fields: dict[str, str] = {}
    for name, value in item.items():
        if name == "data":
            text = value if part is not ir.Part.JSON and isinstance(value, str) else None
            if text is None and part is ir.Part.TEXT:
                return None
            fields[name] = json.dumps(value) if text is None else text
        elif name == "retry":
            if type(value) is not int or value < 0:
                return None
            fields[name] = str(value)
        elif not isinstance(value, str):
            return None
        else:
            fields[name] = value
    said = "".join(fields.values())
    is_read_as_text = part is not ir.Part.EITHER or not _is_json(fields["data"], item["data"])
    return fields if said.isprintable() and is_read_as_text else None


def _is_json(text: str, value: Tree) -> bool:
    """Return whether a text that is a value of its own would be read as JSON."""
    if not isinstance(value, str):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_object(value: Tree) -> TypeGuard[Mapping[str, Tree]]:
    return isinstance(value, Mapping)


def _event(fields: Mapping[str, str]) -> bytes:
    return "".join((*_lines(fields), "\n")).encode()


def _lines(fields: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}: {value}\n" for name, value in fields.items())
