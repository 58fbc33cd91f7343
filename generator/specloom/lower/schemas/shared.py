"""Variants that share a type of Python's, as the one type that they are to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from specloom import ir
from specloom.values import Json, Kind, kind_of

Class: TypeAlias = str | ir.TypeId | tuple[str, ir.Type]
"""What tells two values apart in Python: a number is one class, whole or not."""

_TEXTS = (
    ir.ScalarKind.STRING,
    ir.ScalarKind.BINARY,
    ir.ScalarKind.DATE_TIME,
    ir.ScalarKind.DATE,
    ir.ScalarKind.TIME,
    ir.ScalarKind.DURATION,
    ir.ScalarKind.BASE64,
    ir.ScalarKind.BASE64URL,
    ir.ScalarKind.DECIMAL,
)
"""Where several of these may stand, or others than they mean, a value is a text, as it came."""
_CLASSES = {
    ir.ScalarKind.BOOLEAN: "boolean",
    ir.ScalarKind.INTEGER: "number",
    ir.ScalarKind.NUMBER: "number",
    ir.ScalarKind.UUID: "uuid",
    **dict.fromkeys(_TEXTS, "string"),
    ir.ScalarKind.NULL: "null",
}
_OF_KINDS = {Kind.BOOLEAN: "boolean", Kind.INTEGER: "number", Kind.STRING: "string"}


def groups(types: Sequence[ir.Type]) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the types that cannot be told apart in Python, in order.

    Lists, maps and objects of different types can be told apart by what they hold.
    """
    found: list[tuple[set[Class], list[int]]] = []
    for number, type_ in enumerate(types):
        own = set(_classes(type_))
        same = [n for n, (known, _) in enumerate(found) if known & own]
        whole = [number]
        for n in reversed(same):
            known, numbers = found.pop(n)
            own |= known
            whole = numbers + whole
        found.append((own, sorted(whole)))
    return tuple(tuple(numbers) for _, numbers in sorted(found, key=lambda group: group[1]))


def is_anything(type_: ir.Type) -> bool:
    """Return whether a type says nothing of the kind of its values."""
    match type_:
        case ir.Checked(of, _) | ir.Nullable(of):
            return is_anything(of)
        case _:
            return isinstance(type_, ir.Anything)


def together(types: Sequence[ir.Type]) -> tuple[ir.Type | None, bool]:
    """Return the one type of several of a group, and whether a value may fail all of them.

    None: there is none but that of anything.
    """
    bare = [of.of if isinstance(of, ir.Checked) else of for of in types]
    if all(type_ == bare[0] for type_ in bare):
        return bare[0], all(isinstance(of, ir.Checked) for of in types)
    literals = [of for of in bare if isinstance(of, ir.Literal)]
    scalars = {of.kind for of in bare if isinstance(of, ir.Scalar)}
    if len(literals) + sum(isinstance(of, ir.Scalar) for of in bare) < len(bare):
        return None, False
    values = tuple(dict.fromkeys(value for literal in literals for value in literal.values))
    kinds = {kind_of(value.value) for value in values}
    is_open = any(literal.open for literal in literals)
    if not scalars:
        return ir.Literal(values, open=is_open), False
    widest = _widest(scalars)
    wide = scalars if widest in _TEXTS else {widest}
    narrowed = widest is not None and not any(
        of in types for of in map(ir.Scalar, filter(None, wide))
    )
    match widest, kinds:
        case _, _ if widest in _TEXTS and kinds <= {Kind.STRING}:
            return _opened(values, ir.ScalarKind.STRING), narrowed
        case ir.ScalarKind.INTEGER, _ if kinds <= {Kind.INTEGER}:
            return _opened(values, widest), narrowed
        case ir.ScalarKind.NUMBER, _ if kinds <= {Kind.INTEGER}:
            return ir.Scalar(widest), narrowed
        case ir.ScalarKind.BOOLEAN, _ if kinds <= {Kind.BOOLEAN}:
            return ir.Scalar(widest), narrowed
        case ir.ScalarKind.UUID, _ if not kinds:
            return ir.Scalar(widest), narrowed
        case _:
            return None, False


def _opened(values: tuple[Json, ...], kind: ir.ScalarKind) -> ir.Type:
    return ir.Literal(values, open=True) if values else ir.Scalar(kind)


def _widest(kinds: Iterable[ir.ScalarKind]) -> ir.ScalarKind | None:
    found = set(kinds)
    if found == {ir.ScalarKind.INTEGER, ir.ScalarKind.NUMBER}:
        return ir.ScalarKind.NUMBER
    if len(found) > 1 and found.issubset(_TEXTS):
        return ir.ScalarKind.STRING
    return found.pop() if len(found) == 1 else None


def _classes(type_: ir.Type) -> tuple[Class, ...]:
    match type_:
        case ir.Checked(of, _) | ir.Nullable(of):
            return _classes(of)
        case ir.Scalar(kind):
            return (_CLASSES[kind],)
        case ir.Literal(values, _):
            return tuple({_OF_KINDS[kind_of(value.value)]: None for value in values})
        case ir.Array(item):
            return (("array", item),)
        case ir.Map(value):
            return (("map", value),)
        case ir.Ref(target):
            return (target,)
        case ir.Anything():
            return ("anything",)
