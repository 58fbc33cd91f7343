"""The page on calls in production: its code runs as one program, and does what it says."""

from __future__ import annotations

import re
import sys
from ast import literal_eval
from pathlib import Path

from .support import PACKAGE, ROOT, Recorder, Reply, Seen, recording, run

PAGE = ROOT / "docs" / "CALLS.md"
STAND_IN = Path(__file__).parent / "opentelemetry_stand_in"
FINE = Reply(b"{}")
BUSY = Reply(b"", 503, {"Retry-After": "7"})


def program(url: str) -> str:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return "\n".join(blocks).replace("Server.SANDBOX", repr(url))


def served(tmp_path: Path, *paths: Path) -> tuple[list[str], list[str], Recorder]:
    """Return what the program prints and logs, and what it sent."""
    asked: list[str] = []

    def reply(seen: Seen) -> Reply:
        asked.append(seen.path)
        is_odd = asked.count(seen.path) % 2 == 1
        return BUSY if seen.path == "/v1/busy" and is_odd else FINE

    with recording(reply) as server:
        done = run(sys.executable, "-c", program(server.url), cwd=tmp_path, paths=paths)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr.splitlines(), server


def test_its_code_runs(tmp_path: Path) -> None:
    said, logged, server = served(tmp_path, PACKAGE.parent, STAND_IN)
    status, slept, *spans = said
    assert (status, slept) == ("200", "7.0")
    assert [seen.path for seen in server.seen] == ["/v1/products", *["/v1/busy"] * 6]
    check_logged(logged)
    first, second = (literal_eval(span.removeprefix("span ")) for span in spans)
    port = int(server.url.rpartition(":")[2])
    same = {
        "name": "GET /v1/busy",
        "kind": "CLIENT",
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": port,
        "url.template": "/v1/busy",
    }
    failed = {"http.response.status_code": 503, "error.type": "503", "status": "ERROR"}
    assert first == {**same, "http.request.resend_count": 0, **failed}
    assert second == {**same, "http.request.resend_count": 1, "http.response.status_code": 200}
    sent = [seen.headers.get("traceparent") for seen in server.seen]
    assert sent[:5] == [None] * 5
    assert sent[5:] == [f"00-{'a' * 32}-{number:016x}-01" for number in (1, 2)]


def check_logged(lines: list[str]) -> None:
    """Check that the page shows what was logged, but for the times."""
    shown = re.search(r"^```text\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert shown is not None
    timeless = [re.sub(r"0\.\d+", "0.0", line) for line in lines]
    wanted = [re.sub(r"0\.\d+", "0.0", line) for line in shown[1].splitlines()]
    assert timeless == wanted * 2
