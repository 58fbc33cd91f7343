"""Risks of a client's surroundings that no other test looks at, and the table of all of them."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import pkgutil
import ssl
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any
from urllib.parse import unquote

import httpx2
import polar_oauth2
import pytest
from polar_oauth2 import AsyncClient, Client, WebTokenRequest, errors

from specloom.cli import main

from .runtime_items import ITEMS, page
from .support import PACKAGE, ROOT, Recorder, Reply, Seen, Way, recording, run

SECRET = "s3cr3t"
BODY = WebTokenRequest(client_id="c", client_secret=SECRET, session_token=SECRET)
SPEC = """\
openapi: 3.1.0
info: {title: Places, version: "1"}
security: [{key: []}]
paths:
  //evil.test/{id}:
    get: {operationId: evil, parameters: [{name: id, in: path, required: true,
      schema: {type: string}}], responses: {204: {description: Done.}}}
  /a/{id}/b:
    get: {operationId: find, parameters: [
      {name: id, in: path, required: true, schema: {type: string}},
      {name: q, in: query, schema: {type: string}},
      {name: X-H, in: header, schema: {type: string}},
      {name: c, in: cookie, schema: {type: string}}], responses: {204: {description: Done.}}}
  /open:
    get: {operationId: open, responses: {200: {description: It., content: {application/json: {
      schema: {type: object, properties: {id: {type: string, pattern: "^place-[a-z]+$"}}}}}}}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("items")
    (folder / "spec.yaml").write_text(SPEC, "utf-8")
    options = ("-o", str(folder), "--package", "runtime_items_places")
    assert main(["generate", str(folder / "spec.yaml"), *options]) == 0
    sys.path.insert(0, str(folder))
    yield import_module("runtime_items_places")
    sys.path.remove(str(folder))


NOTHING = Reply(b"", 204, {})


@pytest.mark.parametrize(
    "text", ["a/b", "a?b#c", "%2e%2e", "a;b", "a&b=c", "é", " ", "a\r\nX: y", "//x", "\\", "\0"]
)
def test_no_argument_leads_elsewhere(package: Any, text: str) -> None:
    with (
        recording(NOTHING) as server,
        package.Client(base_url=f"{server.url}/base", key=SECRET) as client,
    ):
        client.default.find(text, q=text, c=text)
        seen = server.seen[0]
        path, _, query = seen.path.partition("?")
        before, segment, after = path[:8], path[8:-2], path[-2:]
        assert (before, unquote(segment), after) == ("/base/a/", text, "/b")
        assert not {*segment} & {*"/?#;&\\"}
        assert unquote(query) == f"q={text}"
        assert query.count("&") + query.count("=") == 1
        assert unquote(seen.headers["cookie"]) == f"c={text}"
        assert seen.headers["cookie"].isprintable()
        assert ";" not in seen.headers["cookie"]


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_a_segment_that_is_another_path_is_refused(package: Any, text: str) -> None:
    with (
        recording(NOTHING) as server,
        package.Client(base_url=server.url, key=SECRET) as client,
    ):
        with pytest.raises(package.errors.ConstraintError, match="id"):
            client.default.find(text)
        assert server.seen == []


@pytest.mark.parametrize("text", ["a\r\nX: y", "a\nb", "a\0", "é", " a", "\u2028"])
def test_a_header_is_one_line(package: Any, text: str) -> None:
    with (
        recording(NOTHING) as server,
        package.Client(base_url=server.url, key=SECRET) as client,
    ):
        with pytest.raises(package.errors.ConstraintError, match="X-H"):
            client.default.find("a", x_h=text)
        assert server.seen == []


def test_a_path_of_the_document_leads_nowhere(package: Any) -> None:
    with (
        recording(NOTHING) as server,
        package.Client(base_url=f"{server.url}/base", key=SECRET) as client,
    ):
        client.default.evil("a")
        assert server.seen[0].path == "/base//evil.test/a"


@contextmanager
def encrypted() -> Generator[Recorder]:
    """Run a server whose certificate nobody has signed but itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ROOT / "tests" / "self_signed.pem")
    with recording(context=context) as server:
        yield server


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_certificate_of_nobody_is_refused(kind: Any) -> None:
    known = ssl.create_default_context(cafile=ROOT / "tests" / "self_signed.pem")
    with encrypted() as server:
        with pytest.raises(errors.TransportError, match="ConnectError"):
            called(kind, server.url)
        assert server.seen == []
        assert called(kind, server.url, verify=known).access_token == "at"


def called(kind: Any, url: str, **given: Any) -> Any:
    """Request a token, through a client of httpx2 if it is to be given something."""
    library = httpx2.AsyncClient if kind is AsyncClient else httpx2.Client
    http: Any = library(**given) if given else None
    client: Any = kind(base_url=url, access_token=SECRET, http=http)
    if kind is AsyncClient:
        return asyncio.run(_called(client, http))
    with client, http or nullcontext():
        return client.oauth2.request_token(BODY)


async def _called(client: Any, http: Any) -> Any:
    async with client, http or nullcontext():
        return await client.oauth2.request_token(BODY)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_proxies_are_those_of_the_environment(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with recording() as proxy, recording() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        called(kind, server.url)
        assert (len(proxy.seen), len(server.seen)) == (1, 0)
        called(kind, server.url, trust_env=False)
        assert (len(proxy.seen), len(server.seen)) == (1, 1)


def test_no_netrc_is_read(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password s3cr3t\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    netrc.with_name(".netrc").write_bytes(netrc.read_bytes())
    with recording() as server, way(server.url) as ask:
        ask(BODY)
        assert "authorization" not in server.seen[0].headers


TOKENS: dict[str, tuple[str, str]] = {
    "an integer": ('"expires_in":3600', ""),
    "a whole float": ('"expires_in":3600.0', ""),
    "a negative one": ('"expires_in":-1', ""),
    "a large one": ('"expires_in":' + "9" * 4_300, ""),
    "too large a one": ('"expires_in":' + "9" * 4_301, "a JSON document"),
    "more than a float": ('"expires_in":1e999', "a finite number"),
    "NaN": ('"expires_in":NaN', "a finite number"),
    "Infinity": ('"expires_in":-Infinity', "a finite number"),
    "a fraction": ('"expires_in":0.5', "an integer"),
    "a boolean": ('"expires_in":true', "an integer"),
    "a text": ('"expires_in":"3600"', "an integer"),
    "twice": ('"expires_in":1,"expires_in":2', "each name once in an object"),
    "a token twice": ('"expires_in":1,"access_token":"b"', "each name once in an object"),
    "a lone surrogate": ('"expires_in":1,"more":"\\ud800"', ""),
    "deep": ('"expires_in":1,"more":' + "[" * 200 + "]" * 200, "at most 100 levels"),
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_is_read_or_refused(way: Way, name: str) -> None:
    member, expected = TOKENS[name]
    members = (
        '"access_token":"a","token_type":"Bearer","refresh_token":null,"scope":"","id_token":""'
    )
    reply = Reply(f"{{{members},{member}}}".encode())
    with recording(reply) as server, way(server.url) as ask:
        if not expected:
            assert ask(BODY).access_token == "a"
        else:
            with pytest.raises(errors.DecodeError, match=f"expected {expected}"):
                ask(BODY)
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\xef\xbb\xbf{}", "application/json"), (b"", "application/json"), (b"{}", "text/html")],
)
def test_what_is_no_token_is_refused(way: Way, content: bytes, kind: str) -> None:
    reply = Reply(content, 200, {"Content-Type": kind})
    with (
        recording(reply) as server,
        way(server.url) as ask,
        pytest.raises(errors.DecodeError),
    ):
        ask(BODY)


def test_threads_keep_their_own_credentials(package: Any) -> None:
    """The server answers with what it was sent: nobody gets what is another's."""

    def echo(seen: Seen) -> Reply:
        token = seen.headers["authorization"].removeprefix("Bearer ")
        return Reply(json.dumps({"id": token}).encode())

    with recording(echo) as server, package.Client(base_url=server.url, key="none") as shared:

        def ask(number: int) -> list[str]:
            own = shared.with_options(key=f"key-{number}")
            return [own.default.open().id for _ in range(8)]

        with ThreadPoolExecutor(32) as pool:
            found = list(pool.map(ask, range(32)))
    assert found == [[f"key-{number}"] * 8 for number in range(32)]


def test_no_member_becomes_an_attribute(package: Any, way: Way) -> None:
    names = ("__class__", "__init__", "__dict__", "__slots__", "extra", "mro", "self", "__proto__")
    members = dict.fromkeys(names, "x")
    with (
        recording(Reply(json.dumps({"id": "a", **members}).encode())) as server,
        package.Client(base_url=server.url, key=SECRET) as client,
    ):
        found = client.default.open()
    assert (type(found).__name__, found.id, found.extra) == ("OpenResponse", "a", members)
    assert not hasattr(found, "__dict__")
    token = {
        "access_token": "a",
        "token_type": "Bearer",
        "expires_in": 1,
        "scope": "",
        "id_token": "",
    }
    content = json.dumps({**token, "refresh_token": None, **members}).encode()
    with recording(Reply(content)) as server, way(server.url) as ask:
        assert type(ask(BODY)) is polar_oauth2.TokenResponse


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{found.name}")


def functions(module: ModuleType) -> Iterator[Callable[..., object]]:
    for each in vars(module).values():
        if isinstance(each, FunctionType):
            yield each
        elif isinstance(each, type) and each.__module__ == module.__name__:
            yield from (own for own in vars(each).values() if isinstance(own, FunctionType))


def test_defaults_stay_as_they_are(package: Any, way: Way) -> None:
    """A default that can be changed is an empty mapping, and still is after calls."""
    with recording() as server, way(server.url) as ask:
        ask(BODY)
    defaults: list[tuple[str, object]] = [
        (each.__qualname__, parameter.default)
        for whole in (polar_oauth2, package)
        for module in modules(whole)
        for each in functions(module)
        for parameter in inspect.signature(each).parameters.values()
    ]
    changeable = (list, set, bytearray, dict)
    found = [(name, each) for name, each in defaults if type(each) in changeable]
    assert [name for name, each in found if each != {}] == []


IMPORT = """
import re, sys
import polar_oauth2.errors, dataclasses, enum, typing, urllib.parse, json, zlib
seen, patterns, compile = [], [], re.compile
def hook(event, args):
    if event == "open" or event.startswith(("socket.", "subprocess.", "os.", "urllib.", "shutil.")):
        seen.append((event, str(args[0]) if args else ""))
re.compile = lambda *args: patterns.append(args[0]) or compile(*args)
sys.addaudithook(hook)
package = sys.argv[1]
for name in ("", ".client", ".codecs", ".models", ".errors"):
    __import__(package + name)
own = sys.modules[package].__path__[0]
known = (own, *(path for path in (sys.prefix, sys.base_prefix)))
print([each for each in seen if each[0] not in ("open", "os.listdir", "os.scandir")
       or not each[1].startswith(known)])
print([name for name in ("logging", "ssl", "socket", "httpx2", "httpx") if name in sys.modules])
print(["place-" in str(pattern) for pattern in patterns].count(True))
"""


@pytest.mark.parametrize("name", ["polar_oauth2", "runtime_items_places"])
def test_import_does_nothing(package: Any, tmp_path: Path, name: str) -> None:
    folder = Path(package.__file__).parents[1]
    done = run(sys.executable, "-c", IMPORT, name, cwd=tmp_path, paths=(PACKAGE.parent, folder))
    assert (done.stdout, done.stderr) == ("[]\n[]\n0\n", "")


def test_the_tests_of_the_table_exist() -> None:
    assert [*ITEMS] == [f"RT-{number:02}" for number in range(1, 31)]
    for item in ITEMS.values():
        for test in item.tests:
            file, _, function = test.partition("::")
            tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
            assert function in {
                node.name for node in tree.body if isinstance(node, ast.FunctionDef)
            }


def test_the_page_is_current(record: bool) -> None:
    path = ROOT / "docs" / "RUNTIME.md"
    if record:
        path.write_text(page(), "utf-8")
    assert path.read_text("utf-8") == page()
