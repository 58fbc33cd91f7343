"""What a form or a parameter can hold: members and items that are not nested themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.lower.draft import Draft
from specloom.rules.support import not_yet

Drafts = Mapping[ir.TypeId, Draft]


def flatness(operation: ir.Operation, drafts: Drafts) -> Iterator[Diagnostic]:
    """Return the parameters and the body of an operation that no default style can write.

    OpenAPI 3.1.1, "Style Values": nested values have no defined serialisation.
    """
    for parameter in operation.parameters:
        if _depth(parameter.type, drafts) > 1:
            yield not_yet(parameter.at, "a parameter with arrays or objects within it")
    body = operation.body
    if body is not None and body.content.codec is ir.Codec.FORM:
        draft = drafts.get(body.content.type)
        if draft is not None and (draft.nullable or isinstance(draft.shape, ir.Alias)):
            yield not_yet(body.content.at.at_key(), "a form that is no object")


def _depth(type_: ir.Type, drafts: Drafts, trail: frozenset[ir.TypeId] = frozenset()) -> int:
    """Return how deep arrays and objects stand within one another; two is deep enough."""
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _):
            return _depth(of, drafts, trail)
        case ir.Array(of) | ir.Map(of):
            return 1 + _depth(of, drafts, trail)
        case ir.Anything():
            return 2
        case ir.Ref(target):
            if target in trail or target not in drafts:
                return 2
            return _depth_of(drafts[target].shape, drafts, trail | {target})
        case ir.Scalar() | ir.Literal():
            return 0


def _depth_of(shape: ir.Shape, drafts: Drafts, trail: frozenset[ir.TypeId]) -> int:
    match shape:
        case ir.Object(properties=properties):
            return 1 + max((_depth(p.type, drafts, trail) for p in properties), default=0)
        case ir.Union():
            return 2
        case ir.Alias(of):
            return _depth(of, drafts, trail)
