"""Values of a type to try a package with: as an answer holds them, in Python, and as sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, is_received
from specloom.python.sample import NO_CHANGES, NULL, Sample, Spot, best, listed, mapped
from specloom.python.tests.ascribed import ascribed
from specloom.python.tests.constructed import constructed
from specloom.python.tests.judging import fitted
from specloom.python.tests.leaves import anything, constants, scalars
from specloom.python.tests.meant import meant
from specloom.python.tests.members import checks_of, selections, spots
from specloom.python.tests.outcomes import Foretold, Outcome, Refused, Taken, TakenLoosely
from specloom.python.tests.standing import is_ambiguous
from specloom.python.tests.weights import span, weight
from specloom.values import Json, Tree

_HEAVIEST = 1_000
"""Values within a sample: what cannot be had for less has no sample."""
_LONGEST_CHAIN = 50
"""Aliases of aliases, before a sample is given up."""
_MOST_VARIANTS = 4
"""Of a union, before a sample is given up."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes samples; objects within others are mentioned by the names of their constants."""

    world: World
    weights: Mapping[ir.TypeId, float]
    constants: Mapping[ir.TypeId, tuple[Code, Code]]
    """Of each object: the name of its full sample, and that of its smallest."""
    foretold: Foretold
    _whole: dict[tuple[ir.TypeId, bool], Sample | None] = field(
        init=False, default_factory=dict[tuple[ir.TypeId, bool], "Sample | None"], compare=False
    )
    """Those of objects that were made before: within others they are asked for again."""
    _more: dict[ir.TypeId, tuple[Sample, ...]] = field(
        init=False, default_factory=dict[ir.TypeId, tuple[Sample, ...]], compare=False
    )
    """Of objects: those with a member more than the smallest."""
    _open: dict[ir.TypeId, Sample | None] = field(
        init=False, default_factory=dict[ir.TypeId, "Sample | None"], compare=False
    )
    """Of the unions that are on the way: the best so far, which is what stands within them."""

    def of(self, type_: ir.Type, at: Spot) -> Sample | None:
        """Return a sample that is not null if it can be helped; None where there is none."""
        match type_:
            case ir.Nullable(of):
                return (self.of(of, at) if at.room > 0 else None) or NULL
            case ir.Ref(target):
                return self.named(target, at)
            case ir.Checked(of, checks):
                return self._fitting(of, checks, at)
            case _:
                return self._fitting(type_, (), at)

    def named(self, id_: ir.TypeId, at: Spot) -> Sample | None:
        """Return the smallest sample of an object, one of a union, and a full one of an alias."""
        if self.weights[id_] > _HEAVIEST or at.room < -_LONGEST_CHAIN:
            return None
        match self.world.definitions[id_].shape:
            case ir.Object():
                return self.smallest(id_)
            case ir.Union() as union:
                return self._open[id_] if id_ in self._open else self._of_union(id_, union, at)
            case ir.Alias(of):
                return self.of(of, replace(at, room=at.room - 1))

    # --- variants ------------------------------------------------------------------------

    def _of_union(self, id_: ir.TypeId, union: ir.Union, at: Spot) -> Sample | None:
        """Return the sample of one of the smallest variants."""
        weights = [weight(variant.type, self.weights) for variant in union.variants]
        lightest = sorted(range(len(weights)), key=weights.__getitem__)
        found: Sample | None = None
        for number in lightest[:_MOST_VARIANTS]:
            self._open[id_] = found
            found = best((found, self.variant(id_, number, at)))
            if found is not None and found.is_plain:
                break
        del self._open[id_]
        return found

    def variant(self, id_: ir.TypeId, number: int, at: Spot) -> Sample | None:
        """Return a sample that a union takes for one of its variants; None where there is none."""
        union = self.world.definitions[id_].shape
        assert isinstance(union, ir.Union)
        type_ = union.variants[number].type
        if weight(type_, self.weights) > _HEAVIEST:
            return None
        found = (
            self._objects(type_.target)
            if isinstance(type_, ir.Ref) and type_.target in self.constants
            # nothing tells what an empty array is of
            else (self.of(type_, spot) for spot in (at, replace(at, room=max(at.room, 1))))
        )
        taken = best(self.taken(one, id_, number) for one in found if one is not None)
        of = self.world.definitions[id_]
        return taken and replace(taken, python=ascribed(taken.python, of, number, self.world))

    def _objects(self, id_: ir.TypeId) -> Iterator[Sample | None]:
        """Return the smallest sample of an object, and some with a member more."""
        yield self.smallest(id_)
        if id_ not in self._more:
            self._more[id_] = ()  # none within itself
            made = self._built(self.world.definitions[id_], NO_CHANGES, full=False)
            self._more[id_] = tuple(islice(made, 1, None))
        yield from self._more[id_]

    def taken(self, sample: Sample, id_: ir.TypeId, number: int) -> Sample | None:
        """Return a sample as a union takes it for a variant, as it comes and as it was sent.

        None where it does not, or where strict decoding makes another thing of the two.
        """
        made = [self.outcome(value, id_) for value in (sample.received, sample.written)]
        if made == [Taken(number)] * 2:
            return sample
        if all(isinstance(one, TakenLoosely) and one.variant == number for one in made):
            return replace(sample, ambiguous=True)
        is_refused = all(isinstance(one, Refused) for one in made)
        is_read = is_received(self.world.definitions[id_])
        return replace(sample, unread=True) if is_refused and not is_read else None

    def _is_ambiguous(self, value: Tree, type_: ir.Type) -> bool:
        return is_ambiguous(value, type_, self.world, self.foretold)

    def outcome(self, value: Tree, id_: ir.TypeId) -> Outcome | None:
        """Return what becomes of a value that a union reads, if it is not null."""
        return self.foretold(id_, Json.of(value))

    # --- objects -------------------------------------------------------------------------

    def smallest(self, id_: ir.TypeId) -> Sample | None:
        """Return the sample of an object with its required members only."""
        if self.weights[id_] > _HEAVIEST:
            return None
        built = self.built(id_, full=False)
        return None if built is None else replace(built, python=self.constants[id_][1])

    def built(
        self, id_: ir.TypeId, *, full: bool, changes: Mapping[str, Sample] = NO_CHANGES
    ) -> Sample | None:
        """Return a sample of an object, its constructor written out; None where there is none.

        Where the object as a whole is narrowed, a few selections of its members are tried.
        """
        if changes:
            return next(self._built(self.world.definitions[id_], changes, full=full), None)
        if (id_, full) not in self._whole:
            self._whole[id_, full] = None  # none within itself
            made = self._built(self.world.definitions[id_], NO_CHANGES, full=full)
            self._whole[id_, full] = next(made, None)
        return self._whole[id_, full]

    def _built(
        self, definition: ir.Definition, changes: Mapping[str, Sample], *, full: bool
    ) -> Iterator[Sample]:
        """Return the samples that fit, none where a required member has none."""
        found: dict[str, Sample | None] = dict(changes)
        needed = {p.wire_name.raw for p, _ in spots(definition, self.world) if p.required}
        for names in selections(definition, self.world, full=full):
            for property_, at in spots(definition, self.world):
                wire = property_.wire_name.raw
                if wire in names and wire not in found:
                    found[wire] = self._member(definition, property_, at, full=full)
            chosen = {
                w: s for w, s in found.items() if s is not None and (w in names or w in changes)
            }
            if not chosen.keys() >= needed:
                return
            for more in self._additional(definition, full=full):
                built = constructed(definition, chosen, more, self.world, self._is_ambiguous)
                made = fitted(built, checks_of(definition), self.world.assertions)
                if made is not None:
                    yield made
                    break

    def _additional(self, definition: ir.Definition, *, full: bool) -> Iterator[Sample | None]:
        """Return a member that is not named, in a map, where an object may have some; and none."""
        shape = definition.shape
        if full and isinstance(shape, ir.Object) and shape.additional is not None:
            names = {property_.wire_name.raw for property_ in shape.properties}
            found = self.of(ir.Map(shape.additional), Spot("additional", len(names)))
            if found is not None and isinstance(found.received, dict):
                yield found if names.isdisjoint(found.received) else None
        yield None

    def _member(
        self, definition: ir.Definition, property_: ir.Property, at: Spot, *, full: bool
    ) -> Sample | None:
        if not full and isinstance(property_.type, ir.Nullable):
            return NULL
        small = replace(at, room=0)
        by_letter = meant(property_, definition.id, self.world.assertions)
        made = by_letter and self.of(by_letter, at if full else small)
        made = made or self.of(property_.type, at if full else small)
        if made is None or made.is_plain:
            return made
        less = self.of(property_.type, small)  # an empty list, perhaps
        if less is None or not less.is_plain:
            return made if property_.required else None
        return less

    # --- what is not named ---------------------------------------------------------------

    def _fitting(self, type_: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
        """Return a sample of a type that is narrowed: the first of a few that passes."""
        match type_:
            case ir.Scalar(kind):
                found = scalars(kind, checks, at, self.world.assertions)
            case ir.Literal(values):
                found = constants(values, at)
            case ir.Array(of):
                found = self._arrays(of, checks, at)
            case ir.Map(of):
                found = self._maps(of, checks, at)
            case ir.Anything():
                found = anything(at)
            case ir.Nullable() | ir.Checked() | ir.Ref():
                made = self.of(type_, at)
                found = iter(() if made is None else (made,))
        return best(fitted(sample, checks, self.world.assertions) for sample in found)

    def items(self, of: ir.Type, count: int, at: Spot) -> tuple[Sample, ...]:
        """Return `count` samples that differ if they can, or as many as there are.

        There are none where they would be too many, with all that stand beside them: lists within
        lists have no end of items, however short each is.
        """
        inside = at.among(count)
        steps = () if inside is None else map(inside.step, range(count))
        found = (self.of(of, step) for step in steps)
        return tuple(sample for sample in found if sample is not None)

    def _arrays(self, of: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Iterator[Sample]:
        """Return a list, and one of one, for items of which no second can be had."""
        least, most = span(checks)
        count = max(least, min(2, most)) if at.room > 0 else least
        yield listed(self.items(of, count, at))
        if at.room > 0:
            yield listed(self.items(of, 1, at))

    def _maps(self, of: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Iterator[Sample]:
        least, most = span(checks)
        count = max(least, min(1, most)) if at.room > 0 else least
        yield mapped(self.items(of, count, at))
