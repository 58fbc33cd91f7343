"""Values of each data type that the tests try, and how they spell them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from specloom import ir
from specloom.code import Code
from specloom.graph import variant_step
from specloom.python.annotations import World
from specloom.python.layout import Doc, Group
from specloom.python.literals import literal
from specloom.python.sample import NULL, Sample, Spot, listed, prefixed, tree_doc
from specloom.python.tests.members import spots
from specloom.python.tests.misfits import others
from specloom.python.tests.samples import Samples
from specloom.values import Json, Text
from specloom.verdict import is_trial

_MOST_VARIANTS = 12
"""Of a member that is a union: a sample each, up to this number."""
_MOST_TRIED = 100
"""Variants of a union that are tried one after another, and have values for it."""
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """A sample, and how the file of the tests spells it."""

    sample: Sample
    received: Doc
    python: Doc
    is_sent: bool = True
    """False where only an enum's value is another: reading and writing it is test enough."""


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
            for number in range(len(variants)):
                yield from (pair for _, pair in variant_pairs(id_, number, bench))
        case ir.Alias(of):
            yield from _plain_pairs(of, str(bench.world.codec(id_)), bench)
            if isinstance(of, ir.Nullable):
                yield Pair(NULL, NULL.python, NULL.python)
    if definition.nullable:
        yield Pair(NULL, NULL.python, NULL.python)


def variant_pairs(id_: ir.TypeId, number: int, bench: Bench) -> Iterator[tuple[int, Pair]]:
    """Return the values that a union takes for one variant, each with its place among all of it.

    Those that decoding refuses, if only where it is strict, come only where there are no others.
    Of very many variants that are tried one after another, the last are left to tests of their own:
    what each takes has to be held to all.
    """
    union = bench.world.definitions[id_].shape
    assert isinstance(union, ir.Union)
    if number >= _MOST_TRIED and is_trial(union.verdict.choice):
        return
    match union.variants[number].type:
        case ir.Ref(target):
            found = pairs(target, bench)
        case type_:
            word = f"{bench.world.codec(id_)}_{variant_step(union, number)}"
            found = _plain_pairs(type_, word, bench)
    taken = [
        (place, replace(pair, sample=sample))
        for place, pair in enumerate(found)
        if (sample := bench.samples.taken(pair.sample, id_, number)) is not None
    ]
    plain = [(place, pair) for place, pair in taken if pair.sample.is_plain]
    yield from plain or taken


def _plain_pairs(type_: ir.Type, word: str, bench: Bench) -> Iterator[Pair]:
    for sample in (bench.samples.of(type_, Spot(word, 0)), _smallest(type_, bench)):
        if sample is not None:
            yield Pair(sample, tree_doc(sample.received), sample.python)
    for value in _listed_values(type_)[1:]:
        code = literal(value)
        yield Pair(Sample(value.value, code, value.value), code, code, is_sent=False)


def _listed_values(type_: ir.Type) -> tuple[Json, ...]:
    """Return some values of an enum, and one that it does not list where it allows others."""
    match type_.of if isinstance(type_, ir.Nullable) else type_:
        case ir.Literal(values, True):
            return (*values[: _MOST_VALUES - 1], *map(Json.of, others(values)))
        case ir.Literal(values):
            return values[:_MOST_VALUES]
        case _:
            return ()


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
    nulls = {
        p.wire_name.raw: NULL for p, _ in spots(definition, bench.world) if _is_nullable(p, bench)
    }
    emptied = tuple(_changed(definition, nulls, bench)) if nulls else ()
    yield Pair(full, Code(f"{names[0]}_JSON"), names[0])
    if small not in (full, *(pair.sample for pair in emptied)):
        yield Pair(small, tree_doc(small.received), names[1])
    yield from emptied
    for property_, at in spots(definition, bench.world):
        for variant in islice(_variants(property_.type, at, bench), _MOST_VARIANTS):
            yield from _changed(definition, {property_.wire_name.raw: variant}, bench)
        for value in _values(property_, full):
            for pair in _changed(definition, {property_.wire_name.raw: value}, bench):
                yield replace(pair, is_sent=False)


def _is_nullable(property_: ir.Property, bench: Bench) -> bool:
    match property_.type:
        case ir.Nullable():
            return True
        case ir.Ref(target):
            return bench.world.definitions[target].nullable
        case _:
            return False


def _variants(
    type_: ir.Type, at: Spot, bench: Bench, within: frozenset[ir.TypeId] = frozenset()
) -> Iterator[Sample]:
    """Return a sample of each variant of a member that is a union; of a list, one with all.

    A list of the lists that it is `within` has none.
    """
    match bench.world.resolved(type_):
        case ir.Nullable(of):
            yield from _variants(of, at, bench, within)
        case ir.Array(ir.Ref(target)) if target not in within.union(bench.samples.constants):
            items = _variants(ir.Ref(target), at, bench, within | {target})
            found = tuple(islice(items, _MOST_VARIANTS))
            whole = listed(found)
            yield from (whole,) if len(found) > 1 or not whole.is_plain else ()
        case ir.Ref(target) if isinstance(shape := bench.world.definitions[target].shape, ir.Union):
            for number in range(len(shape.variants)):
                sample = bench.samples.variant(target, number, at)
                if sample is not None:
                    yield sample
        case _:
            return


def _values(property_: ir.Property, full: Sample) -> Iterator[Sample]:
    """Return the values of an enum that the full sample does not have."""
    wire = property_.wire_name.raw
    if isinstance(full.received, dict) and wire in full.received:
        for value in _listed_values(property_.type):
            if Json.of(full.received[wire]) != value:
                yield Sample(value.value, literal(value), value.value)


def _changed(definition: ir.Definition, changes: dict[str, Sample], bench: Bench) -> Iterator[Pair]:
    """Return a full sample with some members exchanged; if others have to go for these, in full."""
    full = bench.samples.built(definition.id, full=True)
    whole = bench.samples.built(definition.id, full=True, changes=changes)
    if full is None or whole is None:
        return
    assert isinstance(full.received, dict)
    if whole.received != full.received | {w: s.received for w, s in changes.items()}:
        yield Pair(whole, tree_doc(whole.received), whole.python)
        return
    name = bench.samples.constants[definition.id][0]
    fields = bench.world.names.fields
    received = (_member(w, tree_doc(s.received)) for w, s in changes.items())
    python = (
        prefixed(Code(f"{fields[definition.id, Text(w)]}="), s.python) for w, s in changes.items()
    )
    yield Pair(
        whole,
        Group(Code("{"), (Code(f"**{name}_JSON"), *received), Code("}"), display=True),
        Group(Code("replace("), (name, *python), Code(")")),
    )


def _member(wire: str, doc: Doc) -> Doc:
    return prefixed(Code(f"{literal(wire)}: "), doc)
