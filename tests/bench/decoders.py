"""A race of two decoders in one process, run by the Python of an environment with pydantic.

It needs `generated/` on its path, and prints the seconds that one call takes: ours, then pydantic's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from timeit import Timer
from typing import Literal, Protocol

from polar_oauth2.codecs import decode_token_response

ROUNDS, CALLS = 40, 4000
TOKEN = {
    "access_token": "polar_at_u_2f7c0d1e9b8a4c53",
    "token_type": "Bearer",
    "expires_in": 864000,
    "refresh_token": "polar_rt_u_91d4a6be07f34c28",
    "scope": "openid profile email user:read",
    "id_token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl",
}


class Model(Protocol):
    """As much of a pydantic model as is needed here."""

    def model_validate(self, value: object, /) -> object: ...


def main() -> None:
    ours, theirs = decode_token_response, validator()
    one, other = ours(TOKEN), theirs(TOKEN)
    for name, value in TOKEN.items():
        if not getattr(one, name) == getattr(other, name) == value:
            sys.exit(f"the decoders differ in `{name}`")
    timers = [
        Timer("decode(token)", globals={"decode": decode, "token": TOKEN})
        for decode in (ours, theirs)
    ]
    rounds = [[timer.timeit(CALLS) for timer in timers] for _ in range(ROUNDS)]
    least = [min(times) / CALLS for times in zip(*rounds, strict=True)]
    sys.stdout.write(f"{least[0]} {least[1]}\n")


def validator() -> Callable[[object], object]:
    """Return `model_validate` of the model that a user of pydantic would write, in its default mode."""
    # by name, since only that environment has it, and whoever checks types sits in another
    create: Callable[..., Model] = import_module("pydantic").create_model
    model = create(
        "TokenResponse",
        access_token=(str, ...),
        token_type=(Literal["Bearer"], ...),
        expires_in=(int, ...),
        refresh_token=(str | None, ...),
        scope=(str, ...),
        id_token=(str, ...),
    )
    return model.model_validate


if __name__ == "__main__":
    main()
