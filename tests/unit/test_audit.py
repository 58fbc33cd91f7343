"""The gate before publication, by what it must stop: leaks planted in files that are emitted."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from specloom.audit import Tainted, audit
from specloom.config import Target
from specloom.naming import name
from specloom.pipeline import package_files, understand
from specloom.python.package.package import package

CORPUS = Path(__file__).parents[1] / "corpus"
TARGET = Target("t", "spec.yaml", "out", "pkg", None)


class Leak(NamedTuple):
    """What stands in an emitted file, what is put there instead, and what the gate says."""

    path: str
    before: str
    after: str
    complaint: str


@cache
def made(feature: str, limit: int = 1500) -> dict[str, str]:
    """Return the files of a package by their path in it."""
    understood = understand(str(CORPUS / feature / "spec.yaml"))
    assert understood.api is not None
    view = package(understood.api, name(understood.api), limit=limit).view
    files = package_files(view, TARGET)
    return {path.removeprefix("pkg/"): text for path, text in files.items()}


def planted(files: dict[str, str], leak: Leak) -> dict[str, str]:
    assert leak.before in files[leak.path], "the leak is planted in what is emitted"
    return {**files, leak.path: files[leak.path].replace(leak.before, leak.after, 1)}


DOC = '"""The data types of the Unions API, version 1."""\n'
MOVED = '    """The `Event` whose `type` is `"moved"`."""\n'
FIELD = "    to: str | Unset = UNSET\n"
LAST = '"""Told apart by `op`."""\n'
IMPORT = "from typing import Literal, TypeAlias\n"
CONSTANT = '_EVENT_MOVED = ("type", "to")\n'
CHECKED = "    write.instance(value, EventMoved)\n"
ABOUT = '_ABOUT = _session.About(agent="Unions-client/1")\n'
M, K, C, P = "models.py", "codecs.py", "client.py", "__init__.py"

LEAKS = {
    # text that has left its string
    "code-after-docstring": Leak(M, DOC, f"{DOC}exit(1)\n", "has Expr at the top"),
    "code-in-class": Leak(M, MOVED, f"{MOVED}    exit(1)\n", "has Expr in a class"),
    "code-on-line-of-docstring": Leak(M, DOC, f"{DOC[:-1]}; x = 1\n", "no docstring"),
    "docstring-reopened": Leak(M, DOC, '"""The data"""; exit(1); """types"""\n', "no docstring"),
    "two-strings": Leak(M, DOC, '"""The data # """ """types"""\n', "no docstring"),
    "unended": Leak(M, DOC, '"""The data types\\"""\n', "does not parse"),
    "bare-carriage-return": Leak(M, DOC, f"{DOC[:-4]}\rexit(1)\n{DOC[-4:]}", r"U\+000D"),
    "crlf": Leak(M, DOC, f"{DOC[:-1]}\r\n", r"U\+000D"),
    "form-feed": Leak(M, IMPORT, f"\f{IMPORT}", r"U\+000C"),
    "nul": Leak(M, DOC, DOC.replace(" ", "\0", 1), r"U\+0000"),
    "tab": Leak(M, FIELD, f"\t{FIELD}", r"U\+0009"),
    "bidirectional": Leak(M, DOC, DOC.replace("data", "\u202edata"), r"U\+202E"),
    "zero-width": Leak(M, DOC, DOC.replace("data", "da\u200bta"), r"U\+200B"),
    "variation-selector": Leak(M, DOC, DOC.replace("data", "da\ufe0fta"), r"U\+FE0F"),
    "line-separator": Leak(M, DOC, DOC.replace(" ", "\u2028", 1), r"U\+2028"),
    "next-line": Leak(M, DOC, DOC.replace(" ", "\x85", 1), r"U\+0085"),
    "surrogate": Leak(M, DOC, DOC.replace(" ", "\ud800", 1), r"U\+D800"),
    "byte-order-mark": Leak(M, "# Gen", "\ufeff# Gen", r"U\+FEFF"),
    "escape-character": Leak(M, DOC, DOC.replace(" ", "\x1b", 1), r"U\+001B"),
    "full-width-name": Leak(M, FIELD, "    \uff54\uff4f: str | Unset = UNSET\n", "more than ASCII"),
    "accented-literal": Leak(M, '"moved"]', '"mov\xe9d"]', "more than ASCII"),
    # comments, and what a tree does not show
    "comment": Leak(M, IMPORT, f"{IMPORT}# words of the document\n", "has # outside"),
    "comment-behind-code": Leak(M, FIELD, f"{FIELD[:-1]}  # words\n", "has # outside"),
    "pragma": Leak(M, FIELD, f"{FIELD[:-1]}  # type: ignore\n", "has # outside"),
    "coding-cookie": Leak(M, "# Gen", "# coding: utf-7\n# Gen", "has # outside"),
    "coding-cookie-below": Leak(M, "edit.\n", "edit.\n# -*- coding: utf-7 -*-\n", "has # outside"),
    "comment-between-pieces": Leak(
        K, CONSTANT, '_EVENT_MOVED = ("ty"  # "\n    "pe", "to")\n', "has # outside"
    ),
    "several-on-a-line": Leak(K, CONSTANT, f"{CONSTANT[:-1]}; _X = 1\n", "has ; outside"),
    "line-that-goes-on": Leak(K, CONSTANT, '_EVENT_MOVED = \\\n    ("type", "to")\n', "outside of"),
    # imports
    "import": Leak(M, IMPORT, f"{IMPORT}import os\n", "imports os"),
    "import-in-function": Leak(K, CHECKED, f"    import os\n{CHECKED}", "has Import in a function"),
    "import-from": Leak(M, IMPORT, f"{IMPORT}from os import path\n", "imports path from os"),
    "import-from-in-function": Leak(
        K, CHECKED, f"    from os import path\n{CHECKED}", "ImportFrom"
    ),
    "import-of-a-submodule": Leak(M, IMPORT, f"{IMPORT}import datetime.x\n", "imports datetime.x"),
    "import-by-another-name": Leak(
        M, IMPORT, f"{IMPORT}import datetime as os\n", "imports datetime"
    ),
    "import-of-another-name": Leak(
        M, IMPORT, f"from typing import sys\n{IMPORT}", "sys from typing"
    ),
    "import-renamed": Leak(
        M, IMPORT, f"from typing import cast as list\n{IMPORT}", "imports cast as list"
    ),
    "import-of-all": Leak(
        M,
        "from ._types import UNSET, JsonObject, Unset\n",
        "from ._types import *\n",
        r"imports \*",
    ),
    "import-from-above": Leak(M, IMPORT, f"{IMPORT}from .. import x\n", r"imports \.\.x"),
    "import-of-no-module": Leak(M, IMPORT, f"{IMPORT}from . import evil\n", r"imports \.evil"),
    "import-of-what-a-module-imports": Leak(
        C, "from ._call import Call\n", "from ._call import Call, dataclass\n", "imports dataclass"
    ),
    "import-late": Leak(
        M, LAST, f"{LAST}from __future__ import annotations\n", "imports from __future__"
    ),
    "import-under-a-condition": Leak(M, IMPORT, f"{IMPORT}if True:\n    import os\n", "has If at"),
    "import-for-no-type-checker": Leak(
        P,
        "    from ._lazy import lazily\n",
        "    import os\n    from ._lazy import lazily\n",
        "has Import",
    ),
    "constant-for-type-checkers": Leak(
        P, "    from .client", "    x = 1\n    from .client", "has Assign for type checkers"
    ),
    "home-elsewhere": Leak(P, '"models", "client"', '"os"', "imports .os"),
    "home-computed": Leak(P, '"models", "client"', "x", "looks for names elsewhere"),
    # names
    "dunder-import": Leak(K, CONSTANT, "_EVENT_MOVED = __import__('os')\n", "mentions __import__"),
    "eval": Leak(K, CONSTANT, "_EVENT_MOVED = eval('1')\n", "mentions eval"),
    "eval-by-another-name": Leak(K, CONSTANT, "_EVENT_MOVED = [eval]\n", "mentions eval"),
    "eval-in-a-function": Leak(K, CHECKED, f"    eval(value)\n{CHECKED}", "mentions eval"),
    "name-of-nothing": Leak(K, CONSTANT, "_EVENT_MOVED = evil\n", "mentions evil"),
    "name-of-a-field": Leak(M, LAST, f"{LAST}X: TypeAlias = to\n", "mentions to"),
    "getattr": Leak(K, CHECKED, "    getattr(value, 'x')\n", "mentions getattr"),
    "open": Leak(M, FIELD, '    to: str | Unset = open("/etc/passwd")\n', "mentions open"),
    "module-itself": Leak(K, CHECKED, f"    x = read\n{CHECKED}", "mentions the module read"),
    "module-of-a-module": Leak(K, CHECKED, f"    x = read.math\n{CHECKED}", "asks read for math"),
    "attribute-chain": Leak(
        K,
        CHECKED,
        f"    x = value.__class__.__mro__[1]\n{CHECKED}",
        "asks for __mro__",
    ),
    "attribute-of-a-constant": Leak(
        K, CONSTANT, '_EVENT_MOVED = "{0}".format\n', "asks Constant for format"
    ),
    "private-attribute": Leak(K, CHECKED, f"    x = value._x\n{CHECKED}", "asks for _x"),
    "initialiser": Leak(K, CHECKED, f"    value.__init__()\n{CHECKED}", "asks for __init__"),
    "dunder-defined": Leak(K, CONSTANT, f"__builtins__ = 1\n{CONSTANT}", "defines __builtins__"),
    "dunder-bound": Leak(K, CHECKED, f"    __x = 1\n{CHECKED}", "binds __x"),
    "getattr-of-the-module": Leak(
        M, LAST, f"{LAST}def __getattr__(x: str) -> None:\n    return None\n", "defines __getattr__"
    ),
    # expressions
    "formatted": Leak(K, CONSTANT, '_EVENT_MOVED = f"{1}"\n', "has JoinedStr"),
    "imaginary": Leak(K, CONSTANT, "_EVENT_MOVED = 1j\n", "constant of complex"),
    "ellipsis": Leak(K, CONSTANT, "_EVENT_MOVED = ...\n", "constant of ellipsis"),
    "comprehension": Leak(K, CONSTANT, "_EVENT_MOVED = [x for x in ()]\n", "has ListComp"),
    "generator": Leak(K, CONSTANT, "_EVENT_MOVED = tuple(x for x in ())\n", "has GeneratorExp"),
    "walrus": Leak(K, CHECKED, f"    str(x := 1)\n{CHECKED}", "has NamedExpr"),
    "starred": Leak(K, CONSTANT, "_EVENT_MOVED = (*(), 1)\n", "has Starred"),
    "slice": Leak(K, CONSTANT, "_EVENT_MOVED = (1,)[0:1]\n", "has Slice"),
    "set": Leak(K, CONSTANT, "_EVENT_MOVED = {1}\n", "has Set"),
    "addition": Leak(K, CONSTANT, '_EVENT_MOVED = "a" + "b"\n', "has Add"),
    "power": Leak(K, CONSTANT, "_EVENT_MOVED = 9 ** 9 ** 9\n", "has Pow"),
    "call-of-an-item": Leak(K, CHECKED, f"    value.x[0](1)\n{CHECKED}", "calls Subscript"),
    "call-of-a-method": Leak(
        K, CHECKED, f"    value.system(1)\n{CHECKED}", "calls a method system"
    ),
    "call-of-a-value": Leak(K, CHECKED, f"    value(1)\n{CHECKED}", "calls value, a value"),
    "call-of-a-variable": Leak(
        K, CHECKED, f"    x = value.cr_frame.f_builtins\n    x(1)\n{CHECKED}", "calls x, a value"
    ),
    "call-in-a-lambda": Leak(K, CONSTANT, "_EVENT_MOVED = lambda x: x()\n", "calls x, a value"),
    "finder-elsewhere": Leak(
        P,
        "    __getattr__ = lazily",
        "    from ._lazy import modules\n    __getattr__ = lazily",
        "imports modules",
    ),
    "finder-called-elsewhere": Leak(
        K,
        "from ._types import UNSET",
        'from ._lazy import lazily\nx = lazily("os", "x")\nfrom ._types import UNSET',
        "mentions lazily, which imports",
    ),
    "finder-that-is-not-imported": Leak(
        P, "    from ._lazy import lazily\n", "", "mentions lazily"
    ),
    "call-of-a-call": Leak(K, CHECKED, f"    str()()\n{CHECKED}", "calls Call"),
    "call-of-a-lambda": Leak(K, CHECKED, f"    (lambda: 1)()\n{CHECKED}", "calls Lambda"),
    "arguments-unpacked": Leak(K, CHECKED, f"    str(**value)\n{CHECKED}", "unpacks arguments"),
    "argument-twice": Leak(K, CHECKED, f"    str(a=1, a=2)\n{CHECKED}", "gives an argument twice"),
    "key-twice": Leak(K, CONSTANT, '_EVENT_MOVED = {"a": 1, "a": 2}\n', "has a key twice"),
    "lambda-with-default": Leak(
        K, CONSTANT, "_EVENT_MOVED = lambda x=1: x\n", "lambda of more than plain"
    ),
    "await-elsewhere": Leak(K, CHECKED, f"    await value\n{CHECKED}", "has Expr in a function"),
    "yield": Leak(K, CHECKED, f"    yield value\n{CHECKED}", "has Expr in a function"),
    # annotations, defaults, decorators, bases
    "annotation-with-call": Leak(M, FIELD, "    to: exit(1) = UNSET\n", "annotation with Call"),
    "annotation-in-quotes": Leak(
        M, FIELD, '    to: "exit(1)" = UNSET\n', "annotation with Constant"
    ),
    "annotation-of-an-argument": Leak(
        K, "value: EventMoved)", 'value: "exit(1)")', "annotation with Constant"
    ),
    "annotation-of-a-result": Leak(
        K, "EventMoved) -> JsonObject", "EventMoved) -> str()", "with Call"
    ),
    "literal-of-code": Leak(M, 'Literal["moved"]', "Literal[exit]", "has a Literal of Name"),
    "alias-in-quotes": Leak(M, LAST, f'{LAST}X: TypeAlias = "exit(1)"\n', "annotation with Call"),
    "alias-of-nothing": Leak(M, LAST, f'{LAST}X: TypeAlias = "a b"\n', "alias of what is no type"),
    "default": Leak(K, "strict: bool = False)", "strict: bool = exit(1))", "mentions exit"),
    "argument-twice-defined": Leak(
        K, "value: EventMoved)", "value: str, value: str)", "argument value"
    ),
    "arguments-gathered": Leak(K, "value: EventMoved)", "*value: EventMoved)", "by position alone"),
    "decorator": Leak(
        M,
        "@dataclass(slots=True, kw_only=True)\nclass Opened",
        "@str\nclass Opened",
        "has a decorator",
    ),
    "decorator-of-a-function": Leak(
        K, "def encode_event_moved", "@str\ndef encode_event_moved", "has a decorator"
    ),
    "metaclass": Leak(M, "class Opened:", "class Opened(metaclass=str):", "class with metaclass"),
    "base-computed": Leak(M, "class Opened:", "class Opened(str()):", "has a base that is Call"),
    "dunder-method": Leak(
        M,
        FIELD,
        f"{FIELD}    def __del__(self) -> None:\n        return None\n",
        "has a member __del__",
    ),
    # statements
    "global": Leak(K, CHECKED, f"    global x\n{CHECKED}", "has Global"),
    "nonlocal": Leak(K, CHECKED, f"    nonlocal x\n{CHECKED}", "has Nonlocal"),
    "delete": Leak(K, CHECKED, f"    del value\n{CHECKED}", "has Delete"),
    "assert": Leak(K, CHECKED, f"    assert value\n{CHECKED}", "has Assert"),
    "loop": Leak(K, CHECKED, f"    while True:\n        str()\n{CHECKED}", "has While"),
    "loop-over": Leak(K, CHECKED, f"    for x in value:\n        str()\n{CHECKED}", "has For"),
    "loop-at-the-top": Leak(
        K, CONSTANT, f"while True:\n    pass\n{CONSTANT}", "has While at the top"
    ),
    "with": Leak(K, CHECKED, f"    with value:\n        str()\n{CHECKED}", "has With"),
    "try-finally": Leak(
        K, CHECKED, f"    try:\n        str()\n    finally:\n        str()\n{CHECKED}", "has Try"
    ),
    "try-at-the-top": Leak(
        K,
        CONSTANT,
        f"try:\n    x = 1\nexcept KeyError:\n    x = 2\n{CONSTANT}",
        "has Try at the top",
    ),
    "except-all": Leak(K, "except KeyError as absent", "except", "excepts what is no name"),
    "condition-at-the-top": Leak(
        K, CONSTANT, f"if True:\n    x = 1\n{CONSTANT}", "has If at the top"
    ),
    "function-in-a-function": Leak(
        K,
        CHECKED,
        f"    def x() -> None:\n        str()\n{CHECKED}",
        "has FunctionDef in a function",
    ),
    "class-in-a-function": Leak(
        K, CHECKED, f"    class X:\n        pass\n{CHECKED}", "has ClassDef"
    ),
    "async-at-the-top": Leak(
        K, CONSTANT, f"async def x() -> None:\n    str()\n{CONSTANT}", "has AsyncFunctionDef at"
    ),
    "async-with": Leak(
        C,
        "        return await",
        "        async with self:\n            str()\n        return await",
        "AsyncWith",
    ),
    "augmented": Leak(K, CHECKED, f"    value += 1\n{CHECKED}", "has AugAssign"),
    "unpacked": Leak(K, CONSTANT, f"x, y = 1, 2\n{CONSTANT}", "has Assign at the top"),
    "unpacked-in-a-function": Leak(K, CHECKED, f"    x, y = value\n{CHECKED}", "assigns to Tuple"),
    "assigned-twice-over": Leak(K, CONSTANT, f"x = y = 1\n{CONSTANT}", "has Assign at the top"),
    "attribute-assigned": Leak(
        K, CONSTANT, f"read.string = 1\n{CONSTANT}", "has Assign at the top"
    ),
    "return-at-the-top": Leak(K, CONSTANT, f"return\n{CONSTANT}", "has Return at the top"),
    "raise-from": Leak(K, "from None", "from value", "has Raise"),
    "case-with-call": Leak(K, "        case Closed():", "        case str(x=1):", "has MatchClass"),
    "case-that-takes-all": Leak(
        K, "        case Closed():", "        case _:", "behind one that takes"
    ),
    "case-of-a-list": Leak(K, "        case Closed():", "        case [x]:", "has MatchSequence"),
    "case-of-a-mapping": Leak(
        K, "        case Closed():", "        case {1: x}:", "has MatchMapping"
    ),
    "case-binds": Leak(
        K, "        case Closed():", "        case Closed() | str(x):", "one of several patterns"
    ),
    # one of two is lost
    "class-twice": Leak(M, "class Opened:", "class EventMoved:", "defines EventMoved twice"),
    "field-twice": Leak(M, FIELD, f"{FIELD}{FIELD}", "defines to twice"),
    "function-twice": Leak(
        K, "def encode_event(", "def encode_event_moved(", "encode_event_moved twice"
    ),
    # files
    "runtime-module": Leak("_read.py", "def ", "\ndef ", "is not as its template is"),
    "marker": Leak("py.typed", "", "import os", "is not as its template is"),
}


def test_what_templates_make_passes() -> None:
    audit(made("unions"), TARGET.transport)
    audit(made("large_packages", 60), TARGET.transport)


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_leak_is_stopped(leak: Leak) -> None:
    with pytest.raises(Tainted, match=leak.complaint) as caught:
        audit(planted(made("unions"), leak), TARGET.transport)
    said = str(caught.value)
    assert said.startswith(f"{leak.path}:")
    assert "mistake of Specloom's" in said
    assert said.isprintable()


MODELS, FOLDER = "models/__init__.py", "models/orders.py"
OF_FOLDERS = {
    "home-in-no-package": Leak(MODELS, '".customers",', '"os",', "imports .os"),
    "home-above": Leak(MODELS, '".._unknown",', '"..._unknown",', r"imports \.\.\._unknown"),
    "home-behind-others": Leak(
        MODELS,
        "        __name__,\n",
        "        __name__,\n        str(),\n",
        "looks for names elsewhere",
    ),
    "home-of-two-words": Leak(MODELS, '".customers",', '"a b",', "looks for names elsewhere"),
    "other-finder": Leak(MODELS, "= finder(", "= print(", "has Assign for no type checker"),
    "name-that-is-not-there": Leak(
        MODELS,
        "from .customers import ListResponse",
        "from .customers import ListResponse, dt",
        "imports dt",
    ),
    "import-above-the-package": Leak(
        FOLDER, "from .._types import", "from ..._types import", r"imports from \.\.\._types"
    ),
    "module-of-another-level": Leak(FOLDER, "from .._types", "from ._types", r"imports \._types"),
}


OF_LATER_PYTHONS = {
    "type-parameters": Leak(M, "class Opened:", "class Opened[T]:", "has parameters of types"),
    "type-parameters-of-a-function": Leak(
        K, "def encode_event(", "def encode_event[T](", "has parameters of types"
    ),
    "type-statement": Leak(M, LAST, f"{LAST}type X = str\n", "has TypeAlias at the top"),
}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="is no syntax before Python 3.12")
@pytest.mark.parametrize("leak", OF_LATER_PYTHONS.values(), ids=OF_LATER_PYTHONS)
def test_a_leak_of_later_pythons_is_stopped(leak: Leak) -> None:
    with pytest.raises(Tainted, match=leak.complaint):
        audit(planted(made("unions"), leak), TARGET.transport)


@pytest.mark.parametrize("leak", OF_FOLDERS.values(), ids=OF_FOLDERS)
def test_a_leak_is_stopped_in_a_folder(leak: Leak) -> None:
    with pytest.raises(Tainted, match=leak.complaint):
        audit(planted(made("large_packages", 60), leak), TARGET.transport)


@pytest.mark.parametrize(
    "path",
    [
        *("evil.pth", "../models.py", "/models.py", "sitecustomize.py", "_evil.py", "models.pyc"),
        *("models/../../x.py", "models/CON.PY", "models/_x.py", "client/x.py\n", "codecs/a/b.py"),
    ],
)
def test_a_file_of_another_name_is_stopped(path: str) -> None:
    with pytest.raises(Tainted, match="no file of a package"):
        audit({**made("unions"), path: ""}, TARGET.transport)
