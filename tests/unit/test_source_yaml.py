"""YAML as OpenAPI means it: the core schema of YAML 1.2, and keys as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from specloom.limits import DEFAULT
from specloom.messages import render
from specloom.source import Unreadable, read
from specloom.values import Tree


def tree(folder: Path, text: str) -> Tree:
    (folder / "spec.yaml").write_text(text, encoding="utf-8", newline="")
    return read(folder / "spec.yaml", "spec")[0].tree


def refusal(folder: Path, text: str) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        tree(folder, text)
    return render(caught.value.findings, {})


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run with libyaml and as if it were absent."""
    name: str = request.param
    if name == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("libyaml is absent")
    monkeypatch.setattr(yaml, "__with_libyaml__", name == "libyaml")
    return name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL", "!!null ''")),
        *((text, True) for text in ("true", "True", "TRUE", "!!bool true", "!!bool 'true'")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((text, text) for text in ("no", "on", "off", "yes", "y", "tRUE", "nULL", "NaN")),
        *((text, text) for text in ("2024-01-01", "12:30:45", "2024-01-01T00:00:00Z", "1_000")),
        *((text, text) for text in ("0777", "-012", "012.5", "08e3", "0b11", "0O7", "1.2.3")),
        *((text, text) for text in (".", "--", "+", "1e", "e1", "inf", "=", "<<", "\u0663")),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("-12", -12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.0", 1.0),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        ("'12'", "12"),
        ('"true"', "true"),
        ("! 12", "12"),
        ('! "12"', "12"),
        ("!!str 12", "12"),
        ("!!str", ""),
        ("!!int 12", 12),
        ("!!float 1.5", 1.5),
        ("!!map {}", {}),
        ("!!seq []", []),
        ("|-\n  12", "12"),
        ("9" * 1000, int("9" * 1000)),
        ("'" + "9" * 5000 + "'", "9" * 5000),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(
    tmp_path: Path, text: str, value: Tree, parser: str
) -> None:
    found = tree(tmp_path, f"a: {text}\n")
    assert found == {"a": value}
    assert repr(found) == repr({"a": value})  # which tells 1, 1.0 and true apart


def test_keys_are_text_as_written(tmp_path: Path, parser: str) -> None:
    keys = ["200", "on", "null", "~", "true", "2024-01-01", "1.0", "0x1F", ".inf", "9" * 1001]
    text = "".join(f"{key}: 1\n" for key in keys)
    text += "'quoted': 1\n? ''\n: 1\n!!str 7: 1\n!!int 8: 1\n"
    assert tree(tmp_path, text) == dict.fromkeys([*keys, "quoted", "", "7", "8"], 1)


def test_collections_nest_and_keep_their_order(tmp_path: Path, parser: str) -> None:
    text = "b:\n- - 1\n  - {d: [], c: {}}\n-\n- x: 1\n  w: 2\na: {z, y: [1]}\n"
    expected: Tree = {
        "b": [[1, {"d": [], "c": {}}], None, {"x": 1, "w": 2}],
        "a": {"z": None, "y": [1]},
    }
    assert repr(tree(tmp_path, text)) == repr(expected)


def test_an_alias_is_the_value_of_its_anchor(tmp_path: Path, parser: str) -> None:
    text = "a: &x {b: &y 1}\nc: *x\nd: [*y, &y [2], *y]\n&k e: *k\nf: [&z [&z 3], *z]\n"
    assert tree(tmp_path, text) == {
        "a": {"b": 1},
        "c": {"b": 1},
        "d": [1, [2], [2]],
        "e": "e",
        "f": [[3], 3],
    }


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: b\na: c\n", '2:1: error: duplicate-key: the key "a" was given before; rename'),
        ("a: {1: x, 01: y, '1': z}\n", '1:18: error: duplicate-key: the key "1" was'),
        ("a: !include x\n", "1:4: error: yaml-tag: the tag !include has no meaning"),
        ("a: !!binary x\n", "1:4: error: yaml-tag: the tag !!binary has no meaning"),
        ("a: !!set {b}\n", "1:4: error: yaml-tag: the tag !!set has no meaning"),
        ("a: !!seq {}\n", "1:4: error: yaml-tag: the tag !!seq has no meaning"),
        ("!x a: 1\n", "1:1: error: yaml-tag: the tag !x has no meaning"),
        ("%TAG !p! tag:x:\n---\na: !p!y z\n", "3:4: error: yaml-tag: the tag tag:x:y has"),
        ("a: !!int x\n", "1:4: error: yaml-tag: the value is not what its tag !!int says"),
        ("a: !!float yes\n", "1:4: error: yaml-tag: the value is not what its tag !!float"),
        ("? [a]\n: 1\n", "1:3: error: yaml-key: a key is plain text"),
        ("{a: 1}: 1\n", "1:1: error: yaml-key: a key is plain text"),
        ("a: &x b\n*x : 1\n", "2:1: error: yaml-key: a key is plain text"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", "2:5: error: yaml-key: YAML 1.2 has no merge key"),
        ("a: *x\n", "1:4: error: yaml-alias: the alias *x names no anchor above it"),
        ("a: &x\n  b: *x\n", "2:6: error: yaml-alias: the alias *x stands within its own"),
        ("a: 1\n---\nb: 1\n", "2:1: error: yaml-documents: a second YAML document begins"),
        ("a: .nan\n", "1:4: error: number: JSON has no infinite number and no NaN"),
        ("a: -.Inf\n", "1:4: error: number: "),
        ("a: 1e999\n", "1:4: error: number: "),
        ("a: !!float .inf\n", "1:4: error: number: "),
        (f"a: {'1' * 1001}\n", "1:4: error: limit: a number has more than 1,000 digits"),
        (f"a: 0x{'1' * 1000}\n", "1:4: error: limit: a number has more than 1,000 digits"),
        (f"a: 0.{'0' * 1000}\n", "1:4: error: limit: a number has more than 1,000 digits"),
    ],
)
def test_what_json_cannot_say_is_refused(
    tmp_path: Path, text: str, finding: str, parser: str
) -> None:
    (line,) = refusal(tmp_path, text)
    assert line.startswith(f"spec:{finding}")


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("é: {é: 1}\na:\n\t- b\n", "3:1", "a tab cannot indent YAML; use spaces"),
        ("a:\n  b: 1\n\tc: 1\n", "3:1", "a tab cannot indent YAML; use spaces"),
        ("a: b: c\n", "1:5", 'a ":" cannot stand here'),
        ("a: - b\n", "1:4", "a list cannot begin here"),
        ("a: 'é\nb: 1\n", "1:4", "the quotes opened here are never closed"),
        ("a: 1\nb: [c\n", "2:4", "the bracket opened here is never closed"),
        ("a: 1\nb: [c,\n", "3:1", "the text ends here, within a bracket"),
        ("a: {b: 1\n", "1:4", "the brace opened here is never closed"),
        ("a: [b c: d: e]\n", "1:11", "a comma or a closing bracket is expected here"),
        ("a: [{b: 1]\n", "1:10", "a comma or a closing brace is expected here"),
        ("a:\n  b: 1\n c: 1\n", "3:2", "a key is expected here; mend the indent"),
        ('a: "b" c\n', "1:8", "a key is expected here; mend the indent"),
        ("- a\nb: 1\n", "2:1", 'a "-" is expected here; mend the indent'),
        ("a: @b\n", "1:4", 'a plain value cannot begin with "@"; put it in quotes'),
        ("a: ]\n", "1:4", "a value is expected here"),
        ("a: !x!y z\n", "1:4", "this tag has no meaning"),
        ("%YAML 3.0\n---\na: 1\n", "1:1", "this is not YAML 1.1 or 1.2"),
        ("a: 1\nb\nc: 1\n", "3:1", 'this line has no ":" after its key'),
        ("a: é\x1b\n", "1:5", "YAML cannot hold the character U+001B"),
    ],
)
def test_a_slip_is_told_where_it_is(
    tmp_path: Path, text: str, where: str, what: str, parser: str
) -> None:
    (line,) = refusal(tmp_path, text)
    assert line.startswith(f"spec:{where}: error: yaml-syntax: {what}")


@pytest.mark.parametrize("escape", ["\\q", "\\ud800", "\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_must_stand_for_a_character(tmp_path: Path, escape: str, parser: str) -> None:
    (line,) = refusal(tmp_path, f'a: "{escape}"\n')
    assert "error: yaml-syntax: " in line
    assert "escape" in line


def test_all_mistakes_are_told_in_order(tmp_path: Path, parser: str) -> None:
    rules = [line.split()[2] for line in refusal(tmp_path, "a: !x 1\na: .nan\nb: *c\nd: 'e")]
    assert rules == ["yaml-tag:", "duplicate-key:", "number:", "yaml-alias:", "yaml-syntax:"]


def test_mistakes_without_end_are_cut(tmp_path: Path) -> None:
    assert len(refusal(tmp_path, "a:\n" + "- .nan\n" * 5000)) == DEFAULT.mistakes + 1
    assert len(refusal(tmp_path, "title: a\n" * 5000)) == DEFAULT.mistakes + 1


def test_documentation_given_twice_is_a_warning_and_the_last_wins(
    tmp_path: Path, parser: str
) -> None:
    (tmp_path / "spec.yaml").write_text("title: a\ninfo:\n  title: b\ntitle: c\n")
    source, warnings = read(tmp_path / "spec.yaml", "spec")
    assert source.tree == {"title": "c", "info": {"title": "b"}}
    assert render(warnings, {}) == [
        'spec:4:1: warning: duplicate-documentation-key: the key "title" was given before; '
        "this value replaces the earlier one"
    ]


@pytest.mark.parametrize("values", [("{}", "b"), ("b", "[]")])
def test_a_property_by_the_name_of_documentation_may_not_stand_twice(
    tmp_path: Path, values: tuple[str, str]
) -> None:
    (line,) = refusal(tmp_path, "".join(f"title: {value}\n" for value in values))
    assert "error: duplicate-key" in line


def test_the_depth_is_limited(tmp_path: Path, parser: str) -> None:
    inner = DEFAULT.depth - 1
    assert tree(tmp_path, "a: " + "[" * inner + "]" * inner)
    (line,) = refusal(tmp_path, "a: " + "[" * 100_000)
    assert line.startswith(f"spec:1:{4 + inner}: error: limit: values are nested more than 200")


def test_the_depth_of_what_an_alias_stands_for_counts(tmp_path: Path) -> None:
    half = DEFAULT.depth // 2
    anchor = f"a: &x {'[' * half}{']' * half}\n"
    assert tree(tmp_path, f"{anchor}b: {'[' * (half - 1)}*x{']' * (half - 1)}\n")
    (line,) = refusal(tmp_path, f"{anchor}b: {'[' * half}*x{']' * half}\n")
    assert line.startswith(f"spec:2:{4 + half}: error: limit: values are nested")


def test_what_aliases_stand_for_is_counted_written_out(tmp_path: Path) -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    # a0 has 10 nodes, a1 101, a2 1,011, a3 10,111 and a4 101,111, each of them 10 times: a5 is
    # the first to pass half a million in all, with its fourth alias.
    (line,) = refusal(tmp_path, "\n".join(lines))
    assert line.startswith("spec:6:25: error: limit: the aliases up to here stand for more")
