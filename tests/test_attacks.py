"""Attacks of our own: every text of every feature poisoned, and what grows without bound.

`docs/HOSTILE.md` tells of documents that others wrote. Here each document of `tests/corpus` is made
hostile in each text that it has, and what comes of it is read as code, as a lock, as documentation
and as a package. `SPECLOOM_ATTACKS` multiplies the combinations that are tried.
"""

from __future__ import annotations

import ast
import doctest
import json
import os
import sys
import tomllib
import warnings
from importlib import import_module
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from specloom.config import Target
from specloom.lock.text import names_text
from specloom.pipeline import Made, Refused, make
from specloom.python.prose import docstring
from specloom.values import Text

from .attacks.bombs import BOMBS
from .attacks.poison import Poison
from .judges.breadth import Outcome, judged
from .support import ROOT, run
from .written import write

_TIMES = int(os.environ.get("SPECLOOM_ATTACKS", "1"))
_NUMBER = count(1)
_CODE = "open(__import__('os').environ['CANARY'], 'a').close()"
_INSIDE = f"str({_CODE})"
POISONS = {
    "docstring": f'"""\n{_CODE}\n"""',
    "escaped docstring": f'\\"""\n{_CODE}\n"""#',
    "other docstring": f"'''\n{_CODE}\n'''",
    "single quotes": f"'+{_INSIDE}+'",
    "double quotes": f'"+{_INSIDE}+"',
    "backslash": f"\\'+{_INSIDE}+\\'#\\\"+{_INSIDE}+\\\"",
    "line": f"\n{_CODE}\n",
    "carriage return": f"\r{_CODE}\r",
    "line separators": f"\u2028{_CODE}\x85{_CODE}\x0c{_CODE}\x1c{_CODE}\u2029",
    "brackets": f'"]); {_CODE} #',
    "last backslash": "\\",
    "last quote": '"',
    "direction": "\u202e\u2066\u200b\ufeff",
    "controls": "\x00\x1b[2J\x07\x9b",
    "template": "{{ 7*7 }}{% raw %}{# x #}${x}%s",
    "table": '"\n[targets.pwned]\nPWNED = 1\n',
    "prompt": f"\n    >>> {_CODE}\n",
    "keyword": " class ",
    "length": "x" * 3000,
}
_NAMEABLE = dict.fromkeys(
    map(
        ord,
        "/{}\n\r\x0c\x00\x1b\x07\x1c\x85\x9b\u2028\u2029\u202e\u2066\u200b\ufeff",
    ),
    "-",
)
"""What no component, and no variable of a path, can be called by stands there as hyphens."""
_RAW = frozenset("\x00\x07\x0b\x0c\r\x1b\x1c\x85\x9b\u2028\u2029\u202e\u2066\u200b\ufeff")
_ODD = (
    *(
        "self",
        "cls",
        "__class__",
        "__init__",
        "__slots__",
        "__dict__",
        "__post_init__",
        "mro",
        "name",
    ),
    *(
        "value",
        "_value_",
        "_missing_",
        "extra",
        "body",
        "options",
        "timeout",
        "decode",
        "encode",
        "d",
    ),
    *(
        "print",
        "list",
        "dict",
        "type",
        "field",
        "dataclass",
        "class",
        "None",
        "match",
        "_",
        "__",
        "-",
    ),
    *(
        "Client",
        "Server",
        "UNSET",
        "Json",
        "Literal",
        "models",
        "codecs",
        "errors",
        "client",
        "json",
    ),
    *("pytest", "SECRETS", "KINDS", "OPERATIONS", "send", "label", "Peer", "Answer", "test_sends"),
    *(
        "__mangled",
        "__getattr__",
        "__all__",
        "TYPE_CHECKING",
        "annotations",
        "lazily",
        "con",
        "nul",
    ),
    *(
        "conftest",
        "__main__",
        "os.path",
        "1",
        "\uff43lass",
        "a b",
        "A",
        "a",
        "\u0430",
        "e\u0301",
        "\u00e9",
    ),
)
"""Names that mean something to Python, to what templates write, or to a file system."""
FEATURES = sorted(
    path.parent
    for path in (ROOT / "tests" / "corpus").glob("*/spec.yaml")
    # of these, references are more than a pointer, or the files are several
    if path.parent.name not in ("anchors", "embedded_references", "several_files")
)
_RUNTIME = {path.name for path in (ROOT / "templates" / "runtime").glob("[!_]*.py")} | {
    path.name for path in (ROOT / "templates" / "runtime").glob("_[!_]*.py")
}
"""Modules that are copied as they are."""


def _poisoned(feature: Path, poison: Poison, folder: Path) -> Path:
    tree = json.loads(
        json.dumps(yaml.safe_load((feature / "spec.yaml").read_text("utf-8")), default=str)
    )
    spec = folder / f"attack_{next(_NUMBER)}.json"
    spec.write_text(json.dumps(poison.document(tree)), "utf-8")
    return spec


def _made(spec: Path) -> Made:
    made = make(Target("t", str(spec), "out", spec.stem, "tests"))
    assert not isinstance(made, Refused), made.messages
    return made


def _suffixed(poison: str) -> Poison:
    named = poison.translate(_NAMEABLE)
    return Poison(lambda text: text + poison, lambda text: text + named)


def _renamed() -> Poison:
    """Return a poison that gives each name another of those that mean something elsewhere."""
    given: dict[str, str] = {}

    def name(text: str) -> str:
        number = len(given)
        odd = _ODD[number % len(_ODD)] + "+" * (number // len(_ODD))
        return given.setdefault(text, odd)

    return Poison(lambda text: text, name)


CHOSEN = [
    pytest.param(feature, POISONS[key], id=f"{feature.name}-{key}")
    for number, feature in enumerate(FEATURES)
    for key in [list(POISONS)[(number * 5 + turn) % len(POISONS)] for turn in range(_TIMES)]
]


@pytest.mark.parametrize(("feature", "poison"), CHOSEN)
def test_no_text_of_any_place_becomes_anything_else(
    feature: Path, poison: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = tmp_path / "canary"
    monkeypatch.setenv("CANARY", str(canary))
    spec = _poisoned(feature, _suffixed(poison), tmp_path)
    made = _made(spec)
    _is_clean(made)
    _imported(made, spec.stem, tmp_path)
    assert not canary.exists()


@pytest.mark.parametrize("feature", FEATURES[:: max(1, 4 // _TIMES)], ids=lambda path: path.name)
def test_any_name_stands_for_what_it_stood_for(feature: Path, tmp_path: Path) -> None:
    """The generated tests foretell what is sent and read, and pass under all names."""
    made = _made(_poisoned(feature, _renamed(), tmp_path))
    _is_clean(made)
    _passes(made, tmp_path)


@pytest.mark.parametrize(
    ("feature", "more"),
    [*((of, '"; filename="x&=,;') for of in ("multipart", "headers")), ("kinds", "x" * 100)],
)
def test_names_are_sent_and_told_as_they_are(feature: str, more: str, tmp_path: Path) -> None:
    """What is sent is foretold byte for byte, and what is said word for word, whatever the names."""
    poison = _suffixed(more)
    _passes(_made(_poisoned(ROOT / "tests" / "corpus" / feature, poison, tmp_path)), tmp_path)


def _passes(made: Made, tmp_path: Path) -> None:
    write(made, tmp_path)
    quiet = ("-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-W", "error")
    done = run(sys.executable, "-m", "pytest", *quiet, "tests", cwd=tmp_path, paths=(tmp_path,))
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("name", BOMBS)
def test_nothing_grows_without_bound(name: str, tmp_path: Path) -> None:
    """A package with its tests, or a refusal with a place, as soon as `breadth` asks for one."""
    path = tmp_path / name
    path.write_text(BOMBS[name], "utf-8")
    found = judged(path, "bomb", tests="tests")
    assert found.outcome is not Outcome.FAULT, found.said


@pytest.mark.parametrize("indent", ["", "  ", "\t", "> "])
def test_doctest_runs_nothing(indent: str) -> None:
    said = f"Words.\n\n{indent}>>> {_CODE}\n{indent}... {_CODE}\n{indent}1\n\n{indent}>>>x"
    for words in (said, said[8:], f"{'word ' * 40}{said}"):
        text = ast.literal_eval(docstring((Text(words),), indent=4))
        assert not doctest.DocTestParser().get_examples(text)
        assert _CODE.split()[-1] in text


def _is_clean(made: Made) -> None:
    for (_, path), content in made.files.items():
        if not path.endswith(".py") or path.rpartition("/")[2] in _RUNTIME:
            continue
        assert _RAW.isdisjoint(content.decode()), path
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(content, path)
            compile(content, path, "exec", dont_inherit=True)
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert names.isdisjoint(("__import__", "PWNED", "open", "environ")), path
    locked = names_text("t", ((section.value, of) for section, of in made.names.items()))
    assert tomllib.loads(locked) == {
        "names": {"t": {section.value: dict(of) for section, of in made.names.items()}}
    }


def _imported(made: Made, package: str, folder: Path) -> None:
    """Import all modules; nothing that doctest would run is in them."""
    write(made, folder)
    sys.path.insert(0, str(folder))
    try:
        for name in _modules(made):
            _has_no_examples(import_module(name))
    finally:
        sys.path.remove(str(folder))
        for known in [key for key in sys.modules if key.partition(".")[0] == package]:
            del sys.modules[known]


def _has_no_examples(module: ModuleType) -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert not any(found.examples for found in finder.find(module)), module.__name__


def _modules(made: Made) -> list[str]:
    paths = [path for (where, path) in made.files if where == 0 and path.endswith(".py")]
    return [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
