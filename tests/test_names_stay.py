"""Names once given stay: with the lock, adding anything to a document renames nothing.

A document is drawn, and parts of it are taken away: that is the older one. Every schema, property,
operation and parameter has a description of its own, by which it is known again wherever it
stands in the newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom import ir
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lock.text import names_of, names_text
from specloom.lower.api import lower
from specloom.naming import Names, name
from specloom.naming.given import given as names_given
from specloom.naming.pins import NO_PINS, Pins, Section, Unusable
from specloom.values import Place, Tree

Object: TypeAlias = Mapping[str, Tree]

# Twins after conversion, words of Python and of the generated code, and what is no word at all.
TWINS = "item Item ITEM order-item orderItem Order order items Client AsyncItem value v2 item_value"
WORDS = st.sampled_from(["", "+1", "-1", "日本", "order item", "list", "class", *TWINS.split()])
STRING: Object = {"type": "string"}
ENUM: Object = {"enum": ["x", "y"]}
TAGS = st.lists(st.sampled_from(["a", "b", "c", "A", "item", "+"]), min_size=2, unique=True)


@st.composite
def schemas(draw: st.DrawFn, ids: Iterator[int], depth: int) -> Object:
    kinds = ["string", "list", "map"] if depth == 0 else ["object", "union", "list", "null", "enum"]
    below = schemas(ids, depth - 1)
    schema: Object
    match draw(st.sampled_from(kinds)):
        case "object":
            schema = draw(objects(ids, depth))
        case "union":
            schema = {"oneOf": [draw(objects(ids, depth, tag)) for tag in draw(TAGS)]}
        case "list":
            schema = {"type": "array", "items": draw(below) if depth else {"type": "string"}}
        case "map":
            schema = {"type": "object", "additionalProperties": {"type": "integer"}}
        case "null":
            schema = {"anyOf": [draw(objects(ids, depth)), {"type": "null"}]}
        case "enum":
            schema = {"type": "string", "enum": [f"value {n}" for n in range(12)]}
        case _:
            schema = {"type": "string"}
    return {**schema, "description": f"#{next(ids)}"}


@st.composite
def objects(draw: st.DrawFn, ids: Iterator[int], depth: int, tag: str | None = None) -> Object:
    members = draw(st.dictionaries(WORDS, schemas(ids, depth - 1), min_size=1, max_size=4))
    schema: Object = {"type": "object", "properties": members}
    if tag is not None:
        members = {"kind": {"const": tag, "description": f"#{next(ids)}"}, **members}
        schema = {"type": "object", "properties": members, "required": ["kind"]}
    return {**schema, "description": f"#{next(ids)}"}


@st.composite
def operations(draw: st.DrawFn, ids: Iterator[int]) -> Object:
    names = draw(st.lists(WORDS.filter(bool), max_size=3, unique=True))
    items = st.sampled_from([STRING, ENUM])
    parameters: list[Tree] = [
        {
            "name": name,
            "in": "query",
            "description": f"#{next(ids)}",
            "schema": {"type": "array", "items": draw(items), "description": f"#{next(ids)}"},
        }
        for name in names
    ]
    answer: Tree = {"application/json": {"schema": draw(schemas(ids, 2))}}
    return {
        "operationId": draw(WORDS),
        "tags": [draw(WORDS)],
        "description": f"#{next(ids)}",
        "parameters": parameters,
        "responses": {"200": {"description": "", "content": answer}},
    }


@st.composite
def documents(draw: st.DrawFn) -> Object:
    ids = count()
    paths = st.sampled_from(["/a", "/b", "/item", "/items/value", "/Item"])
    items = st.dictionaries(st.sampled_from(["get", "delete"]), operations(ids), min_size=1)
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": draw(st.dictionaries(paths, items, min_size=1, max_size=3)),
        "components": {"schemas": draw(st.dictionaries(WORDS.filter(bool), objects(ids, 2)))},
    }


def lessened(value: Tree, keep: Callable[[], bool], at: str = "") -> Tree:
    """Return a value without some of its parts: members of maps, parameters, variants."""
    match value:
        case Mapping():
            # the first property stays: an object without any is a map, which has no name
            always = [*value][: {"schemas": 0, "paths": 0, "properties": 1}.get(at)]
            kept = {key: child for key, child in value.items() if key in always or keep()}
            return {key: lessened(child, keep, key) for key, child in kept.items()}
        case Sequence() if not isinstance(value, str) and at == "parameters":
            return [item for item in value if keep()]
        case Sequence() if not isinstance(value, str) and at == "oneOf":
            # one alone is no union, and nothing that could be added to
            rest = [item for index, item in enumerate(value) if index < 2 or keep()]
            return [lessened(item, keep) for item in rest]
        case Sequence() if not isinstance(value, str):
            return [lessened(item, keep) for item in value]
        case _:
            return value


def shuffled(value: Tree, order: Callable[[list[str]], list[str]]) -> Tree:
    """Return a value with the members of its objects in another order: nothing depends on it."""
    match value:
        case Mapping():
            return {key: shuffled(value[key], order) for key in order(list(value))}
        case Sequence() if not isinstance(value, str):
            return [shuffled(item, order) for item in value]
        case _:
            return value


def api_of(document: Tree) -> ir.Api:
    lowered = lower(read_document(Node(document, Place("spec", ""), document)))
    assert lowered.findings == ()
    return lowered.api


def known(api: ir.Api, names: Names) -> dict[str, object]:
    """Return what everything is called, by the description that it has in the document."""
    found: dict[str, object] = {}
    for definition in api.definitions:
        mark = definition.docs.description.raw
        found[f"type {mark}"] = names.types[definition.id]
        if isinstance(definition.shape, ir.Object):
            for p in definition.shape.properties:
                mark = p.docs.description.raw
                found[f"field {mark}"] = names.fields[definition.id, p.wire_name]
                found |= {
                    f"item {mark} {path}": item
                    for (id_, path), item in names.inner.items()
                    if id_ == definition.id and path[0] == p.wire_name.raw
                }
    for operation in api.operations:
        mark = operation.docs.description.raw
        found[f"operation {mark}"] = (names.methods[operation.id], names.calls[operation.id])
        found[f"group {mark}"] = names.groups[operation.group]
        for parameter in operation.parameters:
            key = (operation.id, parameter.location, parameter.wire_name)
            found[f"parameter {parameter.docs.description.raw}"] = names.parameters[key]
    return found


def locked(api: ir.Api, names: Names) -> Pins:
    """Return the names as they come back from a lock."""
    text = names_text("target", names_given(api, names).items())
    return {Section(section): found for section, found in names_of(text).items()}


# A failure is told as it was found: to shrink a document of this size takes minutes.
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SETTINGS
@given(documents(), st.integers())
def test_adding_renames_nothing(document: Object, seed: int) -> None:
    chance = Random(seed)
    new = shuffled(document, lambda keys: chance.sample(keys, len(keys)))
    old = lessened(document, lambda: chance.random() < 0.5)
    older, newer = api_of(old), api_of(new)
    before = name(older)
    after = name(newer, locked(older, before))
    was, now = known(older, before), known(newer, after)
    assert {key: now[key] for key in was if key in now} == {k: was[k] for k in was if k in now}
    assert {key for key in was if key not in now} == set()


@SETTINGS
@given(documents())
def test_without_a_lock_the_same_document_has_the_same_names(document: Object) -> None:
    one, other = api_of(document), api_of(document)
    assert name(one) == name(other)
    assert name(one) == name(one, locked(one, name(one)))


def variant(*tags: str) -> Object:
    kind: Object = {"enum": [*tags]}
    properties: Object = {"kind": kind, "n": {"type": "array", "items": {"type": "string"}}}
    return {"type": "object", "properties": properties, "required": ["kind"]}


def within(schema: Tree) -> Object:
    return {"type": "object", "properties": {"inner": schema}}


def answering(schema: Tree) -> Object:
    content: Tree = {"application/json": {"schema": schema}}
    responses: Tree = {"200": {"description": "", "content": content}}
    operation: Tree = {"operationId": "ask", "responses": responses}
    info: Tree = {"title": "t", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/a": {"get": operation}}}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"oneOf": [variant("a"), variant("b")]}, {"oneOf": [variant("z", "a"), variant("b")]}),
        (
            {"oneOf": [variant("a"), {"type": "null"}]},
            {"oneOf": [{"type": "null"}, variant("a"), variant("b")]},
        ),
        (within(variant("a")), within({"oneOf": [variant("a"), variant("b")]})),
    ],
    ids=["another value in front", "one and null become several", "one becomes several"],
)
def test_variants_are_known_by_their_values(old: Tree, new: Tree) -> None:
    older, newer = api_of(answering(old)), api_of(answering(new))
    before = name(older)
    pins = locked(older, before)
    after = name(newer, pins)
    made = {d.id: after.types[d.id].name for d in newer.definitions}
    kept = set(pins[Section.TYPES].values())
    assert kept <= set(made.values())
    for definition in older.definitions:
        mark = definition.shape
        twin = [
            d for d in newer.definitions if "a" in values_of(d) and "a" in values_of(definition)
        ]
        if isinstance(mark, ir.Object) and twin:
            assert made[twin[0].id] == before.types[definition.id].name


def values_of(definition: ir.Definition) -> tuple[object, ...]:
    match definition.shape:
        case ir.Object(properties=(ir.Property(type=ir.Literal(values)), *_)):
            return tuple(value.value for value in values)
        case _:
            return ()


@pytest.mark.parametrize(
    ("section", "given_name", "reason"),
    [
        (Section.TYPES, "class", "is a word of Python"),
        (Section.TYPES, "Client", "is a word of Python, or of the generated code itself"),
        (Section.TYPES, "a b", "is no name that Python code could use here"),
        (Section.TYPES, "_Hidden", "is no name that Python code could use here"),
        (Section.TYPES, "grüße", "is no name that Python code could use here"),
        (Section.TYPES, "AskResponse", "is the name of something else already"),
        (Section.TYPES, "ASKRESPONSE", "is the name of something else already"),
        (Section.FIELDS, "kind", "is the name of something else already"),
        (Section.METHODS, "self", "is a word of Python"),
    ],
)
def test_a_name_of_the_lock_that_cannot_be_given_is_refused(
    section: Section, given_name: str, reason: str
) -> None:
    api = api_of(answering({"oneOf": [variant("a"), variant("b")]}))
    pins = {key: dict(found) for key, found in locked(api, name(api)).items()}
    address = [*pins[section]][-1]
    pins[section][address] = given_name
    with pytest.raises(Unusable) as caught:
        name(api, pins)
    pin = caught.value.pin
    assert (pin.section, pin.name.lower()) == (section, given_name.lower())
    assert pins[section][pin.address] == pin.name
    assert caught.value.reason.startswith(reason)


def test_a_name_may_be_changed_in_the_lock() -> None:
    api = api_of(answering(variant("a")))
    (definition,) = api.definitions
    pins = {**locked(api, name(api)), Section.TYPES: {definition.id.address: "Reply"}}
    names = name(api, pins)
    assert names.types[definition.id].name == "Reply"
    assert names.types[definition.id].codec == "reply"


def test_an_operation_with_another_tag_may_lose_its_name_but_not_refuse() -> None:
    def tagged(first: str, second: str) -> ir.Api:
        def listing(tag: str) -> Tree:
            return {"get": {"operationId": "list", "tags": [tag], "responses": {"204": {}}}}

        paths: Tree = {"/a": listing(first), "/b": listing(second)}
        return api_of({**answering(STRING), "paths": paths})

    before = tagged("one", "two")
    after = tagged("one", "one")
    names = name(after, locked(before, name(before)))
    assert [str(names.methods[o.id]) for o in after.operations] == ["list", "list_2"]


def test_names_of_operations_follow_their_ids() -> None:
    """Or a method would call another operation than the one that it is called after."""

    def asking(**ids: str) -> ir.Api:
        def operation(name: str) -> Tree:
            parameters: Tree = [{"name": f"{name} key", "in": "query", "schema": STRING}]
            said: Object = {} if name == "-" else {"operationId": name}
            return {"get": {**said, "parameters": parameters, "responses": {"204": {}}}}

        paths: Tree = {f"/{path}": operation(name) for path, name in ids.items()}
        return api_of({**answering(STRING), "paths": paths})

    def called(api: ir.Api, names: Names) -> dict[str, str]:
        return {o.path.raw: str(names.methods[o.id]) for o in api.operations}

    before = asking(a="list", b="create", c="-")
    pins = {section: dict(found) for section, found in locked(before, name(before)).items()}
    pins[Section.METHODS]["/paths/~1a/get"] = "everything"
    pins[Section.PARAMETERS]["/paths/~1a/get/parameters/query:list key"] = "which"
    swapped = asking(a="create", b="list", c="named")
    names = name(swapped, pins)
    assert called(swapped, names) == {"/a": "create", "/b": "everything", "/c": "get_c"}
    assert "which" in names.parameters.values()
    moved = asking(a="search", b="other", d="create")
    assert called(moved, name(moved, pins)) == {"/a": "search", "/b": "other", "/d": "create"}


def test_one_and_the_text_of_it_are_two_variants() -> None:
    def tagged(tag: Tree) -> Object:
        properties: Tree = {"kind": {"const": tag}, "n": STRING}
        return {"type": "object", "properties": properties, "required": ["kind"]}

    api = api_of(answering({"oneOf": [tagged(1), tagged("1")]}))
    types = [str(type_.name) for type_ in name(api).types.values()]
    assert len(set(types)) == len(types) == 3
    assert name(api, locked(api, name(api))) == name(api)


def test_nothing_is_given_without_a_lock() -> None:
    api = api_of(answering(variant("a")))
    assert name(api) == name(api, NO_PINS)
