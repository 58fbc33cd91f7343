"""What a well-formed document must say besides, for its meaning to be clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import METHODS, WEBHOOKS, A
from specloom.document.node import Node
from specloom.document.operation import requests
from specloom.document.paths import sent
from specloom.document.walk import Visit
from specloom.near import Guesses, nearest
from specloom.rules.parameters import parameters
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.tokens import is_token

_VERSION = re.compile(r"3\.[012](\.[0-9]+(-[A-Za-z0-9.]+)?)?\Z")
_NEARLY = re.compile(r"(?<![0-9.])3\.[012](?![0-9])")
_STATUS = re.compile(r"[1-5]([0-9][0-9]|XX)\Z")
_NEARLY_STATUS = re.compile(r"([1-5](?:[0-9][0-9]|[Xx*_.][Xx*_.]))(?![0-9])")
_TEXTLESS = frozenset(("boolean", "integer", "null", "number"))
_CONTENT = ("paths", "components", *WEBHOOKS)


def version(root: Node) -> Iterator[Diagnostic]:
    """Return what is wrong with the version: where anything is, nothing else is worth asking."""
    stated, older = root.get("openapi"), root.get("swagger")
    if stated is None:
        yield from _no_version(root)
    elif older is not None:
        message = (
            "there is a field `openapi` as well: it is unclear which of the two formats this is"
        )
        yield finding("openapi-version", older.at.at_key(), message, "remove one of them")
    elif isinstance(stated.value, int | float) and not isinstance(stated.value, bool):
        message = f"the version is a text, and `{stated.value}` is a number"
        yield finding("openapi-version", stated.at, message, _version_hint(f"{stated.value}"))
    elif isinstance(stated.value, str) and not _VERSION.match(stated.value):
        message = f"`{shown(stated.value)}` is no version that is known: 3.0.x, 3.1.x and 3.2.x are"
        yield finding("openapi-version", stated.at, message, _version_hint(stated.value))


def _no_version(root: Node) -> Iterator[Diagnostic]:
    keys = [key for key, _ in root.members()]
    if not nearest("openapi", keys) and not any(key in keys for key in _CONTENT):
        message = "this is no OpenAPI document: there is no field `openapi`, and no `paths`"
        yield finding("not-openapi", root.at, message)


def _version_hint(stated: str) -> str:
    near = _NEARLY.search(stated)
    return f'write "{near[0]}.0", in quotes' if near else ""


def meaning(root: Node, places: Iterable[Visit]) -> Iterator[Diagnostic]:
    """Return the findings of all rules of this kind, for a document of sound structure.

    `places` are all that the grammar speaks of.
    """
    yield from _patch(root)
    yield from _content(root)
    yield from _operations(root)
    yield from _everywhere(places)


def _patch(root: Node) -> Iterator[Diagnostic]:
    stated = root.get("openapi")
    if stated is not None and isinstance(stated.value, str) and stated.value.count(".") == 1:
        hint = f'write "{stated.value}.0"'
        message = f"the version is that of no release: it is taken for {stated.value}.0"
        yield finding("openapi-advice", stated.at, message, hint)


def _content(root: Node) -> Iterator[Diagnostic]:
    if not any(root.get(name) for name in _CONTENT):
        message = "there are no `paths`, `components` or `webhooks`: nothing is described"
        yield finding("no-content", root.at, message)


def _operations(root: Node) -> Iterator[Diagnostic]:
    ids: dict[str, str] = {}
    guesses = Guesses()
    for path, item in root.children("paths"):
        if path.startswith("x-"):
            continue
        found = item.followed()
        if not path.startswith("/"):
            message = f"the path `{shown(path)}` must begin with `/`"
            yield finding("path", item.at.at_key(), message, f"did you mean `/{shown(path)}`?")
        if sent(path) != path:
            message = (
                f"`#` and what follows it in `{shown(path)}` are never sent: they are left out"
            )
            yield finding("path-fragment", item.at.at_key(), message)
        for method, operation in requests(found):
            yield from parameters(path, item, operation, found, guesses)
            name = operation.word("operationId")
            if name is None:
                continue
            if name in ids:
                yield _again(name, ids[name], operation)
            else:
                ids[name] = f"{shown(method)} {shown(path)}"


def _again(name: str, first: str, operation: Node) -> Diagnostic:
    message = f"`{shown(name)}` is already that of `{first}`: this operation may get another name"
    hint = "give one of them another operationId"
    return finding("duplicate-operation-id", operation.at.step("operationId"), message, hint)


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
            yield finding("status-key", node.at.at_key(), message, _status_hint(status))


def _status_hint(key: str) -> str:
    digits = _NEARLY_STATUS.match(key)
    if digits is not None:
        near = digits[1] if digits[1].isdigit() else f"{digits[1][0]}XX"
    else:
        near = nearest(key, ("default",))
    return f"did you mean `{near}`?" if near else ""


def _everywhere(places: Iterable[Visit]) -> Iterator[Diagnostic]:
    """Return what is wrong with an object, wherever in the document it stands."""
    for visit in places:
        match visit.holds:
            case A("schema") if isinstance(visit.node.value, Mapping):
                yield from _required(visit.node)
                yield from _null(visit.node)
                yield from _empty(visit.node)
                yield from _values(visit.node)
                yield from _multiple(visit.node)
            case A("operation"):
                yield from _responses(visit.node)
            case A("path item"):
                yield from _methods(visit.node)
            case A("response") | A("encoding"):
                yield from _headers(visit.node)
            case A("parameter"):
                yield from _sendable(visit.node)
                yield from _examples(visit.node)
            case A("header") | A("media type"):
                yield from _examples(visit.node)
            case _:
                pass


def _sendable(parameter: Node) -> Iterator[Diagnostic]:
    name, location = parameter.get("name"), parameter.word("in")
    if name is None or not isinstance(name.value, str) or location not in ("header", "cookie"):
        return
    if not is_token(name.value):
        message = f"`{shown(name.value)}` cannot be the name of a {location}: it is left out"
        yield finding("header-name", name.at, message)


def _headers(node: Node) -> Iterator[Diagnostic]:
    for name, header in node.children("headers"):
        if not is_token(name):
            message = f"`{shown(name)}` cannot be the name of a header: it never comes"
            yield finding("header-name", header.at.at_key(), message)


def _examples(node: Node) -> Iterator[Diagnostic]:
    if node.get("example") is not None and (examples := node.get("examples")) is not None:
        message = "`example` stands beside `examples`: one of the two is enough"
        yield finding("example-twice", examples.at.at_key(), message)


def _methods(item: Node) -> Iterator[Diagnostic]:
    """OpenAPI 3.2.0, "Path Item Object": a method with a field of its own stands in that."""
    for method, operation in item.children("additionalOperations"):
        field = method.lower()
        if field in METHODS:
            message = f"`{shown(method)}` is the field `{field}` of the path, not one of these"
            yield finding("method", operation.at.at_key(), message, f"move it into `{field}`")
        elif not is_token(method):
            message = f"`{shown(method)}` cannot be a method of HTTP"
            yield finding("method", operation.at.at_key(), message)


def _values(schema: Node) -> Iterator[Diagnostic]:
    """Return values that are texts where the type beside them is of numbers or booleans."""
    said = schema.get("type")
    words = () if said is None else [node.value for node in said.items()] or [said.value]
    if not words or not _TEXTLESS.issuperset(map(str, words)):
        return
    only = schema.get("const")
    for value in (*schema.elements("enum"), *(() if only is None else (only,))):
        if isinstance(value.value, str):
            message = f"`{shown(value.value)}` is a text, which no value of this type is"
            yield finding(
                "value-type", value.at, message, "write it without quotes, or mend `type`"
            )


def _multiple(schema: Node) -> Iterator[Diagnostic]:
    step = schema.get("multipleOf")
    if step is not None and isinstance(step.value, int | float) and step.value <= 0:
        message = f"nothing is a multiple of {step.value} alone: it is left out"
        yield finding("no-multiple", step.at, message)


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


def _empty(schema: Node) -> Iterator[Diagnostic]:
    values = schema.get("enum")
    if values is not None and not values.value:
        yield finding("empty-enum", values.at.at_key(), "it lists nothing")
