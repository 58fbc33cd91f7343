"""A clock that stands still until somebody waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

NOVEMBER_1994 = 784_111_777.0
"""Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110."""


@dataclass
class Watch:
    """Time passes only while it is slept; `slept` says how long each time."""

    now: float = 0.0
    epoch: float = NOVEMBER_1994
    """What time it was when the watch was at 0."""
    slept: list[float] = field(default_factory=list[float])

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.epoch + self.now

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float, /) -> None:
        self.sleep(seconds)


@dataclass
class Hurried:
    """The time of this machine, but for waits, which take none: they have passed at once."""

    slept: list[float] = field(default_factory=list[float])

    def monotonic(self) -> float:
        return monotonic() + sum(self.slept)

    def time(self) -> float:
        return NOVEMBER_1994 + sum(self.slept)

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)

    async def sleep_async(self, seconds: float, /) -> None:
        self.slept.append(seconds)
