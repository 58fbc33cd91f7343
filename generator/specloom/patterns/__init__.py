"""Regular expressions of documents: which texts they find something in, and how they say it.

A document writes them in the language of ECMA-262. They are never run here: `meet`, `includes` and
`takes` decide by automata, in a bounded number of steps, and say what they cannot decide. What
generated code runs is said in the language of Python, and only where that cannot take forever.

Most documents have few of them or none: what decides is imported when it is first asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from specloom.patterns.formats import EXPRESSIONS, SAMPLES
from specloom.patterns.terms import (
    Empty,
    Example,
    Format,
    GaveUp,
    Language,
    Meeting,
    Pattern,
    Untranslatable,
)

_CATEGORY = re.compile(r"(?<!\\)(?:\\\\)*\\[pP]\{")

__all__ = [
    "EXPRESSIONS",
    "SAMPLES",
    "Empty",
    "Example",
    "Format",
    "GaveUp",
    "Language",
    "Meeting",
    "Pattern",
    "Untranslatable",
    "has_categories",
    "includes",
    "meet",
    "searchable",
    "takes",
]


def meet(languages: Sequence[Language], least: int, most: int | None) -> Meeting:
    """Return a text of so many characters that is in all languages, or the proof of none."""
    from specloom.patterns import languages as deciding

    return deciding.meet(languages, least, most)


def includes(one: Language, other: Language) -> bool:
    """Return whether every text of `other` is proven to be in `one`."""
    from specloom.patterns import languages as deciding

    return deciding.includes(one, other)


def takes(language: Language, text: str) -> bool | None:
    """Return whether a text is in a language; None where that is not known."""
    from specloom.patterns import languages as deciding

    return deciding.takes(language, text)


def searchable(pattern: str) -> str | Untranslatable:
    """Return what `re.search` takes for a pattern, in time that grows no faster than the text."""
    from specloom.patterns import bounded

    return bounded.searchable(pattern)


def has_categories(source: str) -> bool:
    """Return whether a translated pattern mentions general categories of Unicode.

    They stand in brackets, by their short names (`[\\p{Lu}]`): the runtime puts ranges there.
    """
    return _CATEGORY.search(source) is not None
