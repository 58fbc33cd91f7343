"""What is written, and above all what is not: nothing is lost that a person has made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from specloom.digest import digest
from specloom.disk.exclusive import alone
from specloom.disk.paths import File
from specloom.disk.plan import BANNER, Plan, Standing, plan

from .project import FILES, TARGET, Project
from .support import ROOT


def test_a_second_run_touches_nothing(project: Project) -> None:
    project.generate()
    stamps = project.stamps()
    assert (
        f"polar: 1 operation, 5 types; 0 files written, {FILES} unchanged; " in project.generate()
    )
    assert project.stamps() == stamps


def test_only_files_that_differ_are_touched(project: Project) -> None:
    project.generate()
    stamps = project.stamps()
    project.edit("title: Polar API", "title: Some API")
    project.generate()
    same = {name for name, stamp in project.stamps().items() if stamps[name] == stamp}
    assert {"out/polar/_read.py", "out/polar/codecs.py", "out/polar/py.typed"} <= same
    assert {"out/polar/client.py", "specloom.lock"}.isdisjoint(same)


def test_a_comment_in_the_document_moves_the_lock_alone(project: Project) -> None:
    project.generate()
    stamps = project.stamps()
    project.spec.write_text(project.spec.read_text("utf-8") + "# the end\n", "utf-8")
    assert f"0 files written, {FILES} unchanged" in project.generate()
    assert {name for name, s in project.stamps().items() if stamps[name] != s} == {"specloom.lock"}


def test_an_edited_file_is_refused_and_named(project: Project) -> None:
    project.generate()
    models = project.package / "models.py"
    models.write_text(models.read_text("utf-8") + "# mine\n", "utf-8")
    project.edit("expires_in", "expires")
    before = project.tree()
    status, said = project.run("generate")
    assert status == 1
    assert said == (
        "specloom: error: out/polar/models.py: this file was edited: "
        "move the edit elsewhere, or overwrite it by --force\n"
    )
    assert project.tree() == before
    said = project.generate("--force")
    assert said.startswith("out/polar/models.py: overwritten, as --force asks\n")
    assert "# mine" not in models.read_text("utf-8")


def test_all_that_stands_in_the_way_is_said_at_once(project: Project) -> None:
    project.generate()
    for name in ("models.py", "client.py"):
        (project.package / name).write_text("# mine\n", "utf-8")
    status, said = project.run("generate")
    assert (status, said.count("this file was edited")) == (1, 2)


def test_an_edit_that_is_what_would_be_written_is_none(project: Project) -> None:
    project.generate()
    models = project.package / "models.py"
    old = models.read_bytes()
    project.edit("expires_in", "expires")
    project.generate()
    new = models.read_bytes()
    project.edit("expires", "expires_in")
    project.generate()
    assert models.read_bytes() == old
    models.write_bytes(new)
    project.edit("expires_in", "expires")
    project.generate()
    assert models.read_bytes() == new


def test_a_file_that_is_missing_is_made_again(project: Project) -> None:
    project.generate()
    (project.package / "models.py").unlink()
    assert f"1 file written, {FILES - 1} unchanged" in project.generate()


def test_a_strangers_file_is_never_touched(project: Project) -> None:
    project.package.mkdir(parents=True)
    (project.package / "client.py").write_text("x = 1\n", "utf-8")
    before = project.tree()
    for force in ((), ("--force",)):
        status, said = project.run("generate", *force)
        assert status == 1
        assert "client.py: this file was not made by Specloom: move it away first" in said
    assert project.tree() == before


def test_without_a_lock_nothing_says_whose_a_file_is(project: Project) -> None:
    project.generate()
    project.lock.unlink()
    assert "0 files written" in project.generate()
    project.lock.unlink()
    project.edit("expires_in", "expires")
    status, said = project.run("generate")
    assert status == 1
    assert "no lock says that Specloom made this file: restore specloom.lock, or " in said
    project.generate("--force")


def test_stale_files_are_removed_and_edited_ones_are_kept(project: Project) -> None:
    project.generate()
    edited = project.package / "models.py"
    edited.write_text("# mine\n", "utf-8")
    project.configure(TARGET.replace('"out"', '"src"'))
    said = project.generate()
    assert said.startswith(
        "out/polar/models.py: it is not made any more, but was edited, and is kept\n"
    )
    assert f" {FILES - 2} files written, 2 unchanged, {FILES - 3} removed; " in said
    assert [name for name in project.tree() if name.startswith("out/")] == ["out/polar/models.py"]
    assert "out/polar/models.py" not in project.lock.read_text("utf-8")


def test_folders_that_become_empty_go(project: Project) -> None:
    project.generate()
    project.configure(TARGET.replace('"out"', '"src"').replace('tests = "checks"\n', ""))
    project.generate()
    # the user's own tests are nobody's but the user's
    assert [name for name in project.tree() if name.startswith(("out", "checks"))] == [
        "checks/polar_tests/test_polar_yours.py"
    ]
    assert not (project.folder / "out").exists()


def test_a_target_that_is_gone_takes_its_files_along(project: Project) -> None:
    other = TARGET.replace("targets.polar", "targets.other").replace("checks", "more")
    project.configure(TARGET + other)
    project.generate()
    project.configure(other)
    assert project.run("check")[0] == 1
    said = project.generate("other")
    assert project.package.exists()
    said = project.generate()
    assert f"polar: no target any more; {FILES} files removed\n" in said
    assert not project.package.exists()
    assert "polar_tests" not in project.lock.read_text("utf-8").replace("other", "")
    assert project.run("check")[0] == 0


def test_a_target_that_is_renamed_keeps_files_and_names(project: Project) -> None:
    project.generate()
    text = project.lock.read_text("utf-8")
    project.lock.write_text(text.replace('= "TokenResponse"', '= "Token"'), "utf-8")
    project.generate()
    project.configure(TARGET.replace("targets.polar]", 'targets.again]\npackage = "polar"'))
    said = project.generate()
    assert f"again: 1 operation, 5 types; 0 files written, {FILES} unchanged; " in said
    assert "removed" not in said
    assert '= "Token"' in project.lock.read_text("utf-8")
    assert "polar.types" not in project.lock.read_text("utf-8")


@pytest.mark.parametrize(
    ("configuration", "spec"),
    [
        (TARGET.replace("polar]", 'again]\npackage = "polar"').replace("api.", "new."), "new.yaml"),
        (TARGET.replace("polar]", "again]"), "api.yaml"),
    ],
    ids=["of the package", "of the document"],
)
def test_names_go_to_the_heir(project: Project, configuration: str, spec: str) -> None:
    project.generate()
    text = project.lock.read_text("utf-8")
    project.lock.write_text(text.replace('= "TokenResponse"', '= "Token"'), "utf-8")
    project.generate()
    project.spec.rename(project.folder / spec)
    project.configure(configuration)
    project.generate()
    assert '= "Token"' in project.lock.read_text("utf-8")
    assert project.run("check") == (0, f"again: up to date; {FILES} files\n")
    assert len(list((project.folder / "out").iterdir())) == 1


def test_a_link_below_the_output_is_not_followed(project: Project) -> None:
    (project.folder / "elsewhere").mkdir()
    (project.folder / "out").mkdir()
    project.package.symlink_to(project.folder / "elsewhere")
    status, said = project.run("generate")
    assert (status, "this is a link out of the output folder" in said) == (1, True)
    assert list((project.folder / "elsewhere").iterdir()) == []


def test_a_file_that_is_a_link_is_not_followed(project: Project) -> None:
    project.generate()
    precious = project.folder / "precious.py"
    precious.write_text("x = 1\n", "utf-8")
    (project.package / "models.py").unlink()
    (project.package / "models.py").symlink_to(precious)
    status, said = project.run("generate", "--force")
    assert (status, "out/polar/models.py: this is no plain file" in said) == (1, True)
    assert precious.read_text("utf-8") == "x = 1\n"


def test_a_lock_cannot_point_out_of_the_project(project: Project) -> None:
    """A lock may come from a stranger: files outside are neither removed nor overwritten."""
    project.generate()
    victim = project.folder.parent / f"{project.folder.name}-victim"
    victim.write_text("mine", "utf-8")
    text, known = project.lock.read_text("utf-8"), digest(b"mine")
    ways = (f"../{victim.name}", f"out/../../{victim.name}", str(victim), f"out//{victim}")
    line = "".join(f'"{way}" = "{known}"\n' for way in ways)
    head = "[targets.polar.outputs]\n"
    project.lock.write_text(text.replace(head, head + line), "utf-8")
    project.edit("expires_in", "expires")
    project.run("generate")
    assert victim.read_text("utf-8") == "mine"


def test_a_run_waits_for_another(project: Project) -> None:
    held: list[str] = []
    command = [sys.executable, "-m", "specloom", "generate"]
    with alone(str(project.folder), held.append):
        waiting = subprocess.Popen(
            command, cwd=project.folder, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
        )
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == (
            "specloom: another run is at work in .: waiting for it\n"
        )
        assert not project.package.exists()
    _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert f"{FILES + 1} files written" in said
    assert held == []


def test_runs_at_the_same_time_end_as_one(project: Project) -> None:
    command = [sys.executable, "-m", "specloom", "generate"]
    runs = [
        subprocess.Popen(command, cwd=project.folder, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [run.communicate(timeout=120)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0, 0], said
    assert sum(" 0 files written" in text for text in said) == 3
    assert project.run("check")[0] == 0


def test_targets_that_are_gone_go_together(project: Project) -> None:
    others = [TARGET.replace("polar]", f"{n}]").replace("checks", f"checks_{n}") for n in "abc"]
    project.configure("".join(others))
    project.generate()
    project.configure(others[0])
    assert f"b, c: no target any more; {2 * FILES} files removed\n" in project.generate()
    assert project.run("check") == (0, f"a: up to date; {FILES} files\n")


def test_a_subset_after_a_target_was_renamed(project: Project) -> None:
    other = TARGET.replace("targets.polar", "targets.other").replace("checks", "more")
    project.configure(TARGET + other)
    project.generate()
    text = project.lock.read_text("utf-8")
    project.lock.write_text(text.replace('= "TokenResponse"', '= "Token"'), "utf-8")
    project.generate()
    renamed = TARGET.replace("targets.polar]", 'targets.again]\npackage = "polar"')
    project.configure(renamed + other)
    project.generate("again")
    assert "class Token(" in (project.package / "models.py").read_text("utf-8")
    assert project.run("check")[0] == 0


def test_the_ends_of_lines_are_no_edit(project: Project) -> None:
    """Version control may give every text file those of its system."""
    project.generate()
    for name, data in project.tree().items():
        (project.folder / name).write_bytes(data.replace(b"\n", b"\r\n"))
    project.spec.write_bytes(project.spec.read_bytes().replace(b"\n", b"\r\n"))
    assert project.run("check") == (0, f"polar: up to date; {FILES} files\n")
    project.edit("expires_in", "expires")
    assert f" 3 files written, {FILES - 3} unchanged; " in project.generate()
    assert project.run("check")[0] == 0


def test_a_lock_with_other_ends_of_lines_is_not_touched(project: Project) -> None:
    project.generate()
    data = project.lock.read_bytes().replace(b"\n", b"\r\n")
    project.lock.write_bytes(data)
    (project.package / "models.py").unlink()
    assert "1 file written" in project.generate()
    assert project.lock.read_bytes() == data


def test_one_file_by_two_names_is_one_file(tmp_path: Path) -> None:
    """As `P/a.py` and `p/a.py` are where case is nothing; here by a hard link."""
    for name in ("p", "q"):
        (tmp_path / name).mkdir()
    old = f"{BANNER}x = 1\n".encode()
    (tmp_path / "p" / "a.py").write_bytes(old)
    (tmp_path / "q" / "a.py").hardlink_to(tmp_path / "p" / "a.py")
    standing = Standing({key: (digest(old),) for key in ("p/a.py", "q/a.py")}, ["p/a.py"])
    planned = plan(str(tmp_path), {File("q", "a.py"): old}, frozenset(), standing, force=False)
    assert planned._replace(places={}) == Plan(unchanged=1)


def test_an_output_by_another_name_is_the_same_output(project: Project) -> None:
    project.generate()
    (project.folder / "link").symlink_to("out")
    project.configure(TARGET.replace('"out"', '"link"'))
    said = project.generate()
    assert f" 0 files written, {FILES} unchanged; " in said
    assert "removed" not in said
    assert (project.package / "models.py").exists()


def test_what_lies_outside_is_left_and_said(project: Project) -> None:
    outside = f"../{project.folder.name}-outside"
    project.configure(TARGET.replace('"out"', f'"{outside}"'))
    project.generate()
    project.configure(TARGET)
    said = project.generate()
    line = f"{outside}/polar/client.py: this is no path within an output folder: "
    assert f"{line}it is not made any more, and is kept\n" in said
    assert (project.folder / outside / "polar" / "client.py").exists()


def test_what_does_not_begin_like_ours_is_never_removed(project: Project) -> None:
    """Not even if a lock says so, with the right digest."""
    project.generate()
    mine = project.folder / "mine.py"
    mine.write_text("x = 1\n", "utf-8")
    text, head = project.lock.read_text("utf-8"), "[targets.polar.outputs]\n"
    line = f'"mine.py" = "{digest(b"x = 1" + bytes([10]))}"\n'
    project.lock.write_text(text.replace(head, head + line), "utf-8")
    project.edit("expires_in", "expires")
    assert "mine.py: it is not made any more, but was edited, and is kept\n" in project.generate()
    assert mine.read_text("utf-8") == "x = 1\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[targets.polar.outputs]\n", '[targets.polar.outputs]\n"a\\u001b[31m" = "x"\n'),
        ("[targets.polar.outputs]\n", '[targets.polar.outputs]\n"a\\u0000" = "x"\n'),
        ("[targets.polar.outputs]\n", '[targets.polar.outputs]\n"C:\\\\x" = "x"\n'),
        ("operations = 1\n", f"operations = {'1' * 5000}\n"),
        ("operations = 1\n", f"operations = {'[' * 5000}\n"),
        ("[targets.polar]\n", "[targets.polar]\nmore = 1\n"),
        ('"/tags/oauth2" = "Oauth2"\n', '"/tags/oauth2" = "\\u001b[31m"\n'),
    ],
    ids=["escape", "nul", "drive", "digits", "depth", "more", "name"],
)
def test_a_hostile_lock_is_told_of(project: Project, old: str, new: str) -> None:
    project.generate()
    text = project.lock.read_text("utf-8")
    assert old in text
    project.lock.write_text(text.replace(old, new, 1), "utf-8")
    before = {name: data for name, data in project.tree().items() if name != "specloom.lock"}
    for command in ("check", "generate"):
        _, said = project.run(command)
        assert "internal error" not in said
        assert "\x1b" not in said
    after = {name: data for name, data in project.tree().items() if name != "specloom.lock"}
    assert after == before


def test_two_projects_may_share_an_output(project: Project) -> None:
    """Each has a lock of its own, so they take turns by the folder that both write to."""
    command = [sys.executable, "-m", "specloom", "generate"]
    folders = [project.folder / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
        (folder / "api.yaml").write_bytes(project.spec.read_bytes())
        text = TARGET.replace("polar]", f"{folder.name}]").replace('"out"', '"../out"')
        (folder / "pyproject.toml").write_text(text, "utf-8")
    for _ in range(3):
        runs = [
            subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
            for folder in folders
        ]
        said = [run.communicate(timeout=120)[1] for run in runs]
        assert [run.returncode for run in runs] == [0, 0], said
        for folder in folders:
            assert len(list((project.folder / "out" / folder.name).iterdir())) == FILES - 2
            (folder / "specloom.lock").unlink()
        shutil.rmtree(project.folder / "out")


# --- with a bare document ----------------------------------------------------------------


def test_a_bare_document_has_its_lock_in_its_output(project: Project) -> None:
    arguments = ("api.yaml", "-o", "build", "--package", "p", "--tests", "build/tests")
    project.generate(*arguments)
    lock = (project.folder / "build" / "specloom.lock").read_text("utf-8")
    assert str(project.folder) not in lock
    assert '"p/client.py" = "sha256:' in lock
    assert '"tests/p_tests/test_p_oauth2.py" = "sha256:' in lock
    status, said = project.run("check", *arguments)
    assert (status, said) == (0, f"p: up to date; {FILES} files\n")
    project.generate("api.yaml", "-o", "build", "--package", "q")
    assert project.run("check", *arguments)[0] == 0


def test_the_lock_is_the_same_wherever_the_project_lies(project: Project, tmp_path: Path) -> None:
    project.generate()
    first = project.lock.read_bytes()
    project.lock.unlink()
    project.generate(str(project.spec), "-o", str(tmp_path / "one"), "--package", "p")
    project.generate("api.yaml", "-o", "two", "--package", "p")
    one = (tmp_path / "one" / "specloom.lock").read_bytes()
    assert one == (tmp_path / "two" / "specloom.lock").read_bytes()
    project.generate()
    assert project.lock.read_bytes() == first


# --- what is loaded ----------------------------------------------------------------------

LOADED = "import sys; from specloom.cli import main; main(sys.argv[1:]); print(*sys.modules)"


@pytest.fixture
def loaded(project: Project) -> set[str]:
    """What is loaded by commands that have nothing to do."""
    project.generate()
    found: set[str] = set()
    for command in ("generate", "check"):
        done = subprocess.run(
            [
                sys.executable,
                "-IS",
                "-c",
                f"import sys; sys.path[:0] = {PATH!r}; {LOADED}",
                command,
            ],
            cwd=project.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        found |= set(done.stdout.split())
    return found


PATH = [str(ROOT / "generator")]


def test_where_nothing_has_changed_nothing_heavy_is_loaded(loaded: set[str]) -> None:
    heavy = {"black", "jinja2", "jsonschema_rs", "openapi_spec_validator", "yaml", "markdown_it"}
    slow = {"dataclasses", "inspect", "pathlib", "difflib", "tempfile", "shutil", "json"}
    assert loaded & (heavy | slow) == set()
    assert not any(name.startswith(("specloom.python", "specloom.pipeline")) for name in loaded)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "."), ". has targets and a lock of its own"),
        (("-o", ""), "`` is no path"),
        (("-o", "x", "--tests", ""), "`` is no path"),
        (("-o", "x", "--tests", "t\udcfe"), "is no path that could be told in a lock"),
        (("-o", "x", "--tests", "x/api/t"), "the tests are in `x/api`, which is generated"),
    ],
)
def test_a_bare_document_has_folders_of_its_own(
    project: Project, arguments: tuple[str, ...], said: str
) -> None:
    status, err = project.run("generate", "api.yaml", *arguments)
    assert (status, said in err) == (2, True)
    assert project.tree() == {}


def test_tests_of_a_linked_output_are_where_they_were_asked_for(project: Project) -> None:
    (project.folder / "real" / "deep").mkdir(parents=True)
    (project.folder / "link").symlink_to("real/deep")
    # where `link/../../t` leads by its letters
    project.folder.with_name("t").write_text("", "utf-8")
    project.generate("api.yaml", "-o", "link", "--tests", "t")
    assert (project.folder / "t" / "api_tests").is_dir()
    assert not (project.folder / "real" / "t").exists()
    assert project.run("check", "api.yaml", "-o", "link", "--tests", "t")[0] == 0
