"""The reference that a broken one was meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from specloom.document.grammar import Grammar, Holds, MapOf
from specloom.document.node import Node, pointer_tokens
from specloom.document.walk import Visit
from specloom.near import Guesses
from specloom.shown import shown
from specloom.values import Place


def meant(visit: Visit, guesses: Guesses) -> str:
    """Return what to write instead of a reference that leads nowhere, or out of the document."""
    reference = visit.node.reference or ""
    tokens = pointer_tokens(reference)
    if tokens is None:
        tokens = tuple(unquote(reference).lstrip("#/").split("/"))
    root = Node(visit.node.root, Place(visit.node.at.file, ""), visit.node.root)
    found = _found(root, tokens, visit, guesses) if tokens else None
    if found is None or found.at == visit.node.at:
        return ""
    return f"did you mean `#{shown(found.at.pointer)}`?"


def _found(root: Node, tokens: tuple[str, ...], visit: Visit, guesses: Guesses) -> Node | None:
    name = tokens[-1]
    fitting = tuple(_sections(root, visit.grammar, visit.holds))
    for section in fitting:
        if (found := section.get(name)) is not None:
            return found
    if (found := _respelled(root, tokens, guesses)) is not None:
        return found
    for section in fitting:
        if (found := _respelled(section, (name,), guesses)) is not None:
            return found
    places = (section.get(name) for section in _elsewhere(root, visit.grammar))
    return next((found for found in places if found is not None), None)


def _sections(root: Node, grammar: Grammar, holds: Holds | None = None) -> Iterator[Node]:
    """Return where things with a name stand: of one kind, or all."""
    home = root if grammar.home == "document" else root.get(grammar.home)
    fields = grammar.nouns[grammar.home].fields
    for key, section in () if home is None else home.members():
        match fields.get(key):
            case MapOf(value) if holds in (None, value):
                yield section
            case _:
                continue


def _elsewhere(root: Node, grammar: Grammar) -> Iterator[Node]:
    """Return where things with a name stand: in Swagger 2.0, schemas were `definitions`."""
    yield from _sections(root, grammar)
    if grammar.home != "document" and (definitions := root.get("definitions")) is not None:
        yield definitions


def _respelled(node: Node, tokens: tuple[str, ...], guesses: Guesses) -> Node | None:
    """Return what is below a node where each token means the key that is most like it."""
    for token in tokens:
        found = node.get(token)
        if found is None and (near := guesses.nearest(token, (k for k, _ in node.members()))):
            found = node.get(near)
        if found is None:
            return None
        node = found
    return node
