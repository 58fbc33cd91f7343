"""What a query selects of a tree, in the order of RFC 9535, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard, assert_never

from specloom.jsonpath.compare import Nothing, Value, compared
from specloom.jsonpath.query import (
    AllOf,
    AnyOf,
    Call,
    Comparable,
    Comparison,
    Filter,
    Index,
    Literal,
    Logical,
    Name,
    Not,
    Query,
    Segment,
    Selector,
    Slice,
    Wildcard,
)
from specloom.jsonpath.steps import Steps, Undecided
from specloom.patterns import Pattern, takes
from specloom.shown import shown
from specloom.values import Tree

__all__ = ["Found", "select"]

_LETTERS = 16
"""Of a text that is held against a pattern, for one step."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A node of the tree. Its way is spelled only where it is asked for: most are passed by."""

    value: Tree
    parent: Found | None = None
    token: str | int = ""

    @property
    def tokens(self) -> tuple[str | int, ...]:
        """The way from the root."""
        tokens: list[str | int] = []
        node = self
        while node.parent is not None:
            tokens.append(node.token)
            node = node.parent
        return tuple(reversed(tokens))


def select(query: Query, tree: Tree, steps: Steps) -> tuple[Found, ...]:
    """Return the nodes that a query selects, each once, in its order.

    Raises Exhausted and Undecided.
    """
    root = Found(tree)
    found = {node.tokens: node for node in _run(query, root, root, steps)}
    return tuple(found.values())


def _run(query: Query, root: Found, current: Found, steps: Steps) -> Iterator[Found]:
    nodes: Iterator[Found] = iter((current if query.relative else root,))
    for segment in query.segments:
        nodes = _segment(segment, nodes, root, steps)
    return nodes


def _segment(
    segment: Segment, nodes: Iterator[Found], root: Found, steps: Steps
) -> Iterator[Found]:
    for node in nodes:
        for one in _below(node, steps) if segment.deep else (node,):
            for selector in segment.selectors:
                yield from _selected(selector, one, root, steps)


def _below(node: Found, steps: Steps) -> Iterator[Found]:
    """Return a node and all below it, parents first and in the order of the document."""
    pending = [node]
    while pending:
        one = pending.pop()
        yield one
        pending.extend(reversed(tuple(_children(one, steps))))


def _children(node: Found, steps: Steps) -> Iterator[Found]:
    match node.value:
        case None | bool() | int() | float() | str():
            steps.spend(1)
        case Mapping():
            steps.spend(1 + len(node.value))
            for key, value in node.value.items():
                yield Found(value, node, key)
        case _:
            steps.spend(1 + len(node.value))
            for index, value in enumerate(node.value):
                yield Found(value, node, index)


def _selected(selector: Selector, node: Found, root: Found, steps: Steps) -> Iterator[Found]:
    steps.spend(1)
    value = node.value
    match selector:
        case Name(name):
            if isinstance(value, Mapping) and name in value:
                yield Found(value[name], node, name)
        case Wildcard():
            yield from _children(node, steps)
        case Index(index):
            if _is_list(value) and -len(value) <= index < len(value):
                yield Found(value[index], node, index % len(value))
        case Slice(start, stop, step):
            if _is_list(value) and step:
                chosen = range(*slice(start, stop, step).indices(len(value)))
                steps.spend(len(chosen))
                for index in chosen:
                    yield Found(value[index], node, index)
        case Filter(holds):
            for child in _children(node, steps):
                if _holds(holds, root, child, steps):
                    yield child
        case _:
            assert_never(selector)


def _is_list(value: Tree) -> TypeGuard[Sequence[Tree]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _holds(logical: Logical, root: Found, node: Found, steps: Steps) -> bool:
    steps.spend(1)
    match logical:
        case AllOf(parts):
            return all(_holds(part, root, node, steps) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, root, node, steps) for part in parts)
        case Not(part):
            return not _holds(part, root, node, steps)
        case Comparison(left, operator, right):
            value, other = (_value(one, root, node, steps) for one in (left, right))
            return compared(value, operator, other, steps)
        case Query():
            return next(_run(logical, root, node, steps), None) is not None
        case Call(function, arguments):
            text, pattern = (_value(one, root, node, steps) for one in arguments)
            return _fits(text, pattern, steps, whole=function == "match")
        case _:
            assert_never(logical)


def _value(operand: Comparable, root: Found, node: Found, steps: Steps) -> Value:
    match operand:
        case Literal(value):
            return value
        case Query():
            found = next(_run(operand, root, node, steps), None)
            return Nothing.NOTHING if found is None else found.value
        case Call(function, (argument,)):
            if function == "length":
                return _length(_value(argument, root, node, steps))
            assert isinstance(argument, Query), "the parser gives it nodes"
            nodes = tuple(_run(argument, root, node, steps))
            if function == "count":
                return len(nodes)
            return nodes[0].value if len(nodes) == 1 else Nothing.NOTHING
        case _:
            raise AssertionError("the parser gives it one argument")


def _length(value: Value) -> Value:
    """RFC 9535, section 2.4.4: of a text in characters."""
    match value:
        case str() | list() | Mapping():
            return len(value)
        case _:
            return Nothing.NOTHING


def _fits(text: Value, pattern: Value, steps: Steps, *, whole: bool) -> bool:
    """Return whether a pattern (RFC 9485) fits a text, or some part of it.

    Raises Exhausted, and Undecided where that cannot be decided.
    """
    if not isinstance(text, str) or not isinstance(pattern, str):
        return False
    steps.spend(1 + len(text) * len(pattern) // _LETTERS)
    found = takes(Pattern(f"^(?:{pattern})$" if whole else pattern), text)
    if found is None:
        raise Undecided(f"the pattern `{shown(pattern)}` cannot be decided")
    return found
