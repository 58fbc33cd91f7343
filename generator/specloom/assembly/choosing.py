"""Which operations of a document an edition chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from specloom.assembly.edition import Edition
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import METHODS, WEBHOOKS
from specloom.document.node import Node, resolve
from specloom.near import nearest
from specloom.rules.table import finding
from specloom.shown import shown

SECTIONS = ("paths", *WEBHOOKS)
MORE = "additionalOperations"


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """An operation that can be chosen: a path item that two paths share has one for each."""

    section: str
    key: str
    """The path, or the name of the webhook."""
    field: tuple[str, ...]
    """Where it stands in its path item."""
    node: Node
    item: Node
    """The path item, followed."""

    @property
    def request(self) -> str:
        """The method and the path; of a webhook nothing that could be asked for."""
        method = self.field[0].upper() if len(self.field) == 1 else self.field[1]
        return f"{method} {self.key}" if self.section == "paths" else ""

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(text.raw for text in self.node.texts("tags"))


def offers(root: Node) -> Iterator[Offer]:
    """Return all operations of a document, whatever else is wrong with it."""
    for section in SECTIONS:
        for key, item in root.children(section):
            if key.startswith("x-"):
                continue
            found = followed(item)
            for name, node in found.members():
                if name in METHODS:
                    yield Offer(section, key, (name,), node, found)
            for name, node in found.children(MORE):
                yield Offer(section, key, (MORE, name), node, found)


def followed(item: Node) -> Node:
    """Return what a path item refers to; no rule has looked for references in a circle yet."""
    seen: set[str] = set()
    while item.reference is not None and item.at.pointer not in seen:
        seen.add(item.at.pointer)
        item = resolve(item, item.reference) or item
    return item


def chosen(
    root: Node, offered: Sequence[Offer], edition: Edition
) -> tuple[tuple[Offer, ...], tuple[Diagnostic, ...]]:
    """Return the operations that an edition chooses, and what it asks for in vain."""
    found: dict[int, None] = {}
    wrong: list[Diagnostic] = []
    for noun, words, fits, known in (
        ("tag", edition.tags, _has_tag, _tags(offered)),
        ("path", edition.paths, _has_path, [o.key for o in offered if o.section == "paths"]),
        ("operation", edition.operations, _is, [*_ids(offered), *(o.request for o in offered)]),
    ):
        for word in words:
            fitting = [i for i, offer in enumerate(offered) if fits(offer, word)]
            found.update(dict.fromkeys(fitting))
            if not fitting:
                wrong.append(_vain(root, noun, word, list(dict.fromkeys(known))))
    return tuple(offered[i] for i in sorted(found)), tuple(wrong)


def _vain(root: Node, noun: str, word: str, known: Sequence[str]) -> Diagnostic:
    near = nearest(word, (one for one in known if one))
    hint = f"did you mean `{shown(near)}`?" if near else ""
    what = {"tag": "no operation has the tag", "path": "there is no path"}
    message = f"{what.get(noun, 'there is no operation')} `{shown(word)}`"
    at = (root.get("paths") or root).at.at_key()
    return finding("subset", at, message, hint)


def _tags(offered: Sequence[Offer]) -> list[str]:
    return [tag for offer in offered for tag in offer.tags]


def _ids(offered: Sequence[Offer]) -> list[str]:
    return [id_ for offer in offered if (id_ := offer.node.word("operationId")) is not None]


def _has_tag(offer: Offer, tag: str) -> bool:
    return tag in offer.tags


def _has_path(offer: Offer, pattern: str) -> bool:
    return offer.section == "paths" and _matches(offer.key, pattern)


def _is(offer: Offer, word: str) -> bool:
    if word == offer.node.word("operationId"):
        return True
    method, _, path = word.partition(" ")
    return bool(path) and offer.request in (word, f"{method.upper()} {path.strip()}")


def _matches(path: str, pattern: str) -> bool:
    """Return whether a path is what a pattern says, in which `*` stands for any text."""
    first, *parts = pattern.split("*")
    if not parts:
        return path == pattern
    *middle, last = parts
    if not path.startswith(first):
        return False
    at = len(first)
    for part in middle:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(path) - len(last) >= at and path.endswith(last)
