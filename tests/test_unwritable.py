"""Disks that are full, folders that are read-only: it is said, and the old output stays."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path

import pytest

from specloom.cli import main
from specloom.digest import digest
from specloom.disk.exclusive import alone
from specloom.disk.journal import STAGING, publish
from specloom.disk.paths import JOURNAL, File
from specloom.disk.plan import BANNER, Standing, plan

from .project import SPEC, TARGET, Project
from .test_interrupted import NEW, OLD, Tree, become_new, needs_fork, tree, write

pytestmark = needs_fork
NOBODY = 65534
_CLONE_NEWNS = 0x20000


def in_child(work: Callable[[], str], user: int | None = None) -> str:
    """Do some work in a child, as another user if need be, and return what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            said = work()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def command(*arguments: str) -> str:
    """Run a command in this process; return its status and what it says."""
    with redirect_stderr(StringIO()) as said:
        status = main(arguments)
    return f"{status} {said.getvalue()}"


def is_clean(folder: Path) -> bool:
    return not any(path.name in (STAGING, JOURNAL, f"{JOURNAL}.new") for path in folder.rglob("*"))


# --- full --------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [0, 1, 8, 11, 40, 200, 700])
def test_whichever_file_does_not_fit_the_old_output_stays(tmp_path: Path, most: int) -> None:
    """A staged file, the journal, or none of them: in bytes of the largest."""
    import resource

    def publishing() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        become_new(tmp_path / "project")
        return "done"

    write(tmp_path / "project", OLD)
    said = in_child(publishing)
    assert said.startswith("Unwritable: ")
    assert said.endswith(": file too large")
    assert tree(tmp_path / "project") == OLD
    assert is_clean(tmp_path)


def test_a_command_for_which_there_is_no_room(project: Project) -> None:
    project.generate()
    project.edit("expires_in", "expires")
    before = project.tree()
    limited = f"ulimit -f 4; exec {sys.executable} -m specloom generate"  # blocks of 512 or 1024
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("specloom: error: ")
    assert done.stderr.endswith(": file too large\n")
    assert project.tree() == before
    assert is_clean(project.folder)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount")
def test_a_disk_that_is_full(project: Project) -> None:
    project.generate()
    before = project.tree()
    project.add_a_grant()
    project.configure(TARGET.replace('"out"', '"disk/out"'))
    disk = project.folder / "disk"
    disk.mkdir()

    def on_a_full_disk() -> str:
        if ctypes.CDLL(None).unshare(_CLONE_NEWNS):
            return "no namespace"
        mount = "mount --make-rprivate / && mount -t tmpfs -o size=400k,nr_inodes=1000 none disk"
        if subprocess.run(["sh", "-c", mount], capture_output=True).returncode:
            return "no mount"
        shutil.copytree("out", "disk/out")
        old = tree(disk)
        with suppress(OSError), open("disk/ballast", "wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(1024))
        os.truncate("disk/ballast", os.stat("disk/ballast").st_size - 4096)
        said = command("generate", "--force")
        (disk / "ballast").unlink()
        return said if tree(disk) == old and is_clean(disk) else f"changed: {said}"

    said = in_child(on_a_full_disk)
    if said in ("no namespace", "no mount"):
        pytest.skip(said)
    assert said.startswith("1 specloom: error: ")
    assert said.endswith(": no space left on device\n")
    assert {name: data for name, data in project.tree().items() if "disk" not in name} == before


# --- read-only ---------------------------------------------------------------------------


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users may enter, unlike those of pytest, with a project in it."""
    folder = Path(tempfile.mkdtemp())
    before = Path.cwd()
    os.chdir(folder)
    try:
        (folder / "api.yaml").write_bytes(SPEC.read_bytes())
        (folder / "pyproject.toml").write_text(TARGET, "utf-8")
        assert command("generate").startswith("0 ")
        text = (folder / "api.yaml").read_text("utf-8")
        (folder / "api.yaml").write_text(text.replace("expires_in", "expires"), "utf-8")
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield folder
    finally:
        os.chdir(before)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("locked", ["out/polar", "out", "checks", "."])
def test_a_folder_that_is_read_only(shared: Path, locked: str) -> None:
    before = tree(shared)
    (shared / locked).chmod(0o555)
    found = in_child(lambda: command("generate"), NOBODY if os.geteuid() == 0 else None)
    (shared / locked).chmod(0o755)
    said = f"specloom: error: {locked}: files cannot be written here: permission denied"
    # for a stranger, the second opinion may not find its modules: that is said as well
    assert (found[:2], found.splitlines()[-1].removeprefix("1 ")) == ("1 ", said)
    assert tree(shared) == before
    assert is_clean(shared)


@pytest.mark.parametrize("name", ["api.yaml", "specloom.lock", "pyproject.toml"])
def test_a_file_that_may_not_be_read(shared: Path, name: str) -> None:
    before = tree(shared)
    (shared / name).chmod(0)
    found = in_child(lambda: command("generate"), NOBODY if os.geteuid() == 0 else None)
    (shared / name).chmod(0o644)
    assert found[:2] in ("1 ", "2 ")
    assert name in found
    assert "permission denied" in found.lower()
    assert tree(shared) == before


def test_a_folder_in_which_no_output_can_be_made(shared: Path) -> None:
    shared.chmod(0o555)
    arguments = ("generate", "api.yaml", "-o", "new/deep")
    found = in_child(lambda: command(*arguments), NOBODY if os.geteuid() == 0 else None)
    shared.chmod(0o755)
    assert found == "1 specloom: error: new: permission denied: no folder can be made here\n"


# --- places ------------------------------------------------------------------------------


def test_no_code_is_generated_into_a_home_or_a_root(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = project.folder / "home"
    home.mkdir()
    (project.folder / "link").symlink_to("home")
    monkeypatch.setenv("HOME", str(home))
    for output, what in (
        ("/", "this is the root of a file system"),
        ("///tmp/../", "this is the root of a file system"),
        (str(home), "this is your home folder"),
        ("link", "this is your home folder"),
    ):
        for tests in ((), ("--tests", "elsewhere")):
            status, said = project.run("generate", "api.yaml", "-o", output, *tests)
            assert (status, what in said) == (1, True)
        status, said = project.run("generate", "api.yaml", "-o", "x", "--tests", output)
        assert (status, what in said) == (1, True)
    assert project.tree() == {}
    assert list(home.iterdir()) == []
    project.generate("api.yaml", "-o", "home/project")


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_modes_are_those_of_any_new_file_or_folder(project: Project, mask: int) -> None:
    before = os.umask(mask)
    try:
        project.generate()
        project.edit("expires_in", "expires")
        project.generate()
    finally:
        os.umask(before)
    made = [project.lock, *(project.folder / name for name in project.tree())]
    assert {path.stat().st_mode & 0o7777 for path in made} == {0o666 & ~mask}
    folders = [path for path in project.folder.rglob("*") if path.is_dir()]
    assert {path.stat().st_mode & 0o7777 for path in folders} == {0o777 & ~mask}


# --- two at once -------------------------------------------------------------------------


def versions(number: int) -> Tree:
    """Return one of the states that two processes bring a folder to, in turns."""
    names = ("out/p/a.py", f"out/p/b{number % 2}.py")
    return {name: f"{BANNER}x = {number}\n".encode() for name in names}


def test_two_at_once_over_many_rounds(tmp_path: Path) -> None:
    """Each finds the whole work of one round of one of them, and leaves that of its own."""
    folder = tmp_path / "project"
    write(folder, versions(0))

    def rounds(first: int) -> str:
        for number in range(first, first + 100, 2):
            with alone(str(folder), lambda _: None):
                found = tree(folder)
                text = next(iter(found.values())).decode()
                if not is_clean(folder) or found != versions(int(text.split()[-1])):
                    return f"half: {found}"
                files = {File("out", n[4:]): data for n, data in versions(number).items()}
                standing = Standing(
                    {name: (digest(data),) for name, data in found.items()}, tuple(found)
                )
                planned = plan(str(folder), files, frozenset(), standing, force=False)
                publish(str(folder), planned, None)
        return "done"

    both = [os.pipe(), os.pipe()]
    for first, (_, writing) in enumerate(both):
        if os.fork() == 0:
            try:
                said = rounds(first)
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
            os.write(writing, said.encode())
            os._exit(0)
        os.close(writing)
    ends = [os.read(reading, 2000) for reading, _ in both]
    for reading, _ in both:
        os.close(reading)
    for _ in both:
        os.wait()
    assert ends == [b"done", b"done"]


def test_the_new_tree_is_what_it_should_be(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    become_new(tmp_path)
    assert tree(tmp_path) == NEW
    assert is_clean(tmp_path)
