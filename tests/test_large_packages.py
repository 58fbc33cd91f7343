"""A package of thousands of lines: its modules, what they load, and that they stay what they are."""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest

from specloom.cli import main
from specloom.components import components
from specloom.python.package.split import LIMIT

from .support import run

# One is a word of Python, one leads out of the folder, one is a device of Windows, one is what
# codecs begin with, one would be a file of tests, and two differ by case.
TAGS = (
    "Orders",
    "orders",
    "import",
    "../secrets",
    "CON",
    "decode all",
    "tests of tests",
    "test_it",
)
TYPES = 12
"""Of each tag."""
RULES = "E,F,W,I,UP,B,A,C4,PIE,RET,RSE,RUF,SIM,T20,TID,PERF,FURB,PT,DTZ"


def ref(name: str) -> dict[str, object]:
    return {"$ref": f"#/components/schemas/{name}"}


def schema(tag: int, number: int) -> dict[str, object]:
    """Return a type that mentions the next one of its tag, and one that all tags share."""
    following = ref(f"T{tag}N{(number + 1) % TYPES}") if number % 5 else {"type": "integer"}
    return {
        "type": "object",
        "required": ["id", "price"],
        "properties": {
            "id": {"type": "string", "minLength": 1, "description": f"Of {TAGS[tag]}."},
            "price": ref(f"Shared{number}"),
            "next": following,
            "rows": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
            "kind": {"enum": ["small", "large", f"of-{tag}"]},
            "either": {"oneOf": [{"type": "string"}, {"type": "array", "items": following}]},
        },
    }


def shared(number: int) -> dict[str, object]:
    """Return one of the types of all tags: the last two mention each other."""
    return {
        "type": "object",
        "required": ["amount"],
        "properties": {
            "amount": {"type": "integer", "minimum": 0},
            "note": {"type": "string", "maxLength": 80},
            "other": ref(f"Shared{max(number - 1, 0) if number < TYPES - 1 else number - 1}"),
            "back": ref(f"Shared{TYPES - 1}") if number == TYPES - 2 else {"type": "boolean"},
        },
    }


def operation(tag: int, number: int) -> dict[str, object]:
    content = {"application/json": {"schema": ref(f"T{tag}N{number}")}}
    return {
        "tags": [TAGS[tag]],
        "operationId": f"{'send' if number else 'begin'}_{tag}_{number}",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "The same.", "content": content}},
    }


def streams() -> dict[str, object]:
    """Return operations whose signatures mention much of the runtime, which callers get names for."""
    octets: dict[str, object] = {"content": {"application/octet-stream": {}}}
    events: dict[str, object] = {"content": {"text/event-stream": {}}}

    def one(id_: str, answer: Mapping[str, object]) -> dict[str, object]:
        responses = {"200": {"description": "It.", **answer}}
        return {"tags": [TAGS[0]], "operationId": id_, "responses": responses}

    return {
        "/blob": {"get": one("blob", octets), "put": {**one("put", {}), "requestBody": octets}},
        "/events": {"get": one("events", events)},
    }


def document(tags: int = len(TAGS), types: int = TYPES) -> dict[str, object]:
    """Return a document of which all tags have the same number of types."""
    schemas: dict[str, object] = {f"Shared{number}": shared(number) for number in range(TYPES)}
    schemas |= {f"T{t}N{n}": schema(t, n) for t in range(tags) for n in range(TYPES)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            **{f"/t{t}/n{n}": {"post": operation(t, n)} for t in range(tags) for n in range(types)},
            **(streams() if tags else {}),
        },
        "components": {"schemas": schemas},
    }


def generate(folder: Path, of: Mapping[str, object]) -> Path:
    """Make the package of a document, or bring it up to date, and return its folder."""
    (folder / "large.json").write_text(json.dumps(of), "utf-8")
    assert main(["generate", str(folder / "large.json"), "-o", str(folder / "out")]) == 0
    return folder / "out" / "large"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("large"), document())


def modules(package: Path) -> dict[str, list[str]]:
    """Return the names of the modules of each folder."""
    return {
        part: sorted(path.stem for path in (package / part).glob("*.py"))
        for part in ("models", "codecs", "client")
    }


def texts(package: Path) -> dict[str, str]:
    found = {path.relative_to(package): path for path in sorted(package.rglob("*.py"))}
    return {str(name): path.read_text("utf-8") for name, path in found.items()}


def test_modules_have_names_that_any_system_can_hold(package: Path) -> None:
    named = ["con_", "import_", "of_decode_all", "of_test_it", "orders", "orders_2", "secrets"]
    named = ["__init__", *named, "tests_of_tests"]
    assert modules(package) == {
        "models": sorted([*named, "shared"]),
        "codecs": sorted([*named, "shared"]),
        "client": named,
    }


def test_no_module_is_too_long(package: Path) -> None:
    """What is shared is one, as long as it is short; what lists all names is as long as they are."""
    lengths = {name: text.count("\n") for name, text in texts(package).items()}
    assert sum(lengths.values()) > 6 * LIMIT
    assert max(lengths.values()) <= LIMIT


def imported(folder: str, text: str) -> Iterator[str]:
    """Yield the modules of the package that a module imports when it is loaded itself."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            above = f"{folder}." if node.level == 1 and folder else ""
            yield f"{above}{node.module}" if node.module else above
            yield from (f"{above}{node.module or ''}.{n.name}".lstrip(".") for n in node.names)


def test_no_module_imports_another_in_a_circle(package: Path) -> None:
    files = {path.removesuffix(".py").replace("/", "."): t for path, t in texts(package).items()}
    edges = {
        name: [found for found in imported(name.rpartition(".")[0], text) if found in files]
        for name, text in files.items()
    }
    assert sum(name.startswith("codecs.") for of in edges.values() for name in of) >= len(TAGS)
    assert [circle for circle in components(edges) if len(circle) > 1] == []


def test_checkers_and_formatters_see_through_it(package: Path, tmp_path: Path) -> None:
    copytree(package, tmp_path / "large")
    (tmp_path / "caller.py").write_text(CALLER, "utf-8")
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    ruff = ["ruff", "check", "--isolated", "--target-version=py311", f"--select={RULES}"]
    for checker in (
        ["mypy", "--strict", "--no-incremental", "."],
        ["basedpyright", "-p", "."],
        [*ruff, "--ignore=E501,TID252", "."],
        ["black", "--quiet", "--check", "."],
    ):
        done = run(sys.executable, "-m", *checker, cwd=tmp_path)
        wrong = [line for line in done.stdout.splitlines() if "# here" not in line]
        assert done.returncode == 0, wrong


CALLER = """\
from typing import assert_type

import large
import large.client
from large import Client, codecs
from large.models import T0N0, T1N1, Shared0


def ask(client: Client) -> T0N0:
    found = client.orders.begin_0_0(T0N0(id="1", price=Shared0(amount=1)))
    assert_type(found.price, Shared0)
    assert_type(codecs.decode_t1_n1({}), T1N1)
    assert_type(client.orders_2, large.client.OrdersOperations)
    return found
"""


def loaded(package: Path, code: str) -> list[str]:
    """Return the modules of types, codecs and groups that some code loads."""
    show = "print(*sorted(n[6:] for n in sys.modules if n[:6] == 'large.' and n.count('.') > 1))"
    done = run(
        *(sys.executable, "-c", f"import sys\nfrom large import Client\n{code}\n{show}"),
        cwd=package.parent,
        paths=(package.parent,),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


ASK = """
from large._response import Response
class Peer:
    def exchange(self, request):
        return Response(200, {"content-type": "application/json"}, request.content)
    def close(self):
        pass
from large import T0N0, Shared0
sent = T0N0(id="1", price=Shared0(amount=1))
assert Client(http=Peer()).orders.begin_0_0(sent) == sent
"""


def test_an_operation_loads_what_it_needs(package: Path) -> None:
    assert loaded(package, "") == []
    assert loaded(package, "Client().secrets") == ["client.secrets"]
    pairs = ("codecs.orders", "codecs.shared", "models.orders", "models.shared")
    assert loaded(package, ASK) == ["client.orders", *pairs]


def homes(folder: Path) -> Mapping[str, str]:
    """Return the module of each type and group, as the lock has it."""
    lock = tomllib.loads((folder / "out" / "specloom.lock").read_text("utf-8"))
    found: dict[str, str] = lock["names"]["large"]["modules"]
    return found


def test_what_comes_later_moves_nothing(tmp_path: Path) -> None:
    package = generate(tmp_path, document(tags=len(TAGS) - 1))
    before, old = homes(tmp_path), texts(package)
    generate(tmp_path, document())
    assert homes(tmp_path).items() > before.items()
    changed = {path for path, text in texts(package).items() if old.get(path, text) != text}
    assert changed == {"__init__.py", *(f"{part}/__init__.py" for part in modules(package))}


def test_what_is_split_is_never_merged(tmp_path: Path) -> None:
    package = generate(tmp_path, document())
    before = modules(package)
    generate(tmp_path, document(tags=2, types=2))
    named = {"__init__", "orders", "orders_2", "shared"}
    assert {part: set(names) for part, names in modules(package).items()} == {
        "models": named | {"others"} & set(before["models"]),
        "codecs": named,
        "client": named - {"shared"},
    }


def test_a_split_changes_nothing_for_callers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generate(tmp_path, document(tags=0))
    assert (tmp_path / "out" / "large" / "models.py").exists()
    capsys.readouterr()
    package = generate(tmp_path, document())
    assert not (package / "models.py").exists()
    said = capsys.readouterr().err
    assert "  + T1N0" in said
    assert not any(line.startswith(("  - ", "  ~ ")) for line in said.splitlines())


def test_a_module_of_the_lock_needs_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generate(tmp_path, document(types=1))
    lock = tmp_path / "out" / "specloom.lock"
    whole = lock.read_text("utf-8")
    for name in ("../up", "class", "CON", "Orders", "test_it", "_x", "T0N0", "x" * 99, "__init__"):
        head, _, tail = whole.partition("modules]")
        changed = tail.replace('= "import_"', f'= "{name}"')
        lock.write_text(f"{head}modules]{changed}", "utf-8")
        assert main(["generate", str(tmp_path / "large.json"), "-o", str(lock.parent)]) == 2
        assert f"`{name}` is " in capsys.readouterr().err
