"""Which credentials an operation asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.operation import Operation
from specloom.document.root import Document
from specloom.document.security import SecurityRequirement, SecurityScheme
from specloom.near import nearest
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.shown import shown

_LOOKED_AT = 10
_LONGEST = 30
"""A mistyped scheme is looked for once for each operation, and they may be thousands."""
_DECLARE = "declare it in `components.securitySchemes`"


def lower_security(operation: Operation, document: Document) -> tuple[ir.Requirement, ...]:
    """Return the alternatives, any of which will do; those of the document where it has none.

    OpenAPI 3.1.1, "Security Requirement Object": `[]` removes the document's, `{}` is anonymous.
    Raises Refused for a scheme that is unknown, or that cannot be met yet.
    """
    alternatives = document.security if operation.security is None else operation.security
    schemes = {scheme.key: scheme for scheme in document.security_schemes}
    for alternative in alternatives:
        if len(alternative.schemes) > 1:
            raise Refused(not_yet(alternative.at, "several credentials at once"))
        for key in alternative.schemes:
            _check(schemes.get(key), key.raw, alternative, (k.raw for k in schemes))
    return tuple(ir.Requirement(a.schemes) for a in alternatives)


def _check(
    scheme: SecurityScheme | None, key: str, at: SecurityRequirement, known: Iterable[str]
) -> None:
    place = at.at.step(key).at_key()
    if scheme is None:
        message = f"`{shown(key)}` is no security scheme of this document"
        near = nearest(key, islice(known, _LOOKED_AT)) if len(key) <= _LONGEST else ""
        hint = f"did you mean `{shown(near)}`?" if near else _DECLARE
        raise Refused(finding("broken-reference", place, message, hint))
    if (scheme.type, scheme.scheme) != ("http", "bearer"):
        kind = " ".join(word for word in (scheme.type, scheme.scheme) if word)
        raise Refused(not_yet(place, f"the security scheme `{shown(key)}` ({shown(kind)})"))


def lower_schemes(
    document: Document, operations: tuple[ir.Operation, ...]
) -> Iterator[ir.SecurityScheme]:
    """Return the schemes that an operation, or the document by default, asks for."""
    asked = {key for o in operations for r in o.security for key in r.schemes}
    asked |= {key for requirement in document.security for key in requirement.schemes}
    for scheme in document.security_schemes:
        if scheme.key in asked:
            docs = ir.Docs(description=scheme.description)
            yield ir.SecurityScheme(key=scheme.key, docs=docs, at=scheme.at)
