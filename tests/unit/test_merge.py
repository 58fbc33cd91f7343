"""What `allOf`, `$ref` and the schema around them say together."""

from __future__ import annotations

import pytest

from specloom.diagnostics import Refused
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.merge import Merged
from specloom.values import Kind

from .schemas import component, document, merged, spread


def merge(schemas: str, name: str = "Whole", version: str = "3.1.0") -> Merged:
    found = document(schemas, version)
    return merged(component(found, name), found)


def names(schema: Schema) -> list[str]:
    return [name.raw for name, _ in schema.properties or ()]


def within(schema: Schema, name: str) -> Schema:
    return {key.raw: child for key, child in schema.properties or ()}[name]


def limits(schema: Schema) -> dict[str, object]:
    return {keyword: value.value for keyword, value in schema.bounds}


def listed(schema: Schema) -> list[object] | None:
    return None if schema.enum is None else [value.value for value in schema.enum]


def test_properties_are_united_in_the_order_of_the_document() -> None:
    whole = merge("""
        Base: {type: object, required: [a], properties: {a: {type: string}, b: {}}}
        Whole:
          allOf:
          - $ref: '#/components/schemas/Base'
          - {required: [c, a], properties: {c: {}}}
          properties: {d: {}}
          required: [d]
    """)
    assert names(whole.schema) == ["a", "b", "c", "d"]
    assert [name.raw for name in whole.schema.required] == ["a", "c", "d"]
    assert whole.schema.kinds == (Kind.OBJECT,)
    assert whole.rest == ()
    assert whole.schema.at.pointer == "/components/schemas/Whole"


def test_what_is_written_first_comes_first() -> None:
    whole = merge("""
        Base: {properties: {a: {}}}
        Whole:
          properties: {d: {}}
          allOf: [{$ref: '#/components/schemas/Base'}]
    """)
    assert names(whole.schema) == ["d", "a"]


def test_a_property_of_two_parts_is_merged_when_it_is_mentioned() -> None:
    text = """
        Base: {properties: {a: {type: string, minLength: 2}, b: {type: string}}}
        Whole:
          allOf:
          - $ref: '#/components/schemas/Base'
          - properties: {a: {maxLength: 3}, b: {type: string}}
    """
    found = document(text)
    whole = merged(component(found, "Whole"), found).schema
    both = within(whole, "a")
    assert [part.at.pointer.split("/")[3] for part in both.all_of] == ["Base", "Whole"]
    assert both.at.pointer == "/components/schemas/Whole/properties/a"
    assert limits(merged(both, found).schema) == {"minLength": 2, "maxLength": 3}
    assert within(whole, "b").at.pointer == "/components/schemas/Base/properties/b", "equal: one"


def test_a_property_that_a_component_has_merged_is_the_same_everywhere() -> None:
    found = document("""
        One: {properties: {a: {minLength: 2}}}
        Base: {allOf: [{$ref: '#/components/schemas/One'}, {properties: {a: {maxLength: 3}}}]}
        Whole: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: {}}}]}
        More: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {enum: [x]}}}]}
    """)
    whole, more = (merged(component(found, name), found).schema for name in ("Whole", "More"))
    assert within(whole, "a").at.pointer == "/components/schemas/Base/properties/a"
    assert within(more, "a").at.pointer == "/components/schemas/More/properties/a"


@pytest.mark.parametrize(
    ("parts", "kinds", "nullable"),
    [
        ("{type: integer}, {type: number}", (Kind.INTEGER,), False),
        ("{type: number}, {type: integer}", (Kind.INTEGER,), False),
        ("{type: [string, integer]}, {type: [number, string]}", (Kind.STRING, Kind.INTEGER), False),
        ("{type: [string, 'null']}, {type: string}", (Kind.STRING,), False),
        ("{type: [string, 'null']}, {type: ['null', string]}", (Kind.STRING,), True),
        ("{type: [string, 'null']}, {minLength: 1}", (Kind.STRING,), True),
        ("{type: [string, 'null']}, {enum: [a, null]}", (Kind.STRING,), True),
        ("{type: [string, 'null']}, {enum: [a]}", (Kind.STRING,), False),
        ("{type: string, nullable: true}, {type: string}", (Kind.STRING,), False),
        ("{type: string}, {nullable: true}", (Kind.STRING,), True),
        ("{minLength: 1}, {maxLength: 2}", None, False),
    ],
)
def test_kinds_are_intersected(parts: str, kinds: tuple[Kind, ...] | None, nullable: bool) -> None:
    whole = merge(f"Whole: {{allOf: [{parts}]}}").schema
    assert whole.kinds == kinds
    assert whole.nullable is nullable


def test_null_beside_all_of_is_meant_though_the_letter_says_otherwise() -> None:
    whole = merge("""
        Base: {type: object, properties: {a: {}}}
        Whole: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}, {required: [a]}]}
    """)
    assert whole.schema.nullable


@pytest.mark.parametrize(
    ("parts", "values"),
    [
        ("{enum: [a, b, c]}, {enum: [c, a]}", ["a", "c"]),
        ("{enum: [1, true]}, {enum: [1.0, 2]}", [1]),
        ("{enum: [a, b]}, {const: b}", ["b"]),
        ("{enum: [{x: [1]}, {}]}, {enum: [{x: [1.0]}]}", [{"x": [1]}]),
        ("{enum: [a, b]}, {oneOf: [{const: b}, {const: c}]}", ["b"]),
        ("{enum: [a, b]}, {oneOf: [{const: b}, {enum: [c, a]}]}", ["a", "b"]),
        ("{enum: []}, {oneOf: [{const: b}, {const: c}]}", ["b", "c"]),
        ("{enum: []}, {type: string}", None),
        ("{type: string}, {minLength: 1}", None),
    ],
)
def test_values_are_intersected(parts: str, values: list[object] | None) -> None:
    assert listed(merge(f"Whole: {{allOf: [{parts}]}}").schema) == values


@pytest.mark.parametrize(
    ("version", "parts", "bounds"),
    [
        ("3.1.0", "{minimum: 1, maximum: 9}, {minimum: 2, maximum: 8}", {"minimum": 2, "maximum": 8}),
        ("3.1.0", "{minItems: 3}, {minItems: 2, uniqueItems: true}", {"minItems": 3, "uniqueItems": True}),
        ("3.1.0", "{uniqueItems: false}, {uniqueItems: true}", {"uniqueItems": True}),
        ("3.1.0", "{multipleOf: 2}, {multipleOf: 2}", {"multipleOf": 2}),
        ("3.1.0", "{exclusiveMinimum: 3}, {minimum: 3}", {"minimum": 3, "exclusiveMinimum": 3}),
        ("3.1.0", "{minimum: 9007199254740993}, {minimum: 9007199254740992.0}", {"minimum": 9007199254740993}),
        ("3.0.4", "{minimum: 3, exclusiveMinimum: true}, {minimum: 2}", {"minimum": 2, "exclusiveMinimum": 3}),
        ("3.0.4", "{maximum: 3, exclusiveMaximum: false}, {maximum: 4}", {"maximum": 3}),
    ],
)  # fmt: skip
def test_the_tightest_bound_counts(version: str, parts: str, bounds: dict[str, object]) -> None:
    whole = merge(f"Whole: {{allOf: [{parts}]}}", version=version)
    assert limits(whole.schema) == bounds
    assert whole.rest == ()


@pytest.mark.parametrize(
    ("parts", "rest"),
    [
        ("{multipleOf: 2}, {multipleOf: 3}, {multipleOf: 3}", [{"multipleOf": 3}]),
        ("{pattern: a}, {pattern: b}", [{"pattern": "a"}, {"pattern": "b"}]),
        ("{not: {const: 1}}, {type: integer}", [{"not": {"const": 1}}]),
        ("{if: {type: string}, then: {minLength: 1}, title: t}, {type: string}", [{"if": {"type": "string"}, "then": {"minLength": 1}}]),
        ("{items: {type: string}, prefixItems: [{const: a}]}, {type: array}", [{"items": {"type": "string"}, "prefixItems": [{"const": "a"}]}]),
        ("{enum: [a]}, {oneOf: [{minLength: 1}, {type: integer}]}", [{"oneOf": [{"minLength": 1}, {"type": "integer"}]}]),
    ],
)  # fmt: skip
def test_what_has_no_place_is_kept_beside_the_schema(parts: str, rest: list[object]) -> None:
    whole = merge(f"Whole: {{allOf: [{parts}]}}")
    assert [schema.node.value for schema in whole.rest] == rest


def test_a_lone_schema_keeps_its_keywords_too() -> None:
    whole = merge("Whole: {type: object, properties: {a: {}}, propertyNames: {maxLength: 1}}")
    assert names(whole.schema) == ["a"]
    assert [schema.node.value for schema in whole.rest] == [{"propertyNames": {"maxLength": 1}}]


def test_unevaluated_members_are_judged_by_all_that_stands_beside() -> None:
    whole = merge("""
        Whole: {allOf: [{properties: {a: {}}}], required: [a], unevaluatedProperties: false}
    """)
    (rest,) = whole.rest
    assert list(rest.node.keys) == ["allOf", "required", "unevaluatedProperties"]


def test_items_and_additional_members_are_conjoined_when_they_are_mentioned() -> None:
    found = document("""
        List: {allOf: [{items: {type: string}}, {items: {maxLength: 2}}]}
        Map: {allOf: [{additionalProperties: {type: string}}, {additionalProperties: true}]}
        Maps: {allOf: [{additionalProperties: {type: string}}, {additionalProperties: {maxLength: 2}}]}
    """)
    items = merged(component(found, "List"), found).schema.items
    assert items is not None
    assert items.at.pointer == "/components/schemas/List/items"
    assert merged(items, found).schema.kinds == (Kind.STRING,)
    one = merged(component(found, "Map"), found).schema.additional
    assert one is not None
    assert one.kinds == (Kind.STRING,)
    two = merged(component(found, "Maps"), found).schema.additional
    assert two is not None
    assert len(two.all_of) == 2


def test_additional_members_of_one_part_are_the_properties_of_another() -> None:
    found = document("""
        Whole:
          allOf: [{properties: {a: {}}, additionalProperties: {type: string}}, {properties: {b: {maxLength: 2}, a: {}}}]
    """)
    whole = merged(component(found, "Whole"), found).schema
    assert merged(within(whole, "b"), found).schema.kinds == (Kind.STRING,)
    assert within(whole, "a").all_of == ()


def test_a_closed_part_forbids_members_of_others_by_the_letter() -> None:
    text = """
        Whole:
          allOf: [{{properties: {{a: {{}}}}, additionalProperties: false}}, {{properties: {{b: {{}}}}, required: [{}]}}]
    """
    optional, required = merge(text.format("a")), merge(text.format("b"))
    assert optional.schema.additional is not None
    assert optional.schema.additional.always is False
    letter = {"properties": {"a": True}, "additionalProperties": False}
    assert [schema.node.value for schema in optional.rest] == [letter]
    assert required.rest == (), "or nothing could be written at all"
    for whole in (optional, required):
        (remark,) = whole.remarks
        assert remark.rule == "closed-part"
        assert "`b`" in remark.message


def test_a_closed_part_that_forbids_nothing_closes_the_whole() -> None:
    whole = merge(
        "Whole: {allOf: [{properties: {a: {}}}, {required: [a]}], additionalProperties: false}"
    )
    assert whole.remarks, "by the letter it forbids `a`, too"
    whole = merge(
        "Whole: {allOf: [{properties: {a: {}}, additionalProperties: false}, {required: [a]}]}"
    )
    assert (whole.remarks, whole.rest) == ((), ())
    assert whole.schema.additional is not None
    assert whole.schema.additional.always is False


@pytest.mark.parametrize(
    "parts",
    ["{type: string}, {type: array}", "{enum: [a]}, {enum: [b]}", "{type: string}, {type: [integer, 'null']}"],
)  # fmt: skip
def test_what_excludes_one_another_fits_nothing(parts: str) -> None:
    conflict = merge(f"Whole: {{allOf: [{parts}]}}").conflict
    assert conflict is not None
    assert (conflict.rule, conflict.at) == ("impossible", merge("Whole: {}").schema.at)
    assert merge("Whole: {allOf: [{type: string}, {type: [string, array]}]}").conflict is None


def test_the_nearest_words_count_and_those_of_a_component_are_its_own() -> None:
    text = """
        Base: {title: Base, description: of the base, default: 1, writeOnly: true, type: integer}
        Whole:
          title: Whole
          allOf: [{$ref: '#/components/schemas/Base'}, {description: first}, {description: second}]
        Bare: {allOf: [{$ref: '#/components/schemas/Base'}, {minimum: 1}]}
    """
    whole, bare = merge(text).schema, merge(text, "Bare").schema
    assert (whole.title.raw, whole.description.raw) == ("Whole", "second")
    assert (bare.title.raw, bare.description.raw) == ("", "")
    assert bare.default is not None
    assert bare.default.value == 1
    assert bare.write_only


def test_its_own_words_are_nearer_than_those_of_its_parts() -> None:
    text = "Whole: {properties: {a: {}}, description: own, allOf: [{description: of a part}]}"
    assert merge(text).schema.description.raw == "own"


def test_what_stands_beside_a_reference_counts_from_openapi_3_1_on() -> None:
    text = """
        Base: {type: string, minLength: 1}
        Whole: {$ref: '#/components/schemas/Base', description: words, maxLength: 3}
    """
    assert limits(merge(text).schema) == {"minLength": 1, "maxLength": 3}
    legacy = merge(text, version="3.0.4").schema
    assert limits(legacy) == {"minLength": 1}
    assert legacy.description.raw == "words"


def test_a_discriminator_is_not_inherited() -> None:
    text = """
        Base: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
        Whole: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {}}}]}
    """
    assert merge(text).schema.discriminator is None
    assert merge(text, "Base").schema.discriminator is not None


def test_a_part_that_is_met_twice_counts_once() -> None:
    levels = "\n".join(
        f"L{n}: {{allOf: [{{$ref: '#/components/schemas/L{n + 1}'}}, "
        f"{{$ref: '#/components/schemas/L{n + 1}'}}]}}"
        for n in range(40)
    )
    whole = merge(f"{levels}\nL40: {{multipleOf: 2, properties: {{a: {{}}}}}}", "L0")
    assert names(whole.schema) == ["a"]


@pytest.mark.parametrize(
    "schemas",
    [
        "Whole: {allOf: [{$ref: '#/components/schemas/Whole'}]}",
        "Whole: {allOf: [{$ref: '#/components/schemas/B'}]}\nB: {allOf: [{$ref: '#/components/schemas/Whole'}]}",
        "Whole: {$ref: '#/components/schemas/B', minLength: 1}\nB: {$ref: '#/components/schemas/Whole'}",
    ],
)  # fmt: skip
def test_a_schema_that_is_a_part_of_itself_is_refused(schemas: str) -> None:
    with pytest.raises(Refused) as refused:
        merge(schemas)
    assert refused.value.diagnostic.rule == "endless-schema"


def test_too_many_parts_in_a_row_are_refused() -> None:
    levels = "\n".join(
        f"L{n}: {{allOf: [{{$ref: '#/components/schemas/L{n + 1}'}}]}}" for n in range(5000)
    )
    with pytest.raises(Refused) as refused:
        merge(f"{levels}\nL5000: {{}}", "L0")
    assert refused.value.diagnostic.rule == "not-supported-yet"


BASE_OF_ITS_ALTERNATIVES = """
    Base:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind}
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Group'}]
    Group: {oneOf: [{$ref: '#/components/schemas/Dog'}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {lives: {}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {barks: {}}}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {age: {}}}]}
    Toy: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {price: {}}}]}
"""


@pytest.mark.parametrize("name", ["Cat", "Dog", "Puppy"])
def test_within_an_alternative_its_base_counts_without_the_alternatives(name: str) -> None:
    found: Document = document(BASE_OF_ITS_ALTERNATIVES)
    assert spread(component(found, name), found) is None
    assert "kind" in names(merged(component(found, name), found).schema)
    assert spread(component(found, "Toy"), found) is not None
