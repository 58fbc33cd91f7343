"""The gate before publication, by what it must stop."""

from __future__ import annotations

import pytest

from specloom.audit import Tainted, audit

GOOD = 'from typing import Literal\n\nfrom ._types import Json\n\n\nx: Literal["eval"] = "eval"\n'


def test_what_templates_make_passes() -> None:
    audit({"a/models.py": GOOD, "a/py.typed": ""})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = (", "does not parse"),
        ("x = '\x00'", "does not parse"),
        ("import os", "imports os"),
        ("from os.path import join", "imports from os.path"),
        ("def f():\n    import subprocess\n", "imports subprocess"),
        ("x = eval('1')", "mentions eval"),
        ("x = [exec]", "mentions exec"),
        ("x = __import__('os')", "mentions __import__"),
        ("x = f'{y}'", "JoinedStr"),
        ("def f():\n    global x\n", "Global"),
        ("del x", "Delete"),
        ("from os import(path)", "imports from os"),
        ("from os import\\\n    path", "imports from os"),
        ("from\tos\timport\tpath", "imports from os"),
        ("x = 1; import os", "imports os"),
        ("if x: import os", "imports os"),
        ("import dataclasses, os", "imports os"),
        ("import os as dataclasses", "imports os"),
        ("from . import x\nfrom os import x", "imports from os"),
        ("x = '\"'\nimport os\ny = '\"'", "imports os"),
        ("x = '''\n'''; import os; y = '''\n'''", "imports os"),
        ('x = r"\\"\nimport os', "does not parse"),
        ('x = 1  # "\nimport os  # "', "imports os"),
        ("x = \uff45val", "mentions eval"),
        ("x = fr'{y}'", "JoinedStr"),
        ('x = Rf"{y}"', "JoinedStr"),
        ("x = y = '' f'{z}'", "JoinedStr"),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n", "Nonlocal"),
        ("return", "does not parse"),
    ],
)
def test_what_they_do_not_make_is_stopped(text: str, complaint: str) -> None:
    with pytest.raises(Tainted, match=complaint):
        audit({"models.py": f"{GOOD}{text}\n"})


def test_tests_may_import_more() -> None:
    audit({"t.py": "import pytest\n"}, frozenset(("pytest",)))
