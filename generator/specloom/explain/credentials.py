"""Which credential an operation sends, and what in the document says so."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.facts import Fact
from specloom.shown import shown


def credential_facts(operation: ir.Operation, atlas: Atlas) -> Iterator[Fact]:
    """Return what is sent, in the order in which the runtime looks for it, and why."""
    names = atlas.world.names.credentials
    asked = tuple(requirement for requirement in operation.security if requirement.schemes)
    if not asked:
        held = ", even if the client holds one" if names else ""
        yield "credential", f"none is sent{held}"
        yield "", _why(operation, atlas)
        return
    tokens = [" and ".join(f"`{names.get(k, k.raw)}`" for k in one.schemes) for one in asked]
    which = tokens[0] if len(tokens) == 1 else f"the first of {', '.join(tokens)}"
    ways = {s.key: s.by for s in atlas.world.api.security_schemes}
    leaves = dict.fromkeys(_way(ways[key]) for one in asked for key in one.schemes)
    yield "credential", f"{which}, {' or '.join(leaves)}, where the client holds it"
    if len(asked) < len(operation.security):
        yield "", "it may be left out: one alternative is empty"
    yield "", _why(operation, atlas)


def _way(by: ir.Authentication) -> str:
    match by:
        case ir.Bearer():
            return "as a bearer token"
        case ir.Basic():
            return "as user and password"
        case ir.Custom(scheme):
            return f"as `Authorization: {shown(scheme)} ...`"
        case ir.ApiKey(location, name):
            return f"in the {location.value} `{shown(name)}`"
        case ir.MutualTls():
            return "by the certificate of the transport"


def _why(operation: ir.Operation, atlas: Atlas) -> str:
    at = atlas.security(operation)
    where = ""
    if at is not None:
        is_own = at == operation.at.step("security")
        whose = "the operation" if is_own else "the document"
        where = f" of {whose} (line {atlas.line(at)})"
    if not operation.security:
        return f"`security`{where} asks for nothing" if at else "nothing asks for one"
    if not any(requirement.schemes for requirement in operation.security):
        return f"`security`{where} is an empty requirement: anonymous"
    keys = dict.fromkeys(key for one in operation.security for key in one.schemes)
    return f"`security`{where} asks for {' or '.join(f'`{shown(key)}`' for key in keys)}"
