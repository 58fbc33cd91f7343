"""Statements of names of all lengths are broken as black breaks them, beyond the line as well."""

from __future__ import annotations

from dataclasses import replace

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.code import Code
from specloom.python.codecs.conditions import having, unless
from specloom.python.layout import Alternatives, Conditional, Declaration, Doc, Group, block, flat
from specloom.python.layout.width import LIMIT

from .statements import BODY, FIELD, INDENT, SUITE, TOP, group, module

LONGEST = 95


def named(letter: str, most: int = 40) -> st.SearchStrategy[Code]:
    return st.integers(1, most).map(lambda length: Code(letter * length))


def quoted(letter: str, most: int = 40) -> st.SearchStrategy[Code]:
    return named(letter, most).map(lambda name: Code(f'"{name}"'))


def several(
    of: st.SearchStrategy[Code], least: int, most: int
) -> st.SearchStrategy[tuple[Code, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


listed: st.SearchStrategy[Doc] = several(quoted("v"), 1, 5).map(
    lambda values: group("Literal[", values, "]")
)
subscripts: st.SearchStrategy[Doc] = (
    named("T").map(lambda one: group("list[", (one,), "]"))
    | named("T").map(lambda one: group("dict[", (Code("str"), one), "]"))
    | listed
)
unions: st.SearchStrategy[Doc] = several(named("T"), 1, 4).map(
    lambda some: Alternatives(Code(""), some)
)
opened: st.SearchStrategy[Doc] = st.tuples(
    listed.map(flat), st.sampled_from(["Unset", "Unknown"]).map(Code)
).map(lambda pair: Alternatives(Code(""), pair))
notes: st.SearchStrategy[Doc] = subscripts | unions | opened
arguments = several(named("v"), 1, 4)
values: st.SearchStrategy[Doc] = (
    named("v", LONGEST)
    | quoted("s", LONGEST)
    | st.tuples(named("f", LONGEST), arguments).map(lambda one: group(f"{one[0]}(", one[1], ")"))
    | several(quoted("k", LONGEST).map(lambda key: Code(f"{key}: 1")), 1, 4).map(
        lambda pairs: group("{", pairs, "}", display=True)
    )
    | arguments.map(lambda some: group("[", some, "]", display=True))
    | st.just(Code("f()"))
)
targets = named("n", LONGEST).map(lambda name: f"{name} = ") | quoted("n", LONGEST).map(
    lambda name: f"out[{name}] = "
)


def after(head: str, doc: Doc) -> Group | Alternatives:
    if isinstance(doc, str):
        return Alternatives(Code(head), (doc,))
    return replace(doc, head=Code(head + doc.head))


@st.composite
def declared(draw: st.DrawFn) -> Doc | Declaration:
    """Return a name with its annotation, and perhaps a value: said as such, or in its head."""
    annotation, value = draw(notes), draw(values | st.none())
    name = draw(named("n", LONGEST))
    if value is None:
        return after(f"{name}: ", annotation)
    if draw(st.booleans()):
        return Declaration(after(f"{name}: ", annotation), value)
    return after(f"{name}: {flat(annotation)} = ", value)


aliases = st.tuples(named("N", LONGEST), unions | subscripts).map(
    lambda pair: after(f"{pair[0]}: TypeAlias = ", pair[1])
)
conditions = named("n", LONGEST).map(lambda name: unless(name, Code("UNSET"))) | quoted(
    "n", LONGEST
).map(lambda name: having(name, Code("members")))
classes = named("N", LONGEST).map(lambda name: group(f"class {name}(", (Code("Group[S]"),), "):"))


@st.composite
def signatures(draw: st.DrawFn) -> Doc:
    given_ = draw(st.sampled_from([(), ("self",), ("value: object", "*", "strict: bool = False")]))
    head, returned = draw(named("n", LONGEST)), flat(draw(notes))
    return group(f"def {head}(", map(Code, given_), f") -> {returned}:", comma=True)


statements: st.SearchStrategy[tuple[str, Doc | Declaration]] = (
    st.tuples(st.sampled_from([TOP, FIELD]), declared())
    | st.tuples(st.sampled_from([TOP, FIELD]), st.builds(after, targets, values))
    | st.tuples(st.just(TOP), aliases)
    | st.tuples(st.just(SUITE), conditions | classes | signatures())
)


@settings(deadline=None, max_examples=500)
@given(statements)
def test_black_leaves_a_statement_of_any_length(statement: tuple[str, Doc | Declaration]) -> None:
    source = module(*statement)
    assert black.format_str(source, mode=black.Mode()) == source


LONG = "n" * 76
MEMBER = "n" * 64
SHAPES: list[tuple[str, Doc | Declaration, str]] = [
    (
        TOP,
        after(f"{LONG}: dict[str, Json] = ", group("{", (Code('"a": 1'),), "}", display=True)),
        f'{LONG}: dict[\n    str, Json\n] = {{"a": 1}}',
    ),
    (
        TOP,
        after(f"{LONG}nnnnnn: dict[str, J] = ", group("{", (Code('"a": 1'),), "}", display=True)),
        f'{LONG}nnnnnn: (\n    dict[str, J]\n) = {{\n    "a": 1\n}}',
    ),
    (TOP, after(f"{LONG}: TypeAlias = ", Code("Json")), f"{LONG}: (\n    TypeAlias\n) = Json"),
    (
        TOP,
        after(f"{LONG}: TypeAlias = ", Alternatives(Code(""), (Code("A"), Code("B")))),
        f"{LONG}: (\n    TypeAlias\n) = (A | B)",
    ),
    (
        FIELD,
        after(f"{LONG}: ", group("Literal[", (Code('"a"'),), "]")),
        f'{LONG}: (\n        Literal["a"]\n    )',
    ),
    (FIELD, after(f"out.{LONG} = ", Code("UNSET")), f"out.{LONG} = (\n        UNSET\n    )"),
    (
        FIELD,
        after(f'out["{MEMBER}"] = ', group("nested.write(", (Code("a"), Code("b")), ")")),
        f'out["{MEMBER}"] = (\n        nested.write(a, b)\n    )',
    ),
    (
        SUITE,
        unless(Code(LONG), Code("UNSET")),
        f"if (\n        {LONG}\n        is not UNSET\n    ):",
    ),
    (
        SUITE,
        having(Code(f'"{MEMBER}"'), Code("of_all_members")),
        f'if (\n        "{MEMBER}"\n        in of_all_members\n    ):',
    ),
    (
        SUITE,
        group("def f(", (Code("self"),), f") -> {LONG} | None:", comma=True),
        f"def f(\n        self,\n    ) -> (\n        {LONG}\n        | None\n    ):",
    ),
    (
        SUITE,
        group("def f(", (Code("self"),), f") -> models.{LONG}:", comma=True),
        f"def f(\n        self,\n    ) -> (\n        models.{LONG}\n    ):",
    ),
    (
        SUITE,
        group(f"class {LONG}(", (Code("Group[S]"),), "):"),
        f"class {LONG}(\n        Group[S]\n    ):",
    ),
]


@pytest.mark.parametrize(("place", "doc", "expected"), SHAPES)
def test_shapes(place: str, doc: Doc | Declaration, expected: str) -> None:
    assert block(doc, INDENT[place]) == expected
    source = module(place, doc)
    assert black.format_str(source, mode=black.Mode()) == source


LISTED = ", ".join(f'"{letter * 30}"' for letter in "abc")


@pytest.mark.parametrize("returned", [f"Literal[{LISTED}]", f"Literal[{LISTED}] | Unknown"])
@pytest.mark.parametrize("taken", [(), ("self",), ("value: object", "*", "strict: bool = False")])
@pytest.mark.parametrize("name", [1, 20, 40, 60, 66, 68, 72, 74, 80])
def test_a_signature_that_returns_what_has_a_line_for_each_item(
    returned: str, taken: tuple[str, ...], name: int
) -> None:
    doc = group(f"def {'n' * name}(", map(Code, taken), f") -> {returned}:", comma=True)
    source = module(SUITE, doc)
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("lengths", [(70,), (76,), (80,), (95,), (30, 40), (30, 30, 30), (60, 60)])
def test_a_case_of_classes(lengths: tuple[int, ...]) -> None:
    patterns = tuple(Code(f"{'N' * length}()") for length in lengths)
    case = block(Alternatives(Code("case "), patterns, Code(":")), 4)
    source = f"match value:\n    {case}\n        pass\n"
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("asked", [(1,), (30,), (90,), (1, 1), (30, 30), (40, 60), (90, 90)])
@pytest.mark.parametrize("value", [1, 20, 40, 50, 58, 64, 70, 74, 80, 90])
def test_a_conditional_that_is_alone_in_its_brackets(value: int, asked: tuple[int, ...]) -> None:
    conditions = tuple(Code(f"page.{'a' * length}") for length in asked)
    body = Conditional(Code(f"page.{'v' * value}"), conditions, Code("None"))
    seen: Doc = Code(f"more=lambda page: {flat(body)}")
    if len(f"{' ' * 8}{seen},") > LIMIT:
        seen = Group(Code("more=lambda page: ("), (body,), Code(")"))
    source = module(BODY, group("return by_page(", (Code('"page"'), Code("first=1"), seen), ")"))
    assert black.format_str(source, mode=black.Mode()) == source


@pytest.mark.parametrize("length", range(55, 85))
def test_a_call_with_a_comma_behind_it(length: int) -> None:
    row = block(group("Row(", (Code("a=1"), Code("v" * length)), "),"), 4)
    source = f"ROWS = [\n    {row}\n]\n"
    assert black.format_str(source, mode=black.Mode()) == source
