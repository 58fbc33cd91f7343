"""Files that hold no document, and what is said of them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from specloom.limits import DEFAULT
from specloom.messages import render
from specloom.source import Unreadable, read


def refusal(path: Path) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read(path, "spec")
    return render(caught.value.findings, {})


def refusal_of(folder: Path, contents: bytes, extension: str = ".yaml") -> list[str]:
    path = folder / f"spec{extension}"
    path.write_bytes(contents)
    return refusal(path)


def test_a_file_that_cannot_be_read_is_an_error_at_its_start(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == ["spec:1:1: error: unreadable: there is no such file"]
    assert refusal(tmp_path) == ["spec:1:1: error: unreadable: this is a folder; name a file in it"]
    assert refusal(Path("a\0b.yaml")) == [
        "spec:1:1: error: unreadable: no file can have such a name"
    ]
    assert refusal(tmp_path / ("x" * 300)) == [
        "spec:1:1: error: unreadable: the file cannot be read: file name too long"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFO")
def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "spec.yaml")
    (line,) = refusal(tmp_path / "spec.yaml")
    assert "unreadable: this is not a regular file" in line


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_a_device_is_refused() -> None:
    (line,) = refusal(Path("/dev/zero"))
    assert "unreadable: this is not a regular file" in line


@pytest.mark.parametrize(
    ("extension", "most"), [(".json", DEFAULT.bytes), (".md", DEFAULT.markdown_bytes)]
)
def test_a_file_over_the_limit_is_refused(tmp_path: Path, extension: str, most: int) -> None:
    path = tmp_path / f"spec{extension}"
    path.touch()
    os.truncate(path, most + 1)
    assert f"limit: the file has more than {most:,} bytes" in refusal(path)[0]
    os.truncate(path, most)
    assert "limit" not in refusal(path)[0]


@pytest.mark.parametrize(
    ("contents", "where", "what"),
    [
        (b"\x1f\x8b\x08\0", "1:1", "gzip-compressed"),
        (b"PK\x03\x04", "1:1", "zip archive"),
        ("openapi: 3".encode("utf-16"), "1:1", "UTF-16"),
        ("openapi: 3".encode("utf-16-be"), "1:1", "UTF-16"),
        ("openapi: 3".encode("utf-16-le"), "1:1", "UTF-16"),
        (b"a: b\nc: \xc3\xa9\xff", "2:5", "the byte 0xFF is not UTF-8"),
        (b"a: \xed\xa0\x80", "1:4", "the byte 0xED is not UTF-8"),
        (b"a: b\n\0", "2:1", "a NUL is no character of a text"),
    ],
)
def test_only_utf_8_is_text(tmp_path: Path, contents: bytes, where: str, what: str) -> None:
    (line,) = refusal_of(tmp_path, contents)
    assert line.startswith(f"spec:{where}: error: encoding: ")
    assert what in line


@pytest.mark.parametrize("extension", [".yaml", ".json"])
def test_a_byte_order_mark_is_dropped(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"spec{extension}"
    contents = b'\xef\xbb\xbf{"openapi": "3.1.0"}'
    path.write_bytes(contents)
    source, warnings = read(path)
    assert source.tree == {"openapi": "3.1.0"}
    assert warnings == ()
    assert source.name == str(path)
    assert source.digest == f"sha256:{hashlib.sha256(contents).hexdigest()}"


@pytest.mark.parametrize(
    ("extension", "contents"),
    [
        (".yaml", b""),
        (".yaml", b"# nothing\n"),
        (".yaml", b"---\n...\n"),
        (".json", b" \n"),
        (".json", b"null"),
        (".md", b"\xef\xbb\xbf"),
    ],
)
def test_a_file_without_a_value_is_empty(tmp_path: Path, extension: str, contents: bytes) -> None:
    assert "1:1: error: empty: " in refusal_of(tmp_path, contents, extension)[0]


@pytest.mark.parametrize(
    ("extension", "contents"),
    [(".yaml", b"- a"), (".yaml", b"text"), (".json", b"[1]"), (".json", b"0")],
)
def test_the_top_must_be_a_mapping(tmp_path: Path, extension: str, contents: bytes) -> None:
    (line,) = refusal_of(tmp_path, contents, extension)
    assert "not-openapi: an OpenAPI document is a mapping at the top" in line


@pytest.mark.parametrize("extension", [".yaml", ".json", ""])
@pytest.mark.parametrize("contents", [b"\n <!DOCTYPE html>", b"<html>", b"<?xml?>"])
def test_a_web_page_is_recognised(tmp_path: Path, extension: str, contents: bytes) -> None:
    (line,) = refusal_of(tmp_path, contents, extension)
    assert "not-openapi: this looks like a web page" in line


def test_an_unknown_extension_leaves_it_to_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('\n {"on": no}')
    (tmp_path / "b.txt").write_text("on: no")
    assert "json-syntax" in refusal(tmp_path / "a.txt")[0]
    assert read(tmp_path / "b.txt")[0].tree == {"on": "no"}


def test_messages_quote_no_line_of_the_file(tmp_path: Path) -> None:
    for contents in (b"root:x:0:0:S3CRET\nb: c: d", b'{"S3CRET": ]', b"S3CRET"):
        for extension in (".json", ".yaml", ".md"):
            assert "S3CRET" not in "".join(refusal_of(tmp_path, contents, extension))


def test_a_reader_is_loaded_only_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "a.yaml").write_text("{}")
    program = """
import pathlib, sys
from specloom.source import read
folder = pathlib.Path(sys.argv[1])
heavy = {"yaml", "markdown_it"}
print(sorted(heavy & set(sys.modules)))
read(folder / "a.json")
print(sorted(heavy & set(sys.modules)))
read(folder / "a.yaml")
print(sorted(heavy & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.stdout.split("\n") == ["[]", "[]", "['yaml']", ""]
