"""What a regular expression asks of a text, as automata that accept it and others that do not.

One alone cannot look around. But a look-ahead where the text begins, and a look-behind where it
ends, are searches of their own: `^(?!X)Y` takes what `^Y` finds and `^(?:X)` does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from specloom.patterns.automaton import ARROWS, Automaton, automaton
from specloom.patterns.regular import regular, widenings
from specloom.patterns.syntax import End, Group, Look, Node, Sequence, Start


@dataclass(frozen=True, slots=True)
class Condition:
    automaton: Automaton
    accepted: bool = True
    """Whether the automaton has to accept the text, or must not."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a text fulfils in which the expression finds something."""

    conditions: tuple[Condition, ...]
    widened: tuple[str, ...] = ()
    """Why other texts may fulfil it too. Without a reason, none do."""
    exact_below: int = 0
    """Of texts of fewer characters than this, no others fulfil it, whatever the reasons."""

    def is_exact(self, length: int) -> bool:
        """Return whether the expression finds something in each text of so many characters that
        fulfils the conditions."""
        return not self.widened or length < self.exact_below


def demand(tree: Node) -> Demand:
    """Return what an expression asks of a text."""
    parts = _parts(tree)
    begun = _run(parts, Start())
    done = len(parts) - _run(parts[begun:][::-1], End())
    looks = [part for part in (*parts[:begun], *parts[done:]) if isinstance(part, Look)]
    rest = [part for i, part in enumerate(parts) if begun <= i < done or not isinstance(part, Look)]
    found = [_search(Sequence(tuple(rest))), *map(_look, looks)]
    return Demand(
        tuple(condition for each in found for condition in each.conditions),
        tuple(reason for each in found for reason in each.widened),
        min((each.exact_below for each in found if each.widened), default=0),
    )


def _parts(tree: Node) -> tuple[Node, ...]:
    """Return what stands one after the other, whatever parentheses are around it."""
    match tree:
        case Group(of):
            return _parts(of)
        case Sequence(of):
            return tuple(part for each in of for part in _parts(each))
        case _:
            return (tree,)


def _run(parts: tuple[Node, ...], edge: Start | End) -> int:
    """Return how many of the first parts are this edge of the text, or look at the text from it."""
    if parts[:1] != (edge,):
        return 0
    ahead = isinstance(edge, Start)
    seen = takewhile(
        lambda part: part == edge or (isinstance(part, Look) and part.ahead is ahead), parts
    )
    return len(list(seen))


def _look(look: Look) -> Demand:
    """Return what a look from an edge of the text asks."""
    of = Group(look.of)
    found = _search(Sequence((Start(), of) if look.ahead else (of, End())))
    if not look.negated:
        return found
    if found.widened:  # to forbid more than the expression does would be no widening
        return Demand((), found.widened)
    return Demand(tuple(Condition(each.automaton, accepted=False) for each in found.conditions))


def _search(tree: Node) -> Demand:
    part = regular(tree)
    found = automaton(part)
    if found is None:
        return Demand((), (f"more than {ARROWS:,} arrows",))
    widened = tuple(widenings(part))
    return Demand(
        (Condition(found),),
        tuple(dict.fromkeys(each.reason for each in widened)),
        min((each.exact_below for each in widened), default=0),
    )
