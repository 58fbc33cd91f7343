"""Clients of generated packages, driven over a socket: sync and async ones in the same words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import isasyncgenfunction, iscoroutine, iscoroutinefunction
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any

import httpx2

# Of no absolute name that pytest, mypy and pyright agree on, so it is imported here alone.
from ..support import (  # noqa: TID252
    PATIENCE,
    ROOT,
    Recorder,
    Reply,
    Seen,
    recording,
    responses,
    run,
    transport,
    wanted,
)
from ..watch import Watch  # noqa: TID252

__all__ = [
    "NOTHING",
    "PATIENCE",
    "ROOT",
    "Awaited",
    "Drive",
    "Recorder",
    "Reply",
    "Seen",
    "Watch",
    "asked",
    "echo",
    "json",
    "last",
    "recording",
    "responses",
    "run",
    "transport",
    "wanted",
]

# Nothing here speaks TLS, and to load the world's certificates each time would take most of it.
_TLS = SSLContext(PROTOCOL_TLS_CLIENT)
NOTHING = Reply(b"", 204, {})


def json(content: bytes, status: int = 200) -> Reply:
    """Return an answer of JSON."""
    return Reply(content, status, {"Content-Type": "application/json"})


def echo(seen: Seen) -> Reply:
    """Answer with what was sent."""
    return json(seen.content)


def asked(server: Recorder) -> str:
    """Return what came last: the method and the target."""
    return f"{server.seen[-1].method} {server.seen[-1].path}"


def last(server: Recorder) -> Seen:
    return server.seen[-1]


# The packages are made while the tests run, so that no type checker can know their contents.
class Awaited:
    """An async client, or a part of one, whose calls are waited for."""

    def __init__(self, part: Any, runner: asyncio.Runner) -> None:
        self._part = part
        self._runner = runner

    def __getattr__(self, name: str) -> Awaited:
        return Awaited(getattr(self._part, name), self._runner)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        own = (arg._part if isinstance(arg, Awaited) else arg for arg in args)
        found = self._part(*own, **kwargs)
        if iscoroutine(found):
            answer = self._runner.run(found)
            return Streamed(answer, self._runner) if hasattr(answer, "__anext__") else answer
        return Awaited(found, self._runner)

    def __iter__(self) -> Iterator[Any]:
        items = aiter(self._part)

        async def following() -> Any:
            return await anext(items, NOTHING)

        while (found := self._runner.run(following())) is not NOTHING:
            yield found


class Streamed:
    """A stream of an async client, read as others are."""

    def __init__(self, stream: Any, runner: asyncio.Runner) -> None:
        self._stream = stream
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._stream, name)

        def opened(**named: Any) -> Streamed:
            return Streamed(found(**named), self._runner)

        def waited(*args: Any) -> Any:
            return self._runner.run(found(*args))

        if isasyncgenfunction(found):
            return opened
        return waited if iscoroutinefunction(found) else found

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        async def following() -> Any:
            return await anext(self._stream, NOTHING)

        found = self._runner.run(following())
        if found is NOTHING:
            raise StopIteration
        return found

    def __enter__(self) -> Any:
        self._runner.run(self._stream.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._stream.__aexit__(None, None, None))

    def close(self) -> None:
        self._runner.run(self._stream.aclose())


@dataclass(frozen=True)
class Drive:
    """Clients of one package, sync or async."""

    package: Any
    is_async: bool

    @contextmanager
    def __call__(
        self, reply: Reply | Callable[[Seen], Reply] = NOTHING, /, **settings: Any
    ) -> Generator[tuple[Any, Recorder]]:
        """Run a server, and a client of it."""
        with (
            recording(reply) as server,
            self.client(base_url=server.url, timeout=PATIENCE, **settings) as client,
        ):
            yield client, server

    def complaint(self, answer: bytes, ask: Callable[[Any], object]) -> str:
        """Return what is said of an answer of JSON that is not what it should be."""
        with self(json(answer)) as (client, _):
            try:
                ask(client)
            except self.package.errors.DecodeError as error:
                return str(error)
        raise AssertionError("the answer was taken")

    @contextmanager
    def anywhere(
        self, reply: Reply | Callable[[Seen], Reply] = NOTHING, /, **settings: Any
    ) -> Generator[tuple[Any, Recorder]]:
        """Run a proxy that answers for every host, and a client that goes through it."""
        with (
            recording(reply) as proxy,
            self.client(http=self._through(proxy.url), **settings) as client,
        ):
            yield client, proxy

    def _through(self, proxy: str) -> Any:
        """Return what sends all requests to a proxy."""
        name = f"{self.package.__name__}.transport"
        if find_spec(name):
            own = import_module(name)
            kind = own.AsyncConnections if self.is_async else own.Connections
            return kind(proxies={"all": proxy})
        library = httpx2.AsyncClient if self.is_async else httpx2.Client
        return library(proxy=proxy, verify=_TLS)

    @contextmanager
    def client(self, http: Any = None, **settings: Any) -> Generator[Any]:
        if not self.is_async:
            with self.package.Client(http=http, **settings) as client:
                yield client
            if http is not None:
                http.close()
            return
        with asyncio.Runner() as runner:
            client = self.package.AsyncClient(http=http, **settings)
            try:
                yield Awaited(client, runner)
            finally:
                runner.run(client.aclose())
                if http is not None:
                    runner.run(http.aclose())
