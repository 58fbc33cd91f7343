"""Everything that a document refers to in other files, found by the grammar alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from specloom.assembly.following import Follower, lone
from specloom.assembly.library import Library
from specloom.assembly.references import EXTENSIONS, Unfollowed, is_local, parsed
from specloom.assembly.targets import Edit, Goal, Means, Refers, Stands, Target
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A, Grammar, Holds, ListOf, MapOf, Plain
from specloom.pointers import fragment, pointer_to
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Tree

_WRITTEN_OUT = "path item"
"""It has no name that anybody would miss, and OpenAPI 3.0 has no section for it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of one of the files, where it stands, and what the grammar says that it holds."""

    at: Place
    value: Tree = field(repr=False)
    holds: Holds

    def step(self, token: str | int, value: Tree, holds: Holds) -> Spot:
        return Spot(self.at.step(token), value, holds)


@dataclass(frozen=True, slots=True)
class Survey:
    edits: Mapping[Place, Edit]
    targets: tuple[Target, ...]
    """In the order in which they were come upon."""
    findings: tuple[Diagnostic, ...]
    """At places of the files as they are written."""
    polymorphic: tuple[Place, ...]
    """Schemas with a discriminator, and those that are made of others."""


def survey(library: Library, grammar: Grammar, sections: Mapping[tuple[str, ...], A]) -> Survey:
    """Return what becomes of each reference that cannot stay as it is."""
    return _Surveyor(library, grammar, sections).survey()


class _Surveyor:
    def __init__(
        self, library: Library, grammar: Grammar, sections: Mapping[tuple[str, ...], A]
    ) -> None:
        self._library = library
        self._grammar = grammar
        self._sections = sections
        self._named = frozenset(holds.noun for holds in sections.values())
        self._follower = Follower(library, sections)
        self._main = library.sources[0].name
        self._edits: dict[Place, Edit] = {}
        self._targets: dict[Target, None] = {}
        self._findings: list[Diagnostic] = []
        self._polymorphic: list[Place] = []
        self._seen: set[tuple[Place, Holds]] = set()
        self._pending: list[Spot] = []

    def survey(self) -> Survey:
        self._pending = [Spot(Place(self._main, ""), self._library.tree(self._main), A("document"))]
        while self._pending:
            spot = self._pending.pop()
            if _is_data(spot) or (spot.at, spot.holds) in self._seen:
                continue
            self._seen.add((spot.at, spot.holds))
            self._visit(spot)
        return Survey(
            self._edits, tuple(self._targets), tuple(self._findings), tuple(self._polymorphic)
        )

    def _visit(self, spot: Spot) -> None:
        words = _reference(spot.value)
        if words is not None and self._is_referable(spot.holds):
            self._mention(spot, words)
        elif words is not None and lone(spot.value) is not None:
            self._misplaced(spot, words)
            return
        if spot.holds == A("schema") and _is_polymorphic(spot.value):
            self._polymorphic.append(spot.at)
        if spot.holds == A("discriminator"):
            self._discriminator(spot)
        self._pending.extend(reversed(tuple(_parts(spot, self._grammar))))

    def _is_referable(self, holds: Holds) -> bool:
        return isinstance(holds, A) and (
            self._grammar.nouns[holds.noun].referable or holds.noun == _WRITTEN_OUT
        )

    def _mention(self, spot: Spot, words: str) -> None:
        """Note what becomes of a reference where there may be one."""
        at = spot.at.step("$ref")
        if spot.at.file == self._main and is_local(words):
            self._enter_local(words, spot.holds)
            return
        found = self._found(at, words)
        if found is None:
            return
        assert isinstance(spot.holds, A)
        if spot.holds.noun in self._named:
            self._edits[spot.at] = Refers(self._goal(found, spot.holds))
        elif found.file == self._main and spot.holds.noun == _WRITTEN_OUT:
            self._edits[spot.at] = Refers(Goal(None, found.pointer))
        else:
            self._edits[spot.at] = Stands(found, spot.holds)
            self._enter(found, spot.holds)

    def _misplaced(self, spot: Spot, words: str) -> None:
        """Note that what a reference means is written out where OpenAPI allows none."""
        at = spot.at.step("$ref")
        if spot.holds is Plain.PROSE and not self._is_text(spot.at.file, words):
            return  # nothing is lost but words, and the rules of structure say so
        found = self._found(at, words)
        if found is None:
            return
        message = f"`{shown(words)}` stands where OpenAPI has no references: it is followed"
        self._findings.append(finding("misplaced-reference", at, message))
        self._edits[spot.at] = Stands(found, spot.holds)
        self._enter(found, spot.holds)

    def _discriminator(self, spot: Spot) -> None:
        """Note what becomes of the words that mean a schema: references, or names of components."""
        if not isinstance(spot.value, Mapping):
            return
        mapping = spot.value.get("mapping")
        at = spot.at.step("mapping")
        words = (
            [(at.step(tag), value) for tag, value in mapping.items()]
            if isinstance(mapping, Mapping)
            else []
        )
        words.append((spot.at.step("defaultMapping"), spot.value.get("defaultMapping")))
        for place, word in words:
            reference = self._meant(place.file, word) if isinstance(word, str) else None
            if reference is None:
                continue
            found = self._found(place, reference)
            if found is not None:
                self._edits[place] = Means(self._goal(found, A("schema")))

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
        self._pending.append(Spot(at, self._follower.value(at), holds))

    def _enter_local(self, words: str, holds: Holds) -> None:
        try:
            tokens = parsed(words).tokens
        except Unfollowed:
            return  # the rules of structure say more of it
        at = Place(self._main, pointer_to(tokens))
        if self._follower.exists(at):
            self._enter(at, holds)


def _reference(value: Tree) -> str | None:
    if isinstance(value, Mapping) and isinstance(words := value.get("$ref"), str):
        return words
    return None


def _is_polymorphic(schema: Tree) -> bool:
    return isinstance(schema, Mapping) and ("discriminator" in schema or "allOf" in schema)


def _is_data(spot: Spot) -> bool:
    """Return whether no reference can be here, nor below: whatever looks like one is a value."""
    if spot.holds is Plain.PROSE:
        return lone(spot.value) is None
    within = spot.holds.value if isinstance(spot.holds, MapOf) else spot.holds
    return isinstance(within, Plain)


def _parts(spot: Spot, grammar: Grammar) -> Iterator[Spot]:
    match spot.holds, spot.value:
        case A(noun), Mapping() as value:
            rules = grammar.nouns[noun]
            for key, child in value.items():
                holds = rules.fields.get(key, None if key.startswith("x-") else rules.others)
                if holds is not None:
                    yield spot.step(key, child, holds)
        case ListOf(item), Sequence() as value if not isinstance(value, str):
            for index, child in enumerate(value):
                yield spot.step(index, child, item)
        case MapOf(holds), Mapping() as value:
            for key, child in value.items():
                yield spot.step(key, child, holds)
        case _:
            return
