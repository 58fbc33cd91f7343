"""Each field holds what the specification says that it holds, and references lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A, Grammar, Holds, ListOf, MapOf, Noun, Plain
from specloom.document.node import Node, pointer_tokens, resolve
from specloom.document.walk import Visit, is_reference, plain
from specloom.limits import DEFAULT, raising
from specloom.near import Guesses
from specloom.rules.mending import TYPES, mended, type_meant
from specloom.rules.pointers import meant
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Kind, Place, Tree, kind_of

_FOUND = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "a boolean",
    Kind.INTEGER: "a number",
    Kind.NUMBER: "a number",
    Kind.STRING: "a string",
    Kind.ARRAY: "a list",
    Kind.OBJECT: "an object",
}
_TELLING = {("document", "info"), ("info", "title"), ("info", "version"), ("tag", "name")}
"""Fields that are required, but whose absence leaves the meaning clear."""
_UNNAMEABLE = re.compile(
    "[/\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What a name in `components` cannot hold: it ends a step of a reference, or is not seen."""
_SCHEMAS = (A("schema"), A("items"))
_NAME = "letters, digits, `.`, `-` and `_` are the characters of such a name"
_WRITTEN_OUT = "write out what is meant in place of one of the references on the way"


def structure(places: Iterable[Visit], most: int = DEFAULT.names) -> Iterator[Diagnostic]:
    """Return what is wrong with the shape of a document, everywhere at once.

    `places` are all that the grammar speaks of; a name has so many characters at most.
    """
    places = tuple(places)
    found = {visit.node.at.pointer: visit.holds for visit in reversed(places)}
    sound: set[str] = set()
    guesses = Guesses()
    for visit in places:
        if visit.noun == "schema" and found[visit.node.at.pointer] not in _SCHEMAS:
            continue  # it is something else, which is said of the reference that leads here
        wrong = _wrong(visit)
        if wrong is not None:
            yield wrong
            continue
        match visit.holds:
            case A(noun) if isinstance(visit.node.value, Mapping):
                if is_reference(visit):
                    yield from _reference(visit, sound, guesses)
                    yield from _another(visit, found)
                yield from _fields(visit, noun, guesses)
                if noun == "components":
                    yield from _names(visit)
            case _:
                pass
        for token, value, holds in plain(visit):
            if _expected_plain(holds, value) is not None:
                wrong = _wrong(Visit(visit.node.child(token, value), holds, visit.grammar))
                yield from () if wrong is None else (wrong,)
            elif holds is Plain.WORD and isinstance(value, str) and len(value) > most:
                message = f"a name has more than {most:,} characters; shorten it"
                at = visit.node.child(token, value).at
                yield finding("limit", at, message, raising("names"))


def _names(visit: Visit) -> Iterator[Diagnostic]:
    for field, holds in visit.grammar.nouns["components"].fields.items():
        named = visit.node.get(field)
        if named is None or not isinstance(named.value, Mapping) or not isinstance(holds, MapOf):
            continue
        for name in named.keys:
            if not name or _UNNAMEABLE.search(name):
                message = f"`{shown(name)}` is no name that a reference could spell"
                yield finding("component-name", named.at.step(name).at_key(), message, _NAME)


def _wrong(visit: Visit) -> Diagnostic | None:
    expected = _expected(visit.holds, visit.node.value)
    if expected is None:
        return None
    if visit.holds in (Plain.TYPE, Plain.TYPE_OR_FILE):
        return _wrong_type(visit.node, expected)
    found, hint = _FOUND[kind_of(visit.node.value)], mended(visit)
    if visit.holds is Plain.PROSE:
        message = f"expected {expected}, found {found}: it is ignored"
        return finding("wrong-prose", visit.node.at, message, hint)
    if visit.holds == ListOf(Plain.WORD) and isinstance(visit.node.value, bool):
        message = f"expected {expected} of names, found {found}: it is ignored"
        return finding("flag-required", visit.node.at, message, hint)
    return finding("wrong-type", visit.node.at, f"expected {expected}, found {found}", hint)


def _wrong_type(node: Node, expected: str) -> Diagnostic:
    """Return what is wrong with `type`: with the first word that is none, if it is a list."""
    wrong = next((item for item in node.items() if item.value not in TYPES), node)
    found = _FOUND[kind_of(wrong.value)]
    if isinstance(wrong.value, str):
        found = f"`{shown(wrong.value)}`"
    message = f"expected {expected}, found {found}"
    return finding("wrong-type", wrong.at, message, type_meant(wrong.value))


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
    match holds:
        case Plain.DATA:
            return None
        case Plain.PROSE | Plain.WORD:
            return None if isinstance(value, str) else "a string"
        case Plain.FLAG:
            return None if isinstance(value, bool) else "true or false"
        case Plain.NUMBER:
            return None if kind_of(value) in (Kind.INTEGER, Kind.NUMBER) else "a number"
        case Plain.COUNT:
            fits = isinstance(value, int | float) and kind_of(value) is Kind.INTEGER and value >= 0
            return None if fits else "a whole number that is not negative"
        case Plain.EXCLUSIVE:
            fits = kind_of(value) in (Kind.BOOLEAN, Kind.INTEGER, Kind.NUMBER)
            return None if fits else "true, false or a number"
        case Plain.TYPE:
            words = [value] if isinstance(value, str) else value
            if isinstance(words, Sequence) and words and all(word in TYPES for word in words):
                return None
            return "one or several of " + ", ".join(TYPES)
        case Plain.TYPE_OR_FILE:
            return None if value == "file" else _expected_plain(Plain.TYPE, value)


def _fields(visit: Visit, noun: str, guesses: Guesses) -> Iterator[Diagnostic]:
    """Return which fields are unknown and which are missing; a mistyped one is not both."""
    node, rules = visit.node, visit.grammar.nouns[noun]
    required = () if is_reference(visit) else rules.required
    missing = [name for name in required if node.get(name) is None]
    for name, child in _strays(node, rules):
        home = _home(name, rules, visit.grammar)
        near = "" if home else guesses.nearest(name, (f for f in rules.fields if not node.get(f)))
        hint = f"did you mean `{near}`?" if near else f"write it into `{home}`" if home else ""
        if near in missing:
            missing.remove(near)
            message = f"the {noun} has no `{near}`, but `{shown(name)}`"
            yield _missing(noun, near, child.at, message, hint)
        else:
            message = (
                f"{visit.grammar.name} has no field `{shown(name)}` in this place ({noun}): "
                "it is ignored"
            )
            yield finding("unknown-field", child.at.at_key(), message, hint)
    for name in missing:
        yield _missing(noun, name, node.at, f"the {noun} has no `{name}`")


def _missing(noun: str, name: str, at: Place, message: str, hint: str = "") -> Diagnostic:
    rule = "incomplete" if (noun, name) in _TELLING else "missing-field"
    return finding(rule, at.at_key(), message, hint)


def _strays(node: Node, rules: Noun) -> Iterator[tuple[str, Node]]:
    if rules.others is not None:
        return
    for name in node.keys:
        if name == "$ref" and rules.referable:
            continue
        is_known = name in rules.fields or name.startswith("x-")
        if not is_known and (child := node.get(name)) is not None:
            yield name, child


def _home(name: str, rules: Noun, grammar: Grammar) -> str:
    """Return the field whose object has a field of this name, if there is one such field."""
    homes = [
        field
        for field, holds in rules.fields.items()
        if isinstance(holds, A) and name in grammar.nouns[holds.noun].fields
    ]
    return homes[0] if len(homes) == 1 else ""


def _another(visit: Visit, found: Mapping[str, Holds]) -> Iterator[Diagnostic]:
    """Return that a schema refers to something else; `found` knows what stands where, by itself.

    Nothing is known of what stands in data and in extensions: it may well be a schema.
    """
    reference = visit.node.reference or ""
    target = resolve(visit.node, reference) if visit.noun == "schema" else None
    holds = A("schema") if target is None else found.get(target.at.pointer, A("schema"))
    if holds not in _SCHEMAS:
        message = f"`{shown(reference)}` leads to {_expected(holds, None)}, and this is a schema"
        yield finding("broken-reference", visit.node.at.step("$ref"), message)


def _reference(visit: Visit, sound: set[str], guesses: Guesses) -> Iterator[Diagnostic]:
    """Return what is wrong with a reference; add to `sound` those that come to an end."""
    node = visit.node
    reference = node.reference or ""
    at = node.at.step("$ref")
    if pointer_tokens(reference) is None and reference.startswith("#"):
        message = f"`{shown(reference)}` is no pointer: only `#/...` is followed"
        yield finding("broken-reference", at, message, meant(visit, guesses))
        return
    if pointer_tokens(reference) is None:
        message = f"`{shown(reference)}` leaves this document: only `#/...` is followed"
        yield finding("foreign-reference", at, message, meant(visit, guesses))
        return
    if resolve(node, reference) is None:
        message = f"`{shown(reference)}` leads nowhere"
        yield finding("broken-reference", at, message, meant(visit, guesses))
        return
    trail: dict[str, None] = {}
    target: Node | None = node
    while target is not None and is_reference(replace(visit, node=target)):
        if target.at.pointer in trail:
            message = f"`{shown(reference)}` comes back to itself and never to a value"
            yield finding("broken-reference", at, message, _WRITTEN_OUT)
            return
        if target.at.pointer in sound:
            break
        trail[target.at.pointer] = None
        target = resolve(target, target.reference or "")
    sound.update(trail)
