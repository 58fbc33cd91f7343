"""The page on generated clients: its code runs as one program, and does what it says."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from specloom.cli import main

from .support import PACKAGE, ROOT, TOKEN, Recorder, Reply, Seen, recording, run

PAGE = ROOT / "docs" / "CLIENT.md"
REFUSAL = Reply(
    b'{"error": "invalid_grant"}',
    400,
    {"Content-Type": "application/json", "X-Request-Id": "r-1"},
)
BARE = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {/a: {get: {responses: {"204": {description: Done.}}}}}
"""
ALLOWED = 2
"""Token requests that are granted, before the page comes to errors."""


def program() -> str:
    return "\n".join(
        re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )


def test_its_code_runs(tmp_path: Path) -> None:
    asked: list[Seen] = []

    def reply(seen: Seen) -> Reply:
        asked.append(seen)
        tokens = [each for each in asked if each.path.startswith("/v1/oauth2/token")]
        return TOKEN if len(tokens) <= ALLOWED else REFUSAL

    with recording(reply) as server:
        done = run(
            sys.executable,
            "-c",
            program().replace("Server.SANDBOX", repr(server.url)),
            cwd=tmp_path,
            paths=(PACKAGE.parent,),
        )
    assert (done.returncode, done.stderr) == (0, "")
    seen_what_it_says(server)
    status, revoked, refused, *details = done.stdout.splitlines()
    assert re.fullmatch(r"200 application/json 0\.\d+(e-\d+)? \d+", status)
    assert revoked.startswith("200 b'")
    assert (refused, details) == (
        "POST /v1/oauth2/token 400 r-1",
        ["{'error': 'invalid_grant'}", "invalid_grant"],
    )


def test_its_overlay_makes_a_credential(tmp_path: Path) -> None:
    [overlay] = re.findall(
        r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (tmp_path / "overlay.yaml").write_text(overlay, "utf-8")
    (tmp_path / "shop.yaml").write_text(BARE, "utf-8")
    made = ("generate", str(tmp_path / "shop.yaml"), "-o", str(tmp_path / "out"))
    assert main([*made, "--overlay", str(tmp_path / "overlay.yaml")]) == 0
    with recording(lambda _: Reply(b"", 204)) as server:
        code = (
            f"from shop import Client; Client(base_url={server.url!r}, token='t').default.get_a()"
        )
        done = run(sys.executable, "-c", code, cwd=tmp_path, paths=(tmp_path / "out",))
    assert (done.returncode, done.stderr) == (0, "")
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t"]


def seen_what_it_says(server: Recorder) -> None:
    first, plain, revoke, _ = server.seen
    assert first.path == "/v1/oauth2/token?debug=true"
    assert (first.headers["x-trace"], first.headers["x-team"]) == ("1", "billing")
    assert first.content.endswith(b"&code_verifier=v")
    assert "x-trace" not in plain.headers
    assert "authorization" not in first.headers
    assert (revoke.path, json.loads(revoke.content)) == ("/v1/oauth2/revoke", {"token": "t"})
    assert revoke.headers["authorization"] == "Bearer polar_oat_1"
