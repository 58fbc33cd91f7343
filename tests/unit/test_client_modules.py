"""The imports of clients: what the emitted files mention is there."""

from __future__ import annotations

from pathlib import Path

from specloom.config import Target
from specloom.pipeline import Made, make

SPEC = """
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /note:
    put:
      operationId: write
      requestBody:
        content:
          application/json: {schema: {type: string}}
          text/plain: {schema: {type: string}}
      responses: {"204": {description: Written}}
"""


def test_what_only_overloads_mention_is_imported(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC, "utf-8")
    made = make(Target("t", str(spec), "out", "notes", None))
    assert isinstance(made, Made), made.messages
    assert (
        b"from typing import Literal, Self, Unpack, overload\n" in made.files[0, "notes/client.py"]
    )
