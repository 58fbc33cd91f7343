"""A package that is imported while it is replaced.

Every module is whole, the old one or the new one. Some may be old and others new, as with any way
to replace a package whose modules are loaded one by one: then an import fails as for a name that is
not there, and nothing runs that nobody has written.
"""

from __future__ import annotations

import subprocess
import sys

from specloom.digest import digest
from specloom.disk.journal import publish
from specloom.disk.paths import File
from specloom.disk.plan import Standing, plan

from .project import Project

ROUNDS = 30
IMPORTER = """
import importlib, pathlib, sys
sys.dont_write_bytecode = True
sys.path.insert(0, "out")
tried = imported = 0
while not pathlib.Path("stop").exists():
    for name in [name for name in sys.modules if name.partition(".")[0] == "polar"]:
        del sys.modules[name]
    importlib.invalidate_caches()
    tried += 1
    try:
        import polar
        for name in polar.__all__:
            getattr(polar, name)
        imported += 1
    except (ImportError, AttributeError):
        pass
    for path in pathlib.Path("out/polar").glob("*.py"):
        compile(path.read_text("utf-8"), str(path), "exec")
    if tried == 1:
        print("ready", flush=True)
print(tried, imported)
"""


def test_every_module_is_whole(project: Project) -> None:
    project.generate()
    before = package(project)
    project.add_a_grant()
    project.generate()
    after = package(project)
    assert before != after
    importer = subprocess.Popen(
        [sys.executable, "-c", IMPORTER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert importer.stdout is not None
    assert importer.stdout.readline() == "ready\n"
    for number in range(ROUNDS):
        old, new = (after, before) if number % 2 == 0 else (before, after)
        known = {f"out/{file.path}": (digest(data),) for file, data in old.items()}
        planned = plan(".", new, frozenset(), Standing(known, ()), force=False)
        publish(".", planned, None)
    (project.folder / "stop").touch()
    out, err = importer.communicate(timeout=60)
    assert err == ""
    tried, imported = map(int, out.split())
    assert tried > 1
    assert imported > 0


def package(project: Project) -> dict[File, bytes]:
    return {
        File("out", name.removeprefix("out/")): data
        for name, data in project.tree().items()
        if name.startswith("out/")
    }
