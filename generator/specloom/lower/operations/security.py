"""Which credentials an operation asks for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from specloom import ir
from specloom.diagnostics import Diagnostic, Refused
from specloom.document.node import pointer_of
from specloom.document.operation import Operation
from specloom.document.root import Document
from specloom.document.security import SecurityRequirement, SecurityScheme
from specloom.lower.draft import Lowering
from specloom.lower.operations.parameters import FRAMING
from specloom.lower.tokens.flows import lower_flows
from specloom.near import nearest
from specloom.rules.support import unsupported
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.tokens import is_token
from specloom.values import Place, Text

_LOOKED_AT = 10
_LONGEST = 30
"""A mistyped scheme is looked for once for each operation, and they may be thousands."""
_DECLARE = "declare it in `components.securitySchemes`"
_DIALOGUES = ("digest", "hoba", "mutual", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256")
"""Schemes in which the server's challenge is part of the answer: no header known before."""
_KEYS = {
    "header": ir.Location.HEADER,
    "query": ir.Location.QUERY,
    "cookie": ir.Location.COOKIE,
}


def lower_security(
    operation: Operation, document: Document
) -> Lowering[tuple[ir.Requirement, ...]]:
    """Return the alternatives, any of which will do; those of the document where it has none.

    OpenAPI 3.1.1, "Security Requirement Object": `[]` removes the document's, `{}` is anonymous.
    """
    asked = document.security if operation.security is None else operation.security
    return (yield from lower_requirements(asked, document))


def lower_requirements(
    alternatives: tuple[SecurityRequirement, ...], document: Document
) -> Lowering[tuple[ir.Requirement, ...]]:
    """Return alternatives of credentials that can be had.

    One that asks for more than that is left out, or, where no other will do, for what is left of it.
    """
    schemes = {scheme.key: scheme for scheme in document.security_schemes}
    whole: list[ir.Requirement] = []
    partial: list[ir.Requirement] = []
    for alternative in alternatives:
        ways: dict[Text, ir.Authentication] = {}
        is_met = True
        for key in alternative.schemes:
            scheme = schemes.get(key) or _meant(key, document)
            place = alternative.at.step(key.raw).at_key()
            if scheme is None:
                is_met = False
                yield _unmet(key, place, (known.raw for known in schemes))
            else:
                ways[scheme.key] = authentication(scheme, place, alternative.at)
        found = whole if is_met else partial
        if clash := _clash(ways):
            at = alternative.at.step(clash[1].raw).at_key()
            keys = " and ".join(f"`{shown(key)}`" for key in clash)
            message = f"{keys} leave in one place, which can hold one: either of them will do"
            yield finding("credentials-clash", at, message)
            found += [ir.Requirement((key,)) for key in ways]
        else:
            found.append(ir.Requirement(tuple(ways)))
    return tuple(dict.fromkeys(whole or partial))


def _meant(key: Text, document: Document) -> SecurityScheme | None:
    """OpenAPI 3.2.0, "Security Requirement Object": a key may be a reference to a scheme."""
    pointer = pointer_of(key.raw) if key.raw.startswith("#/") else ""
    return next((s for s in document.security_schemes if s.at.pointer == pointer), None)


def _unmet(key: Text, at: Place, known: Iterable[str]) -> Diagnostic:
    message = f"`{shown(key)}` is no security scheme of this document: nothing is sent for it"
    near = nearest(key.raw, islice(known, _LOOKED_AT)) if len(key.raw) <= _LONGEST else ""
    hint = f"did you mean `{shown(near)}`?" if near else _DECLARE
    return finding("unmet-scheme", at, message, hint)


def _clash(ways: dict[Text, ir.Authentication]) -> tuple[Text, Text] | None:
    """Return two schemes whose credentials would overwrite one another, if there are any."""
    places: dict[tuple[ir.Location, str], Text] = {}
    for key, way in ways.items():
        place = _place(way)
        if place is not None and place in places:
            return places[place], key
        if place is not None:
            places[place] = key
    return None


def _place(way: ir.Authentication) -> tuple[ir.Location, str] | None:
    match way:
        case ir.Bearer() | ir.Basic() | ir.Custom():
            return ir.Location.HEADER, "authorization"
        case ir.ApiKey(ir.Location.HEADER, name) if name.raw.lower() == "cookie":
            return None  # it holds any number of them
        case ir.ApiKey(ir.Location.HEADER, name):
            return ir.Location.HEADER, name.raw.lower()
        case ir.ApiKey(location, name):
            return location, name.raw
        case ir.MutualTls():
            return None


def authentication(scheme: SecurityScheme, at: Place, asked: Place) -> ir.Authentication:
    """Return how a scheme is met (OpenAPI 3.2.0, "Security Scheme Object").

    `at` is where a requirement that was `asked` for names it.
    However a token of OAuth 2.0 or OpenID Connect is come by, it leaves as RFC 6750 says.
    """
    match scheme.type:
        case "oauth2" | "openIdConnect":
            return ir.Bearer()
        case "mutualTLS":
            return ir.MutualTls()
        case "apiKey" if scheme.location in _KEYS and _fits(scheme):
            return ir.ApiKey(_KEYS[scheme.location], scheme.name)
        case "http" if scheme.scheme.lower() == "bearer":
            return ir.Bearer()
        case "http" if scheme.scheme.lower() == "basic":
            return ir.Basic()
        case "http" if is_token(scheme.scheme) and scheme.scheme.lower() not in _DIALOGUES:
            return ir.Custom(Text(scheme.scheme))
        case _:
            words = (scheme.type, scheme.scheme, scheme.location)
            kind = " ".join(word for word in words if word)
            what = f"the security scheme `{shown(scheme.key)}` ({shown(kind)})"
            raise Refused(unsupported("security-scheme", at, what, asked))


def _fits(scheme: SecurityScheme) -> bool:
    """Return whether a key has a name that a header or a cookie can have."""
    name = scheme.name.raw
    if scheme.location == "header" and name.lower() in FRAMING:
        return False
    return bool(name) and (scheme.location == "query" or is_token(name))


def lower_schemes(
    document: Document,
    operations: tuple[ir.Operation, ...],
    security: tuple[ir.Requirement, ...],
) -> Lowering[tuple[ir.SecurityScheme, ...]]:
    """Return the schemes that an operation, or the document by default, asks for.

    A scheme of the transport's needs nothing of the caller, and is none of them.
    """
    asked = {key for o in operations for r in o.security for key in r.schemes}
    asked |= {key for requirement in security for key in requirement.schemes}
    found: list[ir.SecurityScheme] = []
    for scheme in document.security_schemes:
        if scheme.key in asked:
            docs = ir.Docs(description=scheme.description)
            by = authentication(scheme, scheme.at, scheme.at)
            flows = yield from lower_flows(scheme.flows if scheme.type == "oauth2" else ())
            found.append(
                ir.SecurityScheme(key=scheme.key, by=by, flows=flows, docs=docs, at=scheme.at)
            )
    return tuple(found)
