"""Sets of texts that a document names by a pattern or a format, and how they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from specloom.patterns.automaton import accepts
from specloom.patterns.conditions import Demand, demand
from specloom.patterns.formats import EXPRESSIONS, SAMPLES
from specloom.patterns.looking import finds
from specloom.patterns.parse import parsed
from specloom.patterns.ranges import SCALARS, contains
from specloom.patterns.search import shortest
from specloom.patterns.syntax import Malformed
from specloom.patterns.terms import Empty, Example, Format, GaveUp, Language, Meeting, Pattern

_MOST = 50
"""Languages that meet at once."""
_WORK = 2_000_000
"""Arrows that may be looked at for one text: about a second."""


def meet(languages: Sequence[Language], least: int, most: int | None) -> Meeting:
    """Return a text of so many characters that is in all languages, or the proof of none."""
    if len(languages) > _MOST:
        return GaveUp(f"more than {_MOST} patterns and formats at once")
    return _met(tuple(dict.fromkeys(languages)), least, most)


def includes(one: Language, other: Language) -> bool:
    """Return whether every text of `other` is proven to be in `one`."""
    if one == other:
        return True
    demanded = _demand(one)
    if demanded.widened:
        return False
    given = _demand(other).conditions
    refused = (replace(each, accepted=not each.accepted) for each in demanded.conditions)
    return all(shortest((*given, each), 0, None) == Empty() for each in refused)


@lru_cache(maxsize=4096)  # samples of a large document are asked about thousands of times each
def takes(language: Language, text: str) -> bool | None:
    """Return whether a text is in a language; None where that is not known.

    A search by `re` may take forever with the pattern of a stranger; this one is linear.
    """
    demanded = _demand(language)
    work = len(text) * sum(each.automaton.size for each in demanded.conditions)
    if work > _WORK or not all(contains(SCALARS, ord(letter)) for letter in text):
        return None
    if not all(accepts(each.automaton, text) is each.accepted for each in demanded.conditions):
        return False
    if demanded.is_exact(len(text)):
        return True
    tree = parsed(language.text) if isinstance(language, Pattern) else None
    return None if tree is None or isinstance(tree, Malformed) else finds(tree, text)


@lru_cache(maxsize=1024)
def _met(languages: tuple[Language, ...], least: int, most: int | None) -> Meeting:
    for sample in _samples(languages):
        fits = least <= len(sample) and (most is None or len(sample) <= most)
        if fits and all(takes(language, sample) is not False for language in languages):
            return Example(sample, exact=False)
    demands = [_demand(language) for language in languages]
    found = shortest([each for demand in demands for each in demand.conditions], least, most)
    if isinstance(found, Example) and not all(each.is_exact(len(found.text)) for each in demands):
        return replace(found, exact=False)
    return found


def _samples(languages: Iterable[Language]) -> list[str]:
    """Return what is more likely to be of a format than what its expression takes."""
    formats = (language for language in languages if isinstance(language, Format))
    samples = (sample for format_ in formats for sample in SAMPLES.get(format_.name, ()))
    return sorted(samples, key=lambda sample: (len(sample), sample))


@lru_cache(maxsize=128)
def _demand(language: Language) -> Demand:
    match language:
        case Pattern(text):
            tree = parsed(text)
            if isinstance(tree, Malformed):
                return Demand((), (tree.reason,))
            return demand(tree)
        case Format(name):
            if name not in EXPRESSIONS:
                return Demand(())
            wide = _demand(Pattern(EXPRESSIONS[name]))
            return replace(wide, widened=(*wide.widened, "a format"), exact_below=0)
