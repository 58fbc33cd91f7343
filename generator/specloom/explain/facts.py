"""What holds of types, properties and parameters alike, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from specloom import ir
from specloom.python.annotations import is_open, is_received, unknowns
from specloom.python.tests.fitting import words
from specloom.shown import shown
from specloom.values import Json, Kind, Text, kind_of

Fact: TypeAlias = tuple[str, str]
"""A label, and what is to be said."""

WHERE_STRICT = "an error where decoding is `strict`"


def checks(type_: ir.Type) -> Iterator[str]:
    """Return what values must satisfy: in the words of the errors that they are refused with."""
    match type_:
        case ir.Checked(of, own):
            yield from (shown(words(check)) for check in own)
            yield from checks(of)
        case ir.Nullable(of):
            yield from checks(of)
        case ir.Array(item):
            yield from (f"each item {said}" for said in checks(item))
        case ir.Map(value):
            yield from (f"each value {said}" for said in checks(value))
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return


def check_facts(type_: ir.Type) -> Iterator[Fact]:
    found = "; ".join(checks(type_))
    if found:
        yield "checks", found
        yield "", "before it is sent; of what is received, only where decoding is `strict`"


def unlisted_facts(type_: ir.Type, owner: ir.Definition) -> Iterator[Fact]:
    """Return what becomes of a value that an enum does not list."""
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _) | ir.Array(of) | ir.Map(of):
            yield from unlisted_facts(of, owner)
        case ir.Literal(values, open=True):
            yield "not listed", f"another {kinds_of(values)} fits as well"
        case ir.Literal() if unknowns(type_):
            if is_open(owner):
                read_as = " or ".join(unknowns(type_))
                what = kinds_of(type_.values)
                yield "not listed", f"another {what} is read as {read_as}; {WHERE_STRICT}"
            else:
                why = (
                    "the target asks for closed responses"
                    if is_received(owner)
                    else "it is only sent"
                )
                yield "not listed", f"another value is an error: {why}"
        case ir.Literal() | ir.Anything() | ir.Scalar() | ir.Ref():
            return


def presence(of: ir.Property | ir.Parameter, *, patched: bool = False) -> str:
    """Return whether something has to be there, and what holds where it is not."""
    if of.required:
        return "required"
    if of.default is None or patched:
        return "optional"
    return f"default {shown(of.default.value.raw)}"


def remarks(of: ir.Property | ir.Parameter) -> str:
    """Return, for the last column of a table, what is true of few."""
    marks = (("secret", of.secret), ("deprecated", of.docs.deprecated))
    return "; ".join((*(word for word, holds in marks if holds), *checks(of.type)))


def kinds_of(values: tuple[Json, ...]) -> str:
    """Return what may come instead of a few strings or integers that the document lists."""
    kinds = {kind_of(value.value) for value in values}
    words = {Kind.STRING: "string", Kind.INTEGER: "integer"}
    return " or ".join(word for kind, word in words.items() if kind in kinds)


def wire(name: Text) -> str:
    """Return a name of the document; one without letters is shown all the same."""
    return shown(name) if name.raw.strip() else f'"{shown(name)}"'
