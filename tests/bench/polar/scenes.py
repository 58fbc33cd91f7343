"""What both clients are asked to do, and a server that says what Polar would; the standard library
alone, since it runs in the environments of both."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

ID = "3fa85f64-5717-4562-b3fc-2c963f660000"
OTHER = "9b2d1c3e-0c1a-4f5b-8a7d-2f6e5d4c3b2a"
EXTERNAL = "acme/../orders?x"
CUSTOMER: dict[str, object] = {
    "id": ID,
    "created_at": "2026-01-02T03:04:05Z",
    "modified_at": None,
    "metadata": {},
    "external_id": EXTERNAL,
    "email": "a@example.com",
    "email_verified": True,
    "type": "individual",
    "name": None,
    "billing_name": None,
    "billing_address": None,
    "tax_id": None,
    "organization_id": ID,
    "deleted_at": None,
    "first_user_event_at": None,
    "avatar_url": None,
}
NOBODY_KNOWS = {**CUSTOMER, "type": "household", "members_max": 5}
SESSION = {
    "id": ID,
    "created_at": "2026-01-02T03:04:05Z",
    "modified_at": None,
    "token": "polar_cst_secret",
    "expires_at": "2026-01-02T04:04:05Z",
    "return_url": None,
    "customer_portal_url": "https://polar.sh/portal",
    "customer_id": ID,
    "customer": CUSTOMER,
}
TOKEN = {
    "access_token": "polar_at_secret",
    "token_type": "Bearer",
    "expires_in": 3600,
    "refresh_token": "polar_rt_secret",
    "scope": "openid",
    "id_token": "secret",
}
NOTHING: list[object] = []
PAGE = {"items": NOTHING, "pagination": {"total_count": 0, "max_page": 1}}
INVALID = {"detail": [{"loc": ["body", "products"], "msg": "unknown", "type": "missing"}]}

TASKS = (
    "Exchange an authorization code for tokens",
    "Read the customer whose external id is `acme/../orders?x`",
    "List the orders of two products since an instant, the dearest first",
    "Create a checkout that the server refuses (422)",
    "Open a session of a customer of a type that is newer than the document",
)
REPLIES: tuple[tuple[int, object], ...] = (
    (200, TOKEN),
    (200, CUSTOMER),
    (200, PAGE),
    (422, INVALID),
    (201, {**SESSION, "customer": NOBODY_KNOWS}),
)


class Server:
    """Says what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.reply: tuple[int, object] = (200, {})
        self.seen: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                names = ("Authorization", "Content-Type")
                told = [f"{n}: {v}" for n in names if (v := self.headers.get(n)) is not None]
                server.seen.append("\n".join([f"{self.command} {self.path}", *told, body]).strip())
                status, content = server.reply
                data = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = answer

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()


def play(server: Server, acts: tuple[Callable[[], object] | None, ...]) -> None:
    """Do each task, and print what left and what came of it, as JSON."""
    scenes: list[dict[str, object]] = []
    for act, reply in zip(acts, REPLIES, strict=True):
        server.reply, server.seen = reply, []
        if act is None:
            scenes.append({"sent": [], "came": "there is no such operation"})
            continue
        try:
            came = repr(act())
        except Exception as error:  # of either client: that is what is looked at
            came = f"raises {type(error).__module__}.{type(error).__qualname__}: {error}"
        scenes.append({"sent": server.seen, "came": came})
    sys.stdout.write(json.dumps(scenes))
