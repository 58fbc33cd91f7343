"""The document in one piece: each file as it is written, but for what becomes of references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specloom.assembly.extent import Extent
from specloom.assembly.following import Follower
from specloom.assembly.homes import Homes
from specloom.assembly.marks import Marked
from specloom.assembly.references import SCHEME
from specloom.assembly.targets import Edit, Goal, Implies, Means, Refers, Stands
from specloom.diagnostics import Diagnostic, Refused
from specloom.limits import Limits, raising
from specloom.pointers import fragment, pointer_to, tokens_of
from specloom.rules.table import finding
from specloom.values import Place, Tree

_WITHIN_ITSELF = "what this reference means is a part of itself, and would be written out forever"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    tree: Tree
    moved: Mapping[str, Place]
    """By pointer of the tree: where what did not stand there was written."""
    findings: tuple[Diagnostic, ...]


def rebuild(found: Homes, follower: Follower, main: str, limits: Limits) -> Rebuilt:
    """Return the file that the user named, with all that it refers to.

    Where that would be too much, the file is returned as it is.
    """
    try:
        return _Builder(found, follower, main, limits).rebuilt()
    except Refused as refused:
        return Rebuilt(follower.value(Place(main, "")), {}, (refused.diagnostic,))


class _Builder:
    def __init__(self, found: Homes, follower: Follower, main: str, limits: Limits) -> None:
        self._found = found
        self._follower = follower
        self._main = main
        self._edits: dict[str, Marked[Edit]] = {}
        """By file."""
        for at, edit in found.edits.items():
            self._edits.setdefault(at.file, Marked()).add(tokens_of(at.pointer), edit)
        self._moved: dict[str, Place] = {}
        self._findings: list[Diagnostic] = []
        self._written: set[Place] = set()
        self._limits = limits
        self._left = limits.copied_nodes

    def rebuilt(self) -> Rebuilt:
        tree = self._copied(Place(self._main, ""), "", ())
        added: dict[tuple[str, ...], dict[str, Tree]] = {}
        for target in self._found.added:
            home = self._found.pointers[target]
            self._moved[home] = target.at
            *section, key = tokens_of(home)
            added.setdefault(tuple(section), {})[key] = self._copied(target.at, home, ())
        for above, parts in added.items():
            tree = _with(tree, above, parts)
        return Rebuilt(tree, self._moved, tuple(self._findings))

    def _copied(self, at: Place, to: str, within: tuple[Place, ...]) -> Tree:
        """Return what is written at a place, as it is to stand at a pointer of the tree."""
        node: Marked[Edit] | None = self._edits.get(at.file)
        for token in tokens_of(at.pointer):
            node = None if node is None else node.below.get(token)
        found = self._value(self._follower.value(at), node, at, to, within)
        if at.pointer or at.file == self._main or not isinstance(found, Mapping):
            return found
        # its references were followed from where the file is: here they would mean something else
        return {k: v for k, v in found.items() if k != "$id" or not _is_address(v)}

    def _value(
        self, value: Tree, node: Marked[Edit] | None, at: Place, to: str, within: tuple[Place, ...]
    ) -> Tree:
        if node is None:
            return value
        match node.mark, value:
            case Stands() as stands, Mapping():
                return self._written_out(stands, value, node, at, to, within)
            case Means(goal), _:
                return self._reference(goal)
            case Implies(tags), Mapping():
                copy = self._members(value, node, at, to, within)
                spelled = copy.get("mapping")
                more = {tag: fragment(home) for tag, home in tags}
                return {
                    **copy,
                    "mapping": {**(spelled if isinstance(spelled, Mapping) else {}), **more},
                }
            case _, Mapping():
                copy = self._members(value, node, at, to, within)
                if isinstance(node.mark, Refers):
                    copy["$ref"] = self._reference(node.mark.goal)
                return copy
            case _, Sequence() if not isinstance(value, str):
                return [
                    self._value(v, node.below.get(str(i)), at.step(i), f"{to}/{i}", within)
                    for i, v in enumerate(value)
                ]
            case _:
                return value

    def _members(
        self,
        value: Mapping[str, Tree],
        node: Marked[Edit],
        at: Place,
        to: str,
        within: tuple[Place, ...],
    ) -> dict[str, Tree]:
        return {
            key: self._value(v, node.below.get(key), at.step(key), to + pointer_to((key,)), within)
            for key, v in value.items()
        }

    def _written_out(
        self,
        stands: Stands,
        value: Mapping[str, Tree],
        node: Marked[Edit],
        at: Place,
        to: str,
        within: tuple[Place, ...],
    ) -> Tree:
        """Return what a reference means, with what stands beside it."""
        if stands.at in within:
            self._findings.append(finding("broken-reference", at.step("$ref"), _WITHIN_ITSELF))
            return value
        extent = Extent.of(self._follower.value(stands.at))
        if stands.at in self._written:
            self._left -= extent.nodes
        self._written.add(stands.at)
        if self._left < 0:
            most = self._limits.copied_nodes
            message = f"references stand for more than {most:,} values that are written out again"
            raise Refused(finding("limit", at.step("$ref"), message, raising("copied-nodes")))
        if to.count("/") + extent.depth >= self._limits.depth:
            message = (
                f"what this reference means is more than {self._limits.depth} levels deep here"
            )
            raise Refused(finding("limit", at.step("$ref"), message, raising("depth")))
        self._moved[to] = stands.at
        content = self._copied(stands.at, to, (*within, stands.at))
        beside = self._members(value, node, at, to, within)
        del beside["$ref"]
        if not beside or not isinstance(content, Mapping):
            return content
        for key in beside:
            self._moved[to + pointer_to((key,))] = at.step(key)
        return {**content, **beside}

    def _reference(self, goal: Goal) -> str:
        home = "" if goal.target is None else self._found.pointers[goal.target]
        return fragment(home + goal.pointer)


def _is_address(value: Tree) -> bool:
    return isinstance(value, str) and SCHEME.match(value) is not None


def _with(tree: Tree, section: Sequence[str], parts: Mapping[str, Tree]) -> Tree:
    """Return a tree with some more parts in a section; as it was where there is no place for it."""
    if not isinstance(tree, Mapping):
        return tree
    if not section:
        return {**tree, **parts}
    head, *tail = section
    return {**tree, head: _with(tree.get(head, {}), tail, parts)}
