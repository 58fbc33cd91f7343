"""The page on pages: its code runs as one program, and does what it says."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from specloom.cli import main

from .support import ROOT, Reply, Seen, recording, run

PAGE = ROOT / "docs" / "PAGES.md"
SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
security: [{token: []}]
paths:
  /orders:
    get:
      operationId: orders:list
      tags: [orders]
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        "200":
          description: Fine.
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Order'}}
                  next_cursor: {type: string}
components:
  schemas: {Order: {type: object, required: [id], properties: {id: {type: string}}}}
  securitySchemes: {token: {type: http, scheme: bearer}}
"""
TARGET = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def orders(seen: Seen) -> Reply:
    start = int(parse_qs(urlsplit(seen.path).query).get("cursor", ["0"])[0])
    more = {"next_cursor": str(start + 2)} if start < 2 else {}
    items = [{"id": letter} for letter in "abc"[start : start + 2]]
    return Reply(json.dumps({"items": items, **more}).encode())


def test_its_code_runs(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")
    assert main(["generate", str(tmp_path / "shop.yaml"), "-o", str(tmp_path / "out")]) == 0
    program = "\n".join(PROGRAM.findall(PAGE.read_text("utf-8")))
    with recording(orders) as server:
        code = program.replace("URL", repr(server.url))
        done = run(sys.executable, "-c", code, cwd=tmp_path, paths=(tmp_path / "out",))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n") == ["a", "b", "c", "2", "1", "Order(id='a')", "c", ""]
    assert len(server.seen) == 6
    assert {seen.headers["authorization"] for seen in server.seen} == {"Bearer t"}


def test_its_target_is_sound(tmp_path: Path) -> None:
    """Every operation that it names is missing here, and that is all that is wrong."""
    [table] = TARGET.findall(PAGE.read_text("utf-8"))
    head = '[tool.specloom.targets.shop]\nspec = "shop.yaml"\noutput = "out"\n'
    (tmp_path / "pyproject.toml").write_text(head + table, "utf-8")
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")
    done = run(sys.executable, "-m", "specloom", "generate", cwd=tmp_path)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "error: pages" in line]
    assert len(said) == 5
    assert sum("there is no operation" in line for line in said) == 4
    assert "there is no member `data` in the answer" in done.stderr
