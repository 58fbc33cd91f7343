"""A token endpoint as the flagship's contract has it, served by Authlib on loopback."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Protocol, cast
from wsgiref.types import StartResponse, WSGIEnvironment

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    BaseGrant,
    ClientMixin,
    TokenEndpointMixin,
    TokenMixin,
    grants,
)
from authlib.oauth2.rfc6749.errors import (
    InvalidGrantError,
    InvalidRequestError,
    UnauthorizedClientError,
)
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CODE, REFRESH, WEB = "authorization_code", "refresh_token", "web"
CREDENTIALS = "client_credentials"
GRANTS = (CODE, REFRESH, WEB)
SUBJECTS = {
    "user": "7f6b2b3e-6e0a-4b59-9a59-5c2f6b3c0a11",
    "organization": "2b1c0b8e-3a39-4a6e-8f0a-1d2c3b4a5f60",
}
SESSION = "session of the user"
# By the body, as the contract has it; a server that takes Basic too answers 401, not 400, to a
# wrong secret (RFC 6749, section 5.2).
_METHODS = ("client_secret_basic", "client_secret_post", "none")


@dataclass(frozen=True)
class App(ClientMixin):
    """A client that is registered with the server."""

    client_id: str
    client_secret: str
    """Empty: a public client (RFC 6749, section 2.1)."""
    redirect_uri: str
    grant_types: Collection[str] = (*GRANTS, CREDENTIALS)

    def get_client_id(self) -> str:
        return self.client_id

    def get_allowed_scope(self, scope: Collection[str] | str) -> str:
        return scope if isinstance(scope, str) else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret.encode(), self.client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        is_secret = method in ("client_secret_basic", "client_secret_post")
        return endpoint == "token" and is_secret is bool(self.client_secret)

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.grant_types


APP = App("id with space&=+%", "sécret/+ &=%", "https://app.test/cb?x=1&y=2")
"""Its words hold every character that a form has to escape."""
NARROW = App("narrow", "secret of the narrow one", "https://app.test/cb", (CODE,))
PUBLIC = App("public", "", "https://app.test/cb", (CODE, REFRESH))
README = App("id", "another than that in the README", "https://app.test/cb")


@dataclass(frozen=True)
class Subject:
    id: str

    def get_user_id(self) -> str:
        return self.id


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    client_id: str
    redirect_uri: str
    scope: str
    subject: Subject
    code_challenge: str | None = None
    code_challenge_method: str | None = None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


@dataclass(frozen=True)
class Token(TokenMixin):
    client_id: str
    scope: str
    subject: Subject

    def check_client(self, client: ClientMixin) -> bool:
        return client.get_client_id() == self.client_id

    def get_scope(self) -> str:
        return self.scope


@dataclass
class Store:
    """What the server remembers: codes and refresh tokens that can still be used."""

    codes: dict[str, Code] = field(default_factory=dict[str, Code])
    tokens: dict[str, Token] = field(default_factory=dict[str, Token])


@dataclass(frozen=True)
class Seen:
    """A request to the token endpoint, as it came, and the status of its answer."""

    content: bytes
    headers: Mapping[str, str]
    status: int


@dataclass(frozen=True)
class Authority:
    """A running server: where it is, and what its token endpoint saw."""

    url: str
    seen: Sequence[Seen]


@contextmanager
def serving(*grant_types: str, sparing: bool = False) -> Generator[Authority]:
    """Run a server that knows the apps above, and the given grants, until the block is left.

    A `sparing` one has no ID tokens, and says nothing of a refresh token that it does not give.
    """
    seen: list[Seen] = []
    flask = Flask(__name__)
    app = _application(flask, _issuer(flask, grant_types, sparing=sparing), seen)
    server = make_server("127.0.0.1", 0, _behind_tls(app), threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Authority(f"http://127.0.0.1:{server.server_port}", seen)
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


class _Quiet(WSGIRequestHandler):
    timeout = 10

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing: the output is the tests'."""


class _Issuer(Protocol):
    """What is used of Authlib, in the types that its stubs leave open or get wrong."""

    def get_consent_grant(self, *, end_user: Subject) -> object: ...
    def create_authorization_response(self, *, grant_user: Subject, grant: object) -> Response: ...
    def create_token_response(self) -> Response: ...


class _Grant(Protocol):
    def generate_token(
        self, *, user: object, scope: str, include_refresh_token: bool
    ) -> dict[str, str | int]: ...
    def save_token(self, token: dict[str, str | int]) -> None: ...


def _behind_tls(app: WSGIApplication) -> WSGIApplication:
    """Return `app` as it runs behind a proxy that speaks TLS: Authlib serves nothing else."""

    def call(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return app({**environ, "wsgi.url_scheme": "https"}, start)

    return call


def _application(flask: Flask, issuer: _Issuer, seen: list[Seen]) -> Flask:
    def authorize() -> Response:
        owner = Subject(SUBJECTS["user"])  # who consents to everything
        grant = issuer.get_consent_grant(end_user=owner)
        return issuer.create_authorization_response(grant_user=owner, grant=grant)

    def token() -> Response:
        content = request.get_data(cache=True)
        response = issuer.create_token_response()
        headers = {name.lower(): value for name, value in request.headers.items()}
        seen.append(Seen(content, headers, response.status_code))
        return response

    flask.add_url_rule("/authorize", view_func=authorize)
    flask.add_url_rule("/v1/oauth2/token", view_func=token, methods=["POST"])
    return flask


def _issuer(flask: Flask, grant_types: Collection[str], *, sparing: bool) -> _Issuer:
    store = Store()
    apps = {app.client_id: app for app in (APP, NARROW, PUBLIC, README)}

    def save(token: dict[str, str | int | None], request: OAuth2Request) -> None:
        """Remember a token, and give it all that the contract promises, unless we are sparing."""
        assert isinstance(request.client, App)
        if not isinstance(request.user, Subject):  # the client acts for itself
            return
        if not sparing:
            token["id_token"] = secrets.token_urlsafe()  # opaque to who does not verify it
            token.setdefault("refresh_token", None)
        refresh_token = token.get("refresh_token")
        scope = token.setdefault("scope", "")
        if isinstance(refresh_token, str):
            store.tokens[refresh_token] = Token(request.client.client_id, str(scope), request.user)

    flask.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
    server = AuthorizationServer(flask, apps.get, save)
    kinds = {
        CODE: _code_grant(store),
        REFRESH: _refresh_grant(store),
        WEB: _WebGrant,
        CREDENTIALS: _ClientGrant,
    }
    for grant_type in grant_types:
        proof = [CodeChallenge(required=True)] if grant_type == CODE else []
        server.register_grant(kinds[grant_type], proof)
    return cast("_Issuer", server)


def _code_grant(store: Store) -> type[BaseGrant]:
    class CodeGrant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = _METHODS

        def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
            assert isinstance(request.client, App)
            assert isinstance(request.user, Subject)
            assert request.payload is not None
            store.codes[code] = Code(
                request.client.client_id,
                request.payload.redirect_uri,
                request.payload.scope,
                request.user,
                request.payload.data.get("code_challenge"),
                request.payload.data.get("code_challenge_method"),
            )

        def query_authorization_code(self, code: str, client: ClientMixin) -> Code | None:
            found = store.codes.get(code)
            return found if found and found.client_id == client.get_client_id() else None

        def delete_authorization_code(self, authorization_code: Code) -> None:
            store.codes = {k: v for k, v in store.codes.items() if v is not authorization_code}

        def authenticate_user(self, authorization_code: Code) -> Subject:
            return authorization_code.subject

    return CodeGrant


def _refresh_grant(store: Store) -> type[BaseGrant]:
    class RefreshGrant(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = _METHODS
        INCLUDE_NEW_REFRESH_TOKEN = True

        def authenticate_refresh_token(self, refresh_token: str) -> Token:
            try:
                return store.tokens[refresh_token]
            except KeyError:
                raise InvalidGrantError from None

        def authenticate_user(self, refresh_token: Token) -> Subject:
            return refresh_token.subject

        def revoke_old_credential(self, refresh_token: TokenMixin) -> None:
            store.tokens = {k: v for k, v in store.tokens.items() if v is not refresh_token}

    return RefreshGrant


class _ClientGrant(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _METHODS


class _WebGrant(BaseGrant, TokenEndpointMixin):
    """The grant of the contract's WebTokenRequest, as strict as the real one."""

    GRANT_TYPE = WEB
    TOKEN_ENDPOINT_AUTH_METHODS = _METHODS

    def validate_token_request(self) -> None:
        client = self.authenticate_token_endpoint_client()
        if not client.check_grant_type(WEB):
            raise UnauthorizedClientError(f"The client may not use 'grant_type={WEB}'")
        form = self.request.form
        if form.get("session_token") != SESSION:
            raise InvalidGrantError("Invalid 'session_token' in request.")
        kind = form.get("sub_type", "user")
        if kind not in SUBJECTS:
            raise InvalidRequestError("Invalid 'sub_type' in request.")
        # "null" and "" are no subjects: a client has to leave out what it does not mean
        subject = form.get("sub", SUBJECTS["user"])
        if subject != SUBJECTS[kind]:
            raise InvalidRequestError("Invalid 'sub' in request.")
        self.request.client, self.request.user = client, Subject(subject)

    def create_token_response(self) -> tuple[int, str, list[tuple[str, str]]]:
        grant = cast("_Grant", self)
        token = grant.generate_token(
            user=self.request.user,
            scope=self.request.form.get("scope", ""),
            include_refresh_token=False,
        )
        grant.save_token(token)
        return 200, json.dumps(token), list(self.TOKEN_RESPONSE_HEADER)
