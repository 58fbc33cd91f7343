"""Objects: the members that they declare, and what all others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom import ir
from specloom.document.schema import Schema
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.meaning.meant import Meant
from specloom.lower.meaning.narrowing import is_typed
from specloom.lower.meaning.parts import is_synthetic
from specloom.lower.meaning.patterned import common_schema, patterned
from specloom.lower.meaning.restricted import respelled
from specloom.lower.meaning.secrets import is_harmless, is_secret
from specloom.lower.meaning.wording import docs_of, worded
from specloom.lower.schemas.defaults import lower_default
from specloom.lower.schemas.held import bounded, held
from specloom.lower.schemas.sides import is_hidden, is_unreceived
from specloom.values import Text, Tree

Mention: TypeAlias = Callable[[Schema, Site], Lowering[ir.Type]]
"""How a member is lowered."""

_ADDITIONAL = Text("additional property")


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a member is of."""

    schema: Schema
    names: frozenset[Text]
    """Of all its members."""
    required: frozenset[Text]


def lower_object(found: Meant, site: Site, mention: Mention) -> Lowering[ir.Object]:
    """Return what a schema for objects with members of their own says of these."""
    schema = found.schema
    known = schema.properties or ()
    declared = tuple((name, p) for name, p in known if not is_hidden(p, site.document))
    names = frozenset(name for name, _ in known)
    owner = _Owner(schema, names, frozenset(schema.required))
    properties = [*(yield from each(_property(n, p, owner, site, mention) for n, p in declared))]
    further = yield from _further(found, site, mention)
    for name in schema.required:
        if name not in names:
            secret = is_secret(name, Schema(at=schema.at, node=schema.node), names, site.document)
            properties.append(
                ir.Property(
                    wire_name=name,
                    type=ir.Anything() if further is None or patterned(found.rest) else further,
                    required=True,
                    secret=secret,
                    at=schema.at,
                )
            )
    closed = schema.additional is not None and schema.additional.always is False
    rest, others = found.rest, schema.additional
    is_said = others is not None and not is_synthetic(others) and (closed or further is not None)
    if others is not None and is_said and any(is_unreceived(p, site.document) for _, p in known):
        closed, further, rest = False, None, (*rest, _named_and(others, schema))
    checks = yield from held((*rest, *bounded(schema)), site.document)
    return ir.Object(
        properties=tuple(properties),
        closed=closed and further is None,
        additional=further,
        checks=checks,
    )


def _named_and(others: Schema, schema: Schema) -> Schema:
    """Return what a schema says of members that it does not name, those that only go being named.

    A server that tells what it need not is no mistake: that much is kept.
    """
    named: dict[str, Tree] = {name.raw: True for name, _ in schema.properties or ()}
    letter: dict[str, Tree] = {"properties": named, "additionalProperties": others.node.value}
    return respelled(schema, letter)


def _further(found: Meant, site: Site, mention: Mention) -> Lowering[ir.Type | None]:
    """Return the type of members that are not named, where the document says one."""
    inside = site.within(_ADDITIONAL)
    additional = found.schema.additional
    if is_typed(additional):
        return (yield from mention(additional, inside))
    if patterns := patterned(found.rest):
        common = common_schema(patterns)
        return ir.Anything() if common is None else (yield from mention(common, inside))
    return None


def _property(
    name: Text, schema: Schema, owner: _Owner, site: Site, mention: Mention
) -> Lowering[ir.Property]:
    whole = worded(schema, site.document)
    inner = _site(name, schema, owner.schema, site)
    type_ = yield from mention(schema, inner)
    return ir.Property(
        wire_name=name,
        hint=schema.hint,
        type=type_,
        required=name in owner.required,
        default=(yield from lower_default(whole, inner)),
        secret=is_secret(name, schema, owner.names, site.document) and not is_harmless(type_),
        docs=docs_of(whole),
        at=schema.at,
    )


def _site(name: Text, schema: Schema, owner: Schema, site: Site) -> Site:
    """Return where a property is mentioned: in the component that it came from, if from any.

    What is inline there has its definition there, and its name.
    """
    base = "/".join(schema.at.pointer.split("/")[:4])
    own = schema.at.pointer.startswith(f"{owner.at.pointer}/")
    if own or not base.startswith("/components/schemas/"):
        return site.within(name)
    there = site.inside(ir.TypeId(base)).within(name)
    return replace(there, foreign=not is_synthetic(schema))
