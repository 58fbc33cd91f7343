"""Where `readOnly` and `writeOnly` stand, and what mentions it: which parts of a document have
two sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.components import reachable
from specloom.document.grammar import WEBHOOKS
from specloom.document.node import Node, pointer_of, pointer_tokens
from specloom.document.root import Document
from specloom.values import Tree

KEYWORDS = ("readOnly", "writeOnly")
_CONTAINERS = ("paths", *WEBHOOKS)


@dataclass(frozen=True, slots=True)
class Marks:
    touched: Mapping[str, frozenset[str]]
    """By keyword: the units (components, path items) that have it, or mention one that has."""
    tags: frozenset[str]
    """The properties that discriminators tell variants by: they travel whatever is said of them."""


def unit_of(pointer: str) -> str:
    """Return the pointer of the component, or of the path item, that a pointer leads into."""
    steps = pointer.split("/")
    return "/".join(steps[: 3 if steps[1:2] and steps[1] in _CONTAINERS else 4])


def marks(document: Document) -> Marks:
    """Return what is marked. What stands in data looks the same here: too much may be touched."""
    found = {node.at.pointer: _surveyed(node.value) for node in _units(document.root)}
    mentions: dict[str, set[str]] = {}
    for pointer, survey in found.items():
        for reference in survey.references:
            mentions.setdefault(_target(reference), set()).add(pointer)
    for base, heirs in document.heirs.items():  # whose union its heirs are
        for heir in heirs:
            mentions.setdefault(unit_of(heir), set()).add(unit_of(base))
    return Marks(
        touched={
            keyword: frozenset(
                reachable(
                    (pointer for pointer, survey in found.items() if keyword in survey.keywords),
                    lambda pointer: mentions.get(pointer, ()),
                )
            )
            for keyword in KEYWORDS
        },
        tags=frozenset(tag for survey in found.values() for tag in survey.tags),
    )


def _units(root: Node) -> Iterator[Node]:
    for container in _CONTAINERS:
        yield from (node for _, node in root.children(container))
    for _, components in root.children("components"):
        yield from (node for _, node in components.members())


def _target(reference: str) -> str:
    """Return the unit that a reference, or the name of a component, means."""
    if pointer_tokens(reference) is None:
        return f"/components/schemas/{reference}"
    return unit_of(pointer_of(reference))


@dataclass(slots=True)
class _Survey:
    references: set[str]
    keywords: set[str]
    tags: set[str]


def _surveyed(value: Tree) -> _Survey:
    found = _Survey(set(), set(), set())
    pending: list[Tree] = [value]
    while pending:
        match pending.pop():
            case Mapping() as members:
                pending += members.values()
                _read(members, found)
            case str():
                pass
            case Sequence() as items:
                pending += items
            case _:
                pass
    return found


def _read(members: Mapping[str, Tree], found: _Survey) -> None:
    found.keywords |= {keyword for keyword in KEYWORDS if members.get(keyword) is True}
    if isinstance(reference := members.get("$ref"), str):
        found.references.add(reference)
    if isinstance(discriminator := members.get("discriminator"), Mapping):
        if isinstance(tag := discriminator.get("propertyName"), str):
            found.tags.add(tag)
        mapping = discriminator.get("mapping")
        targets = mapping.values() if isinstance(mapping, Mapping) else ()
        found.references |= {target for target in targets if isinstance(target, str)}
