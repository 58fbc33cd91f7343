"""The known word that a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from itertools import islice

_MOST = 500
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

    spelling = SequenceMatcher[str](autojunk=False)
    spelling.set_seq2(_plain(word))
    promising: list[tuple[float, str]] = []
    for other in islice(known, _MOST):
        spelling.set_seq1(_plain(other))
        if spelling.real_quick_ratio() >= _ALIKE and (bound := spelling.quick_ratio()) >= _ALIKE:
            promising.append((bound, other))
    best, found = _ALIKE, ""
    for bound, other in nlargest(_TRIALS, promising):
        spelling.set_seq1(_plain(other))
        if bound >= best and (likeness := spelling.ratio()) >= best:
            best, found = likeness, other
    return found


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
