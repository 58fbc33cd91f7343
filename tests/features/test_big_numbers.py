"""Numbers, exact both ways (RFC 8259, section 6)."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, json, last

pytestmark = pytest.mark.feature("big_numbers")
FORTY = 1234567890123456789012345678901234567890


def test_forty_digits_both_ways(drive: Drive) -> None:
    package = drive.package
    reply = json(
        b'{"total": -1234567890123456789012345678901234567890, "parts":'
        b" [9007199254740993, 18446744073709551616]}"
    )
    with drive(reply) as (client, server):
        answer = client.default.add(FORTY, package.Sum(total=-FORTY, parts=[9007199254740993, 0]))
        assert asked(server) == "POST /sums/1234567890123456789012345678901234567890"
        assert last(server).content == (
            b'{"total":-1234567890123456789012345678901234567890,"parts":[9007199254740993,0]}'
        )
        assert answer == package.Sum(
            total=-1234567890123456789012345678901234567890,
            parts=[9007199254740993, 18446744073709551616],
        )


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.1, "0.1"),
        (1 / 3, "0.3333333333333333"),
        (1e22, "1e%2B22"),
        (5e-324, "5e-324"),
        (-0.0, "-0.0"),
        (FORTY, "1234567890123456789012345678901234567890"),
        (2, "2"),
    ],
)
def test_a_number_in_a_query(drive: Drive, number: float, written: str) -> None:
    with drive(json(b'{"total": 1}')) as (client, server):
        client.default.add(1, drive.package.Sum(total=1), at=number)
        assert asked(server) == f"POST /sums/1?at={written}"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (b"0.1", 0.1),
        (b"1E2", 100.0),
        (b"5e-324", 5e-324),
        (b"0.1000000000000000055511151231257827", 0.1),
        (b"1234567890123456789012345678901234567890", FORTY),
        (b"-1", -1),
    ],
)
def test_a_number_of_an_answer(drive: Drive, written: bytes, number: float) -> None:
    with drive(json(b'{"total": 1.0, "share": %b}' % written)) as (client, server):
        answer = client.default.add(1, drive.package.Sum(total=1, share=0.5))
        assert last(server).content == b'{"total":1,"share":0.5}'
        assert answer.share == number
        assert answer.total == 1
        assert type(answer.total) is int


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), True, "1", None])
def test_what_is_no_number_is_not_sent(drive: Drive, number: object) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="at"):
            client.default.add(1, drive.package.Sum(total=1), at=number)
        assert server.seen == []


@pytest.mark.parametrize(
    "content",
    [
        b'{"total": 1, "share": NaN}',
        b'{"total": 1, "share": -Infinity}',
        b'{"total": 1, "share": 1e400}',
        b'{"total": 1, "share": "1"}',
        b'{"total": 1, "share": true}',
        b'{"total": 01}',
        b'{"total": 1.5}',
        pytest.param(b'{"total": %b}' % (b"1" * 5000), id="of 5000 digits"),
    ],
)
def test_what_is_no_number_is_no_answer(drive: Drive, content: bytes) -> None:
    with drive(json(content)) as (client, _), pytest.raises(drive.package.errors.DecodeError):
        client.default.add(1, drive.package.Sum(total=1))
