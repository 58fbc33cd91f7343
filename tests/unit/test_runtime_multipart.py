"""Forms with files in them, byte by byte."""

from __future__ import annotations

import io
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _file as files
from runtime._file import FilePart, all_attached, attached
from runtime._multipart import As, Part, multipart
from runtime._source import Source
from runtime._style import Style
from runtime._types import Json, JsonObject
from runtime.errors import ConstraintError

from specloom.python.tests import wire

from .peers import SECRET, refusal

NAMES = st.text("aB1 .;=,:'()<>-_", min_size=1)


def parts_of(
    members: Mapping[str, Part | list[FilePart]],
    ways: Mapping[str, As] | None = None,
    extra: JsonObject | None = None,
) -> list[bytes]:
    """Return what stands between the boundaries."""
    kind, content = multipart(members, ways).write(extra or {})
    assert isinstance(content, bytes)
    media_type, _, boundary = kind.partition("; boundary=")
    assert media_type == "multipart/form-data"
    mark = f"--{boundary}".encode()
    assert content.endswith(mark + b"--\r\n")
    begin, *found = content.removesuffix(mark + b"--\r\n").split(mark + b"\r\n")
    assert begin == b""
    return [part.removesuffix(b"\r\n") for part in found]


NAMED = b'Content-Disposition: form-data; name="a"'
JSON = b"Content-Type: application/json"


@pytest.mark.parametrize(
    ("value", "way", "parts"),
    [
        ("x\r\n\u00e9", "", [NAMED + b"\r\n\r\nx\r\n\xc3\xa9"]),
        (1.5, "", [NAMED + b"\r\n\r\n1.5"]),
        (True, "", [NAMED + b"\r\n\r\ntrue"]),
        ("", "", [NAMED + b"\r\n\r\n"]),
        (None, "", []),
        ([], "", []),
        (["x", None, 1], "", [NAMED + b"\r\n\r\nx", NAMED + b"\r\n\r\n1"]),
        ({"b": [1]}, "", [NAMED + b"\r\n" + JSON + b'\r\n\r\n{"b":[1]}']),
        ([[1], {"b": 2}], "", [NAMED + b"\r\n" + JSON + b"\r\n\r\n[1]",
                               NAMED + b"\r\n" + JSON + b'\r\n\r\n{"b":2}']),
        ("x", "application/json", [NAMED + b"\r\n" + JSON + b'\r\n\r\n"x"']),
        ("x", "text/csv", [NAMED + b"\r\nContent-Type: text/csv\r\n\r\nx"]),
        ("x", "text/csv, text/plain", [NAMED + b"\r\n\r\nx"]),
        ("x", "text/*", [NAMED + b"\r\n\r\nx"]),
        (["x y", 1], Style("form"), [NAMED + b"\r\n\r\nx y,1"]),
        (["x y", 1], Style("form", explode=True), [NAMED + b"\r\n\r\nx y", NAMED + b"\r\n\r\n1"]),
    ],
)  # fmt: skip
def test_a_member_is_a_part(value: Json, way: As, parts: list[bytes]) -> None:
    assert parts_of({"a": value}, {"a": way} if way else None) == parts


FILE = b'Content-Disposition: form-data; name="a"; filename="%b"\r\nContent-Type: %b\r\n%b\r\n%b'


@pytest.mark.parametrize(
    ("file", "way", "part"),
    [
        (FilePart(b"\xff"), "", FILE % (b"a", b"application/octet-stream", b"", b"\xff")),
        (FilePart(b"x", "b.c"), "", FILE % (b"b.c", b"application/octet-stream", b"", b"x")),
        (FilePart(b"x"), "image/png", FILE % (b"a", b"image/png", b"", b"x")),
        (FilePart(b"x"), "image/*", FILE % (b"a", b"application/octet-stream", b"", b"x")),
        (FilePart(b"x", None, "a/b; c=d"), "image/png", FILE % (b"a", b"a/b; c=d", b"", b"x")),
        (FilePart(b"", headers={"X-A": "b"}), "image/png", FILE % (b"a", b"image/png", b"X-A: b\r\n", b"")),
    ],
)  # fmt: skip
def test_a_file_is_a_part_with_a_name(file: FilePart, way: str, part: bytes) -> None:
    assert parts_of({"a": file}, {"a": way} if way else None) == [part]


@pytest.mark.parametrize("name", ["Content-Type", "content-type", "CONTENT-TYPE"])
def test_a_header_of_a_part_stands_there_once(name: str) -> None:
    file = FilePart(b"x", headers={name: "a/b"})
    lines = parts_of({"a": file}, {"a": "image/png"})[0].split(b"\r\n")
    assert lines[1:] == [f"{name}: a/b".encode(), b"", b"x"]


def test_files_may_be_many() -> None:
    octets = b"application/octet-stream"
    assert parts_of({"a": [FilePart(b"x"), FilePart(b"y", "b")]}) == [
        FILE % (b"a", octets, b"", b"x"),
        FILE % (b"b", octets, b"", b"y"),
    ]


def test_more_members_are_more_parts() -> None:
    assert parts_of({"a": "x", "b": FilePart(b"y")}, None, {"a": "z", "c": [1]}) == [
        NAMED + b"\r\n\r\nz",
        FILE.replace(b'"a"', b'"b"') % (b"b", b"application/octet-stream", b"", b"y"),
        NAMED.replace(b'"a"', b'"c"') + b"\r\n\r\n1",
    ]


def test_what_could_end_a_name_is_quoted() -> None:
    name = 'a"; x="\r\nX: y\u00e9\\'
    quoted = "a%22; x=%22%0D%0AX: y\u00e9\\".encode()
    assert parts_of({name: FilePart(b"x", name)})[0].split(b"\r\n")[0] == (
        b'Content-Disposition: form-data; name="%b"; filename="%b"' % (quoted, quoted)
    )


@pytest.mark.parametrize("bad", ["a\r\nX: y", "a\n", "a ", " a", "\u00e9", "a\0b"])
def test_nothing_ends_a_header_of_a_part(bad: str) -> None:
    for file in (FilePart(b"x", content_type=bad), FilePart(b"x", headers={"X-A": bad})):
        error = refusal(parts_of, {"a": file})
        assert error.endswith(": expected visible ASCII characters, spaces within")
    message = "$: expected names of headers that are not the transport's"
    assert refusal(lambda: parts_of({"a": FilePart(b"x", headers={bad: "a"})})) == message


@pytest.mark.parametrize("bad", ["a\ud800", "\udcff.txt"])
def test_a_name_that_utf_8_cannot_hold_is_refused(bad: str) -> None:
    """As paths have that hold anything else: see `os.fsencode`."""
    assert refusal(lambda: parts_of({"a": FilePart(b"x", bad)}))
    assert refusal(lambda: parts_of({bad: "x"}))


@given(st.dictionaries(NAMES, st.binary()))
def test_a_form_is_read_back_by_others(members: dict[str, bytes]) -> None:
    kind, content = multipart({name: FilePart(each) for name, each in members.items()}).write({})
    assert isinstance(content, bytes)
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    message = message_from_bytes(head + content, policy=HTTP)
    parts = list(message.iter_parts()) if members else []
    names = [part.get_param("name", header="content-disposition") for part in parts]
    contents = [part.get_payload(decode=True) for part in parts]
    assert list(zip(names, contents, strict=True)) == list(members.items())


def test_the_boundary_is_not_in_the_content() -> None:
    kind, _ = multipart({"a": "x"}).write({})
    guess = kind.partition("boundary=")[2]
    again, content = multipart({"a": f"x\r\n--{guess}\r\n"}).write({})
    assert isinstance(content, bytes)
    boundary = again.partition("boundary=")[2]
    assert guess != boundary
    assert content.count(boundary.encode()) == 2


def test_the_same_form_has_the_same_bytes() -> None:
    parts: dict[str, Part | list[FilePart]] = {"a": "x", "b": [FilePart(b"y")]}
    assert multipart(parts).write({}) == multipart(dict(parts)).write({})
    assert multipart({}).write({}) == (
        "multipart/form-data; boundary=e3b0c44298fc1c149afbf4c8996fb924",
        b"--e3b0c44298fc1c149afbf4c8996fb924--\r\n",
    )


def read(file: FilePart) -> tuple[bytes, str | None, str | None]:
    """Return what is sent of a file, which can be read again."""
    content = file.content
    if isinstance(content, Source):
        assert content.is_repeatable
        found = [b"".join(content.chunks()) for _ in range(2)]
        assert found == [found[0]] * 2
        assert len(found[0]) == content.length
        return found[0], file.name, file.content_type
    assert isinstance(content, bytes)
    return content, file.name, file.content_type


def test_a_file_may_be_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"xyz")
    assert attached(b"xyz") == FilePart(b"xyz")
    assert read(attached(path)) == (b"xyz", "b.txt", None)
    assert read(attached(io.BytesIO(b"xyz"))) == (b"xyz", None, None)
    with path.open("rb") as opened:
        opened.seek(1)
        assert read(attached(opened)) == (b"yz", "b.txt", None)
    with open(path, "rb") as opened:
        named = attached(FilePart(opened, "c", "text/plain", {"X": "y"}))
        assert read(named) == (b"xyz", "c", "text/plain")
        assert named.headers == {"X": "y"}
    found = attached(FilePart(path, content_type="text/plain"))
    assert read(found) == (b"xyz", "b.txt", "text/plain")
    plain, of_path = all_attached([b"x", path])
    assert (read(plain), read(of_path)) == ((b"x", None, None), (b"xyz", "b.txt", None))


def test_an_open_file_without_a_path_has_no_name(tmp_path: Path) -> None:
    with open((tmp_path / "x"), "w+b", buffering=0) as file:
        file.write(b"x")
        file.seek(0)
        with open(file.fileno(), "rb", closefd=False) as again:
            assert read(attached(again)) == (b"x", None, None)


def test_a_form_of_files_is_the_form_of_their_octets(tmp_path: Path) -> None:
    """Its boundary is another each time, as nobody has looked for it in the files."""
    path = tmp_path / "b.txt"
    path.write_bytes(b"xyz\r\n" * 20_000)
    named = FilePart(b"xyz\r\n" * 20_000, "b.txt")
    plain, of_octets = multipart({"a": "x", "b": [named, FilePart(b"y")]}).write({})
    assert isinstance(of_octets, bytes)
    seen = set[str]()
    for _ in range(3):
        files = all_attached([path, b"y"])
        kind, content = multipart({"a": "x", "b": files}).write({})
        assert isinstance(content, Source)
        boundary, digest = kind.partition("boundary=")[2], plain.partition("boundary=")[2]
        assert len(boundary) == len(digest)
        wanted = of_octets.replace(digest.encode(), boundary.encode())
        assert b"".join(content.chunks()) == b"".join(content.chunks()) == wanted
        assert content.length == len(wanted)
        assert content.is_repeatable
        seen.add(boundary)
    assert len(seen) == 3


@pytest.mark.parametrize(
    "wrong",
    ["text", str(Path(__file__)), None, 7, io.StringIO("text"), bytearray(b"x"), [b"x"], object()],
)
def test_what_is_no_file_is_refused(wrong: object) -> None:
    message = "$.a: expected bytes, a path or a file opened for bytes"
    assert refusal(lambda: attached(wrong, "a")) == message


def test_a_file_opened_for_text_is_refused() -> None:
    message = "$.a[1]: expected bytes, a path or a file opened for bytes"
    with Path(__file__).open() as opened:
        assert refusal(lambda: attached(opened, "a")) == message.replace("[1]", "")
        with pytest.raises(ConstraintError) as caught:
            all_attached([b"", opened], "a")
        assert str(caught.value) == message
    assert refusal(lambda: all_attached(b"x", "a")) == "$.a: expected a list"


def test_octets_in_json_are_text() -> None:
    assert files.write("x\u00e9".encode(), "a") == "x\u00e9"
    assert files.read("x\u00e9", "a") == "x\u00e9".encode()
    message = "$.a: expected octets that are text, for JSON"
    assert refusal(files.write, b"\xff", "a") == message
    message = "$.a: expected bytes, a path or a file opened for bytes"
    assert refusal(files.write, "text", "a") == message


def test_a_file_hides_its_content() -> None:
    file = FilePart(SECRET.encode(), "a", "b/c", {"X": SECRET})
    assert repr(file) == "FilePart(name='a', content_type='b/c')"
    assert repr(multipart({"a": file})) == "Body()"


@pytest.mark.parametrize("name", ['a"b', "a\r\nX: y", "a\nb", "a\rb", "%22", "\u00e9"])
def test_the_generated_tests_foretell_any_name(name: str) -> None:
    """What `wire` says of a part is what leaves, whatever the part is called."""
    said = wire.multipart({name: "x", f"{name}f": "y"}, [f"{name}f"], {})
    assert said == multipart({name: "x", f"{name}f": FilePart(b"y")}).write({})
