"""What does not fit a data type: faults that each of its codecs must find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import is_open, is_received
from specloom.python.defaults import keeps_extra
from specloom.python.layout import Doc
from specloom.python.literals import literal
from specloom.python.sample import Spot, tree_doc
from specloom.python.tests.breaches import breaches
from specloom.python.tests.judging import passes
from specloom.python.tests.members import checks_of, drops_null, spots
from specloom.python.tests.misfits import (
    Misfit,
    Position,
    path,
    positions,
    unlisted,
    unlisted_message,
    unread,
    unwritable,
)
from specloom.python.tests.outcomes import Kept, Refused, Taken, TakenLoosely
from specloom.python.tests.pairs import Bench
from specloom.python.tests.probes import misshapen, strangers
from specloom.values import Json, Tree


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the full sample made something else; None: the whole of it."""

    member: str | None
    value: Doc
    message: str


ABSENT = Code("...")


@dataclass(frozen=True, slots=True)
class Faults:
    """Of one definition: JSON that is refused, kept or only taken when lax; values not written."""

    misread: tuple[Row, ...] = ()
    kept: tuple[Row, ...] = ()
    """Read, and written back as it came; the message is what `strict` says, if anything."""
    lax: tuple[Row, ...] = ()
    """Read, though `strict` says the message."""
    refused: tuple[Row, ...] = ()
    """The member is named as in Python."""


def faults(id_: ir.TypeId, bench: Bench) -> Faults:
    """Return what does not fit a definition that has samples."""
    definition = bench.world.definitions[id_]
    match definition.shape:
        case ir.Object() as shape:
            found = _together(_object_faults(definition, shape, bench))
            full = bench.samples.built(id_, full=True)
            # nothing else can be read than what the rows are made from
            return Faults(refused=found.refused) if full is not None and full.unread else found
        case ir.Union() as union:
            return _together(_union_faults(definition, union, bench))
        case ir.Alias(of):
            spot = Spot(bench.world.codec(id_), 0)
            return _together(_plain_faults(of, spot, definition, bench))


def _together(parts: Iterable[Faults]) -> Faults:
    found = tuple(parts)
    return Faults(
        misread=tuple(m for f in found for m in f.misread),
        kept=tuple(m for f in found for m in f.kept),
        lax=tuple(m for f in found for m in f.lax),
        refused=tuple(m for f in found for m in f.refused),
    )


def _plain_faults(
    type_: ir.Type,
    spot: Spot,
    definition: ir.Definition,
    bench: Bench,
    member: ir.Property | None = None,
) -> Iterator[Faults]:
    """Return the faults of a type, which is that of the whole or of a member."""
    tolerant = is_open(definition)
    wire, field, steps = None, None, tuple[str]()
    if member is not None:
        wire = member.wire_name.raw
        field, steps = str(bench.world.names.fields[definition.id, member.wire_name]), (wire,)
    for where in positions(type_, spot, steps, bench.samples, tolerant=tolerant):
        broken = tuple(breaches(where, bench.samples))
        foreign = tuple(unread(where, bench.samples)) if is_received(definition) else ()
        strange = tuple(unwritable(_present(where, member, definition), bench.world))
        yield Faults(
            misread=tuple(Row(wire, m.value, m.message) for m in foreign),
            kept=tuple(Row(wire, m.value, m.message) for m in _unlisted(where, definition, bench)),
            lax=tuple(Row(wire, b.json, b.message) for b in broken),
            refused=(
                *(Row(field, b.python, b.message) for b in broken),
                *(Row(field, m.value, m.message) for m in strange),
            ),
        )


def _present(where: Position, member: ir.Property | None, definition: ir.Definition) -> Position:
    """Return a position as it is written: null is not, where it is the default."""
    if member is None or not isinstance(member.type, ir.Nullable):
        return where
    return replace(where, lists_null=where.lists_null and not drops_null(member, definition))


def _unlisted(where: Position, definition: ir.Definition, bench: Bench) -> Iterator[Misfit]:
    """Return what an enum does not list, where nothing else is asked of it."""
    match where.steps:
        case (str(wire),):
            pass
        case _ if checks_of(definition):
            return
        case _:
            wire = ""
    for value in unlisted(where):
        if passes(value, where.checks, bench.world.assertions) and _stands(
            wire, value, definition, bench
        ):
            message = unlisted_message(where, value)
            yield Misfit(where.in_json(literal(Json.of(value))), message)


def _object_faults(definition: ir.Definition, shape: ir.Object, bench: Bench) -> Iterator[Faults]:
    if is_received(definition):
        yield Faults(misread=(Row(None, _LIST, "$: expected an object, found an array"),))
    if any(bench.samples.built(definition.id, full=full) is None for full in (True, False)):
        return  # null is all that was found to fit: it has no member that could be another
    for property_, spot in spots(definition, bench.world):
        wire = property_.wire_name.raw
        if property_.required and is_received(definition):
            message = f"{path((wire,))}: expected a value, found nothing"
            yield Faults(misread=(Row(wire, ABSENT, message),))
        yield from _plain_faults(property_.type, spot, definition, bench, property_)
    yield _undeclared(definition, shape, bench)


_LIST = Code("[]")


def _undeclared(definition: ir.Definition, shape: ir.Object, bench: Bench) -> Faults:
    """Return an object with one member too many: kept, or refused when strict."""
    declared = {p.wire_name.raw for p in shape.properties}
    new = next(w for n in range(len(declared) + 1) if (w := "undeclared" + "-" * n) not in declared)
    value: Tree = {"within": [1, None]}
    if shape.closed:
        message = f"$: expected only the {len(declared)} members declared, found 1 more"
        return Faults(lax=(Row(new, tree_doc(value), message),))
    if keeps_extra(definition) and _stands(new, value, definition, bench):
        return Faults(kept=(Row(new, tree_doc(value), ""),))
    return Faults()


def _stands(wire: str, value: Tree, definition: ir.Definition, bench: Bench) -> bool:
    """Return whether an object as a whole is what it has to be, whatever a member is made."""
    checks = checks_of(definition)
    full = bench.samples.built(definition.id, full=True) if checks else None
    return full is None or all(
        isinstance(whole, dict) and passes({**whole, wire: value}, checks, bench.world.assertions)
        for whole in (full.received, full.written)
    )


def _union_faults(definition: ir.Definition, union: ir.Union, bench: Bench) -> Iterator[Faults]:
    choice = union.verdict.choice
    tried = misshapen(choice) if is_received(definition) else ()
    for value in (*tried, *strangers(choice)):
        if value is None and definition.nullable:
            continue
        match bench.samples.outcome(value, definition.id):
            case Refused() as refused:
                yield Faults(misread=(_misread(value, refused),))
            case Kept(refused):
                yield Faults(kept=(_misread(value, refused),))
            case Taken() | TakenLoosely() | None:
                pass
    for number, variant in enumerate(union.variants):
        yield Faults(kept=tuple(_unlisted_of(definition, number, variant.type, bench)))


def _misread(value: Tree, refused: Refused) -> Row:
    return Row(None, tree_doc(value), f"{path(refused.steps)}: {refused.says}")


def _unlisted_of(
    definition: ir.Definition, number: int, type_: ir.Type, bench: Bench
) -> Iterator[Row]:
    """Return values that an enum does not list, where the union takes them for it all the same."""
    spot = Spot(bench.world.codec(definition.id), number)
    for where in positions(type_, spot, (), bench.samples, tolerant=is_open(definition)):
        for value in () if where.steps else unlisted(where):
            is_taken = bench.samples.outcome(value, definition.id) == Taken(number)
            if is_taken and passes(value, where.checks, bench.world.assertions):
                yield Row(None, tree_doc(value), unlisted_message(where, value))
