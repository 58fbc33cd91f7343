"""Token endpoints: known by what is sent to them."""

from __future__ import annotations

import pytest
import yaml

from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.values import Place, Tree

FORM = "application/x-www-form-urlencoded"


def is_one(schema: str, *, method: str = "post", media_type: str = FORM, query: str = "{}") -> bool:
    """Return whether the operation of a small document is a token endpoint."""
    tree: Tree = yaml.safe_load(f"""
        openapi: 3.1.0
        info: {{title: a, version: '1'}}
        paths:
          /token:
            {method}:
              parameters: [{{name: grant_type, in: query, schema: {query}}}]
              requestBody: {{content: {{{media_type}: {{schema: {schema}}}}}}}
              responses: {{'200': {{description: a}}}}
        components:
          schemas:
            Grant: {{enum: [refresh_token]}}
            Code: {{type: object, properties: {{grant_type: {{const: authorization_code}}}}}}
            Other: {{type: object, properties: {{grant_type: {{const: web}}}}}}
    """)
    root = Node(tree, Place("api.yaml", ""), tree)
    (operation,) = lower(read_document(root)).api.operations
    return operation.is_token_endpoint


def with_grant(grant: str, more: str = "") -> str:
    return f"{{type: object, properties: {{grant_type: {grant}{more}}}}}"


@pytest.mark.parametrize(
    "schema",
    [
        with_grant("{const: authorization_code}"),
        with_grant("{enum: [web, client_credentials]}"),
        with_grant("{type: [string, 'null'], enum: [password, null]}"),
        with_grant("{enum: ['urn:ietf:params:oauth:grant-type:token-exchange']}"),
        with_grant("{$ref: '#/components/schemas/Grant'}"),
        with_grant("{type: string}", ", client_id: {type: string}"),
        with_grant("{}", ", device_code: {type: string}"),
        "{oneOf: [{$ref: '#/components/schemas/Other'}, {$ref: '#/components/schemas/Code'}]}",
    ],
)
@pytest.mark.parametrize("media_type", [FORM, "application/json"])
def test_a_grant_makes_a_token_endpoint(schema: str, media_type: str) -> None:
    assert is_one(schema, media_type=media_type)


@pytest.mark.parametrize(
    "schema",
    [
        with_grant("{const: web}"),
        with_grant("{type: string}"),
        with_grant("{enum: [options, shares]}", ", client_id: {type: string}"),
        with_grant("{type: integer}", ", code: {type: string}"),
        "{type: object, properties: {code: {type: string}, client_id: {type: string}}}",
        "{$ref: '#/components/schemas/Other'}",
    ],
)
def test_other_grants_make_none(schema: str) -> None:
    assert not is_one(schema)


def test_a_grant_in_the_query_makes_one() -> None:
    assert is_one("{type: object}", query="{enum: [pkce, password]}")
    assert not is_one("{type: object}", query="{type: string}")


def test_only_post_does() -> None:
    """RFC 6749, section 3.2."""
    assert not is_one(with_grant("{const: authorization_code}"), method="put")
