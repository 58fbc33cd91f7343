"""The order in which an author lists members is theirs: no name that callers know depends on it."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
import yaml

from .judges.document import Json
from .support import wanted
from .test_corpus import FEATURES, rendered

AFTER_THE_FIRST = frozenset(("event_streams", "flows", "names", "path_items"))
"""Features in which something without a name of its own is called after what stands first."""


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_members_in_another_order_have_the_same_names(feature: Path, tmp_path: Path) -> None:
    there = tmp_path / feature.name
    shutil.copytree(feature, there, ignore=shutil.ignore_patterns("want"))
    spec = there / "spec.yaml"
    spec.write_text(shuffled(spec.read_text("utf-8"), Random(feature.name)), "utf-8")
    made = rendered(feature, spec)
    if feature.name not in AFTER_THE_FIRST:
        assert known(made) == known(wanted(feature))


def shuffled(document: str, chance: Random) -> str:
    """Return a document of YAML, in JSON, whose objects have their members in another order."""

    def within(value: Json) -> Json:
        match value:
            case dict():
                members = list(value.items())
                chance.shuffle(members)
                return {name: within(member) for name, member in members}
            case list():
                return [within(item) for item in value]
            case _:
                return value

    return json.dumps(within(yaml.safe_load(document)), default=str)  # of dates


def known(files: Mapping[str, str]) -> dict[str, int]:
    """Return what callers can name, methods and members with their types, and how often."""
    found: dict[str, int] = {}
    for text in files.values():
        for each in names(ast.parse(text).body):
            found[each] = found.get(each, 0) + 1
    return found


def names(body: list[ast.stmt], within: str = "") -> Iterator[str]:
    for each in body:
        match each:
            case ast.ClassDef():
                yield f"{within}{each.name}"
                yield from names(each.body, f"{each.name}.")
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not each.name.startswith("_"):
                given = (*each.args.args, *each.args.kwonlyargs)
                arguments = sorted(f"{arg.arg}: {typed(arg.annotation)}" for arg in given)
                yield f"{within}{each.name}({', '.join(arguments)})"
            case ast.AnnAssign() if within:
                yield f"{within}{ast.unparse(each.target)}: {typed(each.annotation)}"
            case _:
                pass


def typed(annotation: ast.expr | None) -> str:
    """Return what is in an annotation: variants and values stand in the order of the document."""
    return " ".join(sorted(re.findall(r"[\w./+-]+", ast.unparse(annotation) if annotation else "")))


def test_a_document_is_shuffled() -> None:
    document = "a: {b: 1, c: 2, d: 3}\ne: [{x: 1}, 2]\nf: 4\ng: 5\n"
    once = shuffled(document, Random(1))
    assert once != shuffled(document, Random(2))
    assert json.loads(once) == yaml.safe_load(document)
