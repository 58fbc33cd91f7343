"""Names of modules, packages and files are ours: the same files on any system, and never two in one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from specloom.config import Target
from specloom.naming import name
from specloom.pipeline import files_of_tests, understand
from specloom.python.package.package import package
from specloom.render import render, runtime
from specloom.values import Tree

PLAIN = re.compile(r"[a-z_][a-z0-9_]*\.py|py\.typed")
FOLDER = re.compile(r"[a-z_][a-z0-9_]*")
LONGEST = 120
"""Of a name; file systems take 255 bytes, some that encrypt 143."""
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
"""As Microsoft's "Naming Files, Paths, and Namespaces" lists them."""
NOT_OURS = {"conftest.py", "__main__.py"}
HOSTILE = (
    *("../up", "/abs", "..", ".", "a/b", "a\\b", "C:x", "a:b", "~", "a\0b", "a\nb", "", " ", "-"),
    *("CON", "con", "Con ", "nul", "NUL.", "aux.txt", "COM1", "com¹", "LPT9", "prn", "com0"),
    *("Pets", "pets", "PETS", "pe ts", "pets ", "Pets.", "pet_s", "pet-s"),
    *(
        "café",
        "cafe\u0301",
        "CAFÉ",
        "cafe",
        "straße",
        "STRASSE",
        "\u0131",
        "İ",
        "K",
        "\u212a",
        "ﬁ",
        "fi",
    ),
    *("日本語", "日本", "💥", "\u200b", "\u202e", "t" * 300, "T" * 300, "日" * 200, "a b " * 90),
    *("__init__", "__main__", "__pycache__", "conftest", "setup", "models", "codecs", "client"),
    *("errors", "py.typed", "test", "tests", "test_a", "a_test", "class", "import", "None", "1"),
)
UNNAMEABLE = re.compile(
    "[/\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What no component may hold."""
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))


def document(title: str, tags: Sequence[str], schemas: Sequence[str]) -> dict[str, Tree]:
    """Return a document whose types belong to one tag, or to several.

    What no reference could spell is left to tags alone.
    """
    schemas = [name for name in schemas if name and not UNNAMEABLE.search(name)] or ["A"]
    paths: dict[str, Tree] = {}
    for number, tag in enumerate(tags):
        key = schemas[number % len(schemas)].replace("~", "~0").replace("/", "~1")
        reference = f"#/components/schemas/{''.join(f'%{byte:02X}' for byte in key.encode())}"
        body: Tree = {"application/json": {"schema": {"$ref": reference}}}
        answers: Tree = {"200": {"description": "", "content": body}}
        paths[f"/{number}"] = {"get": {"tags": [tag], "responses": answers}}
    found: dict[str, Tree] = {
        key: {"type": "object", "properties": {"a": {"type": "string"}}} for key in schemas
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": paths,
        "components": {"schemas": found},
    }


def several(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(NAMES, min_size=1, max_size=most, unique=True)


@settings(
    derandomize=True,
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(title=NAMES, tags=several(25), schemas=several(15), limit=st.sampled_from([1, 1, 1500]))
@example(title="CON", tags=HOSTILE, schemas=HOSTILE, limit=1)
def test_files_are_the_same_on_any_system(
    title: str, tags: Sequence[str], schemas: Sequence[str], limit: int, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document(title, tags, schemas)), "utf-8")
    understood = understand(str(spec))
    assert understood.api is not None, understood.messages
    names = name(understood.api)
    made = render(package(understood.api, names, limit=limit).view)
    target = Target("api", str(spec), "out", "api", None)
    files = [f"api/{path}" for path in (*made, *runtime(made, target.transport))]
    trials, _ = files_of_tests(understood.api, names, "api")
    for paths in (files, list(trials)):
        _are_portable(paths)
    if limit == 1:
        assert any(path.startswith("api/client/") for path in files)


def _are_portable(paths: list[str]) -> None:
    found = {unicodedata.normalize("NFKC", path).casefold() for path in paths}
    assert len(found) == len(paths) == len(set(paths))
    for path in map(PurePosixPath, paths):
        assert PLAIN.fullmatch(path.name), path
        assert all(map(FOLDER.fullmatch, path.parts[:-1])), path
        assert path.name not in NOT_OURS
        for part in path.parts:
            assert len(part) <= LONGEST, path
            assert part.partition(".")[0] not in DEVICES, path
    # no module has the name of a folder beside it
    folders = {str(parent) for path in map(PurePosixPath, paths) for parent in path.parents}
    assert not folders & {path.removesuffix(".py") for path in paths}
