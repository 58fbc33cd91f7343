"""Packages of the corpus, driven over a socket: what leaves, and what comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from specloom.cli import main

from .support import ROOT, Recorder, Reply, recording, run

CORPUS = ROOT / "tests" / "corpus"
FEATURES = sorted(path.parent.name for path in CORPUS.glob("*/spec.yaml"))
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("features")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


# The packages are made while the tests run, so that no type checker can know their contents.
def feature(name: str, folder: Path) -> Any:
    package = f"feature_{name}"
    spec = CORPUS / name / "spec.yaml"
    assert main(["generate", str(spec), "-o", str(folder), "--package", package]) == 0
    module: ModuleType = import_module(package)
    return module


def asked(recorder: Recorder) -> str:
    seen = recorder.seen[-1]
    return f"{seen.method} {seen.path}"


def test_parameters_are_written_in_their_default_style(packages: Path) -> None:
    """OpenAPI 3.1.1, "Style Examples": simple in the path, form and explode in the query."""
    package = feature("parameters", packages)
    with (
        recording(Reply(b'"it"', headers=JSON)) as server,
        package.Client(base_url=server.url) as client,
    ):
        item = UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")
        answer = client.items.get(
            "a b/c?d#e%é",
            item,
            q="x&y=z+ü",
            id_=[3, 4],
            sort=["name", "price"],
            filter_=package.models.Filter(color="R G", size=7),
            timeout_=False,
            since=None,
        )
        assert answer == "it"
        assert asked(server) == (
            "GET /shops/a%20b%2Fc%3Fd%23e%25%C3%A9/items/3fa85f64-5717-4562-b3fc-2c963f66afa6"
            "?limit=20&q=x%26y%3Dz%2B%C3%BC&id=3&id=4&sort=name&sort=price&color=R%20G&size=7"
            "&timeout=false"
        )
        client.items.get("a", item, q="", limit=1)
        assert asked(server).endswith("?limit=1&q=")
        for bad in ({"limit": 0}, {"limit": 101}, {"sort": ["age"]}, {"limit": True}):
            with pytest.raises(package.errors.ConstraintError):
                client.items.get("a", item, q="", **bad)
        for segment in ("", ".", ".."):
            with pytest.raises(package.errors.ConstraintError, match="shop-id"):
                client.items.get(segment, item, q="")
        assert len(server.seen) == 2


def test_arrays_and_objects_in_a_path(packages: Path) -> None:
    package = feature("parameters", packages)
    with recording(Reply(b"", 204)) as server, package.Client(base_url=server.url) as client:
        client.default.get_point(package.models.Point(x=1.5, y=-2), ["a", "b,c"])
        assert asked(server) == "GET /points/x,1.5,y,-2/a,b%2Cc"


def test_answers_are_told_apart_by_status(packages: Path) -> None:
    package = feature("responses", packages)
    replies = [
        (Reply(b'{"value": 1}', 200, JSON), package.models.Result(value=1)),
        (Reply(b'{"token": "t"}', 202, JSON), package.models.Ticket(token="t")),
        (Reply(b"", 204), None),
    ]
    for reply, value in replies:
        with recording(reply) as server, package.Client(base_url=server.url) as client:
            assert client.default.start() == value
    problem = Reply(b'{"title": "gone"}', 404, {"Content-Type": "application/problem+json"})
    with recording(problem) as server, package.Client(base_url=server.url) as client:
        with pytest.raises(package.errors.NotFound) as caught:
            client.default.start()
        assert caught.value.body == package.models.Problem(title="gone")
        assert caught.value.json == {"title": "gone"}
    with (
        recording(Reply(b'{"value": 2}', 206, JSON)) as server,
        package.Client(base_url=server.url) as client,
    ):
        assert client.default.in_a_range().value == 2
        with pytest.raises(package.errors.StatusError):
            client.default.start()


def test_what_nobody_knows_comes_back_as_it_came(packages: Path) -> None:
    package = feature("unions", packages)
    moved = b'{"type": "opened", "at": 1, "cause": {"type": "stolen", "by": "x"}, "new": [1]}'
    with (
        recording(Reply(moved, headers=JSON)) as server,
        package.Client(base_url=server.url) as client,
    ):
        event = client.events.next()
        assert isinstance(event, package.models.Opened)
        assert event.type == "opened"
        assert event.cause == package.UnknownVariant("stolen", {"type": "stolen", "by": "x"})
        assert "by" not in repr(event)
        event.at = 2
        assert package.codecs.encode_event(event) == {
            "type": "opened",
            "at": 2,
            "cause": {"type": "stolen", "by": "x"},
            "new": [1],
        }
        with pytest.raises(package.errors.DecodeError, match=r"\$\.cause\.type: expected"):
            package.codecs.decode_event(package.codecs.encode_event(event), strict=True)


def test_a_patch_sends_what_it_is_given(packages: Path) -> None:
    package = feature("nullables", packages)
    with recording(Reply(b"", 204)) as server, package.Client(base_url=server.url) as client:
        for change, content in (
            (package.BoxChange(), b"{}"),
            (package.BoxChange(label=None), b'{"label":null}'),
            (package.BoxChange(label="\u00e9", size=2), '{"label":"\u00e9","size":2}'.encode()),
        ):
            client.default.change_box(5, change)
            assert server.seen[-1].content == content
            assert asked(server) == "PATCH /boxes/5"
        with pytest.raises(package.errors.ConstraintError, match="label"):
            client.default.change_box(5, package.BoxChange(label="too long!"))


def test_credentials_leave_where_they_are_asked_for(packages: Path) -> None:
    package = feature("security", packages)
    with recording(Reply(b"", 204)) as server:

        def sent(operation: str, **tokens: str) -> str | None:
            with package.Client(base_url=server.url, **tokens) as client:
                getattr(client.default, operation)()
            return server.seen[-1].headers.get("authorization")

        both = {"user": "u", "bearer": "a"}
        assert sent("by_default", **both) == "Bearer u"
        assert sent("by_default", bearer="a") is None
        assert sent("nobody", **both) is None
        assert sent("anonymous", **both) is None
        assert sent("either", **both) == "Bearer a"
        assert sent("either", user="u") == "Bearer u"
        assert sent("optional", **both) == "Bearer u"
        assert sent("optional") is None


@pytest.mark.parametrize("name", FEATURES)
def test_a_package_passes_its_own_tests(name: str, tmp_path: Path) -> None:
    spec, tests = CORPUS / name / "spec.yaml", tmp_path / "tests"
    options = ("-o", str(tmp_path), "--package", name, "--tests", str(tests))
    assert main(["generate", str(spec), *options]) == 0
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = run(*command, "-c", "pytest.ini", "tests", cwd=tmp_path, paths=(tmp_path,), env=env)
    assert done.returncode == pytest.ExitCode.OK, done.stdout
