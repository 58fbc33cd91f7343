"""What generated code may search texts for: a pattern in the language of Python that cannot hang.

`re` tries one way after the other, and with some patterns there is no end of ways. One that is not
proven to be harmless is said in another way that is; where none is known, it is not searched for.
"""

from __future__ import annotations

from functools import lru_cache

from specloom.patterns.backtracking import Effort, Endless, effort
from specloom.patterns.parse import parsed
from specloom.patterns.python import translated, written
from specloom.patterns.simpler import simpler
from specloom.patterns.syntax import Malformed
from specloom.patterns.terms import Untranslatable

_SHOWN = 12


@lru_cache(maxsize=4096)
def searchable(pattern: str) -> str | Untranslatable:
    """Return what `re.search` takes for a pattern, in time that grows no faster than the text."""
    source, tree = translated(pattern), parsed(pattern)
    if isinstance(source, Untranslatable) or isinstance(tree, Malformed):
        return source
    found = effort(tree)
    if isinstance(found, Effort):
        return source
    other = simpler(tree)
    if other != tree and isinstance(effort(other), Effort):
        return written(other)
    return Untranslatable(_why(found), 0)


def _why(found: Endless) -> str:
    if not found.text:
        return f"`re` may take very long to search for it: {found.reason}"
    return f"`re` may take very long with a text that goes on like {found.text[:_SHOWN]!a}"
