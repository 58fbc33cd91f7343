"""What a document may ask for: just enough passes, one more is refused where it is, and a setting lets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.assembly import Edition
from specloom.config import Target
from specloom.limits import CEILINGS, DEFAULT, KEYS, Limits, changed, limits_of, raising
from specloom.limits.table import MEANINGS, page
from specloom.pipeline import Made, make, understand
from specloom.values import Tree

PAGE = Path(__file__).parents[2] / "docs" / "LIMITS.md"
Files: TypeAlias = Mapping[str, str]
"""Texts by name; the first is the document."""
LINE = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"


def laid_out(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    return folder / next(iter(files))


def told(folder: Path, files: Files, limits: Limits) -> list[str]:
    """Return what is said of a document of some files, an overlay among them."""
    path = laid_out(folder, files)
    overlays = tuple(str(folder / name) for name in files if name.startswith("overlay"))
    messages = understand(str(path), Edition(overlays=overlays, limits=limits)).messages
    return [message.replace(f"{folder}/", "") for message in messages]


def document(**more: Tree) -> dict[str, Tree]:
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, **more}


def schemas(**named: Tree) -> dict[str, Tree]:
    return document(components={"schemas": named})


def in_json(tree: Tree) -> Files:
    return {"api.json": json.dumps(tree)}


def overlaid(target: str, update: str) -> Files:
    """Return a document, and an overlay of one action."""
    action = f"- target: {target}\n  update: {update}\n"
    head = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n"
    return {"api.yaml": f"{LINE}x-a: {{b: {{c: {{d: {{}}}}}}}}\n", "overlay.yaml": head + action}


# Where a document exceeds what is set for it


class Case(NamedTuple):
    key: str
    files: Files
    enough: int
    """The least that lets the document through."""
    at: str
    """Where it is told what is one too many."""


FLOW = '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {},\n'
FENCED = f"# T\n\n```yaml\n{LINE}x-a: [[[0]]]\n```\n"
THREE = "x-a: [[[0]]]\n"
CHAIN = {
    "api.json": json.dumps(schemas(A={"$ref": "b.json#/0"})),
    "b.json": json.dumps([{"$ref": "#/1"}, {"$ref": "#/2"}, {"type": "string"}]),
}
TOLD = document(
    paths={
        f"/{name}": {"get": {"responses": {"default": {"$ref": "#/x-r"}}}} for name in "abcdefg"
    },
    **{"x-r": {"description": "d" * 250_000}},
)
SWAGGER: Tree = {
    "swagger": "2.0",
    "info": {"title": "T", "version": "1"},
    "produces": ["a/b", "a/c", "a/d"],
    "paths": {f"/{name}": {"get": {"responses": {"200": {"description": "d"}}}} for name in "ab"},
}
AGAIN = document(
    paths={f"/{name}": {"$ref": "p.json"} for name in "abc"},
)
WRITTEN = {"api.json": json.dumps(AGAIN), "p.json": '{"summary": "s", "description": "d"}'}
CASES = (
    Case("bytes", {"api.yaml": LINE}, len(LINE), "api.yaml:1:1"),
    Case("bytes", {"api.json": json.dumps(document())}, 73, "api.json:1:1"),
    Case("markdown-bytes", {"api.md": FENCED}, len(FENCED), "api.md:1:1"),
    Case("markdown-lines", {"api.md": FENCED}, 9, "api.md:1:1"),
    Case("depth", {"api.yaml": LINE + THREE}, 4, "api.yaml:4:8"),
    Case("depth", {"api.json": f'{FLOW}"x-a": [[[0]]]}}'}, 4, "api.json:2:10"),
    Case("depth", {"api.md": FENCED}, 4, "api.md:7:8"),
    Case("depth", {"api.yaml": f"{LINE}x-a: &a [[0]]\nx-b: [*a]\n"}, 4, "api.yaml:5:7"),
    Case("nodes", {"api.yaml": LINE + THREE}, 10, "api.yaml:4:9"),
    Case("nodes", {"api.json": f'{FLOW}"x-a": [[[0]]]}}'}, 10, "api.json:2:11"),
    Case("nodes", {"api.md": FENCED}, 10, "api.md:7:9"),
    Case("nodes", {"api.yaml": f"{LINE}x-a: &a [1]\nx-b: *a\n"}, 10, "api.yaml:5:6"),
    Case("aliased-nodes", {"api.yaml": f"{LINE}x-a: &a [1]\nx-b: *a\n"}, 2, "api.yaml:5:6"),
    Case("names", {"api.yaml": f"{LINE}x-{'n' * 90}: 0\n"}, 92, "api.yaml:4:1"),
    Case("names", {"api.json": f'{FLOW}"x-{"é" * 90}": 0}}'}, 92, "api.json:2:1"),
    Case("names", {"api.json": f'{FLOW}"x-{"n" * 88}\\"\\\\": 0}}'}, 92, "api.json:2:1"),
    Case("names", {"api.md": f"```\n{LINE}x-{'n' * 90}: 0\n```\n"}, 92, "api.md:5:1"),
    Case("names", {"api.yaml": f"{LINE}tags:\n- name: {'t' * 99}\n"}, 99, "api.yaml:5:9"),
    Case("texts", {"api.yaml": f"{LINE}x-a: {'t' * 99}\n"}, 99, "api.yaml:4:6"),
    Case("texts", {"api.yaml": f'{LINE}x-a: ["{"t" * 99}"]\n'}, 99, "api.yaml:4:7"),
    Case("texts", {"api.json": f'{FLOW}"x-a": "{"é" * 98}\\u00e9"}}'}, 99, "api.json:2:8"),
    Case("texts", {"api.md": f"```\n{LINE}x-a: |-\n  {'t' * 99}\n```\n"}, 99, "api.md:5:6"),
    Case("digits", {"api.yaml": f"{LINE}x-a: {'1' * 40}\n"}, 40, "api.yaml:4:6"),
    Case("digits", {"api.json": f'{FLOW}"x-a": {"1" * 40}}}'}, 40, "api.json:2:8"),
    Case("digits", {"api.json": f'{FLOW}"x-a": {"1" * 38}.5}}'}, 40, "api.json:2:8"),
    Case("files", {**CHAIN}, 2, "api.json:1:116"),
    Case("references", {**CHAIN}, 3, "api.json:1:116"),
    Case("copied-nodes", WRITTEN, 6, "api.json:1:139"),
    Case("aliased-nodes", overlaid("$.info", "{x-a: [0]}"), 3, "overlay.yaml:4:11"),
    Case("depth", overlaid("$['x-a'].b.c.d", "{e: {f: {g: 0}}}"), 8, "overlay.yaml:4:11"),
    Case("growth", in_json(TOLD), 7, "api.json:1:458"),
    Case("copied-nodes", in_json(SWAGGER), 12, "api.json:1:173"),
    Case("overlay-steps", overlaid("$..info", "{}"), 29, "overlay.yaml:4:11"),
)
IDS = [f"{case.key}-{next(iter(case.files))}-{index}" for index, case in enumerate(CASES)]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_one_too_many_is_told_where_it_is_and_a_setting_lets_it_through(
    case: Case, tmp_path: Path
) -> None:
    few, enough = (limits_of({case.key: most}) for most in (case.enough - 1, case.enough))
    [refused] = [line for line in told(tmp_path, case.files, few) if ": error: " in line]
    assert refused.startswith(f"{case.at}: error: limit: ")
    assert f"{case.enough - 1:,}" in refused.split("\n")[0]
    assert refused.endswith(f"    hint: {raising(case.key)}")
    assert [line for line in told(tmp_path, case.files, enough) if ": error: " in line] == []


@pytest.mark.parametrize(
    "files",
    [
        {"api.yaml": "a:\n" + "- .nan\n" * 9},
        {"api.yaml": "a: []\n" * 10},
        {"api.json": '{"a": [' + "\nNaN," * 9 + "0]}"},
        {"api.json": "{" + '\n"a": [],' * 10 + '"b": 0}'},
        {"api.md": "```\nopenapi:\n" + "- .nan\n" * 9 + "```\n"},
    ],
)
def test_the_reading_ends_after_so_many_mistakes(files: Files, tmp_path: Path) -> None:
    for most in (1, 8):
        *found, last = told(tmp_path, files, Limits(mistakes=most))
        assert len(found) == most
        assert f"error: limit: there are more than {most} mistakes: the file is read" in last
        assert last.endswith(raising("mistakes"))
    assert len(told(tmp_path, files, Limits(mistakes=9))) == 9


def test_a_package_weighs_so_much_at_most(tmp_path: Path) -> None:
    files = in_json(schemas(A={"description": "d" * 10_000}, B={"description": "d" * 10_000}))
    [found] = told(tmp_path, files, Limits(weight=15_000))
    says = "error: limit: with this the package would have more than 15,000 characters"
    assert says in found
    assert found.endswith(raising("weight"))
    assert told(tmp_path, files, Limits(weight=25_000)) == []


def test_what_is_referred_to_outside_of_components_weighs_as_well(tmp_path: Path) -> None:
    within = {"B": {"type": "object", "description": "d" * 10_000}}
    member = {"$ref": "#/components/schemas/A/$defs/B"}
    files = in_json(schemas(A={"type": "object", "properties": {"p": member}, "$defs": within}))
    [found] = told(tmp_path, files, Limits(weight=5_000))
    assert "error: limit: with this the package would have more than 5,000" in found
    assert told(tmp_path, files, Limits(weight=25_000)) == []


def nested(around: Callable[[Tree], Tree], levels: int) -> Tree:
    schema: Tree = {"type": "string"}
    for _ in range(levels):
        schema = around(schema)
    return schema


def of_one(member: Tree) -> Tree:
    return {"type": "object", "properties": {"p": member}}


def of_many(variant: Tree) -> Tree:
    return of_one({"type": "array", "items": {"oneOf": [variant, {"type": "integer"}]}})


@pytest.mark.parametrize(("around", "levels"), [(of_one, 2), (of_many, 5)])
def test_the_deepest_document_that_a_user_may_ask_for_is_understood(
    around: Callable[[Tree], Tree], levels: int, tmp_path: Path
) -> None:
    """No stage runs out of frames, though this test stands on many of its own."""
    most = CEILINGS["depth"][0]
    path = laid_out(tmp_path, in_json(schemas(A=nested(around, (most - 5) // levels))))
    made = make(Target("a", str(path), "o", "a", "t", limits=Limits(depth=most)))
    assert isinstance(made, Made)


# Whatever is in a document


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(KEYS), st.integers(1, 400), st.sampled_from(CASES))
def test_a_limit_refuses_or_does_nothing(
    tmp_path_factory: pytest.TempPathFactory, key: str, most: int, case: Case
) -> None:
    """A document is what it is within any limits that it stays in; else something says which."""
    folder = tmp_path_factory.mktemp("limits", numbered=True)
    usual = told(folder, case.files, DEFAULT)
    ceiling = CEILINGS[key][0] if key in CEILINGS else most
    found = told(folder, case.files, limits_of({key: min(most, ceiling)}))
    assert found == usual or any(raising(key) in line for line in found)


# What a user sets


def test_every_limit_is_told_of() -> None:
    assert tuple(MEANINGS) == KEYS
    assert all(
        usual <= CEILINGS[key][0]
        for key, usual in zip(KEYS, DEFAULT, strict=True)
        if key in CEILINGS
    )
    assert PAGE.read_text("utf-8") == page()


def test_every_limit_has_a_case() -> None:
    assert {case.key for case in CASES} | {"mistakes", "weight"} == set(KEYS)


def test_what_is_changed_is_said_as_it_was_set() -> None:
    assert changed(DEFAULT) == ()
    assert changed(Limits(depth=7, markdown_lines=9)) == ("markdown-lines=9", "depth=7")
