"""Which files black has the last word on."""

from __future__ import annotations

import pytest

from specloom.format import formatted

LONG = f"x = [{', '.join(['1'] * 40)}]\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x = 'é'\n", 'x = "é"\n'),
        (LONG, LONG.replace("[", "[\n    ").replace("1]", "1,\n]").replace(", ", ",\n    ")),
    ],
    ids=["not ASCII", "too long"],
)
def test_black_lays_out_what_is_not_plain(text: str, wanted: str) -> None:
    assert formatted({"a.py": text, "a.txt": text}) == {"a.py": wanted, "a.txt": text}


def test_what_is_plain_is_the_layouts() -> None:
    plain = {"a.py": "x = 'e'\n", "b.py": f"{LONG[:87]}\n"}
    assert formatted(plain) == plain


def test_large_packages_are_the_layouts() -> None:
    large = {"a.py": "x = 'é'\n", "b.py": "\n" * 2_000}
    assert formatted(large) == large
