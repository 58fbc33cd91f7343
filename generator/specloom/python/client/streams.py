"""Answers that are read item by item: their types, what reads them, and the call that opens them."""

from __future__ import annotations

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, named
from specloom.python.literals import literal
from specloom.values import Text


def item_type(series: ir.Series, world: World) -> tuple[Code, ...]:
    """Return the members of the annotation of an item."""
    if isinstance(series, ir.Chunks):
        return (Code("bytes"),)
    if series.item is not None:
        return named(series.item, world)
    return (Code("ServerSentEvent" if isinstance(series, ir.Events) else "Json"),)


def series_reader(content: ir.Content, series: ir.Series, world: World) -> Code:
    """Return what finds the items of an answer, and reads them."""
    essence = literal(Text(content.media_type.raw.partition(";")[0].strip().lower()))
    decode = "_anything.read" if series.item is None else world.call("decode", series.item)
    match series:
        case ir.Chunks(is_told_apart=True):
            return Code(f"_media.one_of({{{essence}: _opening.octets}})")
        case ir.Chunks():
            return Code("_opening.octets")
        case ir.Events(item=None):
            return Code(f"_events.events({essence})")
        case ir.Events(part=ir.Part.DATA):
            return Code(f"_events.data_of({essence}, {decode})")
        case ir.Events(part=ir.Part.JSON):
            return Code(f"_events.events_of({essence}, {decode})")
        case ir.Events(part=part):
            return Code(f"_events.events_of({essence}, {decode}, {literal(Text(part.value))})")
        case ir.Lines():
            return Code(f"_lines.lines_of({essence}, {decode})")
        case ir.Records():
            return Code(f"_sequences.records_of({essence}, {decode})")


def is_download(operation: ir.Operation) -> bool:
    """Return whether what comes is octets, which may go to a file."""
    return any(isinstance(each, ir.Chunks) for each in _series(operation))


def is_of_events(operation: ir.Operation) -> bool:
    """Return whether what comes is events, and nothing else."""
    found = _series(operation)
    return bool(found) and all(isinstance(each, ir.Events) for each in found)


def _series(operation: ir.Operation) -> list[ir.Series]:
    found = (content.series for r in operation.responses for content in r.contents)
    return [series for series in found if series is not None] if operation.streams else []
