"""Which module has what: a package that is long is split by tag, and stays so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom import ir
from specloom.code import Identifier
from specloom.graph import roots
from specloom.naming.addresses import Addresses, followed, group
from specloom.naming.modules import ModuleNames, each_once
from specloom.naming.pins import Pins, Section
from specloom.partition import Node, Part, partition
from specloom.python.annotations import World
from specloom.python.client import views as client_views
from specloom.python.codecs.codecs import Coded
from specloom.python.models import Declared
from specloom.python.package.extent import of_client, of_coded, of_type
from specloom.values import Text
from specloom.words import split

LIMIT = 1_500
"""Lines of a module. One is longer only where types mention each other, or a group has more.

A tenth of a new one is left for its imports.
"""
_HEAD = 30
"""Lines of a whole module before its first definition: there are no types to import."""


def known(pins: Pins, api: ir.Api) -> Mapping[str, str]:
    """Return the names of modules that the lock has, by address."""
    if Section.MODULES not in pins:
        return {}
    return followed({Section.MODULES: pins[Section.MODULES]}, api)[Section.MODULES]


def split_types(
    types: Sequence[Declared],
    coded: Sequence[Coded],
    world: World,
    before: Mapping[str, str],
    limit: int,
) -> tuple[tuple[Part, Identifier], ...]:
    """Return the modules of types with their names; none where one module is enough."""
    addresses = Addresses(world.api)
    at = {d.id.address: addresses.type(d.id) for d in world.api.definitions}
    homes = {key: before[address] for key, address in at.items() if address in before}
    of_models = {type_.id.address: of_type(type_) for type_ in types}
    of_codecs = {one.key: of_coded(one) for one in coded}
    length = _HEAD + max(sum(of_models.values()), sum(of_codecs.values()))
    if not homes and length <= limit:
        return ()
    needs = _needs(types, coded, world)
    users = _users(needs, world)
    nodes = {
        key: Node(
            needs=needs[key],
            size=max(of_models.get(key, 0), length),
            users=users[key],
            before=homes.get(key),
        )
        for key, length in of_codecs.items()
    }
    names = ModuleNames(world.names, each_once({at[key]: name for key, name in homes.items()}))
    return tuple(_named(partition(nodes, limit * 9 // 10), nodes, names, world))


def split_groups(
    whole: client_views.Client, world: World, before: Mapping[str, str], limit: int
) -> dict[Text | None, Identifier]:
    """Return the modules of groups; none where one module is enough."""
    at = {key: group(key) for key in world.names.groups}
    homes = {address: before[address] for address in at.values() if address in before}
    if not homes and of_client(whole) <= limit:
        return {}
    names = ModuleNames(world.names, each_once(homes))
    return {
        key: (
            Identifier(homes[address])
            if address in homes
            else names.claim(split(Text(world.names.groups[key].attribute)))
        )
        for key, address in at.items()
    }


def _needs(
    types: Sequence[Declared], coded: Sequence[Coded], world: World
) -> dict[str, tuple[str, ...]]:
    """Return what each type mentions, by address, in `models` or in `codecs`."""
    owners: dict[str, str] = {world.name(d.id): d.id.address for d in world.api.definitions}
    owners |= {name: one.key for one in coded for name in one.shared}
    mentioned = {type_.id.address: type_.names for type_ in types}
    order = {one.key: number for number, one in enumerate(coded)}
    return {
        one.key: tuple(
            sorted(
                {
                    owners[n]
                    for n in one.names | mentioned.get(one.key, frozenset[str]())
                    if n in owners
                }
                - {one.key},
                key=order.__getitem__,
            )
        )
        for one in coded
    }


def _users(needs: Mapping[str, tuple[str, ...]], world: World) -> Mapping[str, frozenset[int]]:
    """Return the groups whose operations reach a type, by number."""
    users: dict[str, set[int]] = {key: set() for key in needs}
    numbers = {key: number for number, key in enumerate(world.names.groups)}
    for operation in world.api.operations:
        number = numbers[operation.group]
        pending = [id_.address for id_ in roots(operation)]
        while pending:
            key = pending.pop()
            if number not in users[key]:
                users[key].add(number)
                pending += needs[key]
    return {key: frozenset(found) for key, found in users.items()}


def _named(
    parts: Sequence[Part], nodes: Mapping[str, Node], names: ModuleNames, world: World
) -> Iterator[tuple[Part, Identifier]]:
    groups = tuple(world.names.groups)
    codecs = {d.id.address: world.codec(d.id) for d in world.api.definitions}
    for part in parts:
        if part.name is not None:
            yield part, Identifier(part.name)
            continue
        base = _base(part, groups, world)
        largest = max(part.members, key=lambda key: (key in codecs, nodes[key].size))
        held = split(Text(codecs.get(largest, "schemas")))
        first = () if len(groups) == 1 else base
        more = held if held[: len(first)] == first else (*first, *held)
        yield part, names.claim(base, more) if part.is_only else names.claim(more)


def _base(part: Part, groups: Sequence[Text | None], world: World) -> tuple[str, ...]:
    """Return the words for whom a module is."""
    match tuple(part.users):
        case (number,):
            return split(Text(world.names.groups[groups[number]].attribute))
        case ():
            return ("others",)
        case _:
            return ("shared",)
