"""The verdict on one union."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from specloom.unions.atom import conjunction
from specloom.unions.ends import price, tried
from specloom.unions.rules import rule_of
from specloom.unions.schemas import Schemas
from specloom.unions.splits import Reading
from specloom.unions.tree import tree
from specloom.unions.union import Declared, Union, atoms_of, repeated
from specloom.unions.validation import Candidate, Silent
from specloom.values import Json, Tree, canonical
from specloom.verdict import (
    Choice,
    Evidence,
    Mended,
    Overlap,
    Rule,
    Take,
    Trial,
    Verdict,
    is_trial,
    tag_of,
)

_MOST_SEARCHES = 12
"""For how many pairs of variants a witness is sought."""
_MOST_OVERLAPS = 3
_MOST_CONJUNCTIONS = 400


def judge(
    schemas: Schemas, candidates: Sequence[Candidate], *, declared: Declared | None = None
) -> Verdict:
    """Return how candidates are told apart, and how far that is known.

    Null is taken off every candidate.
    """
    atoms = tuple(atoms_of(schemas, candidate) for candidate in candidates)
    dead = tuple(number for number, some in enumerate(atoms) if not some)
    same = tuple(repeated(schemas, candidates, atoms, declared))
    gone = {*dead, *(later for later, _ in same)}
    live = tuple(number for number in range(len(candidates)) if number not in gone)
    union = Union(schemas, tuple(candidates), atoms, live)
    return replace(_verdict(union, declared), dead=dead, same=same)


def samples(schemas: Schemas, candidate: Candidate, most: int) -> Iterator[Tree]:
    """Return values that fit, the small ones first, each checked by the validator."""
    from specloom.unions.build import size

    opinion = schemas.validation.judge(candidate)
    if isinstance(opinion, Silent):
        return
    built = (v for atom in atoms_of(schemas, candidate) for v in schemas.builder.of(atom))
    distinct = {Json.of(value): value for value in built}
    fitting = (v for v in sorted(distinct.values(), key=size) if opinion.accepts(v))
    yield from islice(fitting, most)


def _verdict(union: Union, declared: Declared | None) -> Verdict:
    if len(union.live) < 2:
        one: Choice = Take(union.live[0]) if union.live else Trial(())
        return Verdict(choice=one, evidence=Evidence.PROVEN, rule=Rule.ONE)
    known, name = union.schemas.known, declared.name.raw if declared else None
    entries = union.entries()
    proof = tree(known, entries, Reading(False, preferred=name))
    pairs = union.open_pairs() if is_trial(proof) else ()
    tag = tag_of(proof)
    # what the author tells variants apart by goes before what would do as well
    is_said = declared is None or (tag is not None and tag.name == declared.name)
    if declared and (pairs or not is_said) and (choice := _declared(union, declared)) is not None:
        return _overlapping(union, choice, pairs, Evidence.DECLARED, name)
    if not pairs:
        return Verdict(choice=proof, evidence=Evidence.PROVEN, rule=rule_of(proof, entries, name))
    choice = tree(known, entries, Reading(True, preferred=name))
    if not is_trial(choice):
        return _overlapping(union, choice, pairs, Evidence.CONVENTION, name)
    best = min(proof, choice, key=price)
    return _overlapping(union, best, pairs, Evidence.OVERLAP, name)


def _declared(union: Union, declared: Declared) -> Choice | None:
    """Return what decides if the author's word is taken for it, and if that is enough."""
    entries = union.entries(declared)
    for by_convention in (False, True):
        reading = Reading(by_convention, preferred=declared.name.raw, promised=True)
        choice = tree(union.schemas.known, entries, reading)
        tag = tag_of(choice)
        if not is_trial(choice) and tag is not None and tag.name == declared.name:
            return choice
    return None


def _overlapping(
    union: Union,
    choice: Choice,
    pairs: tuple[tuple[int, int], ...],
    evidence: Evidence,
    name: str | None,
) -> Verdict:
    """Return the verdict where some pairs are not disjoint, as far as is known."""
    within = {pair for group in tried(choice) for pair in combinations(group, 2)}
    sought = sorted(pairs, key=lambda pair: (pair not in within, pair))[:_MOST_SEARCHES]
    overlaps: list[Overlap] = []
    reasons: list[str] = []
    for one, other in sought:
        match _overlap(union, one, other):
            case Overlap() as overlap:
                overlaps.append(overlap)
            case Silent(reason):
                reasons.append(reason)
        if len(overlaps) == _MOST_OVERLAPS:
            break
    if evidence is Evidence.OVERLAP and not overlaps:
        evidence = Evidence.UNDECIDED
    return Verdict(
        choice=choice,
        evidence=evidence,
        rule=rule_of(choice, union.entries(), name),
        overlaps=tuple(overlaps),
        cures=_cures(union, overlaps[0]) if overlaps else (),
        reason=reasons[0] if evidence is Evidence.UNDECIDED else "",
    )


def _overlap(union: Union, one: int, other: int) -> Overlap | Silent:
    """Return a value that two candidates accept, or why there is none to show."""
    from specloom.unions.witness import witness  # few unions overlap

    opinions = [union.schemas.validation.judge(union.candidates[each]) for each in (one, other)]
    judges = tuple(opinion for opinion in opinions if not isinstance(opinion, Silent))
    for opinion in opinions:
        if isinstance(opinion, Silent):
            return opinion
    both = (conjunction(a, b) for a in union.atoms[one] for b in union.atoms[other])
    open_ = (atom for atom in both if not union.schemas.emptiness.is_empty(atom))
    for value in witness(union.schemas.builder, islice(open_, _MOST_CONJUNCTIONS), judges):
        return Overlap(one, other, canonical(value))
    return Silent("no value was found that fits both, and no proof that there is none")


def _cures(union: Union, overlap: Overlap) -> tuple[Mended, ...]:
    from specloom.unions.cure import cures

    one, other = union.atoms[overlap.first], union.atoms[overlap.second]
    return tuple(cures(union.schemas.library, union.schemas.emptiness, one, other))
