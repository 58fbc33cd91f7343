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
from specloom.values import Json, Text
from specloom.verdict import tags

_OF_OPERATIONS = frozenset((Section.METHODS, Section.CALLS, Section.PARAMETERS))
_ONLY = re.compile(r"/(oneOf|anyOf|allOf)/[0-9]+(?=/|$)")
"""The step into a list of which one schema alone has a type."""


class Addresses:
    """The addresses of everything in a model that has a name."""

    def __init__(self, api: ir.Api) -> None:
        self._steps = dict(_steps(api))

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
            found = f"{found}/{self._steps.get(whole, token)}"
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


def escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def followed(pins: Pins, api: ir.Api) -> Pins:
    """Return the names of the lock, moved along with what has another address now.

    A variant has, when it gets another value of its tag in front, and when what was alone becomes
    the first of several. An operation has, when its `operationId` stands elsewhere.
    """
    addresses = Addresses(api)
    types = pins.get(Section.TYPES, {})
    objects = {field.rpartition("/properties/")[0] for field in pins.get(Section.FIELDS, {})}
    moves: dict[str, str] = {}
    for position, id_, values in _inline(api):
        home = addresses.type(id_).rpartition("/")[0]
        now, *others = (f"{home}/{_tag(tag)}" for tag in values)
        if position == 0:
            others.append(f"{home}/0")
            whole = home.rpartition("/")[0]
            if whole in objects:
                others.append(whole)
        before = next((address for address in others if address in types), None)
        if before is not None and now not in types:
            moves[before] = now
    moved = {
        section: {_moved(address, moves): name for address, name in names.items()}
        for section, names in pins.items()
    }
    homes = dict(_homes(api, pins.get(Section.OPERATION_IDS, {})))
    return moved | {
        section: dict(_rehomed(moved[section], homes)) for section in _OF_OPERATIONS & moved.keys()
    }


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
    return "/".join(address.split("/")[:4])


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
    for _, id_, values in _inline(api):
        yield id_.address, _tag(values[0])


def _inline(api: ir.Api) -> Iterator[tuple[int, ir.TypeId, tuple[Json, ...]]]:
    """Return the variants that stand within their unions, with their position and their tags."""
    for definition in api.definitions:
        if isinstance(definition.shape, ir.Union):
            known = tags(definition.shape.verdict.choice)
            for position, variant in enumerate(definition.shape.variants):
                match variant.type:
                    case ir.Ref(target) if target.address == variant.at.pointer:
                        if position in known:
                            yield position, target, known[position]
                    case _:
                        pass


def _tag(value: Json) -> str:
    """Return a step for a value: a string as it is, and 1 as another step than "1"."""
    return escaped(value.value if isinstance(value.value, str) else f"({value.raw})")


def _parameter(location: ir.Location, wire_name: Text) -> str:
    return escaped(f"{location.value}:{wire_name.raw}")
