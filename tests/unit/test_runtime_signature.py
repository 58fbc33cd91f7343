"""Signatures of webhooks: vectors that others made, and whatever is changed of what was signed."""

from __future__ import annotations

import traceback
from base64 import b64encode
from email.message import Message
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _hub, _signature
from runtime._signature import Secret, Secrets, sign, verify
from runtime._webhook import SignatureError
from runtime.errors import ConstraintError, Error

PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = 1_700_000_000
BODY = b'{"a": 1}'
KEY = b"a key that is never shown"
TEXT = "whsec_" + b64encode(KEY).decode()
KEYS = st.binary(min_size=1, max_size=64)
IDS = st.text(st.characters(exclude_characters=".", exclude_categories=["Cs"]), min_size=1)

VECTORS: list[tuple[Secret, str, int, bytes, str]] = [
    # of the specification's own libraries
    (
        PUBLISHED,
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
    # made with standardwebhooks 1.1.0
    (
        b"raw key of ours",
        "msg_2",
        NOW,
        '{"a":"\u00e9\U0001f600"}'.encode(),
        "v1,xLBY7/WU7XtkAmntYYulEPiV2rmQC8vzl9mOXgN6fdA=",
    ),
    ("whsec_c2hvcnQ", "msg_3", 1, b"", "v1,yYQDhSO5T8lMq7i7zY9sfMJL5GwmBCD489yXFoGxZps="),
]


@pytest.mark.parametrize(("secret", "id_", "at", "body", "signature"), VECTORS)
def test_what_others_sign_is_right(
    secret: Secret, id_: str, at: int, body: bytes, signature: str
) -> None:
    headers = sign(body, secret=secret, identifier=id_, now=at)
    assert headers["webhook-signature"] == signature
    verify(headers, body, secret=secret, now=at)


def test_names_of_headers_have_no_case_and_come_from_any_server() -> None:
    message = Message()
    for name, value in sign(BODY, secret=KEY, now=NOW).items():
        message[name.title()] = value
    verify(message, BODY, secret=KEY, now=NOW)


def test_the_names_of_svix_are_known_as_well() -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    theirs = {name.replace("webhook", "svix"): value for name, value in headers.items()}
    verify(theirs, BODY, secret=KEY, now=NOW)
    with pytest.raises(SignatureError, match="header webhook-id is not there"):
        verify({"Svix-Id": "1", "svix-timestamp": "1"}, BODY, secret=KEY, now=NOW)


def test_one_of_several_signatures_and_one_of_several_secrets_is_enough() -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    right = headers["webhook-signature"]
    given = f"v1a,{right[3:]} v2,x v1,  {right} v1,{'A' * 43}= nothing"
    verify({**headers, "webhook-signature": given}, BODY, secret=[b"new", TEXT], now=NOW)


@pytest.mark.parametrize(
    "signature",
    ["", "v1", "v1,", "v1a,{}", "v2,{}", "{}", "v1,{}x", "V1,{}", "v1;{}", "v1,\u00e9", "\ud800"],
)
def test_nothing_else_is_a_signature(signature: str) -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    given = signature.format(headers["webhook-signature"].removeprefix("v1,"))
    with pytest.raises(SignatureError, match="no signature is right"):
        verify({**headers, "webhook-signature": given}, BODY, secret=KEY, now=NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_each_header_is_there_once(name: str) -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    less = {key: value for key, value in headers.items() if key != name}
    with pytest.raises(SignatureError, match=f"the header {name} is not there"):
        verify(less, BODY, secret=KEY, now=NOW)
    more = {**headers, name.upper(): headers[name]}
    with pytest.raises(SignatureError, match=f"the header {name} is more than once"):
        verify(more, BODY, secret=KEY, now=NOW)


@pytest.mark.parametrize("late", [-300, -299.5, 0, 299.5, 300])
def test_it_counts_for_a_while(late: float) -> None:
    verify(sign(BODY, secret=KEY, now=NOW), BODY, secret=KEY, now=NOW + late)


@pytest.mark.parametrize("late", [-301, 301, 1e9, inf, -inf, nan])
def test_it_counts_neither_before_nor_after(late: float) -> None:
    with pytest.raises(SignatureError, match="webhook-timestamp is not within the tolerance"):
        verify(sign(BODY, secret=KEY, now=NOW), BODY, secret=KEY, now=NOW + late)


def test_the_tolerance_is_the_callers() -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    verify(headers, BODY, secret=KEY, now=NOW + 1e6, tolerance=inf)
    verify(headers, BODY, secret=KEY, now=NOW, tolerance=0)
    with pytest.raises(SignatureError):
        verify(headers, BODY, secret=KEY, now=NOW + 1, tolerance=0)
    for wrong in (-1, nan):
        with pytest.raises(ConstraintError, match="tolerance: expected a number of seconds"):
            verify(headers, BODY, secret=KEY, now=NOW, tolerance=wrong)


def test_the_clock_is_that_of_the_machine() -> None:
    verify(sign(BODY, secret=KEY), BODY, secret=KEY)


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1.5", "1e9", " 1", "\u0661", "9" * 5000])
def test_a_time_is_in_seconds(timestamp: str) -> None:
    headers = sign(BODY, secret=KEY, now=NOW) | {"webhook-timestamp": timestamp}
    with pytest.raises(SignatureError, match="no Unix time"):
        verify(headers, BODY, secret=KEY, now=NOW, tolerance=inf)


@given(KEYS, IDS, st.integers(0, 2**40), st.binary())
def test_what_is_signed_is_right(key: bytes, id_: str, at: int, body: bytes) -> None:
    verify(sign(body, secret=key, identifier=id_, now=at), body, secret=key, now=at)
    text = "whsec_" + b64encode(key).decode()
    verify(sign(body, secret=text.rstrip("="), identifier=id_, now=at), body, secret=key, now=at)


@given(KEYS, IDS, st.binary(), st.data())
def test_whatever_is_changed_is_refused(
    key: bytes, id_: str, body: bytes, data: st.DataObject
) -> None:
    headers = sign(body, secret=key, identifier=id_, now=NOW)
    what = data.draw(st.sampled_from(["body", "key", "id", "time", "signature"]))
    others = st.binary(min_size=1).filter(lambda other: other not in (body, key))
    signed, secret = body, key
    match what:
        case "body":
            signed = data.draw(others)
        case "key":
            secret = data.draw(others.filter(lambda other: _padded(other) != _padded(key)))
        case "id":
            headers["webhook-id"] = data.draw(IDS.filter(lambda other: other != id_))
        case "time":
            headers["webhook-timestamp"] = str(NOW + 1)
        case _:
            wrong = data.draw(st.binary(min_size=32, max_size=32).map(b64encode)).decode()
            headers["webhook-signature"] = f"v1,{wrong}"
    with pytest.raises(SignatureError):
        verify(headers, signed, secret=secret, now=NOW)


def _padded(key: bytes) -> bytes:
    """Return a key as HMAC has it (RFC 2104, section 3): zeros behind it make no difference."""
    return key.rstrip(b"\0")


def test_an_id_cannot_take_a_dot_from_what_follows() -> None:
    """`a.1` signed at 2 would be `a` signed at 1, of a body that begins with `2.`."""
    with pytest.raises(ConstraintError, match="identifier: expected an id without dots"):
        sign(BODY, secret=KEY, identifier="a.1")
    headers = sign(b"2.{}", secret=KEY, identifier="a", now=1)
    moved = headers | {"webhook-id": "a.1", "webhook-timestamp": "2"}
    with pytest.raises(SignatureError, match="webhook-id has a dot"):
        verify(moved, b"{}", secret=KEY, now=2)


UNUSABLE: list[Secrets] = ["", b"", [], (), "whsec_", "whsec_*", "polar_whs_raw", ["", KEY], "A"]


@pytest.mark.parametrize("secret", UNUSABLE)
def test_a_secret_that_is_none_is_refused(secret: Secrets) -> None:
    with pytest.raises(ConstraintError, match=r"\$\.secret: expected"):
        verify(sign(BODY, secret=KEY, now=NOW), BODY, secret=secret, now=NOW)


def test_a_setting_that_is_missing_does_not_do_without() -> None:
    missing: list[Secrets] = [None]  # type: ignore[list-item]  # what `os.environ.get` returns
    with pytest.raises(ConstraintError, match="at least one secret"):
        verify(sign(BODY, secret=KEY, now=NOW), BODY, secret=missing[0], now=NOW)
    with pytest.raises(ConstraintError, match="at least one secret"):
        _hub.verify(_hub.sign(BODY, secret=KEY), BODY, secret=missing[0])


def _told(error: Error) -> str:
    return "".join(traceback.format_exception(error)) + repr(error) + str(error)


def test_no_error_shows_a_secret_or_a_right_signature() -> None:
    headers = sign(BODY, secret=KEY, now=NOW)
    right = headers["webhook-signature"]
    with pytest.raises(SignatureError) as caught:
        verify({**headers, "webhook-signature": "v1,x"}, BODY, secret=TEXT, now=NOW)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)][1:]
    assert [frame.f_code.co_name for frame in frames] == ["verify"]
    assert right[3:] not in repr([frame.f_locals for frame in frames])
    with pytest.raises(ConstraintError) as refused:
        verify(headers, BODY, secret="whsec_never-shown", now=NOW)
    assert refused.value.__context__ is None
    for error in (caught.value, refused.value):
        assert "never-shown" not in _told(error).replace('secret="whsec_never-shown"', "")
        assert KEY.decode() not in _told(error)


# --- X-Hub-Signature-256 -----------------------------------------------------------------------


def test_the_example_of_github_is_right() -> None:
    """Of "Validating webhook deliveries"."""
    secret = "It's a Secret to Everybody"
    digest = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert _hub.sign(b"Hello, World!", secret=secret) == {"X-Hub-Signature-256": f"sha256={digest}"}
    _hub.verify({"x-hub-signature-256": f"sha256={digest}"}, b"Hello, World!", secret=secret)


@given(KEYS, st.binary(), st.binary(min_size=1))
def test_a_hub_signs_octets(key: bytes, body: bytes, more: bytes) -> None:
    headers = _hub.sign(body, secret=key)
    _hub.verify(headers, body, secret=[b"new", key])
    with pytest.raises(SignatureError, match="is not right"):
        _hub.verify(headers, body + more, secret=key)


@pytest.mark.parametrize("signature", ["", "sha1={}", "{}", "sha256=", "SHA256={}", "\u00e9"])
def test_nothing_else_is_a_signature_of_a_hub(signature: str) -> None:
    right = _hub.sign(BODY, secret=KEY)["X-Hub-Signature-256"].removeprefix("sha256=")
    with pytest.raises(SignatureError, match="is not right"):
        _hub.verify({"X-Hub-Signature-256": signature.format(right)}, BODY, secret=KEY)
    with pytest.raises(SignatureError, match="is not there"):
        _hub.verify({"X-Hub-Signature": f"sha256={right}"}, BODY, secret=KEY)
    twice = dict.fromkeys(("X-Hub-Signature-256", "x-hub-signature-256"), f"sha256={right}")
    with pytest.raises(SignatureError, match="is more than once"):
        _hub.verify(twice, BODY, secret=KEY)


@pytest.mark.parametrize("secret", ["", b"", [], ["", KEY]])
def test_a_hub_has_a_secret(secret: Secrets) -> None:
    with pytest.raises(ConstraintError, match=r"\$\.secret: expected"):
        _hub.verify(_hub.sign(BODY, secret=KEY), BODY, secret=secret)


def test_both_modules_offer_the_same() -> None:
    assert {"Secrets", "sign", "verify"} <= vars(_hub).keys() & vars(_signature).keys()
