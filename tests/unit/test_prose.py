"""Docstrings hold any text, hide none of it, and black has nothing to say about them."""

from __future__ import annotations

import ast
import unicodedata

import black
import pytest
from black.strings import str_width
from hypothesis import example, given, settings
from hypothesis import strategies as st

from specloom.code import Code
from specloom.python.layout.width import width
from specloom.python.prose import docstring
from specloom.values import Text

PLACES = {
    0: "{}\n",
    4: "class X:\n    {}\n\n    x: int\n",
    8: "class X:\n    def f(self):\n        {}\n        return 1\n",
}
LONG = "word " * 30
nasty = st.sampled_from(
    [
        *('"', '""', '"""', "'''", "\\", "\\\\", "\n", "\n\n", "\r", "\r\n", "\t", "  ", "    "),
        *("\0", "\x0b", "\x0c", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u2028", "\u3000"),
        *("\u200b", "\u202e", "\u2066", "\ufeff", "\ufe0f", "\u3164", "\ud800", "\udfff", "\ue000"),
        *(
            "\U000e0041",
            "\u0378",
            "\\N{DASH}",
            "\\x4",
            "{x}",
            "# x",
            "é",
            "e\u0301",
            "日本語",
            "😀",
        ),
        *("- ", "1. ", "> ", "| a | b |", "\n|---|---|\n", "\n```\n", "\n===\n", "a", "b ", LONG),
        *("x" * 80, "x" * 84, "x" * 85, "x" * 88, "long words " * 7),
    ]
)
texts = st.lists(st.one_of(nasty, nasty, st.characters()), max_size=14).map("".join)
indents = st.sampled_from(sorted(PLACES))


def value(text: str, indent: int = 0) -> str:
    said = ast.literal_eval(docstring((Text(text),), indent=indent))
    assert isinstance(said, str)
    return said


@settings(deadline=None, max_examples=400)
@given(texts, indents)
@example('"""', 4)
@example('a\n"' + "x" * 80 + '"', 4)
@example("a" * 84 + " b", 0)
@example("ends in a backslash \\", 8)
@example("first\n    all\n    indented", 4)
def test_any_text_is_one_constant_that_black_leaves(text: str, indent: int) -> None:
    code = docstring((Text(text),), indent=indent)
    if not code:
        assert not text.strip(" \n\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        return
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    said = statement.value.value
    assert isinstance(said, str)
    assert said.split() == text.split()
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in code)
    assert not any(c.isspace() and c not in "\n " for c in code)
    assert '"""' not in code[3:-3]
    module = PLACES[indent].format(code)
    assert black.format_str(module, mode=black.Mode()) == module


@settings(deadline=None, max_examples=200)
@given(st.lists(texts.filter(str.strip), min_size=1, max_size=3))
def test_any_text_of_arguments_is_left_by_black_and_is_theirs(parts: list[str]) -> None:
    entries = tuple((Code(f"name_{n}"), (Text(part),)) for n, part in enumerate(parts))
    code = docstring(("Words.",), indent=8, sections=(("Args", entries), ("Raises", ())))
    module = PLACES[8].format(code)
    assert black.format_str(module, mode=black.Mode()) == module
    assert said_of(code) == {str(name): words[0].raw.split() for name, words in entries}


def said_of(code: str) -> dict[str, list[str]]:
    """Return the words of each entry of the last section: names stand twelve columns in, all else deeper."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in ast.literal_eval(code).partition("Args:\n")[2].split("\n"):
        if line[:12].isspace() and line[12:13].strip():
            name, _, line = line.strip().partition(":")
            found[name] = []
        found[name] += line.split()
    return found


@settings(deadline=None)
@given(st.lists(texts, max_size=4), indents)
def test_words_are_joined_whoever_wrote_them(parts: list[str], indent: int) -> None:
    mixed = tuple(Text(part) if i % 2 else part for i, part in enumerate(parts))
    assert docstring(mixed, indent=indent) == docstring((Text("".join(parts)),), indent=indent)


@settings(deadline=None)
@given(st.lists(st.text("ab'\".,", min_size=1, max_size=20), min_size=1), indents)
def test_prose_stays_within_the_line(words: list[str], indent: int) -> None:
    code = docstring((" ".join(words),), indent=indent)
    assert all(len(line) <= 88 for line in (" " * indent + code).split("\n"))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a\x1bb", "\\" * 9, "\U000e0041", "日本語"]), min_size=9))
def test_an_escape_is_never_cut(words: list[str]) -> None:
    lines = docstring((Text(" ".join(words)),), indent=4)[3:-3].split("\n")
    assert [word for line in lines for word in ast.literal_eval(f'"""{line} """').split()] == words


@pytest.mark.parametrize(
    ("text", "indent", "code"),
    [
        ("", 0, ""),
        (" \r\n\t\x0b ", 4, ""),
        ('The kind "web".', 0, '"""The kind "web"."""'),
        ('"web"', 0, '""" "web" """'),
        ('a""""b', 0, '"""a\\"\\"\\"\\"b"""'),
        ("a\\", 0, '"""a\\\\"""'),
        ("a\tb\rc\x85d", 4, '"""a    b\n    c\n    d"""'),
        ("\u202eevil\ue000\ufeff", 0, '"""\\u202eevil\\ue000\\ufeff"""'),
        ("naïve 日本 e\u0301", 0, '"""naïve 日本 e\u0301"""'),
        ("One.\n\n\nTwo.\n", 8, '"""One.\n\n\n        Two."""'),
        ("x\n" + "y" * 84, 4, '"""x\n    ' + "y" * 84 + '\n    """'),
    ],
)
def test_spelling(text: str, indent: int, code: str) -> None:
    assert docstring((Text(text),), indent=indent) == code


def test_a_line_that_fits_only_without_its_quotes_is_wrapped() -> None:
    assert value("word " * 16 + "end.") == "word " * 15 + "word\nend."
    assert value("word " * 15 + "end.") == "word " * 15 + "end."


def test_a_long_paragraph_is_filled_and_its_neighbours_are_left() -> None:
    said = value(f"Short.\n{LONG}\n\nleft\nas it is").split("\n\n")
    assert said[1] == "left\nas it is"
    assert said[0].startswith("Short. word word")
    assert all(
        75 < len(line) + (3 if not i else 0) <= 88
        for i, line in enumerate(said[0].split("\n")[:-1])
    )


@pytest.mark.parametrize(
    "structure",
    [
        f"- {LONG}end\n- two",
        f"12. {LONG}end",
        f"    {LONG}end",
        f"# {LONG}end",
        f"> {LONG}end",
        f"<p>{LONG}end",
        f"```\n{LONG}end\n\n{LONG}end\n```",
        f"~~~ json\n{LONG}end\n```\n~~~~",
        f"| a | {LONG} |\n|---|---|\n| b | {LONG} |",
        f"a | b\n--- | ---\nc | {LONG}end",
        "x" * 200,
        "Title\n=====",
    ],
)
def test_structure_and_endless_words_are_kept(structure: str) -> None:
    assert value(f"Text.\n\n{structure}\n\nMore.") == f"Text.\n\n{structure}\n\nMore."


def test_hard_breaks_end_a_line() -> None:
    assert value(f"a  \n{LONG}").startswith("a\nword")
    assert value(f"a\\\n{LONG}").startswith("a\\\nword")


def test_inline_code_in_a_line_does_not_open_a_fence() -> None:
    lines = value(f"``` x ``` is code\n\n{LONG}").split("\n")
    assert max(map(len, lines)) <= 88


@pytest.mark.parametrize("marker", ["-", "1.", "#", ">", "+", "---", "```"])
def test_wrapping_makes_no_structure(marker: str) -> None:
    lines = value(f"{'x' * 83} {marker} {LONG}").split("\n")
    assert len(lines) > 1
    assert not any(line.startswith(marker) for line in lines)


def test_our_own_words_around_a_title_with_a_line_break() -> None:
    code = docstring(("A client of the ", Text('Shop\n"API"'), "."), indent=0)
    assert code == '"""A client of the Shop\n"API"."""'


def test_width_is_blacks() -> None:
    seen = (chr(number) for number in range(0x20, 0x110000))
    assert not [
        character
        for character in seen
        if character.isprintable()
        and not unicodedata.combining(character)
        and width(character) != str_width(character)
    ]
