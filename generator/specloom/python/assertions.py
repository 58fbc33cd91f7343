"""Assertions as calls of the runtime, laid out as black would lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from specloom.assertion import (
    ANYTHING,
    NOTHING,
    Assertion,
    Contains,
    Counted,
    Distinct,
    Equals,
    Every,
    Fits,
    Formatted,
    Items,
    Long,
    Matches,
    Members,
    Multiple,
    Names,
    Not,
    OfKind,
    Requires,
    Single,
    Sized,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.code import Code
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.values import Kind, Text

MODULES = {
    "containers": "_containers",
    "facets": "_facets",
    "formats": "_formats",
    "schema": "_schema",
    "unevaluated": "_unevaluated",
}
"""What these calls take from the runtime: its modules, by the names that they have here."""


def constant(name: Code, assertion: Assertion, named: Mapping[Text, Code]) -> Code:
    """Return the statement that gives a name to an assertion.

    `named` says which name the assertion of an address has: its definition has to come before.
    """
    return block(_within(Code(f"{name} = "), written(assertion, named)), 0)


def definition(name: Code, assertion: Assertion, named: Mapping[Text, Code]) -> Code:
    """Return the definition of what is mentioned by address, in any order: it may mention itself."""
    body = block(_within(Code("return "), written(assertion, named)), 4)
    return Code(f"@schema.named\ndef {name}() -> schema.Assertion:\n    {body}")


def _within(head: Code, doc: Doc) -> Doc:
    ...


def written(assertion: Assertion, named: Mapping[Text, Code]) -> Doc:
    """Return the expression that makes an assertion."""
    match assertion:
        case Fits(address):
            return named[address]
        case Every(()):
            return Code("schema.ANYTHING")
        case Some(()):
            return Code("schema.NOTHING")
        case _:
            arguments = tuple(_arguments(assertion, named))
            return Group(Code(f"{_function(assertion)}("), arguments, Code(")"))
