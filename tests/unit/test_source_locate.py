"""Where a place of a document stands in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.diagnostics import Span
from specloom.source import Source, read
from specloom.values import Place, Tree

YAML = """\
# é
"ü😀": {"ö": [é, "b"], c: 1}
info:
  title: a
  list:
  - x: 1
    y:
      - 2
  text: |
    b
  none:
~0/~1: {'': 1, 0: 2}
anchor: &x
  k: v
alias: *x
"""

JSON = """\
{ "é😀" : [ "é" , {"b": [] , "": 0}, 2],\r
\t"~0/~1": {"0": "x", "a\\u0062": {"c": "}"}}\r
}
"""


def source(folder: Path, name: str, text: str) -> Source:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read(folder / name, name)[0]


def positions(document: Source, *pointers: str) -> list[tuple[str, str, str]]:
    """Return each pointer with the line and column of its key and of its value."""
    places = [Place(document.name, pointer) for pointer in pointers]
    spans = document.locate([*places, *(place.at_key() for place in places)])
    assert {span.file for span in spans.values()} == {document.name}
    return [(place.pointer, shown(spans[place.at_key()]), shown(spans[place])) for place in places]


def shown(span: Span) -> str:
    return f"{span.line}:{span.column}"


def test_positions_in_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = source(tmp_path, "a.yaml", "\ufeff" + YAML)
    wanted = [
        ("", "2:1", "2:1"),
        ("/ü😀", "2:1", "2:7"),
        ("/ü😀/ö", "2:8", "2:13"),
        ("/ü😀/ö/0", "2:14", "2:14"),
        ("/ü😀/ö/1", "2:17", "2:17"),
        ("/ü😀/c", "2:23", "2:26"),
        ("/info", "3:1", "4:3"),
        ("/info/title", "4:3", "4:10"),
        ("/info/list", "5:3", "6:3"),
        ("/info/list/0", "6:5", "6:5"),
        ("/info/list/0/y", "7:5", "8:7"),
        ("/info/list/0/y/0", "8:9", "8:9"),
        ("/info/text", "9:3", "9:9"),
        ("/info/none", "11:3", "11:8"),
        ("/~00~1~01", "12:1", "12:8"),
        ("/~00~1~01/", "12:9", "12:13"),
        ("/~00~1~01/0", "12:16", "12:19"),
        ("/anchor/k", "14:3", "14:6"),
        ("/alias", "15:1", "15:8"),
    ]
    assert positions(document, *(pointer for pointer, *_ in wanted)) == wanted
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert positions(document, *(pointer for pointer, *_ in wanted)) == wanted


def test_positions_in_json(tmp_path: Path) -> None:
    wanted = [
        ("", "1:1", "1:1"),
        ("/é😀", "1:3", "1:10"),
        ("/é😀/0", "1:12", "1:12"),
        ("/é😀/1", "1:18", "1:18"),
        ("/é😀/1/b", "1:19", "1:24"),
        ("/é😀/1/", "1:29", "1:33"),
        ("/é😀/2", "1:37", "1:37"),
        ("/~00~1~01", "2:2", "2:11"),
        ("/~00~1~01/0", "2:12", "2:17"),
        ("/~00~1~01/ab", "2:22", "2:33"),
        ("/~00~1~01/ab/c", "2:34", "2:39"),
    ]
    document = source(tmp_path, "a.json", JSON)
    assert positions(document, *(pointer for pointer, *_ in wanted)) == wanted


@pytest.mark.parametrize(
    ("pointer", "where"),
    [
        ("/info/title/x", "4:10"),
        ("/info/x/y/z", "4:3"),
        ("/info/list/1", "6:3"),
        ("/info/list/00", "6:3"),
        ("/info/list/-", "6:3"),
        ("/info/list/\u00b2", "6:3"),  # a digit to str, but not to int
        ("/info/list/" + "9" * 5000, "6:3"),
        ("/x", "2:1"),
        ("nonsense", "2:1"),
        ("/alias/k", "15:8"),
    ],
)
def test_what_does_not_exist_stands_where_its_parent_does(
    tmp_path: Path, pointer: str, where: str
) -> None:
    document = source(tmp_path, "a.yaml", YAML)
    assert positions(document, pointer) == [(pointer, where, where)]


def test_an_index_is_a_number_without_leading_zeros(tmp_path: Path) -> None:
    document = source(tmp_path, "a.json", '{"a": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}')
    wanted = [("/a/1", "1:11", "1:11"), ("/a/10", "1:38", "1:38"), ("/a/0", "1:8", "1:8")]
    wanted += [(f"/a/{index}", "1:7", "1:7") for index in ("01", "00", "11", "-1", "+1", "1.0", "")]
    assert positions(document, *(pointer for pointer, *_ in wanted)) == wanted


def test_nothing_to_locate_is_no_work(tmp_path: Path) -> None:
    assert source(tmp_path, "a.yaml", YAML).locate([]) == {}


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_of_documentation_given_twice_the_last_is_located(tmp_path: Path, name: str) -> None:
    document = source(tmp_path, name, '{"title": "a", "b": 1,\n"title": "c"}')
    assert positions(document, "/title", "/b") == [
        ("/title", "2:1", "2:10"),
        ("/b", "1:16", "1:21"),
    ]


def test_lines_end_as_in_an_editor(tmp_path: Path) -> None:
    # To YAML 1.1, and so to libyaml, U+0085 and U+2028 end a line too.
    document = source(tmp_path, "a.yaml", "a: 'x\u2028y\u0085z'\rb: 1\r\nc: 2\n\nd: 3")
    assert positions(document, "/b", "/c", "/d") == [
        ("/b", "2:1", "2:4"),
        ("/c", "3:1", "3:4"),
        ("/d", "5:1", "5:4"),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("locate")


def nodes(tree: Tree, place: Place) -> Iterator[tuple[Place, Tree]]:
    yield place, tree
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from nodes(value, place.step(key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from nodes(value, place.step(index))


keys = st.text("ab~/01 é😀", max_size=3)
scalars = st.none() | st.booleans() | st.integers() | st.text("a[]{}:, é😀", max_size=5)
values: st.SearchStrategy[Tree] = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=12
)


@given(st.dictionaries(keys, values), st.sampled_from([None, 0, 2]), st.sampled_from([0, 1]))
def test_each_node_is_read_again_where_it_is_said_to_stand(
    folder: Path, tree: dict[str, Tree], indent: int | None, which: int
) -> None:
    name = ("a.json", "a.yaml")[which]
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    found = dict(nodes(tree, Place(name, "")))
    document = source(folder, name, text)
    spans = document.locate([*found, *(place.at_key() for place in found)])
    decode = json.JSONDecoder().raw_decode
    for place, value in found.items():
        assert decode(text, offset(text, spans[place]))[0] == value
        token = place.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        at_key = decode(text, offset(text, spans[place.at_key()]))[0]
        assert at_key in (token, value)


def offset(text: str, span: Span) -> int:
    return sum(len(line) + 1 for line in text.split("\n")[: span.line - 1]) + span.column - 1
