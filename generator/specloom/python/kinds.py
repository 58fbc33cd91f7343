"""Each data type as the tests know it: values of it, and values that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, is_open
from specloom.python.layout import Doc, Group
from specloom.python.literals import literal
from specloom.python.misfits import (
    NEW,
    Misfit,
    Position,
    breaches,
    path,
    positions,
    unlisted,
    unlisted_message,
    unread,
    unwritable,
)
from specloom.python.models import keeps_extra
from specloom.python.samples import (
    NULL,
    Sample,
    Samples,
    Spot,
    drops_null,
    prefixed,
    spots,
    tree_doc,
)
from specloom.values import Json, Kind, kind_of

_MOST_VARIANTS = 12
"""Of a member that is a union: a sample each, up to this number."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sample, and how the file of the tests spells it."""

    sample: Sample
    received: Doc
    python: Doc


@dataclass(frozen=True, slots=True)
class Bench:
    """What is needed to describe a type: samples, and the names of constants."""

    samples: Samples
    kinds: dict[ir.TypeId, Code]

    @property
    def world(self) -> World:
        return self.samples.world


def pairs(id_: ir.TypeId, bench: Bench) -> Iterator[Pair]:
    """Return the values of a definition that are tried: in full, the smallest, variants, nulls."""
    definition = bench.world.definitions[id_]
    match definition.shape:
        case ir.Object():
            yield from _object_pairs(definition, bench)
        case ir.Union(variants=variants):
            for target in dict.fromkeys(v.target for v in variants):
                yield from _object_pairs(bench.world.definitions[target], bench)
        case ir.Alias(of):
            at = Spot(bench.world.codec(id_), 0)
            for sample in (bench.samples.of(of, at), _smallest(of, bench)):
                if sample is not None:
                    yield Pair(sample, tree_doc(sample.received), sample.python)
            if isinstance(of, ir.Nullable):
                yield Pair(NULL, NULL.python, NULL.python)
    if definition.nullable:
        yield Pair(NULL, NULL.python, NULL.python)


def _smallest(type_: ir.Type, bench: Bench) -> Sample | None:
    inner = type_.of if isinstance(type_, ir.Checked) else type_
    if not isinstance(inner, ir.Array | ir.Map):
        return None
    return bench.samples.of(type_, Spot("one", 0, room=0))


def _object_pairs(definition: ir.Definition, bench: Bench) -> Iterator[Pair]:
    full = bench.samples.built(definition.id, full=True)
    small = bench.samples.built(definition.id, full=False)
    if full is None or small is None:
        return
    names = bench.samples.constants[definition.id]
    yield Pair(full, Code(f"{names[0]}_JSON"), names[0])
    if names[1] != names[0]:
        yield Pair(small, tree_doc(small.received), names[1])
    nulls = {
        p.wire_name.raw: NULL for p, _ in spots(definition, bench.world) if _is_nullable(p, bench)
    }
    if nulls:
        yield from _changed(definition, nulls, bench)
    for property_, _ in spots(definition, bench.world):
        for variant in _variants(property_.type, bench)[:_MOST_VARIANTS]:
            yield from _changed(definition, {property_.wire_name.raw: variant}, bench)


def _is_nullable(property_: ir.Property, bench: Bench) -> bool:
    match property_.type:
        case ir.Nullable():
            return True
        case ir.Ref(target):
            return bench.world.definitions[target].nullable
        case _:
            return False


def _variants(type_: ir.Type, bench: Bench) -> tuple[Sample, ...]:
    match type_:
        case ir.Nullable(of):
            return _variants(of, bench)
        case ir.Ref(target) if isinstance(shape := bench.world.definitions[target].shape, ir.Union):
            targets = dict.fromkeys(v.target for v in shape.variants)
            found = (bench.samples.smallest(target) for target in targets)
            return tuple(sample for sample in found if sample is not None)
        case _:
            return ()


def _changed(definition: ir.Definition, changes: dict[str, Sample], bench: Bench) -> Iterator[Pair]:
    """Return a full sample with some members exchanged."""
    whole = bench.samples.built(definition.id, full=True, changes=changes)
    name = bench.samples.constants[definition.id][0]
    fields = _fields(definition, bench)
    received = (_member(w, tree_doc(s.received)) for w, s in changes.items())
    python = (prefixed(Code(f"{fields[w]}="), s.python) for w, s in changes.items())
    if whole is not None:
        yield Pair(
            whole,
            Group(Code("{"), (Code(f"**{name}_JSON"), *received), Code("}"), display=True),
            Group(Code("replace("), (name, *python), Code(")")),
        )


def _fields(definition: ir.Definition, bench: Bench) -> dict[str, Code]:
    shape = definition.shape
    properties = shape.properties if isinstance(shape, ir.Object) else ()
    names = bench.world.names.fields
    return {p.wire_name.raw: names[definition.id, p.wire_name] for p in properties}


def _member(wire: str, doc: Doc) -> Doc:
    return prefixed(Code(f"{literal(wire)}: "), doc)


# --- what does not fit -----------------------------------------------------------------------


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
            return _together(_object_faults(definition, shape, bench))
        case ir.Union() as union:
            return _union_faults(definition, union)
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
        foreign = tuple(unread(where, bench.world)) if tolerant else ()
        strange = tuple(unwritable(_present(where, member, definition), bench.world))
        yield Faults(
            misread=tuple(Row(wire, m.value, m.message) for m in foreign),
            kept=tuple(Row(wire, m.value, m.message) for m in _unlisted(where, bench)),
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


def _unlisted(where: Position, bench: Bench) -> Iterator[Misfit]:
    for value in unlisted(where):
        message = unlisted_message(where, value)
        yield Misfit(where.in_json(literal(Json.of(value))), message)


def _object_faults(definition: ir.Definition, shape: ir.Object, bench: Bench) -> Iterator[Faults]:
    if is_open(definition):
        yield Faults(misread=(Row(None, _LIST, "$: expected an object, found an array"),))
    for property_, spot in spots(definition, bench.world):
        wire = property_.wire_name.raw
        if property_.required and is_open(definition):
            message = f"{path((wire,))}: expected a value, found nothing"
            yield Faults(misread=(Row(wire, ABSENT, message),))
        yield from _plain_faults(property_.type, spot, definition, bench, property_)
    yield _undeclared(definition, shape)


_LIST = Code("[]")


def _undeclared(definition: ir.Definition, shape: ir.Object) -> Faults:
    """Return an object with one member too many: kept, or refused when strict."""
    declared = {p.wire_name.raw for p in shape.properties}
    new = next(w for n in range(len(declared) + 1) if (w := "undeclared" + "-" * n) not in declared)
    value = tree_doc({"within": [1, None]})
    if keeps_extra(definition):
        return Faults(kept=(Row(new, value, ""),))
    if shape.closed:
        message = f"$: expected only the {len(declared)} members declared, found 1 more"
        return Faults(lax=(Row(new, value, message),))
    return Faults()


def _union_faults(definition: ir.Definition, union: ir.Union) -> Faults:
    tags = [tag for variant in union.variants for tag in variant.tags]
    wire, known = union.tag.raw, {tag.raw for tag in tags}
    expected = f"{path((wire,))}: expected {_listed([tag.raw for tag in tags])}"
    new = next(w for n in range(len(known) + 1) if Json.of(w := NEW + "-" * n).raw not in known)
    stranger = Row(None, tree_doc({wire: new}), f"{expected}, found a string")
    if not is_open(definition):
        return Faults(misread=(stranger,))
    is_kept = Kind.STRING in {kind_of(tag.value) for tag in tags}
    misread = (
        Row(None, _LIST, "$: expected an object, found an array"),
        Row(None, Code("{}"), f"{expected}, found nothing"),
        Row(None, tree_doc({wire: None}), f"{expected}, found null"),
    )
    if is_kept:
        return Faults(misread=misread, kept=(stranger,))
    return Faults(misread=(*misread, stranger))


def _listed(words: list[str]) -> str:
    """Return words in a row, "or" before the last; a long row is cut."""
    if len(words) > 12:
        return f"one of {', '.join(words[:10])} and {len(words) - 10} more"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
