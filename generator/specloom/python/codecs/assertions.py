"""Assertions as calls of the runtime, laid out as black would lay them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

from specloom.assertion import (
    ANYTHING,
    Assertion,
    Contains,
    Counted,
    Distinct,
    Equals,
    Every,
    Fits,
    Formatted,
    Items,
    Long,
    Matches,
    Members,
    Multiple,
    Names,
    Not,
    OfKind,
    Requires,
    Single,
    Sized,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.code import Code
from specloom.patterns import Untranslatable, has_categories, searchable
from specloom.plain import every
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.literals import literal
from specloom.values import Kind, Text

MODULES = {
    "categories": "_categories",
    "containers": "_containers",
    "facets": "_facets",
    "formats": "_formats",
    "schema": "_schema",
    "unevaluated": "_unevaluated",
}
"""What these calls take from the runtime: its modules, by the names that they have here."""


def constant(name: Code, assertion: Assertion, names: Mapping[Text, Code]) -> Code:
    """Return the statement that gives a name to an assertion.

    `names` says what the definitions are called that it mentions: they have to come before it.
    """
    return block(_after(f"{name} = ", written(assertion, names)), 0)


def definition(name: Code, assertion: Assertion, names: Mapping[Text, Code]) -> Code:
    """Return the definition of what others mention: it may mention itself, and those below it."""
    head = Group(Code(f"def {name}("), (), Code(") -> schema.Assertion:"), comma=True)
    body = block(_after("return ", written(assertion, names)), 4)
    return Code(f"@schema.named\n{block(head, 0)}\n    {body}")


def written(assertion: Assertion, names: Mapping[Text, Code]) -> Doc:
    """Return the expression that makes an assertion."""
    match assertion:
        case Fits(address):
            return names[address]
        case Every(()):
            return Code("schema.ANYTHING")
        case Some(()):
            return Code("schema.NOTHING")
        case Formatted(format_):
            return Code(f"formats.{format_.upper().replace('-', '_')}")
        case Every(of) | Some(of) | Single(of):
            return _call(_COMPOUNDS[type(assertion)], (written(each, names) for each in of))
        case Not(of):
            return _call("schema.negation", (written(of, names),))
        case When(condition, then, otherwise):
            branches = (condition, then) if otherwise == ANYTHING else (condition, then, otherwise)
            return _call("schema.when", (written(each, names) for each in branches))
        case Unevaluated(kind, of, rest):
            noun = "members" if kind is Kind.OBJECT else "items"
            return _call(f"unevaluated.{noun}", (written(of, names), written(rest, names)))
        case Items() | Contains() | Members() | Names():
            return _inner(assertion, names)
        case _:
            return _leaf(assertion)


_COMPOUNDS = {Every: "schema.every", Some: "schema.some", Single: "schema.single"}


def _inner(assertion: Items | Contains | Members | Names, names: Mapping[Text, Code]) -> Doc:
    match assertion:
        case Names(of):
            return _call("containers.names", (written(of, names),))
        case Contains(of, least, most):
            span = () if (least, most) == (1, None) else _span(least, most)
            return _call("containers.contains", (written(of, names), *span))
        case Items(first, rest):
            each = (written(of, names) for of in first)
            return _call("containers.items", (*each, *_rest(rest, names)))
        case Members(named=named, matching=matching, rest=rest):
            pairs = ((literal(name), of) for name, of in named)
            found = [_display("", pairs, names)] if named else []
            if matching:
                found.append(_display("matching=", _by_source(matching), names))
            return _call("containers.members", (*found, *_rest(rest, names)))


def _rest(rest: Assertion | None, names: Mapping[Text, Code]) -> Iterator[Doc]:
    if rest is not None:
        yield _after("rest=", written(rest, names))


def _display(head: str, of: Iterable[tuple[Code, Assertion]], names: Mapping[Text, Code]) -> Doc:
    """Return a dict of assertions."""
    members = tuple(_after(f"{key}: ", written(each, names)) for key, each in of)
    return Group(Code(f"{head}{{"), members, Code("}"), display=True)


def _by_source(matching: tuple[tuple[Text, Assertion], ...]) -> Iterator[tuple[Code, Assertion]]:
    """Yield what is said of names by pattern: two of a document may be one in Python."""
    found: dict[Code, list[Assertion]] = {}
    for pattern, of in matching:
        found.setdefault(_source(pattern), []).append(of)
    yield from ((source, every(of)) for source, of in found.items())


def _source(pattern: Text) -> Code:
    source = _said(pattern)
    written = literal(Text(source))
    return Code(f"categories.expanded({written})") if has_categories(source) else written


def _said(pattern: Text) -> str:
    source = searchable(pattern.raw)
    if isinstance(source, Untranslatable):
        raise AssertionError("lowering has left out what Python cannot say")
    return source


_Leaf: TypeAlias = (
    OfKind | Equals | Within | Multiple | Matches | Long | Counted | Sized | Distinct | Requires
)


def _leaf(assertion: _Leaf) -> Doc:
    match assertion:
        case OfKind(kinds):
            return _call("schema.kind", (literal(kind.value) for kind in kinds))
        case Equals(values):
            return _call("schema.equals", map(literal, values))
        case Within(least=least, most=most, above=above, below=below):
            limits = {"least": least, "most": most, "above": above, "below": below}
            given = ((k, v) for k, v in limits.items() if v is not None)
            return _call("facets.within", (Code(f"{k}={literal(v)}") for k, v in given))
        case Multiple(of):
            return _call("facets.multiple", (literal(of),))
        case Matches(pattern):
            module = "categories" if has_categories(_said(pattern)) else "facets"
            return _call(f"{module}.matches", (literal(Text(_said(pattern))),))
        case Long(least, most):
            return _call("facets.length", _span(least, most))
        case Counted(least, most):
            return _call("facets.count", _span(least, most))
        case Sized(least, most):
            return _call("facets.size", _span(least, most))
        case Distinct():
            return Code("facets.unique()")
        case Requires(required, given):
            where = () if given is None else (Code(f"given={literal(given)}"),)
            return _call("containers.requires", (*map(literal, required), *where))
        case _:
            assert_never(assertion)


def _span(least: int, most: int | None) -> Iterator[Code]:
    yield literal(least)
    if most is not None:
        yield literal(most)


def _call(function: str, arguments: Iterable[Doc]) -> Doc:
    return Group(Code(f"{function}("), tuple(arguments), Code(")"))


def _after(head: str, doc: Doc) -> Doc:
    match doc:
        case Group():
            return replace(doc, head=Code(head + doc.head))
        case Alternatives():
            raise AssertionError("no assertion is one")
        case _:
            return Code(head + doc)
