"""The lock as text: read as it was written, whatever a document calls things."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.lock.merge import merged, sides
from specloom.lock.text import (
    Broken,
    Entry,
    Lock,
    line_of,
    names_of,
    names_text,
    parse,
    printed,
)

ENTRY = Entry(
    specloom="0.1.0",
    templates="sha256:1",
    configuration="sha256:2",
    names="sha256:3",
    operations=1,
    types=2,
    warnings=0,
    documents={"api.yaml": "sha256:4"},
    outputs={"p/a.py": "sha256:5", "p/b.py": "sha256:6"},
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TARGETS = st.text("abz019_-.", min_size=1)
NAMES = st.dictionaries(
    st.sampled_from(["types", "fields"]), st.dictionaries(TEXTS, TEXTS, min_size=1), min_size=1
)


@given(st.dictionaries(TARGETS, NAMES), st.dictionaries(TEXTS, TEXTS))
def test_what_is_printed_is_read(
    targets: dict[str, dict[str, dict[str, str]]], outputs: dict[str, str]
) -> None:
    entries = {name: ENTRY._replace(outputs=outputs) for name in targets}
    names = {name: names_text(name, found.items()) for name, found in targets.items()}
    text = printed(Lock(entries, names))
    assert text.isascii()
    tomllib.loads(text)
    lock = parse(text)
    assert lock == Lock(entries, names)
    assert {name: names_of(lock.names[name]) for name in lock.entries} == targets
    assert printed(lock) == text


def test_one_lock_is_one_text() -> None:
    backwards = ENTRY._replace(outputs=dict(sorted(ENTRY.outputs.items(), reverse=True)))
    one = Lock({"a": ENTRY, "b": ENTRY}, {"a": "", "b": ""})
    other = Lock({"b": backwards, "a": backwards}, {"b": "", "a": ""})
    assert printed(one) == printed(other)


def test_half_a_character_is_spelled_out() -> None:
    text = names_text("t", {"types": {"/a/\ud800": "A"}}.items())
    assert names_of(text) == {"types": {"/a/\\ud800": "A"}}


def test_a_name_is_found_again() -> None:
    names = {"types": {"/a": "A", '/"b"': "B"}, "fields": {"/a": "a"}}
    text = printed(Lock({"t": ENTRY}, {"t": names_text("t", names.items())}))
    lines = text.splitlines()
    assert lines[line_of(text, "t", "types", '/"b"') - 1] == '"/\\"b\\"" = "B"'
    assert lines[line_of(text, "t", "fields", "/a") - 1] == '"/a" = "a"'
    assert line_of(text, "t", "types", "/c") == 1


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "this is no lock of this version of Specloom", 1),
        ("format = 2\n", "this is no lock of this version of Specloom", 1),
        ("format = 1\n\n= 2\n", "this is not TOML", 3),
        ("format = 1\n<<<<<<< HEAD\n", "this is not TOML", 2),
        ("format = 1\n[names.a]\n[targets.a]\n", "names have to stand at the end", 1),
        ("format = 1\ntargets = 2\n", "a table is expected here", 1),
        ("format = 1\n[targets.a]\n", "the target `a` has no `specloom`", 1),
        ("format = 1\n[targets]\na = 1\n", "`a` must be a table", 1),
    ],
)
def test_what_is_no_lock(text: str, reason: str, line: int) -> None:
    with pytest.raises(Broken) as caught:
        parse(text)
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == line


def test_an_output_must_have_a_digest() -> None:
    text = printed(Lock({"a": ENTRY}, {})).replace('"sha256:5"', "5")
    with pytest.raises(Broken, match=r"`p/a\.py` in `outputs` must be a string"):
        parse(text)


def test_a_merge_has_two_sides() -> None:
    text = "a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> branch\ne\n=======\n"
    assert sides(text) == ("a\nb\ne\n=======\n", "a\nd\ne\n=======\n")
    assert sides("a\n=======\n") is None


def test_names_of_both_sides_stay() -> None:
    def lock(**types: str) -> Lock:
        names = {"types": {f"/{address}": name for address, name in types.items()}}
        return Lock({"t": ENTRY}, {"t": names_text("t", names.items())})

    both = merged(lock(a="A", b="B"), lock(a="Other", c="C"))
    assert names_of(both.names["t"]) == {"types": {"/a": "A", "/b": "B", "/c": "C"}}
