"""Pages of which each says by what the next one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from urllib.parse import parse_qsl, urlsplit

import pytest

from .driving import Drive, Reply, Seen, asked, json, last

pytestmark = pytest.mark.feature("pages", "cursor")


def asking(seen: Seen) -> dict[str, str]:
    """Return the parameters of a query."""
    return dict(parse_qsl(urlsplit(seen.path).query))


def notes(*pages: tuple[str, str | None]) -> Callable[[Seen], Reply]:
    """Answer with letters as notes: the first page, or the one that a cursor asks for."""
    by_cursor: dict[str | None, int] = {None: 0}
    for number, (_, cursor) in enumerate(pages, 1):
        by_cursor.setdefault(cursor, number)

    def answer(seen: Seen) -> Reply:
        letters, cursor = pages[by_cursor[asking(seen).get("cursor")]]
        items = [{"text": letter} for letter in letters]
        return json(dumps({"items": items, "next_cursor": cursor}).encode())

    return answer


THREE = notes(("ab", "a b&c"), ("", "é"), ("c", None))


def test_items_of_all_pages(drive: Drive) -> None:
    with drive(THREE, token="t") as (client, server):
        found = [note.text for note in client.notes.list_all(limit=2)]
        assert found == ["a", "b", "c"]
        assert [seen.path for seen in server.seen] == [
            "/notes?limit=2",
            "/notes?limit=2&cursor=a%20b%26c",
            "/notes?limit=2&cursor=%C3%A9",
        ]
        assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t"] * 3


def test_pages_themselves(drive: Drive) -> None:
    with drive(THREE) as (client, _):
        pages = list(client.notes.list_all().pages())
        assert [len(page.items) for page in pages] == [2, 0, 1]
        assert [page.next_cursor for page in pages] == ["a b&c", "é", None]
        assert type(pages[0]) is drive.package.models.NotesListResponse


def test_a_page_is_asked_for_when_it_is_needed(drive: Drive) -> None:
    with drive(THREE) as (client, server):
        whole = client.notes.list_all()
        assert server.seen == []
        items = iter(whole)
        assert (next(items).text, next(items).text) == ("a", "b")
        assert len(server.seen) == 1
        assert next(items).text == "c"
        assert len(server.seen) == 3


def test_whoever_iterates_again_asks_again(drive: Drive) -> None:
    with drive(THREE) as (client, server):
        whole = client.notes.list_all()
        assert [n.text for n in whole] == [n.text for n in whole] == ["a", "b", "c"]
        assert len(server.seen) == 6


def test_begins_where_the_caller_says(drive: Drive) -> None:
    with drive(THREE) as (client, server):
        assert [n.text for n in client.notes.list_all(cursor="é")] == ["c"]
        assert asked(server) == "GET /notes?cursor=%C3%A9&limit=10"


def test_options_and_arguments_go_with_every_page(drive: Drive) -> None:
    with drive(THREE) as (client, server):
        list(
            client.notes.list_all(
                x_kind="k", extra_headers={"X-More": "m"}, extra_query={"debug": True}
            )
        )
        assert len(server.seen) == 3
        for seen in server.seen:
            assert (seen.headers["x-kind"], seen.headers["x-more"]) == ("k", "m")
            assert asking(seen)["debug"] == "true"


def test_a_wrong_argument_is_refused_at_once(drive: Drive) -> None:
    with drive(THREE) as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="limit"):
            client.notes.list_all(limit=101)
        assert server.seen == []


@pytest.mark.parametrize(
    "pages",
    [
        (("a", "1"), ("b", "1")),
        (("a", "1"), ("b", "2"), ("c", "1")),
        (("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"), ("f", "3")),
        (("a", "1"), ("", "2"), ("", "1")),
    ],
    ids=["itself", "first", "later", "empty"],
)
def test_a_circle_is_an_error(drive: Drive, pages: tuple[tuple[str, str], ...]) -> None:
    with drive(notes(*pages, ("never", None))) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            list(client.notes.list_all())
        assert str(caught.value) == (
            "$: expected the way to a page that has not been, found one that has"
        )
        assert caught.value.response.status == 200
        assert len(server.seen) <= 3 * len(pages)


def test_a_server_that_does_not_know_cursors_is_an_error(drive: Drive) -> None:
    """It answers with the first page again, whatever it is asked for."""
    page = json(b'{"items": [{"text": "a"}], "next_cursor": "1"}')
    with drive(page) as (client, server):
        seen: list[str] = []
        with pytest.raises(drive.package.errors.DecodeError):
            seen += (note.text for note in client.notes.list_all())
        assert len(server.seen) == 2


def test_the_same_again_and_nothing_else_is_the_end(drive: Drive) -> None:
    with drive(notes(("a", "1"), ("", "1"), ("never", None))) as (client, server):
        assert [n.text for n in client.notes.list_all()] == ["a"]
        assert len(server.seen) == 2


def test_what_says_whether_there_is_more_has_the_last_word(drive: Drive) -> None:
    pages = {
        None: b'{"data": ["a"], "page": {"cursors": {"after": "1"}, "has_more": true}}',
        "1": b'{"data": ["b"], "page": {"cursors": {"after": "2"}, "has_more": false}}',
    }
    with drive(lambda seen: json(pages[asking(seen).get("page[cursor]")])) as (client, server):
        assert list(client.files.list_all("x/y", page_size=1)) == ["a", "b"]
        assert asked(server) == "GET /folders/x%2Fy/files?page%5Bsize%5D=1&page%5Bcursor%5D=1"


@pytest.mark.parametrize("page", [b"{}", b'{"data": ["a"]}', b'{"data": ["a"], "page": {}}'])
def test_a_page_that_says_nothing_is_the_last(drive: Drive, page: bytes) -> None:
    with drive(json(page)) as (client, server):
        assert list(client.files.list_all("f")) in ([], ["a"])
        assert len(server.seen) == 1


def test_more_without_a_cursor_is_an_error(drive: Drive) -> None:
    """Else what is left would be left out in silence; what has come is not lost for that."""
    with drive(json(b'{"data": ["a"], "page": {"has_more": true}}')) as (client, _):
        found = iter(client.files.list_all("f"))
        assert next(found) == "a"
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            next(found)
        assert str(caught.value) == "$: expected a cursor, as there is more, found none"


def test_a_failure_on_the_way_is_raised_as_ever(drive: Drive) -> None:
    def answer(seen: Seen) -> Reply:
        return THREE(seen) if "cursor" not in asking(seen) else json(b"{}", 400)

    with drive(answer) as (client, server):
        items = iter(client.notes.list_all())
        assert [next(items).text, next(items).text] == ["a", "b"]
        with pytest.raises(drive.package.errors.BadRequest):
            next(items)
        assert len(server.seen) == 2
        assert last(server).path == "/notes?limit=10&cursor=a%20b%26c"
