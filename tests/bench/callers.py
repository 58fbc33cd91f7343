"""A race of two callers over loopback in one process: ours, then the same request by hand.

It needs `generated/` on its path, and prints the seconds that one call takes: ours, then by hand,
then both again as coroutines. By hand, the request is made once and its answer read by `json.loads`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from multiprocessing import get_context
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from time import perf_counter

import httpx2
from polar_oauth2 import AsyncClient, Client, WebTokenRequest

ROUNDS, CALLS = 60, 60
TOKEN = (
    b'{"access_token":"at","token_type":"Bearer","expires_in":864000,'
    b'"refresh_token":"rt","scope":"openid","id_token":"it"}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(TOKEN), TOKEN)
)
BODY = WebTokenRequest(client_id="id", client_secret="secret", session_token="session")
CONTENT = b"grant_type=web&client_id=id&client_secret=secret&session_token=session&sub_type=user"
HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "by hand",
}


def serve(listener: socket.socket) -> None:
    """Answer every request alike, one connection after the other."""
    while True:
        connection, _ = listener.accept()
        with connection:
            while received := connection.recv(65536):
                while not received.endswith(CONTENT):
                    received += connection.recv(65536)
                connection.sendall(ANSWER)


def waiting(base: str) -> tuple[float, float]:
    """Race the callers that wait; return the seconds of a call of each."""
    with (
        httpx2.Client(verify=SSLContext(PROTOCOL_TLS_CLIENT)) as http,
        Client(base_url=base, http=http) as client,
    ):
        request = http.build_request(
            "POST", f"{base}/v1/oauth2/token", headers=HEADERS, content=CONTENT
        )

        def ours() -> object:
            return client.oauth2.request_token(BODY)

        def by_hand() -> object:
            return json.loads(http.send(request).content)

        return raced(ours, by_hand)


def raced(*callers: Callable[[], object]) -> tuple[float, float]:
    least = [float("inf")] * len(callers)
    for _ in range(ROUNDS):
        for number, call in enumerate(callers):
            began = perf_counter()
            for _ in range(CALLS):
                call()
            least[number] = min(least[number], (perf_counter() - began) / CALLS)
    return least[0], least[1]


async def awaiting(base: str) -> tuple[float, float]:
    """Race the callers that await; return the seconds of a call of each."""
    async with (
        httpx2.AsyncClient(verify=SSLContext(PROTOCOL_TLS_CLIENT)) as http,
        AsyncClient(base_url=base, http=http) as client,
    ):
        request = http.build_request(
            "POST", f"{base}/v1/oauth2/token", headers=HEADERS, content=CONTENT
        )

        async def ours() -> object:
            return await client.oauth2.request_token(BODY)

        async def by_hand() -> object:
            return json.loads((await http.send(request)).content)

        return await raced_async(ours, by_hand)


async def raced_async(*callers: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    least = [float("inf")] * len(callers)
    for _ in range(ROUNDS):
        for number, call in enumerate(callers):
            began = perf_counter()
            for _ in range(CALLS):
                await call()
            least[number] = min(least[number], (perf_counter() - began) / CALLS)
    return least[0], least[1]


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = get_context("fork").Process(target=serve, args=(listener,), daemon=True)
        server.start()
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        times = (*waiting(base), *asyncio.run(awaiting(base)))
        server.terminate()
    sys.stdout.write(" ".join(map(str, times)) + "\n")


if __name__ == "__main__":
    main()
