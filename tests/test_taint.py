"""Text of a document never becomes structure: the property that every injection breaks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom.assembly import assemble
from specloom.audit import audit, audit_tests
from specloom.diagnostics import Severity
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.naming import name
from specloom.python.package.package import package
from specloom.python.tests import tests as trials
from specloom.render import render, runtime
from specloom.render_tests import render_tests
from specloom.values import Json, Place, Text, Tree

from .skeleton import Skeleton, skeleton
from .substitution import Role, mark, replaced, roles, within

DOCUMENT = """
openapi: 3.1.0
info: {title: «0», version: «1», description: «2»}
tags: [{name: «3», description: «4»}]
servers: [{url: "https://example.com/«5»", description: «6»}]
paths:
  /a/«7»/{«8»}:
    post:
      tags: [«3»]
      operationId: «9»
      summary: «10»
      description: «11»
      parameters:
        - {name: «8», in: path, required: true, description: «12», schema: {type: string}}
        - {name: «13», in: query, schema: {type: string, default: «14»}}
        - {name: «15», in: query, schema: {type: array, items: {enum: [«16», «17»]}}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}
      responses:
        "200":
          description: «18»
          content: {application/json: {schema: {$ref: "#/components/schemas/U"}}}
components:
  schemas:
    A:
      title: «19»
      description: «20»
      type: object
      required: [«21»]
      properties:
        «21»: {const: «22», description: «23»}
        «24»: {enum: [«25», «26»], default: «25»}
        «27»: {type: object, additionalProperties: {type: string, description: «28»}}
        «29»: {type: object, properties: {«30»: {type: integer}}}
    B: {type: object, required: [«21»], properties: {«21»: {const: «31»}, x: {type: string}}}
    U: {oneOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]}
"""
HOLES = 32
ADDRESS = 5
"""The hole in the address of a server, where some characters are refused."""
PATH, VARIABLE = 7, 8
REFUSED = re.compile(r"[?#\\\s{}]")
CORPUS = Path(__file__).parent / "corpus"
FEATURES = sorted(path.parent.name for path in CORPUS.glob("*/spec.yaml"))
ROUNDS = int(os.environ.get("SPECLOOM_ROUNDS", "2"))
"""How often each feature gets other texts: a run of 2 takes a minute."""
UNSEEN = frozenset("\x00\x0b\x0c\r\x1b\x1c\x85\u2028\u2029\u202e\u200b\ufeff")
NASTY = [
    '"""', "'''", '"', "'", "\\", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028",
    "\u2029", "\u202e", "\u200b", "\ufeff", "\x00", "\x1b[0m", "{", "}", "{{ 7*7 }}", "{% raw %}",
    "#", "# type: ignore", "__import__('os').system('x')", ";", ":", "\\N{BULLET}", "\\x41", "\\u12",
    "é", "日本", "\U0001f600", "\uff43\uff4c\uff41\uff53\uff53", "class", "__class__", "../", "%s", "${x}", "\t", " ", "0",
]  # fmt: skip


def filled(texts: list[str]) -> Tree:
    """Return the document with the texts in its holes, put in after it was read."""
    tree: Tree = yaml.safe_load(DOCUMENT)

    def fill(value: Tree) -> Tree:
        match value:
            case str():
                for index in reversed(range(HOLES)):
                    text = texts[index]
                    if index == ADDRESS:
                        text = REFUSED.sub("", text)
                    value = value.replace(f"«{index}»", text)
                return value
            case dict():
                return {str(fill(key)): fill(item) for key, item in value.items()}
            case list():
                return [fill(item) for item in value]
            case _:
                return value

    return fill(tree)


def generated(tree: Tree) -> dict[str, str]:
    """Return the files of a package and of its tests, which the gate lets pass."""
    root = Node(tree, Place("x", ""), tree)
    lowered = lower(read_document(root))
    assert not any(found.severity is Severity.ERROR for found in lowered.findings)
    names = name(lowered.api)
    files = render(package(lowered.api, names).view)
    audit({**files, **runtime(files, "httpx2")}, "httpx2")
    made = render_tests(trials.tests(lowered.api, names, "pkg"))
    audit_tests(made, "pkg")
    return {**files, **{f"tests/{path}": text for path, text in made.items()}}


def skeletons(files: dict[str, str]) -> list[Skeleton]:
    """Return what is left of files without what is of a document; their names are, too."""
    return sorted(map(skeleton, files.values()), key=repr)


PLAIN = skeletons(generated(filled([mark(i) * 2 for i in range(HOLES)])))
hostile = st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join)


@given(st.lists(hostile, min_size=HOLES, max_size=HOLES))
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
def test_what_a_document_says_is_never_structure(texts: list[str]) -> None:
    """Each text stands with a harmless mark of its own, so that texts stay apart as they were."""
    marked = [mark(index) + text + mark(index) for index, text in enumerate(texts)]
    marked[PATH] = within(Role.SEGMENT, marked[PATH])
    marked[VARIABLE] = within(Role.VARIABLE, marked[VARIABLE])
    files = generated(filled(marked))
    assert skeletons(files) == PLAIN
    for text in files.values():
        assert not set(text) & UNSEEN


@cache
def feature_tree(feature: str) -> Tree:
    whole, _ = assemble(str(CORPUS / feature / "spec.yaml"))
    return whole.tree


@cache
def plain_of(feature: str) -> list[Skeleton]:
    tree = feature_tree(feature)
    plain = {text: f"{mark(i)}x{mark(i)}" for i, text in enumerate(roles(tree))}
    return skeletons(generated(replaced(tree, plain)))


@pytest.mark.parametrize("feature", FEATURES)
@given(st.lists(hostile, min_size=7, max_size=7))
@settings(
    max_examples=ROUNDS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_no_text_of_a_feature_is_structure(feature: str, texts: list[str]) -> None:
    """Every free text of a document is another, the same where it was the same."""
    tree = feature_tree(feature)
    said = {
        text: mark(i) + within(role, texts[i % len(texts)]) + mark(i)
        for i, (text, role) in enumerate(roles(tree).items())
    }
    files = generated(replaced(tree, said))
    assert skeletons(files) == plain_of(feature)
    for text in files.values():
        assert not set(text) & UNSEEN


def test_most_texts_are_free() -> None:
    """What is left as it is decides what code is made: it has to stay the smaller part."""
    free = sum(len(roles(feature_tree(feature))) for feature in FEATURES)
    assert free >= 1_300


def test_the_property_sees_what_it_must() -> None:
    """A text that becomes structure, a name that becomes a call, a docstring that ends early."""
    good = 'def f(x):\n    """words"""\n    return g(x, "a")\n'
    for bad in (
        'def f(x):\n    """wo"""\n    rds\n    return g(x, "a")\n',
        'def f(x):\n    """words"""\n    return g(x, "a" + b)\n',
        'def f(x, y):\n    """words"""\n    return g(x, "a")\n',
        'def f(x):\n    """words"""\n    return g(x, h())\n',
    ):
        assert skeleton(bad) != skeleton(good)
    assert skeleton(good.replace("words", "other").replace("g(", "k(")) == skeleton(good)


@pytest.mark.parametrize(
    "form", [str, format, "{}".format, "%s".__mod__], ids=lambda f: repr(f)[:20]
)
@pytest.mark.parametrize("untrusted", [Text("x"), Json('"x"'), Place("a", "/x")])
def test_text_of_a_document_cannot_be_formatted(
    form: Callable[[object], str], untrusted: object
) -> None:
    with pytest.raises(TypeError, match="goes through literal, docstring or naming"):
        form(untrusted)


def test_the_renderer_takes_nothing_but_code(tmp_path: Path) -> None:
    from dataclasses import replace

    from specloom.code import Code

    tree = filled([mark(i) * 2 for i in range(HOLES)])
    lowered = lower(read_document(Node(tree, Place("x", ""), tree)))
    view = package(lowered.api, name(lowered.api)).view
    smuggled = json.loads('"import os"')
    with pytest.raises(TypeError, match="not Code"):
        render(replace(view, init=replace(view.init, docstring=smuggled)))
    assert isinstance(view.init.docstring, Code)
