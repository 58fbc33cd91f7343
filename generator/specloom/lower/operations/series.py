"""Answers that are streams: what their items are, and what is to be read of each event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from specloom import ir
from specloom.document.content import MediaType
from specloom.document.root import Document
from specloom.document.schema import Schema, read_schema
from specloom.lower.meaning.implied import kinds_within
from specloom.lower.meaning.meant import seen_through
from specloom.lower.meaning.nulls import alternatives, split_null
from specloom.lower.meaning.parts import parts
from specloom.lower.schemas.media import codec_of, essence, is_stream, is_structured
from specloom.values import Kind, Place, Text

_FIELDS = frozenset(("data", "event", "id", "retry"))
"""Of a server-sent event: WHATWG HTML, section 9.2.6."""
_DATA = Text("data")


@dataclass(frozen=True, slots=True)
class Framed:
    """What stands between two items, and the schema of one, if anything is known of it."""

    series: ir.Series
    """Without its item."""
    item: Schema | None

    def of(self, item: ir.TypeId | None) -> ir.Series:
        return replace(self.series, item=item)


def framed(media_type: MediaType, document: Document) -> Framed | None:
    """Return how an answer is read item by item; None where it is no stream."""
    name = essence(media_type.name.raw)
    if not is_stream(name):
        return None
    item = media_type.item or item_of(media_type.schema)
    if name == "text/event-stream":
        return _events(item, document)
    kind = ir.Records if name.endswith("json-seq") else ir.Lines
    return Framed(kind(None), item)


def item_of(schema: Schema | None) -> Schema | None:
    """Return the items of a stream: OpenAPI 3.2.0, "Sequential Media Types".

    There `schema` is of all of them, a list. Before 3.2, authors give the item as `schema`.
    """
    if schema is None or not is_telling(schema):
        return None
    _, core = split_null(schema)
    return core.items if core.items is not None and core.reference is None else schema


def is_telling(schema: Schema) -> bool:
    """Return whether a schema is of more than a text, which might be all of a stream."""
    _, core = split_null(schema)
    return is_structured(core) or bool(alternatives(core))


def _events(item: Schema | None, document: Document) -> Framed:
    """OpenAPI 3.2.0, "Server-Sent Event Streams": an object of the fields of an event.

    Where a schema has other members, what it describes is the data.
    """
    if item is None or not is_telling(item):
        return Framed(ir.Events(None), None)
    leaves = tuple(_leaves(item, document))
    if not all(map(_is_event, leaves)):
        return Framed(ir.Events(None), item)
    unwrapped = _unwrapped(item)
    if unwrapped is not None:
        return Framed(ir.Events(None, ir.Part.JSON), unwrapped)
    data = [schema for leaf in leaves for name, schema in leaf if name == _DATA]
    return Framed(ir.Events(None, _part(data, document)), item)


_Members = tuple[tuple[Text, Schema], ...]


def _leaves(item: Schema, document: Document) -> Iterator[_Members]:
    """Yield the members of each alternative."""
    pending, seen = [item], set[Place]()
    while pending:
        schema = pending.pop(0)
        if schema.at in seen:
            continue
        seen.add(schema.at)
        found = seen_through(schema, document).schema
        if among := alternatives(found):
            pending += among
        else:
            said = (part.schema.properties or () for part in parts(found, document))
            yield tuple(member for members in said for member in members)


def _is_event(members: _Members) -> bool:
    names = {name.raw for name, _ in members}
    return "data" in names and names <= _FIELDS


def _part(data: list[Schema], document: Document) -> ir.Part:
    found = [kinds_within(schema, document) for schema in data]
    if all(kinds == (Kind.STRING,) for kinds in found):
        return ir.Part.TEXT
    is_text = any(kinds is None or Kind.STRING in kinds for kinds in found)
    return ir.Part.EITHER if is_text else ir.Part.JSON


def _unwrapped(item: Schema) -> Schema | None:
    """Return an event whose data is a text that holds JSON as if it were that JSON.

    JSON Schema 2020-12, "Validation", section 8.5: `contentSchema` says what is in it.
    """
    if item.reference is not None or item.all_of or item.properties is None:
        return None
    members = dict(item.properties)
    data = members.get(_DATA)
    inner = None if data is None else data.node.get("contentSchema")
    if data is None or inner is None or data.kinds != (Kind.STRING,):
        return None
    media_type = data.node.word("contentMediaType")
    if media_type is None or codec_of(media_type) is not ir.Codec.JSON:
        return None
    members[_DATA] = read_schema(inner)
    return replace(item, properties=tuple(members.items()))
