"""Statements to be laid out, and the places in a module where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.code import Code
from specloom.python.layout import Declaration, Doc, Group, block

FUTURE = "from __future__ import annotations\n\n"
TOP = "{}\n"
FIELD = "\nclass X:\n    {}\n"
BODY = "\ndef f():\n    {}\n"
SUITE = "\nclass X:\n    {}\n        pass\n"
INDENT = {TOP: 0, FIELD: 4, BODY: 4, SUITE: 4}


def group(
    head: str, items: Iterable[Doc], tail: str, *, display: bool = False, comma: bool = False
) -> Group:
    return Group(Code(head), tuple(items), Code(tail), display, comma)


def module(place: str, doc: Doc | Declaration) -> str:
    """Return a module that has a statement in a place."""
    return FUTURE + place.format(block(doc, INDENT[place]))
