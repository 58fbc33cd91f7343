"""Schemas as types and definitions: what is made of others, and what no type has a place for."""

from __future__ import annotations

import pytest

from specloom import ir
from specloom.assertion import Every, Matches, Not, Requires, Sized, Some
from specloom.evaluation import holds
from specloom.lower.api import Lowered, lower
from specloom.values import Json, Place, Text, Tree

from .schemas import document

REF = "#/components/schemas/"


def lowered(schemas: str, version: str = "3.1.0") -> Lowered:
    return lower(document(schemas, version))


def definition(found: Lowered, name: str) -> ir.Definition:
    """Return a definition by its way below the components."""
    assert [f.message for f in found.findings] == []
    address = f"/components/schemas/{name}"
    return next(d for d in found.api.definitions if d.id.address == address)


def fields(found: Lowered, name: str) -> dict[str, ir.Type]:
    shape = definition(found, name).shape
    assert isinstance(shape, ir.Object)
    return {property_.wire_name.raw: property_.type for property_ in shape.properties}


def ref(name: str) -> ir.Ref:
    return ir.Ref(ir.TypeId(f"/components/schemas/{name}"))


TEXT = ir.Scalar(ir.ScalarKind.STRING)
BASE = """
    Base:
      type: object
      properties:
        home: {type: object, properties: {city: {type: string}}}
        rooms: {type: array, items: {type: object, properties: {name: {type: string}}}}
        mood: {enum: [a, b, c, d, e, f, g, h, i]}
"""


def test_what_is_inline_in_a_component_is_defined_there_alone() -> None:
    found = lowered(f"""
    Whole: {{allOf: [{{$ref: '{REF}Base'}}], required: [home]}}
    {BASE}
    Other: {{allOf: [{{$ref: '{REF}Whole'}}, {{properties: {{own: {{type: object, properties: {{a: {{}}}}}}}}}}]}}
    """)
    assert fields(found, "Whole") == {
        "home": ref("Base/properties/home"),
        "rooms": ir.Array(ref("Base/properties/rooms/items")),
        "mood": ref("Base/properties/mood"),
    }
    assert fields(found, "Other")["own"] == ref("Other/allOf/1/properties/own")
    home = definition(found, "Base/properties/home")
    assert home.hints == (ir.Under(ir.TypeId("/components/schemas/Base"), (Text("home"),)),)
    own = definition(found, "Other/allOf/1/properties/own")
    assert own.hints == (ir.Under(ir.TypeId("/components/schemas/Other"), (Text("own"),)),)
    addresses = [d.id.address for d in found.api.definitions]
    assert len(addresses) == len(set(addresses)) == 7


def test_a_percent_sign_in_a_key_is_a_percent_sign() -> None:
    found = lowered(f"""
    Whole: {{type: array, items: {{$ref: '{REF}Other/x-parts/A%2541'}}}}
    Other: {{type: object, x-parts: {{A%41: {{type: object, properties: {{a: {{}}}}}}}}}}
    """)
    assert definition(found, "Whole").shape == ir.Alias(ir.Array(ref("Other/x-parts/A%41")))
    assert list(fields(found, "Other/x-parts/A%41")) == ["a"]


def test_what_is_wrong_within_a_component_is_said_there_alone() -> None:
    found = lowered(f"""
    Base: {{type: object, properties: {{a: {{type: integer, default: x}}}}}}
    Whole: {{allOf: [{{$ref: '{REF}Base'}}, {{required: [a]}}]}}
    """)
    (wrong,) = found.findings
    assert wrong.at == Place("api.yaml", "/components/schemas/Base/properties/a/default")


def test_a_property_of_two_parts_has_a_definition_of_its_own() -> None:
    found = lowered(f"""
    {BASE}
    Whole:
      allOf:
      - $ref: '{REF}Base'
      - properties: {{home: {{required: [city], properties: {{street: {{type: string}}}}}}}}
    """)
    assert fields(found, "Whole")["home"] == ref("Whole/properties/home")
    assert fields(found, "Whole/properties/home") == {"city": TEXT, "street": TEXT}
    assert fields(found, "Base/properties/home") == {"city": TEXT}


def test_what_a_component_has_put_together_is_the_same_in_its_heirs() -> None:
    found = lowered(f"""
    Low: {{properties: {{a: {{type: object, properties: {{x: {{}}}}}}}}}}
    Base: {{allOf: [{{$ref: '{REF}Low'}}, {{properties: {{a: {{required: [x]}}}}}}]}}
    Whole: {{allOf: [{{$ref: '{REF}Base'}}, {{properties: {{b: {{}}}}}}]}}
    """)
    assert fields(found, "Base")["a"] == fields(found, "Whole")["a"] == ref("Base/properties/a")
    hint = definition(found, "Base/properties/a").hints
    assert hint == (ir.Under(ir.TypeId("/components/schemas/Base"), (Text("a"),)),)


def test_lists_that_mention_themselves_are_put_together_once() -> None:
    found = lowered(f"""
    A: {{type: object, properties: {{next: {{$ref: '{REF}A'}}, a: {{type: string}}}}}}
    B: {{type: object, properties: {{next: {{$ref: '{REF}B'}}, b: {{type: string}}}}}}
    Whole: {{allOf: [{{$ref: '{REF}A'}}, {{$ref: '{REF}B'}}]}}
    Owner: {{type: object, properties: {{both: {{allOf: [{{$ref: '{REF}A'}}, {{$ref: '{REF}B'}}]}}}}}}
    """)
    assert fields(found, "Whole") == {"next": ref("Whole"), "a": TEXT, "b": TEXT}
    assert fields(found, "Owner/properties/both")["next"] == ref("Owner/properties/both")


@pytest.mark.parametrize(
    "schemas",
    [
        f"""
    A: {{type: array, items: {{$ref: '{REF}A'}}}}
    B: {{type: array, items: {{$ref: '{REF}B'}}, maxItems: 2}}
    Whole: {{type: object, properties: {{both: {{allOf: [{{$ref: '{REF}A'}}, {{$ref: '{REF}B'}}]}}}}}}
        """,
        # each level is put together of others than the one around it: 2 ** 30 definitions
        "\n".join(
            f"""
    A{n}: {{properties: {{p: {{$ref: '{REF}A{n + 1}'}}, q: {{$ref: '{REF}A{n + 1}'}}}}}}
    B{n}: {{properties: {{p: {{$ref: '{REF}B{n + 1}'}}, q: {{$ref: '{REF}B{n + 1}'}}}}}}"""
            for n in range(30)
        )
        + f"""
    A30: {{type: object}}
    B30: {{type: object}}
    Whole: {{allOf: [{{$ref: '{REF}A0'}}, {{$ref: '{REF}B0'}}]}}
        """,
        # few definitions, but one within the other
        "\n".join(
            f"""
    A{n}: {{properties: {{p: {{$ref: '{REF}A{n + 1}'}}}}}}
    B{n}: {{properties: {{p: {{$ref: '{REF}B{n + 1}'}}}}}}"""
            for n in range(30)
        )
        + f"""
    A30: {{type: object}}
    B30: {{type: object}}
    Whole: {{allOf: [{{$ref: '{REF}A0'}}, {{$ref: '{REF}B0'}}]}}
        """,
    ],
)  # fmt: skip
def test_what_would_have_no_end_is_refused(schemas: str) -> None:
    (refused,) = lowered(schemas).findings
    assert refused.rule == "not-supported-yet"
    assert isinstance(refused.at, Place)
    assert refused.at.pointer.startswith("/components/schemas/Whole")


@pytest.mark.parametrize("keyword", ["$ref: %s", "allOf: [{$ref: %s}]", "anyOf: [{$ref: %s}]"])
def test_mentions_that_only_mention_one_another_are_refused(keyword: str) -> None:
    one, other = (f"{{{keyword % repr(REF + name)}}}" for name in ("B", "A"))
    found = lowered(f"""
    A: {one}
    B: {other}
    C: {{$ref: '{REF}D'}}
    D: {{type: string}}
    """)
    assert [(f.rule, f.at) for f in found.findings] == [
        ("endless-schema", Place("api.yaml", f"/components/schemas/{name}")) for name in "AB"
    ]


def test_what_would_be_too_much_is_refused() -> None:
    members = ", ".join(f"p{n}: {{$ref: '{REF}%s'}}" for n in range(4))
    levels = "\n".join(
        f"{side}{n}: {{properties: {{{members % ((f'{side}{n + 1}',) * 4)}}}}}"
        for n in range(7)
        for side in "AB"
    )
    whole = f"Whole: {{allOf: [{{$ref: '{REF}A0'}}, {{$ref: '{REF}B0'}}]}}"
    (refused,) = lowered(f"{levels}\nA7: {{type: object}}\nB7: {{type: object}}\n{whole}").findings
    assert refused.message.startswith("more than 2000 types within one")


def test_what_no_type_has_a_place_for_holds_besides() -> None:
    found = lowered("""
    Record: {type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}], minProperties: 2}
    Word: {allOf: [{type: string, pattern: '^a'}, {not: {const: ab}}]}
    Any: {not: {type: 'null'}}
    """)
    record = definition(found, "Record").shape
    assert isinstance(record, ir.Object)
    alternatives = Some((Requires((Text("a"),)), Requires((Text("b"),))))
    assert record.checks == (ir.Holds(Every((alternatives, Sized(2, None)))),)
    word = definition(found, "Word").shape
    assert isinstance(word, ir.Alias)
    assert isinstance(word.of, ir.Checked)
    (check,) = word.of.checks
    assert isinstance(check, ir.Holds)
    assert isinstance(check.assertion, Every)
    assert [type(said) for said in check.assertion.of] == [Matches, Not]
    anything = definition(found, "Any").shape
    assert isinstance(anything, ir.Alias)
    assert isinstance(anything.of, ir.Checked)
    assert anything.of.of == ir.Anything()


@pytest.mark.parametrize(
    "schema", ["{const: null}", "{enum: [null]}", "{type: string, enum: [null]}", "{type: 'null'}"]
)
def test_what_can_only_be_null_is_null(schema: str) -> None:
    found = lowered(f"Whole: {{type: object, properties: {{a: {schema}}}}}")
    assert fields(found, "Whole") == {"a": ir.Scalar(ir.ScalarKind.NULL)}


def test_null_of_a_variant_is_that_of_the_union() -> None:
    found = lowered("""
    Whole:
      anyOf:
      - {type: [string, 'null']}
      - {type: [object, 'null'], properties: {a: {}}}
      - {type: ['null', array], items: {type: [string, 'null']}}
    """)
    whole = definition(found, "Whole")
    assert whole.nullable
    assert isinstance(whole.shape, ir.Union)
    assert [variant.type for variant in whole.shape.variants] == [
        TEXT,
        ref("Whole/anyOf/1"),
        ir.Array(ir.Nullable(TEXT)),
    ]


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ("{enum: [x, xy], maxLength: 1}", ["x"]),
        ("{enum: [x, xy], pattern: y}", ["xy"]),
        ("{enum: [1, 2, 3], not: {const: 2}}", [1, 3]),
        ("{const: x, enum: [y, x]}", ["x"]),
        ("{enum: [1, x, true], type: [integer, boolean]}", [1, True]),
        ("{enum: [1, x], type: number}", [1]),
        ("{enum: [x, xy, z], anyOf: [{minLength: 2}, {const: z}]}", ["xy", "z"]),
        (f"{{$ref: '{REF}Letters', enum: [z, b]}}", ["b"]),
        (f"{{allOf: [{{$ref: '{REF}Letters'}}, {{enum: [z, b]}}]}}", ["b"]),
    ],
)
def test_values_that_do_not_fit_what_else_is_said_are_none(
    schema: str, values: list[object]
) -> None:
    found = lowered(f"""
    Letters: {{enum: [a, b]}}
    Whole: {{type: object, properties: {{a: {schema}}}}}
    """)
    assert fields(found, "Whole")["a"] == ir.Literal(tuple(map(_json, values)))


def _json(value: object) -> Json:
    assert isinstance(value, str | int)
    return Json.of(value)


@pytest.mark.parametrize(
    ("schema", "default"),
    [
        (f"{{allOf: [{{$ref: '{REF}Limit'}}]}}", 20),
        (f"{{allOf: [{{$ref: '{REF}Limit'}}, {{maximum: 30}}]}}", 20),
        (f"{{allOf: [{{$ref: '{REF}Limit'}}], default: 10}}", 10),
        (f"{{allOf: [{{$ref: '{REF}Limit'}}, {{default: 10}}]}}", 10),
        (f"{{allOf: [{{$ref: '{REF}Limit'}}, {{maximum: 30, type: integer, default: 10}}]}}", 10),
    ],
)
def test_a_default_is_inherited(schema: str, default: int) -> None:
    found = lowered(f"""
    Limit: {{type: integer, default: 20}}
    Whole: {{type: object, properties: {{a: {schema}}}}}
    """)
    shape = definition(found, "Whole").shape
    assert isinstance(shape, ir.Object)
    assert shape.properties[0].default == ir.Default(Json.of(default))


def test_a_part_that_is_secret_makes_a_secret() -> None:
    found = lowered(f"""
    Hidden: {{type: string, format: password}}
    Whole: {{type: object, properties: {{a: {{allOf: [{{$ref: '{REF}Hidden'}}, {{minLength: 1}}]}}, b: {{type: string}}}}}}
    """)
    shape = definition(found, "Whole").shape
    assert isinstance(shape, ir.Object)
    assert [property_.secret for property_ in shape.properties] == [True, False]


def test_what_is_inline_in_a_union_is_defined_there_alone_though_it_holds_the_union() -> None:
    found = lowered(f"""
    Early: {{oneOf: [{{$ref: '{REF}Tree'}}, {{type: boolean}}]}}
    Tree:
      oneOf:
        - type: object
          properties: {{next: {{oneOf: [{{$ref: '{REF}Tree'}}, {{type: string}}]}}}}
        - {{type: integer}}
    """)
    node = ref("Tree/oneOf/0")
    shape = definition(found, "Early").shape
    assert isinstance(shape, ir.Union)
    assert node in [variant.type for variant in shape.variants]
    (hint,) = definition(found, "Tree/oneOf/0").hints
    assert isinstance(hint, ir.Under)
    assert hint.owner == ir.TypeId("/components/schemas/Tree")


def test_a_union_that_is_no_component_may_hold_itself() -> None:
    found = lowered(f"""
    Whole:
      type: object
      properties:
        tree:
          oneOf:
            - type: object
              properties:
                next: {{oneOf: [{{$ref: '{REF}Whole/properties/tree'}}, {{type: integer}}]}}
            - {{type: string}}
    """)
    assert definition(found, "Whole/properties/tree/oneOf/0/properties/next")


def test_what_is_left_of_a_union_without_a_variant_is_a_variant_of_its_own() -> None:
    found = lowered("""
    Whole:
      type: object
      required: [a]
      anyOf: [{}, {type: object, properties: {kind: {type: string}}}]
    """)
    shape = definition(found, "Whole").shape
    assert isinstance(shape, ir.Union)
    assert [v.type for v in shape.variants] == [ref("Whole/anyOf/0"), ref("Whole/anyOf/1")]
    assert set(fields(found, "Whole/anyOf/0")) == {"a"}


def test_a_variant_that_adds_nothing_to_a_component_is_that_component() -> None:
    found = lowered(f"""
    Early:
      allOf: [{{$ref: '{REF}Base'}}]
      anyOf: [{{}}, {{required: [own], properties: {{own: {{type: string}}}}}}]
    {BASE}
    """)
    shape = definition(found, "Early").shape
    assert isinstance(shape, ir.Union)
    assert [v.type for v in shape.variants] == [ref("Base"), ref("Early/anyOf/1")]
    assert definition(found, "Base").hints == (ir.Said(Text("Base")),)


@pytest.mark.parametrize(
    ("value", "fits_two"),
    [
        ({"value": 1}, True),  # of the oneOf within, and nothing else
        ({"value": 1, "own": 1}, False),  # what stands beside that takes it
        ({"other": 1}, False),
        ({"own": 1}, False),
        (1, False),
    ],
)
def test_a_union_within_stays_exclusive_where_its_variants_are_taken_over(
    value: Tree, fits_two: bool
) -> None:
    found = lowered(f"""
    Inner: {{oneOf: [{{type: object, required: [value]}}, {{type: object}}]}}
    Outer: {{anyOf: [{{$ref: '{REF}Inner'}}, {{type: object, required: [own]}}]}}
    """)
    shape = definition(found, "Outer").shape
    assert isinstance(shape, ir.Union)
    known = dict(found.api.assertions)
    assert (sum(holds(one, value, known) for one in shape.exclusive) > 1) is fits_two


def test_the_format_of_a_variant_refuses_no_text() -> None:
    found = lowered("""
    Either: {anyOf: [{type: string, format: email, minLength: 1}, {type: string, maxLength: 3}]}
    Free: {anyOf: [{format: email}, {type: integer}]}
    """)
    shape = definition(found, "Either").shape
    assert isinstance(shape, ir.Alias)
    assert isinstance(shape.of, ir.Checked)
    (check,) = shape.of.checks
    assert isinstance(check, ir.Holds)
    known = dict(found.api.assertions)
    assert [holds(check.assertion, text, known) for text in ("no address", "")] == [True, True]
    assert definition(found, "Free").shape == ir.Alias(ir.Anything())


def test_an_heir_that_adds_nothing_is_a_variant_all_the_same() -> None:
    found = lowered(f"""
    Pet: {{type: object, required: [kind], properties: {{kind: {{}}}}, discriminator: {{propertyName: kind}}}}
    Cat: {{allOf: [{{$ref: '{REF}Pet'}}, {{required: [name]}}]}}
    Dog: {{allOf: [{{$ref: '{REF}Pet'}}, {{type: object}}]}}
    Fish: {{allOf: [{{$ref: '{REF}Pet'}}]}}
    Owner: {{type: object, properties: {{pet: {{description: Loved., allOf: [{{$ref: '{REF}Pet'}}]}}}}}}
    """)
    shape = definition(found, "Pet").shape
    assert isinstance(shape, ir.Union)
    assert [v.type for v in shape.variants] == [ref("Cat"), ref("Dog"), ref("Fish")]
    assert isinstance(definition(found, "Fish").shape, ir.Object)
    assert fields(found, "Owner") == {"pet": ref("Pet")}, "a mention, not an heir"


def test_the_format_of_an_alternative_refuses_no_text_that_is_sent() -> None:
    found = lowered("""
    Host: {oneOf: [{type: string, format: ipv4, minLength: 1}, {type: string, maxLength: 3}]}
    """)
    shape = definition(found, "Host").shape
    assert isinstance(shape, ir.Alias)
    assert isinstance(shape.of, ir.Checked)
    sent, received = shape.of.checks
    assert isinstance(sent, ir.Holds)
    assert isinstance(received, ir.Exclusive)
    assert holds(sent.assertion, "no address", dict(found.api.assertions))
