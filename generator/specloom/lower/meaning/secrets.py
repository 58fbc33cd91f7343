"""Which members hold what must not be seen."""

from __future__ import annotations

import re
from collections.abc import Collection

from specloom import ir
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.nulls import split_null
from specloom.lower.meaning.parts import parts
from specloom.values import Text

_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LAST = frozenset(
    (("secret",), ("password",), ("token",), ("api", "key"), ("apikey",), ("private", "key"))
)
"""Of the words of a name, the last or the last two."""
_LONGEST_CHAIN = 16
_OF_GRANTS = ("code", "code_verifier", "assertion")
"""Credentials by the words of RFC 6749, 7521 and 7636, where a `grant_type` stands beside them."""
_HARMLESS = (
    ir.ScalarKind.BOOLEAN,
    ir.ScalarKind.INTEGER,
    ir.ScalarKind.NUMBER,
    ir.ScalarKind.DECIMAL,
    ir.ScalarKind.DATE_TIME,
    ir.ScalarKind.DATE,
    ir.ScalarKind.TIME,
    ir.ScalarKind.DURATION,
)


def is_secret(name: Text, schema: Schema, siblings: Collection[Text], document: Document) -> bool:
    """Return whether a member is a secret, by what its author says or by its name."""
    if _is_marked(schema, document, frozenset()):
        return True
    words = tuple(word.lower() for word in _WORDS.findall(name.raw))
    words = (*words[:-1], *(word.removesuffix("s") for word in words[-1:]))
    if words[-1:] in _LAST or words[-2:] in _LAST:
        return True
    return name.raw in _OF_GRANTS and Text("grant_type") in siblings


def _is_marked(schema: Schema, document: Document, trail: frozenset[str]) -> bool:
    """Return whether an author calls a value a secret, or what is listed or mapped in it."""
    if _is_said(schema):
        return True
    _, core = split_null(schema)
    if core.all_of:
        return any(_is_said(part.schema) for part in parts(core, document))
    inner = [core] if core.at != schema.at else []
    inner += [within for within in (core.items, core.additional) if within is not None]
    if core.reference is not None and core.reference not in trail and len(trail) < _LONGEST_CHAIN:
        trail |= {core.reference}
        inner += [target for target in (document.schema(core),) if target is not None]
    return any(_is_marked(within, document, trail) for within in inner)


def _is_said(schema: Schema) -> bool:
    return schema.format == "password" or schema.write_only or schema.secret


def is_harmless(type_: ir.Type) -> bool:
    """Return whether a value can hold no secret: a number, a flag, a date, a constant."""
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _) | ir.Array(of) | ir.Map(of):
            return is_harmless(of)
        case ir.Literal():
            return True
        case ir.Scalar(kind):
            return kind in _HARMLESS
        case _:
            return False
