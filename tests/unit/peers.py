"""What the tests of clients share: transports that answer by themselves, and calls to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, ParamSpec, Protocol, Self, Unpack

import httpx
import httpx2
import pytest
from runtime._answer import json_of
from runtime._auth import Held, bearer
from runtime._body import form
from runtime._call import Call
from runtime._options import CallOptions, ClientOptions
from runtime._read import string
from runtime._request import Request
from runtime._response import Response
from runtime._session import About, AsyncSession, Session
from runtime._types import UNSET
from runtime.errors import ConstraintError

# Of no absolute name that pytest, mypy and pyright agree on, so it is imported here alone.
from ..watch import Watch as Watch  # noqa: TID252

P = ParamSpec("P")
SECRET = "s3" * 4
DEFAULT: ClientOptions = {"retries": 0, "clock": Watch()}
NOTHING: CallOptions = {}
JSON = {"Content-Type": "application/json"}
ABOUT = About("tests/1", (("token",),))
ANSWER = Response(200, {"content-type": "application/json"}, b'"x"')
KEYS: Mapping[str, Held] = {"token": bearer(SECRET)}
CALL: Call[str] = Call(
    method="POST",
    path="/a/{id}",
    security=(("token",),),
    segments={"id": SECRET},
    query=f"q={SECRET}",
    body=form({"p": SECRET}),
    answers={200: json_of(string)},
)
PLAIN: Call[str] = Call(method="GET", path="/p", security=(), answers={200: json_of(string)})
KEYED: Call[str] = Call(
    method="GET", path="/k", security=(("token",),), answers={200: json_of(string)}
)


@dataclass
class Peer:
    """A transport that answers by itself and remembers what it was asked."""

    fault: BaseException | None = field(default=None, repr=False)
    answer: Response = ANSWER
    seen: list[Request] = field(default_factory=list[Request])
    closed: int = 0

    def exchange(self, request: Request) -> Response:
        self.seen.append(request)
        if self.fault is not None:
            raise self.fault
        return self.answer

    def close(self) -> None:
        self.closed += 1


@dataclass
class AsyncPeer:
    peer: Peer

    async def exchange(self, request: Request) -> Response:
        await asyncio.sleep(0)
        return self.peer.exchange(request)

    async def aclose(self) -> None:
        self.peer.close()


@dataclass
class Script(Peer):
    """A transport that answers, or fails, as it is told in turn; the last for ever."""

    outcomes: list[Response | Exception] = field(default_factory=list[Response | Exception])

    def exchange(self, request: Request) -> Response:
        self.seen.append(request)
        outcome = self.outcomes[min(len(self.seen), len(self.outcomes)) - 1]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class Client(Session):
    """A client as it is generated, for a document of one scheme."""

    def with_options(self, *, token: Held = UNSET, **settings: Unpack[ClientOptions]) -> Self:
        return self._with(settings, token=token)

    def get(self, path: str, **options: Unpack[CallOptions]) -> str:
        return self.send(replace(PLAIN, path=path), options)


class AsyncClient(AsyncSession):
    def with_options(self, *, token: Held = UNSET, **settings: Unpack[ClientOptions]) -> Self:
        return self._with(settings, token=token)

    async def get(self, path: str, **options: Unpack[CallOptions]) -> str:
        return await self.send(replace(PLAIN, path=path), options)


class Send(Protocol):
    """Sends a call through a client made for it, and closes that."""

    def __call__(
        self,
        peer: Peer,
        call: Call[str] = ...,
        *,
        base: str = ...,
        settings: ClientOptions = ...,
        keys: Mapping[str, Held] = ...,
        **options: Unpack[CallOptions],
    ) -> str: ...


def send(
    peer: Peer,
    call: Call[str] = CALL,
    *,
    base: str = "https://x.test/",
    settings: ClientOptions = DEFAULT,
    keys: Mapping[str, Held] = KEYS,
    **options: Unpack[CallOptions],
) -> str:
    with Session(base, ABOUT, peer, settings, **keys) as client:
        return client.send(call, options)


def send_async(
    peer: Peer,
    call: Call[str] = CALL,
    *,
    base: str = "https://x.test/",
    settings: ClientOptions = DEFAULT,
    keys: Mapping[str, Held] = KEYS,
    **options: Unpack[CallOptions],
) -> str:
    async def main() -> str:
        async with AsyncSession(base, ABOUT, AsyncPeer(peer), settings, **keys) as client:
            return await client.send(call, options)

    return asyncio.run(main())


both = pytest.mark.parametrize("send", [send, send_async])


def sent(
    call: Call[str] = PLAIN, *, settings: ClientOptions = DEFAULT, **options: Unpack[CallOptions]
) -> Request:
    """Return what leaves for a call."""
    peer = Peer()
    send(peer, call, settings=settings, **options)
    return peer.seen[0]


def refusal(act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> str:
    """Return what is said of something that cannot be sent; nothing else hangs on to it."""
    with pytest.raises(ConstraintError) as caught:
        act(*args, **kwargs)
    assert caught.value.__context__ is None
    return str(caught.value)


class Stream(
    httpx.SyncByteStream, httpx.AsyncByteStream, httpx2.SyncByteStream, httpx2.AsyncByteStream
):
    """Content that comes in pieces, and knows how many were read."""

    def __init__(self, chunks: Callable[[], Iterator[bytes]]) -> None:
        self._chunks = chunks
        self.read = 0
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks():
            self.read += 1
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            await asyncio.sleep(0)
            yield chunk

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@dataclass
class Site:
    """A server of either library; whoever asks it has credentials, cookies and headers at hand."""

    library: ModuleType
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    content: bytes = b'"x"'
    stream: Stream | None = None
    # of the one library or the other
    seen: list[Any] = field(default_factory=list[Any])

    def handle(self, request: object) -> object:
        self.seen.append(request)
        if self.stream is not None:
            return self.library.Response(self.status, headers=self.headers, stream=self.stream)
        return self.library.Response(self.status, headers=self.headers, content=self.content)

    def settings(self) -> dict[str, Any]:
        return {
            "transport": self.library.MockTransport(self.handle),
            "auth": ("user", "word"),
            "headers": {"X-Own": "1"},
            "cookies": {"own": "2"},
            "params": {"own": "3"},
            "base_url": "https://own.test/v1",
            "follow_redirects": True,
            "timeout": 7.0,
        }

    def ask(
        self,
        call: Call[str] = CALL,
        *,
        settings: ClientOptions = DEFAULT,
        options: CallOptions = NOTHING,
    ) -> str:
        with self.library.Client(**self.settings()) as http:
            return Session("https://x.test/v1", ABOUT, http, settings, **KEYS).send(call, options)

    def ask_async(
        self,
        call: Call[str] = CALL,
        *,
        settings: ClientOptions = DEFAULT,
        options: CallOptions = NOTHING,
    ) -> str:
        async def main() -> str:
            async with self.library.AsyncClient(**self.settings()) as http:
                client = AsyncSession("https://x.test/v1", ABOUT, http, settings, **KEYS)
                return await client.send(call, options)

        return asyncio.run(main())


def ask(site: Site, way: str, **options: Any) -> str:
    found: str = getattr(site, way)(**options)
    return found


libraries = pytest.mark.parametrize("library", [httpx, httpx2])
ways = pytest.mark.parametrize("way", ["ask", "ask_async"])
