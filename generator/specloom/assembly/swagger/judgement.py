"""What is wrong with a document of Swagger 2.0, in its own words and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specloom.assembly.swagger.fitness import security_scheme, value
from specloom.assembly.swagger.letter import by_the_letter
from specloom.assembly.swagger.media import said
from specloom.assembly.swagger.parameters import Declared, declared, inherited
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.document.swagger import METHODS, SWAGGER
from specloom.document.walk import walk
from specloom.limits import DEFAULT, Limits, raising
from specloom.rules.structure import structure
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place

_MOST_TYPES = 200
_SPOKEN = ("http", "https")
_HOST = "write the name of the host alone: `schemes` says the rest"


def judged(root: Node, limits: Limits = DEFAULT) -> Iterator[Diagnostic]:
    """Return what our rules say: what a document means only where its shape is sound."""
    found = (*_shape(root, limits.names), *_lengths(root), *_repeated(root, limits.copied_nodes))
    if not Report(found).failed:
        found += (*_addresses(root), *_operations(root))
    yield from found
    yield from by_the_letter(root, {f.at.pointer for f in found if isinstance(f.at, Place)})


def _shape(root: Node, most: int) -> Iterator[Diagnostic]:
    yield from _version(root)
    places = tuple(walk(root, SWAGGER))
    yield from structure(places, most)
    for visit in places:
        match visit.noun:
            case "parameter" | "header" | "items" if visit.node.reference is None:
                yield from value(visit.node, visit.noun)
            case "security scheme":
                yield from security_scheme(visit.node)
            case _:
                continue


def _version(root: Node) -> Iterator[Diagnostic]:
    stated = root.get("swagger")
    if stated is None or stated.value == "2.0":
        return
    if isinstance(stated.value, int | float) and stated.value == 2:
        message = f"the version is a text, and `{stated.value}` is a number: 2.0 is meant"
        yield finding("swagger-version", stated.at, message, 'write "2.0", in quotes')
    elif isinstance(stated.value, str | int | float):
        message = f"`{shown(str(stated.value))}` is no version of Swagger that is known: 2.0 is"
        yield finding("openapi-version", stated.at, message)


def _lengths(root: Node) -> Iterator[Diagnostic]:
    """Return lists of content types that are too long: each counts for every operation."""
    for key in ("consumes", "produces"):
        if (node := root.get(key)) is not None and len(tuple(node.items())) > _MOST_TYPES:
            message = f"more than {_MOST_TYPES} content types are no list of a person"
            yield finding("limit", node.at.at_key(), message)


def _repeated(root: Node, most: int) -> Iterator[Diagnostic]:
    """Return the first operation with which content types are too many: each gets its own schema."""
    total = 0
    for _, item in root.children("paths"):
        for method, operation in item.followed().members():
            if method in METHODS:
                answers = len(tuple(operation.children("responses")))
                total += 2 * len(said("consumes", operation, root))
                total += 2 * len(said("produces", operation, root)) * answers
            if total > most:
                message = f"content types of all operations are more than {most:,} values by now"
                yield finding("limit", operation.at.at_key(), message, raising("copied-nodes"))
                return


def _addresses(root: Node) -> Iterator[Diagnostic]:
    host = root.get("host")
    if host is None:
        return
    if "://" in (root.word("host") or ""):
        message = f"`{shown(root.word('host') or '')}` is more than a host"
        yield finding("server-address", host.at, message, _HOST)
    if not any(root.elements("schemes")):
        yield finding("no-schemes", host.at.at_key(), "there are no `schemes`: `https` is taken")
    yield from _schemes(root)


def _schemes(owner: Node) -> Iterator[Diagnostic]:
    found = [node for node in owner.elements("schemes") if isinstance(node.value, str)]
    if any(node.value in _SPOKEN for node in found):
        for node in found:
            if node.value not in _SPOKEN:
                message = f"`{shown(str(node.value))}` is no scheme of HTTP: it is left out"
                yield finding("other-scheme", node.at, message)


def _operations(root: Node) -> Iterator[Diagnostic]:
    open_ends: dict[str, Diagnostic] = {}
    for path, child in root.children("paths"):
        if path.startswith("x-"):
            continue
        item = child.followed()
        yield from _twice(item)
        for method, operation in item.members():
            if method in METHODS:
                yield from _schemes(operation)
                yield from _twice(operation)
                sent = inherited(item, operation)
                yield from _body(sent)
                for key in _left_open(sent, operation, root):
                    open_ends.setdefault(key, _untold(key, operation))
    yield from open_ends.values()


def _twice(owner: Node) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for one in declared(owner):
        if one.location == "formData" and one.name in seen:
            message = f"`{shown(one.name)}` is declared in formData twice"
            yield finding("duplicate-parameter", one.listed.at, message, "remove one of the two")
        if one.location == "formData":
            seen.add(one.name)


def _body(found: Sequence[Declared]) -> Iterator[Diagnostic]:
    bodies = [d for d in found if d.location == "body"]
    if len(bodies) > 1:
        message = f"`{shown(bodies[1].name)}` is a second body, beside `{shown(bodies[0].name)}`"
        yield finding("two-bodies", bodies[1].listed.at, message, "put them into one object")
    elif bodies and len(found) > 1:
        message = f"`{shown(bodies[0].name)}` is a body, and other parameters are those of a form"
        hint = "make all of them `in: formData`, or one object `in: body`"
        yield finding("two-bodies", bodies[0].listed.at, message, hint)


def _left_open(sent: Sequence[Declared], operation: Node, root: Node) -> Iterator[str]:
    """Return which of `consumes` and `produces` something is asked of that it does not say."""
    if any(d.location == "body" for d in sent) and not said("consumes", operation, root):
        yield "consumes"
    answers = (node.followed() for _, node in operation.children("responses"))
    schemas = (node.get("schema") for node in answers)
    is_told = any(s is not None and s.word("type") != "file" for s in schemas)
    if is_told and not said("produces", operation, root):
        yield "produces"


def _untold(key: str, operation: Node) -> Diagnostic:
    message = f"neither this operation nor the document `{key}` anything: JSON is taken"
    hint = f"write `{key}: [application/json]` at the top of the document"
    return finding("no-media-type", operation.at.at_key(), message, hint)
