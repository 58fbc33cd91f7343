"""What stands around a run: folders, the environment, the system. None of it has a say."""

from __future__ import annotations

import ast
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .project import SPEC, TARGET, Project
from .support import ROOT
from .test_interrupted import Tree, tree

HERE = Path(sys.executable).parent
COMMANDS = {
    "specloom": [str(HERE / "specloom")],
    "python -m": [sys.executable, "-m", "specloom"],
}


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """What is generated where nothing is odd."""
    folder = tmp_path_factory.mktemp("ordinary")
    run(COMMANDS["specloom"], folder)
    return made(folder)


def run(
    command: list[str], folder: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    (folder / "api.yaml").write_bytes(SPEC.read_bytes())
    if not (folder / "pyproject.toml").exists():
        (folder / "pyproject.toml").write_text(TARGET, "utf-8")
    done = subprocess.run(
        [*command, "generate"], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return done


def made(folder: Path) -> Tree:
    found = tree(folder)
    return {n: d for n, d in found.items() if n.startswith(("out/", "checks/", "specloom.lock"))}


# --- the environment ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "env",
    [
        {},
        {
            "HOME": "/nonexistent",
            "TMPDIR": "/nonexistent",
            "LANG": "xx_YY.none",
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
            "PYTHONHASHSEED": "7",
            "PYTHONOPTIMIZE": "2",
            "TZ": "none/such",
            "TERM": "",
            "COLUMNS": "nonsense",
            "FORCE_COLOR": "1",
            "BLACK_CACHE_DIR": "/nonexistent",
            "OPENAPI_SPEC_VALIDATOR_RESOLVED_CACHE_MAXSIZE": "nonsense",
        },
    ],
    ids=["none", "odd"],
)
def test_the_environment_has_no_say(tmp_path: Path, ordinary: Tree, env: dict[str, str]) -> None:
    done = run(COMMANDS["specloom"], tmp_path, env)
    assert made(tmp_path) == ordinary
    assert "polar: 1 operation, 5 types; " in done.stderr
    assert "\x1b" not in done.stderr


def test_the_umask_has_no_say(tmp_path: Path, ordinary: Tree) -> None:
    before = os.umask(0o077)
    try:
        run(COMMANDS["specloom"], tmp_path)
    finally:
        os.umask(before)
    assert made(tmp_path) == ordinary


def test_a_folder_that_has_gone(tmp_path: Path) -> None:
    """Whoever stands in it is told, where a path begins there."""
    gone = tmp_path / "gone"
    for words, status in (
        (f"generate {SPEC} -o {tmp_path / 'out'} --package p", 0),
        (f"lower {SPEC}", 0),
        ("generate", 2),
        (f"generate {SPEC} -o out", 1),
        ("generate api.yaml -o out", 1),
    ):
        gone.mkdir()
        command = f"rmdir {gone}; {HERE / 'specloom'} {words} >/dev/null"
        done = subprocess.run(
            ["bash", "-c", command], cwd=gone, stderr=subprocess.PIPE, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        assert "internal error" not in done.stderr
    assert (tmp_path / "out" / "p" / "client.py").exists()


# --- the folder that the user stands in --------------------------------------------------

THEIRS = (
    *("argparse", "black", "click", "dataclasses", "hashlib", "jinja2", "json", "jsonschema"),
    *("jsonschema_path", "jsonschema_rs", "markupsafe", "markdown_it", "multiprocessing"),
    *("openapi_schema_validator", "openapi_spec_validator", "pathspec", "platformdirs"),
    *("pydantic", "pydantic_settings", "referencing", "resource", "sitecustomize", "tomllib"),
    *("unicodedata", "usercustomize", "yaml"),
)
"""Modules that a run imports, or would if it could."""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_nothing_is_imported_from_the_folder_that_one_stands_in(
    tmp_path: Path, ordinary: Tree, command: list[str]
) -> None:
    """Nor is anything else there read, but for what the configuration names."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    canary = f"open({str(tmp_path / 'canary')!r}, 'a').write(__name__)\nraise SystemExit(9)\n"
    for number, name in enumerate(THEIRS):
        if number % 2:
            (folder / f"{name}.py").write_text(canary, "utf-8")
        else:
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(canary, "utf-8")
    (folder / "conftest.py").write_text(canary, "utf-8")
    (folder / "hostile.pth").write_text(f"import os; {canary.splitlines()[0]}\n", "utf-8")
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    for path in templates.glob("*.jinja"):
        path.write_text("{{ [].__class__ }}", "utf-8")
    black = "[tool.black]\nline-length = 20\nskip-string-normalization = true\n"
    (folder / "pyproject.toml").write_text(TARGET + black, "utf-8")
    (folder.parent / "pyproject.toml").write_text(black + TARGET.replace("out", "hostile"), "utf-8")
    (folder / ".env").write_text("OPENAPI_SPEC_VALIDATOR_RESOLVED_CACHE_MAXSIZE=nonsense\n")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    run(command, folder, plain)
    assert not (tmp_path / "canary").exists()
    assert made(folder) == ordinary


# --- the system --------------------------------------------------------------------------

WATCH = """
import os, sys
seen = []
def note(event, arguments):
    if event.startswith(("subprocess", "socket", "os.", "pty", "urllib", "http", "ftplib", "open")):
        path = str(arguments[0]) if arguments else ""
        # at once: a folder that is held open has a name as long as it is
        seen.append((event, os.path.realpath(path) if event == "open" else path))
sys.addaudithook(note)
from specloom.cli import main
status = main(["generate"])
for event, path in seen:
    if event == "open" or not event.startswith("os."):
        print(event, path)
    elif event.startswith(("os.fork", "os.exec", "os.posix", "os.spawn", "os.system", "os.start")):
        print(event)
sys.exit(status)
"""


def test_nothing_is_started_and_nothing_read_but_what_is_named(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [line.partition(" ") for line in done.stdout.splitlines()]
    # the child in which the second opinion walks; what it does is watched by strace below
    assert [event for event, _, _ in lines if event != "open"] == ["os.fork"]
    opened = {Path(path) for event, _, path in lines if event == "open"}
    ours = (ROOT / "generator", ROOT / "templates", Path(sys.prefix), Path(sys.base_prefix))
    strange = {path for path in opened if not any(path.is_relative_to(own) for own in ours)}
    here = {path for path in strange if path.is_relative_to(project.folder)}
    gone = here - {project.folder, *project.folder.rglob("*")}
    assert {path.name for path in gone if not path.name.isdecimal()} == {
        ".specloom-journal",
        ".specloom-journal.new",
        ".specloom-staging",
        "webhooks.py",  # what callers of it would notice is asked for, and there is none
    }
    allowed = (
        Path("/proc"),
        Path("/sys/fs/cgroup"),
        Path("/dev/null"),
        Path("/usr/share/zoneinfo"),
    )
    assert [p for p in strange - here if not any(p.is_relative_to(a) for a in allowed)] == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_the_system_is_asked_for_no_other_program_and_no_network(project: Project) -> None:
    log = project.folder.parent / "strace"
    watch = ["strace", "-f", "-o", str(log), "-e", "trace=execve,execveat,connect,bind,listen"]
    done = subprocess.run(
        [*watch, str(HERE / "specloom"), "generate"], capture_output=True, text=True, check=False
    )
    if "ptrace" in done.stderr:
        pytest.skip("nothing may be traced here")
    assert done.returncode == 0, done.stderr
    calls = [line.split(maxsplit=1)[1] for line in log.read_text("utf-8").splitlines()]
    asked = [call for call in calls if call.startswith(("execve", "connect", "bind", "listen"))]
    assert len(asked) == 1, asked
    assert asked[0].startswith("execve(")


def test_only_the_child_raises_the_limit_on_recursion() -> None:
    callers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "setrecursionlimit"
    }
    assert callers == {"generator/specloom/rules/child.py"}
    before = sys.getrecursionlimit()
    from specloom.pipeline import understand

    understand(str(SPEC))
    assert sys.getrecursionlimit() == before


# --- files that are none -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["pyproject.toml", "specloom.lock", "api.yaml"])
@pytest.mark.parametrize("kind", ["fifo", "device", "folder", "huge", "socket"])
def test_what_is_no_file_is_not_waited_for(project: Project, name: str, kind: str) -> None:
    path = project.folder / name
    path.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        path.touch()
        os.truncate(path, 2**40)
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(name)
    status, said = project.run("generate")
    assert status in (1, 2)
    assert name in said
    assert "internal error" not in said
    assert {found.name for found in project.folder.iterdir()} <= {
        "api.yaml",
        "pyproject.toml",
        name,
    }


def test_a_document_is_read_once(project: Project) -> None:
    """What the lock says of it is what was read, whatever it is by now."""
    edited = project.spec.read_bytes().replace(b"expires_in", b"expires")
    state = {"opened": 0, "is_on": 1}

    def change(event: str, arguments: tuple[object, ...]) -> None:
        by_system = event == "open" and arguments[1] is None  # once of two that are announced
        if state["is_on"] and by_system and str(arguments[0]).endswith("api.yaml"):
            state["opened"] += 1
            if state["opened"] == 2:  # once for its digest, once to be read
                state["opened"] = 99
                project.spec.write_bytes(edited)

    sys.addaudithook(change)
    project.generate()
    state["is_on"] = 0
    assert b"expires:" in (project.package / "models.py").read_bytes()
    assert project.run("check")[0] == 0
    project.edit("expires", "expires_in")
    assert project.run("check")[0] == 1


# --- a terminal --------------------------------------------------------------------------


def test_a_terminal_is_told_what_is_being_done_without_colours(tmp_path: Path) -> None:
    slow = "from specloom.command import terminal; terminal._PATIENCE = 0"
    program = f"{slow}; from specloom.cli import run; run()"
    spec = tmp_path / "a\x1b[31m\u202e\u200b\x85.yaml"
    spec.write_bytes(SPEC.read_bytes())
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "FORCE_COLOR": "1"}
    environment.pop("NO_COLOR", None)
    child = subprocess.Popen(
        [sys.executable, "-c", program, "explain", spec.name],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    said = b""
    try:
        while data := os.read(ours, 4096):
            said += data
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert child.wait() == 0
    text = said.decode()
    assert "reading a\\x1b[31m\\u202e\\u200b\\x85.yaml ..." in text
    assert "oauth2.request_token" in text
    plain = text.replace("\r\x1b[K", "").replace("\r\n", "\n")
    assert [c for c in plain if c != "\n" and not c.isprintable()] == []
