"""YAML as a tree (YAML 1.2, core schema), with limits, and where its nodes stand.

Values follow the core schema and keys the failsafe one (OpenAPI 3.1.1, section 4.3): a key is
the text as written. PyYAML's own resolver speaks YAML 1.1, so only its events are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from specloom.diagnostics import Diagnostic
from specloom.limits import Limits
from specloom.source import mistakes
from specloom.source.anchors import Anchors
from specloom.source.complaint import undecodable, unparsed
from specloom.source.locate import Marks, Path, Wanted
from specloom.source.page import Mistake, Page
from specloom.source.scalar import KEY_TAGS, NON_SPECIFIC, TAG, Scalars, foreign_tag, offset_of
from specloom.values import Tree

_Box: TypeAlias = "dict[str, Tree] | list[Tree]"
_MAPPING_TAGS = (None, NON_SPECIFIC, TAG + "map")
_SEQUENCE_TAGS = (None, NON_SPECIFIC, TAG + "seq")
_COMPLEX_KEY = "a key is plain text in JSON; write it as such, without brackets or alias"
_MERGE_KEY = 'YAML 1.2 has no merge key; write the members out, or "<<" in quotes if it is a name'
_DOCUMENTS = "a second YAML document begins here; keep each in a file of its own"


def read(page: Page, limits: Limits) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Return the tree and warnings; raise Unreadable."""
    builder = _Builder(limits)
    tree: Tree = None
    end: list[Mistake] = []
    try:
        tree = builder.tree(_events(page.text))
    except _Stopped as stopped:
        end = [stopped.mistake]
    except yaml.MarkedYAMLError as error:
        end = [unparsed(error, page.text)]
    except (yaml.YAMLError, ValueError, OverflowError):  # the latter two from PyYAML's escapes
        end = [undecodable(page.text)]
    return tree, page.judged([*builder.mistakes, *builder.duplicates(), *end])


def offsets(text: str, wanted: Wanted) -> dict[Path, Marks]:
    """Return where the wanted nodes stand in the text of a document that could be read.

    What an alias stands for is written elsewhere, so nothing below an alias is found.
    """
    found: dict[Path, Marks] = {}
    outer: list[tuple[dict[str, Wanted], Iterator[int] | None]] = []
    below: dict[str, Wanted] = {"0": wanted}
    indices: Iterator[int] | None = count()  # as if the root were the only item of a list
    key: ScalarEvent | None = None
    unwanted = 0
    for event in _events(text):
        if isinstance(event, CollectionEndEvent):
            if unwanted:
                unwanted -= 1
            else:
                below, indices = outer.pop()
        elif unwanted:
            unwanted += isinstance(event, CollectionStartEvent)
        elif indices is None and key is None and isinstance(event, ScalarEvent):
            key = event
        elif isinstance(event, NodeEvent):
            at = offset_of(event)
            if key is not None:
                node, mark = below.get(key.value), Marks(offset_of(key), at)
            else:
                node, mark = below.get(str(next(indices or count()))), Marks(at, at)
            key = None
            if node is not None:
                found[node.path] = mark
            if isinstance(event, CollectionStartEvent):
                if node is None or not node.below:
                    unwanted = 1
                else:
                    outer.append((below, indices))
                    below = node.below
                    indices = None if isinstance(event, MappingStartEvent) else count()
    return found


def _events(text: str) -> Iterator[Event]:
    if yaml.__with_libyaml__:
        return iter(yaml.CBaseLoader(text).get_event, None)  # yaml.parse asks twice for each
    return _encodable(yaml.parse(text, yaml.BaseLoader))


def _encodable(events: Iterator[Event]) -> Iterator[Event]:
    """Refuse half a surrogate pair, as libyaml does: raise UnicodeEncodeError."""
    for event in events:
        if isinstance(event, ScalarEvent):
            event.value.encode()
        yield event


class _Open(NamedTuple):
    """A collection whose end is still to come."""

    outer: _Box | None
    value: _Box
    anchor: str | None
    nodes_before: int


class _Stopped(Exception):
    """Ends the reading."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


class _Builder:
    """A tree in the making, and what is wrong with it."""

    def __init__(self, limits: Limits) -> None:
        self.mistakes: list[Mistake] = []
        self._limits = limits
        self._repeats: list[tuple[int, str, dict[str, Tree], Tree]] = []
        self._anchors = Anchors()
        self._scalars = Scalars(limits)

    def tree(self, events: Iterator[Event]) -> Tree:
        """Return the value of the only document; raise _Stopped where reading on is no use."""
        root: Tree = None
        box: _Box | None = None
        key: str | None = None
        outer: list[_Open] = []
        nodes = aliased = documents = 0
        most = self._limits.nodes
        for event in events:
            if isinstance(event, ScalarEvent):
                if key is None and isinstance(box, dict):
                    key = self._key(event, box)
                    continue
                value = self._scalar(event)
                nodes += 1
            elif isinstance(event, CollectionEndEvent):
                box = self._closed(outer.pop(), nodes)
                continue
            elif isinstance(event, NodeEvent):
                if key is None and isinstance(box, dict):
                    raise _Stopped(Mistake(offset_of(event), "yaml-key", _COMPLEX_KEY))
                value, size = self._other(event, len(outer), aliased)
                aliased += size if isinstance(event, AliasEvent) else 0
                nodes += size
            elif isinstance(event, DocumentStartEvent) and (documents := documents + 1) > 1:
                raise _Stopped(Mistake(offset_of(event), "yaml-documents", _DOCUMENTS))
            else:
                continue
            if nodes > most:
                raise _Stopped(mistakes.too_many(offset_of(event), most))
            if isinstance(box, list):
                box.append(value)
            elif isinstance(box, dict) and key is not None:
                box[key] = value
                key = None
            else:
                root = value
            if isinstance(event, CollectionStartEvent) and isinstance(value, (dict, list)):
                outer.append(_Open(box, value, event.anchor, nodes - 1))
                box = value
        return root

    def duplicates(self) -> Iterator[Mistake]:
        """Yield the keys that were given again."""
        for at, key, box, earlier in self._repeats:
            plain = not any(isinstance(value, (dict, list)) for value in (earlier, box.get(key)))
            yield mistakes.duplicate(at, key, plain=plain)

    def _key(self, event: ScalarEvent, box: dict[str, Tree]) -> str:
        key = event.value
        if len(key) > self._limits.names:
            self._note(mistakes.long_name(offset_of(event), self._limits.names))
        if event.tag not in KEY_TAGS:
            self._note(foreign_tag(offset_of(event), str(event.tag)))
        if event.anchor is not None:
            self._anchors.define(event.anchor, key)
        if key in box:
            if len(self._repeats) == self._limits.mistakes:
                raise _Stopped(self._end(offset_of(event)))
            self._repeats.append((offset_of(event), key, box, box[key]))
        elif key == "<<" and not event.style:
            self._note(Mistake(offset_of(event), "yaml-key", _MERGE_KEY))
        return key

    def _scalar(self, event: ScalarEvent) -> Tree:
        value = self._scalars.value(event)
        if isinstance(value, Mistake):
            self._note(value)
            return None
        if event.anchor is not None:
            self._anchors.define(event.anchor, value)
        return value

    def _other(self, event: NodeEvent, depth: int, aliased: int) -> tuple[Tree, int]:
        """Return a collection still empty or what an alias stands for, and the size so far."""
        if isinstance(event, CollectionStartEvent):
            return self._collection(event, depth), 1
        at = offset_of(event)
        found = self._anchors.named(str(event.anchor), at)
        if isinstance(found, Mistake):
            self._note(found)
            return None, 1
        if aliased + found.nodes > self._limits.aliased_nodes:
            raise _Stopped(mistakes.too_many_aliased(at, self._limits.aliased_nodes))
        if depth + found.height > self._limits.depth:
            raise _Stopped(mistakes.too_deep(at, self._limits.depth))
        return found.value, found.nodes

    def _collection(self, event: CollectionStartEvent, depth: int) -> _Box:
        if depth >= self._limits.depth:
            raise _Stopped(mistakes.too_deep(offset_of(event), self._limits.depth))
        mapping = isinstance(event, MappingStartEvent)
        if event.tag not in (_MAPPING_TAGS if mapping else _SEQUENCE_TAGS):
            self._note(foreign_tag(offset_of(event), str(event.tag)))
        value: _Box = {} if mapping else []
        if event.anchor is not None:
            self._anchors.begin(event.anchor, value)
        return value

    def _closed(self, collection: _Open, nodes: int) -> _Box | None:
        """Return the collection around one that ends."""
        if collection.anchor is not None:
            size = nodes - collection.nodes_before
            self._anchors.finish(collection.anchor, collection.value, size)
        return collection.outer

    def _note(self, mistake: Mistake) -> None:
        if len(self.mistakes) == self._limits.mistakes:
            raise _Stopped(self._end(mistake.at))
        self.mistakes.append(mistake)

    def _end(self, at: int) -> Mistake:
        return mistakes.too_many_mistakes(at, self._limits.mistakes)
