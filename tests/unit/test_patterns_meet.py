"""Languages meet in a shortest text, or are proven to have none in common."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from specloom.patterns import (
    Empty,
    Example,
    Format,
    GaveUp,
    Language,
    Meeting,
    Pattern,
    includes,
    meet,
    takes,
)


def patterns(*of: str) -> list[Pattern]:
    return [Pattern(text) for text in of]


@pytest.mark.parametrize(
    ("languages", "meeting"),
    [
        (patterns(), Example("")),
        (patterns("^a$"), Example("a")),
        (patterns("^a+$", "^b+$"), Empty()),
        (patterns("a", "b"), Example("ab")),
        (patterns("^a", "^[ab]$"), Example("a")),
        (patterns("^[A-Z]{2}[0-9]{2}$"), Example("AA00")),
        (patterns("^[^a0]$"), Example("A")),
        (patterns("^[\u4e00-\u9fff]$"), Example("\u4e00")),
        (patterns("^[\\x00-\\x1f\\x7f-\\xff]$"), Example("\xa1")),
        (patterns("^[\\x00-\\x08]$"), Example("\0")),
        (patterns("^(a|^b)$", "b"), Example("b")),
        (patterns("(^|-)a", "^b"), Example("b-a")),
        (patterns("a(-|$)", "b$"), Example("a-b")),
        (patterns("a$b"), Empty()),
        (patterns("a^"), Empty()),
        (patterns("$^"), Example("")),
        (patterns("^$", "a"), Empty()),
        (patterns("[]"), Empty()),
        (patterns("^(?!a)[ab]$"), Example("b")),
        (patterns("^(?!a)[ab]+$", "^a"), Empty()),
        (patterns("^(?!$^)", "^$"), Empty()),
        (patterns("^(?!$^)a*$"), Example("a")),
        (patterns("^(?!a$)(?!b$)[ab]$"), Empty()),
        (patterns("^(?=.*0)(?=.*A)[A0]*$"), Example("0A")),
        (patterns("^[a-]+(?<!-)$", "-$"), Empty()),
        (patterns("^[a-]+(?<=-)$"), Example("-")),
        (patterns("^((?!a)[ab])$", "^a$"), Empty()),
        (patterns("(?!a)^[ab]$", "^a$"), Example("a", exact=False)),
        (patterns("^(?!(?!a)b)[ab]$", "^b$"), Example("b", exact=False)),
        (patterns("^a(?=b)c$"), Example("ac", exact=False)),
        (patterns("^(?<!a)a$"), Example("a", exact=False)),
        (patterns("^a(?!a)$"), Example("a", exact=False)),
        (patterns("^(?:a*|b)$", "^ab$"), Empty()),
        (patterns("^(?:a|b*)*$", "^ab$"), Example("ab")),
        (patterns(r"^(a)\1$"), Example("a", exact=False)),
        (patterns(r"^a\bb$"), Example("ab", exact=False)),
        (patterns(r"^\p{L}$", "^[0-9]$"), Example("0", exact=False)),
        (patterns(r"^\p{L}$", "^[0-9]{2}$"), Empty()),
        (patterns("(", "^a$"), Example("a", exact=False)),
        (patterns("^a{3000}$", "^a{3}$"), Empty()),
        (patterns("^a{0,3000}$", "^a{3}$"), Example("aaa")),
        ([Format("date"), Format("date-time")], Empty()),
        ([Format("date"), *patterns("^[0-9]{4}-13")], Empty()),
        (
            [Format("uuid"), *patterns("^[a-f-]+$")],
            Example("-".join("a" * length for length in (8, 4, 4, 4, 12)), exact=False),
        ),
        ([Format("date"), *patterns("^2000")], Example("2000-01-01", exact=False)),
        ([Format("password"), *patterns("^a$")], Example("a")),
    ],
)
def test_languages_meet_in_a_text_or_not_at_all(
    languages: Sequence[Language], meeting: Meeting
) -> None:
    assert meet(languages, 0, None) == meeting
    assert meet(languages[::-1], 0, None) == meeting


@pytest.mark.parametrize(
    ("languages", "least", "most", "meeting"),
    [
        (patterns(), 3, None, Example("aaa")),
        (patterns(), 2, 1, Empty()),
        (patterns(), 0, -1, Empty()),
        (patterns("^a*$"), 2, 2, Example("aa")),
        (patterns("^(aa)*$"), 3, 3, Empty()),
        (patterns("^(aa)*$"), 3, None, Example("aaaa")),
        (patterns("^(a{3}|a{5})$"), 4, 4, Empty()),
        (patterns("^(a{3}|a{5})$"), 4, None, Example("aaaaa")),
        (patterns("^a{4}$"), 0, 3, Empty()),
        (patterns(r"^[\ud800-\udfff]$"), 0, None, Empty()),  # no text has one
        (patterns("^😀$"), 2, None, Empty()),
        (patterns("^a$"), 10**9, None, Empty()),
        (patterns("a"), 300, None, Example("a" * 300)),
        (
            patterns("^a*$"),
            10**9,
            None,
            GaveUp("the search for a text that fits took too many steps"),
        ),
        ([Format("ipv6")], 3, None, Example("::1", exact=False)),
        ([Format("ipv6")], 0, 1, Example(":", exact=False)),
        ([Format("uuid")], 0, 35, Empty()),
        ([Format("uuid7")], 37, None, Empty()),
    ],
)
def test_length_counts(
    languages: Sequence[Language], least: int, most: int | None, meeting: Meeting
) -> None:
    assert meet(languages, least, most) == meeting


@pytest.mark.parametrize(
    ("one", "other", "included"),
    [
        ("", "a", True),
        ("a", "", False),
        ("a", "^ba$", True),
        ("^[a-z]+$", "^[a-c]{2}$", True),
        ("^[a-c]{2}$", "^[a-z]+$", False),
        ("^(?!0)[0-9]+$", "^[1-9][0-9]$", True),
        ("^(?!0)[0-9]+$", "^[0-9]{2}$", False),
        ("^[0-9]+$", "^(?!0)[0-9]+$", True),
        ("^[a-z]+$", r"^\bb$", True),  # wider than it is, and still within
        (r"^\bb$", "^b$", False),  # it is, but that is not known
        (r"^\bb$", r"^\bb$", True),
        ("(", "a", False),
        ("", "(", True),
        ("^a{0,3000}$", "^a$", False),
    ],
)
def test_one_language_includes_another(one: str, other: str, included: bool) -> None:
    assert includes(Pattern(one), Pattern(other)) is included


def test_a_pattern_may_include_a_format_and_never_the_other_way_round() -> None:
    assert includes(Pattern("^[0-9-]+$"), Format("date"))
    assert not includes(Pattern("^[0-8-]+$"), Format("date"))
    assert not includes(Format("date"), Pattern("^2000-01-01$"))
    assert includes(Format("date"), Format("date"))
    assert includes(Format("password"), Format("date")), "it asserts nothing"


@pytest.mark.parametrize(
    ("language", "text", "taken"),
    [
        (Pattern("^a"), "ab", True),
        (Pattern("^a"), "ba", False),
        (Pattern(r"^a\b"), "a", True),
        (Pattern(r"a\Bb"), "ab", True),
        (Pattern(r"a\b-\bb"), "a-b", True),
        (Pattern(r"a\Bb\b"), "abc", False),
        (Pattern("^[a-z0-9][a-z0-9-]*(?<!-)$"), "a-", False),
        (Pattern(r"^([a-z0-9]+[a-z0-9-]*(?<!-))(\.[a-z0-9-]+(?<!-))*$"), "a.b-c", True),
        (Pattern(r"^([a-z0-9]+[a-z0-9-]*(?<!-))(\.[a-z0-9-]+(?<!-))*$"), "a-.b", False),
        (Pattern("^a(?=b)c"), "ac", False),
        (Pattern("a(?!b|c)."), "abaca", False),
        (Pattern("a(?!b|c)."), "abad", True),
        (Pattern("(?<=a{2}b?)c"), "abc", False),
        (Pattern("(?<=a{2}b?)c"), "aabc", True),
        (Pattern(r"^(a|b)\1"), "aa", None),
        (Pattern(r"^\p{L}"), "a", None),
        (Pattern(r"^(?:(?:a|b)*)*\b$"), "a" * 5_000, None),
        (Pattern(r"^a\b"), "b", False),
        (Pattern("("), "a", None),
        (Pattern("^(?!a)"), "ab", False),
        (Pattern("^(?!a)"), "", True),
        (Pattern("^(?:a?){800}$"), "a" * 10_000, None),
        (Pattern("^0x[0-9a-f]{0,2147483648}$"), "0xa", True),
        (Pattern("^0x[0-9a-f]{0,2147483648}$"), "0xg", False),
        (Pattern("^[ab]{1,9999}$"), "a" * 9_999, True),
        (Pattern("^[ab]{1,9999}$"), "a" * 10_000, False),
        (Pattern("^(?:[ab]{1,9999}c?){1,7777}$"), "ac" * 3_888, True),
        (Pattern("^(?:[ab]{1,9999}c?){1,7777}$"), "ac" * 3_889, True),
        (Pattern("^[ab]{2200,9999}$"), "a" * 2_199, None),
        (Pattern("^(?!a{1,9999}$)[ab]"), "b", True),
        (Pattern("(a*)*b"), "a" * 10_000, False),
        (Pattern("."), "\ud800", None),
        (Format("date"), "2000-01-01", None),
        (Format("date"), "today", False),
        (Format("password"), "today", True),
    ],
)
def test_a_language_takes_a_text(language: Language, text: str, taken: bool | None) -> None:
    assert takes(language, text) is taken


@pytest.mark.parametrize(
    ("pattern", "exact"),
    [
        ("^(a{1000}){1000}$", False),
        ("((((a?){30}){30}){30}){30}", False),
        ("^(((a*)*)*)*$", True),
        ("(a+a+)+b", True),
        ("(?:a|b" * 50 + "a" + "c)*" * 50, True),
        ("(?:a|b" * 50 + "a" + "c){1,2}" * 50, False),
        ("()" * 4_000, True),
        ("(?:" + "a|" * 4_000 + "a){2000}", False),
        ("(?:" * 50 + "a|" * 4_900 + "a" + "){1,2}" * 20 + ")*" * 30, False),
        ("^[ab]{2048}$", True),
        ("^[ab]{2200}$", False),
        ("^" + "a" * 9_990, True),
        ("(?:ab){1000}" * 4, False),
        ("[" + "".join(map(chr, range(0x100, 0x2600))) + "]", True),
        ("(?=" * 50 + "a" + ")" * 50, False),
        ("(" * 9_999, False),
    ],
)
def test_a_hostile_pattern_is_decided_or_widened(pattern: str, exact: bool) -> None:
    found = meet(patterns(pattern), 0, None)
    assert isinstance(found, Example)
    assert found.exact is exact


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (patterns("(a{1000}){1000}"), "the search"),
        (patterns(*(f"a{i}" for i in range(51))), "more than 50 patterns"),
        (patterns("^(a|b)*a.{25}$", "^(a|b)*b.{25}$"), "the search"),  # 2 ** 25 states
        (patterns("^" + "(?:a?){30}" * 30 + "$", "b"), "the search"),
        (patterns("".join(map(chr, range(0x100, 0x1000)))), "the patterns tell too many"),
        (patterns("^(?:a{7})*$", "^(?:a{11})*$", "^(?:a{13})*$", "^(?:a{101})+$"), "the search"),
    ],
)
def test_a_search_that_grows_too_large_is_given_up(hostile: list[Pattern], reason: str) -> None:
    found = meet(hostile, 0, None)
    assert isinstance(found, GaveUp)
    assert found.reason.startswith(reason)
