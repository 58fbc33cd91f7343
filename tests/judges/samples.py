"""The sample calls of an operation: the least that is required, all there is, each content type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .calling import Body, Key, Values
from .document import Json, Node, Operation
from .packages import Called
from .sampling import NoSample, Sampler, examples_of, variants

BYTES = bytes(range(32, 127))
"""What is sent where a body is neither JSON nor a form nor text."""
_WITHIN = {"text": "text/plain", "image": "image/png", "audio": "audio/wav", "video": "video/mp4"}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_STRUCTURED = ("json", "application/x-www-form-urlencoded", "multipart/", "text/")


@dataclass(frozen=True, slots=True)
class Sample:
    """A call to be made, and in which respect it is one."""

    what: str
    values: Values


def samples(operation: Operation, called: Called, sampler: Sampler) -> Iterator[Sample]:
    """Yield the sample calls of an operation. Raises NoSample."""
    types = [_concrete(content.media_type) for content in called.contents]
    first = types[0] if types else None
    body = operation.body
    must = body is not None and body.members.get("required") is True
    declared = by_key(operation)
    named = {(p.location, p.wire_name) for p in called.parameters}
    # names of the path that the document forgot to declare
    forgotten: dict[Key, Json] = {k: "text" for k in named if k[0] == "path" and k not in declared}
    content = first if must else None
    least = Sample("least", _values(operation, sampler, content, forgotten, whole=False))
    yield least
    full = _values(operation, sampler, first, forgotten, whole=True)
    if full != least.values:
        yield Sample("all", full)
    if first is not None:
        yield from _variants(operation, first, full, sampler)
    for media_type in types[1:]:
        yield Sample(media_type, _values(operation, sampler, media_type, forgotten, whole=True))


def _variants(
    operation: Operation, media_type: str, full: Values, sampler: Sampler
) -> Iterator[Sample]:
    """Yield a call for each further variant of a body that is a union."""
    content = content_node(operation.body, media_type)
    schema = None if content is None else content.get("schema")
    if schema is None or not _is_structured(media_type):
        return
    for i, variant in enumerate(variants(schema), 2):
        try:
            value = sampler.sample(variant, whole=True)
        except NoSample:  # null, or what another variant takes as well
            continue
        if full.body is None or value != full.body.value:
            yield Sample(f"variant {i}", Values(full.parameters, Body(media_type, value)))


def _is_structured(media_type: str) -> bool:
    return any(form in media_type.lower() for form in _STRUCTURED)


def _concrete(media_type: str) -> str:
    """Return a content type that is within a range."""
    if "*" not in media_type:
        return media_type
    return _WITHIN.get(media_type.partition("/")[0], "application/octet-stream")


def _values(
    operation: Operation,
    sampler: Sampler,
    media_type: str | None,
    forgotten: dict[Key, Json],
    *,
    whole: bool,
) -> Values:
    found = {**forgotten}
    for parameter in operation.parameters:
        if whole or parameter.members.get("required") is True:
            key = (parameter.word("in") or "", parameter.word("name") or "")
            if not ignored(key):
                found[key] = sampler.parameter(parameter)
    if media_type is None:
        return Values(found)
    return Values(found, Body(media_type, _body(operation, media_type, sampler, whole=whole)))


def by_key(operation: Operation) -> dict[Key, Node]:
    """Return the parameters of an operation as the document writes them."""
    return {(p.word("in") or "", p.word("name") or ""): p for p in operation.parameters}


def ignored(key: Key) -> bool:
    """Return whether a parameter is none: OpenAPI ignores some headers (3.1, section 4.8.12.1), and
    of some names no message can hold one (RFC 9110, section 5.6.2)."""
    where, name = key
    is_token = _TOKEN.fullmatch(name) is not None
    if where == "header":
        return not is_token or name.lower() in ("accept", "content-type", "authorization")
    return where == "cookie" and not is_token


def _body(operation: Operation, media_type: str, sampler: Sampler, *, whole: bool) -> Json | bytes:
    content = content_node(operation.body, media_type)
    schema = None if content is None else content.get("schema")
    if not _is_structured(media_type):
        return BYTES
    if schema is None:
        return "text" if media_type.startswith("text/") else {"key": "text"}
    for example in examples_of(content) if whole and content is not None else ():
        if sampler.takes(schema, example):
            return example
    return sampler.sample(schema, whole=whole)


def content_node(holder: Node | None, media_type: str) -> Node | None:
    """Return the media type object of a body or an answer that applies to a content type."""
    if holder is None:
        return None
    essence = media_type.partition(";")[0].strip().lower()
    ranges = (media_type.lower(), essence, f"{essence.partition('/')[0]}/*", "*/*")
    found = {name.lower(): node for name, node in holder.children("content")}
    bare = {name.partition(";")[0].strip(): node for name, node in found.items()}
    for name in ranges:
        node = found.get(name) or bare.get(name)
        if node is not None:
            return node.followed()
    return None
