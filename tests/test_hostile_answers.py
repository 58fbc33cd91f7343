"""Whatever an answer holds, a call returns or raises an error of ours, and costs no more than it.

`SPECLOOM_EXAMPLES` says how many inputs are tried of each sort; the default is for every day.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from asyncio import Runner
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import polar_oauth2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from specloom.cli import main

from .fault_server import Fault, failing
from .hostile_answers import OPERATIONS, SPEC, anything, described, of_schema, texts
from .large_answers import CASES, Peer
from .support import PACKAGE, ROOT

EXAMPLES = int(os.environ.get("SPECLOOM_EXAMPLES", "25"))
LONGEST = 50_000
"""What an error may say, in characters, whatever was received."""
FEATURES = ("unions", "nested_unions", "overlaps", "additional_members", "patterned_members")
BODY = polar_oauth2.WebTokenRequest(client_id="c", client_secret="s", session_token="t")
PATIENCE, MEMORY = 60, 2**30  # seconds of the processor, and bytes
ODD = (
    *(b'{"a":1,"a":2}', b"NaN", b"-Infinity", b"1e999", b"[" * 200, b'"\\ud800"', b"9" * 5000),
    *("é".encode("latin-1"), "\ufeff{}".encode(), "{}".encode("utf-16"), b"\x00", b"{} x"),
)
FIELDS = (
    *(b"Content-Type: application/json", b"Content-Encoding: gzip", b"Content-Encoding: deflate"),
    *(b"Transfer-Encoding: chunked", b"Content-Length: 5", b"Content-Length: -1", b"Set-Cookie: a"),
)
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
    database=None,
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ModuleType]]:
    """The flagship, the package of a document of all sorts of answers, and those of some features."""
    folder = tmp_path_factory.mktemp("answers")
    (folder / "answers.yaml").write_text(SPEC, "utf-8")
    specs = {"hostile_answers": folder / "answers.yaml"} | {
        f"hostile_{name}": ROOT / "tests" / "corpus" / name / "spec.yaml" for name in FEATURES
    }
    sys.path.insert(0, str(folder))
    found = {"polar_oauth2": polar_oauth2}
    for name, spec in specs.items():
        assert main(["generate", str(spec), "-o", str(folder), "--package", name]) == 0
        found[name] = import_module(name)
    yield found
    sys.path.remove(str(folder))


def check_error(error: Exception, package: ModuleType, *, is_sent: bool = False) -> None:
    """Raise an error that is none of the package, or that says more than a person reads.

    Where nothing is sent, an error of transport says that the answer was not read at all.
    """
    errors: Any = import_module(f"{package.__name__}.errors")
    kinds = (errors.DecodeError, errors.StatusError, *[errors.TransportError] * is_sent)
    if not isinstance(error, kinds):
        raise error
    check_length(error)
    assert error.__cause__ is None


def check_length(error: Exception) -> None:
    assert len(str(error)) + len(repr(error)) < LONGEST
    assert str(error).isprintable()


def codecs(package: ModuleType, verb: str) -> dict[str, Callable[..., Any]]:
    found = vars(import_module(f"{package.__name__}.codecs"))
    return {name: each for name, each in found.items() if name.startswith(f"{verb}_")}


def decode_all(package: ModuleType, value: object) -> Iterator[object]:
    """Give a value to every decoder, and what they make of it to its encoder; yield that."""
    encoders = codecs(package, "encode")
    refusal: Any = import_module(f"{package.__name__}.errors").ConstraintError
    for name, decode in codecs(package, "decode").items():
        for strict in (False, True):
            try:
                decoded = decode(value, strict=strict)
            except Exception as error:
                check_error(error, package)
                continue
            try:
                encoders[name.replace("decode_", "encode_")](decoded)
            except refusal as error:
                check_length(error)
            yield decoded


def values() -> SearchStrategy[Any]:
    schemas = described()
    return st.one_of(anything(), *(of_schema(each, schemas) for each in schemas.values()))


@fuzz
@given(value=values())
def test_a_decoder_takes_any_json(packages: dict[str, ModuleType], value: object) -> None:
    for package in packages.values():
        for decoded in decode_all(package, value):
            repr(decoded)


NESTED = ["children", "next", "not", "all", "x", "by_name"]


@pytest.mark.parametrize("depth", [99, 1_000, 100_000])
@pytest.mark.parametrize("name", NESTED)
def test_a_decoder_takes_any_depth(packages: dict[str, ModuleType], name: str, depth: int) -> None:
    """More than JSON of ours can have: other readers of JSON may have let it pass."""
    value: Any = "x"
    for _ in range(depth):
        value = {"name": "", name: value if name in ("next", "not") else [value]}
        if name == "by_name":
            value = {"name": "", "by_name": {"x": value}}
    found = [each for package in packages.values() for each in decode_all(package, value)]
    assert found != []


def call(package: ModuleType, operation: str, response: Any) -> None:
    """Call an operation whose answer is given; what the client is given, it need not close."""
    client: Any = package
    if package is polar_oauth2:
        client = client.Client(base_url="https://x.test", http=Peer(response), access_token="t")
        client.oauth2.request_token(BODY)
    else:
        client = client.Client(base_url="https://x.test", http=Peer(response))
        getattr(client.default, operation)()


def _changed(text: bytes, place: int, size: int, other: bytes) -> bytes:
    at = place % (len(text) + 1)
    return text[:at] + other + text[at + size :]


def contents() -> SearchStrategy[bytes]:
    """Any octets, JSON of all sorts, and such of which something was changed."""
    good = values().map(lambda value: json.dumps(value).encode())
    odd = st.sampled_from(ODD)
    places, sizes = st.integers(0, 500), st.integers(0, 5)
    changed = st.builds(_changed, good, places, sizes, st.binary(max_size=4))
    return st.one_of(st.binary(max_size=60), good, odd, changed)


def headers() -> SearchStrategy[dict[str, str]]:
    kinds = [
        "application/json",
        "text/plain",
        "application/problem+json",
        "*/*",
        "",
        ";;",
        "a/b+json",
    ]
    charsets = [
        "",
        "; charset=utf-8",
        '; charset="',
        "; charset=idna",
        "; charset=utf-7",
        ";charset",
    ]
    kind = st.builds(str.__add__, st.sampled_from(kinds), st.sampled_from(charsets))
    named = [
        "x-count",
        "x-since",
        "x-list",
        "x-pairs",
        "x-json",
        "x-request-id",
        "retry-after",
        "link",
    ]
    given = ["1", "1e999", "a=1,a=2", ",,,", "2024-02-29T23:59:60Z", "{}", '{"all":[]}', "9" * 5000]
    text = st.one_of(texts(), st.sampled_from(given))
    most = st.dictionaries(st.sampled_from(named), text, max_size=8)
    return st.builds(_of_kind, st.one_of(kind, texts()), most)


def _of_kind(kind: str, headers: dict[str, str]) -> dict[str, str]:
    return {**headers, "content-type": kind}


@fuzz
@given(
    status=st.one_of(st.sampled_from([200, 204, 400, 404, 422, 500]), st.integers(0, 999)),
    fields=headers(),
    content=contents(),
)
def test_a_response_may_be_anything(
    packages: dict[str, ModuleType], status: int, fields: dict[str, str], content: bytes
) -> None:
    for name in ("polar_oauth2", "hostile_answers"):
        package = packages[name]
        response: Any = import_module(f"{name}._response").Response(status, fields, content)
        for operation in ("token",) if package is polar_oauth2 else OPERATIONS:
            try:
                call(package, operation, response)
            except Exception as error:
                check_error(error, package)
                for said in ("oauth", "problem", "request_id", "json", "body"):
                    repr(getattr(error, said, None))
    codec: Any = import_module("hostile_answers.codecs")
    try:
        codec.read_headed_response_headers(fields)
    except Exception as error:
        check_error(error, packages["hostile_answers"])


def _answer(status: bytes, lines: list[bytes], body: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 " + status, b"Connection: close", *lines, b"", body))


def answers() -> SearchStrategy[bytes]:
    """Return what a server may send: mostly the beginning of an answer of HTTP."""
    status = st.sampled_from(
        [b"200 OK", b"204 No", b"404 Not", b"500 X", b"101 S", b"99 X", b"2000"]
    )
    odd = st.binary(max_size=20)
    known = st.sampled_from(FIELDS)
    lines = st.lists(st.one_of(known, odd), max_size=4)
    whole = st.builds(_answer, st.one_of(status, odd), lines, contents())
    return st.one_of(whole, whole, whole, st.binary(max_size=200))


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_a_server_may_send_anything(packages: dict[str, ModuleType], kind: str) -> None:
    package: Any = packages["hostile_answers"]
    with failing(Fault("anything", b"")) as server, Runner() as runner:
        client = getattr(package, kind)(
            base_url=server.url, timeout=5, deadline=5, max_bytes=2**16, retries=0
        )

        @fuzz
        @given(answer=answers(), operation=st.sampled_from(OPERATIONS))
        def ask(answer: bytes, operation: str) -> None:
            server.show(Fault("anything", answer))
            try:
                found = getattr(client.default, operation)()
                if kind == "AsyncClient":
                    runner.run(found)
            except Exception as error:
                check_error(error, package, is_sent=True)
            assert len(server.seen) <= 1

        ask()
        if kind == "AsyncClient":
            runner.run(client.aclose())
        else:
            client.close()


@pytest.mark.parametrize("name", CASES)
def test_large_answers_cost_what_they_weigh(packages: dict[str, ModuleType], name: str) -> None:
    """Each in a process of its own, that is stopped if it takes a minute or a gigabyte."""
    assert packages["hostile_answers"].__file__ is not None
    folder = Path(packages["hostile_answers"].__file__).parents[1]
    paths = os.pathsep.join(map(str, (folder, PACKAGE.parent, ROOT)))

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(
        [sys.executable, "-m", "tests.large_answers", name],
        env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=bound,  # nothing here has threads
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
