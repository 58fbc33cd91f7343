"""Answers as they came, beside what they mean."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from runtime._auth import bearer
from runtime._request import Request
from runtime._response import Response
from runtime._session import Session
from runtime.errors import DecodeError, Error, StatusError

from .peers import ABOUT, KEYS, AsyncClient, AsyncPeer, Client, Peer


class Echo(Peer):
    """Answers with the path that it was asked for."""

    def exchange(self, request: Request) -> Response:
        path = request.url.removeprefix("https://x.test")
        super().exchange(request)
        return Response(200, {"content-type": "application/json", "path": path}, b'"x"')


def client(peer: Peer) -> Client:
    return Client("https://x.test", ABOUT, peer, {}, **KEYS)


def test_an_answer_comes_beside_what_it_means() -> None:
    peer = Peer()
    own = client(peer)
    assert own.with_response(own.get, "/q", timeout=3) == ("x", peer.answer)
    assert (peer.seen[0].url, peer.seen[0].timeout) == ("https://x.test/q", 3)
    assert own.with_response(own.with_options(timeout=4).get, path="/r")[1] is peer.answer
    assert (peer.seen[1].url, peer.seen[1].timeout) == ("https://x.test/r", 4)


def test_a_direct_request_may_be_watched() -> None:
    own = client(Peer())
    answer, response = own.with_response(own.request, "GET", "/")
    assert answer is response


def test_the_last_answer_is_the_one_that_counts() -> None:
    own = client(Echo())
    found, response = own.with_response(lambda: [own.get("/1"), own.get("/2")])
    assert (found, response.headers["path"]) == (["x", "x"], "/2")


def test_what_is_asked_for_a_credential_is_not_the_answer() -> None:
    vault = client(Echo())
    own = Session("https://x.test", ABOUT, Echo(), {}, token=bearer(lambda: vault.get("/token")))
    assert own.with_response(own.request, "GET", "/k")[1].headers["path"] == "/k"


def test_calls_may_be_nested() -> None:
    own = client(Echo())

    def inner() -> str:
        return own.with_response(own.get, "/inner")[1].headers["path"]

    def first() -> str:
        own.get("/outer")
        return inner()

    def last() -> str:
        found = inner()
        own.get("/outer")
        return found

    for method, path in ((last, "/outer"), (first, "/inner"), (inner, "/inner")):
        found, response = own.with_response(method)
        assert (found, response.headers["path"]) == ("/inner", path)


def test_a_method_that_sends_nothing_has_no_answer() -> None:
    own = client(Peer())
    with pytest.raises(Error):
        own.with_response(lambda: 1)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(Response(404, {}, b""), StatusError), (Response(200, {}, b""), DecodeError)],
)
def test_a_failure_is_raised_and_not_remembered(answer: Response, kind: type[Exception]) -> None:
    own, other = client(Peer(answer=answer)), client(Echo())
    with pytest.raises(kind):
        own.with_response(own.get, "/1")
    assert other.with_response(other.get, "/2")[1].headers["path"] == "/2"


def test_threads_do_not_see_the_answers_of_others() -> None:
    own, barrier = client(Echo()), Barrier(8)

    def method(number: int) -> str:
        found = own.get(f"/{number}")
        barrier.wait()
        return found

    def watched(number: int) -> str:
        return own.with_response(method, number)[1].headers["path"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(watched, range(8))) == [f"/{number}" for number in range(8)]


def async_client() -> AsyncClient:
    return AsyncClient("https://x.test", ABOUT, AsyncPeer(Echo()), {}, **KEYS)


def test_an_awaited_answer_comes_beside_what_it_means() -> None:
    async def main() -> None:
        own = async_client()
        meaning, response = await own.with_response(own.get, "/q", timeout=3)
        assert (meaning, response.headers["path"]) == ("x", "/q")
        answer, response = await own.with_response(own.request, "GET", "/d")
        assert answer is response

    asyncio.run(main())


def test_tasks_do_not_see_the_answers_of_others() -> None:
    async def main() -> None:
        own = async_client()

        async def method(number: int) -> str:
            found = await own.get(f"/{number}")
            for _ in range(8 - number):  # the first to be answered is the last to return
                await asyncio.sleep(0)
            return found

        watched = [own.with_response(method, number) for number in range(8)]
        found = [response.headers["path"] for _, response in await asyncio.gather(*watched)]
        assert found == [f"/{number}" for number in range(8)]

    asyncio.run(main())


def test_awaited_calls_may_be_nested() -> None:
    async def main() -> None:
        own = async_client()

        async def inner() -> str:
            return (await own.with_response(own.get, "/inner"))[1].headers["path"]

        async def first() -> str:
            await own.get("/outer")
            return await inner()

        for method in (first, inner):
            found, response = await own.with_response(method)
            assert (found, response.headers["path"]) == ("/inner", "/inner")

    asyncio.run(main())
