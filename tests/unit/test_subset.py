"""Subsets: which operations are chosen, what they reach, and that nothing else is left."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from specloom.assembly import Edition, Whole, assemble
from specloom.diagnostics import Diagnostic
from specloom.values import Place, Tree

ZOO = Path(__file__).parents[1] / "subsets.yaml"


def chosen(
    tags: tuple[str, ...] = (),
    paths: tuple[str, ...] = (),
    operations: tuple[str, ...] = (),
) -> tuple[Whole, tuple[Diagnostic, ...]]:
    return assemble(str(ZOO), Edition(tags=tags, paths=paths, operations=operations))


def contents(whole: Whole) -> dict[str, set[str]]:
    """Return what is in each section: of paths, the requests."""
    tree = members(whole.tree)
    found = {key: set(members(part)) for key, part in members(tree.get("components", {})).items()}
    found["requests"] = {
        f"{method.upper()} {path}"
        for path, item in members(tree["paths"]).items()
        for method in followed(item, tree)
        if method in ("get", "post", "delete")
    }
    found["webhooks"] = set(members(tree.get("webhooks", {})))
    tags = tree.get("tags", [])
    assert isinstance(tags, list)
    found["tags"] = {str(members(tag)["name"]) for tag in tags}
    return {key: value for key, value in found.items() if value}


def members(tree: Tree) -> dict[str, Tree]:
    assert isinstance(tree, dict), tree
    return tree


def followed(item: Tree, tree: Tree) -> dict[str, Tree]:
    found = members(item)
    if "$ref" not in found:
        return found
    for token in str(found["$ref"]).split("/")[1:]:
        tree = members(tree)[token]
    return members(tree)


LIST = {
    "requests": {"GET /animals"},
    "tags": {"animals"},
    "parameters": {"Page"},
    "responses": {"Animals"},
    "schemas": {"Number", "Animal", "Bird", "Parrot", "Word", "Ghost"},
}
ADD = {
    "requests": {"POST /animals"},
    "tags": {"animals", "food"},
    "parameters": {"Page"},
    "securitySchemes": {"keeper"},
    "schemas": {"Number", "NewAnimal", "NewBird", "NewFish"},
}
BUY = {
    "requests": {"POST /tickets"},
    "tags": {"visitors"},
    "requestBodies": {"Ticket"},
    "pathItems": {"Entry"},
    "securitySchemes": {"keeper", "card"},
    "schemas": {"Order", "Entry", "Ticket", "Price"},
}


def both(one: dict[str, set[str]], other: dict[str, set[str]]) -> dict[str, set[str]]:
    return {k: one.get(k, set()) | other.get(k, set()) for k in {**one, **other}}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ({"operations": ("listAnimals",)}, LIST),
        ({"operations": ("get /animals",)}, LIST),
        ({"operations": ("addAnimal",)}, ADD),
        ({"operations": ("buyTicket",)}, BUY),
        ({"tags": ("visitors",)}, BUY),
        ({"paths": ("/animals",)}, both(LIST, ADD)),
        ({"tags": ("animals",)}, both(LIST, ADD)),
        ({"tags": ("food",)}, both(ADD, {"webhooks": {"fed"}, "schemas": {"Meal"}})),
        ({"operations": ("animalFed",)}, {"webhooks": {"fed"}, "schemas": {"Meal"}, "tags": {"food"}}),
        ({"tags": ("visitors",), "operations": ("listAnimals",)}, both(LIST, BUY)),
        (
            {"paths": ("/animals/*",)},
            {
                "requests": {"GET /animals/{id}", "DELETE /animals/{id}"},
                "pathItems": {"One"},
                "parameters": {"Id"},
                "securitySchemes": {"keeper"},
            },
        ),
        (
            {"operations": ("DELETE /visitors/{id}",)},
            {
                "requests": {"DELETE /visitors/{id}"},
                "parameters": {"Id"},
                "securitySchemes": {"keeper"},
            },
        ),
    ],
)  # fmt: skip
def test_what_is_chosen_and_what_it_reaches(
    words: dict[str, tuple[str, ...]], wanted: dict[str, set[str]]
) -> None:
    whole, findings = chosen(**words)
    assert findings == ()
    assert contents(whole) == wanted


def test_the_order_is_that_of_the_document() -> None:
    whole, _ = chosen(tags=("food", "animals"))
    components = members(members(whole.tree)["components"])
    given = members(members(yaml.safe_load(ZOO.read_text("utf-8")))["components"])
    schemas = list(members(components["schemas"]))
    assert schemas == [key for key in members(given["schemas"]) if key in schemas]


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        ({"tags": ("animal",)}, "no operation has the tag `animal`", "did you mean `animals`?"),
        ({"paths": ("/animal",)}, "there is no path `/animal`", "did you mean `/animals`?"),
        ({"paths": ("/tickets*s",)}, "there is no path `/tickets*s`", "did you mean `/tickets`?"),
        ({"paths": ("/zoos/*",)}, "there is no path `/zoos/*`", ""),
        ({"paths": ("/*s/*/x",)}, "there is no path `/*s/*/x`", ""),
        ({"operations": ("listAnimal",)}, "there is no operation `listAnimal`", "did you mean `listAnimals`?"),
        ({"operations": ("PUT /animals",)}, "there is no operation `PUT /animals`", "did you mean `POST /animals`?"),
        ({"operations": ("",)}, "there is no operation ``", ""),
    ],
)  # fmt: skip
def test_what_there_is_not(words: dict[str, tuple[str, ...]], said: str, hint: str) -> None:
    _, [found] = chosen(**words)
    assert (found.rule, found.message, found.hint) == ("subset", said, hint)


def test_all_that_is_asked_for_in_vain_is_told_at_once() -> None:
    _, findings = chosen(tags=("a", "animals", "b"), paths=("/c",))
    assert [f.message[-3:] for f in findings] == ["`a`", "`b`", "/c`"]


def test_what_stands_elsewhere_now_remembers_where_it_stood() -> None:
    whole, _ = chosen(operations=("DELETE /visitors/{id}",), tags=("food",))
    lines = ZOO.read_text("utf-8").splitlines()

    def line(pointer: str) -> str:
        [span] = whole.locate([Place(whole.file, pointer)]).values()
        return lines[span.line - 1].strip()

    assert line("/tags/1/name") == "- {name: food}"
    assert line("/paths/~1visitors~1{id}/delete/responses/204") == "'204': {description: Gone}"


def test_a_reference_into_an_operation_brings_it_along(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n"
        "  /a:\n    get: {responses: {'200': {$ref: '#/paths/~1b/get/responses/200'}}}\n"
        "  /b:\n    get: {responses: {'200': {description: B}}}\n    put: {}\n"
        "  /c:\n    parameters: [{name: x, in: query}]\n    get: {}\n    put: {}\n"
        "  /d:\n    get: {parameters: [{$ref: '#/paths/~1c/parameters/0'}]}\n",
        "utf-8",
    )
    whole, [found] = assemble(str(spec), Edition(paths=("/a",)))
    assert (found.rule, "leads into `GET /b`" in found.message) == ("subset-reach", True)
    assert contents(whole)["requests"] == {"GET /a", "GET /b"}
    whole, findings = assemble(str(spec), Edition(paths=("/d",)))
    assert {f.rule for f in findings} == {"subset-reach"}
    assert set(members(members(whole.tree)["paths"])) == {"/c", "/d"}


@pytest.mark.parametrize(
    "text",
    [
        "paths: []",
        "paths: {/a: [], /b: {get: 1}, /c: {$ref: 1}}",
        "paths: {/a: {get: {tags: 1, security: 1, parameters: {}}}}\ntags: {a: b}\ncomponents: 1",
        "paths: {/a: {$ref: '#/paths/~1a'}}\nwebhooks: 3",
        "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/x'}}}}}\n"
        "components: {responses: [], schemas: {A: {allOf: 1, discriminator: 1}}}",
    ],
)
def test_a_document_that_is_no_sound_one_is_left_to_the_rules(text: str, tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(f"openapi: 3.1.0\n{text}\n", "utf-8")
    for edition in (Edition(paths=("*",)), Edition(tags=("a",)), Edition(operations=("x",))):
        assemble(str(spec), edition)
