"""Subsets: some operations of a document, with all that they reach and nothing else.

What is left out is out of the tree before anything is judged: mistakes in it do not matter. What
stays, stands where it stood, so it is called what it is called in the package of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from specloom.assembly.choosing import MORE, SECTIONS, Offer, chosen, followed, offers
from specloom.assembly.edition import Edition
from specloom.assembly.reach import Way, reached
from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import METHODS
from specloom.document.node import Node
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Tree


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a tree, and what stands in it elsewhere than it stood."""

    tree: dict[str, Tree]
    moved: Mapping[str, Place]


def subset(document: Whole, edition: Edition) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document of the operations that an edition chooses, and findings."""
    if not isinstance(document.tree, Mapping):
        return document, ()
    root = Node(document.tree, Place(document.file, ""), document.tree)
    offered = tuple(offers(root))
    picked, findings = chosen(root, offered, edition)
    if findings:
        return document, document.placed(findings)
    while True:
        part = _with(document.tree, root, picked)
        reach = reached(part.tree, document.file)
        more = tuple(o for o in _led_to(offered, reach.lost) if o not in picked)
        if not more:
            break
        findings = (*findings, *map(_drawn, more))
        picked = tuple(offer for offer in offered if offer in picked or offer in more)
    tree = dict(_without(part.tree, reach.components))
    origins = document.origins.then(part.moved)
    return replace(document, tree=tree, origins=origins), document.placed(findings)


def _drawn(offer: Offer) -> Diagnostic:
    called = offer.request or offer.key
    message = f"a reference leads into `{shown(called)}`, which is not chosen: it stays as well"
    return finding("subset-reach", offer.node.at.at_key(), message)


def _led_to(offered: Iterable[Offer], lost: Sequence[Way]) -> Iterator[Offer]:
    """Return the operations that references lead into: of a whole path item, all of them."""
    for offer in offered:
        way = (offer.section, offer.key, *offer.field)
        for mentioned in lost:
            is_within = mentioned[: len(way)] == way
            is_beside = mentioned[:2] == way[:2] and mentioned[2:3] not in _FIELDS
            if is_within or is_beside:
                yield offer
                break


_FIELDS = frozenset((field,) for field in (*METHODS, MORE))


def _with(tree: Mapping[str, Tree], root: Node, picked: Sequence[Offer]) -> _Part:
    """Return the tree with some operations, and what the document says that concerns them."""
    made, moved = dict(tree), dict[str, Place]()
    for section in SECTIONS:
        if (items := root.get(section)) is not None:
            kept = _items(items, [offer for offer in picked if offer.section == section])
            made[section], moved = kept.tree, {**moved, **kept.moved}
    asking = (offer for offer in picked if offer.section == "paths")
    if all(offer.node.get("security") is not None for offer in asking):
        made.pop("security", None)
    if (tags := root.get("tags")) is not None:
        used = _used(tags, picked)
        listed = [tag for tag in tags.items() if tag.word("name") in used]
        made["tags"] = [tag.value for tag in listed]
        moved |= {tags.at.step(i).pointer: tag.at for i, tag in enumerate(listed)}
    return _Part(made, moved)


def _used(tags: Node, picked: Iterable[Offer]) -> Collection[str]:
    """Return the tags of operations, and those that they are within (OpenAPI 3.2.0)."""
    parents = {tag.word("name"): tag.word("parent") for tag in tags.items()}
    found: dict[str, None] = {}
    for name in (tag for offer in picked for tag in offer.tags):
        tag: str | None = name
        while tag is not None and tag not in found:
            found[tag] = None
            tag = parents.get(tag)
    return found


def _items(items: Node, picked: Sequence[Offer]) -> _Part:
    """Return path items with the chosen operations alone."""
    by_key: dict[str, list[Offer]] = {}
    for offer in picked:
        by_key.setdefault(offer.key, []).append(offer)
    whole = {key for key, item in items.members() if len(by_key.get(key, ())) == _count(item)}
    trimmed = {item.at.pointer for key, item in items.members() if key not in whole}
    made, moved = dict[str, Tree](), dict[str, Place]()
    for key, item in items.members():
        if key not in by_key:
            continue
        found = by_key[key][0].item
        # a reference can stay if all of what it means is chosen
        if found.at == item.at or key not in whole or found.at.pointer in trimmed:
            made[key] = _trimmed(found, {offer.field for offer in by_key[key]})
            if found.at != item.at:
                moved[item.at.pointer] = found.at
        else:
            made[key] = item.value
    return _Part(made, moved)


def _count(item: Node) -> int:
    found = followed(item)
    return sum(name in METHODS for name in found.keys) + sum(1 for _ in found.children(MORE))


def _trimmed(item: Node, fields: Collection[tuple[str, ...]]) -> Tree:
    made: dict[str, Tree] = {}
    for key, child in item.members():
        if key == MORE:
            left = {name: node.value for name, node in child.members() if (MORE, name) in fields}
            if left:
                made[key] = left
        elif key not in METHODS or (key,) in fields:
            made[key] = child.value
    return made


def _without(
    tree: Mapping[str, Tree], components: Collection[tuple[str, str]]
) -> Iterator[tuple[str, Tree]]:
    """Return the members of a tree whose components are those of a set."""
    for key, value in tree.items():
        if key != "components" or not isinstance(value, Mapping):
            yield key, value
            continue
        sections = {
            name: {k: part for k, part in section.items() if (name, k) in components}
            for name, section in value.items()
            if isinstance(section, Mapping)
        }
        yield key, {name: section for name, section in sections.items() if section}
