"""What does not fit a type, and what the package is to say of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, is_open, is_text, unknowns
from specloom.python.layout import Doc
from specloom.python.literals import literal
from specloom.python.sample import Sample, Spot, array_doc, object_doc
from specloom.python.tests.nouns import READ, WRITTEN
from specloom.python.tests.outcomes import Refused, Steps, found
from specloom.python.tests.samples import Samples
from specloom.python.tests.weights import span
from specloom.values import Json, Kind, Tree, kind_of

Wrap: TypeAlias = Callable[[Doc], Doc]
NEW = "a-new-value"
NOT_IN_BASE64 = "?"
SEVEN = Code("7")
FOREIGN = Code("object()")
"""What no union takes, whatever is among its variants."""
_LONGEST = 60
"""Characters of a name in a message, beyond which it is cut."""
_LONGEST_ENUM = 200
"""Values that a message may list, in the table of a test."""


@dataclass(frozen=True, slots=True)
class Misfit:
    value: Doc
    message: str


@dataclass(frozen=True, slots=True)
class Position:
    """A type, or what stands within it: an item of a list, a value of a map."""

    type: ir.Type
    checks: tuple[ir.Check, ...]
    is_nullable: bool
    lists_null: bool
    """Whether null is one of the values of an enum."""
    is_tolerant: bool
    at: Spot
    steps: Steps
    in_json: Wrap
    in_python: Wrap


def path(steps: Steps) -> str:
    """Return where a value stands, as the errors of a package say it."""
    return "$" + "".join(map(_step, steps))


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    shown = step if len(step) <= _LONGEST else f"{step[:_LONGEST]}..."
    return f".{shown}" if shown.isidentifier() else f"[{shown!a}]"


def positions(
    type_: ir.Type, at: Spot, steps: Steps, samples: Samples, *, tolerant: bool
) -> Iterator[Position]:
    """Return a type and all that stands within it, but for what objects within it hold."""
    top = Position(type_, (), False, False, tolerant, at, steps, _as_it_is, _as_it_is)
    return _positions(top, samples)


def _as_it_is(doc: Doc) -> Doc:
    return doc


def _positions(where: Position, samples: Samples) -> Iterator[Position]:
    match where.type:
        case ir.Nullable(of):
            listed_too = isinstance(of, ir.Literal) and not of.open
            inside = replace(where, type=of, is_nullable=True, lists_null=listed_too)
            yield from _positions(inside, samples)
        case ir.Checked(of, checks):
            yield from _positions(replace(where, type=of, checks=checks), samples)
        case ir.Ref(target) if isinstance(
            shape := (named := samples.world.definitions[target]).shape, ir.Alias
        ):
            if where.at.room > 0:
                at = replace(where.at, room=where.at.room - 1)
                inside = replace(where, type=shape.of, is_tolerant=is_open(named), at=at)
                yield from _positions(replace(inside, lists_null=False), samples)
        case ir.Literal(_, True) as known:
            kind = ir.ScalarKind.STRING if is_text(known) else ir.ScalarKind.INTEGER
            yield replace(where, type=ir.Scalar(kind))
        case ir.Literal(values) if len(values) > _LONGEST_ENUM:
            return
        case ir.Array() | ir.Map():
            yield where
            # what is asked of the whole may be asked of what is within it
            if not any(isinstance(check, ir.Holds | ir.Exclusive) for check in where.checks):
                yield from _inside(where, where.type, samples)
        case _:
            yield where


def _inside(where: Position, type_: ir.Array | ir.Map, samples: Samples) -> Iterator[Position]:
    of = type_.item if isinstance(type_, ir.Array) else type_.value
    least, most = span(where.checks)
    items = samples.items(of, max(least, min(1, most)), where.at)
    if not items or where.at.room <= 0 or len(items) < least:
        return

    def within(select: Callable[[Sample], Doc], bad: Doc) -> Doc:
        docs = (bad, *(select(item) for item in items[1:]))
        if isinstance(type_, ir.Array):
            return array_doc(docs)
        return object_doc({f"key {n + 1}": doc for n, doc in enumerate(docs)})

    inner = Position(
        type=of,
        checks=(),
        is_nullable=False,
        lists_null=False,
        is_tolerant=where.is_tolerant,
        at=where.at.step(0),
        steps=(*where.steps, 0 if isinstance(type_, ir.Array) else "key 1"),
        in_json=lambda bad: where.in_json(
            within(lambda item: literal(Json.of(item.received)), bad)
        ),
        in_python=lambda bad: where.in_python(within(lambda item: item.python, bad)),
    )
    yield from _positions(inner, samples)


# --- of another type -----------------------------------------------------------------------


def unread(where: Position, samples: Samples) -> Iterator[Misfit]:
    """Return JSON values of other kinds than a type is for; Anything is for all."""
    if isinstance(where.type, ir.Anything):
        return
    union = _union(where.type, samples.world)
    if union is None:
        strange = _foreign(where, samples.world)
    else:
        strange = _of_no_variant(union, samples, is_nullable=where.is_nullable)
    for value, says in strange:
        message = f"{path(where.steps)}: {says}"
        yield Misfit(where.in_json(literal(Json.of(value))), message)


def _union(type_: ir.Type, world: World) -> ir.Definition | None:
    definition = world.definitions[type_.target] if isinstance(type_, ir.Ref) else None
    return definition if definition and isinstance(definition.shape, ir.Union) else None


def _of_no_variant(
    union: ir.Definition, samples: Samples, *, is_nullable: bool
) -> Iterator[tuple[Tree, str]]:
    """Return a value of a kind that a union does not take, and null if it does not."""
    values: tuple[Tree, ...] = ([], 7, NEW, True, {})
    made = ((value, samples.outcome(value, union.id)) for value in values)
    yield from islice(((v, o.says) for v, o in made if isinstance(o, Refused) and not o.steps), 1)
    null = None if is_nullable or union.nullable else samples.outcome(None, union.id)
    if isinstance(null, Refused):
        yield None, null.says


def _foreign(where: Position, world: World) -> Iterator[tuple[Tree, str]]:
    expected = _expected(where.type) + _or_null(where)
    for value, word in _strange(where):
        yield value, f"expected {word or expected}, found {found(value)}"
    if not where.is_nullable and not _takes_null(where.type, world):
        yield None, f"expected {_if_null(where.type) or expected}, found null"


def _strange(where: Position) -> Iterator[tuple[Tree, str]]:
    """Return values of other kinds, and what is expected of them if that is another word."""
    match where.type:
        case ir.Scalar(ir.ScalarKind.STRING | ir.ScalarKind.BINARY):
            yield 7, ""
        case ir.Scalar(kind) if kind in WRITTEN:
            yield 7, "a string"
            yield NOT_IN_BASE64 if kind is ir.ScalarKind.BASE64URL else NEW, ""
        case ir.Scalar(ir.ScalarKind.INTEGER):
            yield from (("7", ""), (True, ""), (7.5, ""))
        case ir.Scalar(ir.ScalarKind.NUMBER):
            yield from (("7", ""), (True, ""))
        case ir.Scalar(ir.ScalarKind.BOOLEAN):
            yield from (("true", ""), (1, ""))
        case ir.Literal(values):
            yield [], ""
            if not unlisted(where):
                yield from ((value, "") for value in others(values))
        case ir.Array():
            yield {}, ""
        case _:
            yield [], ""


def _if_null(type_: ir.Type) -> str:
    return "a string" if isinstance(type_, ir.Scalar) and type_.kind in WRITTEN else ""


def _takes_null(type_: ir.Type, world: World) -> bool:
    if isinstance(type_, ir.Ref):
        return world.definitions[type_.target].nullable
    return type_ == ir.Scalar(ir.ScalarKind.NULL)


def _or_null(where: Position) -> str:
    return " or null" if where.lists_null else ""


def _expected(type_: ir.Type) -> str:
    match type_:
        case ir.Scalar(kind):
            return READ[kind]
        case ir.Literal(values):
            return " or ".join(json.dumps(v.value) for v in values)
        case ir.Array():
            return "an array"
        case _:
            return "an object"


def others(values: tuple[Json, ...]) -> tuple[Tree, ...]:
    """Return values that an enum does not list, of the kinds that it lists."""
    kinds = {kind_of(value.value) for value in values}
    known = {value.raw for value in values}
    integers = [v.value for v in values if isinstance(v.value, int)]
    string = next(w for n in range(len(known) + 1) if Json.of(w := NEW + "-" * n).raw not in known)
    strings = (string,) if Kind.STRING in kinds else ()
    return (*strings, *((max(integers) + 1,) if Kind.INTEGER in kinds else ()))


def unlisted(where: Position) -> tuple[Tree, ...]:
    """Return values that nobody listed but that are kept all the same."""
    if isinstance(where.type, ir.Literal) and where.is_tolerant and unknowns(where.type):
        return others(where.type.values)
    return ()


def unlisted_message(where: Position, value: Tree) -> str:
    expected = _expected(where.type) + _or_null(where)
    return f"{path(where.steps)}: expected {expected}, found {found(value)}"


def unwritable(where: Position, world: World) -> Iterator[Misfit]:
    """Return Python values of other types than a type is for."""
    value, expected = _wrong(where.type, world)
    message = f"{path(where.steps)}: expected {expected}{_or_null(where)}"
    yield Misfit(where.in_python(value), message)


def _wrong(type_: ir.Type, world: World) -> tuple[Code, str]:
    match type_:
        case ir.Anything():
            return FOREIGN, "a JSON value"
        case ir.Literal():
            return Code("[]"), _expected(type_)
        case ir.Scalar(ir.ScalarKind.STRING):
            return SEVEN, _expected(type_)
        case ir.Scalar(ir.ScalarKind.BINARY):
            return SEVEN, "bytes, a path or a file opened for bytes"
        case ir.Scalar(kind):
            return literal("7"), WRITTEN.get(kind) or _expected(type_)
        case ir.Array():
            return SEVEN, "a list"
        case ir.Map():
            return SEVEN, "a dict whose keys are strings"
        case ir.Ref(target):
            definition = world.definitions[target]
            foreign = FOREIGN if isinstance(definition.shape, ir.Union) else SEVEN
            return foreign, instance_of(definition, world)
        case ir.Nullable(of) | ir.Checked(of, _):
            return _wrong(of, world)


def instance_of(definition: ir.Definition, world: World) -> str:
    """Return what is expected of a value that an object or a union is written from."""
    name = world.name(definition.id)
    if isinstance(definition.shape, ir.Object):
        return f"an instance of {name}"
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"
