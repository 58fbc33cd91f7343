"""What a style can write, and a form: values that are not nested, files that have names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.lower.draft import Draft
from specloom.rules.support import unsupported
from specloom.rules.table import finding
from specloom.shown import shown

Drafts = Mapping[ir.TypeId, Draft]
_LONGEST_CHAIN = 16
"""Aliases of aliases that are seen through."""
_Holder: TypeAlias = ir.Array | ir.Map | ir.Object
_DEEP = 2
"""Arrays and objects within one another: more than a style can write."""
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
    passed: set[ir.TypeId] = set()
    while True:
        match type_:
            case ir.Nullable(of) | ir.Checked(of, _):
                type_ = of
            case ir.Ref(target) if target in drafts and target not in passed:
                passed.add(target)
                shape = drafts[target].shape
                if not isinstance(shape, ir.Alias):
                    return False
                type_ = shape.of
            case _:
                return isinstance(type_, ir.Array)


def _depth(type_: ir.Type, drafts: Drafts) -> int:
    """Return how deep arrays and objects stand within one another, as far as that matters."""
    level: tuple[ir.Type, ...] = (type_,)
    for depth in range(_DEEP):
        around = tuple(_holders(level, drafts))
        if not around:
            return depth
        level = tuple(within for holder in around for within in _contents(holder))
    return _DEEP


def _holders(types: Iterable[ir.Type], drafts: Drafts) -> Iterator[_Holder]:
    """Return the arrays, maps and objects that values of some types may be, each named one once."""
    pending, passed = list(types), set[ir.TypeId]()
    while pending:
        match pending.pop():
            case ir.Nullable(of) | ir.Checked(of, _):
                pending.append(of)
            case ir.Array() | ir.Map() as holder:
                yield holder
            case ir.Ref(target) if target in drafts and target not in passed:
                passed.add(target)
                match drafts[target].shape:
                    case ir.Object() as object_:
                        yield object_
                    case ir.Union(variants=variants):
                        pending += [variant.type for variant in variants]
                    case ir.Alias(of):
                        pending.append(of)
            case ir.Ref() | ir.Anything() | ir.Scalar() | ir.Literal():
                pass


def _contents(holder: _Holder) -> tuple[ir.Type, ...]:
    match holder:
        case ir.Array(of) | ir.Map(of):
            return (of,)
        case ir.Object() as object_:
            return tuple(object_.types)
