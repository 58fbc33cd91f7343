"""The page on tokens: its code runs as one program against a server of others, and does what it says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from .oauth_server import CODE, README, REFRESH, serving
from .support import PACKAGE, ROOT, run

PAGE = ROOT / "docs" / "OAUTH.md"
BROWSE = """
def browse(url: str) -> str:
    '''Return the URL that a user who consents comes back by.'''
    import httpx2

    return httpx2.get(url).headers["Location"]
"""


def program() -> str:
    found = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return BROWSE + "\n".join(found)


def test_its_code_runs(tmp_path: Path) -> None:
    with serving(CODE, REFRESH) as authority:
        code = program().replace("Server.SANDBOX", repr(authority.url))
        code = code.replace(
            "https://sandbox.polar.sh/oauth2/authorize", f"{authority.url}/authorize"
        )
        code = code.replace('"secret"', repr(README.client_secret))
        done = run(sys.executable, "-c", code, cwd=tmp_path, paths=(PACKAGE.parent,))
    assert (done.returncode, done.stderr) == (0, "")
    scope, tokens, needed = done.stdout.splitlines()
    assert scope == "openid profile"
    assert tokens == "100 1"
    said = "POST /v1/oauth2/token answered 400: invalid_grant"
    assert needed == f"{said}: the user has to authorize again"
    assert [seen.status for seen in authority.seen] == [200, 400]


def test_its_table_lists_what_there_is() -> None:
    text = PAGE.read_text("utf-8")
    exported = re.search(
        r"__all__ = \[(.*?)\]", (PACKAGE / "oauth.py").read_text("utf-8"), re.DOTALL
    )
    assert exported is not None
    for name in re.findall(r'"(\w+)"', exported[1]):
        assert f"`{name}" in text, name
