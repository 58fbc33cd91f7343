"""How long the flagship is, in lines that are not blank."""

from __future__ import annotations

from pathlib import Path

from .support import PACKAGE

# 950 and 320 until every client got its ways out: options of a call and of a client, requests of
# one's own, raw answers, credentials that are called for, limits to what is read. 1680 and 326 until
# an error said which tag was meant, and null had a reader; 1740 until a call got a deadline; 1880
# until answers were handed over piece by piece, and contents read while they are sent; 2020 until
# calls were tried again, and hooks told of it; 2400 and 329 until there was a source of tokens;
# 3270 and 419 until callers had names for what a client takes, and failures more of their reasons;
# 3370 until a stream could be closed by another than its reader.
WHOLE, WITHOUT_RUNTIME = 3400, 423


def lines(path: Path) -> int:
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def is_runtime(path: Path) -> bool:
    """Tell whether a module is the same in every package that has it."""
    private = path.name.startswith("_") and path.name != "__init__.py"
    return private or path.name in ("errors.py", "hooks.py")


def test_the_package_is_short() -> None:
    own, runtime = 0, 0
    for path in sorted(PACKAGE.rglob("*.py")):
        if is_runtime(path):
            runtime += lines(path)
        else:
            own += lines(path)
    assert 0 < own <= WITHOUT_RUNTIME
    assert 0 < own + runtime <= WHOLE
