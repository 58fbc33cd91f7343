"""A run that is killed at any moment leaves the old tree or the new one, after the next command."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from specloom.digest import digest
from specloom.disk.journal import STAGING, Recovered, publish, recover
from specloom.disk.paths import JOURNAL, File, Unwritable
from specloom.disk.plan import BANNER, Change, Plan, Standing, plan

from .project import Project

KILLS = int(os.environ.get("SPECLOOM_KILLS", "24"))
"""How often the real command is killed; .ci/run asks for 200."""
WRITING = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")
"""What the interpreter announces before it is done (PEP 578)."""
LOCK = File(".", "specloom.lock")

Tree = Mapping[str, bytes]


# --- at every step of publishing ---------------------------------------------------------


def tree(folder: Path) -> Tree:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, files: Tree) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


OURS = BANNER.encode()
OLD: Tree = {
    **{f"out/p/{name}.py": OURS + f"old {name}".encode() for name in "abcd"},
    "out/p/same.py": b"same",
    "out/q/gone.py": OURS + b"gone",
    "tests/t/a.py": b"old test",
    "mine.txt": b"mine",
    "specloom.lock": b"old lock",
}
NEW: Tree = {
    **{f"out/p/{name}.py": f"new {name}".encode() for name in "abde"},
    "out/p/same.py": b"same",
    "tests/t/a.py": b"new test",
    "tests/t/deep/b.py": b"another",
    "mine.txt": b"mine",
    "specloom.lock": b"new lock",
}
MADE = {
    File(name.partition("/")[0], name.partition("/")[2]): data
    for name, data in NEW.items()
    if "/" in name
}


def planned_new(folder: Path) -> Plan:
    outputs = {name: digest(data) for name, data in OLD.items() if "/" in name}
    stale = [name for name in outputs if name not in NEW]
    known = {key: (value,) for key, value in outputs.items()}
    return plan(str(folder), MADE, frozenset(), Standing(known, stale), force=False)


def become_new(folder: Path) -> None:
    change = Change(LOCK, digest(OLD["specloom.lock"]), NEW["specloom.lock"])
    publish(str(folder), planned_new(folder), change)


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a child that dies before its `step`th change of the disk."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            writes = event != "open" or "w" in str(arguments[1]) or is_making(arguments[2])
            if event in WRITING and writes:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def is_making(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & os.O_CREAT)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


@needs_fork
def test_killed_before_every_step(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    ends: Counter[str] = Counter()
    step, alive = 0, True
    while alive:
        step += 1
        write(folder, OLD)
        alive = killed_at(step, lambda: become_new(folder))
        told = recover(str(folder))
        found = tree(folder)
        assert found in (OLD, NEW), f"step {step}: {told}"
        ends["old" if found == OLD else "new"] += 1
        assert recover(str(folder)) is None
    assert ends["old"] > 10, ends
    assert ends["new"] > 10, ends


@needs_fork
def test_killed_again_while_mending(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    chance = random.Random(0)
    for _ in range(60):
        write(folder, OLD)
        killed_at(chance.randrange(1, 50), lambda: become_new(folder))
        while killed_at(chance.randrange(1, 12), lambda: recover(str(folder))):
            pass
        recover(str(folder))
        assert tree(folder) in (OLD, NEW)


@needs_fork
def test_what_was_edited_since_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    for step in range(1, 50):
        write(folder, OLD)
        killed_at(step, lambda: become_new(folder))
        journal = folder / JOURNAL
        if journal.exists() and "gone.py" in journal.read_text("utf-8"):
            break
    (folder / "out/p/a.py").write_bytes(b"edited")
    (folder / "out/q/gone.py").write_bytes(b"edited")
    assert recover(str(folder)) == Recovered(True, ("out/p/a.py", "out/q/gone.py"))
    assert tree(folder) == {**NEW, "out/p/a.py": b"edited", "out/q/gone.py": b"edited"}


HOSTILE = {
    "nothing": "",
    "a list": "[]",
    "a map": "{}",
    "no step": '[[["out", INODE]], [[["out", "a.py"], 1, null, "x"]]]',
    "too deep": "[" * 100_000,
    "another folder's": '[[["out", 1]], [[["out", "p/b.py"], "0", "OLD", "x"]]]',
    "a way out": '[[["out", INODE]], [[["out", "../../elsewhere/victim"], "VICTIM"]]]',
    "a way in": '[[["out", INODE]], [[["out", "p/../../mine.txt"], "0", null, "x"]]]',
    "a staged file from elsewhere": '[[["out", INODE]], [[["out", "x.py"], "../../mine.txt", null, "x"]]]',
}


@pytest.mark.parametrize("journal", HOSTILE.values(), ids=list(HOSTILE))
def test_a_strangers_journal_leads_nowhere(tmp_path: Path, journal: str) -> None:
    """Even if it knows what nobody but the run that wrote it can: the staging folder's inode."""
    folder = tmp_path / "project"
    write(folder, OLD)
    write(tmp_path / "elsewhere", {"victim": b"victim"})
    staging = folder / "out" / STAGING
    staging.mkdir()
    (staging / "0").write_bytes(b"evil")
    text = journal.replace("INODE", str(staging.stat().st_ino))
    text = text.replace("VICTIM", digest(b"victim")).replace("OLD", digest(OLD["out/p/b.py"]))
    (folder / JOURNAL).write_text(text, "utf-8")
    before = tree(tmp_path)
    with pytest.raises(Unwritable):
        recover(str(folder))
    assert tree(tmp_path) == before


@pytest.mark.parametrize("steps", ["null", '[[["link", "victim"], "VICTIM"]]'])
def test_a_journal_that_came_with_a_copy_does_nothing(tmp_path: Path, steps: str) -> None:
    """Version control can bring a journal, a link and staged files, but no inode."""
    folder = tmp_path / "project"
    write(folder, OLD)
    write(tmp_path / "elsewhere", {"victim": b"victim", f"{STAGING}/0": b"theirs"})
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    text = f'[[["link", 1]], {steps}]'.replace("VICTIM", digest(b"victim"))
    (folder / JOURNAL).write_text(text, "utf-8")
    before = tree(tmp_path)
    with pytest.raises(Unwritable, match="was not written in this folder: remove it"):
        recover(str(folder))
    assert tree(tmp_path) == before


def test_a_failure_while_staging_undoes_everything(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write(folder, OLD)
    (folder / "out/.specloom-staging").symlink_to(tmp_path)
    with pytest.raises(Unwritable, match=r"\.specloom-staging: file exists"):
        become_new(folder)
    (folder / "out/.specloom-staging").unlink()
    assert tree(folder) == OLD


# --- the real command --------------------------------------------------------------------


def test_killed_at_random_moments(project: Project) -> None:
    """Uniformly over the time of a run, and as often over its end, where files are written."""
    project.generate()
    old = project.tree()
    shutil.copytree(project.folder, project.folder.with_name(f"{project.folder.name}-before"))
    document = project.spec.read_bytes()
    project.add_a_grant()
    changed = project.spec.read_bytes()
    start = time.monotonic()
    run = (sys.executable, "-m", "specloom")
    subprocess.run([*run, "generate"], cwd=project.folder, check=True, capture_output=True)
    whole = time.monotonic() - start
    new = project.tree()
    assert document != changed
    chance = random.Random(1)
    for number in range(KILLS):
        shutil.rmtree(project.folder)
        shutil.copytree(project.folder.with_name(f"{project.folder.name}-before"), project.folder)
        project.spec.write_bytes(changed)
        child = subprocess.Popen([*run, "generate"], cwd=project.folder, stderr=subprocess.DEVNULL)
        time.sleep(whole * chance.uniform(0 if number % 2 else 0.8, 1.05))
        child.kill()
        child.wait()
        command = "check" if number % 4 < 2 else "generate"
        subprocess.run([*run, command], cwd=project.folder, capture_output=True)
        found = project.tree()
        assert found == new if command == "generate" else found in (old, new)
