"""Sources of tokens of generated packages, sync and async in the same words, and a clock for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from .driving import Awaited, Drive, Recorder, Reply, Seen


@dataclass
class Clock:
    """Time that passes when a test says so."""

    now: float = 1_800_000_000.0

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Issuer:
    """Answers requests for tokens, each time with others: `at-1`, `rt-1`, then `at-2`, `rt-2`."""

    members: dict[str, object] = field(default_factory=dict[str, object])
    """What is said besides, or instead."""
    without: tuple[str, ...] = ()
    count: int = 0

    def __call__(self, seen: Seen) -> Reply:
        self.count += 1
        said: dict[str, object] = {
            "access_token": f"at-{self.count}",
            "token_type": "Bearer",
            "expires_in": 3600,
            "refresh_token": f"rt-{self.count}",
        }
        said = {k: v for k, v in {**said, **self.members}.items() if k not in self.without}
        return Reply(json.dumps(said).encode())


def form(seen: Seen) -> dict[str, str]:
    """Return a form that was sent."""
    pairs = parse_qsl(seen.content.decode(), keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@contextmanager
def source_of(drive: Drive, name: str = "TokenSource") -> Generator[Callable[..., Any]]:
    """Return what makes sources; the calls of async ones are waited for."""
    if not drive.is_async:
        yield getattr(drive.package.oauth, name)
        return
    with asyncio.Runner() as runner:
        made = getattr(drive.package.oauth, f"Async{name}")

        def make(*args: object, **settings: object) -> Awaited:
            return Awaited(made(*args, **settings), runner)

        yield make


def place(drive: Drive, server: Recorder) -> dict[str, object]:
    """Return the settings of a source that asks a server of a test."""
    return {"client_id": "id", "client_secret": "secret", "base_url": server.url}
