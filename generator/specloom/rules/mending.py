"""What to write instead of a value of the wrong type."""

from __future__ import annotations

import re

from specloom.document.grammar import A, ListOf, MapOf, Plain
from specloom.document.node import Node
from specloom.document.walk import Visit
from specloom.near import nearest
from specloom.shown import shown
from specloom.values import Kind, Place, Tree

TYPES = tuple(sorted(kind.value for kind in Kind))
_WORDS = {
    **dict.fromkeys(("bool", "flag"), "boolean"),
    **dict.fromkeys(("int", "int32", "int64", "long", "short", "whole"), "integer"),
    **dict.fromkeys(("decimal", "double", "float", "real", "numeric"), "number"),
    **dict.fromkeys(("char", "str", "text", "varchar"), "string"),
    **dict.fromkeys(("list", "seq", "set", "tuple", "vector"), "array"),
    **dict.fromkeys(("dict", "dictionary", "hash", "map", "record", "struct"), "object"),
    **dict.fromkeys(("nil", "none", "undefined", "void"), "null"),
}
"""What other languages call the types of JSON."""
_FORMATS = {
    "date": "date",
    "datetime": "date-time",
    "date-time": "date-time",
    "time": "time",
    "email": "email",
    "file": "binary",
    "binary": "binary",
    "guid": "uuid",
    "uuid": "uuid",
    "uri": "uri",
    "url": "uri",
}
_FREE = frozenset(("any", "mixed", "unknown"))
_TRUE = frozenset(("on", "true", "yes"))
_FALSE = frozenset(("false", "no", "off"))
_NUMBER = re.compile(r"-?[0-9]{1,50}(\.[0-9]{1,50})?\Z")


def mended(visit: Visit) -> str:
    """Return what to write, in words, or an empty text where nobody can tell."""
    value = visit.node.value
    match visit.holds:
        case Plain.PROSE | Plain.WORD:
            return "put it in quotes" if isinstance(value, int | float) else ""
        case Plain.FLAG | Plain.NUMBER | Plain.COUNT | Plain.EXCLUSIVE if isinstance(value, str):
            return _unquoted(value)
        case ListOf() if value is True and visit.node.at.pointer.endswith("/required"):
            return "name the property in the `required` of the object that it belongs to"
        case ListOf() if value is not None:
            return "write a list, even of one"
        case A("schema") if isinstance(value, str):
            return _schema_meant(visit.node, value)
        case Plain():
            return ""
        case ListOf() | MapOf() | A():
            return "write its parts below it, further in than its key" if value is None else ""


def type_meant(word: Tree) -> str:
    """Return what to write for something that is no type."""
    if word is None:
        return 'put it in quotes: "null"'
    if not isinstance(word, str):
        return ""
    plain = word[:100].lower()
    if plain in _FORMATS:
        return f"write `type: string` and `format: {_FORMATS[plain]}`"
    if plain in _FREE:
        return "leave `type` out where anything fits"
    near = plain if plain in TYPES else _WORDS.get(plain) or nearest(plain, TYPES)
    return f"did you mean `{near}`?" if near else ""


def _unquoted(value: str) -> str:
    word = value[:100].lower()
    if word in _TRUE or word in _FALSE:
        return f"write {'true' if word in _TRUE else 'false'}, without quotes"
    return "remove the quotes" if _NUMBER.match(value) else ""


def _schema_meant(node: Node, word: str) -> str:
    """Return how a schema is written that was given as the name of a type, or of another."""
    if word in TYPES:
        return f"write `{{type: {word}}}`"
    root = Node(node.root, Place(node.at.file, ""), node.root)
    for key, section in root.children("components"):
        if key == "schemas" and (found := section.get(word)) is not None:
            return f"write `{{$ref: '#{shown(found.at.pointer)}'}}`"
    return ""
