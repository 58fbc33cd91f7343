"""Links where folders and files were: nothing is written, or removed, by way of one."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from specloom.digest import digest
from specloom.disk.journal import STAGING, publish
from specloom.disk.paths import JOURNAL, Unwritable
from specloom.disk.plan import Change

from .project import Project
from .test_interrupted import LOCK, NEW, OLD, needs_fork, planned_new, tree, write

TOUCHING = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir")
"""What the interpreter announces before it is done (PEP 578)."""


# --- swapped while a run is at work ------------------------------------------------------


def swapped_at(step: int, publishing: Callable[[], object], swap: Callable[[], None]) -> str:
    """Publish in a child, in which something is swapped before the `step`th access to the disk.

    Return how it ended; "" where there were not as many.
    """
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            left -= event in TOUCHING
            if left == 0 and event in TOUCHING:
                left = -1
                swap()

        sys.addaudithook(count)
        try:
            publishing()
        except Unwritable:
            os._exit(4 if left < 0 else 5)
        except BaseException:
            os._exit(6)
        os._exit(3 if left < 0 else 0)
    return {3: "done", 4: "refused", 0: ""}[os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]


@needs_fork
@pytest.mark.parametrize(
    "swapped", [("out", "tests"), ("out/p", "out/q", "tests/t")], ids=["named", "below"]
)
def test_a_link_that_comes_at_any_moment_is_not_followed(
    tmp_path: Path, swapped: tuple[str, ...]
) -> None:
    """Even where it leads to a folder whose files are those that were planned to be replaced."""
    folder, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    inside = {n: data for n, data in OLD.items() if n.startswith(swapped)}

    def swap() -> None:
        for number, name in enumerate(swapped):
            (folder / name).rename(tmp_path / f"moved-{number}")
            (folder / name).symlink_to(elsewhere / name)

    change = Change(LOCK, digest(OLD["specloom.lock"]), NEW["specloom.lock"])
    ends: Counter[str] = Counter()
    step, end = 0, "?"
    while end:
        step += 1
        for number in range(len(swapped)):
            shutil.rmtree(tmp_path / f"moved-{number}", ignore_errors=True)
        write(folder, OLD)
        write(elsewhere, inside)
        planned = planned_new(folder)
        end = swapped_at(step, partial(publish, str(folder), planned, change), swap)
        assert tree(elsewhere) == inside, f"step {step}"
        assert not any((elsewhere / name / STAGING).exists() for name in swapped), f"step {step}"
        ends[end] += 1
    assert ends["refused"] > 10, ends


@needs_fork
def test_a_file_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    folder, precious = tmp_path / "project", tmp_path / "precious"
    precious.write_bytes(OLD["out/p/a.py"])

    def swap() -> None:
        for name in ("out/p/a.py", "out/q/gone.py", "specloom.lock"):
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(precious)

    change = Change(LOCK, digest(OLD["specloom.lock"]), NEW["specloom.lock"])
    step, end = 0, "?"
    while end:
        step += 1
        write(folder, OLD)
        planned = planned_new(folder)
        end = swapped_at(step, partial(publish, str(folder), planned, change), swap)
        assert precious.read_bytes() == OLD["out/p/a.py"]
        assert not precious.is_symlink()
    assert step > 30


def test_a_folder_that_was_replaced_is_not_the_one_that_was_planned(tmp_path: Path) -> None:
    """Not even by another folder, with the same files."""
    folder = tmp_path / "project"
    write(folder, OLD)
    planned = planned_new(folder)
    (folder / "out").rename(folder / "was")
    shutil.copytree(folder / "was", folder / "out")
    with pytest.raises(Unwritable, match="out: another folder took its place while this ran"):
        publish(str(folder), planned, None)
    assert {name: data for name, data in tree(folder).items() if "was/" not in name} == OLD


def test_what_is_not_ours_in_a_staging_folder_stays(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write(folder, {**OLD, f"out/{STAGING}/mine.txt": b"mine"})
    with pytest.raises(Unwritable, match=r"mine\.txt: this was not made by Specloom: move it away"):
        publish(str(folder), planned_new(folder), None)
    assert tree(folder) == {**OLD, f"out/{STAGING}/mine.txt": b"mine"}


def test_a_staging_folder_of_a_run_that_died_is_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write(folder, {**OLD, f"out/{STAGING}/0": b"half", f"out/{STAGING}/17": b""})
    publish(str(folder), planned_new(folder), None)
    assert tree(folder) == {**NEW, "specloom.lock": OLD["specloom.lock"]}


def test_new_files_come_first_and_old_ones_go_last(tmp_path: Path) -> None:
    """What is imported meanwhile finds what it imports."""
    folder = tmp_path / "project"
    write(folder, OLD)
    events: list[str] = []
    is_on = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event in ("os.rename", "os.remove"):
            events.append(os.path.basename(str(arguments[event == "os.rename"])))

    sys.addaudithook(note)
    change = Change(LOCK, digest(OLD["specloom.lock"]), NEW["specloom.lock"])
    publish(str(folder), planned_new(folder), change)
    is_on = False
    moved = [name for name in events if name.endswith((".py", ".lock"))]
    assert moved == ["e.py", "b.py", "a.py", "b.py", "d.py", "a.py", "c.py", "gone.py", LOCK.path]


# --- links that are there before ---------------------------------------------------------

PLACES = {
    "the package": "out/polar",
    "a module": "out/polar/models.py",
    "a folder in the way of a file": "out/polar/py.typed",
    "the folder of tests of the package": "checks/polar_tests",
    "the user's own tests": "checks/polar_tests/test_polar_yours.py",
    "the lock": "specloom.lock",
    "the staging folder": f"out/{STAGING}",
    "the journal": JOURNAL,
    "the beginning of a journal": f"{JOURNAL}.new",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
@pytest.mark.parametrize("leads", [True, False], ids=["somewhere", "nowhere"])
def test_no_link_is_followed_below_what_the_user_named(
    project: Project, place: str, *, leads: bool
) -> None:
    project.generate()
    link = project.folder / place
    elsewhere = project.folder.with_name(f"{project.folder.name}-elsewhere")
    elsewhere.mkdir()
    if leads and link.is_dir():
        shutil.copytree(link, elsewhere / link.name)
        shutil.rmtree(link)
    elif leads:
        (elsewhere / link.name).write_bytes(link.read_bytes() if link.exists() else b"[]")
    elif link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(elsewhere / link.name)
    project.edit("expires_in", "expires")
    before = tree(elsewhere)
    status, said = project.run("generate", "--force")
    assert tree(elsewhere) == before
    assert "internal error" not in said
    is_left = status != 0 or place == PLACES["the user's own tests"]
    assert is_left or not link.is_symlink()
    shutil.rmtree(elsewhere)


def test_a_folder_that_the_user_named_may_be_a_link(project: Project) -> None:
    (project.folder / "real").mkdir()
    for name in ("out", "checks"):
        (project.folder / name).symlink_to("real")
    project.generate()
    assert (project.folder / "real" / "polar" / "client.py").is_file()
    assert project.run("check")[0] == 0
