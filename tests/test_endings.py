"""A run that is asked to end, or that nobody listens to any more: no traceback, nothing half done."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from specloom.disk.paths import Unwritable

from .project import FILES, SPEC, Project
from .support import ROOT
from .test_interrupted import NEW, OLD, become_new, write
from .test_swapped import swapped_at

ROUNDS = int(os.environ.get("SPECLOOM_KILLS", "24")) // 2
RUN = "from specloom.cli import run; print(end='.', flush=True); run()"
"""The command, which says when it is ready to hear."""
ENDINGS = {
    signal.SIGINT: (130, "specloom: interrupted\n"),
    signal.SIGTERM: (143, "specloom: terminated\n"),
    signal.SIGHUP: (129, "specloom: terminated\n"),
}
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="the system has no signals")


def started(folder: Path, *arguments: str, code: str = RUN) -> subprocess.Popen[str]:
    """Start a command and return when it can be asked to end."""
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.read(1) == "."
    return child


def everything(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, hidden ones as well."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@needs_signals
def test_asked_to_end_at_random_moments(project: Project) -> None:
    """The old tree or the new one stands there at once, and nothing beside it."""
    project.generate()
    project.add_a_grant()
    shutil.copytree(project.folder, project.folder.with_name(f"{project.folder.name}-before"))
    old = everything(project.folder)
    start = time.monotonic()
    started(project.folder, "generate").communicate(timeout=60)
    whole = time.monotonic() - start
    new = everything(project.folder)
    assert old != new
    chance = random.Random(2)
    for number in range(ROUNDS):
        shutil.rmtree(project.folder)
        shutil.copytree(project.folder.with_name(f"{project.folder.name}-before"), project.folder)
        asked = chance.choice(list(ENDINGS))
        child = started(project.folder, "generate")
        time.sleep(whole * chance.uniform(0 if number % 2 else 0.7, 1.0))
        child.send_signal(asked)
        _, said = child.communicate(timeout=60)
        found = everything(project.folder)
        assert "Traceback" not in said
        assert "Exception ignored" not in said
        if child.returncode != 0:
            assert (child.returncode, said) == ENDINGS[asked]
        assert found in ((new,) if child.returncode == 0 else (old, new))


@needs_signals
def test_asked_to_end_before_every_step(tmp_path: Path) -> None:
    """While files take their places, a signal waits: the new tree stands there at once."""
    folder = tmp_path / "project"

    def publishing() -> None:
        try:
            become_new(folder)
        except KeyboardInterrupt as asked:
            raise Unwritable("interrupted") from asked

    ends: Counter[str] = Counter()
    step, end = 0, "?"
    while end:
        step += 1
        write(folder, OLD)
        end = swapped_at(step, publishing, lambda: os.kill(os.getpid(), signal.SIGINT))
        found = everything(folder)
        assert found in (OLD, NEW), f"step {step}"
        ends["new" if found == NEW else "old"] += 1
    assert ends["new"] > 30, ends


@needs_signals
@pytest.mark.parametrize("asked", ENDINGS, ids=lambda asked: asked.name)
def test_nothing_is_left_of_a_run_that_had_not_begun_to_write(
    tmp_path: Path, asked: signal.Signals
) -> None:
    slow = "import time, specloom.pipeline as p; p.make = lambda *a, **k: time.sleep(60)"
    child = started(tmp_path, "generate", str(SPEC), "-o", "a/b", code=f"{slow}; {RUN}")
    while not (tmp_path / "a" / "b").exists():
        assert child.poll() is None
    child.send_signal(asked)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said) == ENDINGS[asked]
    assert list(tmp_path.iterdir()) == []


@needs_signals
def test_what_is_to_be_ignored_is_ignored(project: Project) -> None:
    """As `nohup` asks."""
    code = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {RUN}"
    child = started(project.folder, "generate", code=code)
    child.send_signal(signal.SIGHUP)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, f"{FILES + 1} files written" in said) == (0, True)


@needs_signals
def test_nobody_reads(project: Project) -> None:
    """Whichever stream has no reader, and whoever would have to say so."""
    for redirection in ("| head -c 1", "2>&1 >/dev/null | true"):
        for words in (f"lower {SPEC}", "generate", "--help", "nonsense"):
            program = f"{sys.executable} -m specloom {words}"
            command = f"( {program}; echo $? >status ) {redirection}"
            done = subprocess.run(
                ["bash", "-c", command], cwd=project.folder, capture_output=True, text=True
            )
            status = int((project.folder / "status").read_text("utf-8"))
            assert "Traceback" not in done.stderr
            assert "Exception" not in done.stderr
            assert status in ((2, 141) if words == "nonsense" else (0, 141)), (words, redirection)
    # what nobody has read is not taken for done
    unread = f"{sys.executable} -m specloom lower {ROOT / 'tests/corpus/union_bodies/spec.yaml'}"
    command = f"{unread} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, text=True)
    assert done.returncode == 141


@needs_signals
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_were_never_there(project: Project, closed: str) -> None:
    for words, status in (("generate", 0), ("check", 0), ("nonsense", 2), ("check x -o", 2)):
        command = f"{sys.executable} -m specloom {words} {closed}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=project.folder, capture_output=True, text=True
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        assert "internal error" not in done.stderr
    assert (project.package / "client.py").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("stream", [">", "2>"])
def test_streams_that_take_nothing(project: Project, stream: str) -> None:
    command = (
        f"{sys.executable} -m specloom lower {SPEC if stream == '>' else 'none'} {stream}/dev/full"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=project.folder, capture_output=True, text=True
    )
    assert done.returncode in (1, 2)
    said = "specloom: error: no space left on device\n" if stream == ">" else ""
    assert done.stderr == said
