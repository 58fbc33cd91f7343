"""What generated code asserts of JSON values, and what it says of those that do not fit."""

from __future__ import annotations

import re

import pytest
from runtime import _containers as containers
from runtime import _facets as facets
from runtime import _formats as formats
from runtime import _schema as schema
from runtime import _unevaluated as unevaluated
from runtime._schema import Assertion
from runtime._types import Json
from runtime.errors import ConstraintError, DecodeError

from specloom.formats import FORMATS
from specloom.patterns import EXPRESSIONS

STRING, INTEGER = schema.kind("string"), schema.kind("integer")
CARD = schema.every(
    schema.kind("object"),
    containers.requires("number"),
    containers.members({"number": STRING, "month": facets.within(least=1, most=12)}),
)


@schema.named
def tree() -> Assertion:
    return schema.every(
        schema.kind("object"),
        containers.members({"leaf": leaf, "children": containers.items(rest=tree)}),
    )


@schema.named
def leaf() -> Assertion:
    return schema.kind("string", "null")


def fault(assertion: Assertion, value: object) -> str:
    """Return what is said of a value, or nothing."""
    try:
        schema.require(assertion, value)
    except ConstraintError as error:
        return str(error)
    return ""


WRONG: list[tuple[Assertion, Json, str]] = [
    (STRING, 1, "$: expected a string"),
    (schema.kind("integer", "null"), 1.5, "$: expected an integer or null"),
    (schema.kind("number"), True, "$: expected a number"),
    (schema.kind("boolean"), 1, "$: expected a boolean"),
    (schema.equals("a", None, 1), True, '$: expected "a" or null or 1'),
    (facets.length(2), "a", "$: expected a string of at least 2 characters"),
    (facets.within(above=1), 1, "$: expected a number above 1"),
    (facets.multiple(0.1), 0.25, "$: expected a multiple of 0.1"),
    (facets.count(1, 2), [], "$: expected an array of 1 to 2 items"),
    (facets.size(1), {}, "$: expected an object of at least 1 members"),
    (facets.unique(), [1, 1.0], "$: expected an array of items that differ"),
    (facets.matches("^a"), "b", "$: expected a string that matches '^a'"),
    (containers.requires("a", "b"), {"a": 1}, '$: expected an object with "a" and "b"'),
    (containers.requires("b", given="a"), {"a": 1}, '$: expected an object with "b" beside "a"'),
    (containers.members({"a b": STRING}), {"a b": 1}, "$['a b']: expected a string"),
    (containers.members(matching={"^a": STRING}), {"ab": 1}, "$.ab: expected a string"),
    (containers.members(rest=schema.NOTHING), {"a": 1}, "$.a: expected nothing"),
    (
        containers.names(facets.length(2)),
        {"a": 1},
        "$: expected each name to be a string of at least 2 characters",
    ),
    (containers.items(STRING, rest=INTEGER), ["a", 1, "b"], "$[2]: expected an integer"),
    (containers.contains(STRING), [1], "$: expected an array in which at least 1 items fit"),
    (
        containers.contains(STRING, 1, 1),
        ["a", "b"],
        "$: expected an array in which 1 to 1 items fit",
    ),
    (unevaluated.members(CARD, schema.NOTHING), {"number": "1", "a": 1}, "$.a: expected nothing"),
    (unevaluated.items(containers.items(STRING), INTEGER), ["a", "b"], "$[1]: expected an integer"),
    (schema.some(STRING, INTEGER), None, "$: expected a string or an integer"),
    (schema.some(STRING, CARD), {"number": 1}, "$.number: expected a string"),
    (schema.some(CARD, CARD), {"number": 1}, "$: expected a value for one of 2 alternatives"),
    (
        schema.some(STRING, schema.equals(None), schema.equals(1), INTEGER),
        1.5,
        "$: expected a string or null or 1 or an integer",
    ),
    (
        schema.some(*(facets.length(n) for n in range(2, 7))),
        "a",
        "$: expected a value for one of 5 alternatives",
    ),
    (
        schema.single(*map(containers.requires, "ab")),
        {"a": 1, "b": 2},
        '$: expected an object with "a" or an object with "b", but not both',
    ),
    (
        schema.single(*map(containers.requires, "abc")),
        {"a": 1, "b": 2},
        '$: expected an object with "a" or an object with "b" or an object with "c",'
        " but not several",
    ),
    (
        schema.single(CARD, CARD),
        {"number": "1"},
        "$: expected a value for one of 2 alternatives, not for several",
    ),
    (schema.single(STRING, INTEGER), None, "$: expected a string or an integer"),
    (schema.negation(STRING), "a", "$: expected anything but a string"),
    (schema.negation(CARD), {"number": "1"}, "$: expected another value"),
    (schema.negation(schema.some(STRING, CARD)), "a", "$: expected another value"),
    (
        schema.negation(schema.some(STRING, INTEGER)),
        1,
        "$: expected anything but a string or an integer",
    ),
    (schema.when(STRING, facets.length(1)), "", "$: expected a string of at least 1 characters"),
    (schema.when(STRING, schema.ANYTHING, INTEGER), None, "$: expected an integer"),
    (tree, {"children": [{}, {"leaf": 1}]}, "$.children[1].leaf: expected a string or null"),
    (formats.UUID, "1", "$: expected a UUID"),
]


@pytest.mark.parametrize(("assertion", "value", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_what_does_not_fit_is_told_in_plain_words(
    assertion: Assertion, value: Json, words: str
) -> None:
    assert fault(assertion, value) == words
    assert not schema.fits(assertion, value)


def test_errors_of_both_ways_say_where() -> None:
    with pytest.raises(ConstraintError, match=re.escape("$.cards[0].month: expected a number of")):
        schema.require(CARD, {"number": "1", "month": 13}, "cards", 0)
    with pytest.raises(DecodeError, match=re.escape("$.month: expected a number of")):
        schema.expect(CARD, {"number": "1", "month": 13})
    schema.expect(CARD, {"number": "1", "month": 12})


def test_nothing_that_fits_is_faulted() -> None:
    assert (
        fault(tree, {"children": [{"leaf": None}, {"children": [{"leaf": "a"}]}], "other": 1}) == ""
    )
    assert fault(schema.single(STRING, INTEGER), 1.0) == ""
    assert fault(schema.some(INTEGER, STRING), "a") == ""


SPEAKS_OF: list[tuple[type | tuple[type, ...], Assertion]] = [
    (str, facets.length(9)),
    (str, facets.matches("^b")),
    (str, formats.DATE),
    ((int, float), facets.within(least=9)),
    ((int, float), facets.multiple(7)),
    (list, facets.count(9)),
    (list, facets.unique()),
    (list, containers.items(schema.NOTHING, rest=schema.NOTHING)),
    (list, containers.contains(STRING)),
    (list, unevaluated.items(schema.ANYTHING, schema.NOTHING)),
    (dict, facets.size(9)),
    (dict, containers.requires("a")),
    (dict, containers.members(rest=schema.NOTHING)),
    (dict, containers.names(schema.NOTHING)),
    (dict, unevaluated.members(schema.ANYTHING, schema.NOTHING)),
]


@pytest.mark.parametrize(("kind", "assertion"), SPEAKS_OF)
def test_an_assertion_passes_what_it_does_not_speak_of(
    kind: type | tuple[type, ...], assertion: Assertion
) -> None:
    values: list[Json] = [None, True, 1.5, "a", ["a", "a"], {"b": 1}]
    others = [v for v in values if not isinstance(v, kind) or isinstance(v, bool)]
    assert [fault(assertion, value) for value in others] == [""] * len(others)


def test_subclasses_are_values_of_their_kind() -> None:
    class Name(str): ...

    assert schema.fits(STRING, Name("a"))
    assert schema.fits(schema.kind("array"), ("a",))
    assert schema.fits(containers.items(rest=STRING), ("a",))


@schema.named
def term() -> Assertion:
    return schema.every(
        schema.kind("object"),
        schema.single(
            schema.every(containers.members({"of": schema.some(term, schema.kind("null"))})),
            schema.every(containers.requires("or")),
        ),
    )


def test_as_many_levels_fit_as_an_answer_may_have() -> None:
    """Of a schema that takes as much of the stack as any: see `_json`."""
    value: Json = {"of": None}
    for _ in range(99):
        value = {"of": value}
    assert fault(term, value) == ""


def test_a_value_too_deep_for_the_stack_is_refused() -> None:
    value: Json = {}
    for _ in range(2000):
        value = {"children": [value]}
    assert fault(tree, value) == "$: expected a value of fewer levels"


def test_a_pattern_is_compiled_when_it_is_needed() -> None:
    assert fault(facets.matches("("), 1) == ""
    with pytest.raises(re.error):
        schema.fits(facets.matches("("), "a")


# --- formats ----------------------------------------------------------------------------------------

BY_NAME = {
    "date": formats.DATE,
    "time": formats.TIME,
    "date-time": formats.DATE_TIME,
    "duration": formats.DURATION,
    "uuid": formats.UUID,
    "ipv4": formats.IPV4,
    "ipv6": formats.IPV6,
    "email": formats.EMAIL,
    "hostname": formats.HOSTNAME,
    "uri": formats.URI,
}
TEXTS: list[tuple[str, str, str]] = [
    ("date", "2024-02-29 0001-01-01", "2023-02-29 2024-2-29 20240229 2024-W09-4 2024-060"),
    (
        "time",
        "00:00:00Z 23:59:60z 23:59:59.123456789+23:59 22:59:60-01:00",
        "24:00:00Z 00:00:60Z 00:00:00 00:00:00+24:00 12:00Z",
    ),
    (
        "date-time",
        "2024-02-29T00:00:00Z 2016-12-31t23:59:60Z 9999-12-31T23:59:59-23:59 0001-01-01T00:00:00+23:59",
        "2024-02-30T00:00:00Z 2024-02-29T00:00:00 2016-12-31T22:59:60Z 2016-12-31T24:59:60+01:00",
    ),
    ("duration", "P1D PT1H P1W P1Y2M3DT4H5M6S P0D", "P PT P1H P1D2W 1D P1Y1D PT1H1S P-1D"),
    (
        "uuid",
        "2eb8aa08-aa98-11ea-b4aa-73b441d16380 2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        "2eb8aa08aa9811eab4aa73b441d16380 {2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
    ),
    ("ipv4", "0.0.0.0 255.255.255.255", "256.0.0.0 1.2.3 01.2.3.4 1.2.3.4.5 0x7f000001"),
    ("ipv6", "::1 2001:db8::1 ::ffff:1.2.3.4", "1.2.3.4 :1 fe80::1%eth0 12345::"),
    (
        "email",
        'a@a a.b+c@example.com "a@b"@c a@[127.0.0.1] a@[IPv6:::1]',
        "a @a a@ .a@b a.@b a..b@c a@[1.2.3] a@b@c a@[::1] a@-b",
    ),
    ("hostname", "a a.com 0-0.A", "-a a- a..b .a a_b " + "a" * 64),
    ("uri", "a: http://a/%20?b#c urn:a:b mailto:a@b", "a /a //a a:%2 1a: a:\\"),
]


@pytest.mark.parametrize(("name", "fitting", "others"), TEXTS, ids=[name for name, *_ in TEXTS])
def test_formats_are_those_of_their_specifications(name: str, fitting: str, others: str) -> None:
    """Of the generator and of generated code, which share nothing."""
    for text in fitting.split():
        assert schema.fits(BY_NAME[name], text) is FORMATS[name](text) is True, text
    for text in (*others.split(), "", f"{fitting.split()[0]}\n", "\u0661"):
        assert schema.fits(BY_NAME[name], text) is FORMATS[name](text) is False, text


def test_the_formats_are_those_that_are_told_apart() -> None:
    assert set(FORMATS) == set(BY_NAME) == {name for name, *_ in TEXTS}
    assert set(FORMATS) == {name for name in EXPRESSIONS if not re.match(r"uuid\d", name)}
