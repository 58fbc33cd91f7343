"""The statements that warn of deprecated operations, and of deprecated parameters that are given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.client.arguments import argument_default, argument_name
from specloom.python.defaults import UNSET
from specloom.python.layout import Group, block
from specloom.python.literals import literal
from specloom.shown import shown
from specloom.values import Text

_SENTENCE = re.compile(r"[^.!?\s](?:[^.!?\n]|[.!?](?=[^\s]))*[.!?]?")
_TELLING = re.compile(r"\b(?:deprecat|instead|replaced|superseded)", re.IGNORECASE)
_SINGLE = frozenset((UNSET, "None", "True", "False"))
"""Defaults that are one of a kind."""


def warnings(operation: ir.Operation, world: World) -> Iterator[views.Statement]:
    """Return what warns of a call, before anything is made of its arguments.

    A parameter that has to be given is left out: whoever calls has no choice.
    """
    name = world.names.methods[operation.id]
    called = f"{world.names.groups[operation.group].attribute}.{name}"
    if operation.docs.deprecated:
        request = f"{operation.method} {shown(operation.path)}"
        line = _warning(f"{called} ({request}) is deprecated", operation.docs, 4)
        yield views.Statement(condition=NOTHING, line=line)
    for parameter in operation.parameters:
        default = argument_default(parameter, world)
        if parameter.docs.deprecated and default is not None:
            argument = argument_name(operation, parameter, world)
            differs = "is not" if default in _SINGLE else "!="
            said = f"the argument {argument} of {called} is deprecated"
            yield views.Statement(
                condition=Code(f"if {argument} {differs} {default}:"),
                line=_warning(said, parameter.docs, 8),
            )


def is_outdated(operation: ir.Operation) -> bool:
    """Return whether a call may warn."""
    parameters = (p.docs.deprecated for p in operation.parameters)
    return operation.docs.deprecated or any(parameters)


def _warning(said: str, docs: ir.Docs, indent: int) -> Code:
    why = told(docs.description)
    message = Text(f"{said}: {why}" if why else said)
    return block(Group(Code("_deprecated.warn("), (literal(message),), Code(")")), indent)


def told(description: Text) -> str:
    """Return the first sentence of a description that speaks of it, for a terminal."""
    sentences = (found[0] for found in _SENTENCE.finditer(description.raw))
    return shown(next((each for each in sentences if _TELLING.search(each)), "").strip())
