"""Unions with something around them, as unions with nothing around them."""

from __future__ import annotations

import pytest

from specloom.diagnostics import Refused
from specloom.document.schema import Schema
from specloom.lower.meaning.heirs import children
from specloom.lower.meaning.meant import meant
from specloom.lower.meaning.spread import Spread
from specloom.lower.schemas.leaves import leaves

from .schemas import component, document, merged, spread

REF = "#/components/schemas/"


def union(schemas: str, name: str = "Whole", version: str = "3.1.0") -> Spread:
    found = document(schemas, version)
    result = spread(component(found, name), found)
    assert result is not None
    return result


def names(schema: Schema) -> list[str]:
    return [name.raw for name, _ in schema.properties or ()]


CATS = """
    Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
    Dog: {properties: {barks: {type: boolean}}}
"""
EITHER = f"oneOf: [{{$ref: '{REF}Cat'}}, {{$ref: '{REF}Dog'}}]"


@pytest.mark.parametrize(
    "around",
    [
        "title: Pet",
        "type: object",
        "type: [object, string]",
        "nullable: true",
        "deprecated: true, description: words",
        "discriminator: {propertyName: kind}",
        "properties: {}",
    ],
)
def test_alternatives_stay_mentions_where_nothing_around_narrows_them(around: str) -> None:
    found = union(f"{CATS}\n    Whole: {{{around}, {EITHER}}}")
    assert [variant.reference for variant in found.variants] == [f"{REF}Cat", f"{REF}Dog"]
    assert found.keyword == "oneOf"


@pytest.mark.parametrize(
    ("whole", "fits"),
    [
        ("{type: object, oneOf: [%s, {type: 'null'}]}", True),
        ("{allOf: [{oneOf: [%s, {type: 'null'}]}, {properties: {a: {}}}]}", True),
        ("{allOf: [{oneOf: [%s, {type: 'null'}]}, {type: [object, 'null']}]}", True),
        ("{allOf: [{oneOf: [%s, {type: 'null'}]}, {type: object}]}", False),
        ("{allOf: [{oneOf: [{type: 'null'}, %s]}, {type: object, properties: {a: {}}}]}", False),
    ],
)
def test_null_in_a_part_is_none_of_a_whole_whose_other_parts_refuse_it(
    whole: str, fits: bool
) -> None:
    cat = f"{{$ref: '{REF}Cat'}}"
    found = document(f"{CATS}\n    Whole: {whole % cat}")
    assert meant(component(found, "Whole"), found).nullable is fits


def test_what_an_alternative_says_itself_adds_nothing_to_it() -> None:
    found = union(f"""{CATS}
    Whole:
      required: [lives]
      properties: {{lives: {{type: integer}}}}
      {EITHER}
    """)
    assert [variant.reference for variant in found.variants] == [f"{REF}Cat", None]


def test_what_stands_around_a_union_is_in_every_variant() -> None:
    text = f"""{CATS}
    Base: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
    Whole: {{allOf: [{{$ref: '{REF}Base'}}, {{{EITHER}}}], required: [name]}}
    """
    found = document(text)
    variants = union(text).variants
    assert [v.at.pointer[len("/components/schemas/") :] for v in variants] == [
        "Whole/allOf/1/oneOf/0",
        "Whole/allOf/1/oneOf/1",
    ]
    cat, dog = (merged(variant, found).schema for variant in variants)
    assert (names(cat), names(dog)) == (["id", "lives"], ["id", "barks"])
    assert [name.raw for name in cat.required] == ["id", "name", "lives"]


def test_variants_of_a_component_have_places_of_their_own() -> None:
    text = f"""{CATS}
    Pet: {{{EITHER}}}
    Whole: {{allOf: [{{$ref: '{REF}Pet'}}, {{properties: {{name: {{}}}}}}]}}
    """
    pointers = [variant.at.pointer for variant in union(text).variants]
    assert pointers == ["/components/schemas/Whole/oneOf/0", "/components/schemas/Whole/oneOf/1"]


def test_the_discriminator_beside_a_union_is_that_of_the_union() -> None:
    text = f"""{CATS}
    Pet: {{discriminator: {{propertyName: kind}}, {EITHER}}}
    Whole: {{allOf: [{{$ref: '{REF}Pet'}}, {{properties: {{name: {{}}}}}}]}}
    """
    found = union(text).discriminator
    assert found is not None
    assert found.property.raw == "kind"


def test_a_second_union_is_spread_within_each_variant() -> None:
    text = "Whole: {oneOf: [{required: [a]}, {type: array}], anyOf: [{minProperties: 1}, {maxItems: 2}]}"
    found = document(text)
    first = union(text)
    assert first.keyword == "oneOf"
    inner, _ = (spread(variant, found) for variant in first.variants)
    assert inner is not None
    assert inner.keyword == "anyOf"
    pointers = [variant.at.pointer for variant in inner.variants]
    assert pointers == [f"/components/schemas/Whole/oneOf/0/anyOf/{n}" for n in (0, 1)]
    both = merged(inner.variants[0], found).schema
    assert [name.raw for name in both.required] == ["a"]
    assert [keyword for keyword, _ in both.bounds] == ["minProperties"]


def test_a_second_union_of_too_many_products_is_only_checked() -> None:
    five = ", ".join(f"{{required: [a{n}], minProperties: {n}}}" for n in range(5))
    four = ", ".join(f"{{minProperties: {n}}}" for n in range(4))
    text = f"Whole: {{oneOf: [{five}], anyOf: [{four}]}}"
    found = document(text)
    variants = union(text).variants
    assert len(variants) == 5
    for variant in variants:
        assert spread(variant, found) is None
        (rest,) = merged(variant, found).rest
        assert list(rest.node.keys) == ["not"]


def test_a_base_of_its_alternatives_has_them_as_they_are() -> None:
    found = union(f"""
    Whole:
      type: object
      required: [kind]
      properties: {{kind: {{type: string}}}}
      not: {{required: [wings]}}
      {EITHER}
    Cat: {{allOf: [{{$ref: '{REF}Whole'}}, {{properties: {{lives: {{}}}}}}]}}
    Dog: {{type: object}}
    """)
    assert [variant.reference for variant in found.variants] == [f"{REF}Cat", None]


ONE_OF_TWO = "anyOf: [{required: [a]}, {required: [b]}]"
OBJECT = "type: object, properties: {a: {}, b: {type: string}}"


@pytest.mark.parametrize(
    ("schema", "held"),
    [
        (f"{{{OBJECT}, {ONE_OF_TWO}}}", 1),
        (f"{{allOf: [{{{OBJECT}}}, {{{ONE_OF_TWO}}}]}}", 1),
        (f"{{allOf: [{{{OBJECT}, {ONE_OF_TWO}}}, {{oneOf: [{{required: [c]}}, {{not: {{required: [c]}}}}]}}]}}", 2),
        (f"{{{OBJECT}, oneOf: [{{required: [a], title: A}}, {{type: object, not: {{required: [a]}}}}]}}", 1),
        (f"{{{OBJECT}, oneOf: [{{required: [a]}}, {{anyOf: [{{required: [b]}}, {{not: {{anyOf: [{{required: [a]}}]}}}}]}}]}}", 1),
        (f"{{{OBJECT}, oneOf: [{{required: [b], properties: {{b: {{type: string}}}}}}, {{properties: {{a: {{description: d}}}}}}]}}", 1),
        (f"{{{OBJECT}, oneOf: [{{required: [b], properties: {{b: {{type: integer}}}}}}]}}", 0),
        (f"{{{OBJECT}, oneOf: [{{required: [c], properties: {{c: {{}}}}}}]}}", 0),
        (f"{{{OBJECT}, oneOf: [{{required: [a], additionalProperties: false}}]}}", 0),
        (f"{{{OBJECT}, oneOf: [{{required: [a]}}, {{type: 'null'}}]}}", 0),
        (f"{{{OBJECT}, oneOf: [{{$ref: '{REF}Whole'}}]}}", 0),
        (f"{{{ONE_OF_TWO}}}", 0),
        (f"{{{OBJECT}}}", 0),
    ],
)  # fmt: skip
def test_alternatives_of_required_are_no_union(schema: str, held: int) -> None:
    found = document(f"Whole: {schema}")
    whole = component(found, "Whole")
    assert len(merged(whole, found).rest) == held
    is_union = "Of" in schema and not held
    assert (spread(whole, found) is not None) is is_union


@pytest.mark.parametrize("keyword", ["unevaluatedProperties", "unevaluatedItems"])
def test_a_union_stays_beside_what_looks_at_its_alternatives(keyword: str) -> None:
    found = document(f"Whole: {{{keyword}: false, oneOf: [{{type: object}}, {{type: array}}]}}")
    whole = component(found, "Whole")
    assert spread(whole, found) is None
    assert [[*rest.node.keys] for rest in merged(whole, found).rest] == [
        [keyword, "oneOf"],
        ["oneOf"],
    ]


def test_enough_to_hold_is_the_union_alone() -> None:
    found = document(f"Whole: {{{OBJECT}, {ONE_OF_TWO}}}")
    (rest,) = merged(component(found, "Whole"), found).rest
    assert rest.node.value == {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}


PETS = f"""
    Pet:
      type: object
      discriminator: {{propertyName: kind%s}}
      properties: {{kind: {{type: string}}}}
    Cat: {{allOf: [{{$ref: '{REF}Pet'}}]}}
    Lion: {{allOf: [{{allOf: [{{$ref: '{REF}Cat'}}]}}, {{properties: {{}}}}]}}
    Stone: {{type: object}}
    Dog: {{$ref: '{REF}Pet', properties: {{}}}}
"""


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("", ["Cat Cat", "Lion Lion", "Dog Dog"]),
        (", mapping: {meow: Cat, purr: '#/components/schemas/Cat'}", ["meow Cat", "purr Cat", "Lion Lion", "Dog Dog"]),
        (", mapping: {any: Pet, stone: Stone, none: Nothing}", ["any Pet", "stone Stone", "Cat Cat", "Lion Lion", "Dog Dog"]),
    ],
)  # fmt: skip
def test_heirs_are_the_variants_of_an_inherited_discriminator(
    mapping: str, expected: list[str]
) -> None:
    found = document(PETS % mapping)
    known = children(component(found, "Pet"), found)
    assert [f"{tag.raw} {schema.at.pointer.split('/')[-1]}" for tag, schema in known] == expected


@pytest.mark.parametrize("name", ["Cat", "Stone"])
def test_what_has_no_discriminator_has_no_heirs(name: str) -> None:
    found = document(PETS % "")
    assert children(component(found, name), found) == ()


def test_a_union_says_itself_what_its_variants_are() -> None:
    found = document(f"{CATS}\n    Whole: {{discriminator: {{propertyName: kind}}, {EITHER}}}")
    assert children(component(found, "Whole"), found) == ()


def what(schemas: str, version: str = "3.1.0") -> str:
    """Return in one word what a schema is meant as."""
    found = document(schemas, version)
    result = meant(component(found, "Whole"), found)
    schema = result.schema
    if schema.reference is not None:
        word = schema.reference.rpartition("/")[2]
    elif schema.one_of or schema.any_of:
        word = f"union of {len(schema.one_of or schema.any_of)}"
    else:
        word = "all of it" if schema.at.pointer.count("/") == 3 else "a part"
    return f"{word} or null" if result.nullable else word


@pytest.mark.parametrize(
    ("version", "schema", "expected"),
    [
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}A'}}], description: words}}", "A"),
        ("3.1.0", f"{{$ref: '{REF}A', description: words}}", "A"),
        ("3.0.4", f"{{$ref: '{REF}A', minLength: 1}}", "A"),
        ("3.1.0", f"{{$ref: '{REF}A', minLength: 1}}", "all of it"),
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}A'}}, {{description: words}}]}}", "A"),
        ("3.0.4", f"{{allOf: [{{$ref: '{REF}A'}}, {{nullable: true}}]}}", "A or null"),
        ("3.0.4", f"{{nullable: true, allOf: [{{$ref: '{REF}A'}}]}}", "A or null"),
        ("3.0.4", f"{{nullable: true, type: object, allOf: [{{$ref: '{REF}A'}}]}}", "A or null"),
        ("3.1.0", f"{{type: object, allOf: [{{$ref: '{REF}A'}}]}}", "A"),
        ("3.1.0", f"{{$ref: '{REF}A', type: object}}", "A"),
        ("3.1.0", f"{{type: object, allOf: [{{$ref: '{REF}U'}}]}}", "U"),
        ("3.1.0", f"{{type: string, allOf: [{{$ref: '{REF}N'}}]}}", "all of it"),
        ("3.1.0", f"{{type: integer, allOf: [{{$ref: '{REF}N'}}]}}", "all of it"),
        ("3.1.0", f"{{type: number, allOf: [{{$ref: '{REF}I'}}]}}", "I"),
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}A'}}, {{$ref: '{REF}A'}}]}}", "A"),
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}A'}}], pattern: a}}", "all of it"),
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}A'}}], not: {{required: [b]}}}}", "all of it"),
        ("3.1.0", f"{{anyOf: [{{$ref: '{REF}A'}}, {{type: 'null'}}]}}", "A or null"),
        ("3.1.0", f"{{anyOf: [{{allOf: [{{$ref: '{REF}A'}}, {{required: [a]}}]}}, {{type: 'null'}}]}}", "a part or null"),
        ("3.1.0", f"{{anyOf: [{{$ref: '{REF}A'}}, {{type: string}}, {{type: 'null'}}]}}", "union of 2 or null"),
        ("3.1.0", f"{{type: object, allOf: [{{$ref: '{REF}U'}}, {{required: [a]}}]}}", "union of 2"),
        ("3.1.0", f"{{allOf: [{{$ref: '{REF}U'}}, {{$ref: '{REF}A'}}], title: words}}", "union of 2"),
        ("3.1.0", f"{{allOf: [{{required: [b]}}], anyOf: [{{$ref: '{REF}A'}}]}}", "a part"),
        ("3.1.0", f"{{allOf: [{{required: [b]}}], anyOf: [{{$ref: '{REF}A'}}, {{type: 'null'}}]}}", "a part or null"),
        ("3.1.0", f"{{type: object, properties: {{b: {{}}}}, anyOf: [{{$ref: '{REF}A'}}, {{type: 'null'}}]}}", "a part or null"),
        ("3.1.0", f"{{type: object, anyOf: [{{$ref: '{REF}A'}}, {{type: 'null'}}]}}", "A or null"),
        ("3.1.0", "{type: object, properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}", "all of it"),
        ("3.1.0", "{type: [object, 'null'], properties: {a: {}}}", "all of it or null"),
    ],
)  # fmt: skip
def test_a_schema_is_a_mention_a_union_or_neither(version: str, schema: str, expected: str) -> None:
    text = f"""
    A: {{type: object, properties: {{a: {{}}}}}}
    U: {{oneOf: [{{type: object, properties: {{x: {{}}}}}}, {{type: object, properties: {{y: {{}}}}}}]}}
    N: {{type: number}}
    I: {{type: integer}}
    Whole: {schema}
    """
    assert what(text, version) == expected


def test_what_cannot_be_is_told_unless_null_is_left() -> None:
    found = document("""
    Whole: {allOf: [{type: [string, 'null']}, {type: ['null', array]}]}
    None: {allOf: [{type: string}, {type: array}]}
    """)
    assert meant(component(found, "Whole"), found).conflict is None
    assert meant(component(found, "None"), found).conflict is not None


def test_a_union_of_too_many_variants_is_refused() -> None:
    variant = "{allOf: [{$ref: '%sU%d'}, {required: [%s%d]}]}"
    levels = "\n".join(
        f"    U{n}: {{oneOf: [{', '.join(variant % (REF, n + 1, side, n) for side in 'ab')}]}}"
        for n in range(11)
    )
    found = document(f"{levels}\n    U11: {{type: object}}")
    with pytest.raises(Refused) as refused:
        leaves(meant(component(found, "U0"), found).schema, found)
    assert "over 2000 variants" in refused.value.diagnostic.message


def test_a_union_met_on_several_ways_is_met_once() -> None:
    levels = "\n".join(
        f"    U{n}: {{oneOf: [{{$ref: '{REF}U{n + 1}'}}, {{allOf: [{{$ref: '{REF}U{n + 1}'}}]}}]}}"
        for n in range(10)
    )
    found = document(
        f"{levels}\n    U10: {{oneOf: [{{type: string}}, {{$ref: '{REF}U0'}}, {{type: 'null'}}]}}"
    )
    known = leaves(meant(component(found, "U0"), found).schema, found)
    assert [leaf.schema.at.pointer for leaf in known.leaves] == ["/components/schemas/U10/oneOf/0"]
    assert known.nullable
