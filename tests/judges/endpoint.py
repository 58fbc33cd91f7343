"""The flagship against a hostile token endpoint of other people.

`PYTHONPATH=generated python -m tests.judges.endpoint FOLDER`, where FOLDER holds
`hostile_server.py`. Whatever it does, a call ends in an answer or an error of ours,
within its deadline and some megabytes; it is seen once, and nobody else sees anything.
"""

from __future__ import annotations

import sys
import tracemalloc
from asyncio import Runner
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from time import monotonic
from typing import Any

import httpx
import httpx2
from polar_oauth2 import AsyncClient, Client, WebTokenRequest, errors
from tests.telling import told

SECRET = "SENTINEL"
"""Begins every secret, of the server and of ours."""
BODY = WebTokenRequest(client_id="c", client_secret=SECRET, session_token=SECRET)
DEADLINE, PATIENCE = 0.5, 20.0
MOST, MEMORY = 2**20, 2**26
# Nothing here speaks TLS, and to load the world's certificates each time would take most of it.
_SETTINGS: dict[str, Any] = {"verify": SSLContext(PROTOCOL_TLS_CLIENT), "follow_redirects": True}
SPECIAL = (
    *(
        f"{kind}/{code}"
        for kind in ("redirect", "redirect-self", "redirect-loop")
        for code in range(301, 309)
        if code not in (304, 305, 306)
    ),
    *(f"redirect-odd/{kind}" for kind in ("file", "js", "empty", "bad")),
    *("bomb", "bomb-chain", "encoding-odd", "endless", "drip", "silent", "drop", "short"),
    *("headers", "cookie", "retry-after"),
)
WAYS: dict[str, Any] = {
    "Client over httpx2": (Client, httpx2.Client),
    "Client over httpx": (Client, httpx.Client),
    "AsyncClient over httpx2": (AsyncClient, httpx2.AsyncClient),
    "AsyncClient over httpx": (AsyncClient, httpx.AsyncClient),
}


def main() -> int:
    """Print what is wrong, and a line with the counts; return 1 if anything is, 2 without a server."""
    path = Path(sys.argv[1]) / "hostile_server.py"
    if not path.exists():
        sys.stdout.write(f"there is no {path.name}\n")
        return 2
    hostile = _loaded(path)
    modes = [*hostile.BODIES, *SPECIAL]
    tracemalloc.start()
    with hostile.HostileServer() as server, redirect_stderr(StringIO()):  # of its threads
        faults = [
            f"{mode}, {way}: {fault}"
            for way, (client, http) in WAYS.items()
            for mode in modes
            for fault in _faults(server, mode, client, http)
        ]
    counts = f"{len(modes)} modes, {len(WAYS)} ways, {len(faults)} faults"
    sys.stdout.write("\n".join((*faults, counts, "")))
    return 1 if faults else 0


def _loaded(path: Path) -> Any:
    spec = spec_from_file_location("hostile_server", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _faults(server: Any, mode: str, client: Any, http: Any) -> Iterator[str]:
    """Ask twice, over one connection if the server lets it; yield what is wrong."""
    server.seen.clear()
    with ExitStack() as stack:
        given = {"base_url": server.url(f"/{mode}"), "http": http(**_SETTINGS)}
        ask = _asking(stack, client(access_token=SECRET, **given), given["http"])
        for number in (1, 2):
            tracemalloc.reset_peak()
            before, start = tracemalloc.get_traced_memory()[0], monotonic()
            error = ask()
            if monotonic() - start > PATIENCE:
                yield "it took too long"
            if tracemalloc.get_traced_memory()[1] - before > MEMORY:
                yield "it took too much memory"
            if error is not None and not isinstance(error, errors.Error):
                yield f"{type(error).__name__} was raised"
            if SECRET in told(error):
                yield "a secret is shown"
            if len(server.seen) != number:
                yield f"{len(server.seen)} requests instead of {number}"
        if server.other.seen:
            yield "another server was asked"
        if any("cookie" in seen[2] for seen in server.seen):
            yield "a cookie was sent back"


def _asking(stack: ExitStack, client: Any, http: Any) -> Any:
    """Return what asks for a token and returns what that raises."""
    options = {"timeout": DEADLINE, "deadline": DEADLINE, "max_bytes": MOST}
    runner = stack.enter_context(Runner())

    def ask() -> Exception | None:
        try:
            found = client.oauth2.request_token(BODY, **options)
            if isinstance(client, AsyncClient):
                runner.run(found)
        except Exception as error:
            return error
        return None

    if isinstance(client, AsyncClient):
        stack.callback(lambda: runner.run(http.aclose()))
    else:
        stack.callback(http.close)
    return ask


if __name__ == "__main__":
    sys.exit(main())
