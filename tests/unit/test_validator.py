"""openapi-spec-validator looks at a document within bounds, and opens nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TypeAlias

import pytest

import specloom
from specloom.diagnostics import Severity
from specloom.rules.findings import gave_up, judge
from specloom.rules.validator import schema_findings, walk_findings
from specloom.values import Tree

Members: TypeAlias = "dict[str, Tree]"
OK: Members = {"responses": {"200": {"description": ""}}}
LONG = 60.0
"""Seconds that no walk here needs."""
ENDLESS: Members = {"type": "string", "pattern": "^(a+)+$", "default": "a" * 64 + "!"}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")


def document(version: str = "3.1.0", /, **parts: Tree) -> Members:
    return {"openapi": version, "info": {"title": "a", "version": "1"}, "paths": {}, **parts}


def schemas(version: str = "3.1.0", /, **named: Tree) -> Members:
    return document(version, components={"schemas": named})


def operation(path: str = "/a", version: str = "3.1.0", **parts: Tree) -> Members:
    return document(version, paths={path: {"get": {**OK, **parts}}})


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (document("3.1.0"), []),
        (document("3.0.0", info={"title": "a"}), [("/info", "required", ("version",))]),
        (operation(title="x"), [("/paths/~1a/get/title", "unevaluatedProperties", ())]),
        (operation(summary=1), [("/paths/~1a/get/summary", "type", ("string",))]),
        (
            schemas("3.0.0", A={"properties": {"b": {"properties": {"c": {"nullable": 1}}}}}),
            [
                (
                    "/components/schemas/A/properties/b/properties/c/nullable",
                    "type",
                    ("boolean",),
                )
            ],
        ),
        (
            operation(parameters=[{"name": "q", "in": "query"}]),
            [("/paths/~1a/get/parameters/0", "oneOf", ("schema", "content"))],
        ),
        (
            operation(parameters=[{"name": "q", "in": "query", "schema": {}, "content": {}}]),
            [
                ("/paths/~1a/get/parameters/0/content", "minProperties", ()),
                ("/paths/~1a/get/parameters/0", "oneOf", ()),
            ],
        ),
        (
            operation(parameters=[{"name": "q", "in": "here", "schema": {}}]),
            [
                (
                    "/paths/~1a/get/parameters/0/in",
                    "enum",
                    ("query", "header", "path", "cookie"),
                )
            ],
        ),
        (schemas(**{"a b": True}), [("/components/schemas/a b", "propertyNames", ())]),
        ({"openapi": "3.1.0"}, [("", "required", ("info",)), ("", "anyOf", None)]),
        ({"openapi": "4.0.0"}, []),
        ({"swagger": "2.0"}, []),
        ([], []),
    ],
)
def test_the_innermost_place_is_named(
    tree: Tree, expected: list[tuple[str, str, tuple[str, ...] | None]]
) -> None:
    found = [(f.pointer, f.keyword, tuple(n.raw for n in f.names)) for f in schema_findings(tree)]
    wanted = [
        (p, k, ("paths", "components", "webhooks") if n is None else n) for p, k, n in expected
    ]
    assert sorted(found) == sorted(wanted)


def test_text_that_is_no_unicode_is_no_crash() -> None:
    tree = document("3.1.0", **{"\ud800": 1})
    findings = schema_findings(tree)
    assert [d.rule for d in judge(findings, "a.yaml", ())] == ["validator-gave-up"]


# Bounds


def test_a_walk_that_does_not_end_is_given_up() -> None:
    assert walk_findings(schemas(A=ENDLESS), seconds=0.5) is None
    diagnostic = gave_up("a.yaml")
    assert (diagnostic.rule, diagnostic.severity) == ("validator-gave-up", Severity.WARNING)


def test_a_deep_document_is_walked() -> None:
    deep: Tree = {"type": "integer", "default": "x"}
    for _ in range(1000):
        deep = {"type": "array", "items": deep}
    walk = walk_findings(schemas(A=deep), seconds=LONG)
    assert walk is not None
    assert [(f.pointer, f.keyword) for f in walk] == [
        ("/components/schemas/A" + "/items" * 1000 + "/default", "Default")
    ]


def test_shared_parts_are_collected_once() -> None:
    """Stock would take 2^60 steps."""
    layers: Members = {
        f"L{n}": {"allOf": [{"$ref": f"#/components/schemas/L{n + 1}"}] * 2} for n in range(60)
    }
    walk = walk_findings(schemas(**layers, L60={"properties": {"a": {}}}), seconds=LONG)
    assert walk == ()


def test_the_child_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    walk_findings(schemas(A={"$ref": "#/components/schemas/A"}, B={"type": 5}), seconds=LONG)
    walk_findings(schemas(A=ENDLESS), seconds=0.5)
    assert capfd.readouterr() == ("", "")


# Processes


def python(code: str, tree: Tree = None) -> subprocess.Popen[str]:
    """Start Python with the code, `tree` at hand, in a group of its own."""
    home = str(Path(specloom.__file__).parents[1])
    head = "import json, sys\nfrom specloom.rules import findings, validator\ntree = json.loads(sys.argv[1])\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + code, json.dumps(tree)],
        env={**os.environ, "PYTHONPATH": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def child_of(parent: int) -> int:
    """Wait until a process has a child that walks, and return it."""
    while True:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        # It is deaf to SIGINT, and past its imports, once it has threads.
        if children and len(os.listdir(f"/proc/{children[0]}/task")) > 2:
            return int(children[0])


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def wait_for_end(process: int) -> None:
    while Path(f"/proc/{process}/stat").exists():
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "Z":
            return


def test_importing_the_rules_does_not_import_the_validator() -> None:
    code = "print([m for m in sys.modules if m.startswith(('openapi', 'jsonschema', 'multiproc'))])"
    assert python(code).communicate() == ("[]\n", "")


def test_the_schema_is_checked_without_importing_the_validator() -> None:
    code = (
        "print(len(validator.schema_findings(tree)))\n"
        "print([m for m in sys.modules if m.startswith('openapi')])"
    )
    assert python(code, operation(title="x")).communicate() == ("1\n[]\n", "")


@pytest.mark.parametrize("dialect", ["http://127.0.0.1:9/dialect", None])
def test_nothing_is_opened(tmp_path: Path, dialect: str | None) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "S3CR3T"}')
    references = [
        secret.as_uri(),
        secret.as_uri() + "#/type",
        str(secret),
        "../secret.json",
        "http://127.0.0.1:9/x",
        "HTTPS://127.0.0.1:9/x",
        "ftp://127.0.0.1/x",
        "//127.0.0.1:9/x",
        "data:application/json,{}",
        "jar:x!/y",
        "other",
    ]
    tree = operation("/x", parameters=[{"$ref": secret.as_uri()}]) | {
        "components": {
            "schemas": {
                f"S{n}": {"properties": {"a": {"$ref": r}}, "default": {"a": 1, "$ref": r}}
                for n, r in enumerate(references)
            }
            | {
                "Dialect": {"$schema": "http://127.0.0.1:9/dialect"},
                "Base": {"$id": "http://127.0.0.1:9/", "$ref": "x"},
            }
        },
    }
    if dialect:
        tree["jsonSchemaDialect"] = dialect
    code = (
        "from specloom.rules.walk import walked\n"
        "list(walked({'openapi': '3.1.0', 'paths': {}, 'components': {'schemas': {'A': {'type': 5}}}}, '3.1'))\n"
        "opened = []\n"
        "watched = ('open', 'socket.', 'urllib', 'subprocess', 'os.exec', 'os.posix_spawn')\n"
        "sys.addaudithook(lambda name, args: opened.append((name, str(args[:1])))\n"
        "    if name.startswith(watched) else None)\n"
        "found = list(walked(tree, '3.1'))\n"
        "print([o for o in opened if not o[1].endswith(('.py\\',)', '.pyc\\',)'))])\n"
        "print(len([f for f in found if f.keyword == 'Unresolvable']))\n"
        "print('S3CR3T' in repr(found))\n"
    )
    out, error = python(code, tree).communicate()
    assert error == ""
    assert out.splitlines()[0] == "[]"
    assert dialect or int(out.splitlines()[1]) >= len(references)
    assert out.splitlines()[2] == "False"


@LINUX
def test_a_walk_without_memory_is_given_up() -> None:
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))\n"
        "print(validator.walk_findings(tree, seconds=60))"
    )
    assert python(code, schemas(A={})).communicate() == ("None\n", "")


@LINUX
def test_a_machine_that_has_other_things_to_do_changes_nothing() -> None:
    """The time is that of the child, so nothing is said of a document that a rest would change."""
    code = "print(validator.walk_findings(tree, seconds=1.5))"
    parent = python(code, schemas(A={"type": "integer", "default": "x"}))
    child = child_of(parent.pid)
    os.kill(child, signal.SIGSTOP)
    time.sleep(2.5)
    os.kill(child, signal.SIGCONT)
    out, error = parent.communicate()
    assert (error, "keyword='Default'" in out) == ("", True)


@LINUX
def test_a_large_document_has_more_time() -> None:
    """A regular expression runs away, and is given up, when more time is up than was asked for."""
    code = (
        "tree['components']['schemas']['B'] = {'enum': list(map(str, range(20_000)))}\n"
        "print(validator.walk_findings(tree, seconds=0.01))"
    )
    parent = python(code, schemas(A=ENDLESS))
    child = child_of(parent.pid)
    while processor_seconds(child) < 0.5:
        pass
    assert parent.communicate() == ("None\n", "")


@LINUX
def test_the_child_dies_with_its_parent() -> None:
    parent = python("validator.walk_findings(tree, seconds=3600)", schemas(A=ENDLESS))
    child = child_of(parent.pid)
    # By then it is in the regular expression, which lets none of its threads run.
    while processor_seconds(child) < 1.5:
        pass
    parent.kill()
    parent.communicate()
    wait_for_end(child)


@LINUX
def test_interrupting_ends_both_and_only_the_parent_speaks() -> None:
    code = (
        "try:\n    validator.walk_findings(tree, seconds=60)\n"
        "except KeyboardInterrupt:\n    print('interrupted')"
    )
    parent = python(code, schemas(A=ENDLESS))
    child = child_of(parent.pid)
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.communicate() == ("interrupted\n", "")
    wait_for_end(child)
