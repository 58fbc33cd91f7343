"""Regular expressions of ECMA-262 are read as trees, whatever a document makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.patterns.parse import LONGEST, parsed
from specloom.patterns.syntax import (
    Back,
    Boundary,
    Either,
    End,
    Group,
    Look,
    Malformed,
    Node,
    One,
    Property,
    Repeat,
    Sequence,
    Start,
)

A, B, HYPHEN = (One(((ord(letter), ord(letter)),)) for letter in "ab-")


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("", Sequence(())),
        ("a", A),
        ("ab", Sequence((A, B))),
        ("a|", Either((A, Sequence(())))),
        ("^a$", Sequence((Start(), A, End()))),
        ("a*", Repeat(A, 0, None)),
        ("a+?", Repeat(A, 1, None, lazy=True)),
        ("a?", Repeat(A, 0, 1)),
        ("a{2}", Repeat(A, 2, 2)),
        ("a{2,}", Repeat(A, 2, None)),
        ("a{2,3}?", Repeat(A, 2, 3, lazy=True)),
        ("(a)", Group(A, 1)),
        ("(?:a)", Group(A)),
        ("(?<of>a)", Group(A, 1, "of")),
        ("(?:a)(b)", Sequence((Group(A), Group(B, 1)))),
        ("(?=a)", Look(A, ahead=True, negated=False, at=0)),
        ("b(?!a)", Sequence((B, Look(A, ahead=True, negated=True, at=1)))),
        ("(?<=a)", Look(A, ahead=False, negated=False, at=0)),
        ("(?<!a)", Look(A, ahead=False, negated=True, at=0)),
        (r"(a)\1", Sequence((Group(A, 1), Back(1, 3)))),
        (r"\k<n>(?<n>a)", Sequence((Back(1, 0), Group(A, 1, "n")))),
        (r"\b\B", Sequence((Boundary(negated=False), Boundary(negated=True)))),
        (r"\p{L}", Property(0, (("L", False),))),
        (r"a[\P{L}a]", Sequence((A, Property(1, (("L", True),), ((0x61, 0x61),))))),
        ("{", One(((0x7B, 0x7B),))),
        ("a{,", Sequence((A, One(((0x7B, 0x7B),)), One(((0x2C, 0x2C),))))),
        (r"\-", HYPHEN),
    ],
)
def test_what_is_written_is_what_the_tree_says(pattern: str, tree: Node) -> None:
    assert parsed(pattern) == tree


@pytest.mark.parametrize(
    ("pattern", "points"),
    [
        (r"\t", ((9, 9),)),
        (r"\cJ", ((10, 10),)),
        (r"\cj", ((10, 10),)),
        (r"\0", ((0, 0),)),
        (r"\x41", ((0x41, 0x41),)),
        (r"\u0041", ((0x41, 0x41),)),
        (r"\u{1F600}", ((0x1F600, 0x1F600),)),
        (r"\u{0000000000041}", ((0x41, 0x41),)),
        (r"\ud83d\ude00", ((0x1F600, 0x1F600),)),
        (r"[\ud83d\ude00]", ((0x1F600, 0x1F600),)),
        (r"\ud83d", ((0xD83D, 0xD83D),)),
        (r"\/", ((0x2F, 0x2F),)),
        ("[]", ()),
        ("[^]", ((0, 0x10FFFF),)),
        ("[^a]", ((0, 0x60), (0x62, 0x10FFFF))),
        ("[a-c]", ((0x61, 0x63),)),
        (r"[a\-c]", ((0x2D, 0x2D), (0x61, 0x61), (0x63, 0x63))),
        ("[a-]", ((0x2D, 0x2D), (0x61, 0x61))),
        ("[-a]", ((0x2D, 0x2D), (0x61, 0x61))),
        ("[+--]", ((0x2B, 0x2D),)),
        (r"[\d-.]", ((0x2D, 0x2E), (0x30, 0x39))),
        (r"[.-\d]", ((0x2D, 0x2E), (0x30, 0x39))),
        (r"[\b]", ((8, 8),)),
        (r"[\]\\]", ((0x5C, 0x5D),)),
        (r"[\D\d]", ((0, 0x10FFFF),)),
        (r"[^\D]", ((0x30, 0x39),)),
        (r"\w", ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))),
        (".", ((0, 9), (0xB, 0xC), (0xE, 0x2027), (0x202A, 0x10FFFF))),
    ],
)
def test_a_character_is_of_a_set(pattern: str, points: tuple[tuple[int, int], ...]) -> None:
    tree = parsed(pattern)
    assert isinstance(tree, One)
    assert tree.points == points


@pytest.mark.parametrize(
    ("pattern", "reason", "offset"),
    [
        ("a(", "this parenthesis is never closed", 1),
        ("a)", "this parenthesis closes nothing", 1),
        ("a[b", "this bracket is never closed", 1),
        ("a\\", "a backslash is the last character", 1),
        ("a**", "there is nothing to repeat", 2),
        ("{2}", "there is nothing to repeat", 0),
        ("^*", "there is nothing to repeat", 1),
        ("(?=a)?", "there is nothing to repeat", 5),
        ("a|+", "there is nothing to repeat", 2),
        ("a{,2}", "a count of repetitions begins with a number", 1),
        ("a{3,2}", "the most is less than the least", 1),
        ("a{1,9999999999999999999}", "this count has more than 18 digits", 1),
        ("(?P<n>a)", "this is not how a group begins", 0),
        ("(?<1>a)", "this is not how a group begins", 0),
        ("(?>a)", "this is not how a group begins", 0),
        ("(?i)a", "this is not how a group begins", 0),
        ("(?<n>a)(?<n>b)", "another group has this name", 7),
        (r"a\1", "there is no such group", 1),
        (r"(a)\2", "there is no such group", 3),
        (r"\k<n>", "there is no such group", 0),
        (r"()\k", "there is no such group", 2),
        ("\\" + "9" * 5000, "there is no such group", 0),
        (r"a\Z", "this escape means nothing in ECMA-262", 1),
        (r"a\01", "this escape means nothing in ECMA-262", 1),
        (r"[ab\1]", "this escape means nothing in ECMA-262", 3),
        (r"\u12", "this escape means nothing in ECMA-262", 0),
        (r"\xg0", "this escape means nothing in ECMA-262", 0),
        (r"\c1", "this escape means nothing in ECMA-262", 0),
        (r"\pL", "this escape means nothing in ECMA-262", 0),
        (r"\u{110000}", "Unicode has no such code point", 0),
        (r"a[z-a]", "a range ends before it begins", 2),
    ],
)
def test_a_mistake_has_a_reason_and_an_offset(pattern: str, reason: str, offset: int) -> None:
    assert parsed(pattern) == Malformed(reason, offset)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(" * LONGEST, "more than 50 parentheses are open here"),
        ("(" * 51 + ")" * 51, "more than 50 parentheses are open here"),
        ("(?=" * 60 + ")" * 60, "more than 50 parentheses are open here"),
        ("a" * (LONGEST + 1), f"it has more than {LONGEST:,} characters"),
        ("[" * LONGEST, "this bracket is never closed"),
        (r"\p{" * (LONGEST // 3), "this escape means nothing in ECMA-262"),
    ],
)
def test_a_hostile_pattern_is_refused(pattern: str, reason: str) -> None:
    tree = parsed(pattern)
    assert isinstance(tree, Malformed)
    assert tree.reason == reason


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.text(r"ab01-^$.|()[]{}*+?\,:=!<>kupxcdDb", max_size=30))
def test_every_text_has_a_tree_or_a_mistake_within_it(pattern: str) -> None:
    tree = parsed(pattern)
    if isinstance(tree, Malformed):
        assert 0 <= tree.offset < len(pattern)
