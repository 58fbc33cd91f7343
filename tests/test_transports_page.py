"""The page on transports: its code runs, in a package on the standard library."""

from __future__ import annotations

import re
import ssl
import sys
from pathlib import Path
from shutil import copyfile

from specloom.cli import main

from .support import ROOT, Reply, recording, run

PAGE = ROOT / "docs" / "TRANSPORTS.md"
SPEC = ROOT / "tests" / "corpus" / "stdlib_transport" / "spec.yaml"
SIGNED = ROOT / "tests" / "self_signed.pem"


def test_its_code_runs(tmp_path: Path) -> None:
    found = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    options = ("-o", str(tmp_path), "--package", "notes", "--transport", "stdlib")
    assert main(["generate", str(SPEC), *options]) == 0
    copyfile(SIGNED, tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SIGNED)
    reply = Reply(b'{"text": "kept"}', 200, {"Content-Type": "application/json"})
    with recording(reply, context) as server:
        program = "\n".join(found).replace('"https://notes.test"', repr(server.url))
        done = run(sys.executable, "-S", "-c", program, cwd=tmp_path, paths=(tmp_path,))
    assert (done.stdout, done.stderr) == ("kept\n", "")
    assert [seen.path for seen in server.seen] == ["/notes/1"]
