"""What callers give a client of a package on the standard library."""

from __future__ import annotations

from ssl import create_default_context

from stdlib_transport import AsyncClient, Client, Note
from stdlib_transport.transport import AsyncConnections, Connections


def wait() -> list[Note]:
    own = Connections(context=create_default_context(), proxies={}, most=9)
    clients = [
        Client(base_url="https://notes.test"),
        Client(base_url="https://notes.test", http=own),
    ]
    return [client.default.find("1") for client in clients]


async def wait_elsewhere() -> list[Note]:
    own = AsyncConnections(proxies={"all": "http://proxy.test:3128"})
    clients = [
        AsyncClient(base_url="https://notes.test"),
        AsyncClient(base_url="https://notes.test", http=own),
    ]
    return [await client.default.find("1") for client in clients]
