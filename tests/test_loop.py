"""The loop of a user: the document changes, the package follows, a small diff is left to review."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .project import FILES, Project
from .support import run

CALLER = """\
from typing import assert_never

from polar import AuthorizationCodeTokenRequest, RefreshTokenRequest, TokenRequest, WebTokenRequest


def grant(request: TokenRequest) -> str:
    match request:
        case AuthorizationCodeTokenRequest():
            return "code"
        case RefreshTokenRequest():
            return "refresh"
        case WebTokenRequest():
            return "web"
        case _:
            assert_never(request)
"""


def checked(folder: Path) -> str:
    """Return what mypy says of the caller."""
    settings = "[mypy]\nstrict = true\n"
    (folder / "mypy.ini").write_text(settings, "utf-8")
    command = (sys.executable, "-m", "mypy", "--config-file=mypy.ini", "caller.py")
    return run(*command, cwd=folder, env={"MYPYPATH": "out"}).stdout


def test_a_fourth_grant_a_renamed_and_a_deleted_property(project: Project) -> None:
    project.generate()
    caller = project.folder / "caller.py"
    caller.write_text(CALLER, "utf-8")
    assert "Success" in checked(project.folder)
    before, stamps = project.tree(), project.stamps()

    project.add_a_grant()
    project.edit("session_token", "session_key")
    project.edit("        - id_token\n", "")
    project.edit("        id_token:\n          type: string\n          title: Id Token\n", "")
    said = project.generate()

    changed = {name for name, data in project.tree().items() if before.get(name) != data}
    assert changed == {
        "checks/polar_tests/test_polar_oauth2.py",
        "out/polar/__init__.py",
        "out/polar/codecs.py",
        "out/polar/models.py",
        "specloom.lock",
    }
    untouched = {name for name, stamp in project.stamps().items() if stamps.get(name) == stamp}
    assert untouched == set(before) - changed
    summary, *lines = said.splitlines()
    assert summary.startswith(
        f"polar: 1 operation, 6 types; 4 files written, {FILES - 4} unchanged; "
    )
    assert lines == [
        "  + PasswordTokenRequest",
        "  ~ WebTokenRequest: - session_token; + session_key: str",
        "  ~ TokenResponse: - id_token",
        "  ~ TokenRequest: + PasswordTokenRequest",
    ]
    was, now = before["specloom.lock"].decode(), project.lock.read_text("utf-8")
    names = [line for line in was.splitlines() if line.startswith('"/')]
    lost = [line for line in names if line not in now.splitlines()]
    assert [line.partition('" = ')[0].rpartition("/")[2] for line in lost] == [
        "id_token",
        "session_token",
    ]

    assert 'incompatible type "PasswordTokenRequest"' in checked(project.folder)
    mended = CALLER.replace(
        "TokenRequest, WebToken", "PasswordTokenRequest, TokenRequest, WebToken"
    )
    case = '        case PasswordTokenRequest():\n            return "password"\n        case _:'
    caller.write_text(mended.replace("        case _:", case), "utf-8")
    assert "Success" in checked(project.folder)


def test_what_was_there_first_keeps_its_name(project: Project) -> None:
    """A twin that is put in front takes the name only where no lock remembers who has it."""
    schema = "type: object\n      properties: {n: {type: string}}\n"
    project.edit("  schemas:\n", f"  schemas:\n    Web_token:\n      {schema}")
    project.generate()
    assert "class WebToken:" in (project.package / "models.py").read_text("utf-8")
    project.edit("  schemas:\n", f"  schemas:\n    WebToken:\n      {schema}")
    said = project.generate()
    assert "  + WebToken2\n" in said
    assert "WebToken:" not in said
    project.lock.unlink()
    project.run("generate", "--force")
    assert '"/components/schemas/WebToken" = "WebToken"' in project.lock.read_text("utf-8")


def test_a_name_is_changed_in_the_lock(project: Project) -> None:
    project.generate()
    text = project.lock.read_text("utf-8")
    project.lock.write_text(text.replace('= "TokenResponse"', '= "Token"'), "utf-8")
    status, said = project.run("check")
    assert (status, "  names: those in the lock were changed\n" in said) == (1, True)
    said = project.generate()
    assert "  + Token\n" in said
    assert "  - TokenResponse\n" in said
    assert project.run("check")[0] == 0


def test_two_branches_are_merged(project: Project) -> None:
    """Version control merges what it can; the lock it cannot, so Specloom does."""
    title = "          title: {}\n          type: string\n"
    more = "        {}:\n          type: string\n"

    def branch(edit: Callable[[], None]) -> dict[str, bytes]:
        for name, data in base.items():
            (project.folder / name).write_bytes(data)
        edit()
        project.generate()
        return {**project.tree(), "api.yaml": project.spec.read_bytes()}

    def ours() -> None:
        project.edit(
            title.format("Session Token"), title.format("Session Token") + more.format("device")
        )
        text = project.lock.read_text("utf-8")
        project.lock.write_text(text.replace('= "TokenResponse"', '= "Token"'), "utf-8")

    def theirs() -> None:
        project.edit(title.format("Code"), title.format("Code") + more.format("state"))

    # a first member that may be left out brings `Unset`, which stands beside what is renamed
    project.edit(title.format("Refresh Token"), title.format("Refresh Token") + more.format("hint"))
    project.generate()
    base = {**project.tree(), "api.yaml": project.spec.read_bytes()}
    one, other = branch(ours), branch(theirs)
    for name in base:
        paths = [project.folder / f"{side}.txt" for side in ("ours", "base", "theirs")]
        for path, data in zip(paths, (one[name], base[name], other[name]), strict=True):
            path.write_bytes(data)
        done = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True)
        assert (done.returncode == 0) is (name != "specloom.lock"), name
        (project.folder / name).write_bytes(done.stdout)
        for path in paths:
            path.unlink()
    # where version control asks, people take one side: both locks vouch for what they take
    (project.package / "models.py").write_bytes(other["out/polar/models.py"])
    (project.package / "codecs.py").write_bytes(one["out/polar/codecs.py"])
    status, said = project.run("check")
    assert status == 1
    assert said.startswith("polar: out of date\n  lock: a merge has left its marks in it\n")
    assert "polar: 1 operation, 5 types; " in project.generate()
    assert project.run("check") == (0, f"polar: up to date; {FILES} files\n")
    models = (project.package / "models.py").read_text("utf-8")
    assert "class Token(" in models
    assert "device: str" in models
    assert "state: str" in models
