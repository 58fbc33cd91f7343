"""JSON as RFC 8259 has it, and nothing beyond."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.limits import DEFAULT
from specloom.messages import render
from specloom.source import Unreadable, read
from specloom.values import Tree


def tree(folder: Path, text: str) -> Tree:
    (folder / "spec.json").write_text(text, encoding="utf-8", newline="")
    return read(folder / "spec.json", "spec")[0].tree


def refusal(folder: Path, text: str) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        tree(folder, text)
    return render(caught.value.findings, {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json")


scalars: st.SearchStrategy[Tree] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)
keys = st.text('ab"\\[]{},:\x00\né😀', max_size=4)
values: st.SearchStrategy[Tree] = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20
)


@given(st.dictionaries(keys, values), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_what_json_writes_is_read_as_it_was(
    folder: Path, value: dict[str, Tree], escaped: bool, indent: int | str | None
) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert repr(tree(folder, text)) == repr(value)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('{"é": é}', "1:7", "a value is expected here"),
        ('{"a": }', "1:7", "a value is expected here"),
        ("{a: 1}", "1:2", "a key in double quotes is expected here"),
        ("{'a': 1}", "1:2", "a key in double quotes is expected here"),
        ('{"a" 1}', "1:6", "a colon is expected here"),
        ('{"a": [1 2]}', "1:10", "a comma or a closing bracket is expected here"),
        ('{"a": 01}', "1:8", "a comma or a closing bracket is expected here"),
        ('{"a": 1}\n{', "2:1", "the document is complete before this"),
        ('{"a":\n "b}', "2:2", "the string that begins here is never closed"),
        ('{"a": "\t"}', "1:8", "a line break or control character stands in a string"),
        ('{"a": "\\x"}', "1:8", "JSON has no such escape"),
        ('{"a": "\\u12"}', "1:9", "JSON has no such escape"),
        ('{"a": 1} // b', "1:10", "the document is complete before this"),
        ('{\r\n"a"\r: [\n\r\n', "5:1", "a value is expected here"),
    ],
)
def test_a_slip_is_told_where_it_is(tmp_path: Path, text: str, where: str, what: str) -> None:
    (line,) = refusal(tmp_path, text)
    assert line.startswith(f"spec:{where}: error: json-syntax: {what}")


def test_a_comma_too_many_is_told_near_it(tmp_path: Path) -> None:
    # Python 3.13 points at the comma, its forerunners behind it.
    (line,) = refusal(tmp_path, '{"a": 1, }')
    assert "error: json-syntax: " in line
    assert "comma" in line


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('{"a": 1,\n "a": 2}', '2:2: error: duplicate-key: the key "a" was given before'),
        ('{"a": 1, "\\u0061": 2}', '1:10: error: duplicate-key: the key "a" was given'),
        ('{"b": [0, {"c": {}, "c": "}"}]}', '1:21: error: duplicate-key: the key "c"'),
        ('{"title": {}, "title": ""}', '1:15: error: duplicate-key: the key "title"'),
        ('{"title": "", "title": []}', '1:15: error: duplicate-key: the key "title"'),
        ('{"a": NaN}', "1:7: error: number: JSON has no infinite number and no NaN"),
        ('{"a": Infinity}', "1:7: error: number: "),
        ('{"a": [1, -Infinity]}', "1:11: error: number: "),
        ('{"a": -1e999}', "1:7: error: number: "),
        (f'{{"a": {"1" * 1001}}}', "1:7: error: limit: a number has more than 1,000 digits"),
        (f'{{"a": 0.{"0" * 5000}}}', "1:7: error: limit: a number has more than 1,000"),
        ('{"a": "\\\\\\ud800"}', "1:10: error: encoding: half of a surrogate pair"),
        ('{"\\udc00\\ud800\\udc00": 1}', "1:3: error: encoding: half of a surrogate pair"),
    ],
)
def test_what_readers_differ_in_is_refused(tmp_path: Path, text: str, finding: str) -> None:
    (line,) = refusal(tmp_path, text)
    assert line.startswith(f"spec:{finding}")


def test_what_only_looks_wrong_is_read(tmp_path: Path) -> None:
    text = '{"NaN": "1e999", "a": ["\\\\ud800", "\\ud83d\\ude00", %s], "b": {"a": 1}}' % (
        "9" * 1000
    )
    assert tree(tmp_path, text) == json.loads(text)


def test_all_mistakes_are_told_in_order(tmp_path: Path) -> None:
    lines = refusal(tmp_path, '{"a": 1e999, "a": "\\ud800", "title": 1, "title": "", "b": NaN}')
    assert [line.split(" ")[1:3] for line in lines] == [
        ["error:", "number:"],
        ["error:", "duplicate-key:"],
        ["error:", "encoding:"],
        ["warning:", "duplicate-documentation-key:"],
        ["error:", "number:"],
    ]


def test_mistakes_without_end_are_cut(tmp_path: Path) -> None:
    assert len(refusal(tmp_path, '{"a": [%s0]}' % ("NaN," * 5000))) == DEFAULT.mistakes + 1


def test_documentation_given_twice_is_a_warning_and_the_last_wins(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text('{"description": "a", "description": "b"}')
    source, warnings = read(tmp_path / "spec.json", "spec")
    assert source.tree == {"description": "b"}
    assert [line.partition(": the")[0] for line in render(warnings, {})] == [
        "spec:1:22: warning: duplicate-documentation-key"
    ]


@pytest.mark.parametrize(("opening", "inside", "closing"), [("[", "", "]"), ('{"a":', "0", "}")])
def test_the_depth_is_limited(tmp_path: Path, opening: str, inside: str, closing: str) -> None:
    start = '{"[[[\\"{": "\\\\[[[", "a":\n'
    most = DEFAULT.depth - 1
    assert tree(tmp_path, start + opening * most + inside + closing * most + "}")
    for depth in (DEFAULT.depth, 100_000):
        (line,) = refusal(tmp_path, start + opening * depth + inside + closing * depth + "}")
        column = most * len(opening) + 1
        assert line.startswith(f"spec:2:{column}: error: limit: values are nested more than 200")
