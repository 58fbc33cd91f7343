"""The gate before generated tests: a frame that is copied, and what stands in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from specloom.audit import Tainted, audit_tests
from specloom.naming import name
from specloom.pipeline import files_of_tests, understand

SPEC = Path(__file__).parents[1] / "corpus" / "unions" / "spec.yaml"
GROUP = "pkg_tests/test_pkg_events.py"


class Leak(NamedTuple):
    """What stands in an emitted file, what is put there instead, and what the gate says."""

    before: str
    after: str
    complaint: str


@cache
def made() -> dict[str, str]:
    understood = understand(str(SPEC))
    assert understood.api is not None
    return files_of_tests(understood.api, name(understood.api), "pkg")[0]


DOC = '"""Every operation under `events`: what leaves, and what answers mean."""\n'
DATA = "CLOSED = models.Closed()\n"
SENT = "call=lambda client: client.events.next,"
CLIENT = """\
    client = Client(
        base_url="https://example.test", http=peer, retries=0, clock=Instant()
    )
"""
FRAME = "    seen: list[Request] = field(default_factory=list[Request])\n"
LEAKS = {
    "code-after-docstring": Leak(DOC, f"{DOC}exit(1)\n", "has Expr at the top"),
    "comment": Leak(DATA, f"{DATA[:-1]}  # words\n", "has # outside of a string"),
    "several-on-a-line": Leak(DATA, f"{DATA[:-1]}; x = 1\n", "has ; outside of a string"),
    "bidirectional": Leak(DOC, DOC.replace("what", "\u202ewhat", 1), r"U\+202E"),
    "import": Leak("import json\n", "import json\nimport os\n", "imports os"),
    "import-from": Leak("from copy import copy\n", "from os import system\n", "system from os"),
    "import-from-the-package": Leak(
        "from pkg import AsyncClient, Client, codecs, errors, models\n",
        "from pkg import AsyncClient, Client, codecs, errors, models, dt\n",
        "imports dt from pkg",
    ),
    "relative-import": Leak(
        "from pkg._request import Request\n",
        "from ._request import Request\n",
        "imports what stands beside it",
    ),
    "unpickled": Leak(DATA, f'{DATA}X = pickle.loads(b"x")\n', "asks pickle for loads"),
    "module-itself": Leak(DATA, f"{DATA}X = pickle\n", "mentions the module pickle itself"),
    "module-of-a-module": Leak(DATA, f"{DATA}X = models.dt.sys\n", "asks models for dt"),
    "codec-that-is-none": Leak(DATA, f"{DATA}X = codecs.read\n", "asks codecs for read"),
    "builtin-of-the-frame": Leak(DATA, f'{DATA}X = vars("x")\n', "mentions vars"),
    "setattr": Leak(SENT, 'call=setattr(models, "x", 1),', "mentions"),
    "eval-in-a-lambda": Leak(SENT, "call=lambda client: eval(client),", "mentions eval"),
    "attribute-chain": Leak(SENT, "call=lambda client: client.__class__,", "asks for __class__"),
    "call-of-a-method": Leak(DATA, f"{DATA}X = CLOSED.system(1)\n", "calls a method system"),
    "comprehension": Leak(DATA, f"{DATA}X = [x for x in ()]\n", "has ListComp"),
    "slice-without-end": Leak(DATA, f"{DATA}X = SECRETS[1:]\n", "has Slice"),
    "annotation-in-quotes": Leak(
        "CLOSED_JSON: dict[str, Json]", 'CLOSED_JSON: "exit(1)"', "annotation with Constant"
    ),
    "function": Leak(DATA, f"{DATA}def f() -> None:\n    pass\n", "has a function f"),
    "class": Leak(DATA, f"{DATA}class X:\n    pass\n", "has a class X"),
    "loop": Leak(DATA, f"{DATA}while True:\n    pass\n", "has While at the top"),
    "line-in-the-frame": Leak(FRAME, f"{FRAME}    x: int = exit(1)\n", "has a class Peer"),
    "line-before-the-client": Leak(CLIENT, f"{CLIENT}    exit(1)\n", "mentions exit"),
    "statement-before-the-client": Leak(CLIENT, f"{CLIENT}    del peer\n", "has Delete in"),
    "client-with-more": Leak("http=peer, ", "http=exit(1), ", "mentions exit"),
    "default-in-the-frame": Leak(
        "def send(peer: Peer, ask: Ask)",
        "def send(peer: Peer, ask: Ask = exit(1))",
        "function send",
    ),
    "decorator-in-the-frame": Leak("def send(", "@exit\ndef send(", "has a function send"),
    "name-twice": Leak(DATA, f"{DATA}{DATA}", "defines CLOSED twice"),
    "frame-twice": Leak(DATA, f"{DATA}Ask = 1\n", "defines Ask twice"),
}


def test_what_templates_make_passes() -> None:
    audit_tests(made(), "pkg")


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_leak_is_stopped(leak: Leak) -> None:
    text = made()[GROUP]
    assert leak.before in text, "the leak is planted in what is emitted"
    planted = {**made(), GROUP: text.replace(leak.before, leak.after, 1)}
    with pytest.raises(Tainted, match=leak.complaint):
        audit_tests(planted, "pkg")


@pytest.mark.parametrize(
    "path",
    ["conftest.py", "pkg_tests/conftest.py", "pkg_tests/../test_x.py", "pkg_tests/a/test_x.py"],
)
def test_a_file_of_another_name_is_stopped(path: str) -> None:
    with pytest.raises(Tainted, match="no file of tests"):
        audit_tests({**made(), path: ""}, "pkg")
