"""The page on streams: its code runs as one program, and does what it says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from specloom.cli import main

from .scripted import LAST, Asked, Script, chunk, head, stage
from .support import ROOT, run

PAGE = ROOT / "docs" / "STREAMS.md"
CORPUS = ROOT / "tests" / "corpus"
EVENTS = b'id: 7\ndata: {"type": "started"}\n\ndata: {"type": "counted", "count": 3}\n\n'
OCTETS = b"x" * 100_000


def program() -> str:
    return "\n".join(
        re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )


def answered(asked: Asked) -> Script:
    method, path, _ = asked.line.split()
    if path == "/ticks" and "last-event-id" not in asked.headers:
        yield head("text/event-stream") + chunk(b"retry: 1\n" + EVENTS) + LAST
    elif path == "/exports/a":
        yield head("application/octet-stream") + chunk(OCTETS) + LAST
    elif path == "/chat" and asked.headers["accept"] == "text/event-stream":
        yield head("text/event-stream") + chunk(b'data: {"text": "b"}\n\n') + LAST
    elif path == "/chat":
        yield head("application/json") + chunk(b'{"text": "a"}') + LAST
    else:
        assert method == "GET" or path in ("/blobs/a", "/mails")
        yield b"HTTP/1.1 204 No Content\r\n\r\n"


def test_its_code_runs(tmp_path: Path) -> None:
    for name in ("event_streams", "downloads", "uploads"):
        spec = str(CORPUS / name / "spec.yaml")
        assert main(["generate", spec, "-o", str(tmp_path), "--package", name]) == 0
    with stage(answered) as site:
        code = program().replace("https://api.example.com", site.url)
        done = run(sys.executable, "-c", code, cwd=tmp_path, paths=(tmp_path,))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        *("200", "3"),
        *("Started(type='started')", "Counted(type='counted', count=3)"),
        *("a", "Answer(text='b')"),
        *("Started(type='started')", "Counted(type='counted', count=3)", "7"),
        *("100000", "100000"),
    ]
    assert (tmp_path / "export.bin").read_bytes() == OCTETS
    blob, mail = site.seen[-2:]
    assert blob.content == OCTETS
    assert OCTETS in mail.content
