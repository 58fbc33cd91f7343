"""The validator's settings are given to it: all that it asks for, and nothing of the environment."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

DOCUMENT = {
    "openapi": "",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/a/{b}": {
            "get": {
                "parameters": [{"name": "limit", "in": "query", "schema": {"default": "x"}}],
                "responses": {"200": {"description": ""}},
            }
        }
    },
}
PROGRAM = """\
import json, sys
from specloom.rules.settings import settle
settle()
from specloom.rules.walk import walked
document = json.loads(sys.argv[1])
print(*(found.keyword for found in walked(document, document["openapi"][:3])))
print(any(name.startswith("pydantic") for name in sys.modules))
"""


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_what_is_asked_for_is_there(version: str) -> None:
    """In an environment that asks for another backend, which does not exist."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps({**DOCUMENT, "openapi": version})],
        env={"OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("UnresolvableParameterError\nFalse\n", "")
