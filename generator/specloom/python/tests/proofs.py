"""Credentials as the tests hold them, and how each leaves: worked out by other means."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World
from specloom.python.literals import literal
from specloom.values import Text


@dataclass(frozen=True, slots=True)
class Proofs:
    """What leaves with a request of a client that holds every credential."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()


def held(world: World) -> Iterator[tuple[Code, ir.SecurityScheme]]:
    """Return the credentials of a client, each with its argument."""
    for scheme in world.api.security_schemes:
        if scheme.key in world.names.credentials:
            yield world.names.credentials[scheme.key], scheme


def token(name: str) -> str:
    """Return what the client of the tests holds for a security scheme."""
    return f"a-held-{name.replace('_', '-')}"


def given(name: Code, scheme: ir.SecurityScheme, secret: Code) -> Code:
    """Return the argument of a client that holds a secret; `secret` is its expression."""
    value = f'("user", {secret})' if isinstance(scheme.by, ir.Basic) else secret
    return Code(f"{name}={value}")


def proofs(operation: ir.Operation, world: World) -> Proofs:
    """Return what the first alternative that asks for anything makes leave."""
    schemes = {scheme.key: (str(name), scheme) for name, scheme in held(world)}
    for requirement in operation.security:
        asked = [schemes[key] for key in requirement.schemes if key in schemes]
        if asked:
            found = [_proof(token(name), scheme.by) for name, scheme in asked]
            return Proofs(
                tuple(pair for proof in found for pair in proof.headers),
                tuple(pair for proof in found for pair in proof.query),
                tuple(pair for proof in found for pair in proof.cookies),
            )
    return Proofs()


def _proof(secret: str, by: ir.Authentication) -> Proofs:
    match by:
        case ir.Bearer():
            return Proofs((("Authorization", f"Bearer {secret}"),))
        case ir.Basic():
            login = b64encode(f"user:{secret}".encode()).decode()
            return Proofs((("Authorization", f"Basic {login}"),))
        case ir.Custom(scheme):
            return Proofs((("Authorization", f"{scheme.raw} {secret}"),))
        case ir.ApiKey(ir.Location.QUERY, name):
            return Proofs(query=(f"{quote(name.raw, safe='')}={secret}",))
        case ir.ApiKey(ir.Location.COOKIE, name):
            return Proofs(cookies=(f"{name.raw}={secret}",))
        case ir.ApiKey(_, name):
            return Proofs(((name.raw, secret),))
        case ir.MutualTls():
            return Proofs()


def pair(name: str, value: str) -> Code:
    return Code(f"{literal(Text(name))}: {literal(Text(value))}")
