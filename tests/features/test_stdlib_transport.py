"""A package that needs no other: its own connections, their proxies, and TLS that is verified."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import sys
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest

from ..tunnel import tunnelling  # noqa: TID252 # of no absolute name that all tools agree on
from .conftest import Make
from .driving import PATIENCE, ROOT, Drive, Recorder, Reply, Seen, echo, json, recording, run
from .staging import LAST, Asked, Script, chunk, head, stage

pytestmark = pytest.mark.feature("stdlib_transport", "connections")
tls = pytest.mark.feature("stdlib_transport", "tls")
proxied = pytest.mark.feature("stdlib_transport", "proxies")
SIGNED = ROOT / "tests" / "self_signed.pem"
NOTE = b'{"text":"a"}'

ALONE = """
import asyncio, sys

before = {*sys.modules}
from feature_stdlib_transport import AsyncClient, Client
early = {"ssl", "socket", "concurrent", "urllib.request"} & {*sys.modules} - before

async def main():
    async with AsyncClient(base_url=sys.argv[1], key="k") as client:
        return await client.default.find("1")

with Client(base_url=sys.argv[1], key="k") as client:
    print(client.default.find("1").text, asyncio.run(main()).text)
known = {*sys.stdlib_module_names, "feature_stdlib_transport", "__main__"}
print(early, {name.partition(".")[0] for name in sys.modules} - known)
"""


FORKED = """
import asyncio, os, sys, time
from threading import Event, Thread
from feature_stdlib_transport import AsyncClient, Client
from feature_stdlib_transport.transport import AsyncConnections, Connections

settings = {"base_url": sys.argv[1], "key": "k", "retries": 0, "deadline": 5.0}
waiting = AsyncClient(**settings, http=AsyncConnections(most=1))
client = Client(**settings, connect_timeout=1.0, http=Connections(most=1))

def ask():
    return asyncio.run(waiting.default.find("1")).text + client.default.find("1").text

print(ask(), flush=True)
thread = Thread(target=client.default.find, args=("slow",))
thread.start()
time.sleep(0.2)  # it has the one connection, and the threads are idle
child = os.fork()
if not child:
    print(ask(), flush=True)
    os._exit(0)
os.waitpid(child, 0)
thread.join()
print(ask())
"""


def transport(drive: Drive) -> Any:
    return import_module(f"{drive.package.__name__}.transport")


def given(drive: Drive, **settings: Any) -> Any:
    """Return a transport that is told something."""
    module = transport(drive)
    return module.AsyncConnections(**settings) if drive.is_async else module.Connections(**settings)


def test_nothing_else_is_needed(drive: Drive, tmp_path: Path) -> None:
    folder = Path(drive.package.__file__).parent
    assert not {"_httpx.py", "_library.py"} & {path.name for path in folder.iterdir()}
    with recording(json(NOTE)) as server:
        done = run(
            *(sys.executable, "-S", "-c", ALONE, server.url), cwd=tmp_path, paths=(folder.parent,)
        )
    assert (done.stdout, done.stderr) == ("a a\nset() set()\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no child processes of this kind")
def test_a_child_process_has_connections_and_threads_of_its_own(make: Make, tmp_path: Path) -> None:
    def slow(seen: Seen) -> Reply:
        if seen.path == "/notes/slow":
            sleep(1.0)
        return json(NOTE)

    folder = Path(make(FEATURE).__file__ or "").parent.parent
    with recording(slow) as server:
        done = run(
            *(sys.executable, "-W", "ignore", "-c", FORKED, server.url),
            cwd=tmp_path,
            paths=(folder,),
        )
    assert (done.stdout, done.stderr) == ("aa\n" * 3, "")


def test_a_connection_serves_call_after_call(drive: Drive) -> None:
    with drive(echo, key="k") as (client, server):
        for number in range(20):
            note = drive.package.Note(text=str(number))
            assert client.default.add(note) == note
        assert len(server.connections) == 1
        assert (server.seen[0].method, server.seen[0].content) == ("POST", b'{"text":"0"}')


def test_content_of_some_size_goes_and_comes(drive: Drive) -> None:
    content = bytes(range(256)) * 4096
    with drive(lambda seen: Reply(seen.content, 200, OCTETS), key="k") as (client, server):
        assert client.default.attach("1", content) == content
        assert server.seen[0].headers["content-length"] == str(len(content))


OCTETS = {"Content-Type": "application/octet-stream"}


def test_an_answer_is_read_that_comes_while_the_server_reads_no_more(drive: Drive) -> None:
    """RFC 9112, section 9.5: it may say why."""
    done = Event()

    def refuse(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
            done.wait(PATIENCE)

    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        told = pool.submit(refuse, listener)
        with drive.client(base_url=url, key="k", timeout=0.3) as client:
            with pytest.raises(drive.package.errors.StatusError, match=r"answered 413$"):
                client.default.attach("1", bytes(2**25))
            done.set()
        told.result()


def test_a_connection_that_was_closed_meanwhile_is_noticed(drive: Drive) -> None:
    """The server has closed it and said nothing: the next request goes through another."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with drive.client(base_url=url, key="k", timeout=5.0, retries=0) as client:
            for _ in range(3):
                told = pool.submit(tell_once, listener)
                assert client.default.find("1").text == "a"
                told.result()


def tell_once(listener: socket.socket) -> None:
    listener.settimeout(10)
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        connection.sendall(head % len(NOTE) + NOTE)


def test_an_address_of_a_kind_that_this_machine_has_not_is_passed_over(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of IPv6, for one, where the system has been told to do without."""
    real, none = socket.getaddrinfo, 99

    def looked_up(host: str, port: int, **kinds: Any) -> list[Any]:
        found = real(host, port, **kinds)
        return [(none, *found[0][1:]), *found]

    routes = import_module(f"{drive.package.__name__}._routes")
    monkeypatch.setattr(routes, "getaddrinfo", looked_up)
    with drive(json(NOTE), key="k", retries=0) as (client, _):
        assert client.default.find("1").text == "a"


@pytest.mark.parametrize(
    ("answer", "headers"),
    [
        (head("application/json") + chunk(NOTE) + LAST, {"Connection": "Upgrade, Close"}),
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", {}),
        (b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", {}),
    ],
    ids=["asked", "sized", "chunked"],
)
def test_a_connection_that_may_end_or_go_on_with_something_else_is_not_kept(
    drive: Drive, answer: bytes, headers: dict[str, str]
) -> None:
    """Either side may say that it ends (RFC 9112, section 9.6); and nothing is to follow a 204."""
    with (
        stage(lambda _: [answer]) as site,
        drive.client(base_url=site.url, key="k", default_headers=headers) as client,
    ):
        for _ in range(3):
            client.request("POST", "/notes/1")
    assert (len(site.seen), site.opened) == (3, 3)


def test_many_at_once_share_connections(drive: Drive) -> None:
    notes = [drive.package.Note(text=str(number)) for number in range(200)]
    with recording(echo) as server:
        if drive.is_async:
            assert asyncio.run(added(drive, server.url, notes)) == notes
            assert len(server.connections) <= FEW
            return
        with (
            drive.package.Client(base_url=server.url, key="k") as client,
            ThreadPoolExecutor(FEW) as pool,
        ):
            assert list(pool.map(client.default.add, notes)) == notes
        assert len(server.connections) <= FEW


FEW = 4  # the server has a queue of five


async def added(drive: Drive, url: str, notes: list[Any]) -> list[Any]:
    own = transport(drive).AsyncConnections(most=FEW)
    async with drive.package.AsyncClient(base_url=url, key="k", http=own) as client:
        found = await asyncio.gather(*(client.default.add(note) for note in notes))
    await own.aclose()
    return found


def test_loops_share_a_client(make: Make) -> None:
    """A connection belongs to no loop: not to one that has ended, nor to that of another thread."""
    package = make("stdlib_transport")

    async def main(client: Any) -> str:
        found = [await client.default.find("1") for _ in range(3)]
        return "".join(each.text for each in found)

    with recording(lambda _: json(NOTE)) as server:
        client = package.AsyncClient(base_url=server.url, key="k", retries=0)
        assert [asyncio.run(main(client)) for _ in range(3)] == ["aaa"] * 3
        with ThreadPoolExecutor(4) as threads:
            assert [*threads.map(asyncio.run, [main(client) for _ in range(8)])] == ["aaa"] * 8
        asyncio.run(client.aclose())
    assert len(server.seen) == 33


@pytest.mark.parametrize("is_secure", [False, True])
def test_a_task_that_is_cancelled_leaves_its_connection_to_nobody(
    drive: Drive, is_secure: bool
) -> None:
    package, module, asked, answer = drive.package, transport(drive), Event(), Event()

    def slow(seen: Seen) -> Reply:
        if seen.path == "/notes/slow":
            asked.set()
            answer.wait(10)
            return json(b'{"text":"of the one that was cancelled"}')
        return json(NOTE)

    async def main(url: str) -> None:
        trust = ssl.create_default_context(cafile=SIGNED)
        own = module.AsyncConnections(context=trust, most=1)
        async with package.AsyncClient(base_url=url, key="k", http=own, deadline=5.0) as client:
            await client.default.find("1")
            task = asyncio.create_task(client.default.find("slow"))
            await asyncio.to_thread(asked.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # there is one thread, and it is free though the server has not answered
            assert (await client.default.find("1")).text == "a"
            answer.set()
            for _ in range(3):
                assert (await client.default.find("1")).text == "a"
        await own.aclose()

    with recording(slow, encrypting() if is_secure else None) as server:
        asyncio.run(main(server.url))
        assert len(server.connections) == 2
        assert [seen.path for seen in server.seen].count("/notes/slow") == 1


def test_a_task_waits_for_a_connection_as_long_as_it_is_told(make: Make) -> None:
    asked, answer = Event(), Event()

    def slow(seen: Seen) -> Reply:
        if seen.path == "/notes/slow":
            asked.set()
            answer.wait(10)
        return json(NOTE)

    async def main(url: str) -> None:
        async with crowded(make, url) as client:
            first = asyncio.create_task(client.default.find("slow"))
            await asyncio.to_thread(asked.wait, 10)
            with pytest.raises(make(FEATURE).errors.ConnectTimeout, match="all connections are in"):
                await client.default.find("1", connect_timeout=0.05)
            cancelled, waiting = (asyncio.create_task(client.default.find("1")) for _ in range(2))
            await asyncio.sleep(0.05)
            cancelled.cancel()
            await asyncio.wait([cancelled])
            assert not waiting.done()
            answer.set()
            assert [note.text for note in await asyncio.gather(first, waiting)] == ["a", "a"]
            assert (await client.default.find("1")).text == "a"

    with recording(slow) as server:
        asyncio.run(main(server.url))
        assert len(server.seen) == 3


def test_a_task_that_waits_for_connections_that_are_closed_is_told_so(make: Make) -> None:
    asked, answer = Event(), Event()

    def slow(_: Seen) -> Reply:
        asked.set()
        answer.wait(10)
        return json(NOTE)

    async def main(url: str) -> None:
        async with crowded(make, url) as client:
            first = asyncio.create_task(client.default.find("1"))
            await asyncio.to_thread(asked.wait, 10)
            waiting = asyncio.create_task(client.default.find("2"))
            await asyncio.sleep(0.05)
            await client._line.open().aclose()
            answer.set()
            assert (await first).text == "a"
            with pytest.raises(make(FEATURE).errors.TransportError, match="connections are closed"):
                await waiting

    with recording(slow) as server:
        asyncio.run(main(server.url))
        assert len(server.seen) == 1


def test_tasks_that_wait_hold_up_nobody_who_is_served(make: Make) -> None:
    """What is read needs a thread: none is taken from it by who waits until it has been read."""

    async def main(url: str) -> None:
        async with crowded(make, url) as client:
            async with await client.default.attach_stream("1", b"") as chunks:
                waiting = asyncio.create_task(client.default.find("1"))
                await asyncio.sleep(0.05)
                async with asyncio.timeout(1.0):
                    assert b"".join([chunk async for chunk in chunks]) == b"ab"
            assert (await waiting).text == "a"

    def script(asked: Asked) -> Script:
        if asked.line.startswith("PUT"):
            yield from (head("application/octet-stream"), chunk(b"a"), 0.2, chunk(b"b"), LAST)
        yield from (head("application/json"), chunk(NOTE), LAST)

    with stage(script) as site:
        asyncio.run(main(site.url))


FEATURE = "stdlib_transport"


@asynccontextmanager
async def crowded(make: Make, url: str) -> AsyncGenerator[Any]:
    """Make a client that has one connection, and waits for it as long as a test does."""
    own = import_module(f"{make(FEATURE).__name__}.transport").AsyncConnections(most=1)
    settings: dict[str, Any] = {"timeout": PATIENCE, "retries": 0, "http": own}
    async with make(FEATURE).AsyncClient(base_url=url, key="k", **settings) as client:
        yield client
    await own.aclose()


def encrypting() -> ssl.SSLContext:
    """Return what a server has whose certificate nobody has signed but itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SIGNED)
    return context


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.fixture
def encrypted() -> Iterator[Recorder]:
    """A server that no client trusts by itself."""
    with recording(json(NOTE), encrypting()) as server:
        yield server


def find(drive: Drive, server: Recorder | str, http: Any = None) -> str:
    url = server if isinstance(server, str) else server.url
    with drive.client(http, base_url=url, key="k", allow_http=True, retries=0) as client:
        found: str = client.default.find("1", q="a b").text
        return found


def failure(drive: Drive, server: Recorder | str, http: Any = None) -> str:
    with pytest.raises(drive.package.errors.TransportError) as caught:
        find(drive, server, http)
    return str(caught.value).removeprefix("GET /notes/{id} failed: ")


@tls
def test_who_answers_is_verified(drive: Drive, encrypted: Recorder) -> None:
    assert failure(drive, encrypted) == "SSLCertVerificationError"
    other = ssl.create_default_context(cafile=SIGNED)
    stranger = encrypted.url.replace("127.0.0.1", "localhost")
    said = failure(drive, stranger, given(drive, context=other))
    assert said == "SSLCertVerificationError"
    assert encrypted.seen == []


@tls
def test_a_certificate_of_yours_may_be_trusted(
    drive: Drive, encrypted: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(cafile=SIGNED)
    assert find(drive, encrypted, given(drive, context=context)) == "a"
    monkeypatch.setenv("SSL_CERT_FILE", str(SIGNED))
    assert find(drive, encrypted) == "a"
    assert len(encrypted.seen) == 2


@tls
def test_a_connection_with_tls_serves_call_after_call(drive: Drive, encrypted: Recorder) -> None:
    http = given(drive, context=ssl.create_default_context(cafile=SIGNED))
    with drive.client(http, base_url=encrypted.url, key="k") as client:
        for _ in range(5):
            client.default.find("1")
    assert (len(encrypted.seen), len(encrypted.connections)) == (5, 1)


@tls
@pytest.mark.parametrize("is_farewell", [True, False])
def test_an_end_without_the_farewell_of_tls_may_be_a_cut(drive: Drive, is_farewell: bool) -> None:
    """Of an answer without a length nobody could tell (RFC 9112, section 9.8)."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        told = pool.submit(tell, listener, is_farewell)
        http = given(drive, context=ssl.create_default_context(cafile=SIGNED))
        if is_farewell:
            assert find(drive, url, http) == "a"
        else:
            assert failure(drive, url, http) == CUT
        told.result()


CUT = "the connection was closed before the answer was whole"


def tell(listener: socket.socket, is_farewell: bool) -> None:
    """Answer one request with content up to the end of the connection."""
    raw, _ = listener.accept()
    with encrypting().wrap_socket(raw, server_side=True) as connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + NOTE)
        if is_farewell:
            with suppress(OSError):  # the other side need not say it, too
                connection.unwrap()


@proxied
def test_http_goes_through_the_proxy_of_the_environment(
    drive: Drive, environment: pytest.MonkeyPatch
) -> None:
    with recording(json(NOTE)) as proxy, recording(json(NOTE)) as server:
        environment.setenv("HTTP_PROXY", proxy.url.replace("://", "://user:p%40ss@"))
        assert find(drive, "http://notes.test/v1") == "a"
        seen = proxy.seen[0]
        assert seen.path == "http://notes.test/v1/notes/1?q=a%20b"
        assert seen.headers["host"] == "notes.test"
        assert seen.headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"
        assert list(seen.headers)[:2] == ["host", "proxy-authorization"]
        environment.setenv("NO_PROXY", "notes.test,127.0.0.1")
        assert find(drive, server) == "a"
        assert "proxy-authorization" not in server.seen[0].headers
        environment.delenv("NO_PROXY")
        assert find(drive, server, given(drive, proxies={})) == "a"
        assert (len(proxy.seen), len(server.seen)) == (1, 2)


@proxied
def test_https_goes_through_a_tunnel(
    drive: Drive, encrypted: Recorder, environment: pytest.MonkeyPatch
) -> None:
    """What is for the proxy, the server does not see, nor the other way round."""
    http = {"context": ssl.create_default_context(cafile=SIGNED)}
    address = encrypted.url.removeprefix("https://").encode()
    with tunnelling() as tunnel:
        environment.setenv("ALL_PROXY", tunnel.url.replace("://", "://user:pass@"))
        assert find(drive, encrypted, given(drive, **http)) == "a"
        assert tunnel.heads == [
            b"CONNECT %b HTTP/1.1\r\nHost: %b\r\nAccept: */*\r\n"
            b"Proxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n" % (address, address)
        ]
        assert "proxy-authorization" not in encrypted.seen[0].headers
        assert failure(drive, encrypted) == "SSLCertVerificationError"
        tunnel.answer = b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"
        assert failure(drive, encrypted, given(drive, **http)) == "the proxy answered 407"
        tunnel.answer = b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
        said = failure(drive, encrypted, given(drive, **http))
        assert said == "the proxy answered more than it was asked"
    assert len(encrypted.seen) == 1


@proxied
@pytest.mark.parametrize(
    ("answer", "why"),
    [(b"HTTP/1.1 502 \r\n", CUT), (b"HTTP 502\r\n\r\n", "the answer is no HTTP/1.1")],
)
def test_nothing_was_sent_where_a_proxy_gives_no_way(drive: Drive, answer: bytes, why: str) -> None:
    """So that it may be tried again, whatever it is."""
    with tunnelling() as tunnel:
        tunnel.answer = answer
        http = given(drive, proxies={"all": tunnel.url})
        with (
            drive.client(http, base_url="https://notes.test", key="k", retries=1) as client,
            pytest.raises(drive.package.errors.ConnectError) as caught,
        ):
            client.default.add(drive.package.Note(text="a"))
        assert str(caught.value).endswith(f"no way through the proxy: {why}")
        assert caught.value.tries == len(tunnel.heads) == 2


@proxied
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("socks5://127.0.0.1:1", "only proxies of http:// can be used"),
        ("https://127.0.0.1:1", "only proxies of http:// can be used"),
        ("http://", "only proxies of http:// can be used"),
        ("http://127.0.0.1:99999", "the URL of the proxy is none"),
        ("http://user:s3cr3t@127.0.0.1:1", "ConnectionRefusedError"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_not_gone_around(
    drive: Drive, environment: pytest.MonkeyPatch, url: str, says: str
) -> None:
    with recording(json(NOTE)) as server:
        environment.setenv("http_proxy", url)
        assert failure(drive, server) == says
        assert server.seen == []
