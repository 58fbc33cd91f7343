"""Everything that a document refers to in other files, found by the grammar alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specloom.assembly.following import Follower, lone
from specloom.assembly.library import Library
from specloom.assembly.references import EXTENSIONS, Unfollowed, is_local, parsed
from specloom.assembly.targets import Edit, Goal, Means, Refers, Stands, Target
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A, Grammar, Holds, MapOf, Plain
from specloom.document.node import Node
from specloom.document.walk import Visit, is_reference, parts, plain
from specloom.pointers import fragment, pointer_to
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place

_WRITTEN_OUT = "path item"
"""It has no name that anybody would miss, and OpenAPI 3.0 has no section for it."""


@dataclass(frozen=True, slots=True)
class Survey:
    edits: Mapping[Place, Edit]
    targets: tuple[Target, ...]
    """In the order in which they were come upon."""
    findings: tuple[Diagnostic, ...]
    """At places of the files as they are written."""
    polymorphic: tuple[Place, ...]
    """Schemas with a discriminator, and those that are made of others."""


def survey(
    library: Library,
    follower: Follower,
    grammar: Grammar,
    sections: Mapping[tuple[str, ...], A],
) -> Survey:
    """Return what becomes of each reference that cannot stay as it is."""
    named = frozenset(holds.noun for holds in sections.values())
    return _Surveyor(library, follower, grammar, named).survey()


class _Surveyor:
    def __init__(
        self, library: Library, follower: Follower, grammar: Grammar, named: frozenset[str]
    ) -> None:
        self._library = library
        self._grammar = grammar
        self._named = named
        self._follower = follower
        self._main = library.main
        self._edits: dict[Place, Edit] = {}
        self._targets: dict[Target, None] = {}
        self._findings: list[Diagnostic] = []
        self._polymorphic: list[Place] = []
        self._seen: set[tuple[Place, Holds]] = set()
        self._pending: list[Visit] = []

    def survey(self) -> Survey:
        self._enter(Place(self._main, ""), A("document"))
        while self._pending:
            visit = self._pending.pop()
            place = (visit.node.at, visit.holds)
            if _is_data(visit) or place in self._seen:
                continue
            self._seen.add(place)
            self._visit(visit)
        return Survey(
            self._edits, tuple(self._targets), tuple(self._findings), tuple(self._polymorphic)
        )

    def _visit(self, visit: Visit) -> None:
        node = visit.node
        if is_reference(visit):
            self._mention(node, visit.holds)
        elif lone(node.value) is not None:
            self._misplaced(node, visit.holds)
            return
        if visit.noun == "schema" and _is_polymorphic(node):
            self._polymorphic.append(node.at)
        if visit.noun == "discriminator":
            self._discriminator(node)
        prose = (
            Visit(node.child(token, value), holds, self._grammar)
            for token, value, holds in plain(visit)
            if holds is Plain.PROSE and lone(value) is not None
        )
        self._pending.extend(reversed((*parts(visit), *prose)))

    def _mention(self, node: Node, holds: Holds) -> None:
        """Note what becomes of a reference where there may be one."""
        words, at = node.reference or "", node.at
        if at.file == self._main and is_local(words):
            self._enter_local(words, holds)
            return
        found = self._found(at.step("$ref"), words)
        if found is None:
            return
        assert isinstance(holds, A)
        if holds.noun in self._named:
            self._edits[at] = Refers(self._goal(found, holds))
        elif found.file == self._main and holds.noun == _WRITTEN_OUT:
            self._edits[at] = Refers(Goal(None, found.pointer))
        else:
            self._edits[at] = Stands(found, holds)
            self._enter(found, holds)

    def _misplaced(self, node: Node, holds: Holds) -> None:
        """Note that what a reference means is written out where OpenAPI allows none."""
        words, at = node.reference or "", node.at
        if holds is Plain.PROSE and not self._is_text(at.file, words):
            return  # nothing is lost but words, and the rules of structure say so
        found = self._found(at.step("$ref"), words)
        if found is None:
            return
        message = f"`{shown(words)}` stands where OpenAPI has no references: it is followed"
        self._findings.append(finding("misplaced-reference", at.step("$ref"), message))
        self._edits[at] = Stands(found, holds)
        self._enter(found, holds)

    def _discriminator(self, node: Node) -> None:
        """Note what becomes of the words that mean a schema: references, or names of components."""
        said = [child for _, child in node.children("mapping")]
        if (default := node.get("defaultMapping")) is not None:
            said.append(default)
        for word in said:
            at = word.at
            reference = self._meant(at.file, word.value) if isinstance(word.value, str) else None
            if reference is None:
                continue
            found = self._found(at, reference)
            if found is not None:
                self._edits[at] = Means(self._goal(found, A("schema")))

    def _meant(self, file: str, word: str) -> str | None:
        """Return the reference that a word of a discriminator is, or is short for.

        What might be either is a name where there is such a component (OpenAPI 3.2.0,
        "Discriminator Object"). None where it may stay: it means something in the main file.
        """
        reference = fragment(pointer_to(("components", "schemas", word)))
        if self._follower.leads_somewhere(file, reference):
            return None if file == self._main else reference
        is_reference = "#" in word or "/" in word or word.lower().endswith(EXTENSIONS)
        if not is_reference or (file == self._main and word.startswith("#")):
            return None
        return word

    def _is_text(self, file: str, words: str) -> bool:
        try:
            return isinstance(self._follower.value(self._follower.followed(file, words)), str)
        except Unfollowed:
            return False

    def _found(self, at: Place, words: str) -> Place | None:
        try:
            return self._follower.followed(at.file, words)
        except Unfollowed as reason:
            self._findings.append(finding(reason.rule, at, reason.message, reason.hint))
            return None

    def _goal(self, found: Place, holds: A) -> Goal:
        """Return where a place of any file is to be looked for, and see what is there."""
        self._enter(found, holds)
        if found.file == self._main:
            return Goal(None, found.pointer)
        unit, held, rest = self._follower.unit(found, holds)
        target = Target(unit, held)
        self._targets.setdefault(target)
        self._enter(unit, held)
        return Goal(target, rest)

    def _enter(self, at: Place, holds: Holds) -> None:
        node = Node(self._follower.value(at), at, self._library.tree(at.file))
        self._pending.append(Visit(node, holds, self._grammar))

    def _enter_local(self, words: str, holds: Holds) -> None:
        try:
            tokens = parsed(words).tokens
        except Unfollowed:
            return  # the rules of structure say more of it
        at = Place(self._main, pointer_to(tokens))
        if self._follower.exists(at):
            self._enter(at, holds)


def _is_polymorphic(schema: Node) -> bool:
    return "discriminator" in schema.keys or "allOf" in schema.keys


def _is_data(visit: Visit) -> bool:
    """Return whether no reference can be here, nor below: whatever looks like one is a value."""
    if visit.holds is Plain.PROSE:
        return lone(visit.node.value) is None
    within = visit.holds.value if isinstance(visit.holds, MapOf) else visit.holds
    return isinstance(within, Plain)
