"""Literals read back as what they were, and black has nothing to say about them."""

from __future__ import annotations

import ast
import math

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.code import Code
from specloom.python.layout import block
from specloom.python.literals import literal
from specloom.values import Json, Text, Tree

# Long literals are the layout's concern; here every statement is one line.
WIDE = black.Mode(line_length=10**6)

nasty = st.sampled_from(
    [
        *("'", '"', "'''", '"""', "\\", "\\'", '\\"', "\n", "\r", "\0", "\x7f", "\x85", "\ud800"),
        *("\u202e", "\ufeff", "\\N{dash}", "\\xAB", "{x}", "日本", "\U0001f600", "\xe9"),
    ]
)
texts = st.lists(st.one_of(nasty, st.text(max_size=4), st.characters()), max_size=9).map("".join)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
)
trees: st.SearchStrategy[Tree] = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def black_leaves(code: Code) -> bool:
    source = f"x = {code}\n"
    return black.format_str(source, mode=WIDE) == source


@settings(deadline=None)
@given(texts)
def test_a_text_reads_back_and_is_ascii(text: str) -> None:
    code = literal(Text(text))
    assert code == literal(text)
    assert code.isascii()
    assert code.isprintable()
    assert ast.literal_eval(code) == text
    assert black_leaves(code)


@settings(deadline=None)
@given(trees)
def test_a_json_value_reads_back_with_its_types(tree: Tree) -> None:
    code = literal(Json.of(tree))
    assert code.isascii()
    assert repr(ast.literal_eval(code)) == repr(tree)
    assert black_leaves(code)


awkward = st.text("a'\"\\([{,=: |", max_size=9)
large: st.SearchStrategy[Tree] = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.floats(-9, 9) | awkward,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(awkward, inner, max_size=5),
    max_leaves=30,
)


@settings(deadline=None)
@given(large, st.sampled_from(["x = ", "x: Json = ", "return "]))
def test_the_layout_breaks_a_literal_as_black_does(tree: Tree, head: str) -> None:
    statement = block(Code(f"{head}{literal(Json.of(tree))}"), 4)
    source = f"def f():\n    {statement}\n"
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (Text("it's"), '"it\'s"'),
        (Text('say "hi"'), "'say \"hi\"'"),
        (Text("'\""), '"\'\\""'),
        (Text("\x1b\u00e9\u2028\U0001f600"), '"\\x1b\\xe9\\u2028\\U0001f600"'),
        (Text("True"), '"True"'),
        (Json("[1,1.0,true,null,-0.0,1e16,1e-7]"), "[1, 1.0, True, None, -0.0, 1e16, 1e-07]"),
        (Json('{"a":{},"b":[[]]}'), '{"a": {}, "b": [[]]}'),
        (None, "None"),
        (False, "False"),
        (-7, "-7"),
    ],
)
def test_spelling(value: Text | Json | int | None, spelled: str) -> None:
    code = literal(value)
    assert code == spelled
    assert type(code) is Code


class Sly(str):
    __slots__ = ()

    def __repr__(self) -> str:
        return "evil()"


class Count(int):
    pass


@pytest.mark.parametrize(
    "value",
    [
        Json("NaN"),
        Json("[-Infinity]"),
        Json("1e999"),
        Json("1" + "0" * 1000),
        Json("1" * 5000),
        Json("-1" + "0" * 1000),
        Json("[" * 65 + "]" * 65),
        Json('{"a":' * 65 + "1" + "}" * 65),
        Json("[" * 200_000 + "]" * 200_000),
        10**1000,
        Sly("x"),
        Code("x"),
        Count(1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_refusals(value: Json | str | int) -> None:
    with pytest.raises(ValueError, match=r"digits|finite|deeply|no literal"):
        literal(value)


def test_limits_themselves_are_allowed() -> None:
    assert ast.literal_eval(literal(10**1000 - 1)) == 10**1000 - 1
    assert literal(Json("[" * 64 + "]" * 64)) == "[" * 64 + "]" * 64
    assert math.isfinite(ast.literal_eval(literal(Json("1.7976931348623157e308"))))
