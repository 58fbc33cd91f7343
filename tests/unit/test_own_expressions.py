"""Our own regular expressions take no longer than the texts are long that they are to match."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from specloom.patterns.backtracking import Effort, effort
from specloom.patterns.parse import parsed
from specloom.patterns.syntax import End, Malformed, Sequence, Start

ROOT = Path(__file__).parents[2]
CALLS = ("compile", "match", "fullmatch", "search", "sub", "findall")
FIND_SOMETHING_ANYWAY = {
    r"(\{[^{}]*\}|[^/?])+": "segments of a path are looked for, never demanded",
    r"(?:\{[^{}]*\}|[^#])*": "takes what it can of any text",
}
OF_CODE = (
    r"^(?:(?:async def|def|class) (\w+)|(\w+)(?:: [^=\n]+)? = |from \.\w* import (\w+) as \3$)"
)


def expressions() -> Iterator[tuple[str, str]]:
    """Yield the expressions that are written as they are, with where they stand."""
    for folder in ("generator/specloom", "templates/runtime"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        ast.Attribute(ast.Name("re"), called), [ast.Constant(str(source)), *_]
                    ) if (called in CALLS):
                        yield f"{path.name}:{node.lineno}", source
                    case _:
                        pass


def test_each_matches_in_time_that_grows_with_the_text_alone() -> None:
    judged, slow = 0, list[str]()
    for where, source in expressions():
        if source in FIND_SOMETHING_ANYWAY or source == OF_CODE:
            continue
        # as ECMA-262 says it
        tree = parsed(re.sub(r"\\Z", "$", source.replace("(?P<", "(?<")))
        if isinstance(tree, Malformed):
            continue
        judged += 1
        if not isinstance(effort(Sequence((Start(), tree, End()))), Effort):
            slow.append(f"{where}: {source}")
    assert not slow
    assert judged > 60
