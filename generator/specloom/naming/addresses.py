"""Addresses that survive insertions: what the names in the lock are given to.

A JSON pointer into a list means something else as soon as an item is put in front, so a step
into a list is replaced by what the item is: the tag of a variant, the name of a parameter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.naming.names import Path
from specloom.naming.pins import Pins, Section
from specloom.naming.variants import inline
from specloom.pointers import escaped
from specloom.values import Text

_OF_OPERATIONS = frozenset(
    (Section.METHODS, Section.CALLS, Section.PAGES, Section.PAGINGS, Section.PARAMETERS)
)
_ONLY = re.compile(r"/(oneOf|anyOf|allOf)/[0-9]+(?=/|$)")
"""The step into a list of which one schema alone has a type."""


class Addresses:
    """The addresses of everything in a model that has a name."""

    def __init__(self, api: ir.Api) -> None:
        self._steps = dict(_steps(api))
        self._homes = dict(api.homes)

    def type(self, id_: ir.TypeId) -> str:
        return self._stable(id_.address)

    def field(self, owner: ir.TypeId, wire_name: Text) -> str:
        return f"{self.type(owner)}/properties/{escaped(wire_name.raw)}"

    def item(self, owner: ir.TypeId, path: Path) -> str:
        return "/".join((self.type(owner), *(escaped(step) for step in path)))

    def _stable(self, pointer: str) -> str:
        found = whole = ""
        for token in pointer.split("/")[1:]:
            whole = f"{whole}/{token}"
            # where a part of another file stands here may change with whatever stands beside it
            found = self._homes.get(whole) or f"{found}/{self._steps.get(whole, token)}"
        return found


def group(name: Text | None) -> str:
    return "/tags" if name is None else f"/tags/{escaped(name.raw)}"


def parameter(owner: ir.OperationId, location: ir.Location, wire_name: Text) -> str:
    return f"{owner.address}/parameters/{_parameter(location, wire_name)}"


def credential(key: Text) -> str:
    return f"/components/securitySchemes/{escaped(key.raw)}"


def server(url: Text) -> str:
    return f"/servers/{escaped(url.raw)}"


def variable(url: Text, wire_name: Text) -> str:
    return f"{server(url)}/variables/{escaped(wire_name.raw)}"


def followed(pins: Pins, api: ir.Api) -> Pins:
    """Return the names of the lock, moved along with what has another address now.

    A variant has, when it gets another value of its tag in front, and when what was alone becomes
    the first of several. An operation has, when its `operationId` stands elsewhere.
    """
    addresses = Addresses(api)
    moves = dict(_moves(api, addresses, pins))
    moved = {
        section: {_moved(address, moves): name for address, name in names.items()}
        for section, names in pins.items()
    }
    homes = dict(_homes(api, pins.get(Section.OPERATION_IDS, {})))
    return moved | {
        section: dict(_rehomed(moved[section], homes)) for section in _OF_OPERATIONS & moved.keys()
    }


def _moves(api: ir.Api, addresses: Addresses, pins: Pins) -> Iterator[tuple[str, str]]:
    """Return where a variant that has a name was, and where it is now."""
    types = pins.get(Section.TYPES, {})
    fields: dict[str, set[str]] = {}
    for field in pins.get(Section.FIELDS, {}):
        owner, _, wire = field.rpartition("/properties/")
        fields.setdefault(owner, set()).add(wire)
    properties = {d.id: _properties(d) for d in api.definitions}
    left = {addresses.type(d.id) for d in api.definitions}
    for variant in inline(api):
        if variant.target is None:
            continue
        now = addresses.type(variant.target)
        home = now.rpartition("/")[0]
        own = properties[variant.target]
        # which of its members decided depended on what stood beside it
        before = [f"{home}/{mark}" for mark in (*map(escaped, variant.marks), *own)]
        whole = home.rpartition("/")[0]
        if variant.position == 0:
            before += [f"{home}/0", *([whole] if whole in fields else [])]
        # where a class was that is the first of several now, their union stands
        free = (at for at in before if at in types and (at not in left or at == whole))
        known = (at for at in free if fields.get(at, set()) <= set(own))
        found = None if now in types else next(known, None)
        if found is not None:
            left.add(found)
            yield found, now


def _properties(definition: ir.Definition) -> tuple[str, ...]:
    return tuple(escaped(property_.wire_name.raw) for property_ in definition.properties)


def _homes(api: ir.Api, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return, for each operation that had a name, where it is now and where it was."""
    said = {o.id.address: o.operation_id.raw for o in api.operations if o.operation_id}
    before, after = _once(ids), _once(said)
    moved = {after[id_]: before[id_] for id_ in after.keys() & before.keys()}
    left = set(moved.values())
    for operation in api.operations:
        now = operation.id.address
        if now in moved:
            yield now, moved[now]
        elif now not in left and ids.get(now, said.get(now)) == said.get(now, ids.get(now)):
            yield now, now


def _once(ids: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each `operationId` that only one operation has."""
    counts = Counter(ids.values())
    return {id_: address for address, id_ in ids.items() if counts[id_] == 1}


def _rehomed(names: Mapping[str, str], homes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the names of operations and of their parameters by the addresses of today."""
    within: dict[str, list[str]] = {}
    for address in names:
        within.setdefault(_operation(address), []).append(address)
    for now, before in homes.items():
        for address in within.get(before, ()):
            yield now + address.removeprefix(before), names[address]


def _operation(address: str) -> str:
    """Return the address of the operation of an address: `/paths`, its path and its method."""
    steps = address.split("/")
    return "/".join(steps[: 5 if steps[3:4] == ["additionalOperations"] else 4])


def _moved(address: str, moves: dict[str, str]) -> str:
    for before, now in moves.items():
        if address == before or address.startswith(f"{before}/"):
            return now + address.removeprefix(before)
    return address


def _steps(api: ir.Api) -> Iterator[tuple[str, str]]:
    """Return the pointers that end with a step into a list, and the step that replaces it."""
    for definition in api.definitions:
        for only in _ONLY.finditer(definition.id.address):
            yield definition.id.address[: only.end()], "0"
    for operation in api.operations:
        for parameter_ in operation.parameters:
            if parameter_.at.pointer.rpartition("/")[2].isdigit():
                name = _parameter(parameter_.location, parameter_.wire_name)
                yield parameter_.at.pointer, name
    for variant in sorted(inline(api), key=lambda variant: variant.is_home):
        yield variant.pointer, escaped(variant.step)


def _parameter(location: ir.Location, wire_name: Text) -> str:
    return escaped(f"{location.value}:{wire_name.raw}")
