"""Patterns find in Python what ECMA-262 finds, or are refused."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.patterns import Pattern, Untranslatable, takes
from specloom.patterns.python import translated

# What node 20 answers to `new RegExp(pattern, "u").test(text)`; without `u` where that is too strict.
FINDINGS = [
    ("a$", "a\n", False),
    ("^a", "b\na", False),
    ("(?:^a|b)$", "b", True),
    (r"^\d$", "\u0663", False),  # a digit, but not of ASCII
    (r"^\d$", "3", True),
    (r"^\D$", "\u0663", True),
    (r"^\w$", "é", False),
    (r"^\W$", "é", True),
    (r"^\w+$", "aZ_0", True),
    (r"^\s$", "\ufeff", True),
    (r"^\s$", "\x1c", False),
    (r"^\s$", "\x85", False),
    (r"^\s$", "\u2003", True),
    (r"^[^\S]$", "\u2028", True),
    ("^.$", "\r", False),
    ("^.$", "\u2029", False),
    ("^.$", "\x85", True),
    ("^.$", "😀", True),
    ("^[^]$", "\n", True),
    ("[]", "", False),
    ("^[]?$", "", True),
    (r"^\/$", "/", True),
    (r"^\-\_$", "-_", True),
    (r"^\cJ$", "\n", True),
    (r"^\cj\t$", "\n\t", True),
    (r"^[\s]{2}$", "\u205f\u3000", True),
    (r"^[\cJ]$", "\n", True),
    (r"^\0$", "\0", True),
    (r"^\x41\u0042\u{43}$", "ABC", True),
    (r"^\u{1F600}$", "😀", True),
    (r"^\ud83d\ude00$", "😀", True),
    (r"^[\u{1F600}-\u{1F64F}]$", "😃", True),
    (r"^[\b]$", "\b", True),
    (r"\ba\b", "éaé", True),  # by ASCII, é is no part of a word
    (r"\ba", "_a", False),
    (r"\B", "", True),
    (r"^\B$", "a", False),
    ("^[[]$", "[", True),
    ("^[&&]$", "&", True),
    ("^[a||b]+$", "|a", True),
    ("^[+--]$", ",", True),
    ("^[a-z-_]$", "-", True),
    (r"^[.\-_]$", "/", False),
    ("^[~~]$", "~", True),
    ("^[!-&&-/]$", "/", True),
    (r"^[\]^]$", "^", True),
    (r"^[\^a]$", "a", True),
    ("^a{2}$", "aa", True),
    ("^a{0}$", "", True),
    ("^(?:a|){2}$", "a", True),
    ("^(?:)*$", "", True),
    ("^(a*)*$", "aa", True),
    ("^(?:|a)+$", "aaa", True),
    ("^a{0,99999999999}$", "aaa", True),
    ("a{99999999999}", "aaa", False),
    ("(?<year>[0-9]+)", "a1", True),
    (r"^(?<y>a|b)\k<y>$", "aa", True),
    (r"^(?<y>a|b)\k<y>$", "ab", False),
    (r"^(a)(?:b|\1)$", "aa", True),
    (r"^(?:(a|b)\1)+$", "aabb", True),
    (r"^(a)\1(?:)0$", "aa0", True),
    (r"^(a)\1[0]$", "aa0", True),
    (r"^(?<$>a)(?<é>b)\2$", "abb", True),
    ("^(?!ab)a", "ab", False),
    ("^(?=.*0)[a0]+$", "aa0", True),
    ("(?<=ab|cd)e", "cde", True),
    ("(?<!a)b", "ab", False),
    ("(?<![^b])b", "b", True),
    ("(?<!-)$", "a-", False),
    ("#", "#", True),
    ("a b", "ab", False),
    ("^\u200b$", "\u200b", True),
    ("^é$", "é", True),
]


@pytest.mark.parametrize(("pattern", "text", "found"), FINDINGS)
def test_python_finds_what_ecma_finds(pattern: str, text: str, found: bool) -> None:
    source = translated(pattern)
    assert isinstance(source, str)
    assert (re.search(source, text) is not None) == found


@pytest.mark.parametrize(("pattern", "text", "found"), FINDINGS)
def test_automata_contradict_neither(pattern: str, text: str, found: bool) -> None:
    assert takes(Pattern(pattern), text) in (found, None)


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("^[A-Za-z0-9_-]{1,64}$", r"^[A-Za-z0-9_-]{1,64}\Z"),
        (r"^\d{4}-\d{2}$", r"^[0-9]{4}-[0-9]{2}\Z"),
        (r"^[\w.-]+$", r"^[A-Za-z0-9_.-]+\Z"),
        (r"^https:\/\/(www\.)?", r"^https://(www\.)?"),
        ("(?<major>0|[1-9]+)", "(?P<major>0|[1-9]+)"),
        ("(?<jahr>[0-9])(?<größe>[0-9])(?<$>)", "(?P<jahr>[0-9])(?P<größe>[0-9])()"),
        ("[^/]*?", "[^/]*?"),
        ("é😀", "é😀"),
        ("\x01\u2028[\U000e0001\n]", r"\x01\u2028[\U000e0001\n]"),
        (r"[\s\S]", r"[\s\S]"),
    ],
)
def test_what_python_reads_alike_stays_as_it_is(pattern: str, source: str) -> None:
    assert translated(pattern) == source


@pytest.mark.parametrize(
    ("pattern", "reason", "offset"),
    [
        (r"a\p{Script=Latin}", "Python knows of no properties but general categories", 1),
        (r"a[\p{Emoji}b]", "Python knows of no properties but general categories", 1),
        ("a(?<=b+)", "Python looks behind by a fixed width only", 1),
        ("(?<!a|bc)", "Python looks behind by a fixed width only", 0),
        ("(?<=a{10001})", "Python looks behind by a fixed width only", 0),
        (r"(a)?\1", "this goes back to a group that may not have matched", 4),
        (r"(?:(a)|b)\1", "this goes back to a group that may not have matched", 9),
        (r"\1(a)", "this goes back to a group that may not have matched", 0),
        (r"(a\1)", "this goes back to a group that may not have matched", 2),
        (r"(?!(a))\1", "this goes back to a group that may not have matched", 7),
        (r"(a)(?<=\1)", "Python looks behind by a fixed width only", 3),
        (r"(?<=(a)(?=\1))", "Python goes back to no group while it looks behind", 0),
        (r"a(?<=(?:(b)|(?=(\2))c))", "Python goes back to no group while it looks behind", 1),
        ("(a)" * 100 + r"\100", "this goes back to a group that may not have matched", 300),
        ("(", "this parenthesis is never closed", 0),
    ],
)
def test_what_python_does_not_say_is_refused(pattern: str, reason: str, offset: int) -> None:
    assert translated(pattern) == Untranslatable(reason, offset)


@pytest.mark.parametrize(
    "pattern",
    [
        "((a{1000}){1000}){1000}",
        "(?:a{4294967294}){4294967294}",
        "(?:" * 50 + "a" + ")*" * 50,
        "()" * 4_000,
        "[" + "".join(map(chr, range(0x100, 0x2600))) + "]",
        "a|" * 5_000,
    ],
)
def test_a_hostile_pattern_compiles(pattern: str) -> None:
    source = translated(pattern)
    assert isinstance(source, str)
    assert re.compile(source)


@pytest.mark.parametrize("pattern", ["[&&-z]", "[a||-~]", "[~~-é]", "[[a]", "[a[]", "[--/]"])
def test_what_looks_like_an_operation_on_sets_is_escaped(pattern: str) -> None:
    source = translated(pattern)
    assert isinstance(source, str)
    with warnings.catch_warnings(action="error"):
        assert re.compile(source)


@settings(derandomize=True, max_examples=1_500, deadline=None)
@given(st.text(r"ab01-^$.|()[]{}*+?\,:=!<>kupxcdDwWsb&~", max_size=25))
def test_whatever_is_translated_compiles_without_a_warning(pattern: str) -> None:
    source = translated(pattern)
    if isinstance(source, str):
        with warnings.catch_warnings(action="error"):
            assert re.compile(source)
