"""What type checkers say of the package: with no HTTP library in sight, and with each."""

from __future__ import annotations

import json
import re
import sys
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TypeAlias, cast

import pytest

from .support import PACKAGE, members, run

Checker: TypeAlias = Callable[[Path, Path, Path], Mapping[str, list[str]]]
"""Checks a folder with what a Python has installed; returns complaints by file."""

TRANSPORTS = """\
import httpx
import httpx2
from polar_oauth2 import AsyncClient, Client, WebTokenRequest

BODY = WebTokenRequest(client_id="c", client_secret="s", session_token="t")


def wait() -> list[str]:
    clients = [Client(), Client(http=httpx2.Client()), Client(http=httpx.Client())]
    return [client.oauth2.request_token(BODY).access_token for client in clients]


async def wait_elsewhere() -> list[str]:
    clients = [
        AsyncClient(),
        AsyncClient(http=httpx2.AsyncClient()),
        AsyncClient(http=httpx.AsyncClient()),
    ]
    return [(await client.oauth2.request_token(BODY)).access_token for client in clients]
"""

MATCH = """\
from typing import assert_never

from polar_oauth2 import (
    AuthorizationCodeTokenRequest,
    RefreshTokenRequest,
    TokenRequest,
    WebTokenRequest,
)


def by_class(body: TokenRequest) -> str:
    match body:
        case AuthorizationCodeTokenRequest():
            return body.code
        case RefreshTokenRequest():
            return body.refresh_token
        case WebTokenRequest():
            return body.session_token
        case _:
            assert_never(body)


def by_grant_type(body: TokenRequest) -> str:
    if body.grant_type == "authorization_code":
        return body.code
    if body.grant_type == "refresh_token":
        return body.refresh_token
    return body.session_token
"""

# Each of these has one mistake, in the line that ends in "# here".
MISTAKES: dict[str, str] = {
    "misspelt.py": "from polar_oauth2 import Clinet as Clinet  # here\n",
    "unhandled.py": MATCH.replace("    WebTokenRequest,\n", "")
    .replace("        case WebTokenRequest():\n            return body.session_token\n", "")
    .replace("assert_never(body)", "assert_never(body)  # here"),
    "twisted.py": """\
import httpx
from polar_oauth2 import Client

Client(http=httpx.AsyncClient())  # here
""",
    "forgotten.py": """\
from polar_oauth2 import WebTokenRequest

WebTokenRequest(client_id="c", client_secret="s")  # here
""",
    "unanswered.py": """\
from polar_oauth2 import TokenResponse


def refresh_token(token: TokenResponse) -> str:
    return token.refresh_token  # here
""",
}


def mypy(folder: Path, python: Path, cache: Path) -> Mapping[str, list[str]]:
    """Return what `mypy --strict` says, by file."""
    done = run(
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"),
        *("--python-executable", python, "--cache-dir", cache / "mypy", "."),
        cwd=folder,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        place = re.match(r"([^:]+):(\d+): error: ", line)
        if place:
            found.setdefault(place[1], []).append(f"{place[2]}: {line}")
    return found


def basedpyright(folder: Path, python: Path, _: Path) -> Mapping[str, list[str]]:
    """Return what basedpyright says in strict mode, by file."""
    settings = {"typeCheckingMode": "strict", "include": ["."]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    done = run(
        *(sys.executable, "-m", "basedpyright", "--outputjson"),
        *("--project", folder, "--pythonpath", python),
        cwd=folder,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    report = members(json.loads(done.stdout))
    assert members(report["summary"])["filesAnalyzed"]
    found: dict[str, list[str]] = {}
    for complaint in map(members, cast("list[object]", report["generalDiagnostics"])):
        start = members(members(complaint["range"])["start"])
        file = Path(str(complaint["file"])).relative_to(folder)
        line = int(str(start["line"])) + 1
        found.setdefault(str(file), []).append(f"{line}: {complaint['message']}")
    return found


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the package, also as an overlay corrects it, and nothing else."""
    root = tmp_path / "project"
    for name in ("polar_oauth2", "polar_oauth2_corrected"):
        copytree(PACKAGE.parent / name, root / name, ignore=ignore_patterns("__pycache__"))
    return root


@pytest.mark.parametrize("checker", [mypy, basedpyright], ids=["mypy", "basedpyright"])
def test_it_checks_where_nothing_is_installed(
    checker: Checker, folder: Path, tmp_path: Path, cache: Path
) -> None:
    empty = tmp_path / "empty"
    venv.create(empty)
    (folder / "control.py").write_text("import httpx\nimport httpx2\n", "utf-8")
    (folder / "match.py").write_text(MATCH, "utf-8")
    found = checker(folder, empty / "bin" / "python", cache)
    assert list(found) == ["control.py"], found
    assert sorted({line.split(":")[0] for line in found["control.py"]}) == ["1", "2"]


@pytest.mark.parametrize("checker", [mypy, basedpyright], ids=["mypy", "basedpyright"])
def test_it_guides_those_who_use_it(checker: Checker, folder: Path, cache: Path) -> None:
    right = {"transports.py": TRANSPORTS, "match.py": MATCH}
    for name, text in (right | MISTAKES).items():
        (folder / name).write_text(text, "utf-8")
    found = checker(folder, Path(sys.executable), cache)
    lines = {name: {line.split(":")[0] for line in said} for name, said in found.items()}
    here = {
        name: {str(number) for number, line in enumerate(text.splitlines(), 1) if "# here" in line}
        for name, text in MISTAKES.items()
    }
    assert lines == here, found
