"""Statements are broken as black breaks them: black has nothing to say about the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.code import Code
from specloom.python.layout import Alternatives, Declaration, Doc, Group, block, flat, lines

from .statements import BODY, FIELD, INDENT, SUITE, TOP, group, module

names = st.text("abcdegh", min_size=1, max_size=28).map(Code)
strings = names.map(lambda name: Code(f'"{name}"'))
types = names.map(lambda name: Code(name.title())) | names.map(
    lambda name: Code(f"dict[str, {name.title()}]")
)
atoms = names | strings | st.sampled_from([Code("None"), Code("-1"), Code("a.b")])


def alternatives(head: str, variants: Iterable[str], tail: str = "") -> Alternatives:
    return Alternatives(Code(head), tuple(map(Code, variants)), Code(tail))


def headed(head: str, doc: Doc, tail: str = "") -> Doc:
    if isinstance(doc, str):
        return Code(f"{head}{doc}{tail}")
    return replace(doc, head=Code(head + doc.head), tail=Code(doc.tail + tail))


def several(docs: st.SearchStrategy[Doc], least: int = 0) -> st.SearchStrategy[list[Doc]]:
    return st.lists(docs, min_size=least, max_size=5)


@st.composite
def dicts(draw: st.DrawFn, docs: st.SearchStrategy[Doc]) -> Doc:
    pairs = st.tuples(strings, docs).map(lambda pair: headed(f"{pair[0]}: ", pair[1]))
    return group("{", draw(several(pairs)), "}", display=True)


@st.composite
def calls(draw: st.DrawFn, docs: st.SearchStrategy[Doc], least: int = 0) -> Doc:
    named = st.tuples(names, docs).map(lambda pair: headed(f"{pair[0]}=", pair[1]))
    arguments = [*draw(several(docs, least)), *draw(several(named))]
    return group(f"{draw(names)}(", arguments, ")")


@st.composite
def displays(draw: st.DrawFn, docs: st.SearchStrategy[Doc]) -> Doc:
    opening, closing = draw(st.sampled_from([("(", ")"), ("[", "]")]))
    return group(opening, draw(several(docs, 1)), closing, display=True)


unions = st.lists(types, min_size=2, max_size=6).map(lambda some: alternatives("", some))
notes: st.SearchStrategy[Doc] = st.recursive(
    types | unions | several(strings, 1).map(lambda some: group("Literal[", some, "]")),
    lambda inner: inner.map(lambda one: group("list[", [one], "]"))
    | inner.map(lambda one: group("dict[", [Code("str"), one], "]")),
    max_leaves=3,
)
broken = notes.map(lambda doc: alternatives("", [doc]) if isinstance(doc, str) else doc)
exprs: st.SearchStrategy[Doc] = st.recursive(
    atoms | unions,
    lambda inner: calls(inner) | displays(inner) | dicts(inner),
    max_leaves=12,
)
values = calls(exprs, 1) | displays(exprs) | dicts(exprs).filter(lambda doc: flat(doc) != "{}")
ends = st.sampled_from(["", " = UNSET", " = ()"]) | strings.map(lambda one: f" = {one}")


@st.composite
def parameters(draw: st.DrawFn) -> Doc:
    return headed(f"{draw(names)}: ", draw(broken), draw(ends))


@st.composite
def signatures(draw: st.DrawFn) -> Doc:
    head = draw(st.sampled_from(["def ", "async def "])) + draw(names)
    tail = draw(st.sampled_from(["None", "Page", "Page[Item]"]))
    items = [Code("self"), *draw(st.sampled_from([[], [Code("*")]]))]
    return group(f"{head}(", [*items, *draw(several(parameters(), 1))], f") -> {tail}:", comma=True)


@st.composite
def fields(draw: st.DrawFn) -> Doc | Declaration:
    annotation = headed(f"{draw(names)}: ", draw(broken))
    assert not isinstance(annotation, str)
    value = draw(values.filter(lambda one: not flat(one).endswith(",)")) | ends.map(Code))
    if isinstance(value, Group):
        return Declaration(annotation, value)
    assert isinstance(value, str)
    return replace(annotation, tail=Code(annotation.tail + value))


imports = st.lists(names, min_size=1, max_size=8, unique=True).map(
    lambda some: group("from .m import (", some, ")", display=True, comma=True)
)
aliases = st.tuples(names, broken).map(lambda pair: headed(f"{pair[0]}: TypeAlias = ", pair[1]))
heads = st.sampled_from(["return ", "return await ", "x = ", "_ALL: dict[str, X] = "])
statements: st.SearchStrategy[tuple[str, Doc | Declaration]] = st.one_of(
    st.tuples(st.just(BODY), st.builds(headed, heads, values)),
    st.tuples(st.just(BODY), calls(exprs, 1).map(lambda doc: headed("raise ", doc, " from None"))),
    st.tuples(st.just(SUITE), calls(exprs, 1).map(lambda doc: headed("if ", doc, ":"))),
    st.tuples(st.just(TOP), aliases | imports),
    st.tuples(st.just(FIELD), fields()),
    st.tuples(st.just(SUITE), signatures()),
)


@settings(deadline=None, max_examples=250)
@given(statements)
def test_black_leaves_any_statement(statement: tuple[str, Doc | Declaration]) -> None:
    source = module(*statement)
    assert black.format_str(source, mode=black.Mode()) == source


def whole(doc: Doc) -> Doc:
    """Return a signature, an import or a block with its items in one piece, all else as one."""
    if isinstance(doc, Group) and (doc.comma or doc.tail.endswith((":", "None"))):
        return replace(doc, items=tuple(map(flat, doc.items)))
    return flat(doc)


@settings(deadline=None, max_examples=250)
@given(statements)
def test_black_leaves_what_comes_in_one_piece(
    statement: tuple[str, Doc | Declaration],
) -> None:
    place, doc = statement
    if isinstance(doc, Declaration):
        source = module(place, replace(doc, value=flat(doc.value)))
    else:
        source = module(place, whole(doc))
    assert black.format_str(source, mode=black.Mode()) == source


@settings(deadline=None)
@given(statements, st.sampled_from([0, 4, 8]))
def test_lines_block_and_flat_say_the_same(
    statement: tuple[str, Doc | Declaration], indent: int
) -> None:
    _, doc = statement
    laid_out = lines(doc, indent)
    assert all(type(line) is Code and line.startswith(" " * indent) for line in laid_out)
    assert " " * indent + block(doc, indent) == "\n".join(laid_out)
    assert (len(laid_out) == 1) or len(" " * indent + flat(doc)) > 88


LONG = "a" * 30
SHAPES: list[tuple[str, Doc | Declaration, str]] = [
    (FIELD, alternatives("sub: ", ["A", "B"], " = UNSET"), "sub: A | B = UNSET"),
    (
        FIELD,
        alternatives(f"{LONG}: ", [LONG, LONG], " = UNSET"),
        f"{LONG}: (\n        {LONG} | {LONG}\n    ) = UNSET",
    ),
    (
        FIELD,
        alternatives(f"{LONG}: ", [LONG, "B"], f' = "{LONG}"'),
        f'{LONG}: {LONG} | B = (\n        "{LONG}"\n    )',
    ),
    (
        FIELD,
        Declaration(
            alternatives(f"{LONG}: ", [LONG, "B"]),
            group("field(", [Code("default=UNSET"), Code("repr=False")], ")"),
        ),
        f"{LONG}: {LONG} | B = field(\n        default=UNSET, repr=False\n    )",
    ),
    (
        SUITE,
        group("def f(", [Code("self"), alternatives("x: ", [LONG] * 3)], ") -> None:", comma=True),
        f"def f(\n        self,\n        x: (\n            {LONG}\n            | {LONG}\n"
        f"            | {LONG}\n        ),\n    ) -> None:",
    ),
    (BODY, group("x = (", [Code("a")], ")", display=True), "x = (a,)"),
    (
        BODY,
        group("x = f(", [group("(", [Code(LONG * 3)], ")", display=True)], ")"),
        f"x = f(\n        (\n            {LONG * 3},\n        )\n    )",
    ),
    (
        BODY,
        group("x = f(", [group("y=g(", [Code(LONG)] * 3, ")"), Code("z=1")], ")"),
        f"x = f(\n        y=g(\n            {LONG},\n            {LONG},\n            {LONG},\n"
        "        ),\n        z=1,\n    )",
    ),
    (BODY, alternatives("return ", [f'"{LONG * 3}"']), f'return "{LONG * 3}"'),
    (
        BODY,
        alternatives("return ", [f'"{LONG * 2}{"b" * 16}"']),
        f'return (\n        "{LONG * 2}{"b" * 16}"\n    )',
    ),
    (
        TOP,
        group("from m import (", [Code("a"), Code("b")], ")", display=True, comma=True),
        "from m import a, b",
    ),
    (
        TOP,
        group("from m import (", [Code(LONG * 3)], ")", display=True, comma=True),
        f"from m import (\n    {LONG * 3},\n)",
    ),
    (BODY, group("f(", [], ")"), "f()"),
    (
        FIELD,
        Declaration(
            group(f"{LONG}: A[", [Code(LONG), Code(LONG)], "]"),
            group("field(", [Code(f"a={LONG}"), Code(f"b={LONG}, c=12345")], ")"),
        ),
        f"{LONG}: A[\n        {LONG}, {LONG}\n    ] = field("
        f"\n        a={LONG}, b={LONG}, c=12345\n    )",
    ),
    (BODY, Code("pass"), "pass"),
]


@pytest.mark.parametrize(("place", "doc", "expected"), SHAPES)
def test_shapes(place: str, doc: Doc | Declaration, expected: str) -> None:
    assert block(doc, INDENT[place]) == expected
    source = module(place, doc)
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize(
    "statement",
    [
        f"for x in {LONG} | {LONG} | {LONG}:",
        f"def {LONG}(self, {LONG}) -> {LONG} | None:",
        f"def {LONG}(self, {LONG}) -> {LONG}: ...",
        f"else: {LONG}{LONG}{LONG}",
        f"{LONG}, {LONG}, {LONG} = f(x)",
        f"x = f({LONG}, {LONG},).g(1, {LONG})",
        f"*args: {LONG} | {LONG} | {LONG}",
        f"x = ({LONG}{LONG} + {LONG}{LONG})",
    ],
)
def test_a_statement_that_is_not_read_is_left(statement: str) -> None:
    assert block(Code(statement), 0) == statement


@pytest.mark.parametrize("length", range(78, 94))
@pytest.mark.parametrize("end", ["", " = UNSET", ' = "x"'])
def test_every_length_around_the_limit(length: int, end: str) -> None:
    annotation = Code("b" * (length - 20))
    docs: list[tuple[str, Doc | Declaration]] = [
        (FIELD, alternatives("name: ", [annotation, "None"], end)),
        (FIELD, alternatives("name: ", [annotation], end)),
        (FIELD, group("name: list[", [annotation], f"]{end}")),
        (
            FIELD,
            Declaration(alternatives("name: ", [annotation]), group("field(", [Code("a=1")], ")")),
        ),
        (
            BODY,
            group(
                "return f(",
                [annotation, Code(f"x{end.strip(' ') or '=1'}".replace("= ", "="))],
                ")",
            ),
        ),
        (
            SUITE,
            group(
                "def f(",
                [Code("self"), alternatives("x: ", [annotation, "None"], end)],
                ") -> None:",
                comma=True,
            ),
        ),
        (
            SUITE,
            group("def f(", [alternatives("x: ", [annotation], end)], ") -> None:", comma=True),
        ),
    ]
    for place, doc in docs:
        source = module(place, doc)
        assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize(
    "items", [[], ["x=1"], ["x=1", f"y={'b' * 70}"], ["x=1", f'y="{"b" * 90}"']]
)
@pytest.mark.parametrize("callee", [5, 40, 60, 79, 80, 83, 84, 90])
@pytest.mark.parametrize("target", [None, 20, 77, 78, 81, 82, 90])
def test_a_call_whose_bracket_is_beyond_the_line(
    items: list[str], callee: int, target: int | None
) -> None:
    head = "return " if target is None else f"{'X' * target} = "
    doc = group(f"{head}{'m' * callee}(", [Code(item) for item in items], ")")
    source = module(BODY, doc)
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("values", [["a"] * 12, ["b" * 20] * 6, ["c" * 30] * 2, ["d" * 80]])
@pytest.mark.parametrize("name", [1, 20, 27, 30, 60])
def test_a_signature_that_returns_what_no_line_holds(values: list[str], name: int) -> None:
    returned = ", ".join(f'"{value}{number}"' for number, value in enumerate(values))
    items = [Code("value: object"), Code("*"), Code("strict: bool = False")]
    doc = group(f"def {'f' * name}(", items, f") -> Literal[{returned}]:", comma=True)
    source = module(SUITE, doc)
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("returned", [10, 30, 60, 90])
@pytest.mark.parametrize("name", [10, 30, 60, 77, 90])
def test_a_signature_without_parameters(returned: int, name: int) -> None:
    doc = group(f"def {'f' * name}(", [], f") -> Call[{'R' * returned}]:", comma=True)
    source = module(SUITE, doc)
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("quoted", [20, 60, 80, 90, 120])
@pytest.mark.parametrize("name", [1, 30, 60])
def test_an_alias_of_a_text(quoted: int, name: int) -> None:
    doc = alternatives(f"{'N' * name}: TypeAlias = ", [Code(f'"list[{"x" * quoted}]"')])
    source = module(TOP, doc)
    assert black.format_str(source, mode=black.Mode()) == source
