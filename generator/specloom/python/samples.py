"""Values of a type to try a package with: as an answer holds them, in Python, and as sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import Code
from specloom.graph import named
from specloom.python.annotations import World
from specloom.python.fitting import failure, fitting
from specloom.python.layout import Doc, Group
from specloom.python.literals import bytes_literal, literal
from specloom.python.weights import span
from specloom.values import Json, Tree

_HEAVIEST = 200
"""Values within a sample: what cannot be had for less has no sample."""
_DEEPEST = 3
"""Lists within lists, before they are as short as they may be."""
_LONGEST_CHAIN = 50
"""Aliases of aliases, before a sample is given up."""


@dataclass(frozen=True, slots=True)
class Sample:
    received: Tree
    python: Doc
    written: Tree
    """As a request holds it: defaults are written, some nulls are not."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sample stands: this makes it unlike its neighbours."""

    word: str
    seed: int
    avoided: Tree = None
    """A default, from which the sample should differ."""
    secret: bool = False
    plain: bool = False
    """Whether letters and hyphens are all that can stand here."""
    room: int = _DEEPEST

    def step(self, number: int) -> Spot:
        word = f"{self.word} {number + 1}" if number else self.word
        return Spot(word, self.seed + number, None, self.secret, self.plain, room=self.room - 1)

    @property
    def text(self) -> str:
        dashed = self.word.replace("_", "-")
        if self.secret:
            return f"{'an' if dashed[:1] in 'aeiou' else 'a'}-{dashed}"
        if self.plain:
            return dashed.replace(" ", "-")
        return f"{dashed} &=+%\u00e9"


NULL = Sample(None, Code("None"), None)
NO_CHANGES: Mapping[str, Sample] = {}


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes samples; objects within others are mentioned by the names of their constants."""

    world: World
    weights: Mapping[ir.TypeId, float]
    constants: Mapping[ir.TypeId, tuple[Code, Code]]
    """Of each object: the name of its full sample, and that of its smallest."""

    def of(self, type_: ir.Type, at: Spot) -> Sample | None:
        """Return a sample that is not null if it can be helped; None where there is none."""
        match type_:
            case ir.Anything():
                return _anything((), at)
            case ir.Scalar(kind):
                return _scalar(kind, (), at)
            case ir.Literal(values):
                some = values[:_LONGEST_CHAIN]
                others = [v for v in some if v.value != at.avoided] or some
                chosen = others[at.seed % len(others)]
                return Sample(chosen.value, literal(chosen), chosen.value)
            case ir.Nullable(of):
                return (self.of(of, at) if at.room > 0 else None) or NULL
            case ir.Array(item):
                return self._array(item, (), at)
            case ir.Map(value):
                return self._map(value, (), at)
            case ir.Checked(of, checks):
                return self._checked(of, checks, at)
            case ir.Ref(target):
                return self.named(target, at)

    def named(self, id_: ir.TypeId, at: Spot) -> Sample | None:
        """Return the smallest sample of an object, any of a union, and a full one of an alias."""
        if self.weights[id_] > _HEAVIEST or at.room < -_LONGEST_CHAIN:
            return None
        definition = self.world.definitions[id_]
        match definition.shape:
            case ir.Object():
                return self.smallest(id_)
            case ir.Union() as union:
                return self.smallest(min(named(union), key=lambda id_: self.weights[id_]))
            case ir.Alias(of):
                return self.of(of, replace(at, room=at.room - 1))

    def smallest(self, id_: ir.TypeId) -> Sample | None:
        """Return the sample of an object with its required members only."""
        if self.weights[id_] > _HEAVIEST:
            return None
        built = self.built(id_, full=False)
        return None if built is None else replace(built, python=self.constants[id_][1])

    def built(
        self, id_: ir.TypeId, *, full: bool, changes: Mapping[str, Sample] = NO_CHANGES
    ) -> Sample | None:
        """Return a sample of an object, its constructor written out; None where there is none."""
        definition = self.world.definitions[id_]
        received: dict[str, Tree] = {}
        always: dict[str, Tree] = {}
        perhaps: dict[str, Tree] = {}
        arguments: list[Doc] = []
        for property_, at in spots(definition, self.world):
            wire, standing = property_.wire_name.raw, standing_for(property_, definition)
            sample = changes.get(wire) or self._member(property_, at, full=full)
            if sample is None and property_.required:
                return None
            if sample is not None:
                received[wire] = sample.received
                if not is_fixed(property_, definition):
                    field = self.world.names.fields[id_, property_.wire_name]
                    arguments.append(prefixed(Code(f"{field}="), sample.python))
            if property_.required or standing is not None:
                always[wire] = standing if sample is None else sample.written
            elif sample is not None and (not drops_null(property_, definition) or sample != NULL):
                perhaps[wire] = sample.written
        head = Code(f"models.{self.world.name(id_)}(")
        return Sample(received, Group(head, tuple(arguments), Code(")")), {**always, **perhaps})

    def _member(self, property_: ir.Property, at: Spot, *, full: bool) -> Sample | None:
        if not full and not property_.required:
            return None
        if not full and isinstance(property_.type, ir.Nullable):
            return NULL
        return self.of(property_.type, at if full else replace(at, room=0))

    def _checked(self, of: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
        match of:
            case ir.Scalar(kind):
                return _scalar(kind, checks, at)
            case ir.Array(item):
                return self._array(item, checks, at)
            case ir.Map(value):
                return self._map(value, checks, at)
            case ir.Anything():
                return _anything(checks, at)
            case _:
                return self.of(of, at)

    def items(self, item: ir.Type, count: int, at: Spot) -> tuple[Sample, ...]:
        """Return `count` samples that differ if they can, or as many as there are."""
        found = (self.of(item, at.step(number)) for number in range(count))
        return tuple(sample for sample in found if sample is not None)

    def _array(self, item: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
        least, most = span(checks)
        count = max(least, min(2, most)) if at.room > 0 else least
        found = listed(self.items(item, count, at))
        return found if failure(found.received, checks) is None else self._alone(item, checks, at)

    def _alone(self, item: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
        """Return a list of one, for items of which no second can be had."""
        found = listed(self.items(item, 1, at))
        return found if failure(found.received, checks) is None else None

    def _map(self, value: ir.Type, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
        least, most = span(checks)
        count = max(least, min(1, most)) if at.room > 0 else least
        found = mapped(self.items(value, count, at))
        return found if failure(found.received, checks) is None else None


def prefixed(prefix: Code, doc: Doc) -> Doc:
    """Return a document that begins with `prefix`."""
    return (
        Code(prefix + doc) if isinstance(doc, Code) else replace(doc, head=Code(prefix + doc.head))
    )


def listed(items: tuple[Sample, ...]) -> Sample:
    return Sample(
        [item.received for item in items],
        array_doc(tuple(item.python for item in items)),
        [item.written for item in items],
    )


def mapped(values: tuple[Sample, ...]) -> Sample:
    keys = tuple(f"key {number + 1}" for number in range(len(values)))
    docs = {key: value.python for key, value in zip(keys, values, strict=True)}
    return Sample(
        {key: value.received for key, value in zip(keys, values, strict=True)},
        object_doc(docs),
        {key: value.written for key, value in zip(keys, values, strict=True)},
    )


def array_doc(items: tuple[Doc, ...]) -> Doc:
    return Group(Code("["), items, Code("]"), display=True) if items else Code("[]")


def object_doc(members: Mapping[str, Doc]) -> Doc:
    items = tuple(prefixed(Code(f"{literal(key)}: "), doc) for key, doc in members.items())
    return Group(Code("{"), items, Code("}"), display=True) if items else Code("{}")


def tree_doc(value: Tree) -> Doc:
    """Return the Python literal of a JSON value, to be laid out."""
    match value:
        case Mapping():
            return object_doc({key: tree_doc(one) for key, one in value.items()})
        case None | bool() | int() | float() | str():
            return literal(Json.of(value))
        case _:
            return array_doc(tuple(map(tree_doc, value)))


def spots(definition: ir.Definition, world: World) -> Iterator[tuple[ir.Property, Spot]]:
    """Return the properties of an object, each with the spot of its sample."""
    shape = definition.shape
    properties = shape.properties if isinstance(shape, ir.Object) else ()
    for number, property_ in enumerate(properties):
        word = world.names.fields[definition.id, property_.wire_name]
        avoided = None if property_.default is None else property_.default.value.value
        yield property_, Spot(word, number, avoided, property_.secret)


def standing_for(property_: ir.Property, definition: ir.Definition) -> Tree:
    """Return what is written for a member that nobody gave; None: nothing.

    The table at the end of the design of the generated package.
    """
    if property_.required or definition.usage.patched:
        return None
    if property_.default is not None:
        return property_.default.value.value
    constant = _constant(property_.type)
    return None if constant is None else constant.value


def is_fixed(property_: ir.Property, definition: ir.Definition) -> bool:
    """Return whether a constant fills a field by itself."""
    if _constant(property_.type) is None:
        return False
    return property_.required or (property_.default is None and not definition.usage.patched)


def drops_null(property_: ir.Property, definition: ir.Definition) -> bool:
    """Return whether null is the default, which is not written."""
    default = property_.default
    return default is not None and default.value.value is None and not definition.usage.patched


def _constant(type_: ir.Type) -> Json | None:
    match type_:
        case ir.Literal((only,), open=False):
            return only
        case ir.Checked(of, _):
            return _constant(of)
        case _:
            return None


def _scalar(kind: ir.ScalarKind, checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
    value = fitting(kind, at.text, at.seed, checks, at.avoided)
    if value is None:
        return None
    code = literal(Json.of(value))
    if kind is ir.ScalarKind.BINARY and isinstance(value, str):
        return Sample(value, bytes_literal(value.encode()), value)
    python = Code(f"UUID({code})") if kind is ir.ScalarKind.UUID else code
    return Sample(value, python, value)


def _anything(checks: tuple[ir.Check, ...], at: Spot) -> Sample | None:
    candidates: tuple[Tree, ...] = (at.text, {at.text: [at.seed, True]}, 40 + at.seed, True)
    value = next((c for c in candidates if failure(c, checks) is None), None)
    return None if value is None else Sample(value, tree_doc(value), value)
