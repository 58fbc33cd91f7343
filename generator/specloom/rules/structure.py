"""Each field holds what the specification says that it holds, and references lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import NOUNS, A, Holds, ListOf, MapOf, Plain
from specloom.document.node import Node, pointer_tokens, resolve
from specloom.document.walk import Visit, is_reference, walk
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Kind, Tree, kind_of

_FOUND = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "a boolean",
    Kind.INTEGER: "a number",
    Kind.NUMBER: "a number",
    Kind.STRING: "a string",
    Kind.ARRAY: "a list",
    Kind.OBJECT: "an object",
}
_TYPES = frozenset(kind.value for kind in Kind)
_TELLING = {("info", "title"), ("info", "version"), ("tag", "name")}
"""Fields that are required, but whose absence leaves the meaning clear."""


def structure(root: Node) -> Iterator[Diagnostic]:
    """Return what is wrong with the shape of a document, everywhere at once."""
    sound: set[str] = set()
    for visit in walk(root):
        wrong = _wrong(visit)
        if wrong is not None:
            yield wrong
            continue
        match visit.holds:
            case A(noun) if isinstance(visit.node.value, Mapping):
                if is_reference(visit):
                    yield from _reference(visit, sound)
                else:
                    yield from _missing(visit.node, noun)
                yield from _unknown(visit.node, noun)
            case _:
                pass


def _wrong(visit: Visit) -> Diagnostic | None:
    expected = _expected(visit.holds, visit.node.value)
    if expected is None:
        return None
    found = _FOUND[kind_of(visit.node.value)]
    if kind_of(visit.node.value) is Kind.STRING and visit.holds is Plain.TYPE:
        found = f"`{shown(str(visit.node.value))}`"
    if visit.holds is Plain.PROSE:
        message = f"expected {expected}, found {found}: it is ignored"
        return finding("wrong-prose", visit.node.at, message)
    return finding("wrong-type", visit.node.at, f"expected {expected}, found {found}")


def _expected(holds: Holds, value: Tree) -> str | None:
    """Return what should stand there, or None if it does."""
    match holds:
        case Plain():
            return _expected_plain(holds, value)
        case ListOf():
            fits = isinstance(value, Sequence) and not isinstance(value, str)
            return None if fits else "a list"
        case MapOf():
            return None if isinstance(value, Mapping) else "an object"
        case A(noun):
            if isinstance(value, Mapping) or (noun == "schema" and isinstance(value, bool)):
                return None
            return f"an object ({noun})"


def _expected_plain(holds: Plain, value: Tree) -> str | None:
    kind = kind_of(value)
    match holds:
        case Plain.DATA:
            return None
        case Plain.PROSE | Plain.WORD:
            return None if kind is Kind.STRING else "a string"
        case Plain.FLAG:
            return None if kind is Kind.BOOLEAN else "true or false"
        case Plain.NUMBER:
            return None if kind in (Kind.INTEGER, Kind.NUMBER) else "a number"
        case Plain.COUNT:
            fits = isinstance(value, int | float) and kind is Kind.INTEGER and value >= 0
            return None if fits else "a whole number that is not negative"
        case Plain.EXCLUSIVE:
            fits = kind in (Kind.BOOLEAN, Kind.INTEGER, Kind.NUMBER)
            return None if fits else "true, false or a number"
        case Plain.TYPE:
            words = [value] if isinstance(value, str) else value
            if isinstance(words, Sequence) and words and all(word in _TYPES for word in words):
                return None
            return "one or several of " + ", ".join(sorted(_TYPES))


def _missing(node: Node, noun: str) -> Iterator[Diagnostic]:
    for name in NOUNS[noun].required:
        if node.get(name) is None:
            rule = "incomplete" if (noun, name) in _TELLING else "missing-field"
            yield finding(rule, node.at.at_key(), f"the {noun} has no `{name}`")


def _unknown(node: Node, noun: str) -> Iterator[Diagnostic]:
    rules = NOUNS[noun]
    if rules.others is not None:
        return
    for name, child in node.members():
        if name in rules.fields or name == "$ref" or name.startswith("x-"):
            continue
        message = f"OpenAPI has no field `{shown(name)}` in this place ({noun}): it is ignored"
        yield finding("unknown-field", child.at.at_key(), message)


def _reference(visit: Visit, sound: set[str]) -> Iterator[Diagnostic]:
    """Return what is wrong with a reference; add to `sound` those that come to an end."""
    node = visit.node
    reference = node.reference or ""
    at = node.at.step("$ref")
    if pointer_tokens(reference) is None:
        message = f"`{shown(reference)}` leaves this document: only `#/...` is followed"
        yield finding("foreign-reference", at, message)
        return
    if resolve(node, reference) is None:
        yield finding("broken-reference", at, f"`{shown(reference)}` leads nowhere")
        return
    trail: dict[str, None] = {}
    target: Node | None = node
    while target is not None and is_reference(Visit(target, visit.holds)):
        if target.at.pointer in trail:
            yield finding("broken-reference", at, f"`{shown(reference)}` refers to itself")
            return
        if target.at.pointer in sound:
            break
        trail[target.at.pointer] = None
        target = resolve(target, target.reference or "")
    sound.update(trail)
