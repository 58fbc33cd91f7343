"""General categories of Unicode in patterns, for which the runtime puts ranges."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from runtime import _categories as categories

from specloom.patterns import Untranslatable, has_categories
from specloom.patterns.python import translated


@pytest.mark.parametrize(
    ("pattern", "fits", "others"),
    [
        (r"^\p{Letter}+$", ("aé", "Ж"), ("", "1", "a1", "²")),
        (r"^\p{Lu}\P{Lu}$", ("Aa", "Ж1"), ("aa", "AA")),
        (r"^[\p{Nd}_-]+$", ("1-2_", "\u09ea"), ("a", "½")),
        (r"^[^\p{L}\d]$", ("-", " "), ("a", "1")),
        (r"^\p{gc=Sc}|\\p\{L\}$", ("€", "a\\p{L}"), ("a",)),
        (r"^\p{LC}$", ("a", "A", "ǅ"), ("ª", "中")),
    ],
)
def test_a_category_is_all_that_unicode_says(
    pattern: str, fits: tuple[str, ...], others: tuple[str, ...]
) -> None:
    source = translated(pattern)
    assert isinstance(source, str)
    assert has_categories(source)
    compiled = re.compile(categories.expanded(source))
    assert [text for text in fits if not compiled.search(text)] == []
    assert [text for text in others if compiled.search(text)] == []


def test_every_character_is_in_its_category_and_in_no_other() -> None:
    compiled = {name: re.compile(categories.expanded(rf"[\p{{{name}}}]")) for name in ("Nd", "Pd")}
    for name, pattern in compiled.items():
        for point in range(0, 0x11000, 7):
            found = pattern.fullmatch(chr(point)) is not None
            assert found == (category(chr(point)) == name)


@pytest.mark.parametrize("pattern", [r"\p{Script=Greek}", r"[\p{Emoji}]", r"\p{Nope}"])
def test_other_properties_are_not_known(pattern: str) -> None:
    assert isinstance(translated(pattern), Untranslatable)


def test_what_only_looks_like_a_category_is_none() -> None:
    source = translated(r"\\p\{L\}")
    assert isinstance(source, str)
    assert not has_categories(source)
