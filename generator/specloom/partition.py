"""Definitions put into modules of moderate length that never import in a circle.

Modules stand in an order in which each needs only those before it. What was in a module before
stays there as long as that makes no circle; where it would, what is mentioned moves to the module
that mentions it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from specloom.components import components


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    needs: tuple[str, ...]
    """What it mentions, by key."""
    size: int
    """In lines."""
    users: frozenset[int]
    """The groups of operations that reach it, by number. They reach what it needs as well."""
    before: str | None = None
    """The module that it was in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A module."""

    name: str | None
    """None: it is new."""
    users: frozenset[int]
    """The group that it is for; empty where there is none, two where there are several."""
    members: tuple[str, ...]
    """In the order of the nodes."""
    is_only: bool
    """Whether no other module is for the same."""


@dataclass(frozen=True, slots=True)
class _Component:
    members: tuple[str, ...]
    needs: tuple[int, ...]
    size: int
    users: frozenset[int]
    before: str | None


@dataclass(slots=True, eq=False)
class _Module:
    name: str | None
    users: frozenset[int]
    size: int = 0
    at: int = 0
    """Its place among the others."""
    held: list[int] = field(default_factory=list[int])


def partition(nodes: Mapping[str, Node], limit: int) -> tuple[Part, ...]:
    """Return the modules of `nodes`, each after those that it needs.

    One is longer than `limit` only if a circle is, or if it was so before.
    """
    found = tuple(_components(nodes))
    modules = [module for module in _Shelf(found, limit).filled() if module.held]
    order = {key: number for number, key in enumerate(nodes)}
    counts = Counter(module.users for module in modules)
    return tuple(
        Part(
            name=module.name,
            users=module.users,
            members=tuple(
                sorted((k for c in module.held for k in found[c].members), key=order.__getitem__)
            ),
            is_only=counts[module.users] == 1,
        )
        for module in modules
    )


_SEVERAL = frozenset((-2, -1))
"""No groups, but a mark for more than one: what several share is not split by who they are."""


def _components(nodes: Mapping[str, Node]) -> Iterator[_Component]:
    """Yield what stays together: what is mentioned before what mentions it."""
    homes: dict[str, int] = {}
    for number, members in enumerate(components({key: n.needs for key, n in nodes.items()})):
        homes |= dict.fromkeys(members, number)
        needs = dict.fromkeys(homes[of] for key in members for of in nodes[key].needs)
        needs.pop(number, None)
        users = frozenset[int]().union(*(nodes[key].users for key in members))
        yield _Component(
            members=members,
            needs=tuple(needs),
            size=sum(nodes[key].size for key in members),
            users=users if len(users) < 2 else _SEVERAL,
            before=_most((nodes[key].before, nodes[key].size) for key in members),
        )


def _most(votes: Iterable[tuple[str | None, int]]) -> str | None:
    counts: Counter[str] = Counter()
    for name, size in votes:
        if name is not None:
            counts[name] += size
    return counts.most_common(1)[0][0] if counts else None


class _Shelf:
    """Modules in order: what is put into one never needs what stands in a later one."""

    def __init__(self, found: Sequence[_Component], limit: int) -> None:
        self._found = found
        self._limit = limit
        self._modules = list(_known(found))
        self._named = {module.name: module for module in self._modules}
        self._number()

    def filled(self) -> list[_Module]:
        """Return the modules with all components in them."""
        floors = self._floors()
        ceilings: dict[int, _Module] = {}
        # who mentions something has its place first: what it mentions may not stand later
        for number in reversed(range(len(self._found))):
            component = self._found[number]
            own = self._home(component, floors[number], ceilings.get(number))
            own.held.append(number)
            for need in component.needs:
                if need not in ceilings or own.at < ceilings[need].at:
                    ceilings[need] = own
        return self._modules

    def _floors(self) -> list[_Module | None]:
        """Return, for each component, the last of the old modules that it needs something of."""
        floors: list[_Module | None] = []
        for component in self._found:
            homes = (self._named.get(self._found[n].before) or floors[n] for n in component.needs)
            known = [home for home in homes if home is not None]
            floors.append(max(known, key=lambda module: module.at, default=None))
        return floors

    def _home(
        self, component: _Component, floor: _Module | None, ceiling: _Module | None
    ) -> _Module:
        highest = len(self._modules) if ceiling is None else ceiling.at
        before = self._named.get(component.before)
        if before is not None and before.at <= highest:
            return before
        if before is not None:
            before.size -= component.size
        lowest = 0 if floor is None else floor.at
        home = self._with_room(component, lowest, highest)
        if home is None and ceiling is not None and lowest >= ceiling.at and floor is not None:
            home = ceiling
        home = home or self._new(component, highest)
        home.size += component.size
        return home

    def _with_room(self, component: _Component, lowest: int, highest: int) -> _Module | None:
        """Return the newest of the modules that a component fits into."""
        fitting = [
            module
            for module in self._modules
            if lowest <= module.at <= highest
            and module.users == component.users
            and module.size + component.size <= self._limit
        ]
        return next((module for module in fitting if module.name is None), (*fitting, None)[0])

    def _new(self, component: _Component, at: int) -> _Module:
        module = _Module(None, component.users)
        self._modules.insert(at, module)
        self._number()
        return module

    def _number(self) -> None:
        for at, module in enumerate(self._modules):
            module.at = at


def _known(found: Sequence[_Component]) -> Iterator[_Module]:
    """Return the modules that there were, each after those that it needs, as far as can be."""
    modules: dict[str, _Module] = {}
    largest: dict[str, int] = {}
    needs: dict[str, Counter[str]] = {}
    for component in found:
        if (name := component.before) is None:
            continue
        module = modules.setdefault(name, _Module(name, component.users))
        module.size += component.size
        if component.size > largest.get(name, 0):
            largest[name], module.users = component.size, component.users
        homes = (found[number].before for number in component.needs)
        needs.setdefault(name, Counter()).update(h for h in homes if h is not None and h != name)
    for names in components({name: tuple(counts) for name, counts in needs.items()}):
        yield from (modules[name] for name in _unwound(names, needs))


def _unwound(names: tuple[str, ...], needs: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Return modules that need each other in an order in which little is needed of later ones."""
    left = list(names)
    while left:
        best = min(left, key=lambda name: sum(needs[name][other] for other in left))
        left.remove(best)
        yield best
