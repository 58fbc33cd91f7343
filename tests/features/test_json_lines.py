"""JSON Lines and JSON text sequences, over sockets that say them piece by piece."""

from __future__ import annotations

import pytest

from .driving import PATIENCE, Drive, Reply
from .staging import LAST, Asked, Script, chunk, head, stage

pytestmark = pytest.mark.feature("json_lines")
LINES = b'{"at": 1, "level": "info"}\n{"at": 2, "level": "new"}\n'


def reply(content: bytes, kind: str) -> Reply:
    return Reply(content, 200, {"Content-Type": kind})


def test_lines_are_items(drive: Drive) -> None:
    line, unknown = drive.package.Line, drive.package.Unknown
    wanted = [line(at=1, level="info"), line(at=2, level=unknown("new"))]
    for content in (LINES, LINES.rstrip(), LINES.replace(b"\n", b"\r\n\r\n")):
        with drive(reply(content, "application/jsonl")) as (client, _):
            assert list(client.default.read_logs()) == wanted
    with drive(reply(b"", "application/jsonl")) as (client, _):
        assert list(client.default.read_logs()) == []


def test_an_answer_that_is_described_without_content_has_no_items(drive: Drive) -> None:
    with drive(Reply(b"", 204)) as (client, _):
        assert list(client.default.names()) == []
        with pytest.raises(drive.package.errors.StatusError):
            client.default.read_logs()


def test_a_list_of_all_items_says_what_one_is(drive: Drive) -> None:
    """OpenAPI 3.2.0, "Sequential Media Types"."""
    with drive(reply(LINES, "application/ndjson")) as (client, _):
        assert [line.at for line in client.default.copy(drive.package.Line(at=1))] == [1, 2]


def test_a_line_is_there_before_the_next(drive: Drive) -> None:
    read = list[int]()

    def script(_: Asked) -> Script:
        yield head("application/jsonl")
        for number in range(3):
            yield chunk(b'{"at": %d' % number)
            yield chunk(b"}\n")
            while len(read) <= number:
                yield 0.01
        yield LAST

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        read.extend(line.at for line in client.default.read_logs())
    assert read == [0, 1, 2]


def test_lines_of_which_nothing_is_known_are_any_json(drive: Drive) -> None:
    with drive(reply(b'{"a": [1]}\n"b"\nnull\n', "application/x-ndjson")) as (client, _):
        assert list(client.default.names()) == [{"a": [1]}, "b", None]


def test_records_stand_behind_their_marks(drive: Drive) -> None:
    """RFC 7464; the content type of an answer says what it is."""
    content = b'\x1e{"at": 1}\n\x1e\x1e{"at":\n2}\n'
    with drive(reply(content, "application/json-seq")) as (client, _):
        assert [record.at for record in client.default.records()] == [1, 2]
    with drive(reply(b'"a"\n"b"\n', "application/x-ndjson")) as (client, _):
        assert list(client.default.records()) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"at": 1}\n{"at": "s3cr3t"}\n', r"\$\[1\].at: expected an integer, found a string"),
        (b'{"at": 1}\n{"at": 2', r"\$\[1\]: expected a JSON document, found something else"),
        (b'{"at": 1}\n<html>\n', r"\$\[1\]: expected a JSON document, found something else"),
    ],
)
def test_what_is_no_item_is_an_error(drive: Drive, content: bytes, says: str) -> None:
    with drive(reply(content, "application/jsonl")) as (client, _):
        stream = client.default.read_logs()
        assert next(stream).at == 1
        with pytest.raises(drive.package.errors.DecodeError, match=says):
            next(stream)


def test_a_record_that_is_cut_short_is_an_error(drive: Drive) -> None:
    with drive(reply(b'\x1e{"at": 1}\n\x1e12', "application/json-seq")) as (client, _):
        stream = client.default.records()
        next(stream)
        with pytest.raises(drive.package.errors.DecodeError, match="a whole record"):
            next(stream)


def test_no_line_goes_on_for_ever(drive: Drive) -> None:
    def script(_: Asked) -> Script:
        yield head("application/jsonl") + chunk(LINES)
        while True:
            yield chunk(b" " * 1000)

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        stream = client.default.read_logs(max_bytes=10_000)
        assert [next(stream).at, next(stream).at] == [1, 2]
        with pytest.raises(drive.package.errors.TransportError, match="larger than `max_bytes`"):
            next(stream)
        assert site.left.get(timeout=PATIENCE) == "cut"
