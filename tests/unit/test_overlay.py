"""Overlays: what they make of a document, where each part of it was written, what is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.assembly import Edition, Whole, assemble
from specloom.assembly.origins import Origins
from specloom.diagnostics import Diagnostic, Severity, Span
from specloom.values import Place, Tree

SPEC = """\
openapi: 3.1.0
info: {title: A, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /a:
    get: &get
      tags: [a, b]
      summary: Get
  /b:
    get: *get
"""
HEAD = "overlay: 1.1.0\ninfo: {title: O, version: '1'}\nactions:\n"


def overlaid(folder: Path, *actions: str) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Apply one overlay for each text of actions."""
    spec = folder / "api.yaml"
    spec.write_text(SPEC, "utf-8")
    for i, text in enumerate(actions):
        (folder / f"{i}.yaml").write_text(HEAD + text, "utf-8")
    files = tuple(str(folder / f"{i}.yaml") for i in range(len(actions)))
    return assemble(str(spec), Edition(overlays=files))


def made(folder: Path, *actions: str) -> Mapping[str, Tree]:
    whole, findings = overlaid(folder, *actions)
    assert findings == ()
    assert isinstance(whole.tree, dict)
    return whole.tree


@pytest.mark.parametrize(
    ("actions", "key", "wanted"),
    [
        (
            "- {target: $.info, update: {title: B, contact: {name: C}}}",
            "info",
            {"title": "B", "version": "1", "contact": {"name": "C"}},
        ),
        ("- {target: $.tags, update: {name: d}}", "tags", [{"name": n} for n in "abcd"]),
        (
            "- {target: $.tags, update: [{name: d}, {name: e}]}",
            "tags",
            [{"name": n} for n in "abcde"],
        ),
        (
            "- {target: '$.tags[?@.name == ''b'']', remove: true}",
            "tags",
            [{"name": n} for n in "ac"],
        ),
        ("- {target: '$.tags[0,2]', remove: true}", "tags", [{"name": "b"}]),
        ("- {target: '$.tags[*].name', update: x}", "tags", [{"name": "x"}] * 3),
        ("- {target: '$.tags[0]', update: {name: x}}", "tags", [{"name": n} for n in "xbc"]),
        (
            "- {target: $.paths.*.get.tags, remove: true}",
            "paths",
            {key: {"get": {"summary": "Get"}} for key in ("/a", "/b")},
        ),
        # what an alias shares is changed in one place only
        (
            "- {target: \"$.paths['/a'].get\", update: {tags: [c], summary: X}}",
            "paths",
            {
                "/a": {"get": {"tags": ["a", "b", "c"], "summary": "X"}},
                "/b": {"get": {"tags": ["a", "b"], "summary": "Get"}},
            },
        ),
        (
            "- {target: \"$.paths['/a']\", remove: true}\n"
            "- {target: $.paths, update: {/c: {}}}\n"
            "- {target: \"$.paths['/c']\", copy: \"$.paths['/b']\"}",
            "paths",
            {key: {"get": {"tags": ["a", "b"], "summary": "Get"}} for key in ("/b", "/c")},
        ),
        # both a node and what is within it
        (
            "- {target: \"$.paths['/a']..[?@.tags || @.get]\", update: {x: 1}}",
            "paths",
            {
                "/a": {"get": {"tags": ["a", "b"], "summary": "Get", "x": 1}},
                "/b": {"get": {"tags": ["a", "b"], "summary": "Get"}},
            },
        ),
    ],
)
def test_what_actions_make(actions: str, key: str, wanted: Tree, tmp_path: Path) -> None:
    assert made(tmp_path, actions)[key] == wanted


def test_overlays_are_applied_in_their_order(tmp_path: Path) -> None:
    first = "- {target: $, update: {x-n: {a: 1}}}"
    second = "- {target: '$[\"x-n\"]', update: {a: 2, b: 3}}\n- {target: $.*.b, remove: true}"
    assert made(tmp_path, first, second)["x-n"] == {"a": 2}


def line(whole: Whole, pointer: str) -> str:
    """Return where a place of the assembled document was written: the file and the line."""
    [span] = whole.locate([Place(whole.file, pointer)]).values()
    return f"{Path(span.file).name}:{span.line}"


def test_every_part_is_where_it_was_written(tmp_path: Path) -> None:
    whole, _ = overlaid(
        tmp_path,
        "- target: $.tags[0]\n  remove: true\n- target: $.tags\n  update:\n    - name: d\n",
        "- target: $.tags[2]\n  update:\n    description: D\n"
        "- target: $.paths['/a'].get\n  update:\n    summary: New\n    x-a:\n      b: 1\n"
        "- target: $.paths\n  update:\n    /c: {}\n"
        "- target: $.paths['/c']\n  copy: $.paths['/a']\n",
    )
    assert line(whole, "/tags/0/name") == "api.yaml:3"
    assert line(whole, "/tags/2") == "0.yaml:8"
    assert line(whole, "/tags/2/name") == "0.yaml:8"
    assert line(whole, "/tags/2/description") == "1.yaml:6"
    assert line(whole, "/paths/~1a/get/tags/1") == "api.yaml:7"
    assert line(whole, "/paths/~1a/get/summary") == "1.yaml:9"
    assert line(whole, "/paths/~1a/get/x-a/b") == "1.yaml:11"
    assert line(whole, "/paths/~1c") == "1.yaml:14"
    assert line(whole, "/paths/~1c/get") == "api.yaml:6"
    assert line(whole, "/paths/~1c/get/x-a/b") == "1.yaml:11"
    [removed] = whole.locate([Place(whole.file, "/tags/0")]).values()
    assert removed == Span(whole.file, 3, 19)


def test_a_document_of_swagger_is_corrected_in_its_own_words(tmp_path: Path) -> None:
    spec, overlay = tmp_path / "api.yaml", tmp_path / "o.yaml"
    spec.write_text(
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\ndefinitions:\n"
        "  Pet:\n    type: object\n    properties:\n      name: {type: string}\n",
        "utf-8",
    )
    actions = "- target: $.definitions.Pet.properties\n  update:\n    age: {type: integer}\n"
    overlay.write_text(HEAD + actions, "utf-8")
    whole, findings = assemble(str(spec), Edition(overlays=(str(overlay),)))
    assert findings == ()
    properties = "/components/schemas/Pet/properties"
    assert line(whole, f"{properties}/name/type") == "api.yaml:8"
    assert line(whole, f"{properties}/age/type") == "o.yaml:6"


@pytest.mark.parametrize(
    ("actions", "rule", "severity", "place"),
    [
        ("- {target: $.none, remove: true}", "overlay-no-effect", Severity.WARNING, (4, 12)),
        ("- {target: $.info}", "overlay-no-effect", Severity.WARNING, (4, 3)),
        ("- {target: $.info, update: {}, remove: true}", "overlay-no-effect", Severity.WARNING, (4, 20)),
        (" []", "overlay-no-effect", Severity.WARNING, (3, 1)),
        ("- {target: $.info, update: [1]}", "overlay-update", Severity.ERROR, (4, 28)),
        ("- {target: $, update: {info: null}}", "overlay-update", Severity.ERROR, (4, 30)),
        ("- {target: $.*, update: {a: 1}}", "overlay-update", Severity.ERROR, (4, 25)),
        ("- {target: $, remove: true}", "overlay-update", Severity.ERROR, (4, 12)),
        ("- {target: $.info, copy: $.paths, update: {}}", "overlay-update", Severity.ERROR, (4, 20)),
        ("- {target: $.info, copy: $.*}", "overlay-path", Severity.ERROR, (4, 26)),
        ("- {target: $.info, copy: info}", "overlay-path", Severity.ERROR, (4, 26)),
        ("- {target: info, remove: true}", "overlay-path", Severity.ERROR, (4, 12)),
        ("- {remove: true}", "missing-field", Severity.ERROR, (4, 3)),
        ("- {target: 1, remove: true}", "wrong-type", Severity.ERROR, (4, 12)),
        ("- {target: $.info, remove: 'yes'}", "wrong-type", Severity.ERROR, (4, 28)),
        ("- 1", "wrong-type", Severity.ERROR, (4, 3)),
        (" 1", "wrong-type", Severity.ERROR, (4, 2)),
        ("- {target: $.info, update: {}, removed: true}", "unknown-field", Severity.WARNING, (4, 32)),
    ],
)  # fmt: skip
def test_what_is_said_of_actions(
    actions: str, rule: str, severity: Severity, place: tuple[int, int], tmp_path: Path
) -> None:
    whole, findings = overlaid(tmp_path, actions)
    found = [f for f in findings if f.rule == rule]
    assert [f.severity for f in found] == [severity], findings
    assert isinstance(found[0].at, Span)
    assert Path(found[0].at.file).name == "0.yaml"
    assert (found[0].at.line, found[0].at.column) == place
    assert severity is Severity.WARNING or whole.tree == assemble(whole.file)[0].tree


@pytest.mark.parametrize(
    ("head", "rule", "said"),
    [
        ("openapi: 3.1.0", "missing-field", "there is no field `overlay`"),
        ("overlay: 1.2.0\nactions: []", "overlay-version", "1.0 and 1.1 are"),
        ("overlay: 1\nactions: []", "overlay-version", "1.0 and 1.1 are"),
        ("overlay: 1.0.0\nactions: []", "missing-field", "the overlay has no `info`"),
        ("overlay: 1.0.0\ninfo: {}\nactions: []", "incomplete", "the info has no `title`"),
        ("overlay: 1.0.0\ninfo: {}", "missing-field", "the overlay has no `actions`"),
        ("overlay: 1.0.0\ninfo: []", "wrong-type", "expected an object"),
        ("overlay: 1.0.0\nextend: a", "unknown-field", "has no field `extend`"),
        ("overlay: 1.0.0\nextends: b.yaml", "overlay-extends", "this extends `b.yaml`"),
        ("overlay: 1.0.0\nextends: https://x/b.yaml", "overlay-extends", "this extends"),
    ],
)
def test_what_is_said_of_an_overlay(head: str, rule: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(SPEC, "utf-8")
    (tmp_path / "o.yaml").write_text(head, "utf-8")
    edition = Edition(overlays=(str(tmp_path / "o.yaml"),))
    _, findings = assemble(str(tmp_path / "api.yaml"), edition)
    assert any(f.rule == rule and said in f.message for f in findings), findings


def test_a_path_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    spec, overlay = tmp_path / "api.json", tmp_path / "o.yaml"
    spec.write_text(json.dumps({"x": [[[[1] * 20] * 20] * 20] * 20}))
    overlay.write_text(f"{HEAD}- {{target: '$..*..*..*..*', remove: true}}", "utf-8")
    [found] = assemble(str(spec), Edition(overlays=(str(overlay),)))[1]
    assert (found.rule, found.message) == ("limit", "this takes more than 10,000,000 steps")


@pytest.mark.parametrize(
    "actions",
    [
        "- {target: $.info, copy: $}\n" * 30,
        "- {target: $.info, update: {x: {}}}\n" + "- {target: $..x, copy: $}\n" * 30,
    ],
)
def test_a_document_does_not_grow_without_end(actions: str, tmp_path: Path) -> None:
    _, findings = overlaid(tmp_path, actions)
    assert [f.rule for f in findings] == ["limit"]


@pytest.mark.parametrize("named", ["api.yaml", "./x/../api.yaml", "https://x.test/v1/api.yaml"])
def test_an_overlay_of_this_document(named: str, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(SPEC, "utf-8")
    text = f"{HEAD}- {{target: $.info, update: {{title: B}}}}\nextends: {named}\n"
    (tmp_path / "o.yaml").write_text(text, "utf-8")
    edition = Edition(overlays=(str(tmp_path / "o.yaml"),))
    assert assemble(str(tmp_path / "api.yaml"), edition)[1] == ()


def test_copy_is_new_in_1_1(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(SPEC, "utf-8")
    old = HEAD.replace("1.1.0", "1.0.0") + "- {target: $.info, copy: $.info}"
    (tmp_path / "o.yaml").write_text(old, "utf-8")
    edition = Edition(overlays=(str(tmp_path / "o.yaml"),))
    _, findings = assemble(str(tmp_path / "api.yaml"), edition)
    assert [f.rule for f in findings] == ["unknown-field", "overlay-no-effect"]
    assert findings[1].hint == 'for `copy`, write `overlay: "1.1.0"`'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab/~", max_size=2),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(("$.x", "$.x.*", "$.x[0]", "$.x..a", "$..b", "$.x[?@ == 1]", "$.x[1:]"))


@given(
    JSON,
    st.lists(
        st.tuples(PATHS, st.just({"remove": True}) | JSON.map(lambda v: {"update": v})), max_size=4
    ),
)
def test_no_place_is_lost_whatever_is_changed(
    value: Tree, actions: list[tuple[str, dict[str, Tree]]]
) -> None:
    """What stands at a place of the result is what stands where it was written."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        spec, overlay = Path(name, "api.json"), Path(name, "o.json")
        spec.write_text(json.dumps({"openapi": "3.1.0", "x": value}))
        done = [{"target": target, **action} for target, action in actions]
        info = {"title": "", "version": ""}
        overlay.write_text(json.dumps({"overlay": "1.1.0", "info": info, "actions": done}))
        whole, findings = assemble(str(spec), Edition(overlays=(str(overlay),)))
        if any(f.severity is Severity.ERROR for f in findings):
            return
        trees = {source.name: source.tree for source in whole.sources}
        for place, found in nodes(whole.tree, Place(whole.file, "")):
            written = whole.origins.of(place)
            there = at(trees[written.file], written.pointer)
            assert found == there or isinstance(found, dict | list), (place.pointer, written)


def nodes(tree: Tree, place: Place) -> list[tuple[Place, Tree]]:
    found = [(place, tree)]
    if isinstance(tree, dict):
        found += [n for key, value in tree.items() for n in nodes(value, place.step(key))]
    elif isinstance(tree, list):
        found += [n for i, value in enumerate(tree) for n in nodes(value, place.step(i))]
    return found


def at(tree: Tree, pointer: str) -> Tree:
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, dict):
            tree = tree[token]
        else:
            assert isinstance(tree, list)
            tree = tree[int(token)]
    return tree


def test_what_was_moved_into_a_part_goes_with_it() -> None:
    first = Origins("a", {"/x/p": Place("o", "/1"), "/x/q/r": Place("o", "/2")})
    moved = {"/y": Place("a", "/x"), "/y/q": Place("a", "/z"), "/w": Place("b", "/x")}
    origins = first.then(moved)
    assert origins.of(Place("a", "/y/p/k")) == Place("o", "/1/k")
    assert origins.of(Place("a", "/y/n")) == Place("a", "/x/n")
    assert origins.of(Place("a", "/y/q/r")) == Place("a", "/z/r")
    assert origins.of(Place("a", "/w/p")) == Place("b", "/x/p")
