"""References open the files of the document's folder, each once, and nothing else in the world."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from specloom.assembly import Edition, assemble
from specloom.diagnostics import Diagnostic
from specloom.pipeline import understand
from specloom.values import Tree

HEAD: dict[str, Tree] = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
SECRET = "S3CR3T-OF-ANOTHER"
WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.exec", "urllib.")
WATCHING: list[list[tuple[str, str]]] = []


def hook(event: str, arguments: tuple[object, ...]) -> None:
    by_opener = event == "open" and arguments[1] is None  # which was told of by its caller
    if WATCHING and event.startswith(WATCHED) and not by_opener:
        WATCHING[-1].append((event, str(arguments[0]) if arguments else ""))


sys.addaudithook(hook)  # none can be taken away again: it is still unless something is watched


@contextmanager
def watched() -> Generator[list[tuple[str, str]]]:
    """Note what is opened, and every step out of the process."""
    seen: list[tuple[str, str]] = []
    WATCHING.append(seen)
    try:
        yield seen
    finally:
        WATCHING.pop()


def written(path: Path, tree: Tree) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree), "utf-8")
    return path


def referring(folder: Path, *words: str) -> Path:
    """Return a document in a folder, with a schema for each reference."""
    schemas: Tree = {f"A{number}": {"$ref": word} for number, word in enumerate(words)}
    return written(folder / "api.json", {**HEAD, "components": {"schemas": schemas}})


def said(path: Path, edition: Edition | None = None) -> tuple[Diagnostic, ...]:
    return assemble(str(path), edition or Edition())[1]


@pytest.mark.parametrize(
    "words",
    [
        "../secret.json",
        "./sub/../../secret.json",
        "sub/%2e%2e/%2E%2e/secret.json#/a",
        "..%2fsecret.json",
        "%2e%2e%2fsecret.json",
        "file:../secret.json",
        "file:/etc/secret.json",
        "file:///etc/secret.json",
        "FILE://localhost/etc/secret.json",
        "%66ile:///etc/secret.json",
        "/etc/secret.json",
        "%2Fetc/secret.json",
        "..\\secret.json",
        "\\\\127.0.0.1\\share\\x.json",
        "\\\\?\\C:\\x.json",
        "C:\\x.json",
        "c:/x.json",
        "//127.0.0.1/x.json",
        "%2f%2f127.0.0.1/x.json",
        "http://127.0.0.1/x.json",
        "hTTpS://127.0.0.1/x.json",
        "HTTP:x.json",
        "ftp://127.0.0.1/x.json",
        "data:application/json,{}.json",
        "link.json",
        "folder/secret.json",
        "device.json",
        "../out/specloom.lock",
        "/proc/self/environ",
    ],
)
def test_what_a_reference_may_not_open_is_not_opened(words: str, tmp_path: Path) -> None:
    written(tmp_path / "secret.json", {"a": {"title": SECRET}})
    path = referring(tmp_path / "in", words)
    (path.parent / "sub").mkdir()
    (path.parent / "link.json").symlink_to(tmp_path / "secret.json")
    (path.parent / "folder").symlink_to(tmp_path)
    (path.parent / "device.json").symlink_to("/dev/zero")
    said(path)  # what is imported late is imported by now
    with watched() as seen:
        [found] = said(path)
    assert found.rule == "foreign-reference"
    assert [name for event, name in seen if event == "open"] == [str(path)]
    assert [event for event, _ in seen if event != "open"] == []
    assert SECRET not in "".join(understand(str(path)).messages)


def test_what_is_encoded_twice_is_a_name_as_it_stands(tmp_path: Path) -> None:
    written(tmp_path / "b.json", {})
    path = referring(tmp_path / "in", "%252e%252e/b.json")
    assert [found.rule for found in said(path)] == ["broken-reference"]
    written(tmp_path / "in" / "%2e%2e" / "b.json", {})
    assert said(path) == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = referring(tmp_path, "pipe.json")
    os.mkfifo(tmp_path / "pipe.json")
    assert {found.rule for found in said(path)} == {"broken-reference", "unreadable"}


def test_a_file_is_read_once_however_often_it_is_meant(tmp_path: Path) -> None:
    """So nothing can change between two looks at it."""
    files: Mapping[str, Tree] = {
        "b.json": {"a": {}, "b": {"$ref": "api.json#/components/schemas/A0"}}
    }
    for name, tree in files.items():
        written(tmp_path / name, tree)
    (tmp_path / "c.json").symlink_to("b.json")
    path = referring(
        tmp_path, "b.json#/a", "./b.json#/b", "x/../b.json#/a", "c.json#/b", "%62.json#/a"
    )
    (tmp_path / "x").mkdir()
    with watched() as seen:
        assert said(path) == ()
    opened = [os.path.realpath(name) for event, name in seen if event == "open"]
    ours = [name for name in opened if name.startswith(f"{os.path.realpath(tmp_path)}/")]
    assert sorted(ours) == [os.path.realpath(tmp_path / name) for name in ("api.json", "b.json")]


def test_files_that_differ_in_case_are_two(tmp_path: Path) -> None:
    written(tmp_path / "b.json", {"type": "string"})
    if (tmp_path / "B.json").exists():
        pytest.skip("names differ in case alone here")
    written(tmp_path / "B.json", {"type": "integer"})
    whole, findings = assemble(str(referring(tmp_path, "b.json", "B.json")))
    assert findings == ()
    assert len(whole.parts) == 2


def test_an_overlay_extends_what_it_names_and_nothing_is_asked_for(tmp_path: Path) -> None:
    path = referring(tmp_path)
    overlay = tmp_path / "o.yaml"
    for named in (
        "http://127.0.0.1:9/api.json",
        "file:///etc/passwd",
        "//127.0.0.1/x",
        "../x.json",
    ):
        text = f"overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nextends: {named}\nactions:\n"
        overlay.write_text(f"{text}- {{target: $.info, update: {{}}}}\n", "utf-8")
        edition = Edition(overlays=(str(overlay),))
        said(path, edition)
        with watched() as seen:
            said(path, edition)
        assert {name for event, name in seen if event == "open"} == {str(path), str(overlay)}
        assert [event for event, _ in seen if event != "open"] == []
