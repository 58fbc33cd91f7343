"""The page on webhooks: its code runs as one program, behind two servers that others wrote."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from specloom.cli import main

from .support import ROOT, run

PAGE = ROOT / "docs" / "WEBHOOKS.md"
SPEC = ROOT / "tests" / "corpus" / "webhooks" / "spec.yaml"
CALLS = """
import json
from http.client import HTTPConnection
from http.server import HTTPServer
from threading import Thread

sent = [
    (b'{"type": "order.paid", "id": "o-1"}', SECRET),
    (b'{"type": "stock.low", "sku": "s-1", "left": 2}', SECRET),
    (b'{"type": "order.lost", "id": "o-1"}', SECRET),
    (b'{"type": "order.paid", "id": "o-2"}', b"another"),
]
server = HTTPServer(("127.0.0.1", 0), type("Quiet", (Handler,), {"log_message": print_nothing}))
Thread(target=server.serve_forever, daemon=True).start()
for body, secret in sent:
    signed = sign(body, secret=secret)
    connection = HTTPConnection(*server.server_address, timeout=10)
    connection.request("POST", "/", body, signed)
    print(connection.getresponse().status)
    connection.close()
    print(app.test_client().post("/hook", data=body, headers=signed).status_code)
server.shutdown()
server.server_close()
"""


def program() -> str:
    page = PAGE.read_text("utf-8")
    return "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def test_its_code_runs(tmp_path: Path) -> None:
    assert main(["generate", str(SPEC), "-o", str(tmp_path), "--package", "shop"]) == 0
    quiet = "def print_nothing(*_): ...\n"
    code = f"{program()}\n{quiet}{CALLS}"
    done = run(sys.executable, "-c", code, cwd=tmp_path, paths=(tmp_path,))
    assert (done.returncode, done.stderr) == (0, "")
    missing, *lines = done.stdout.splitlines()
    assert missing == "$.secret: expected at least one secret"
    assert lines == [
        *(["o-1 is paid", "204"] * 2),
        *(["2 of s-1 are left", "204"] * 2),
        *(["there are webhooks of type order.lost now", "204"] * 2),
        *(["401"] * 2),
    ]
