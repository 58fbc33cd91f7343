"""Definitions in modules: no circles, moderate lengths, and what was somewhere stays there."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.components import components
from specloom.partition import Node, Part, partition

Edges = Mapping[str, tuple[str, ...]]
Groups = tuple[frozenset[str], ...]
SIZE, LIMIT = 10, 40


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Edges, Groups]:
    keys = [f"t{number}" for number in range(draw(st.integers(1, 24)))]
    some = st.lists(st.sampled_from(keys), max_size=3, unique=True).map(tuple)
    edges = {key: draw(some) for key in keys}
    return edges, tuple(frozenset(draw(some)) for _ in range(draw(st.integers(0, 4))))


def nodes(edges: Edges, groups: Groups, before: Mapping[str, str]) -> dict[str, Node]:
    users: dict[str, set[int]] = {key: set() for key in edges}
    for number, group in enumerate(groups):
        pending = list(group)
        while pending:
            key = pending.pop()
            if number not in users[key]:
                users[key].add(number)
                pending += edges[key]
    return {
        key: Node(needs=needs, size=SIZE, users=frozenset(users[key]), before=before.get(key))
        for key, needs in edges.items()
    }


def named(parts: tuple[Part, ...]) -> dict[str, str]:
    """Return the module of each member, as the lock remembers it."""
    return {key: p.name or f"m{number}" for number, p in enumerate(parts) for key in p.members}


def check(edges: Edges, parts: tuple[Part, ...]) -> None:
    """See that everything is in one module, and needs nothing of a later one."""
    at = {key: number for number, part in enumerate(parts) for key in part.members}
    assert sorted(key for part in parts for key in part.members) == sorted(edges)
    for key, needs in edges.items():
        assert all(at[need] <= at[key] for need in needs)


@given(graphs())
def test_modules_make_no_circle_and_are_of_moderate_length(graph: tuple[Edges, Groups]) -> None:
    edges, groups = graph
    parts = partition(nodes(edges, groups, {}), LIMIT)
    check(edges, parts)
    circles = {frozenset(circle) for circle in components(edges)}
    for part in parts:
        assert len(part.members) * SIZE <= LIMIT or frozenset(part.members) in circles
    # what one group alone reaches is nowhere else
    for part in parts:
        users = {nodes(edges, groups, {})[key].users for key in part.members}
        assert len(users) == 1 or all(len(one) > 1 for one in users)


@given(graphs())
def test_what_has_not_changed_stays_where_it_was(graph: tuple[Edges, Groups]) -> None:
    edges, groups = graph
    before = named(partition(nodes(edges, groups, {}), LIMIT))
    # nor is anything merged back, however much a module might hold now
    again = partition(nodes(edges, groups, before), 1000 * LIMIT)
    check(edges, again)
    assert named(again) == before


@given(graphs(), st.data())
def test_a_new_type_and_a_new_mention_make_no_circle(
    graph: tuple[Edges, Groups], data: st.DataObject
) -> None:
    edges, groups = graph
    before = named(partition(nodes(edges, groups, {}), LIMIT))
    keys = st.sampled_from(sorted(edges))
    owner, needed = data.draw(keys), data.draw(keys)
    more = {**edges, "new": (needed,), owner: tuple(dict.fromkeys((*edges[owner], "new")))}
    check(more, partition(nodes(more, groups, before), LIMIT))


def test_what_moves_is_what_is_mentioned_not_who_mentions_it() -> None:
    edges: dict[str, tuple[str, ...]] = {"leaf": (), "core": ("leaf",), "a": ("core",)}
    edges |= {"b": ("core",), "own": (), "a2": ("a", "own")}
    groups = (frozenset({"a2"}), frozenset({"b"}))
    before = {"leaf": "shared", "core": "shared", "a": "a", "a2": "a", "own": "a", "b": "b"}
    same = partition(nodes(edges, groups, before), LIMIT)
    assert named(same) == before
    # the core of it all mentions what was one group's own: that moves, and nothing else
    edges["core"] = ("leaf", "own")
    moved = partition(nodes(edges, groups, before), LIMIT)
    check(edges, moved)
    assert named(moved) == before | {"own": "shared"}


def test_a_new_group_gets_a_module_and_moves_nothing() -> None:
    edges: Edges = {"x": (), "y": (), "z": ("x",), "w": ("y",)}
    groups = (frozenset({"z"}), frozenset({"y"}))
    before = named(partition(nodes({k: edges[k] for k in "xyz"}, groups, {}), LIMIT))
    parts = partition(nodes(edges, (*groups, frozenset({"w"})), before), LIMIT)
    assert {key: name for key, name in named(parts).items() if key != "w"} == before
    (new,) = (part for part in parts if part.name is None)
    assert (new.members, new.users, new.is_only) == (("w",), frozenset({2}), True)


@settings(max_examples=50)
@given(graphs())
def test_components_are_what_reaches_itself(graph: tuple[Edges, Groups]) -> None:
    edges, _ = graph

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        pending = [start]
        while pending:
            key = pending.pop()
            if key not in found:
                found.add(key)
                pending += edges[key]
        return found

    seen: set[str] = set()
    for component in components(edges):
        seen.update(component)
        for key in component:
            assert set(component) == {other for other in reached(key) if key in reached(other)}
            assert reached(key) <= seen
    assert seen == set(edges)


def test_a_long_chain_is_no_recursion() -> None:
    edges = {f"t{n}": (f"t{n + 1}",) for n in range(20_000)} | {"t20000": ()}
    assert sum(1 for _ in components(edges)) == 20_001
