"""Keys of idempotency: headers by which a server knows a request that it has got before."""

from __future__ import annotations

from specloom.document.parameter import Parameter
from specloom.document.root import Document
from specloom.lower.schemas.defaults import fits
from specloom.values import Json

NAMES = frozenset(
    (
        "idempotency-key",
        "x-idempotency-key",
        "idempotency-token",
        "x-idempotency-token",
        "idempotent-key",
        "x-idempotent-key",
        "cko-idempotency-key",
        "paypal-request-id",
    )
)
"""In lower case: a list that is closed, as a name that sounds like one promises nothing."""
_KEY = Json.of("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
"""One as clients make them: a UUID of version 4."""


def is_idempotency_key(parameter: Parameter, document: Document) -> bool:
    """Return whether a parameter is a key that a client can make where the caller gives none."""
    if parameter.location != "header" or parameter.name.raw.lower() not in NAMES:
        return False
    schema = parameter.schema
    return schema is None or (schema.default is None and fits(_KEY, schema, document))
