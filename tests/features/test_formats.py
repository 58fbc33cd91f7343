"""Formats that Python has a type for: what comes, what goes, and what is refused."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .driving import Drive, Reply, asked, echo, json, last

date_time = pytest.mark.feature("formats", "date_time")
date = pytest.mark.feature("formats", "date")
time = pytest.mark.feature("formats", "time")
duration = pytest.mark.feature("formats", "duration")
octets = pytest.mark.feature("formats", "octets")
decimal = pytest.mark.feature("formats", "decimal")
width = pytest.mark.feature("formats", "width")

DAY = dt.date(2020, 2, 29)
NOON = dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC)
HEAD = b'{"at":"2020-02-29T12:00:00Z","date":"2020-02-29"'
DEFAULTS = (
    b',"due":"2020-01-01T00:00:00Z","every":"P7D"'
    b',"opened":"2020-01-01T02:00:00.500000+02:00","closed":"2020-01-01T00:00:00Z"'
    b',"holidays":["2020-01-01","2020-12-25"],"openings":["2020-01-01T00:00:00Z"]'
)


def sent(drive: Drive, **members: object) -> bytes:
    """Return what leaves for an event besides what always does; it comes back as it left."""
    event = drive.package.Event(**{"at": NOON, "date": DAY, **members})
    with drive(echo) as (client, server):
        assert client.events.put(DAY, event) == event
        content: bytes = last(server).content
    assert content.startswith(HEAD)
    assert content.endswith(b"}")
    return content.removeprefix(HEAD).removesuffix(b"}").replace(DEFAULTS, b"", 1)


def unsent(drive: Drive, **members: object) -> str:
    """Return what is said of an event that is not sent."""
    event = drive.package.Event(**{"at": NOON, "date": DAY, **members})
    with drive(echo) as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError) as caught:
            client.events.put(DAY, event)
        assert server.seen == []
    return str(caught.value)


def received(drive: Drive, member: bytes) -> Any:
    """Return an event with a member more than it has to have."""
    with drive(json(HEAD + b"," + member + b"}")) as (client, _):
        return client.events.put(DAY, drive.package.Event(at=NOON, date=DAY))


def refused(drive: Drive, member: bytes) -> str:
    event = drive.package.Event(at=NOON, date=DAY)
    return drive.complaint(
        HEAD + b"," + member + b"}", lambda client: client.events.put(DAY, event)
    )


# --- dates and times ---------------------------------------------------------------------

SPELLINGS = [
    "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00+00:00",
    "2020-01-01T00:00:00-00:00",
    "2020-01-01t00:00:00z",
    "2020-01-01T00:00:00.1Z",
    "2020-01-01T00:00:00.100Z",
    "2020-01-01T00:00:00.123456789Z",
    "2020-01-01T00:00:00.123456789+14:00",
    "1990-12-31T23:59:60Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2020-01-01 00:00:00Z",
    "2020-01-01T00:00Z",
    "2020-01-01T00:00:00+0200",
    "2020-01-01T00:00:00",
]


@date_time
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_moment_goes_back_as_it_came(drive: Drive, spelling: str) -> None:
    event = received(drive, b'"due":"%b"' % spelling.encode())
    assert isinstance(event.due, dt.datetime)
    for copied in (
        event,
        copy.copy(event),
        copy.deepcopy(event),
        pickle.loads(pickle.dumps(event)),
    ):
        assert copied == event
        with drive(echo) as (client, server):
            assert client.events.put(DAY, copied) == event
            assert b'"due":"%b"' % spelling.encode() in last(server).content


@date_time
def test_a_moment_is_what_it_says(drive: Drive) -> None:
    due = received(drive, b'"due":"2020-01-01T01:02:03.123456789+02:00"').due
    assert due == dt.datetime(2019, 12, 31, 23, 2, 3, 123456, tzinfo=dt.UTC)
    assert due.utcoffset() == dt.timedelta(hours=2)
    assert hash(due) == hash(dt.datetime(2019, 12, 31, 23, 2, 3, 123456, tzinfo=dt.UTC))


@date_time
def test_what_is_computed_from_a_moment_is_not_the_moment(drive: Drive) -> None:
    due = received(drive, b'"due":"2020-01-01T00:00:00.123456789+00:00"').due
    for later, spelled in (
        (due + dt.timedelta(days=1), b"2020-01-02T00:00:00.123456Z"),
        (due.replace(year=2021), b"2021-01-01T00:00:00.123456Z"),
        (
            due.astimezone(dt.timezone(dt.timedelta(hours=-5, minutes=-30))),
            b"2019-12-31T18:30:00.123456-05:30",
        ),
    ):
        for one in (later, copy.deepcopy(later), pickle.loads(pickle.dumps(later))):
            with drive(echo) as (client, server):
                client.events.put(DAY, drive.package.Event(at=NOON, date=DAY, due=one))
                assert b'"due":"%b"' % spelled in last(server).content


@date_time
def test_a_moment_without_an_offset_is_received_and_says_so(drive: Drive) -> None:
    due = received(drive, b'"due":"2020-01-01T10:00:00"').due
    assert due == dt.datetime(2020, 1, 1, 10, tzinfo=dt.UTC).replace(tzinfo=None)
    assert due.tzinfo is None


@date_time
def test_a_moment_without_an_offset_is_not_sent(drive: Drive) -> None:
    says = "$.datetime: expected a datetime with an offset from UTC"
    assert unsent(drive, datetime=NOON.replace(tzinfo=None)) == says
    assert (
        unsent(drive, datetime=received(drive, b'"due":"2020-01-01T10:00:00"').due.replace(hour=1))
        == says
    )
    odd = dt.timezone(dt.timedelta(minutes=19, seconds=32))
    assert unsent(drive, datetime=dt.datetime(1900, 1, 1, tzinfo=odd)) == says


@date_time
def test_neither_a_text_nor_a_date_is_a_moment(drive: Drive) -> None:
    for wrong in ("2020-01-01T00:00:00Z", DAY, 1577836800, None):
        assert unsent(drive, due=wrong) == "$.due: expected a datetime"


@date_time
@pytest.mark.parametrize(
    "wrong",
    ["", "2020-01-01", "20200101T000000Z", "2020-02-30T00:00:00Z", "2020-01-01T24:00:00Z",
     "2020-01-01T00:60:00Z", "2020-01-01T00:00:61Z", "2020-01-01T00:00:00+25:00",
     "0000-01-01T00:00:00Z", " 2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z\\n",
     "\\u0662020-01-01T00:00:00Z", "now"],
)  # fmt: skip
def test_what_is_no_moment_is_told_and_not_shown(drive: Drive, wrong: str) -> None:
    says = "$.due: expected a date and a time, found a string"
    assert refused(drive, b'"due":"%b"' % wrong.encode()) == says


@date_time
def test_a_moment_may_be_null_where_the_document_says_so(drive: Drive) -> None:
    assert sent(drive, datetime=None) == b',"datetime":null'
    assert sent(drive, datetime=NOON) == b',"datetime":"2020-02-29T12:00:00Z"'
    assert refused(drive, b'"due":null') == "$.due: expected a string, found null"


@date_time
def test_moments_in_an_array(drive: Drive) -> None:
    assert sent(drive, moments=[NOON, NOON]) == (
        b',"moments":["2020-02-29T12:00:00Z","2020-02-29T12:00:00Z"]'
    )
    says = "$.moments[1]: expected a date and a time, found a string"
    assert refused(drive, b'"moments":["2020-02-29T12:00:00Z","x"]') == says


@date_time
def test_a_moment_beside_any_text_is_that_text(drive: Drive) -> None:
    assert received(drive, b'"begins":"2020-01-01T00:00:00Z"').begins == "2020-01-01T00:00:00Z"
    assert sent(drive, begins="soon") == b',"begins":"soon"'


@date_time
def test_a_moment_beside_a_number(drive: Drive) -> None:
    assert sent(drive, ends=7) == b',"ends":7'
    assert sent(drive, ends=NOON) == b',"ends":"2020-02-29T12:00:00Z"'
    assert received(drive, b'"ends":"2020-02-29T12:00:00Z"').ends == NOON
    assert refused(drive, b'"ends":"x"').endswith("expected a date and a time, found a string")


@date_time
def test_a_moment_in_each_place_of_a_request(drive: Drive) -> None:
    event = drive.package.Event(at=NOON, date=DAY)
    east = NOON.astimezone(dt.timezone(dt.timedelta(hours=1)))
    with drive(echo) as (client, server):
        client.events.put(DAY, event, since=east, moments=[NOON, NOON])
        assert asked(server) == (
            "PUT /events/2020-02-29?since=2020-02-29T13%3A00%3A00%2B01%3A00"
            "&moments=2020-02-29T12%3A00%3A00Z&moments=2020-02-29T12%3A00%3A00Z&limit=1.50"
        )
        client.events.put(DAY, event, x_span=dt.timedelta(minutes=90), opens=dt.time(8, 30))
        assert last(server).headers["x-span"] == "PT1H30M"
        assert last(server).headers["cookie"] == "opens=08%3A30%3A00"
    with drive() as (client, server):
        client.events.upload(drive.package.EventsUploadBody(at=NOON, thumbnail=b"\xff\xfe"))
        assert last(server).content == b"at=2020-02-29T12%3A00%3A00Z&thumbnail=%2F%2F4%3D"
        naive = NOON.replace(tzinfo=None)
        with pytest.raises(
            drive.package.errors.ConstraintError, match="since: expected a datetime"
        ):
            client.events.put(DAY, event, since=naive)


@date_time
def test_a_moment_as_a_whole_answer_and_in_a_header(drive: Drive) -> None:
    with drive(json(b'"2020-02-29T12:00:00Z"')) as (client, _):
        assert client.events.now() == NOON
    headers = {"Content-Type": "application/json", "X-Expires": "2020-02-29T12:00:00Z"}
    reply = Reply(HEAD + b"}", 200, {**headers, "X-Weight": "1.10"})
    package = drive.package
    with drive(reply) as (client, _):
        event = package.Event(at=NOON, date=DAY)
        _, response = client.with_response(client.events.put, DAY, event)
    found = package.codecs.read_events_put_response_headers(response.headers)
    expected = package.EventsPutResponseHeaders(x_expires=NOON, x_weight=Decimal("1.10"))
    assert found == expected


@date_time
def test_a_default_is_sent_in_one_spelling(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        client.events.put(DAY, package.Event(at=NOON, date=DAY))
        assert last(server).content == HEAD + DEFAULTS + b"}"
    assert received(drive, b'"count":1') == package.Event(at=NOON, date=DAY, count=1)


@date_time
def test_the_type_goes_before_the_format(drive: Drive) -> None:
    assert sent(drive, when=1577836800) == b',"when":1577836800'
    assert sent(drive, zone="Europe/Paris") == b',"zone":"Europe/Paris"'


@date
def test_a_date_is_a_date(drive: Drive) -> None:
    assert received(drive, b'"count":1').date == DAY
    assert unsent(drive, date=NOON) == "$.date: expected a date"
    assert unsent(drive, date="2020-02-29") == "$.date: expected a date"
    wrong = (b"2020-02-30", b"20200229", b"2020-W09-6", b"2020-02-29T00:00:00Z", b"")
    event = drive.package.Event(at=NOON, date=DAY)
    for text in wrong:
        answer = b'{"at":"2020-02-29T12:00:00Z","date":"%b"}' % text
        says = drive.complaint(answer, lambda client: client.events.put(DAY, event))
        assert says == "$.date: expected a date, found a string"


@time
@pytest.mark.parametrize(
    "spelling",
    ["10:30:00Z", "10:30:00", "10:30", "10:30:00.1+02:00", "10:30:00.123456789Z", "23:59:60Z"],
)
def test_a_time_goes_back_as_it_came(drive: Drive, spelling: str) -> None:
    event = received(drive, b'"time":"%b"' % spelling.encode())
    for copied in (event, copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
        with drive(echo) as (client, server):
            assert client.events.put(DAY, copied) == event
            assert b'"time":"%b"' % spelling.encode() in last(server).content


@time
def test_a_time_is_sent_with_its_offset_if_it_has_one(drive: Drive) -> None:
    east = dt.timezone(dt.timedelta(hours=2))
    assert sent(drive, time=dt.time(10, 30)) == b',"time":"10:30:00"'
    assert sent(drive, time=dt.time(10, 30, tzinfo=dt.UTC)) == b',"time":"10:30:00Z"'
    assert sent(drive, time=dt.time(10, 30, 1, 5, east)) == b',"time":"10:30:01.000005+02:00"'
    assert unsent(drive, time="10:30:00") == "$.time: expected a time"


@time
def test_the_offset_of_a_zone_depends_on_the_day(drive: Drive) -> None:
    says = "$.time: expected a time whose offset from UTC is known"
    assert unsent(drive, time=dt.time(10, tzinfo=ZoneInfo("Europe/Paris"))) == says


@time
@pytest.mark.parametrize(
    "wrong", [b"", b"10", b"24:00:00", b"10:60:00", b"T10:00:00", b"10:00:00+25:00"]
)
def test_what_is_no_time_is_told(drive: Drive, wrong: bytes) -> None:
    says = "$.time: expected a time of day, found a string"
    assert refused(drive, b'"time":"%b"' % wrong) == says


# --- durations ---------------------------------------------------------------------------


@duration
@pytest.mark.parametrize(
    ("spelling", "length"),
    [
        ("P1D", dt.timedelta(days=1)),
        ("P2W", dt.timedelta(weeks=2)),
        ("PT36H", dt.timedelta(hours=36)),
        ("P1DT2H3M4S", dt.timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("PT0.123456789S", dt.timedelta(microseconds=123456)),
        ("-PT5M", dt.timedelta(minutes=-5)),
        ("P1M", "P1M"),
        ("P1Y2M3DT4H", "P1Y2M3DT4H"),
        ("P9999999999D", "P9999999999D"),
    ],
)
def test_a_duration_goes_back_as_it_came(
    drive: Drive, spelling: str, length: dt.timedelta | str
) -> None:
    event = received(drive, b'"length":"%b"' % spelling.encode())
    assert event.length == length
    for copied in (event, copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
        with drive(echo) as (client, server):
            assert client.events.put(DAY, copied) == event
            assert b'"length":"%b"' % spelling.encode() in last(server).content


@duration
@pytest.mark.parametrize(
    ("length", "written"),
    [
        (dt.timedelta(), b"PT0S"),
        (dt.timedelta(days=40), b"P40D"),
        (dt.timedelta(hours=1, seconds=1), b"PT1H0M1S"),
        (dt.timedelta(days=1, microseconds=5), b"P1DT0.000005S"),
        ("P1M", b"P1M"),
    ],
)
def test_a_duration_is_sent(drive: Drive, length: dt.timedelta | str, written: bytes) -> None:
    assert sent(drive, length=length) == b',"length":"%b"' % written
    assert sent(drive, spans={"a": length}) == b',"spans":{"a":"%b"}' % written


@duration
def test_what_is_no_duration_is_neither_sent_nor_taken(drive: Drive) -> None:
    says = "$.length: expected a timedelta of no less than 0, or a duration"
    for wrong in (dt.timedelta(days=-1), "1 day", "P", 7):
        assert unsent(drive, length=wrong) == says
    for text in (b"", b"P", b"PT", b"P1", b"1D", b"P1DT", b"P1S", b"PT1D", b"00:05:00"):
        found = refused(drive, b'"length":"%b"' % text)
        assert found == "$.length: expected a duration, found a string"


# --- octets and numbers ------------------------------------------------------------------


@octets
def test_octets_travel_as_base64(drive: Drive) -> None:
    assert sent(drive, picture=b"\xfb\xff\xfe!") == b',"picture":"+//+IQ=="'
    assert sent(drive, token=b"\xfb\xff\xfe!") == b',"token":"-__-IQ"'
    assert sent(drive, picture=b"") == b',"picture":""'
    for text in (b"+//+IQ==", b"+//+IQ", b"+//+\\r\\nIQ=="):
        assert received(drive, b'"picture":"%b"' % text).picture == b"\xfb\xff\xfe!"
    for text in (b"-__-IQ==", b"-__-IQ"):
        assert received(drive, b'"token":"%b"' % text).token == b"\xfb\xff\xfe!"


@octets
def test_what_is_no_base64_is_told_and_not_shown(drive: Drive) -> None:
    for text in (b"a", b"-__-", b"a?==", "\u00e9".encode()):
        says = "$.picture: expected base64, found a string"
        assert refused(drive, b'"picture":"%b"' % text) == says
    assert refused(drive, b'"token":"+//+"') == "$.token: expected base64url, found a string"
    assert unsent(drive, picture="+//+") == "$.picture: expected bytes"


@octets
def test_a_length_is_that_of_the_text(drive: Drive) -> None:
    assert sent(drive, picture=b"a" * 30)
    assert unsent(drive, picture=b"a" * 31) == "$.picture: expected a string of 0 to 40 characters"


@decimal
def test_a_decimal_keeps_its_digits(drive: Drive) -> None:
    assert sent(drive, price=Decimal("1.10")) == b',"price":"1.10"'
    digits = "12345678901234567890123456789012345678901234567890.10"
    assert sent(drive, price=Decimal(digits)) == b',"price":"%b"' % digits.encode()
    found = received(drive, b'"price":"1.10"').price
    assert isinstance(found, Decimal)
    assert str(found) == "1.10"


@decimal
def test_a_decimal_is_sent_without_an_exponent(drive: Drive) -> None:
    event = drive.package.Event(at=NOON, date=DAY)
    with drive(echo) as (client, server):
        for limit, text in ((Decimal("1E+2"), "100"), (Decimal("1E-7"), "0.0000001")):
            client.events.put(DAY, event, limit=limit)
            assert asked(server) == f"PUT /events/2020-02-29?limit={text}"


@decimal
def test_what_is_no_decimal_is_neither_sent_nor_taken(drive: Drive) -> None:
    for wrong in (1.5, 1, "1.50", Decimal("NaN"), Decimal("Infinity")):
        assert unsent(drive, price=wrong) == "$.price: expected a finite Decimal"
    for text in (b"", b"NaN", b"Infinity", b"1_000.00", b" 1", b"1,5", b"1e99999999"):
        found = refused(drive, b'"price":"%b"' % text)
        assert found == "$.price: expected a decimal number, found a string"


@decimal
def test_a_pattern_is_asked_of_the_text(drive: Drive) -> None:
    assert unsent(drive, price=Decimal("1.5")).startswith("$.price: expected a string that matches")


@width
def test_an_integer_is_as_wide_as_its_format_says(drive: Drive) -> None:
    assert sent(drive, count=2**31 - 1, total=2**64 - 1) == (
        b',"count":2147483647,"total":18446744073709551615'
    )
    for count in (2**31, -(2**31) - 1):
        assert unsent(drive, count=count) == "$.count: expected an integer of 32 bits"
    for total in (2**64, -1):
        assert unsent(drive, total=total) == "$.total: expected an unsigned integer of 64 bits"
    assert unsent(drive, rank=11) == "$.rank: expected a number of at least 1 and at most 10"


@width
def test_a_wider_integer_is_received_unless_decoding_is_strict(drive: Drive) -> None:
    assert received(drive, b'"count":2147483648').count == 2**31
    package = drive.package
    value = {"at": "2020-02-29T12:00:00Z", "date": "2020-02-29", "count": 2**31}
    with pytest.raises(package.errors.DecodeError, match="an integer of 32 bits"):
        package.codecs.decode_event(value, strict=True)


@date_time
def test_what_was_received_is_shown_as_what_it_is(drive: Drive) -> None:
    members = b'"due":"2020-01-01T00:00:00Z","time":"10:30:00+02:00","every":"P1D"'
    event = received(drive, members)
    assert repr(event.due) == repr(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert repr(event.time) == repr(dt.time(10, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))))
    assert repr(event.every) == repr(dt.timedelta(days=1))
