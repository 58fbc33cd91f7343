"""What the generated tests are worth: each bug planted in the generated package makes them fail."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from subprocess import CompletedProcess

import pytest

from .support import PACKAGE, run

TESTS = PACKAGE.parent / "tests" / "polar_oauth2_tests"
GROUP = "test_polar_oauth2_oauth2.py"


@dataclass(frozen=True)
class Bug:
    """A slip in one place of a file of the package."""

    name: str
    file: str
    right: str
    wrong: str


BUGS = [
    Bug("the token leaves on an anonymous operation", "client.py", "((),)", '(("access_token",),)'),
    Bug("the path is another", "client.py", '"/v1/oauth2/token"', '"/v1/oauth2/tokens"'),
    Bug("the method is another", "client.py", 'method="POST"', 'method="PUT"'),
    Bug("the server is another", "client.py", "https://api.polar.sh", "https://api.polar.sh.test"),
    Bug("a grant is presented twice", "client.py", "single_use=True", "single_use=False"),
    Bug("another status is a success", "client.py", "answers={200:", 'answers={"2XX":'),
    Bug(
        "a timeout is dropped by the client that awaits",
        "client.py",
        "return await self._session.send(_request_token(body), options)",
        "return await self._session.send(_request_token(body), {})",
    ),
    Bug(
        "null is sent as a value",
        "codecs.py",
        'if value.scope is not None:\n        out["scope"] = write.string(value.scope, "scope")',
        'out["scope"] = "" if value.scope is None else write.string(value.scope, "scope")',
    ),
    Bug(
        "two members change places when read",
        "codecs.py",
        'out.scope = read.string(members["scope"], "scope")\n'
        '        out.id_token = read.string(members["id_token"], "id_token")',
        'out.scope = read.string(members["id_token"], "id_token")\n'
        '        out.id_token = read.string(members["scope"], "scope")',
    ),
    Bug(
        "two members change places when written",
        "codecs.py",
        '"client_id": write.string(value.client_id, "client_id"),\n'
        '        "client_secret": write.string(value.client_secret, "client_secret"),\n'
        '        "session_token"',
        '"client_id": write.string(value.client_secret, "client_secret"),\n'
        '        "client_secret": write.string(value.client_id, "client_id"),\n'
        '        "session_token"',
    ),
    Bug(
        "a limit is not checked",
        "codecs.py",
        'check.length(value.redirect_uri, "redirect_uri", 1, 2083)',
        "pass",
    ),
    Bug("a limit is off by one", "codecs.py", "1, 2083", "1, 2084"),
    Bug("the version of a UUID is not checked", "_check.py", "value.version != version", "False"),
    Bug(
        "a constant of a request is another",
        "models.py",
        'grant_type: Literal["web"] = "web"',
        'grant_type: Literal["web"] = "refresh_token"',
    ),
    Bug(
        "a default is another",
        "models.py",
        'sub_type: Literal["user", "organization"] = "user"',
        'sub_type: Literal["user", "organization"] = "organization"',
    ),
    Bug(
        "a default is not written",
        "codecs.py",
        '"sub_type": write.choice(value.sub_type, "sub_type", ("user", "organization")),',
        "",
    ),
    Bug(
        "a default is not what an absent member means",
        "codecs.py",
        'members.get("sub_type", "user")',
        'members.get("sub_type", "organization")',
    ),
    Bug(
        "a secret is shown",
        "models.py",
        "session_token: str = field(repr=False)",
        "session_token: str",
    ),
    Bug(
        "a secret takes no part in equality",
        "_secret.py",
        "for name in self.__slots__",
        "for name in ()",
    ),
    Bug("what nobody declared is lost", "codecs.py", "**(value.extra or {}),", ""),
    Bug(
        "null is refused",
        "codecs.py",
        "out.refresh_token = read.nullable(\n"
        '            read.string, members["refresh_token"], "refresh_token"\n        )',
        'out.refresh_token = read.string(members["refresh_token"], "refresh_token")',
    ),
    Bug(
        "another content type is read",
        "_answer.py",
        "if response.content and not response.is_json:",
        "if False:",
    ),
    Bug("a header is not sent", "_outgoing.py", '"Accept": call.accept,', ""),
    Bug(
        "the content type is not sent",
        "_outgoing.py",
        'headers["Content-Type"], content',
        "_, content",
    ),
    Bug(
        "a blank is written another way",
        "_body.py",
        'quote_plus(text(part, name), safe="*")',
        'quote_plus(text(part, name)).replace("+", "%20")',
    ),
    Bug("the code of a refusal is not shown", "errors.py", 'f": {oauth.error}"', '""'),
    Bug(
        "the description of a refusal is shown",
        "errors.py",
        'f": {oauth.error}"',
        'f": {oauth.error} {oauth.error_description}"',
    ),
    Bug("a status has another class", "errors.py", "409: Conflict,", "409: NotFound,"),
    Bug("an error loses its answer", "_call.py", "failed.response = response", "pass"),
    Bug("a name may come twice", "_json.py", "if len(members) < len(pairs):", "if False:"),
    Bug("there is no limit to depth", "_json.py", "if _is_too_deep(text):", "if False:"),
    Bug("infinity is read", "_json.py", "if isfinite(number):", "if True:"),
]


def outcome(folder: Path) -> CompletedProcess[str]:
    """Run the generated tests of the package in a folder, until one fails."""
    options = ("-q", "-x", "-p", "no:cacheprovider", "-c", "pytest.ini", "--tb=line")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = (sys.executable, "-m", "pytest", *options, GROUP)
    return run(*command, cwd=folder, paths=(folder,), env=env)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package and of its tests."""
    copytree(PACKAGE, tmp_path / PACKAGE.name, ignore=ignore_patterns("__pycache__"))
    (tmp_path / GROUP).write_bytes((TESTS / GROUP).read_bytes())
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return tmp_path


def test_the_package_as_it_is_passes(folder: Path) -> None:
    done = outcome(folder)
    assert done.returncode == pytest.ExitCode.OK, done.stdout


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name.replace(" ", "-"))
def test_a_planted_bug_is_found(folder: Path, bug: Bug) -> None:
    path = folder / PACKAGE.name / bug.file
    text = path.read_text("utf-8")
    assert text.count(bug.right) == 1, "the package is not what this test was written for"
    path.write_text(text.replace(bug.right, bug.wrong), "utf-8")
    done = outcome(folder)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout
    assert "1 failed" in done.stdout
    assert "error" not in done.stdout.splitlines()[-1]
