"""What decides, in a word: the rule of a choice."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.unions.splits import Entries
from specloom.values import Kind
from specloom.verdict import (
    ByItem,
    ByKey,
    ByKind,
    ByMember,
    ByTag,
    ByTest,
    Choice,
    Rule,
    Take,
    Trial,
    is_trial,
    tag_of,
)

_WITHIN = frozenset({Kind.ARRAY, Kind.OBJECT})


def rule_of(choice: Choice, entries: Entries, declared: str | None) -> Rule:
    """Return the rule of a choice; `declared` is the member that the author says to be the tag."""
    if is_trial(choice):
        return Rule.TRIAL
    if (tag := tag_of(choice)) is not None and tag.name.raw == declared:
        return Rule.DECLARED_TAG
    rules = set(_rules(choice, entries, within_tag=False))
    if len(rules) > 1:
        rules -= {Rule.KIND}  # the first step of most choices, and the cheapest
    if rules == {Rule.TAG, Rule.TAGS}:
        return Rule.TAGS
    if rules == {Rule.VALUES, Rule.CONSTRAINT}:
        return Rule.CONSTRAINT
    if Rule.NESTED in rules:
        return Rule.NESTED
    return next(iter(rules), Rule.ONE) if len(rules) < 2 else Rule.MIXED


def _rules(choice: Choice | None, entries: Entries, *, within_tag: bool) -> Iterator[Rule]:
    match choice:
        case None | Take() | Trial():
            return
        case ByTest(variants):
            atoms = [entry.atom for entry in entries if entry.variant in variants]
            scalar = [atom for atom in atoms if not atom.kinds <= _WITHIN]
            listed = scalar and all(atom.values is not None for atom in scalar)
            yield Rule.VALUES if listed else Rule.CONSTRAINT
        case ByKind(cases):
            yield Rule.KIND
            for _, of in cases:
                yield from _rules(of, entries, within_tag=within_tag)
        case ByTag(_, cases, absent, others):
            yield Rule.TAGS if within_tag else Rule.TAG
            for branch in (*(of for _, of in cases), absent, others):
                yield from _rules(branch, entries, within_tag=True)
        case ByKey(_, present, absent):
            yield Rule.KEY
            for branch in (present, absent):
                yield from _rules(branch, entries, within_tag=within_tag)
        case ByMember() | ByItem():
            yield Rule.NESTED
