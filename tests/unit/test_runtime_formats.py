"""Formats at the boundary: whatever is of one comes back as it was."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runtime import _base64, _date, _date_time, _decimal, _duration, _time
from runtime.errors import ConstraintError, DecodeError

from specloom import ir
from specloom.formats import FORMATS
from specloom.python.spelled import spelled
from specloom.spelling import canonical

OFFSETS = st.integers(-1439, 1439).map(lambda n: dt.timezone(dt.timedelta(minutes=n)))
MOMENTS = st.datetimes(timezones=OFFSETS)
TIMES = st.times() | st.times(timezones=OFFSETS)
SPANS = st.timedeltas(min_value=dt.timedelta()) | st.integers(0, 10**9).map(
    lambda seconds: dt.timedelta(seconds=seconds)
)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
LEAP = dt.datetime(2016, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


@given(MOMENTS)
def test_a_moment_is_written_as_rfc_3339_has_it(moment: dt.datetime) -> None:
    text = _date_time.write(moment)
    assert FORMATS["date-time"](text)
    assert _date_time.read(text) == moment
    assert _date_time.read(text).utcoffset() == moment.utcoffset()


@given(TIMES)
def test_a_time_is_written_with_its_offset_if_it_has_one(time: dt.time) -> None:
    text = _time.write(time)
    assert FORMATS["time"](text if time.tzinfo else f"{text}Z")
    assert _time.read(text) == time


@given(st.dates())
def test_a_date_is_written(date: dt.date) -> None:
    assert FORMATS["date"](_date.write(date))
    assert _date.read(_date.write(date)) == date


@given(SPANS)
@example(dt.timedelta(hours=1, seconds=1))
def test_a_span_is_written(span: dt.timedelta) -> None:
    text = _duration.write(span)
    assert FORMATS["duration"](text) or span.microseconds
    assert _duration.read(text) == span


@given(st.binary())
def test_octets_are_written(octets: bytes) -> None:
    assert _base64.read(_base64.write(octets)) == octets
    assert _base64.read_url(_base64.write_url(octets)) == octets
    assert not set(_base64.write_url(octets)) & set("+/=")


@given(DECIMALS)
@example(Decimal("1E+999999"))
@example(Decimal("-0"))
def test_a_decimal_is_written(decimal: Decimal) -> None:
    text = _decimal.write(decimal)
    assert len(text) < 3_000
    if abs(decimal.adjusted()) < 1_000:
        assert _decimal.read(text) == decimal


_DIGITS = st.integers(0, 10**12).map(str)
_FRACTIONS = st.just("") | _DIGITS.map(".{}".format)
_ZONES = st.sampled_from(["Z", "z", "+00:00", "-00:00", "+05:30", "-23:59", ""])
SPELLINGS = st.builds(
    "{}{}{:02}:{:02}:{:02}{}{}".format,
    st.dates().map(str),
    st.sampled_from("Tt "),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 60),
    _FRACTIONS,
    _ZONES,
)


@given(SPELLINGS)
def test_what_came_goes_back_as_it_came(text: str) -> None:
    for read, write, part in (
        (_date_time.read, _date_time.write, text),
        (_time.read, _time.write, text[11:]),
    ):
        value = read(part)
        for kept in (
            value,
            copy.copy(value),
            copy.deepcopy(value),
            pickle.loads(pickle.dumps(value)),
        ):
            assert write(kept) == part
            assert kept == value


@given(st.text(max_size=30) | SPELLINGS.flatmap(lambda t: st.just(t).map(lambda s: s[:-1] + "x")))
def test_whatever_else_comes_is_refused_and_not_shown(text: str) -> None:
    for read in (_date_time.read, _date.read, _time.read, _duration.read, _decimal.read):
        caught: DecodeError | None = None
        try:
            read(text)
        except DecodeError as error:
            caught = error
        assert caught is None or str(caught).endswith(", found a string")
        assert caught is None or caught.__cause__ is caught.__context__ is None


def test_a_leap_second_is_the_one_before_it() -> None:
    assert _date_time.read("2016-12-31T23:59:60Z") == LEAP
    assert _date_time.read("2016-12-31T23:59:60.5Z") == LEAP.replace(microsecond=500_000)


@pytest.mark.parametrize(
    ("write", "wrong"),
    [
        (_date_time.write, LEAP.replace(tzinfo=None)),
        (_date_time.write, LEAP.replace(tzinfo=dt.timezone(dt.timedelta(seconds=1)))),
        (_date_time.write, LEAP.date()),
        (_date.write, LEAP),
        (_time.write, LEAP),
        (_duration.write, dt.timedelta(microseconds=-1)),
        (_duration.write, ""),
        (_base64.write, "YQ=="),
        (_base64.write_url, bytearray(b"a")),
        (_decimal.write, Decimal("sNaN")),
        (_decimal.write, 1),
    ],
)
def test_what_is_of_another_type_is_not_written(
    write: Callable[[object, str], str], wrong: object
) -> None:
    with pytest.raises(ConstraintError, match=r"^\$\.x: expected "):
        write(wrong, "x")


# --- what the generator makes of texts ---------------------------------------------------

_Read = Callable[[str], object]
_Write = Callable[[object], str]
_KINDS: list[tuple[ir.ScalarKind, _Read, _Write, st.SearchStrategy[str]]] = [
    (ir.ScalarKind.DATE_TIME, _date_time.read, _date_time.write, SPELLINGS),
    (ir.ScalarKind.DATE, _date.read, _date.write, st.dates().map(str)),
    (
        ir.ScalarKind.TIME,
        _time.read,
        _time.write,
        SPELLINGS.map(lambda text: text[11:]),
    ),
    (
        ir.ScalarKind.DURATION,
        _duration.read,
        _duration.write,
        SPANS.map(_duration.write)
        | st.from_regex(r"\AP(\d{1,3}Y)?(\d{1,3}M)?(\d{1,3}W)?(T\d{1,5}H(\d{1,5}S)?)?\Z"),
    ),
    (
        ir.ScalarKind.BASE64,
        _base64.read,
        _base64.write,
        st.binary(max_size=20).map(_base64.write),
    ),
    (
        ir.ScalarKind.BASE64URL,
        _base64.read_url,
        _base64.write_url,
        st.binary(max_size=20).map(_base64.write_url),
    ),
    (ir.ScalarKind.DECIMAL, _decimal.read, _decimal.write, DECIMALS.map(str)),
]


@pytest.mark.parametrize(("kind", "read", "write", "texts"), _KINDS)
@given(st.data())
def test_a_default_is_what_the_package_makes_of_it(
    kind: ir.ScalarKind,
    read: _Read,
    write: _Write,
    texts: st.SearchStrategy[str],
    data: st.DataObject,
) -> None:
    text = data.draw(texts | st.text(max_size=8))
    sent = canonical(kind, text)
    if sent is None:
        return
    assert canonical(kind, sent) == sent
    assert read(sent) == read(text)
    value = eval(spelled(kind, sent), {"dt": dt, "Decimal": Decimal})
    assert value == read(sent)
    assert write(value) == sent
