"""The gate before publication: files made from a document hold only what templates make.

Every file is parsed. Its syntax, names, calls and imports are held to lists of what templates can
make, and text stands only in strings and docstrings. Runtime modules are what their templates are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from specloom.audit.copies import copied, lines_of_tests
from specloom.audit.definitions import top
from specloom.audit.found import Found
from specloom.audit.frames import frame
from specloom.audit.grammar import PACKAGE, Grammar, of_tests
from specloom.audit.letters import judge_layout, judge_letters
from specloom.audit.links import Links, judge_mentions
from specloom.audit.wrong import Tainted, Wrong, tainted

__all__ = ["Tainted", "audit", "audit_tests"]

_OURS = re.compile(
    r"(?:__init__|models|codecs|client|oauth|webhooks)\.py|(?:models|codecs|client)/(?:__init__|[a-z][a-z0-9_]*)\.py"
)
_OF_TESTS = re.compile(r"[a-z_][a-z0-9_]*_tests/test_[a-z0-9_]+\.py")
_EMPTY = "py.typed"


def audit(files: Mapping[str, str], transport: str) -> None:
    """Raise Tainted unless the files of a package, by their paths in it, are what templates make."""
    found: dict[str, Found] = {}
    for path, text in files.items():
        with _blamed(path):
            template = copied(path, transport)
            if template is not None or path == _EMPTY:
                _judge_copy(text, template or "")
            elif _OURS.fullmatch(path):
                found[path] = _read(text, PACKAGE, top)
            else:
                raise Wrong(1, "is no file of a package")
    links = Links(files, found)
    for path in found:
        with _blamed(path):
            links.judge(path)


def audit_tests(files: Mapping[str, str], package: str) -> None:
    """Raise Tainted unless the files of the tests of a package are what templates make."""
    grammar = of_tests(package)
    for path, text in files.items():
        with _blamed(path):
            if not _OF_TESTS.fullmatch(path):
                raise Wrong(1, "is no file of tests")
            found = _read(text, grammar, partial(frame, text), lines_of_tests())
            judge_mentions(found)
            for one in found.imported:
                raise Wrong(one.line, "imports what stands beside it")


def _judge_copy(text: str, template: str) -> None:
    if text != template:
        raise Wrong(1, "is not as its template is")


def _read(
    text: str,
    grammar: Grammar,
    statements: Callable[[Sequence[ast.stmt], Found], None],
    lines: Collection[str] = (),
) -> Found:
    """Read a file. Raise Wrong for what no template makes."""
    judge_letters(text)
    found = Found(grammar)
    try:
        tree = ast.parse(text)
        judge_layout(text, tree, lines)
        statements(tree.body, found)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise Wrong(line or 1, f"does not parse: {type(error).__name__}") from None
    return found


@contextmanager
def _blamed(path: str) -> Generator[None]:
    try:
        yield
    except Wrong as wrong:
        raise tainted(path, wrong) from None
