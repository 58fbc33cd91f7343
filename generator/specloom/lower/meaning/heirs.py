"""The heirs of a schema with a discriminator: the components that are made of it by `allOf`."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.components import reachable
from specloom.document.node import pointer_of, pointer_tokens
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.values import Text


def children(schema: Schema, document: Document) -> tuple[tuple[Text, Schema], ...]:
    """Return the tags of an inherited discriminator, each with the component that it means.

    A component that the mapping names has the tags that it gives; another has its own name
    (OpenAPI 3.1.1, "Discriminator Object"). The schema itself is among them where a tag says so.
    None where a union says what the alternatives are.
    """
    if schema.discriminator is None or schema.one_of or schema.any_of:
        return ()
    by_pointer = {component.at.pointer: (key, component) for key, component in document.schemas}
    mapped = [
        (tag, by_pointer[target])
        for tag, target in (
            (tag, _target(words.raw, document)) for tag, words in schema.discriminator.mapping
        )
        if target in by_pointer
    ]
    named = {component.at.pointer for _, (_, component) in mapped}
    heirs = [by_pointer[pointer] for pointer in _heirs(schema.at.pointer, document)]
    return (
        *((tag, component) for tag, (_, component) in mapped),
        *((key, component) for key, component in heirs if component.at.pointer not in named),
    )


def is_heir(schema: Schema, document: Document) -> bool:
    """Return whether a schema is a component that is made of one with a discriminator."""
    bases = (document.schema(part) for part in schema.all_of if part.reference is not None)
    return any(
        base is not None
        and base.discriminator is not None
        and not (base.one_of or base.any_of)
        and schema.at.pointer in document.heirs.get(base.at.pointer, ())
        for base in bases
    )


def _target(words: str, document: Document) -> str:
    """Return the pointer that a mapping means: a name of a component, or a reference."""
    if pointer_tokens(words) is not None:
        return pointer_of(words)
    return document.at.step("components").step("schemas").step(words).pointer


def _heirs(pointer: str, document: Document) -> Iterator[str]:
    """Return the components that are made of another, at however many removes, in order."""
    found = reachable((pointer,), lambda base: document.heirs.get(base, ())) - {pointer}
    return (s.at.pointer for _, s in document.schemas if s.at.pointer in found)
