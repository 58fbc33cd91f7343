"""Which of two variants is the more specific, for values without members or items."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.unions import strings
from specloom.unions.atom import ANYTHING, Atom
from specloom.unions.fitting import is_multiple, takes
from specloom.unions.strings import Format


def contains(some: Sequence[Atom], others: Sequence[Atom]) -> bool:
    """Return whether it is proven that whatever fits one of `others` fits one of `some`.

    All are of one kind, which has neither members nor items.
    """
    return all(any(_contains(one, other) for one in some) for other in others)


def _contains(one: Atom, other: Atom) -> bool:
    if not one.exact:
        return False
    if other.values is not None:
        return all(takes(one, value) for value in other.values if value not in other.refused)
    if one.values is not None or one.refused - other.refused:
        return False
    bounds = one.range.includes(other.range) and one.length.meet(other.length) == other.length
    return (
        bounds
        and all(any(is_multiple(of, m) for of in other.multiples) for m in one.multiples)
        and all(
            any(strings.includes(language, narrow) for narrow in other.languages)
            for language in one.languages
        )
    )


def rank(atoms: Sequence[Atom]) -> int:
    """Return how much a variant takes by the look of it: the less the more specific."""
    return max((_rank(atom) for atom in atoms), default=0)


def _rank(atom: Atom) -> int:
    if atom.values is not None:
        return 0
    if any(isinstance(language, Format) for language in atom.languages):
        return 1
    if atom.languages:
        return 2
    bounds = (atom.range, atom.length, atom.multiples)
    return 3 if bounds != (ANYTHING.range, ANYTHING.length, ANYTHING.multiples) else 4
