"""What a well-formed document must say besides, for its meaning to be clear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import METHODS, A
from specloom.document.node import Node
from specloom.document.walk import walk
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.shown import shown

_VERSION = re.compile(r"3\.[012]\.[0-9]+(-[A-Za-z0-9.]+)?\Z")
_STATUS = re.compile(r"[1-5]([0-9][0-9]|XX)\Z")
_HOLE = re.compile(r"\{([^{}]*)\}")


def version(root: Node) -> Iterator[Diagnostic]:
    """Return what is wrong with the version: where anything is, nothing else is worth asking."""
    if root.get("openapi") is None and root.get("swagger") is not None:
        yield not_yet(root.at.step("swagger").at_key(), "Swagger 2.0")
        return
    written = root.word("openapi")
    if written is not None and not _VERSION.match(written):
        message = f"`{shown(written)}` is no version of OpenAPI that is known: 3.0, 3.1 and 3.2 are"
        yield finding("openapi-version", root.at.step("openapi"), message)


def meaning(root: Node) -> Iterator[Diagnostic]:
    """Return the findings of all rules of this kind, for a document of sound structure."""
    yield from _content(root)
    yield from _operations(root)
    yield from _schemas(root)


def _content(root: Node) -> Iterator[Diagnostic]:
    if not any(root.get(name) for name in ("paths", "components", "webhooks")):
        message = "there are no `paths`, `components` or `webhooks`: nothing is described"
        yield finding("no-content", root.at, message)


def _operations(root: Node) -> Iterator[Diagnostic]:
    ids: set[str] = set()
    for path, item in root.children("paths"):
        if path.startswith("x-"):
            continue
        found = item.followed()
        if not path.startswith("/"):
            yield finding("path", item.at.at_key(), f"the path `{shown(path)}` must begin with `/`")
        for method, operation in found.members():
            if method not in METHODS:
                continue
            yield from _parameters(path, item, operation, found)
            yield from _responses(operation)
            name = operation.word("operationId")
            if name is not None and name in ids:
                message = f"`{shown(name)}` is the operationId of an earlier operation: where one name is not enough for both, this one gets another"
                yield finding("duplicate-operation-id", operation.at.step("operationId"), message)
            ids.add(name or "")


def _parameters(path: str, item: Node, operation: Node, owner: Node) -> Iterator[Diagnostic]:
    declared: set[str] = set()
    for source in (owner, operation):
        seen: set[tuple[str, str]] = set()
        for node in source.elements("parameters"):
            parameter = node.followed()
            key = (parameter.word("name") or "", parameter.word("in") or "")
            if key in seen:
                message = f"`{shown(key[0])}` is declared in {shown(key[1])} twice"
                yield finding("duplicate-parameter", node.at, message)
            seen.add(key)
            if key[1] == "path":
                declared.add(key[0])
                if key[0] not in _HOLE.findall(path) and source is operation:
                    message = f"`{shown(key[0])}` is no part of the path `{shown(path)}`"
                    yield finding("unused-path-parameter", node.at, message)
    holes = _HOLE.findall(path)
    for name in dict.fromkeys(holes):
        if name not in declared:
            message = f"`{shown(name)}` is in the path but not declared: a required string"
            yield finding("path-parameter", item.at.at_key(), message)
    if "{" in _HOLE.sub("", path) or "}" in _HOLE.sub("", path):
        message = f"the braces of the path `{shown(path)}` do not match"
        yield finding("path", item.at.at_key(), message)


def _responses(operation: Node) -> Iterator[Diagnostic]:
    responses = operation.get("responses")
    if responses is None or not responses.value:
        message = (
            "no answer is described: any 2XX is taken for success, and its content is not read"
        )
        yield finding("missing-responses", (responses or operation).at.at_key(), message)
    for status, node in operation.children("responses"):
        if status == "default" or status.startswith("x-") or _STATUS.match(status):
            continue
        if _STATUS.match(status.upper()):
            message = f"`{shown(status)}` is read as `{status.upper()}`"
            yield finding("status-range", node.at.at_key(), message)
        else:
            message = f"`{shown(status)}` is no status: 100 to 599, 1XX to 5XX or default"
            yield finding("status-key", node.at.at_key(), message)


def _schemas(root: Node) -> Iterator[Diagnostic]:
    for visit in walk(root):
        if visit.holds == A("schema") and isinstance(visit.node.value, Mapping):
            yield from _required(visit.node)
            yield from _null(visit.node)


def _required(schema: Node) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for node in schema.elements("required"):
        if node.value in seen:
            message = f"`{shown(str(node.value))}` is listed twice"
            yield finding("duplicate-required", node.at, message)
        seen.add(node.value)


def _null(schema: Node) -> Iterator[Diagnostic]:
    """Return where `enum` and the type beside it disagree about null.

    By the letter both must hold (JSON Schema Validation, section 6.1), but nobody who names null
    in one of them means that.
    """
    values, types = schema.get("enum"), schema.get("type")
    if values is None or types is None:
        return
    words = [types.value] if isinstance(types.value, str) else [n.value for n in types.items()]
    by_type = "null" in words or schema.flag("nullable")
    by_enum = any(node.value is None for node in values.items())
    if by_type is not by_enum:
        where = "the type" if by_enum else "`enum`"
        message = f"null is taken to fit, though {where} does not allow it"
        yield finding("half-null", values.at.at_key(), message)
