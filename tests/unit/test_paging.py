"""Which operations are taken to have pages: where two witnesses say so, and never on a guess."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specloom import ir
from specloom.assembly.edition import Edition
from specloom.page_choices import PageChoice
from specloom.pipeline import Understood, understand
from specloom.values import Tree

TEXT: dict[str, Tree] = {"type": "string"}
NUMBER: dict[str, Tree] = {"type": "integer"}
FLAG: dict[str, Tree] = {"type": "boolean"}
ADDRESS: dict[str, Tree] = {"type": "string", "format": "uri"}
LIST: dict[str, Tree] = {
    "type": "array",
    "items": {"type": "object", "required": ["id"], "properties": {"id": TEXT}},
}
FROM_ONE: dict[str, Tree] = {"type": "integer", "minimum": 1}
Members = dict[str, dict[str, Tree]]


def inside(**members: dict[str, Tree]) -> dict[str, Tree]:
    return {"type": "object", "properties": dict(members)}


def document(
    parameters: Members, answer: dict[str, Tree], method: str = "get", more: Members | None = None
) -> dict[str, Tree]:
    asked: list[Tree] = [
        {"name": name, "in": "query", "schema": schema} for name, schema in parameters.items()
    ]
    response: dict[str, Tree] = {
        "description": "Fine.",
        "content": {"application/json": {"schema": answer}},
    }
    operation: dict[str, Tree] = {
        "operationId": "list",
        "parameters": asked,
        "responses": {"200": response},
        **(more or {}),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {method: operation}},
    }


def understood(folder: Path, tree: Tree, *pages: PageChoice) -> Understood:
    path = folder / "a.json"
    path.write_text(json.dumps(tree), "utf-8")
    return understand(str(path), Edition(pages=pages))


def paged(folder: Path, tree: Tree, *pages: PageChoice) -> ir.Pagination | None:
    api = understood(folder, tree, *pages).api
    assert api is not None
    [operation] = api.operations
    return operation.pagination


RECOGNISED: dict[str, tuple[Members, dict[str, Tree], type[ir.Advance]]] = {
    "cursor": ({"cursor": TEXT}, inside(data=LIST, next_cursor=TEXT), ir.ByCursor),
    "token": ({"pageToken": TEXT}, inside(rows=LIST, nextPageToken=TEXT), ir.ByCursor),
    "within": (
        {"after": TEXT},
        inside(a=LIST, paging=inside(next=inside(after=TEXT))),
        ir.ByCursor,
    ),
    "ends, and there is more": (
        {"after": TEXT},
        inside(data=LIST, has_more=FLAG, last_id=TEXT),
        ir.ByCursor,
    ),
    "the next page": ({"page": NUMBER}, inside(a=LIST, next_page=NUMBER), ir.ByCursor),
    "the next offset": ({"skip": NUMBER}, inside(a=LIST, next_offset=NUMBER), ir.ByCursor),
    "the last item": (
        {"starting_after": TEXT, "ending_before": TEXT},
        inside(data=LIST, has_more=FLAG),
        ir.ByLastItem,
    ),
    "an address": ({"limit": NUMBER}, inside(data=LIST, next=ADDRESS), ir.ByUrl),
    "an address among links": (
        {"limit": NUMBER},
        inside(a=LIST, links=inside(next=TEXT)),
        ir.ByUrl,
    ),
    "an address before a cursor of the end": (
        {"after": TEXT},
        inside(items=LIST, next=ADDRESS, cursors=inside(after=TEXT)),
        ir.ByUrl,
    ),
    "pages": ({"page": FROM_ONE}, inside(a=LIST, meta=inside(total_pages=NUMBER)), ir.ByPage),
    "items of pages": ({"page": FROM_ONE}, inside(a=LIST, total_count=NUMBER), ir.ByPage),
    "offset": ({"offset": NUMBER}, inside(a=LIST, total=NUMBER), ir.ByOffset),
}
LEFT: dict[str, tuple[Members, dict[str, Tree]]] = {
    "nothing that asks": ({}, inside(data=LIST, next_cursor=TEXT)),
    "nothing that says": ({"cursor": TEXT, "limit": NUMBER}, inside(data=LIST)),
    "a time": ({"after": {"type": "string", "format": "date-time"}}, inside(a=LIST, next=TEXT)),
    "an array alone": ({"page": FROM_ONE}, LIST),
    "two lists": ({"cursor": TEXT}, inside(a=LIST, b=LIST, next_cursor=TEXT)),
    "two cursors": ({"cursor": TEXT, "token": TEXT}, inside(a=LIST, next=TEXT)),
    "an end, and nothing says whether it is one": ({"after": TEXT}, inside(a=LIST, last_id=TEXT)),
    "0 or 1": ({"page": NUMBER}, inside(a=LIST, total_pages=NUMBER)),
    "a count that may be of the page": ({"page": FROM_ONE}, inside(a=LIST, count=NUMBER)),
    "a range of time": ({"start": NUMBER, "end": NUMBER}, inside(a=LIST, total=NUMBER)),
    "a cursor of several values": (
        {"cursor": {"type": "array", "items": TEXT}},
        inside(a=LIST, next_cursor=TEXT),
    ),
    "a page that may be null": (
        {"cursor": TEXT},
        {**inside(a=LIST, next_cursor=TEXT), "type": ["object", "null"]},
    ),
}


@pytest.mark.parametrize("case", RECOGNISED)
def test_two_witnesses_are_enough(case: str, tmp_path: Path) -> None:
    parameters, answer, kind = RECOGNISED[case]
    found = paged(tmp_path, document(parameters, answer))
    assert found is not None
    assert type(found.advance) is kind
    assert found.ground is ir.Ground.RECOGNISED


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_clear_is_left_alone(case: str, tmp_path: Path) -> None:
    parameters, answer = LEFT[case]
    assert paged(tmp_path, document(parameters, answer)) is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_changes_something_is_not_done_again(method: str, tmp_path: Path) -> None:
    answer = inside(data=LIST, next_cursor=TEXT)
    assert paged(tmp_path, document({"cursor": TEXT}, answer, method)) is None


CHOICE = PageChoice("list", by="cursor", parameter="mark", next="here")


@pytest.mark.parametrize(
    ("choice", "says", "hint"),
    [
        (CHOICE._replace(operation="lists"), "no operation `lists`", "`list`"),
        (CHOICE._replace(operation="GET /b"), "no operation `GET /b`", "`GET /a`"),
        (CHOICE._replace(parameter="marks"), "is called `marks`", "`mark`"),
        (CHOICE._replace(parameter="flag"), "is called `flag`", ""),
        (CHOICE._replace(next="her"), "no member `her` in the answer", "`here`"),
        (CHOICE._replace(next="meta.x"), "no member `x` in `meta`", ""),
        (CHOICE._replace(next="flag"), "`flag` is of another type", ""),
        (CHOICE._replace(more="here"), "`here` is neither true nor false", ""),
        (CHOICE._replace(items="here"), "`here` is no array", ""),
        (CHOICE._replace(by="page", parameter="size"), "0 or 1 is not clear", ""),
        (CHOICE._replace(by="last-item", key="x"), "no member `x` in the answer", ""),
    ],
)
def test_what_a_target_names_has_to_be_there(
    choice: PageChoice, says: str, hint: str, tmp_path: Path
) -> None:
    answer = inside(a=LIST, here=TEXT, flag=FLAG, meta=inside(y=TEXT))
    tree = document({"mark": TEXT, "size": NUMBER, "flag": FLAG}, answer)
    assert paged(tmp_path, tree, CHOICE) is not None
    found = understood(tmp_path, tree, choice)
    assert found.api is None
    [message] = found.messages
    assert "error: pages: " in message
    assert says in message
    assert hint in message


def test_an_extension_that_is_wrong_is_a_warning(tmp_path: Path) -> None:
    hint: dict[str, Tree] = {"cursor": "$request.mark", "next_cursor": "$response.nowhere"}
    answer = inside(data=LIST, next_cursor=TEXT)
    tree = document({"cursor": TEXT, "mark": TEXT}, answer, more={"x-fern-pagination": hint})
    found = understood(tmp_path, tree)
    assert "warning: declared-pages: " in found.messages[0]
    assert "no member `nowhere` in the answer" in found.messages[0]
    recognised = paged(tmp_path, tree)
    assert recognised is not None
    assert recognised.ground is ir.Ground.RECOGNISED


def test_an_extension_says_that_there_are_no_pages(tmp_path: Path) -> None:
    answer = inside(value=LIST, nextLink=ADDRESS)
    hint: dict[str, Tree] = {"nextLinkName": None}
    tree = document({"limit": NUMBER}, answer, more={"x-ms-pageable": hint})
    assert paged(tmp_path, document({"limit": NUMBER}, answer)) is not None
    assert paged(tmp_path, tree) is None
