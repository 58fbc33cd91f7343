"""What automata say of random patterns, brute force over short texts never contradicts."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.patterns import Empty, Example, Pattern, includes, meet, takes
from specloom.patterns.python import translated

TEXTS = ["".join(letters) for length in range(6) for letters in product("ab-0", repeat=length)]
SETTINGS = settings(derandomize=True, max_examples=300, deadline=None)

ATOMS = st.sampled_from(
    ["a", "b", "-", "0", ".", "[ab]", "[^a]", r"\d", r"\W", "[a-]", r"[\w-]", "[]", "^", "$", ""]
)
COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}", "*?", "{1,3}?"])
LOOKS = st.sampled_from(["(?=", "(?!"])


def larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(smaller, max_size=3).map("".join),
        st.builds("(?:{}|{})".format, smaller, smaller),
        st.builds("({}){}".format, smaller, COUNTS),
    )


REGULAR = st.recursive(ATOMS, larger, max_leaves=8)
LOOKING = st.one_of(
    st.builds("^{}{})(?:{})".format, LOOKS, REGULAR, REGULAR),
    st.builds("^{}{}){}a)(?:{})$".format, LOOKS, REGULAR, LOOKS, REGULAR),
    st.builds("(?:{})(?<!a)$".format, REGULAR),
    st.builds("(?:{})(?<=[ab]|-)$".format, REGULAR),
)
WIDENED = st.one_of(
    st.builds(r"(?:{})\b(?:{})".format, REGULAR, REGULAR),
    st.builds(r"(a|b)(?:{})\1".format, REGULAR),
    st.builds("(?:{}){}{})(?:{})".format, REGULAR, LOOKS, REGULAR, REGULAR),
    st.builds("(?:{})(?:(?<!{}){})+".format, REGULAR, st.sampled_from(["a", "-0"]), REGULAR),
)
PATTERNS = st.one_of(REGULAR, REGULAR, LOOKING, WIDENED)


@lru_cache(maxsize=64)
def matched(pattern: str) -> frozenset[str]:
    """Return the short texts in which Python finds a pattern."""
    source = translated(pattern)
    assert isinstance(source, str)
    expression = re.compile(source)
    return frozenset(text for text in TEXTS if expression.search(text))


def finds(pattern: str, text: str) -> bool:
    source = translated(pattern)
    return isinstance(source, str) and re.search(source, text) is not None


@SETTINGS
@given(
    st.lists(PATTERNS, min_size=1, max_size=3),
    st.integers(0, 3),
    st.one_of(st.none(), st.integers(0, 5)),
)
def test_meetings_agree_with_brute_force(patterns: list[str], least: int, most: int | None) -> None:
    found = meet([Pattern(pattern) for pattern in patterns], least, most)
    longest = 5 if most is None else most
    common = frozenset(TEXTS).intersection(*map(matched, patterns))
    lengths = [len(text) for text in common if least <= len(text) <= longest]
    match found:
        case Empty():
            assert not lengths
        case Example(text, exact):
            assert least <= len(text) <= (len(text) if most is None else most)
            assert len(text) <= min(lengths, default=len(text)), "there is a shorter one"
            assert not exact or all(finds(pattern, text) for pattern in patterns)
        case _:
            raise AssertionError(f"gave up on {patterns}")


@SETTINGS
@given(PATTERNS)
def test_a_pattern_takes_what_python_finds_it_in(pattern: str) -> None:
    """Only what goes back to a group may be unknown."""
    for text in TEXTS[:400]:
        found = takes(Pattern(pattern), text)
        assert found is (text in matched(pattern)) or (found is None and r"\1" in pattern)


@SETTINGS
@given(st.one_of(REGULAR, LOOKING))
def test_what_is_regular_is_known_for_sure(pattern: str) -> None:
    assert takes(Pattern(pattern), "ab") is ("ab" in matched(pattern))


@SETTINGS
@given(REGULAR, REGULAR)
def test_a_look_ahead_divides_a_language(looked: str, pattern: str) -> None:
    whole = Pattern(f"^(?:{pattern})")
    apart = [Pattern(f"^(?{sign}{looked})(?:{pattern})") for sign in "=!"]
    assert meet(apart, 0, None) == Empty()
    assert all(includes(whole, part) for part in apart)


@SETTINGS
@given(PATTERNS, PATTERNS)
def test_what_is_included_is_matched_too(one: str, other: str) -> None:
    if includes(Pattern(one), Pattern(other)):
        assert matched(other) <= matched(one)


@SETTINGS
@given(REGULAR, REGULAR)
def test_an_alternative_is_included(one: str, other: str) -> None:
    either = Pattern(f"(?:{one})|(?:{other})")
    assert includes(either, Pattern(one))
    assert includes(either, Pattern(other))


@SETTINGS
@given(PATTERNS)
def test_what_is_translated_compiles_without_a_warning(pattern: str) -> None:
    source = translated(pattern)
    assert isinstance(source, str)
    with warnings.catch_warnings(action="error"):
        assert re.compile(source)
