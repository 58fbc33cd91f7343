"""Pages by number, by offset, behind the last item, and by address."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from json import dumps, loads
from urllib.parse import parse_qsl, urlsplit

import pytest

from .driving import Drive, Recorder, Reply, Seen, asked, json

cursor = pytest.mark.feature("pages", "cursor")
last_item = pytest.mark.feature("pages", "last_item")
page = pytest.mark.feature("pages", "page")
offset = pytest.mark.feature("pages", "offset")
url = pytest.mark.feature("pages", "url")
link = pytest.mark.feature("pages", "link")

Answer = Callable[[Seen], Reply]


def asking(seen: Seen) -> dict[str, str]:
    """Return the parameters of a query."""
    return dict(parse_qsl(urlsplit(seen.path).query))


def in_json(value: object) -> Reply:
    return json(dumps(value).encode())


def paths(server: Recorder) -> list[str]:
    return [seen.path for seen in server.seen]


# --- a cursor in a body ------------------------------------------------------------------------


@cursor
def test_a_cursor_in_a_body(drive: Drive) -> None:
    uuid = "5e5e5e5e-0000-4000-8000-000000000000"
    pages: dict[object, object] = {
        None: {"points": [{"text": "a"}], "next_page_offset": 7},
        7: {"points": [{"text": "b"}], "next_page_offset": uuid},
        uuid: {"points": [{"text": "c"}], "next_page_offset": None},
    }

    def answer(seen: Seen) -> Reply:
        return in_json({"result": pages[loads(seen.content).get("offset")]})

    with drive(answer) as (client, server):
        body = drive.package.NotesSearchBody(text="t")
        whole = client.notes.search_all(body, extra_body={"beta": True})
        assert [note.text for note in whole] == ["a", "b", "c"]
        assert [loads(seen.content) for seen in server.seen] == [
            {"text": "t", "beta": True},
            {"text": "t", "offset": 7, "beta": True},
            {"text": "t", "offset": uuid, "beta": True},
        ]


# --- the last item -----------------------------------------------------------------------------


def charges(*pages: tuple[str, bool]) -> Answer:
    """Answer with a charge for each letter: the first page, or the one behind a letter."""
    behind: dict[str | None, tuple[str, bool]] = {None: pages[0]}
    behind |= {before[-1]: after for (before, _), after in pairwise(pages)}

    def answer(seen: Seen) -> Reply:
        letters, more = behind[asking(seen).get("starting_after")]
        return in_json({"data": [{"id": letter} for letter in letters], "has_more": more})

    return answer


@last_item
def test_pages_behind_the_last_item(drive: Drive) -> None:
    with drive(charges(("ab", True), ("c", True), ("d", False))) as (client, server):
        assert [charge.id for charge in client.charges.list_all(limit=2)] == ["a", "b", "c", "d"]
        assert paths(server) == [
            "/charges?limit=2",
            "/charges?limit=2&starting_after=b",
            "/charges?limit=2&starting_after=c",
        ]


@last_item
def test_more_behind_nothing_is_an_error(drive: Drive) -> None:
    with drive(charges(("a", True), ("", True))) as (client, _):
        found = iter(client.charges.list_all())
        assert next(found).id == "a"
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            next(found)
        assert str(caught.value) == "$: expected items, as there is more, found none"


@last_item
def test_the_same_page_again_is_an_error(drive: Drive) -> None:
    with drive(in_json({"data": [{"id": "a"}], "has_more": True})) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError):
            list(client.charges.list_all())
        assert len(server.seen) == 2


# --- numbers of pages ----------------------------------------------------------------------------


def orders(*pages: str, most: int | None = None) -> Answer:
    """Answer with the letters of a page; there are none on those that there are not."""

    def answer(seen: Seen) -> Reply:
        number = int(asking(seen)["page"])
        letters = pages[number - 1] if number <= len(pages) else ""
        count = len(pages) if most is None else most
        said = {"total_count": len("".join(pages)), "max_page": count}
        return in_json({"items": list(letters), "pagination": said})

    return answer


@page
def test_pages_by_number(drive: Drive) -> None:
    with drive(orders("ab", "c", "d")) as (client, server):
        assert list(client.orders.list_all(limit=2)) == ["a", "b", "c", "d"]
        assert paths(server) == [f"/orders?page={n}&limit=2" for n in (1, 2, 3)]


@page
def test_pages_by_number_from_one_that_the_caller_names(drive: Drive) -> None:
    with drive(orders("ab", "c", "d")) as (client, server):
        assert list(client.orders.list_all(page=2)) == ["c", "d"]
        assert paths(server) == [f"/orders?page={n}&limit=10" for n in (2, 3)]


@page
@pytest.mark.parametrize("most", [0, 1])
def test_no_page_is_asked_for_that_there_is_not(drive: Drive, most: int) -> None:
    with drive(orders("ab", most=most)) as (client, server):
        assert list(client.orders.list_all()) == ["a", "b"]
        assert len(server.seen) == 1


@page
def test_an_empty_page_is_the_last_whatever_is_promised(drive: Drive) -> None:
    with drive(orders("ab", "", "c", most=9)) as (client, server):
        assert list(client.orders.list_all()) == ["a", "b"]
        assert len(server.seen) == 2


def boxes(*pages: str, total: int | None) -> Answer:
    def answer(seen: Seen) -> Reply:
        number = int(asking(seen).get("page", "0"))
        letters = pages[number] if number < len(pages) else ""
        return in_json({"boxes": list(letters), "total": total})

    return answer


@page
def test_pages_from_nought_until_all_items_have_come(drive: Drive) -> None:
    with drive(boxes("ab", "c", "never", total=3)) as (client, server):
        assert list(client.boxes.list_all()) == ["a", "b", "c"]
        assert paths(server) == ["/boxes", "/boxes?page=1"]


@page
def test_pages_without_a_total_end_with_an_empty_one(drive: Drive) -> None:
    with drive(boxes("ab", "c", total=None)) as (client, server):
        assert list(client.boxes.list_all()) == ["a", "b", "c"]
        assert paths(server) == ["/boxes", "/boxes?page=1", "/boxes?page=2"]


@page
def test_a_start_in_the_middle_ends_where_the_items_end(drive: Drive) -> None:
    with drive(boxes("ab", "c", total=3)) as (client, server):
        assert list(client.boxes.list_all(page=1)) == ["c"]
        assert paths(server) == ["/boxes?page=1", "/boxes?page=2"]


@page
def test_a_server_that_knows_no_pages_is_an_error(drive: Drive) -> None:
    with drive(in_json({"boxes": ["a"], "total": None})) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            list(client.boxes.list_all())
        assert str(caught.value) == "$: expected another page, found the same again"
        assert len(server.seen) == 2


@page
def test_an_option_that_says_the_page_is_refused(drive: Drive) -> None:
    """Else each page would be the same."""
    with drive(orders("ab", "c")) as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="page"):
            list(client.orders.list_all(extra_query={"page": 1}))
        assert len(server.seen) == 1


# --- offsets -------------------------------------------------------------------------------------


def rows(letters: str, size: int, total: int | None) -> Answer:
    def answer(seen: Seen) -> Reply:
        start = int(asking(seen).get("offset", "0"))
        said = {"rows": [[letter] for letter in letters[start : start + size]]}
        return in_json(said if total is None else {**said, "total": total})

    return answer


@offset
def test_pages_by_offset(drive: Drive) -> None:
    """What counts is how many items have come, not how many were asked for."""
    with drive(rows("abcde", 2, 5)) as (client, server):
        assert list(client.rows.list_all(limit=100)) == [["a"], ["b"], ["c"], ["d"], ["e"]]
        assert paths(server) == [
            "/rows?limit=100",
            "/rows?limit=100&offset=2",
            "/rows?limit=100&offset=4",
        ]


@offset
def test_an_offset_of_the_callers(drive: Drive) -> None:
    with drive(rows("abcde", 2, 5)) as (client, server):
        assert list(client.rows.list_all(offset=3)) == [["d"], ["e"]]
        assert paths(server) == ["/rows?offset=3"]


@offset
def test_offsets_without_a_total_end_with_an_empty_page(drive: Drive) -> None:
    with drive(rows("abc", 2, None)) as (client, server):
        assert list(client.rows.list_all()) == [["a"], ["b"], ["c"]]
        assert paths(server) == ["/rows", "/rows?offset=2", "/rows?offset=3"]


@offset
def test_a_server_that_knows_no_offset_is_an_error(drive: Drive) -> None:
    with drive(in_json({"rows": [["a"]]})) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError):
            list(client.rows.list_all())
        assert len(server.seen) == 2


# --- addresses -----------------------------------------------------------------------------------


def tracks(*followed: str) -> Answer:
    """Answer with a letter for each page, of which each has the address of the next."""

    def answer(seen: Seen) -> Reply:
        host = seen.headers["host"]
        number = int(asking(seen).get("n", "0"))
        next_ = followed[number].replace("HOST", host) if number < len(followed) else None
        return in_json({"items": ["abcdef"[number]], "next": next_})

    return answer


@url
@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("http://HOST/other/way?n=1&q=a%20b", "/other/way?n=1&q=a%20b"),
        ("HTTP://HOST/tracks?n=1", "/tracks?n=1"),
        ("/v2/tracks?n=1", "/v2/tracks?n=1"),
        ("?n=1&x[]=é", "/tracks?n=1&x%5B%5D=%C3%A9"),
        ("more?n=1#part", "/more?n=1"),
        ("../../a/./b/../c?n=1", "/a/c?n=1"),
        ("//HOST/tracks?n=1", "/tracks?n=1"),
        ("http://HOST/a//elsewhere.example?n=1", "/a//elsewhere.example?n=1"),
    ],
)
def test_pages_by_address(drive: Drive, said: str, path: str) -> None:
    """RFC 3986, section 5: a reference is resolved against the address of the page."""
    with drive(tracks(said)) as (client, server):
        assert list(client.tracks.list_all(limit=1)) == ["a", "b"]
        assert paths(server) == ["/tracks?limit=1", path]


@url
def test_an_address_below_that_of_another_page(drive: Drive) -> None:
    with drive(tracks("/a/b?n=1", "c?n=2")) as (client, server):
        assert list(client.tracks.list_all()) == ["a", "b", "c"]
        assert paths(server) == ["/tracks", "/a/b?n=1", "/a/c?n=2"]


@url
@pytest.mark.parametrize(
    "said",
    [
        "http://elsewhere.example/tracks?n=1",
        "//elsewhere.example/tracks",
        "https://HOST/tracks?n=1",
        "http://HOST1/tracks",
        "http://HOST@elsewhere.example/",
        "http://user@elsewhere.example/",
        "http://HOST:99999/",
        "http://[/",
        "ftp://HOST/",
        "javascript:alert(1)",
        "http:\\\\elsewhere.example",
        "/tracks?n=1\r\nX-A: b",
        "/tracks ?n=1",
    ],
)
def test_credentials_go_to_no_other_origin(drive: Drive, said: str) -> None:
    with drive(tracks(said), key="secret") as (client, server):
        found = iter(client.tracks.list_all())
        assert next(found) == "a"  # the page itself is good
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            next(found)
        assert str(caught.value) == (
            "$: expected the address of a page at the same origin, found another"
        )
        assert len(server.seen) == 1


@url
def test_a_key_in_the_query_is_said_once(drive: Drive) -> None:
    """Whether the server repeats it or not, and so are parameters beyond those of the document."""
    with drive(tracks("?n=1&debug=1&api_key=old", "?n=2"), key="s e") as (client, server):
        found = list(client.tracks.list_all(extra_query={"debug": True}))
        assert found == ["a", "b", "c"]
        assert paths(server) == [
            "/tracks?api_key=s%20e&debug=true",
            "/tracks?n=1&api_key=s%20e&debug=true",
            "/tracks?n=2&api_key=s%20e&debug=true",
        ]


@url
def test_an_address_that_was_before_is_an_error(drive: Drive) -> None:
    with drive(tracks("?n=1", "/tracks?n=1")) as (client, server):
        with pytest.raises(drive.package.errors.DecodeError):
            list(client.tracks.list_all())
        assert len(server.seen) == 2


def issues(*headers: str) -> Answer:
    def answer(seen: Seen) -> Reply:
        number = int(asking(seen).get("page", "1"))
        said = headers[number - 1].replace("HOST", seen.headers["host"])
        head = {"Content-Type": "application/json", **({"Link": said} if said else {})}
        return Reply(b'[{"text": "%d"}]' % number, 200, head)

    return answer


@link
@pytest.mark.parametrize(
    "said",
    [
        '<http://HOST/issues?page=2>; rel="next"',
        '<http://HOST/issues?page=9>; rel="last", <http://HOST/issues?page=2>; rel="next"',
        "</issues?page=2>;rel=next",
        '<?page=2>; title="a, \\"b\\"; <c>" ; REL = "prefetch NEXT"',
        '<?page=9>; rel="prev"; rel="next", , <?page=2>; rel=next',
        '<?page=9>; rel=next; anchor="#a", <?page=2>; rel="next"; hreflang*=UTF-8\'\'de',
        "<?page=2>; crossorigin; rel=next",
        '<?page=9>; rel="prev"; , <?page=2>;; rel="next";',
    ],
)
def test_pages_by_a_header(drive: Drive, said: str) -> None:
    """RFC 8288, section 3."""
    with drive(issues(said, '<?page=1>; rel="prev"'), token="t") as (client, server):
        assert [note.text for note in client.issues.list_all(key="k")] == ["1", "2"]
        assert paths(server) == ["/issues?key=k", "/issues?page=2"]
        assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t"] * 2


@link
@pytest.mark.parametrize(
    "said", ["", "<?page=2", "?page=2; rel=next", "<?page=2>; rev=next", ";,<"]
)
def test_a_header_that_says_nothing_is_that_of_the_last_page(drive: Drive, said: str) -> None:
    with drive(issues(said)) as (client, server):
        assert [note.text for note in client.issues.list_all()] == ["1"]
        assert asked(server) == "GET /issues"


@link
def test_a_header_leads_to_no_other_origin(drive: Drive) -> None:
    with drive(issues("<http://elsewhere.example/issues?page=2>; rel=next"), token="t") as (
        client,
        server,
    ):
        with pytest.raises(drive.package.errors.DecodeError):
            list(client.issues.list_all())
        assert len(server.seen) == 1
