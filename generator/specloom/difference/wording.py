"""What is different, as lines to read at a glance: `+` came, `-` went, `~` changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from specloom.difference.surface import (
    Alias,
    Class,
    Exported,
    Members,
    Method,
    Slot,
    Surface,
    Thing,
    Type,
)

_WIDE = 90
"""What there is to say of one field or parameter is no longer."""
_LONG = 72
"""Two types that are longer together are told by where they part."""


def lines(before: Surface, after: Surface, width: int) -> Iterator[str]:
    """Return a line for whatever came, changed, or went."""
    for old, new in zip(before, after, strict=True):
        for name, thing in new.items():
            if name not in old:
                yield _added(name, thing, width)
            elif changes := tuple(_changes(old[name], thing)):
                head = f"~ {name}: "
                yield head + _listed(changes, "; ", width - len(head))
        yield from (f"- {name}" for name in old if name not in new)


def clipped(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."


def _listed(parts: Sequence[str], separator: str, room: int) -> str:
    """Return as many parts as there is room for, one at least, and how many more there are."""
    whole = separator.join(parts)
    if len(whole) <= room or len(parts) == 1:
        return clipped(whole, room)
    room -= len(f"{separator}and {len(parts)} more")
    kept = 1
    while len(separator.join(parts[: kept + 1])) <= room:
        kept += 1
    shown = clipped(separator.join(parts[:kept]), room)
    return f"{shown}{separator}and {len(parts) - kept} more"


def _added(name: str, thing: Thing, width: int) -> str:
    match thing:
        case Method(slots, returns):
            head, tail = f"+ {name}(", f") -> {clipped(returns.text, 40)}"
            room = width - len(head) - len(tail)
            return f"{head}{_listed(tuple(_signature(slots)), ', ', room)}{tail}"
        case Class() | Alias() | Exported() | Members():
            return f"+ {name}"


def _signature(slots: Mapping[str, Slot]) -> Iterator[str]:
    positional = True
    for name, slot in slots.items():
        # the star goes with the name after it, or it would be counted as a parameter
        star = "*, " if positional and not slot.positional else ""
        positional = slot.positional
        yield f"{star}{_declared(name, slot)}"


# --- what changed ------------------------------------------------------------------------


def _changes(old: Thing, new: Thing) -> Iterator[str]:
    match old, new:
        case Class(before), Class(after):
            yield from _of_slots(before, after)
        case Alias(before), Alias(after):
            yield from _of_type(before, after)
        case Method(before, gave), Method(after, gives):
            yield from _of_slots(before, after)
            yield from _of_order(before, after)
            if frozenset(gave.members) != frozenset(gives.members):
                yield f"-> {_parting(gave.text, gives.text)}"
        case Members(before), Members(after):
            yield from _of_members(before, after)
        case Exported(), Exported():
            pass
        case _:
            yield f"{_kind(new)}, was {_kind(old)}"


def _kind(thing: Thing) -> str:
    match thing:
        case Alias(of):
            return clipped(of.text, 40)
        case Class() | Members():
            return "a class"
        case Exported():
            return "a class of every package"
        case Method():
            return "a method"


def _of_members(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (f"- {name}" for name in old if name not in new)
    yield from (f"+ {name}" for name in new if name not in old)
    for name, value in new.items():
        if name in old and old[name] != value:
            yield f"{name}: {_parting(old[name], value)}"


def _of_slots(old: Mapping[str, Slot], new: Mapping[str, Slot]) -> Iterator[str]:
    """Return what went first: that breaks callers."""
    yield from (f"- {name}" for name in old if name not in new)
    yield from (f"+ {_declared(name, slot)}" for name, slot in new.items() if name not in old)
    for name, slot in new.items():
        if name in old:
            yield from (f"{name}: {change}" for change in _joined(_of_slot(old[name], slot)))


def _declared(name: str, slot: Slot) -> str:
    default = "" if slot.default is None else f" = {_default(slot.default, secret=slot.secret)}"
    return f"{name}: {clipped(slot.type.text, 40)}{default}"


def _default(default: str, *, secret: bool) -> str:
    """Return a default as it may be shown: that of a secret might be one."""
    return "..." if secret and default not in ("UNSET", "None") else clipped(default, 40)


def _joined(parts: Iterator[str]) -> Iterator[str]:
    """Return parts as one, if there are any."""
    if found := tuple(parts):
        yield _listed(found, ", ", _WIDE)


def _of_slot(old: Slot, new: Slot) -> Iterator[str]:
    yield from _of_type(old.type, new.type)
    secret = old.secret or new.secret
    match old.default, new.default:
        case None, None:
            pass
        case None, "UNSET" | "None":
            yield "now optional"
        case None, str(default):
            yield f"now optional, default {_default(default, secret=secret)}"
        case _, None:
            yield "now required"
        case str(before), str(after):
            if before != after and not (_is_constant(old) and _is_constant(new)):
                was, now = (_default(text, secret=secret) for text in (before, after))
                yield "another default" if was == now else f"default {now}, was {was}"
    if old.positional != new.positional:
        yield "now by position" if new.positional else "now by keyword"


def _is_constant(slot: Slot) -> bool:
    """Return whether the type says what the default is."""
    return slot.type.members == (slot.default,)


def _of_order(old: Mapping[str, Slot], new: Mapping[str, Slot]) -> Iterator[str]:
    """Return the order of what is given by position, if it is not what callers count on."""
    before, after = ([n for n, slot in slots.items() if slot.positional] for slots in (old, new))
    places = {name: place for place, name in enumerate(after)}
    if any(places.get(name, place) != place for place, name in enumerate(before)):
        yield f"in this order: {_listed(after, ', ', _WIDE)}"


def _of_type(old: Type, new: Type) -> Iterator[str]:
    before, after = frozenset(old.members), frozenset(new.members)
    if before == after:
        return
    if len(before & after) > 1:
        yield from (f"- {member}" for member in old.members if member not in after)
        yield from (f"+ {member}" for member in new.members if member not in before)
    else:
        yield _parting(old.text, new.text)


def _parting(old: str, new: str) -> str:
    """Return two texts; if they are long, from the word on in which they part."""
    if len(old) + len(new) > _LONG:
        pairs = zip(old, new, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        start = old.rfind(" ", 0, same) + 1
        old, new = (f"... {text[start:]}" if start else text for text in (old, new))
    return f"{clipped(new, 40)}, was {clipped(old, 40)}"
