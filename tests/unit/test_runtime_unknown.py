"""Values of enums and variants of unions that nobody knew."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Literal

import pytest
from runtime import _unknown as unknown
from runtime._unknown import Unknown, UnknownInt, UnknownVariant
from runtime.errors import ConstraintError, DecodeError

pytest_plugins = ["pytester"]

WORDS: tuple[Literal["open"], Literal["paid"]] = ("open", "paid")


def misread(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(DecodeError) as caught:
        act(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("strict", [False, True])
def test_a_known_value_stays_what_it_is(strict: bool) -> None:
    assert type(unknown.choice("open", "s", WORDS, strict)) is str
    assert repr(unknown.integer_choice(1.0, "s", (1, 2), strict)) == "1"
    assert repr(unknown.mixed_choice(1.0, "s", (1, "a"), strict)) == "1"
    assert type(unknown.mixed_choice("a", "s", (1, "a"), strict)) is str
    assert unknown.choice(None, "s", ("open", None), strict) is None


@pytest.mark.parametrize(
    ("found", "kind", "raw"),
    [
        (unknown.choice("lost", "s", WORDS, False), Unknown, "lost"),
        (unknown.integer_choice(3, "s", (1, 2), False), UnknownInt, 3),
        (unknown.integer_choice(3.0, "s", (1, 2), False), UnknownInt, 3),
        (unknown.mixed_choice("lost", "s", (1, "a"), False), Unknown, "lost"),
        (unknown.mixed_choice(3, "s", (1, "a"), False), UnknownInt, 3),
    ],
)
def test_an_unknown_value_is_kept_and_equals_itself(found: object, kind: type, raw: object) -> None:
    assert type(found) is kind
    assert found == raw
    assert hash(found) == hash(raw)
    assert json.dumps(found) == json.dumps(raw)
    assert type(pickle.loads(pickle.dumps(found))) is kind


def test_strict_readers_name_what_they_know() -> None:
    words = 'expected "open" or "paid", found a string'
    assert misread(lambda: unknown.choice("lost", "s", WORDS, True)) == f"$.s: {words}"
    assert misread(lambda: unknown.integer_choice(3, None, (1, 2), True)) == (
        "$: expected 1 or 2, found a number"
    )
    for value in ("lost", 3):
        assert "$.s: expected 1 or " in misread(unknown.mixed_choice, value, "s", (1, "a"), True)


@pytest.mark.parametrize("strict", [False, True])
def test_another_kind_is_never_unknown(strict: bool) -> None:
    no_words: list[object] = [None, True, 1, 1.5, [], {}]
    for value in no_words:
        assert "$.s: expected " in misread(unknown.choice, value, "s", WORDS, strict)
    no_numbers: list[object] = [None, True, "1", 1.5, [], {}]
    for value in no_numbers:
        assert "$.s: expected " in misread(unknown.integer_choice, value, "s", (1, 2), strict)
    neither: list[object] = [None, True, 1.5, [], {}]
    for value in neither:
        assert "$.s: expected " in misread(unknown.mixed_choice, value, "s", (1, "a"), strict)


def test_unknown_values_are_written_only_when_marked() -> None:
    assert type(unknown.written(Unknown("lost"), "s", WORDS)) is str
    assert unknown.written("open", "s", WORDS) == "open"
    assert repr(unknown.integer_written(UnknownInt(3), "s", (1, 2))) == "3"
    assert type(unknown.mixed_written(Unknown("x"), "s", (1, "a"))) is str
    assert type(unknown.mixed_written(UnknownInt(3), "s", (1, "a"))) is int
    assert unknown.mixed_written("a", "s", (1, "a")) == "a"
    with pytest.raises(ConstraintError, match='expected "open" or "paid"'):
        unknown.written("lost", "s", WORDS)
    with pytest.raises(ConstraintError, match="expected 1 or 2"):
        unknown.integer_written(3, "s", (1, 2))
    with pytest.raises(ConstraintError, match="expected 1 or 2"):
        unknown.integer_written(Unknown("x"), "s", (1, 2))


def test_an_unknown_variant_hides_what_it_holds() -> None:
    variant = UnknownVariant("odd", {"type": "odd", "token": "s3cret"})
    assert repr(variant) == "UnknownVariant(tag='odd')"
    assert variant == UnknownVariant("odd", {"token": "s3cret", "type": "odd"})
    assert variant != UnknownVariant("odd", {})
    assert variant != UnknownVariant(1, variant.raw)
    assert variant != "odd"
    assert pickle.loads(pickle.dumps(variant)) == variant


def test_a_failed_comparison_shows_no_secret(pytester: pytest.Pytester) -> None:
    folder = unknown.__file__.rpartition("/runtime/")[0]
    pytester.makepyfile(f"""
        import sys
        sys.path.insert(0, {folder!r})
        from runtime._unknown import UnknownVariant
        def test_it():
            raw = {{"token": "s3" * 4}}
            one, other = UnknownVariant("odd", raw), UnknownVariant("odd", {{}})
            assert one == other
        """)
    result = pytester.runpytest_inprocess("-vv", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    assert "UnknownVariant(tag='odd')" in result.stdout.str()
    assert "s3s3" not in result.stdout.str()
