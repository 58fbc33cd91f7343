"""A text becomes a query, by the grammar of RFC 9535, Appendix A."""

from __future__ import annotations

from collections.abc import Callable

from specloom.jsonpath.query import (
    AllOf,
    AnyOf,
    Argument,
    Call,
    Comparable,
    Comparison,
    Filter,
    Index,
    Literal,
    Logical,
    Malformed,
    Name,
    Not,
    Query,
    Segment,
    Selector,
    Slice,
    Wildcard,
)
from specloom.jsonpath.text import Reader, Wrong
from specloom.near import nearest
from specloom.shown import shown

LONGEST = 10_000
_DEEPEST = 30
"""Filters and parentheses within one another."""
_WAY = 100
"""Segments of one query."""
_WORDS = {"true": True, "false": False, "null": None}
_NODES, _VALUE, _LOGICAL = "nodes", "value", "logical"
FUNCTIONS = {
    "length": ((_VALUE,), _VALUE),
    "count": ((_NODES,), _VALUE),
    "value": ((_NODES,), _VALUE),
    "match": ((_VALUE, _VALUE), _LOGICAL),
    "search": ((_VALUE, _VALUE), _LOGICAL),
}
"""What each function takes, and what it returns (RFC 9535, section 2.4)."""


def parsed(text: str) -> Query | Malformed:
    """Return the query that a text is."""
    if len(text) > LONGEST:
        return Malformed(f"it has more than {LONGEST:,} characters", 0)
    reader = Reader(text)
    try:
        reader.need("$", "a path begins with `$`, the root of the document")
        query = Query(_segments(reader, 0))
        if not reader.is_done:
            raise reader.wrong("`.`, `..` or `[` is expected here")
    except Wrong as wrong:
        return Malformed(wrong.reason, wrong.at)
    return query


def _segments(reader: Reader, depth: int) -> tuple[Segment, ...]:
    if depth > _DEEPEST:
        raise reader.wrong(f"this is more than {_DEEPEST} filters and parentheses deep")
    found: list[Segment] = []
    while True:
        start = reader.at
        if len(found) > _WAY:
            raise reader.wrong(f"this is a path of more than {_WAY} segments")
        reader.blank()
        if reader.take(".."):
            found.append(Segment(_after_dots(reader, depth), deep=True))
        elif reader.take("."):
            found.append(Segment((_short(reader),)))
        elif reader.peek("["):
            found.append(Segment(_bracketed(reader, depth)))
        else:
            reader.at = start  # blanks end no query
            return tuple(found)


def _after_dots(reader: Reader, depth: int) -> tuple[Selector, ...]:
    return _bracketed(reader, depth) if reader.peek("[") else (_short(reader),)


def _short(reader: Reader) -> Selector:
    if reader.take("*"):
        return Wildcard()
    name = reader.name()
    if name is None:
        raise reader.wrong("a name or `*` is expected here")
    return Name(name)


def _bracketed(reader: Reader, depth: int) -> tuple[Selector, ...]:
    reader.need("[")
    found: list[Selector] = []
    while True:
        reader.blank()
        found.append(_selector(reader, depth))
        reader.blank()
        if not reader.take(","):
            reader.need("]")
            return tuple(found)


def _selector(reader: Reader, depth: int) -> Selector:
    if (name := reader.string()) is not None:
        return Name(name)
    if reader.take("*"):
        return Wildcard()
    if reader.take("?"):
        reader.blank()
        return Filter(_either(reader, depth + 1))
    start = reader.integer()
    after = reader.at
    reader.blank()
    if reader.take(":"):
        return _slice(reader, start)
    reader.at = after
    if start is None:
        raise reader.wrong("a name in quotes, a number, `*` or `?` is expected here")
    return Index(start)


def _slice(reader: Reader, start: int | None) -> Slice:
    reader.blank()
    stop = reader.integer()
    after = reader.at
    reader.blank()
    step = None
    if reader.take(":"):
        reader.blank()
        step = reader.integer()
    else:
        reader.at = after
    return Slice(start, stop, 1 if step is None else step)


def _either(reader: Reader, depth: int) -> Logical:
    parts = _listed(reader, depth, "||", _all)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _all(reader: Reader, depth: int) -> Logical:
    parts = _listed(reader, depth, "&&", _basic)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _listed(
    reader: Reader, depth: int, mark: str, part: Callable[[Reader, int], Logical]
) -> tuple[Logical, ...]:
    found = [part(reader, depth)]
    while True:
        after = reader.at
        reader.blank()
        if not reader.take(mark):
            reader.at = after
            return tuple(found)
        reader.blank()
        found.append(part(reader, depth))


def _basic(reader: Reader, depth: int) -> Logical:
    if depth > _DEEPEST:
        raise reader.wrong(f"this is more than {_DEEPEST} filters and parentheses deep")
    start = reader.at
    if reader.take("!"):
        reader.blank()
        return Not(_inner(reader, depth) if reader.peek("(") else _test(reader, depth, start))
    return _inner(reader, depth) if reader.peek("(") else _test(reader, depth, None)


def _inner(reader: Reader, depth: int) -> Logical:
    reader.need("(")
    reader.blank()
    found = _either(reader, depth + 1)
    reader.blank()
    reader.need(")")
    return found


def _test(reader: Reader, depth: int, negated: int | None) -> Logical:
    """Return a comparison, or a test that a query or a function is; `!` goes with a test only."""
    start = reader.at
    left = _operand(reader, depth)
    after = reader.at
    reader.blank()
    operator = reader.operator()
    if operator is not None:
        if negated is not None:
            raise Wrong("`!` stands before a test or parentheses, not before a comparison", negated)
        _check_comparable(left, start)
        reader.blank()
        begin = reader.at
        right = _operand(reader, depth)
        _check_comparable(right, begin)
        return Comparison(left, operator, right)
    reader.at = after
    match left:
        case Literal():
            raise Wrong("a value by itself is no condition: compare it", start)
        case Call(function=name) if FUNCTIONS[name][1] != _LOGICAL:
            raise Wrong(f"what `{name}()` returns is no condition: compare it", start)
        case _:
            return left


def _check_comparable(operand: Comparable, at: int) -> None:
    match operand:
        case Query() if not operand.is_singular:
            raise Wrong("what may select several nodes cannot be compared", at)
        case Call(function=name) if FUNCTIONS[name][1] != _VALUE:
            raise Wrong(f"`{name}()` is a condition, and no value to compare", at)
        case _:
            return


def _operand(reader: Reader, depth: int) -> Comparable:
    if (text := reader.string()) is not None:
        return Literal(text)
    if reader.take("@"):
        return Query(_segments(reader, depth + 1), relative=True)
    if reader.take("$"):
        return Query(_segments(reader, depth + 1))
    start = reader.at
    if (function := reader.function()) is not None:
        return _call(reader, function, start, depth)
    if (number := reader.number()) is not None:
        return Literal(number)
    if (word := reader.name()) in _WORDS:
        return Literal(_WORDS[word])
    reader.at = start
    raise reader.wrong("`@`, `$`, a value or a function is expected here")


def _call(reader: Reader, function: str, start: int, depth: int) -> Call:
    if function not in FUNCTIONS:
        near = nearest(function, FUNCTIONS)
        hint = f": did you mean `{near}`?" if near else ""
        raise Wrong(f"there is no function `{shown(function)}`{hint}", start)
    kinds, _ = FUNCTIONS[function]
    found: list[Argument] = []
    reader.need("(")
    reader.blank()
    while not reader.peek(")"):
        if found:
            reader.need(",")
            reader.blank()
        begin = reader.at
        argument = _operand(reader, depth + 1)
        if len(found) < len(kinds):
            _check_argument(argument, kinds[len(found)], begin)
        found.append(argument)
        reader.blank()
    if len(found) != len(kinds):
        raise Wrong(f"`{function}()` takes {len(kinds)} argument(s), not {len(found)}", start)
    reader.need(")")
    return Call(function, tuple(found))


def _check_argument(argument: Argument, kind: str, at: int) -> None:
    """Raise Wrong for an argument that is not well-typed (RFC 9535, section 2.4.3)."""
    if kind == _VALUE:
        _check_comparable(argument, at)
    elif not isinstance(argument, Query):
        raise Wrong("a query is expected here", at)
