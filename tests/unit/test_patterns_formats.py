"""The expressions of formats take whatever validators take, and the samples are taken by all."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import jsonschema  # type: ignore[import-untyped]  # it has no stubs
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.patterns import EXPRESSIONS, SAMPLES, Empty, Format, meet, takes

NAMES = sorted(EXPRESSIONS)
# Texts that one validator or another takes, or did; RFC 3339, 5.6 and appendix A, and so on.
ODD = {
    "date": ["2024-02-29", "0000-01-01", "9999-12-31"],
    "date-time": ["1990-12-31T23:59:60Z", "2000-01-01t00:00:00.123456789z", "1985-04-12 23:20:50Z"],
    "time": ["23:59:60Z", "12:00:00.5-23:59"],
    "uuid": ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "ipv4": ["255.255.255.255", "1.20.200.249"],
    "ipv6": ["1::", "::ffff:192.168.0.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::A"],
    "duration": ["PT0S", "P4DT12H30M5S", "P1.5D", "PT1,5S"],
    "email": ['"a b"@a.com', '"a@b"@c', "a@[127.0.0.1]", "a@[IPv6:::1]", "é@é"],
    "uri": ["a:?#", "http://[::1]/", "a+b-c.d:e", "HTTP://user@a:80/%20?a#b", "tel:+1-816"],
    "hostname": ["A-1", "xn--4gbwdl.xn--wgbh1c", "a_b", "a.", "1"],
}


@lru_cache(maxsize=32)
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    known = "uuid" if name.startswith("uuid") else name  # no validator tells their versions apart
    return jsonschema_rs.Draft202012Validator({"format": known}, validate_formats=True)


def conforms(name: str, text: str) -> bool:
    """Ask jsonschema, which knows no times; jsonschema-rs takes `/` and others for digits there."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    if name == "time":
        return bool(checker.conforms(f"2000-01-01T{text}", "date-time"))
    return bool(checker.conforms(text, name))


@pytest.mark.parametrize("name", NAMES)
def test_every_validator_takes_a_sample(name: str) -> None:
    assert SAMPLES[name]
    assert list(SAMPLES[name]) == sorted(SAMPLES[name], key=len), "the shortest first"
    for sample in SAMPLES[name]:
        assert validator(name).is_valid(sample)
        assert conforms(name, sample)
        assert takes(Format(name), sample) is None, "a format is never known for sure"


@pytest.mark.parametrize("name", sorted(ODD))
def test_what_only_some_take_is_taken(name: str) -> None:
    assert [text for text in ODD[name] if takes(Format(name), text) is False] == []


@settings(derandomize=True, max_examples=1_000, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_no_text_is_refused_that_a_validator_takes(name: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*SAMPLES[name], *ODD.get(name, ())]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 2))
        text = text[:at] + data.draw(st.text("09afZTPWYS:.-+@_ /é", max_size=2)) + text[at + cut :]
    if validator(name).is_valid(text) and conforms(name, text):
        assert takes(Format(name), text) is None


def test_formats_that_differ_are_known_to() -> None:
    told_apart = {
        (one, other)
        for one, other in combinations(sorted(name for name in NAMES if name in ODD), 2)
        if meet([Format(one), Format(other)], 0, None) == Empty()
    }
    assert told_apart >= {
        ("date", "date-time"),
        ("date", "duration"),
        ("date", "uuid"),
        ("date-time", "time"),
        ("date-time", "uuid"),
        ("email", "uuid"),
        ("ipv4", "ipv6"),
        ("ipv4", "uuid"),
        ("uri", "uuid"),
    }
    assert told_apart.isdisjoint({("email", "uri"), ("hostname", "uuid"), ("hostname", "ipv4")})
