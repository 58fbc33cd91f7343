"""What generated code searches texts for cannot hang: the work is counted, never timed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.patterns import Empty, Untranslatable, searchable
from specloom.patterns.backtracking import MOST, Effort, Endless, effort
from specloom.patterns.conditions import demand
from specloom.patterns.parse import parsed
from specloom.patterns.program import program
from specloom.patterns.python import written
from specloom.patterns.search import shortest
from specloom.patterns.simpler import simpler
from specloom.patterns.syntax import Malformed, Node

from .matcher import Matcher
from .test_patterns_properties import COUNTS, LOOKING, REGULAR, TEXTS

SETTINGS = settings(derandomize=True, max_examples=400, deadline=None)

LOOPS = st.builds("(?:{}){}(?:{}){}".format, REGULAR, COUNTS, REGULAR, COUNTS)
PATTERNS = st.one_of(
    REGULAR,
    LOOKING,
    st.builds("^(?:{}){}$".format, LOOPS, st.sampled_from(["*", "+", "", "{3,40}"])),
    st.builds("({}{}){}".format, LOOPS, st.sampled_from(["b", "(?!a)", "(?<=b)", ""]), COUNTS),
)


def pumped(before: str, again: str, times: int, after: str) -> str:
    return before + again * times + after


ENDS = st.text("ab-0", max_size=2)
PUMPED = st.builds(pumped, ENDS, st.text("ab-0", min_size=1, max_size=3), st.integers(1, 40), ENDS)


def tree(pattern: str) -> Node:
    found = parsed(pattern)
    assert not isinstance(found, Malformed)
    return found


HARMLESS = [
    "",
    "a",
    ".*",
    "[a-z]+",
    "^[a-z]+$",
    "(a+)+",
    r"^[a-zA-Z0-9_-]{1,50}$",
    r"^([a-zA-Z0-9_\-\.]+)@([a-zA-Z0-9_\-\.]+)\.([a-zA-Z]{2,5})$",
    r"^[0-9]+(\.[0-9]+)*$",
    r"^(?:(?!foo).)*$",
    r"^(?=.*\d)(?=.*[a-z]).{8,}$",
    r"^[^/]+(?<!-)$",
    r"^(a|b)\1$",
    r"^0x[a-f0-9]{262144}$",
    r"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$",
    r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$",
    r"^\p{Lu}+$",
    f"^(?:{'|'.join(f'word{number}' for number in range(100))})$",
]
BETTER = [
    ("^(a+)+$", r"^a+\Z"),
    ("^(?:a*)+b$", r"^a*b\Z"),
    ("^(?:a|b|[0-9])+$", None),
    ("(a*)*", ""),
    ("(a|a)*b", "b"),
    ("^(?:a|a)*b", "^a*b"),
    (r"[a-z]+@[a-z]+", "[a-z]@[a-z]"),
    ("a{2,}b{3,5}", "a{2}b{3}"),
    (" +$", r" \Z"),
    ("^[a-z]+[a-z0-9]*$", r"^[a-z][a-z0-9]*\Z"),
    ("^[a-z0-9-]*[a-z0-9]+$", r"^[a-z0-9-]*[a-z0-9]\Z"),
    (r"^(?!^[-.]*$)-?0*(?:\d{0,5}|(?=[\d.]{1,9}0*$)\d{0,5}\.\d{0,9}0*$)", r"^(?!^[\-.]*\Z)"),
    ("(?:a+|)b(?:c*|d)", "b"),
    (r"^0*\d*\.?\d*$", r"^[0-9]*(?:\.[0-9]*)?\Z"),
    (r"^(\p{L}|\p{N}|[-_])+$", r"^[\-_\p{L}\p{N}]+\Z"),
]
HARMFUL = [
    ("^(a|b|ab)*$", "ab"),
    (r"^(\w+\s?)*$", None),
    ("^(a|aa)+$", "aa"),
    (r"^\w+([.-]?\w+)*@\w+([.-]?\w+)*(\.\w{2,3})+$", None),
    (r"^\S+@\S+\.\S+$", None),
    ("^(.*)([0-9]+)(.*)$", None),
    ("^(?:(?!.*b).)*$", None),
    ("^(?:(?:|)a)+b$", "aaa"),
    ("^(?:a?){40}$", "a"),
    ("^(?:a{0,30}){0,30}$", "a"),
    ("(?:a{0,9}){0,9}b(?:a{0,9}){0,9}c", None),
    (r"^(a+)\1$", ""),
    ("^(?:a*b*)*c$", ""),
    ("^(?:\ud800|\ud800\ud800)*$", None),
]


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_is_harmless_is_searched_for_as_it_is(pattern: str) -> None:
    assert searchable(pattern) == written(tree(pattern))


@pytest.mark.parametrize(("pattern", "source"), BETTER)
def test_what_can_be_said_without_harm_is(pattern: str, source: str | None) -> None:
    found = searchable(pattern)
    assert isinstance(found, str)
    assert source in (found, None)


@pytest.mark.parametrize(
    "pattern",
    ["^[a-z]+[0-9]*$", "^[a-z]*[0-9a]+$", "^a*-?b*$", "^(a{2,})+$", r"^(a+)+\1$", "^(aa|b)$"],
)
def test_what_would_be_different_stays_as_it_is(pattern: str) -> None:
    assert simpler(tree(pattern)) == tree(pattern)


@pytest.mark.parametrize(("pattern", "text"), HARMFUL)
def test_what_may_hang_is_not_searched_for(pattern: str, text: str | None) -> None:
    found = searchable(pattern)
    assert isinstance(found, Untranslatable)
    if text is not None:
        assert text in found.reason


@pytest.mark.parametrize(
    ("pattern", "again"),
    [
        ("^(a|b|ab)*$", "ab"),
        ("^(a|aa)+$", "a"),
        (r"^\S+@\S+\.\S+$", "@."),
        ("^(.*)([0-9]+)(.*)$", "0"),
        ("^(?:(?!.*b).)*$", "a"),
    ],
)
def test_what_is_refused_takes_far_more_for_a_text_of_twice_the_length(
    pattern: str, again: str
) -> None:
    def tried(times: int) -> int:
        matcher = Matcher(again * times + "\n", 10_000_000)
        matcher.searches(tree(pattern))
        return matcher.tried

    assert tried(12) > 3 * tried(6)


@SETTINGS
@given(PATTERNS, PUMPED, st.text("ab-0", max_size=2))
def test_no_text_takes_more_than_was_found(pattern: str, text: str, again: str) -> None:
    expression = tree(pattern)
    bound = effort(expression)
    if isinstance(bound, Effort):
        for each in (text, text + again, text + again * 2):
            matcher = Matcher(each, 2 * bound.most * (len(each) + 1))
            is_found = matcher.searches(expression)
            # what fails, and what follows where something is found
            assert matcher.tried_last <= bound.most * (1 + is_found)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.builds("^(?:{}){}$".format, LOOPS, st.sampled_from(["*", "+", ""])))
def test_a_text_that_takes_long_is_read_in_very_many_ways(pattern: str) -> None:
    expression = tree(pattern)
    found = effort(expression)
    if isinstance(found, Endless) and found.text and "$" not in pattern[:-1]:
        steps = len(program(expression, 2_000).steps)  # no way takes more
        matcher = Matcher(found.text, 100 * MOST)
        for _ in matcher.ends(expression, 0):
            if matcher.tried_last * steps > MOST:
                break
        assert matcher.tried_last * steps > MOST


@SETTINGS
@given(st.one_of(REGULAR, LOOKING))
def test_what_is_said_otherwise_finds_the_same(pattern: str) -> None:
    expression = tree(pattern)
    one, other = written(expression), written(simpler(expression))
    assert isinstance(one, str)
    assert isinstance(other, str)
    before, after = re.compile(one), re.compile(other)
    for text in TEXTS[:400]:
        assert bool(before.search(text)) is bool(after.search(text))


@SETTINGS
@given(REGULAR)
def test_what_is_said_otherwise_is_proven_the_same(pattern: str) -> None:
    before, after = (demand(each).conditions for each in (tree(pattern), simpler(tree(pattern))))
    for one, other in ((before, after), (after, before)):
        for each in one:
            assert shortest([*other, replace(each, accepted=False)], 0, None) == Empty()
