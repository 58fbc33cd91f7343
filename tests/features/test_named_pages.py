"""Pages of which an extension or the target says how they go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from specloom.cli import main

from .driving import Drive, Reply, Seen, json
from .page import CORPUS

declared = pytest.mark.feature("pages", "declared")
named = pytest.mark.feature("pages", "named")
TARGET = f"""\
[tool.specloom.targets.feature_named_pages]
spec = "{CORPUS / "pages" / "spec.yaml"}"
output = "out"

[tool.specloom.targets.feature_named_pages.pages]
"things:list" = {{ by = "cursor", parameter = "mark", next = "bookmark.here" }}
"GET /orders" = {{ by = "page", parameter = "page", total = "pagination.total_count", items = "items" }}
"notes:list" = false
"logs:list" = false
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("named")
    (folder / "pyproject.toml").write_text(TARGET, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    sys.path.insert(0, str(folder / "out"))
    yield import_module("feature_named_pages")
    sys.path.remove(str(folder / "out"))


@pytest.fixture(params=["sync", "async"])
def target(request: pytest.FixtureRequest, package: Any) -> Drive:
    return Drive(package, is_async=request.param == "async")


def by(name: str, pages: dict[str | None, bytes]) -> Any:
    """Return a server that answers by what a parameter says."""

    def answer(seen: Seen) -> Reply:
        return json(pages[dict(parse_qsl(urlsplit(seen.path).query)).get(name)])

    return answer


@declared
def test_a_cursor_that_an_extension_names(drive: Drive) -> None:
    pages: dict[str | None, bytes] = {
        None: b'{"entries": ["a"], "notices": ["n"], "following": "1"}',
        "1": b'{"entries": ["b"]}',
    }
    with drive(by("mark", pages)) as (client, server):
        assert list(client.logs.list_all()) == ["a", "b"]
        assert [seen.path for seen in server.seen] == ["/logs", "/logs?mark=1"]


@declared
def test_a_number_that_an_extension_names(drive: Drive) -> None:
    pages: dict[str | None, bytes] = {
        "1": b'{"found": {"list": ["a"], "rest": true}}',
        "2": b'{"found": {"list": [], "rest": true}}',
        "3": b'{"found": {"list": ["b"], "rest": false}}',
    }
    with drive(by("part", pages)) as (client, server):
        assert list(client.audits.list_all()) == ["a", "b"]
        assert len(server.seen) == 3


@declared
def test_the_same_page_again_is_an_error_though_it_says_that_there_is_more(drive: Drive) -> None:
    with drive(json(b'{"found": {"list": ["a"], "rest": true}}')) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            list(client.audits.list_all())
        assert str(caught.value) == "$: expected another page, found the same again"
        assert len(server.seen) == 2


@named
def test_a_cursor_that_the_target_names(target: Drive) -> None:
    pages: dict[str | None, bytes] = {
        None: b'{"things": ["a"], "bookmark": {"here": "1"}}',
        "1": b'{"things": ["b"], "bookmark": {}}',
    }
    with target(by("mark", pages)) as (client, server):
        assert list(client.things.list_all()) == ["a", "b"]
        assert [seen.path for seen in server.seen] == ["/things", "/things?mark=1"]


@named
def test_the_target_has_the_last_word(target: Drive) -> None:
    """Here it counts items, whatever is said of the number of pages."""
    pages: dict[str | None, bytes] = {
        str(number): b'{"items": ["%d"], "pagination": {"total_count": 2, "max_page": 9}}' % number
        for number in (1, 2)
    }
    with target(by("page", pages)) as (client, server):
        assert list(client.orders.list_all()) == ["1", "2"]
        assert len(server.seen) == 2


@named
def test_the_target_says_that_there_are_no_pages(drive: Drive, package: Any) -> None:
    for group in ("Notes", "AsyncNotes", "Logs"):
        assert hasattr(getattr(drive.package.client, group), "list_all")
        assert not hasattr(getattr(package.client, group), "list_all")
    assert hasattr(package.client.Notes, "search_all")
