"""What a file of generated tests says of an operation that it cannot try."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.naming import name
from specloom.python.tests import tests as views
from specloom.python.tests.trials import GroupTests, Trials
from specloom.values import Place, Tree

LINK: Tree = {"$ref": "#/components/schemas/Link"}
STRING: Tree = {"type": "string"}


def chained(*, required: bool) -> Tree:
    """Return the schema of an object that holds another of its kind."""
    names: Tree = ["next"] if required else []
    return {"type": "object", "required": names, "properties": {"next": LINK}}


DONE: Mapping[str, Tree] = {"204": {"description": "done"}}


def document(schemas: Mapping[str, Tree], answers: Mapping[str, Tree] = DONE) -> Tree:
    """Return a document with a body that is a `Link`."""
    link: Tree = LINK
    body: Tree = {"required": True, "content": {"application/json": {"schema": link}}}
    path: Tree = {
        "get": {"responses": answers},
        "post": {"responses": answers, "requestBody": body},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chain", "version": "1"},
        "paths": {"/links": path},
        "components": {"schemas": schemas},
    }


def view(answers: Mapping[str, Tree] = DONE, /, **schemas: Tree) -> GroupTests:
    [group] = trials(document(schemas, answers)).groups
    return group


def trials(tree: Tree) -> Trials:
    api = lower(read_document(Node(tree, Place("x", ""), tree))).api
    return views.tests(api, name(api), "chain")


def test_an_operation_without_a_sample_is_named() -> None:
    endless, finite = (view(Link=chained(required=required)) for required in (True, False))
    assert endless.docstring.endswith('for want of a small enough sample:\n- `POST /links`"""')
    assert "Not tried" not in finite.docstring


def listing(cursor: Tree) -> Tree:
    """Return a document with an operation whose pages go on with a cursor."""
    members: Tree = {"data": {"type": "array", "items": STRING}, "next_cursor": cursor}
    page: Tree = {"type": "object", "required": ["data", "next_cursor"], "properties": members}
    answers: Tree = {
        "200": {"description": "a page", "content": {"application/json": {"schema": page}}}
    }
    asked: Tree = [{"name": "cursor", "in": "query", "schema": STRING}]
    path: Tree = {"get": {"parameters": asked, "responses": answers}}
    info: Tree = {"title": "Pages", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/links": path}}


def test_pages_of_which_there_can_be_no_second_are_named() -> None:
    """A cursor that can only be empty leads nowhere."""
    [single] = trials(listing({"type": "string", "maxLength": 0})).groups
    [several] = trials(listing(STRING)).groups
    assert single.docstring.endswith('for want of a second one:\n- `GET /links`"""')
    assert not single.paged
    assert "Pages not" not in several.docstring
    assert len(several.paged) == 1


def tokens(*more: str) -> Tree:
    """Return the operation of a token endpoint that needs some members more than others do."""
    members: dict[str, Tree] = {
        "grant_type": {"const": "refresh_token"},
        "refresh_token": STRING,
        **dict.fromkeys(more, STRING),
    }
    form: Tree = {"type": "object", "required": [*members], "properties": members}
    body: Tree = {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": form}},
    }
    return {"post": {"requestBody": body, "responses": DONE}}


def test_a_source_of_tokens_that_nobody_can_foretell_is_named() -> None:
    info: Tree = {"title": "Tokens", "version": "1"}
    paths: dict[str, Tree] = {"/oauth/token": tokens(), "/shops/token": tokens("shop")}
    tree: Tree = {"openapi": "3.1.0", "info": info, "paths": paths}
    found = trials(tree).oauth
    assert found is not None
    assert found.docstring.endswith('is not foretold:\n- `ShopsTokenSource`"""')


@pytest.mark.parametrize("count", [59, 60])
def test_webhooks_that_are_too_many_are_left_and_it_says_so(count: int) -> None:
    """One that nobody knows is read, too."""

    def hook(number: int) -> Tree:
        event: Tree = {"const": f"event {number}"}
        schema: Tree = {"type": "object", "required": ["type"], "properties": {"type": event}}
        body: Tree = {"content": {"application/json": {"schema": schema}}}
        return {"post": {"requestBody": body, "responses": DONE}}

    info: Tree = {"title": "Hooks", "version": "1"}
    hooks: Tree = {f"hook {number}": hook(number) for number in range(count)}
    found = trials({"openapi": "3.1.0", "info": info, "webhooks": hooks}).webhooks
    assert found is not None
    assert len(found.webhooks) == 60
    assert ("the first 60" in found.docstring) is (count == 60)


def test_a_union_of_nothing_but_itself_and_what_has_no_sample_is_named() -> None:
    """No text is known to match a back-reference."""
    union: Tree = {"anyOf": [{"type": "string", "pattern": r"^(a|b)\1c$"}, chained(required=True)]}
    assert view(Link=union).docstring.endswith('- `POST /links`"""')


def test_a_text_of_one_of_several_patterns_is_found_where_they_are_mentioned() -> None:
    file: Tree = {"oneOf": [{"$ref": f"#/components/schemas/{key}"} for key in ("Url", "Path")]}
    patterns: dict[str, Tree] = {
        "Url": {"type": "string", "pattern": "^https://[a-z]{1,9}.(html|pdf)$"},
        "Path": {"type": "string", "pattern": "^(?!https://)[a-z:/.]{1,9}.(html|pdf)$"},
    }
    link: Tree = {"type": "object", "required": ["file"], "properties": {"file": file}}
    tests = view(Link=link, **patterns)
    assert "Not tried" not in tests.docstring
    assert 'file="https://' in "".join(tests.samples)


def test_a_text_is_as_long_as_the_alternative_with_its_pattern_asks() -> None:
    long: Tree = {"pattern": "^x", "minLength": 7}
    link: Tree = {
        "type": "string",
        "allOf": [{"anyOf": [long, {"const": "short"}]}],
        "minLength": 6,
    }
    assert "xxxxxxx" in view(Link=link).kinds[0].statement


def test_an_object_that_needs_some_member_has_one_that_leads_to_other_choices() -> None:
    """Members that are all lists of what has choices of its own."""
    choice: Tree = {"oneOf": [STRING, {"type": "integer"}]}
    row: Tree = {"type": "object", "minProperties": 1, "properties": {"of": choice}}
    lists: Tree = {key: {"type": "array", "items": row} for key in ("made", "changed", "gone")}
    link: Tree = {"type": "object", "minProperties": 2, "properties": lists}
    assert "Not tried" not in view(Link=link).docstring


def test_a_list_that_may_be_one_of_two_kinds_says_which_it_is() -> None:
    """Type checkers infer what is in it from the place where it stands; here they cannot."""
    rows: dict[str, Tree] = {
        "maps": {"type": "object", "additionalProperties": {}},
        "choices": {"enum": ["a", "b"]},
        "links": LINK,
    }
    either: dict[str, Tree] = {
        key: {"oneOf": [{"type": "array", "items": of} for of in (row, {"type": "integer"})]}
        for key, row in rows.items()
    }
    tests = view(Link={"type": "object", "properties": either})
    found = "".join((*tests.samples, *(kind.statement for kind in tests.kinds)))
    assert "maps=list[dict[str, Json]](" in found
    assert 'choices=list[Literal["a", "b"]](' in found
    assert "links=[LINK_MINIMAL" in found
    assert "maps=[40" in found


def test_failures_are_tried_whatever_they_hold() -> None:
    anything: Tree = {"application/json": {}}
    either: Tree = {"application/json": {"schema": LINK}, "text/plain": {"schema": STRING}}
    failures: dict[str, Tree] = {
        "400": {"description": "anything", "content": anything},
        "4XX": {"description": "either", "content": either},
        "default": {"description": "a link", "content": {"application/json": {"schema": LINK}}},
    }
    tests = view({**DONE, **failures}, Link=chained(required=False))
    [row, _] = [operation.statement for operation in tests.operations]
    missed = row.partition("misses=[")[2].partition("hoped_for")[0]
    assert 'Answer(400, b\'{"a": [1]}\', {"Content-Type": "application/json"})' in missed
    assert len(re.findall(r"Answer\(\s*499,", missed)) == 2
    assert "failures={599: LINK_KIND}" in row


def test_items_that_have_to_differ_do_so() -> None:
    number: Tree = {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}
    link: Tree = {"type": "array", "uniqueItems": True, "minItems": 3, "items": number}
    assert "Not tried" not in view(Link=link).docstring


def test_a_union_that_is_only_sent_needs_no_tag_to_be_tried() -> None:
    """Two discriminators disagree on a member that no variant has: by its class a value is written."""
    keys = ("Cat", "Dog")
    named: Tree = {"type": "object", "required": ["name"], "properties": {"name": STRING}}

    def told_by(*words: str) -> Tree:
        references = {w: f"#/components/schemas/{k}" for w, k in zip(words, keys, strict=True)}
        mapping: Tree = {**references}
        variants: Tree = [{"$ref": reference} for reference in references.values()]
        return {"oneOf": variants, "discriminator": {"propertyName": "kind", "mapping": mapping}}

    pets: dict[str, Tree] = {"pet": told_by("cat", "dog"), "other": told_by("meows", "barks")}
    tests = view(
        Link={"type": "object", "required": [*pets], "properties": pets}, Cat=named, Dog=named
    )
    assert "Not tried" not in tests.docstring
    assert tests.has_unread
