"""The known word that a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from itertools import islice

_MOST = 300
"""Known words that are looked at, which need not be few in a hostile document."""
_LONGEST = 100
_TRIALS = 3
"""Words that are compared letter by letter: that takes the square of their length, or more."""
_GUESSES = 100
"""Nobody reads as many."""
_ALIKE = 0.66
"""A letter too many, too few, wrong or out of place in a word of three or more."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like another, in any case; an empty text if none is."""
    from difflib import SequenceMatcher

    looked_at = dict.fromkeys(other for other in islice(known, _MOST) if other != word)
    spelling = SequenceMatcher[str](autojunk=False)
    spelling.set_seq2(_plain(word))

    def at_most(other: str) -> float:
        spelling.set_seq1(_plain(other))
        return 0.0 if spelling.real_quick_ratio() < _ALIKE else spelling.quick_ratio()

    def likeness(other: str) -> float:
        spelling.set_seq1(_plain(other))
        return spelling.ratio()

    promising = nlargest(_TRIALS, looked_at, key=at_most)
    best = max(promising, key=likeness, default="")
    return best if best and likeness(best) >= _ALIKE else ""


def _plain(word: str) -> str:
    return word[:_LONGEST].lower()


class Guesses:
    """What words were meant to be, for as many mistakes as somebody may read about."""

    def __init__(self) -> None:
        self._left = _GUESSES

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """Return what `nearest` returns, or an empty text once there were too many questions."""
        self._left -= 1
        return nearest(word, known) if self._left >= 0 else ""
