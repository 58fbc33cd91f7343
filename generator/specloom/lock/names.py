"""The names that a lock gives to the things of a target, as naming takes them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from specloom.lock.file import Locked, unusable
from specloom.lock.text import Broken, Lock, line_of, line_of_names, names_of
from specloom.naming.pins import Pins, Section, Unusable

_HINT = "write another name here, or remove the line: it is named anew then"


def pins_of(lock: Lock, target: str) -> Pins:
    """Return the names of a target. Raises Broken."""
    sections = {section.value: section for section in Section}
    part = lock.names.get(target, "")
    names = names_of(part)
    for name in names:
        if name not in sections:
            line = part[: part.find(f".{name}]")].count("\n") + 1
            known = ", ".join(sections)
            raise Broken(
                f"there is no section of names called `{name}`", line, f"known are {known}"
            )
    return {sections[name]: found for name, found in names.items()}


@contextmanager
def complaining(locked: Locked, target: str) -> Generator[None]:
    """Say of names that cannot be given where they stand in the lock. Raises Mistakes."""
    try:
        yield
    except Broken as broken:
        line = line_of_names(locked.text, target) + broken.line - 1
        raise unusable(locked, Broken(broken.reason, line, broken.hint)) from None
    except Unusable as reason:
        pin = reason.pin
        line = line_of(locked.text, target, pin.section, pin.address)
        useless = Broken(f"`{pin.name}` {reason.reason}", line, _HINT)
        raise unusable(locked, useless) from None
