"""Where the unions of a document are found, and with what around them."""

from __future__ import annotations

from specloom.unions import Declared, Part, Schemas, Site, judge, unions
from specloom.values import Json, Text, Tree
from specloom.verdict import Evidence, Rule

from .union_cases import INTEGER, STRING, partial, record

_UNION: Tree = {"oneOf": [STRING, INTEGER]}


def _sites(tree: Tree, version: str = "3.1") -> list[Site]:
    return list(unions(Schemas(tree, version)))


def _places(tree: Tree) -> list[str]:
    return [f"{site.pointer}/{site.keyword}" for site in _sites(tree)]


def _of_components(**schemas: Tree) -> Tree:
    return {"components": {"schemas": schemas}}


def test_unions_are_found_wherever_a_schema_stands_in_the_order_of_the_document() -> None:
    content: Tree = {"application/json": {"schema": _UNION}}
    operation: Tree = {
        "parameters": [{"schema": _UNION, "examples": {"schema": _UNION}}],
        "requestBody": {"content": content},
        "responses": {"default": {"headers": {"x-schema": {"schema": _UNION}}, "content": content}},
        "callbacks": {"schema": {"{$url}": {"post": {"requestBody": {"content": content}}}}},
        "x-schema": {"schema": _UNION},
    }
    inner: Tree = {"properties": {"oneOf": {"anyOf": [_UNION]}}, "default": _UNION}
    tree: Tree = {
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": {"x-a": inner}, "examples": {"schema": _UNION}},
    }
    body = "content/application~1json/schema/oneOf"
    get = "/paths/~1a/get"
    assert _places(tree) == [
        f"{get}/parameters/0/schema/oneOf",
        f"{get}/requestBody/{body}",
        f"{get}/responses/default/headers/x-schema/schema/oneOf",
        f"{get}/responses/default/{body}",
        f"{get}/callbacks/schema/{{$url}}/post/requestBody/{body}",
        "/components/schemas/x-a/properties/oneOf/anyOf",
        "/components/schemas/x-a/properties/oneOf/anyOf/0/oneOf",
    ]


def test_what_stands_around_a_union_counts_in_each_variant() -> None:
    union: Tree = {"title": "B", "required": ["b"], "oneOf": [STRING, INTEGER]}
    (site,) = _sites(_of_components(A={"allOf": [partial(a=STRING), union], "minProperties": 1}))
    here = "/components/schemas/A"
    around = (
        Part(here, frozenset({"allOf", "discriminator"})),
        Part(f"{here}/allOf/0"),
        Part(f"{here}/allOf/1", frozenset({"oneOf", "discriminator"})),
    )
    assert site.candidates == tuple(
        ((Part(f"{here}/allOf/1/oneOf/{number}"), *around),) for number in range(2)
    )


def test_words_around_a_union_do_not_count() -> None:
    (site,) = _sites(_of_components(A={"title": "A", "nullable": True, **_mapping(_UNION)}), "3.0")
    assert site.candidates[0] == ((Part("/components/schemas/A/oneOf/0"),),)


def _mapping(union: Tree) -> dict[str, Tree]:
    return dict(union) if isinstance(union, dict) else {}


def test_null_is_no_variant() -> None:
    null: list[Tree] = [{"type": "null"}, {"nullable": True}, {"enum": [None]}, {"const": None}]
    (site,) = _sites(_of_components(A={"anyOf": [*null, STRING, {"type": ["string", "null"]}]}))
    assert [parts[0].pointer[-1] for (parts,) in site.candidates] == ["4", "5"]


def test_beside_a_mention_there_is_no_union_in_3_0() -> None:
    tree = _of_components(A={"$ref": "#/components/schemas/B", **_mapping(_UNION)}, B=STRING)
    assert _sites(tree, "3.0") == []
    assert len(_sites(tree, "3.1")) == 1


def _declared(mapping: Tree, *variants: Tree, **more: Tree) -> Declared | None:
    of = (
        {"propertyName": "kind"}
        if mapping is None
        else {"propertyName": "kind", "mapping": mapping}
    )
    cat, dog = (record(kind={"const": kind}) for kind in ("cat", "dog"))
    union: Tree = {"oneOf": list(variants), "discriminator": of}
    *_, site = _sites(_of_components(**{"Cat": cat, "a/b": dog, **more, "Pet": union}))
    return site.declared


_CAT: Tree = {"$ref": "#/components/schemas/Cat"}
_DOG: Tree = {"$ref": "#/components/schemas/a~1b"}


def _tags(*tags: tuple[str, ...]) -> Declared:
    return Declared(Text("kind"), tuple(tuple(map(Json.of, each)) for each in tags))


def test_a_mapping_gives_tags_by_reference_or_by_name() -> None:
    mapping: Tree = {"cat": "Cat", "kitten": "#/components/schemas/Cat", "dog": "a/b"}
    assert _declared(mapping, _CAT, _DOG) == _tags(("cat", "kitten"), ("dog",))


def test_without_a_mapping_the_tag_is_the_name() -> None:
    inline = record(kind={"const": "bird"})
    assert _declared(None, _CAT, _DOG, inline) == _tags(("Cat",), ("a/b",), ())


def test_a_variant_that_is_a_union_has_the_tags_of_its_own_variants() -> None:
    mapping: Tree = {"cat": "Cat", "dog": "a/b"}
    within: Tree = {"oneOf": [_CAT, _DOG]}
    both: Tree = {"$ref": "#/components/schemas/Both"}
    assert _declared(mapping, both, Both=within) == _tags(("cat", "dog"))


def test_a_discriminator_that_names_nothing_is_none() -> None:
    (site,) = _sites(_of_components(A={**_mapping(_UNION), "discriminator": {"mapping": {}}}))
    assert site.declared is None


def test_a_site_is_what_a_verdict_is_made_of() -> None:
    schemas = Schemas(
        _of_components(
            Cat=record(kind={"const": "Cat"}),
            Dog=record(kind={"const": "Dog"}),
            Pet={
                "oneOf": [
                    {"$ref": "#/components/schemas/Cat"},
                    {"$ref": "#/components/schemas/Dog"},
                ],
                "discriminator": {"propertyName": "kind"},
            },
        ),
        "3.1",
    )
    (site,) = unions(schemas)
    verdict = judge(schemas, site.candidates, declared=site.declared)
    assert (verdict.evidence, verdict.rule) == (Evidence.PROVEN, Rule.DECLARED_TAG)
