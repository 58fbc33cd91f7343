"""Regular expressions of documents: which texts they find something in, and how they say it.

A document writes them in the language of ECMA-262. They are never run here: `meet`, `includes` and
`takes` decide by automata, in a bounded number of steps, and say what they cannot decide. What
generated code runs is `translated` to the language of Python.
"""

from __future__ import annotations

from specloom.patterns.formats import EXPRESSIONS, SAMPLES
from specloom.patterns.languages import Format, Language, Pattern, includes, meet, takes
from specloom.patterns.python import Untranslatable, translated
from specloom.patterns.search import Empty, Example, GaveUp, Meeting

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
    "includes",
    "meet",
    "takes",
    "translated",
]
