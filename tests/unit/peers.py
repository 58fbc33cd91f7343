"""Transports that answer by themselves, and a call to send through them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Unpack

from runtime._answer import json_of
from runtime._body import form
from runtime._call import Call
from runtime._read import string
from runtime._transport import Options

SECRET = "s3" * 4
CALL: Call[str] = Call(
    method="POST",
    path="/a/{id}",
    security=(("token",),),
    segments={"id": SECRET},
    query=f"q={SECRET}",
    body=form({"p": SECRET}),
    answers={200: json_of(string)},
)


@dataclass
class Answer:
    status_code: int = 200
    content: bytes = b'"x"'
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass
class Server:
    """A transport that answers by itself and remembers what it was asked."""

    fault: BaseException | None = None
    seen: list[tuple[str, str, Options]] = field(default_factory=list[tuple[str, str, Options]])
    closed: int = 0

    def request(self, method: str, url: str, **options: Unpack[Options]) -> Answer:
        self.seen.append((method, url, options))
        if self.fault is not None:
            raise self.fault
        return Answer()

    def close(self) -> None:
        self.closed += 1


@dataclass
class AsyncServer:
    server: Server

    async def request(self, method: str, url: str, **options: Unpack[Options]) -> Answer:
        await asyncio.sleep(0)
        return self.server.request(method, url, **options)

    async def aclose(self) -> None:
        self.server.close()
