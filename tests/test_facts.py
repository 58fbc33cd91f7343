"""Facts about the flagship that a right client respects, down to the bytes."""

from __future__ import annotations

from dataclasses import replace
from inspect import Parameter, signature
from uuid import UUID

import pytest
from polar_oauth2 import (
    AuthorizationCodeTokenRequest,
    Client,
    RefreshTokenRequest,
    TokenRequest,
    TokenResponse,
    WebTokenRequest,
)
from polar_oauth2.codecs import (
    decode_token_request,
    decode_token_response,
    decode_web_token_request,
    encode_token_request,
    encode_token_response,
)
from polar_oauth2.errors import (
    BadRequest,
    Conflict,
    ConstraintError,
    DecodeError,
    Forbidden,
    NotFound,
    ServerError,
    StatusError,
    TooManyRequests,
    Unauthorized,
    UnprocessableContent,
)

from .support import ACCESS_TOKEN, TOKEN, Recorder, Reply, Way, recording

AUTHORIZATION_CODE = AuthorizationCodeTokenRequest(
    client_id="a b", client_secret="c&d=e", code="f+g/h", redirect_uri="https://i.test/?j=k&l"
)
REFRESH_TOKEN = RefreshTokenRequest(
    client_id="é", client_secret="%25", refresh_token="\n~\U0001f511"
)
WEB = WebTokenRequest(client_id="m", client_secret="n", session_token="o")
SUB = UUID("7f6b2b3e-6e0a-4b59-9a59-5c2f6b3c0a11")

FORMS: dict[str, tuple[TokenRequest, bytes]] = {
    "authorization_code": (
        AUTHORIZATION_CODE,
        b"grant_type=authorization_code&client_id=a+b&client_secret=c%26d%3De&code=f%2Bg%2Fh"
        b"&redirect_uri=https%3A%2F%2Fi.test%2F%3Fj%3Dk%26l",
    ),
    "refresh_token": (
        REFRESH_TOKEN,
        b"grant_type=refresh_token&client_id=%C3%A9&client_secret=%2525"
        b"&refresh_token=%0A%7E%F0%9F%94%91",
    ),
    "web": (WEB, b"grant_type=web&client_id=m&client_secret=n&session_token=o&sub_type=user"),
}


def sent(recorder: Recorder, way: Way, body: TokenRequest) -> bytes:
    """Return the one body that was sent for a request."""
    recorder.seen.clear()
    with way(recorder.url) as ask:
        ask(body)
    (seen,) = recorder.seen
    return seen.content


@pytest.mark.parametrize(("body", "form"), FORMS.values(), ids=list(FORMS))
def test_1_the_body_is_a_form(
    recorder: Recorder, way: Way, body: TokenRequest, form: bytes
) -> None:
    assert sent(recorder, way, body) == form
    (seen,) = recorder.seen
    assert (seen.method, seen.path) == ("POST", "/v1/oauth2/token")
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert seen.headers["content-length"] == str(len(form))
    assert seen.headers["accept"] == "application/json"


GRANTS = "authorization_code, refresh_token, web"


@pytest.mark.parametrize("body", [AUTHORIZATION_CODE, REFRESH_TOKEN, WEB])
def test_1_the_variants_are_told_apart_by_their_grant_type(body: TokenRequest) -> None:
    assert decode_token_request(encode_token_request(body)) == body


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (
            {"grant_type": "refresh"},
            f'"refresh" is not one of {GRANTS}; did you mean refresh_token?',
        ),
        ({"grant_type": "device"}, f'"device" is not one of {GRANTS}'),
        ({"grant_type": None}, f"expected one of {GRANTS}, found null"),
        ({"client_id": "c"}, f"expected one of {GRANTS}, found nothing"),
    ],
)
def test_1_another_grant_type_is_no_token_request(value: object, says: str) -> None:
    with pytest.raises(DecodeError) as refused:
        decode_token_request(value)
    assert str(refused.value) == f"$.grant_type: {says}"


def test_1_a_wrong_variant_is_told_as_the_one_that_was_meant() -> None:
    with pytest.raises(DecodeError) as refused:
        decode_token_request({"grant_type": "web", "client_id": "c", "client_secret": "s"})
    assert str(refused.value) == "$.session_token: expected a value, found nothing"


@pytest.mark.parametrize("body", [AUTHORIZATION_CODE, REFRESH_TOKEN, WEB])
def test_1_a_variant_that_claims_to_be_another_is_not_sent(
    recorder: Recorder, way: Way, body: TokenRequest
) -> None:
    other = "web" if body.grant_type == "refresh_token" else "refresh_token"
    lying = replace(body)
    object.__setattr__(lying, "grant_type", other)
    check_not_sent(recorder, way, lying, f'$.grant_type: expected "{body.grant_type}"')


def test_2_no_credential_leaves(recorder: Recorder, way: Way) -> None:
    sent(recorder, way, WEB)
    (seen,) = recorder.seen
    assert "authorization" not in seen.headers
    assert "proxy-authorization" not in seen.headers
    assert "cookie" not in seen.headers
    assert not [text for text in seen.headers.values() if ACCESS_TOKEN in text]


def test_2_a_redirect_is_not_followed(recorder: Recorder, way: Way) -> None:
    """307 would carry the form, with the secret in it, to wherever the answer says."""
    away = Reply(b"", 307, {"Location": f"{recorder.url}/elsewhere"})
    with recording(away) as first, way(first.url) as ask:
        with pytest.raises(StatusError) as refused:
            ask(WEB)
        assert refused.value.status == 307
        assert refused.value.headers["location"] == f"{recorder.url}/elsewhere"
    assert recorder.seen == []


def test_2_a_cookie_is_not_kept() -> None:
    """By the client's own transport: a transport of the caller's has rules of its own."""
    crumbs = Reply(
        TOKEN.content, 200, {"Content-Type": "application/json", "Set-Cookie": "a=b; Path=/"}
    )
    with recording(crumbs) as recorder, Client(base_url=recorder.url) as client:
        client.oauth2.request_token(WEB)
        client.oauth2.request_token(WEB)
        assert len(recorder.seen) == 2
        assert not [seen for seen in recorder.seen if "cookie" in seen.headers]


def test_2_a_url_with_credentials_is_refused() -> None:
    with pytest.raises(ConstraintError):
        Client(base_url="https://user:password@api.test")


def test_3_null_is_left_out_of_a_form(recorder: Recorder, way: Way) -> None:
    form = sent(recorder, way, replace(WEB, sub=None, scope=None))
    assert form == b"grant_type=web&client_id=m&client_secret=n&session_token=o&sub_type=user"


def test_3_what_is_not_null_is_sent(recorder: Recorder, way: Way) -> None:
    form = sent(recorder, way, replace(WEB, sub=SUB, scope="openid profile"))
    assert form == (
        b"grant_type=web&client_id=m&client_secret=n&session_token=o&sub_type=user"
        b"&sub=7f6b2b3e-6e0a-4b59-9a59-5c2f6b3c0a11&scope=openid+profile"
    )


def test_4_sub_type_defaults_to_user() -> None:
    assert WEB.sub_type == "user"
    members = {"grant_type": "web", "client_id": "m", "client_secret": "n", "session_token": "o"}
    assert decode_web_token_request(members) == WEB


def test_4_sub_type_can_be_organization(recorder: Recorder, way: Way) -> None:
    form = sent(recorder, way, replace(WEB, sub_type="organization"))
    assert form.endswith(b"&sub_type=organization")


def check_not_sent(recorder: Recorder, way: Way, body: TokenRequest, why: str) -> None:
    with way(recorder.url) as ask, pytest.raises(ConstraintError) as refused:
        ask(body)
    assert str(refused.value) == why
    assert recorder.seen == []


@pytest.mark.parametrize(
    "sub",
    [
        "00000000-0000-0000-0000-000000000000",
        "c232ab00-9414-11ec-b3c8-9f68deced846",  # version 1
        "5df41881-3aed-3515-88a7-2f4a814cf09e",  # version 3
        "2ed6657d-e927-568b-95e1-2665a8aea6a2",  # version 5
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",  # version 7
    ],
)
def test_5_a_uuid_of_another_version_is_not_sent(recorder: Recorder, way: Way, sub: str) -> None:
    body = replace(WEB, sub=UUID(sub))
    check_not_sent(recorder, way, body, "$.sub: expected a UUID of version 4")


@pytest.mark.parametrize("length", [0, 2084])
def test_5_a_redirect_uri_out_of_bounds_is_not_sent(
    recorder: Recorder, way: Way, length: int
) -> None:
    body = replace(AUTHORIZATION_CODE, redirect_uri="u" * length)
    why = "$.redirect_uri: expected a string of 1 to 2083 characters"
    check_not_sent(recorder, way, body, why)


@pytest.mark.parametrize("length", [1, 2083])
def test_5_a_redirect_uri_within_bounds_is_sent(recorder: Recorder, way: Way, length: int) -> None:
    form = sent(recorder, way, replace(AUTHORIZATION_CODE, redirect_uri="u" * length))
    assert form.endswith(b"&redirect_uri=" + b"u" * length)


def answered(content: bytes, way: Way) -> TokenResponse:
    with recording(Reply(content)) as recorder, way(recorder.url) as ask:
        return ask(WEB)


def test_6_a_refresh_token_can_be_null(way: Way) -> None:
    token = answered(TOKEN.content.replace(b'"rt"', b"null"), way)
    assert token == TokenResponse(
        access_token="at", expires_in=864000, refresh_token=None, scope="openid", id_token="it"
    )
    assert encode_token_response(token)["refresh_token"] is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            TOKEN.content.replace(b'"refresh_token":"rt",', b""),
            "$.refresh_token: expected a value, found nothing",
        ),
        (
            TOKEN.content.replace(b',"id_token":"it"', b""),
            "$.id_token: expected a value, found nothing",
        ),
        (
            TOKEN.content.replace(b'"it"', b"null"),
            "$.id_token: expected a string, found null",
        ),
    ],
    ids=["no-refresh-token", "no-id-token", "null-id-token"],
)
def test_6_what_is_required_is_missed(way: Way, content: bytes, why: str) -> None:
    """The real server breaks its promise for `web`: the error says so, and hands the answer over."""
    with pytest.raises(DecodeError) as refused:
        answered(content, way)
    assert str(refused.value) == why
    assert refused.value.response is not None
    assert refused.value.response.status == 200
    assert refused.value.response.headers["content-type"] == "application/json"
    assert refused.value.response.content == content


def test_6_no_default_stands_in_for_a_refresh_token() -> None:
    assert signature(TokenResponse).parameters["refresh_token"].default is Parameter.empty


def test_6_what_is_new_is_kept() -> None:
    members = {
        "access_token": "at",
        "token_type": "Bearer",
        "expires_in": 1,
        "refresh_token": None,
        "scope": "",
        "id_token": "it",
        "new": [{"to": "us"}],
    }
    token = decode_token_response(members)
    assert token.extra == {"new": [{"to": "us"}]}
    assert encode_token_response(token) == members


def refusal(reply: Reply, way: Way) -> StatusError:
    with recording(reply) as recorder, way(recorder.url) as ask:
        try:
            ask(WEB)
        except StatusError as error:
            return error
    pytest.fail("a token came of it")


STATUSES: dict[int, type[StatusError]] = {
    201: StatusError,
    204: StatusError,
    304: StatusError,
    400: BadRequest,
    401: Unauthorized,
    402: StatusError,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: UnprocessableContent,
    429: TooManyRequests,
    500: ServerError,
    503: ServerError,
    599: ServerError,
}


@pytest.mark.parametrize(("status", "kind"), STATUSES.items())
def test_7_another_status_is_raised_with_its_body(
    way: Way, status: int, kind: type[StatusError]
) -> None:
    bodiless = status in (204, 304)
    content = b"" if bodiless else b'{"error":"invalid_grant","error_description":"why"}'
    refused = refusal(Reply(content, status, {"X-Trace": "t"}), way)
    assert type(refused) is kind
    assert refused.status == status
    assert refused.headers["x-trace"] == "t"
    expected = "" if bodiless else {"error": "invalid_grant", "error_description": "why"}
    assert refused.body == expected
    said = "" if bodiless else ": invalid_grant"
    assert str(refused) == f"POST /v1/oauth2/token answered {status}{said}"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b'{"error":"no code of RFC 6749"}', {"error": "no code of RFC 6749"}),
        (b'{"error":{"code":1}}', {"error": {"code": 1}}),
        (b'["invalid_grant"]', ["invalid_grant"]),
        (b"<h1>Bad Request</h1>", "<h1>Bad Request</h1>"),
        (b"\xff", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_7_a_message_repeats_nothing_but_a_known_code(
    way: Way, content: bytes, body: object
) -> None:
    refused = refusal(Reply(content, 400), way)
    assert refused.body == body
    assert str(refused) == "POST /v1/oauth2/token answered 400"


def test_10_a_repr_shows_no_secret() -> None:
    assert repr(AUTHORIZATION_CODE) == (
        "AuthorizationCodeTokenRequest(grant_type='authorization_code', client_id='a b', "
        "redirect_uri='https://i.test/?j=k&l')"
    )
    assert repr(REFRESH_TOKEN) == ("RefreshTokenRequest(grant_type='refresh_token', client_id='é')")
    assert repr(WEB) == (
        "WebTokenRequest(grant_type='web', client_id='m', sub_type='user', sub=None, scope=None)"
    )
    token = TokenResponse(
        access_token="at",
        expires_in=1,
        refresh_token="rt",
        scope="openid",
        id_token="it",
        extra={"device_secret": "ds"},
    )
    assert repr(token) == "TokenResponse(token_type='Bearer', expires_in=1, scope='openid')"


def test_10_a_client_shows_no_credential(recorder: Recorder) -> None:
    client = Client(base_url=f"{recorder.url}/", access_token=ACCESS_TOKEN)
    assert repr(client) == f"<Client of {recorder.url}>"
    assert ACCESS_TOKEN not in f"{vars(client)}{vars(client.oauth2)}"


def test_10_secrets_are_plain_values_all_the_same() -> None:
    assert replace(AUTHORIZATION_CODE) == AUTHORIZATION_CODE
    assert replace(AUTHORIZATION_CODE, code="another") != AUTHORIZATION_CODE
    assert f"{AUTHORIZATION_CODE.code}" == "f+g/h"
