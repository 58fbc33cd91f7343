"""The configuration: what is taken, what is refused and where, and what its schema says."""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom import config
from specloom.config import (
    RESPONSES,
    TRANSPORTS,
    Misconfigured,
    Mistakes,
    Target,
    package_name,
    targets,
)
from specloom.config.places import Names, Point, broken, defined
from specloom.limits import CEILINGS, DEFAULT, Limits
from specloom.limits import KEYS as LIMITS
from specloom.limits.table import MEANINGS
from specloom.rules.unsupported import NAMES as FEATURES
from specloom.values import Tree

SCHEMA = Path(__file__).parents[2] / "docs" / "specloom.schema.json"
VALIDATOR = jsonschema_rs.validator_for(SCHEMA.read_text("utf-8"))
A = "[tool.specloom.targets.a]\n"
CHOICES = ("tags", "paths", "operations")
OPTIONAL = ("package", "tests", "transport", "responses", "root")
GOOD = f'{A}spec = "a.yaml"\noutput = "out"\n'
PAGES = (
    "false",
    '{by = "cursor", parameter = "c", next = "meta.next", items = "", more = "m"}',
    '{by = "last-item", parameter = "c", key = "id"}',
    '{by = "page", parameter = "p", first = 0, pages = "n", total = "t"}',
    '{by = "offset", parameter = "o", first = 1, total = "t"}',
    '{by = "url", next = "links.next"}',
    '{by = "link"}',
    '{by = "link", items = "data"}',
)
NO_PAGES = (
    "true",
    "1",
    "[]",
    '"cursor"',
    "{}",
    "{by = 1}",
    '{by = "curser"}',
    '{by = "cursor"}',
    '{by = "cursor", parameter = "c"}',
    '{by = "cursor", parameter = "c", next = ""}',
    '{by = "cursor", parameter = "c", next = 1}',
    '{by = "link", next = "a"}',
    '{by = "page", parameter = "p", first = 2}',
    '{by = "page", parameter = "p", first = true}',
    '{by = "page", parameter = "p", first = "1"}',
    '{by = "url", next = "a", x = 1}',
)


def at(folder: Path, text: str) -> str:
    path = folder / "pyproject.toml"
    path.write_text(text, "utf-8", newline="")
    return str(path)


def told(path: str) -> list[str]:
    """Return the lines of what is said of a file."""
    with pytest.raises(Mistakes) as caught:
        targets(path)
    return str(caught.value).replace(path, "F").split("\n")


def findings(path: str) -> list[str]:
    marker = ": error: configuration: "
    return [line.replace(marker, " ") for line in told(path) if marker in line]


# What is taken


def test_a_target_and_its_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    at(tmp_path, GOOD)
    monkeypatch.chdir(tmp_path)
    assert targets("pyproject.toml") == (Target("a", "a.yaml", "out", "a", None, "httpx2"),)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    more = 'package = "b"\ntests = "../t"\ntransport = "httpx"\nresponses = "closed"\n'
    more += 'overlays = ["o.yaml", "../p.yaml"]\nroot = ".."\n'
    more += 'tags = ["t"]\npaths = ["/p"]\noperations = ["o"]\n'
    [target] = targets(at(tmp_path, f"{GOOD}{more}"))
    assert target == Target(
        name="a",
        spec=f"{tmp_path}/a.yaml",
        output=f"{tmp_path}/out",
        package="b",
        tests=f"{tmp_path}/../t",
        transport="httpx",
        responses="closed",
        overlays=(f"{tmp_path}/o.yaml", f"{tmp_path}/../p.yaml"),
        root=f"{tmp_path}/..",
        tags=("t",),
        paths=("/p",),
        operations=("o",),
    )


def test_absolute_paths_stay(tmp_path: Path) -> None:
    [target] = targets(at(tmp_path, f'{A}spec = "/x/a.yaml"\noutput = "/out"\n'))
    assert (target.spec, target.output) == ("/x/a.yaml", "/out")


def test_a_target_has_the_limits_of_all_but_for_its_own(tmp_path: Path) -> None:
    of_all = "[tool.specloom.limits]\nnodes = 7\nmarkdown-bytes = 8\n"
    text = f"{of_all}{GOOD}limits = {{nodes = 9, depth = 220}}\n{GOOD.replace('.a]', '.b]')}"
    a, b = targets(at(tmp_path, text))
    assert b.limits == Limits(nodes=7, markdown_bytes=8)
    assert a.limits == Limits(nodes=9, markdown_bytes=8, depth=220)


def test_the_order_is_the_authors(tmp_path: Path) -> None:
    text = "".join(GOOD.replace("targets.a", f"targets.{name}") for name in "cab")
    assert [target.name for target in targets(at(tmp_path, text))] == ["c", "a", "b"]


def test_the_start_imports_little() -> None:
    program = (
        "import sys; sys.path.insert(0, 'generator'); import specloom.config; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-IS", "-c", program],
        cwd=SCHEMA.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    heavy = {"dataclasses", "difflib", "inspect", "json", "pathlib", "tomllib"}
    assert heavy & loaded == set()
    assert {name for name in loaded if name.startswith("specloom.")} == {
        "specloom.config",
        "specloom.config.bounds",
        "specloom.config.folders",
        "specloom.config.mistakes",
        "specloom.config.paging",
        "specloom.config.values",
        "specloom.limits",
        "specloom.page_choices",
        "specloom.regular",
        "specloom.shown",
    }


# What is refused


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
[tool.specloom.targets.a]
spec = 1
outputs = "x" # spec
[tool.specloom]
target = 2
[tool.specloom.targets]
"é".spec = ""
"""
    assert told(at(tmp_path, text)) == [
        "F:2:8: error: configuration: `spec` must be a string",
        "    spec = 1",
        "           ^",
        "F:3:1: error: configuration: [tool.specloom.targets.a] has no key `outputs`",
        '    outputs = "x" # spec',
        "    ^",
        "    hint: did you mean `output`?",
        "F:5:1: error: configuration: [tool.specloom] has no key `target`",
        "    target = 2",
        "    ^",
        "    hint: did you mean `targets`?",
        "F:7:1: error: configuration: [tool.specloom.targets.é] has no `output`",
        '    "é".spec = ""',
        "    ^",
        "    hint: it is the folder that gets the package",
        "F:7:1: error: configuration: `é` is no name for a target: letters, digits, `_`, `-` and `.` are",
        '    "é".spec = ""',
        "    ^",
        "F:7:12: error: configuration: `spec` is empty",
        '    "é".spec = ""',
        "               ^",
    ]


EXAMPLE = '[tool.specloom.targets.NAME] with spec = "api.yaml" and output = "generated"'


@pytest.mark.parametrize(
    ("text", "line", "excerpt"),
    [
        ("", "F:1:1", []),
        ("[tool.x]\n", "F:1:1", []),
        ("\n[ tool.specloom ]\n", "F:2:8", ["    [ tool.specloom ]", "           ^"]),
        (
            "tool.specloom.targets = {}",
            "F:1:15",
            ["    tool.specloom.targets = {}", " " * 18 + "^"],
        ),
    ],
)
def test_a_file_without_targets(text: str, line: str, excerpt: list[str], tmp_path: Path) -> None:
    assert told(at(tmp_path, text)) == [
        f"{line}: error: configuration: [tool.specloom.targets] names no target",
        *excerpt,
        f"    hint: add {EXAMPLE}",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    hint = f"    hint: name a document: specloom generate SPEC -o DIR, or add {EXAMPLE}"
    says = "F:1:1: error: configuration: this cannot be read: "
    assert told(str(tmp_path / "no.toml")) == [f"{says}No such file or directory", hint]
    assert told(str(tmp_path)) == [f"{says}Is a directory", hint]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"[", ["F:1:2 this is no TOML: Invalid initial character for a key part"]),
        (b"x = 1\r\ny = \xc3\xa9\r\n", ["F:2:5 this is no TOML: Invalid value"]),
        (b'x = """\n\xc3\xa9\n\n', ["F:2:2 this is no TOML: Unterminated string"]),
        (b"x = 1\n# \xc3\xa9\xff\n", ["F:2:4 this is no UTF-8"]),
        (b"x = " + b"[" * 9999, ["F:1:1 this is no TOML: maximum recursion depth exceeded"]),
    ],
)
def test_a_file_that_is_no_toml(raw: bytes, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(raw)
    assert [line[: len(said[0])] for line in findings(str(path))] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tool = 1", ["F:1:8 `tool` must be a table"]),
        ("[[tool.specloom]]", ["F:1:8 `specloom` must be a table"]),
        ("[tool.specloom]\ntargets = []", ["F:2:11 `targets` must be a table"]),
        ("[tool.specloom.targets]\na = 1", ["F:2:5 `a` must be a table"]),
        (f"[{A.strip()}]", ["F:1:25 `a` must be a table"]),
        (f"{GOOD}[tool.specloom.targets.a.tests]", ["F:4:26 `tests` must be a string"]),
        (f"{GOOD}package.x = 1", ["F:4:1 `package` must be a string"]),
        (f'{GOOD}package = "a-b"', ["F:4:11 `a-b` is no name for a package: letters, digits"]),
        (f'{GOOD}package = "é"', ["F:4:11 `é` is no name for a package: letters, digits"]),
        (f'{GOOD}package = "if"', ["F:4:11 `if` is no name for a package: it is a keyword"]),
        (f'{GOOD}package = "__a"', ["F:4:11 `__a` is no name for a package: it begins"]),
        (f'{GOOD}tests = "\\u0000"', ["F:4:9 `tests` is no path: it holds a NUL"]),
        (
            f'{GOOD}tests = "~/tests"',
            ["F:4:9 `tests` is taken as it is written: `~` and `$` mean nothing in it"],
        ),
        (
            f'{GOOD}tests = "a/$HOME"',
            ["F:4:9 `tests` is taken as it is written: `~` and `$` mean nothing in it"],
        ),
        (f'{GOOD}transport = "\\u001b["', ["F:4:13 there is no transport `\\x1b[`"]),
        (
            GOOD.replace(".a]", '."a\\n"]'),
            ["F:1:24 `a\\n` is no name for a target: letters, digits"],
        ),
        (GOOD.replace(".a]", ".a-b]"), ["F:1:24 `a-b` is no name for a package: letters, digits"]),
        (GOOD.replace("a.yaml", "./x/../out/A/a.yaml"), ["F:2:8 the document is in `D/out/a`"]),
        (f'{GOOD}overlays = ["o.yaml", "out/a/o.yaml"]', ["F:4:12 an overlay is in `D/out/a`"]),
        (f'{GOOD}overlays = "o.yaml"', ["F:4:12 `overlays` must be a list of strings"]),
        (f'{GOOD}overlays = ["o.yaml", 1]', ["F:4:12 `overlays` must be a list of strings"]),
        (f'{GOOD}overlays = [""]', ["F:4:12 `overlays` holds an empty string"]),
        (f"{GOOD}limits = 1", ["F:4:10 `limits` must be a table"]),
        (f"{GOOD}limits.depth = 0", ["F:4:16 `depth` must be a whole number above zero"]),
        (f"{GOOD}limits.files = true", ["F:4:16 `files` must be a whole number above zero"]),
        (f"{GOOD}limits.node = 1", ["F:4:8 no limit is called `node`"]),
        (f"{GOOD}[tool.specloom.limits]\ntexts = -1", ["F:5:9 `texts` must be a whole number"]),
        (f"{GOOD}[tool.specloom]\nlimits = []", ["F:5:10 `limits` must be a table"]),
        (f"{GOOD}pages = 1", ["F:4:9 `pages` must be a table"]),
        (f"{GOOD}pages.a = true", ["F:4:11 an operation is `false`, or a table"]),
        (f'{GOOD}pages.a.by = "curser"', ["F:4:14 pages do not go on by `curser`"]),
        (f'{GOOD}pages.a.by = "url"', ["F:4:7 pages that go on by `url` need `next`"]),
        (f'{GOOD}pages."GET /a".next = "n"', ["F:4:7 there is no `by`"]),
        (
            f'{GOOD}pages.a = {{by = "url", next = "n", mroe = "m"}}',
            ["F:4:36 pages that go on by `url` have no key `mroe`"],
        ),
        (
            f"{GOOD}[tool.specloom.targets.a.limits]\ndepth = 221",
            ["F:5:9 `depth` may be 220 at most: later stages walk by recursion"],
        ),
    ],
)
def test_a_mistake_and_its_place(text: str, said: list[str], tmp_path: Path) -> None:
    found = [line.replace(str(tmp_path), "D") for line in findings(at(tmp_path, text))]
    assert [line[: len(want)] for line, want in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (f'{GOOD}transport = "HTTPX"', "did you mean `httpx`?"),
        (f'{GOOD}transport = "curl"', "known are httpx2, httpx, stdlib"),
        (f'{GOOD}transport = "stlib"', "did you mean `stdlib`?"),
        (f'{GOOD}responses = "shut"', "known are open, closed"),
        (f'{GOOD}responses = "close"', "did you mean `closed`?"),
        (f"{GOOD}Test = 1", "did you mean `tests`?"),
        (f"{GOOD}overlay = []", "did you mean `overlays`?"),
        (f"{GOOD}limits.node = 1", "did you mean `nodes`?"),
        (f"{GOOD}[tool.specloom.limit]", "did you mean `limits`?"),
        (
            f"{GOOD}x = 1",
            "known are spec, output, package, tests, transport, responses, overlays, root, tags, "
            "paths, operations, allow, pages, limits",
        ),
        (GOOD.replace(".a]", ".a-b]"), 'add package = "a_b"'),
        (GOOD.replace(".a]", ".1]"), 'add package = "NAME"'),
    ],
)
def test_hints(text: str, hint: str, tmp_path: Path) -> None:
    assert told(at(tmp_path, text))[-1] == f"    hint: {hint}"


def named(name: str, more: str = "") -> str:
    return f'[tool.specloom.targets.{name}]\nspec = "a.yaml"\noutput = "out"\n{more}'


def two(one: str, other: str) -> str:
    return f'{A}spec = "a.yaml"\n{one}\n[tool.specloom.targets.b]\nspec = "a.yaml"\n{other}\n'


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ('output = "o"\npackage = "b"', 'output = "x/../o"', ["`o/b` and `o/b`"]),
        ('output = "o"\npackage = "B"', 'output = "o"', ["`o/b` and `o/B`"]),
        ('output = "o"', 'output = "o/a/c"', ["`o/a/c/b` and `o/a`"]),
        ('output = "o/b/c"', 'output = "o"', ["`o/b` and `o/b/c/a`"]),
        ('output = "o"\ntests = "t"', 'output = "t/a_tests"', ["`t/a_tests/b` and `t/a_tests`"]),
        ('output = "o"', 'output = "p"\ntests = "o/a"', ["`o/a/b_tests` and `o/a`"]),
        ('output = "o"', 'output = "o"', []),
        ('output = "o"\npackage = "bb"', 'output = "o"', []),
        ('output = "o"\ntests = "t"', 'output = "o"\ntests = "t"', []),
    ],
)
def test_a_folder_belongs_to_one_target(
    one: str, other: str, said: list[str], tmp_path: Path
) -> None:
    path = at(tmp_path, two(one, other))
    if said:
        found = [line.replace(f"{tmp_path}/", "") for line in findings(path)]
        assert [line.split(" ", 1)[1] for line in found] == [f"{s} of `a` overlap" for s in said]
    else:
        assert len(targets(path)) == 2


def test_tests_are_not_within_their_package(tmp_path: Path) -> None:
    path = at(tmp_path, f'{A}spec = "a.yaml"\noutput = "o"\ntests = "o/a"\n')
    (found,) = findings(path)
    assert found.endswith("/o/a`, which is generated")


def test_names_of_packages_on_the_command_line() -> None:
    assert package_name("polar_oauth2") == "polar_oauth2"
    for name in ("", "a-b", "1a", "é", "class", "__a", "a\n"):
        with pytest.raises(Misconfigured, match="is no name for a package") as caught:
            package_name(name)
        assert not isinstance(caught.value, Mistakes)


# The schema


def described(*path: str) -> Mapping[str, Tree]:
    """Return what stands at a place of the schema."""
    tree: Tree = json.loads(SCHEMA.read_text("utf-8"))
    for name in path:
        assert isinstance(tree, Mapping)
        tree = tree[name]
    assert isinstance(tree, Mapping)
    return tree


def opinions(path: str) -> tuple[bool, bool]:
    """Return whether the code takes a file, and whether an editor with the schema would."""
    tree: Tree = parsed(Path(path).read_text("utf-8"))
    for name in ("tool", "specloom"):
        assert isinstance(tree, Mapping)
        tree = tree.get(name, {})
    valid = VALIDATOR.is_valid(tree)
    try:
        targets(path)
    except Mistakes:
        return False, valid
    return True, valid


def parsed(text: str) -> Tree:
    """Return a text of TOML as JSON, in which dates are strings; None if it is no TOML."""
    try:
        tree: Tree = json.loads(json.dumps(tomllib.loads(text), default=str))
    except tomllib.TOMLDecodeError:
        return None
    return tree


def test_the_schema_is_one() -> None:
    assert jsonschema_rs.meta.is_valid(json.loads(SCHEMA.read_text("utf-8")))


def test_the_schema_has_the_keys_that_the_code_has() -> None:
    assert list(described("properties")) == ["targets", "limits"]
    assert tuple(described("$defs", "target", "properties")) == config.KEYS
    for name in config.KEYS[:-1]:
        told = described("$defs", "target", "properties", name)
        assert {"title", "description", "type"} <= set(told)
    transport = described("$defs", "target", "properties", "transport")
    assert transport["enum"] == list(TRANSPORTS)
    assert transport["default"] == TRANSPORTS[0]
    responses = described("$defs", "target", "properties", "responses")
    assert responses["enum"] == list(RESPONSES)
    assert responses["default"] == RESPONSES[0]
    assert described("$defs", "target", "properties", "allow", "items")["enum"] == list(FEATURES)


def test_the_schema_has_the_limits_that_the_code_has() -> None:
    assert tuple(described("$defs", "limits", "properties")) == LIMITS
    for key, usual in zip(LIMITS, DEFAULT, strict=True):
        counts = MEANINGS[key].counts
        ceiling = {"maximum": CEILINGS[key][0]} if key in CEILINGS else {}
        assert described("$defs", "limits", "properties", key) == {
            "description": f"{counts[0].upper()}{counts[1:]}.",
            "type": "integer",
            "minimum": 1,
            "default": usual,
            **ceiling,
        }


def test_the_schema_has_the_keywords_that_python_has() -> None:
    assert described("$defs", "target", "properties", "package", "not")["enum"] == keyword.kwlist
    [pattern] = described("properties", "targets", "patternProperties")
    assert pattern.endswith(f"|^({'|'.join(keyword.kwlist)})$")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f'{GOOD}package = "_b1"\ntests = "."\ntransport = "httpx"',
        f'{GOOD}transport = "httpx2"',
        *(f'{GOOD}responses = "{name}"' for name in RESPONSES),
        f'{GOOD}package = "match"',
        *(f"{GOOD}overlays = {value}" for value in ("[]", "['a.yaml', 'b.json']")),
        *(f"{GOOD}{key} = ['~a$', 'GET /b*']" for key in CHOICES),
        *(f"{GOOD}allow = {value}" for value in ("[]", *(f"['{name}']" for name in FEATURES))),
        *(f"{GOOD}limits.{key} = 1" for key in LIMITS),
        f"{GOOD}[tool.specloom.limits]\ndigits = 4300",
        *(f"{GOOD}pages.a = {value}" for value in PAGES),
        f"{GOOD}pages = {{}}",
        two('output = "o"', 'output = "o"'),
        *(named(name, 'package = "a"') for name in ("a-1", "1", "class", "__a", '"a.b"', "_")),
        *(named(name) for name in ("klass", "classy", "_", "A1")),
    ],
)
def test_what_the_schema_takes_too(text: str, tmp_path: Path) -> None:
    assert opinions(at(tmp_path, text)) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "[tool.x]",
        "[tool.specloom]",
        "[tool.specloom.targets]",
        "[tool]\nspecloom = 1",
        "[tool.specloom]\ntargets = []",
        "[tool.specloom.targets]\na = 1",
        f"{GOOD}[tool.specloom.x]",
        f"{GOOD}[[tool.specloom.targets.b]]",
        A,
        f'{A}spec = "a"',
        f'{A}output = "a"',
        f"{GOOD}x = 1",
        f'{GOOD}name = "a"',
        *(f'{GOOD}{name} = ""' for name in OPTIONAL),
        *(f"{GOOD}{name} = 1" for name in OPTIONAL),
        *(f'{A}spec = {value}\noutput = "o"' for value in ('""', "true", "['a']", "{}")),
        *(f'{A}spec = "a"\noutput = {value}' for value in ('""', "1.5", '"a\\u0000"')),
        *(
            f'{GOOD}tests = "a\\u{code}"'
            for code in ("000A", "0085", "00AD", "200B", "202E", "FEFF")
        ),
        *(f'{GOOD}package = "{name}"' for name in ("a-b", "1", "é", "__a", "if", "a\\n")),
        *(f'{GOOD}transport = "{name}"' for name in ("Stdlib", "HTTPX", "requests")),
        *(f'{GOOD}responses = "{name}"' for name in ("Open", "shut")),
        *(f"{GOOD}{key} = {value}" for key in CHOICES for value in ("'a'", "[1]", "['']")),
        *(f"{GOOD}allow = {value}" for value in ("'pattern'", "[1]", "['']", "['xml']")),
        *(f"{GOOD}overlays = {value}" for value in ("'a.yaml'", "[1]", "['']", "['~/a']", "[[]]")),
        *(f"{GOOD}limits.files = {value}" for value in ("0", "-1", "'1'", "true", "1.5", "[]")),
        *(f"{GOOD}limits.{key} = {most + 1}" for key, (most, _) in CEILINGS.items()),
        f"{GOOD}limits.x = 1",
        f"{GOOD}pages = 1",
        *(f"{GOOD}pages.a = {value}" for value in NO_PAGES),
        f"{GOOD}[tool.specloom.limits]\ndigits = 4301",
        *(named(name) for name in ("a-1", "1", "class", "__a", '"a.b"', '""')),
        *(named(name, 'package = "a"') for name in ('""', '"a b"', '"a\\n"', '"é"')),
    ],
)
def test_what_the_schema_refuses_too(text: str, tmp_path: Path) -> None:
    assert opinions(at(tmp_path, text)) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        # a schema cannot compare two values
        pytest.param(two('output = "o"\npackage = "b"', 'output = "o"'), id="one folder twice"),
        pytest.param(two('output = "o"', 'output = "o/a"'), id="a folder in another"),
        pytest.param(GOOD.replace("a.yaml", "out/a/a.yaml"), id="a document in the package"),
        # JSON has no dates: editors take them for strings
        pytest.param(f'{A}spec = 1979-05-27\noutput = "o"', id="a date"),
        # and takes 1.0 for a whole number
        pytest.param(f"{GOOD}limits.files = 1.0", id="a number with a point"),
    ],
)
def test_what_a_schema_cannot_say(text: str, tmp_path: Path) -> None:
    assert opinions(at(tmp_path, text)) == (False, True)


WORDS: st.SearchStrategy[str] = st.sampled_from(
    ("a", "A_1", "a-b", "a.b", "1", "_", "__a", "if", "é", "", " ", "\n", "\0")
)
SCALARS: st.SearchStrategy[Tree] = WORDS | st.sampled_from((*TRANSPORTS, 1, True, 1.5))
FIELDS: st.SearchStrategy[dict[str, Tree]] = st.fixed_dictionaries(
    {"spec": st.just("api.yaml"), "output": st.just("o")},
    optional={
        "package": WORDS,
        "tests": WORDS,
        "transport": st.sampled_from(TRANSPORTS),
        "responses": st.sampled_from((*RESPONSES, "")),
        "root": WORDS,
    },
)


def anything(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return inner | st.lists(inner, max_size=1) | st.dictionaries(WORDS, inner, max_size=1)


@given(
    WORDS | st.text(st.characters(max_codepoint=0x2FF), max_size=3),
    FIELDS,
    st.dictionaries(st.sampled_from((*config.KEYS, "x")), anything(SCALARS), max_size=1),
)
def test_the_schema_agrees_on_any_target(
    name: str, fields: Mapping[str, Tree], others: Mapping[str, Tree]
) -> None:
    said = "".join(f"{key} = {toml(value)}\n" for key, value in {**fields, **others}.items())
    with TemporaryDirectory() as folder:
        taken, valid = opinions(at(Path(folder), f"[tool.specloom.targets.{quoted(name)}]\n{said}"))
    assert taken == valid


def quoted(text: str) -> str:
    """Return a string of TOML. That of JSON is one, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml(value: Tree) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quoted(name)} = {toml(part)}' for name, part in value.items())}}}"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


# Places in TOML

NASTY = "\n".join(
    (
        "# a.b = 1, [a.b]",
        '"é" = "a.b = 1" # a.b = 2',
        r"""'q.r'."s\u0020\"".t = {u='[v]', "w=" = {x.y = [{z = 1}, "]"] , z = +1.5}, 'z' = 1979-05-27 07:32:00, k=0}""",
        'm = """',
        "[a.b]",
        r'a.b = 3 \"""',
        'c = """"" # quotes before the end',
        "n = [ # ]",
        "  \"]\", '[a.b]', {b = 1},",
        "  [[]], # a.b = 4",
        "]",
        '[ a . "b" ] # [a.c]',
        "\tc.d = '''",
        "[a.b.e]''''",
        "e\t=\t{ } # e",
        "b = 1",
        "[a.b.'f']",
        "[[a.l]]",
        "k = 1",
        "[[a.l]]",
        "j = 1",
        "[a]",
        r'b2 = "\\" # "',
        "'é😀' = { b2 = 1 }",
        "",
    )
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("é",), (2, 1), (2, 7)),
        (("q.r",), (3, 1), (3, 1)),
        (("q.r", 's "'), (3, 7), (3, 7)),
        (("q.r", 's "', "t"), (3, 19), (3, 23)),
        (("q.r", 's "', "t", "u"), (3, 24), (3, 26)),
        (("q.r", 's "', "t", "w="), (3, 33), (3, 40)),
        (("q.r", 's "', "t", "w=", "x"), (3, 41), (3, 41)),
        (("q.r", 's "', "t", "w=", "x", "y"), (3, 43), (3, 47)),
        (("q.r", 's "', "t", "w=", "z"), (3, 64), (3, 68)),
        (("q.r", 's "', "t", "z"), (3, 75), (3, 81)),
        (("q.r", 's "', "t", "k"), (3, 102), (3, 104)),
        (("m",), (4, 1), (4, 5)),
        (("n",), (8, 1), (8, 5)),
        (("a",), (12, 3), (12, 3)),
        (("a", "b"), (12, 7), (12, 7)),
        (("a", "b", "c"), (13, 2), (13, 2)),
        (("a", "b", "c", "d"), (13, 4), (13, 8)),
        (("a", "b", "e"), (15, 1), (15, 5)),
        (("a", "b", "b"), (16, 1), (16, 5)),
        (("a", "b", "f"), (17, 6), (17, 6)),
        (("a", "l"), (18, 5), (18, 5)),
        (("a", "b2"), (23, 1), (23, 6)),
        (("a", "é😀"), (24, 1), (24, 8)),
        (("a", "é😀", "b2"), (24, 10), (24, 15)),
        (("b",), None, None),
        (("n", "b"), None, None),
        (("a", "b", "k"), None, None),
        ((), None, None),
    ],
)
def test_places_in_nasty_toml(
    path: Names, key: Point | None, value: Point | None, newline: str
) -> None:
    text = NASTY.replace("\n", newline)
    assert parsed(text) is not None
    assert (defined(text, path), defined(text, path, value=True)) == (key, value)


def test_the_same_name_at_two_depths() -> None:
    assert defined("a = {a = 1}", ("a", "a")) == (1, 6)
    assert defined("[a]\na.a = 1", ("a", "a")) == (2, 1)
    assert defined("[a]\na.a = 1", ("a", "a", "a")) == (2, 3)
    assert defined("[a.b]\n[a]\nc = 1", ("a", "c")) == (3, 1)


def test_where_a_text_is_broken_is_asked_of_the_parser() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("a = 1\n\nb = [1,\n  é]\n")
    assert broken("", caught.value) == (4, 3)
    assert broken("a", ValueError("no place")) == (1, 1)


Tables: TypeAlias = "Mapping[str, Tables | str]"
"""What a text is made of: names, and values as they are written."""
NAMES: st.SearchStrategy[str] = st.sampled_from(
    ("a", "b", "a.b", "a = 1", "[a]", "# a", "é", "'", '"', "", "1-_")
)
LEAVES: st.SearchStrategy[str] = st.sampled_from(
    (
        *(
            "1",
            "+1.5",
            "1979-05-27 07:32:00",
            "[]",
            "[1, {a = 1}, '#']",
            "'[a]'",
            r'"a = \\"',
            "{}",
        ),
        *('"""\n[a]\na = 1 \\"""\n""""', "'''\na = 1'''''", "[\n'a', # ]\n[2]\n]"),
    )
)


def tables(inner: st.SearchStrategy[str | Tables]) -> st.SearchStrategy[Tables]:
    return st.dictionaries(NAMES, inner, max_size=3)


@given(
    tables(LEAVES | tables(LEAVES | tables(LEAVES))),
    st.randoms(use_true_random=False),
    st.sampled_from(("\n", "\r\n")),
)
def test_a_key_is_where_the_parser_first_knows_it(
    made: Tables, random: Random, newline: str
) -> None:
    text = "".join(f"{part}\n" for part in statements(made, (), random)).replace("\n", newline)
    lines = text.split("\n")
    prefixes = [parsed("\n".join((*lines[:count], ""))) for count in range(len(lines))]
    for path in paths(parsed(text)):
        point = defined(text, path)
        assert point is not None
        rest = lines[point.line - 1][point.column - 1 :]
        assert rest.startswith((path[-1] or '""', quoted(path[-1]), f"'{path[-1]}'"))
        # the statement around it is the first by which the parser knows the path
        *_, before = (tree for tree in prefixes[: point.line] if tree is not None)
        after = next(tree for tree in prefixes[point.line :] if tree is not None)
        assert (path in paths(before), path in paths(after)) == (False, True)


def statements(made: Tables, above: Names, random: Random) -> Iterator[str]:
    """Yield the statements of a text, in one of the ways that TOML has for each table."""
    headed: dict[str, Tables] = {}
    for name, value in made.items():
        if isinstance(value, str) or random.random() < 0.3:
            yield f"  {written(name, random)}\t=  {inline(value, random)} # {name}"
        elif value and random.random() < 0.5:
            for part, inner in value.items():
                names = f"{written(name, random)} . {written(part, random)}"
                yield f"{names}={inline(inner, random)}"
        else:
            headed[name] = value
    for name, inner in headed.items():
        here = (*above, name)
        yield f"\n [{' .'.join(written(part, random) for part in here)}] # {name}"
        yield from statements(inner, here, random)


def inline(value: Tables | str, random: Random) -> str:
    if isinstance(value, str):
        return value
    pairs = (f"{written(name, random)} = {inline(part, random)}" for name, part in value.items())
    return f"{{{', '.join(pairs)}}}"


def written(name: str, random: Random) -> str:
    ways = [quoted(name)]
    if "'" not in name:
        ways.append(f"'{name}'")
    if name in ("a", "b", "1-_"):
        ways.append(name)
    return random.choice(ways)


def paths(tree: Tree, above: Names = ()) -> Iterator[Names]:
    if isinstance(tree, Mapping):
        for name, part in tree.items():
            yield (*above, name)
            yield from paths(part, (*above, name))
