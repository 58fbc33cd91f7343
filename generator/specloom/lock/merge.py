"""A lock that version control could not merge: it holds both sides, and both are needed.

Everything in a lock but the names can be made anew, and a name that either side has given stays.
"""

from __future__ import annotations

from specloom.lock.text import Lock, names_of, names_text

_OURS, _BASE, _MIDDLE, _THEIRS = "<" * 7, "|" * 7, "=" * 7, ">" * 7


def sides(text: str) -> tuple[str, str] | None:
    """Return a text as either side has it; None where no merge has left its marks."""
    ours: list[str] = []
    theirs: list[str] = []
    writing, inside, found = [ours, theirs], False, False
    for line in text.splitlines(keepends=True):
        match line[:7]:
            case mark if mark == _OURS:
                writing, inside, found = [ours], True, True
            case mark if mark == _BASE and inside:
                writing = []
            case mark if mark == _MIDDLE and inside:
                writing = [theirs]
            case mark if mark == _THEIRS and inside:
                writing, inside = [ours, theirs], False
            case _:
                for side in writing:
                    side.append(line)
    return ("".join(ours), "".join(theirs)) if found else None


def merged(ours: Lock, theirs: Lock) -> Lock:
    """Return a lock with the names of both sides. Raises Broken."""
    entries = {**theirs.entries, **ours.entries}
    return Lock(
        entries,
        {
            target: _names(target, ours.names.get(target, ""), theirs.names.get(target, ""))
            for target in entries
        },
    )


def _names(target: str, ours: str, theirs: str) -> str:
    one, other = names_of(ours), names_of(theirs)
    sections = {**one, **other}
    both = {section: {**other.get(section, {}), **one.get(section, {})} for section in sections}
    return names_text(target, both.items())
