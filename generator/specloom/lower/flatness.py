"""What a style can write, and a form: values that are not nested, files that have names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.lower.draft import Draft
from specloom.rules.support import unsupported
from specloom.rules.table import finding
from specloom.shown import shown

Drafts = Mapping[ir.TypeId, Draft]
_LONGEST_CHAIN = 16
"""Aliases of aliases that are seen through."""
_DELIMITED = (ir.Style.SPACE_DELIMITED, ir.Style.PIPE_DELIMITED)


def flatness(operation: ir.Operation, drafts: Drafts) -> Iterator[Diagnostic]:
    """Return what OpenAPI leaves open, and forms of files without names.

    OpenAPI 3.2.0, "Style Examples": combinations that are marked n/a, and nested values.
    """
    for parameter in operation.parameters:
        if isinstance(parameter.writing, ir.Styled):
            yield from _open(parameter, parameter.writing, drafts)
    for content in operation.body.contents if operation.body else ():
        draft = None if content.type is None else drafts.get(content.type)
        if (
            content.codec is ir.Codec.MULTIPART
            and draft is not None
            and _holds_files(ir.Ref(draft.id), drafts)
        ):
            what = "a form of files under any name"
            yield unsupported("form-member", content.at.at_key(), what, operation.at)
        if draft is not None and isinstance(draft.shape, ir.Object):
            yield from _untold(content, draft.shape, operation, drafts)


def _untold(
    content: ir.Content, shape: ir.Object, operation: ir.Operation, drafts: Drafts
) -> Iterator[Diagnostic]:
    """Refuse what nothing here can write: members that are no text, as XML."""
    types = {p.wire_name: p for p in shape.properties}
    for encoding in content.encodings:
        said, member = encoding.content_type, types.get(encoding.wire_name)
        if said is None or encoding.writing is not None or member is None:
            continue
        if _depth(member.type, drafts) > (1 if _is_array(member.type, drafts) else 0):
            what = f"a member of a form of type `{shown(said)}` that is no string"
            yield unsupported("form-member", member.at.at_key(), what, operation.at)


def _holds_files(type_: ir.Type, drafts: Drafts, left: int = _LONGEST_CHAIN) -> bool:
    """Return whether a form is a map of files."""
    match type_:
        case ir.Ref(target):
            shape = drafts[target].shape if target in drafts else None
            if not isinstance(shape, ir.Alias) or not left:
                return False
            return _holds_files(shape.of, drafts, left - 1)
        case ir.Nullable(of) | ir.Checked(of, _) | ir.Map(of):
            return _holds_files(of, drafts, left)
        case ir.Scalar(kind):
            return kind is ir.ScalarKind.BINARY
        case ir.Anything() | ir.Literal() | ir.Array():
            return False


def _open(parameter: ir.Parameter, styled: ir.Styled, drafts: Drafts) -> Iterator[Diagnostic]:
    at = parameter.at.step("style") if styled.style in _DELIMITED else parameter.at
    depth = _depth(parameter.type, drafts)
    style = styled.style.value
    if styled.style is ir.Style.DEEP_OBJECT:
        if depth == 0 or depth > 1 or _is_array(parameter.type, drafts):
            said = "lists are written as `name[0]`, objects as `name[a][b]`, the rest as `name`"
            yield finding("open-style", at, f"what `{style}` does with this is not defined: {said}")
    elif styled.style in _DELIMITED and (depth == 0 or styled.explode):
        said = "it is written as `form`"
        yield finding("open-style", at, f"what `{style}` does with this is not defined: {said}")
    elif depth > 1:
        said = "what is nested is written as JSON"
        yield finding("open-style", at, f"what `{style}` does with this is not defined: {said}")


def _is_array(type_: ir.Type, drafts: Drafts) -> bool:
    match type_:
        case ir.Array():
            return True
        case ir.Nullable(of) | ir.Checked(of, _):
            return _is_array(of, drafts)
        case ir.Ref(target) if target in drafts:
            shape = drafts[target].shape
            return isinstance(shape, ir.Alias) and _is_array(shape.of, drafts)
        case _:
            return False


def _depth(type_: ir.Type, drafts: Drafts, trail: frozenset[ir.TypeId] = frozenset()) -> int:
    """Return how deep arrays and objects stand within one another; two is deep enough."""
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _):
            return _depth(of, drafts, trail)
        case ir.Array(of) | ir.Map(of):
            return 1 + _depth(of, drafts, trail)
        case ir.Anything():
            return 0
        case ir.Ref(target):
            if target in trail or target not in drafts:
                return 2
            return _depth_of(drafts[target].shape, drafts, trail | {target})
        case ir.Scalar() | ir.Literal():
            return 0


def _depth_of(shape: ir.Shape, drafts: Drafts, trail: frozenset[ir.TypeId]) -> int:
    match shape:
        case ir.Object() as object_:
            return 1 + max((_depth(type_, drafts, trail) for type_ in object_.types), default=0)
        case ir.Union(variants=variants):
            return max(_depth(v.type, drafts, trail) for v in variants)
        case ir.Alias(of):
            return _depth(of, drafts, trail)
