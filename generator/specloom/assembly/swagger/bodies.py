"""Bodies of requests: one parameter, or all parameters of a form together."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.assembly.swagger.media import MediaType, of_body, of_form, said
from specloom.assembly.swagger.parameters import Declared, has_files, notation, shared
from specloom.assembly.swagger.parts import Items, Kept, Link, Members, Part, Word
from specloom.assembly.swagger.schemas import mention, schema, value_schema
from specloom.document.node import Node
from specloom.values import Place


def body(found: Sequence[Declared], operation: Node, root: Node) -> Part | None:
    """Return the body of an operation; None if no parameter makes one."""
    form = [d for d in found if d.location == "formData"]
    if form:
        return _form(form, said("consumes", operation, root), operation.at)
    for one in found:
        if one.shared and operation.get("consumes") is None:
            return Members({"$ref": Link(one.shared, one.listed.at)}, one.listed.at)
        return _body(one.found, one.listed.at, said("consumes", operation, root))
    return None


def shared_body(node: Node, root: Node) -> Part:
    """Return a body that operations refer to, in the content types of the document."""
    if target := shared(node, "parameters"):
        return Members({"$ref": Link(target, node.at)}, node.at)
    return _body(node.followed(), node.at, said("consumes", None, root))


def _body(node: Node, at: Place, consumes: tuple[MediaType, ...]) -> Part:
    """Return a body that stands at a place, which may be a reference to where it is written."""
    content: dict[str, Part] = {}
    for media_type in of_body(consumes, at):
        again = at != node.at or bool(content)
        members: dict[str, Part] = {"schema": _schema(node, again=again)}
        if (example := _example(node, media_type.name)) is not None:
            members["example"] = Kept(example)
        content[media_type.name] = Members(members, media_type.at)
    members = {
        key: Kept(child)
        for key, child in node.members()
        if key in ("description", "required") or key.startswith("x-")
    }
    return Members({**members, "content": Members(content, at)}, at)


def _schema(node: Node, *, again: bool) -> Part:
    written = node.get("schema")
    if written is None:
        return value_schema(node)
    return mention(written) if again else schema(written)


def _example(node: Node, media_type: str) -> Node | None:
    by_type = node.get("x-examples")
    found = None if by_type is None else by_type.get(media_type)
    return found or node.get("x-example") or node.get("example")


def _form(form: Sequence[Declared], consumes: tuple[MediaType, ...], at: Place) -> Part:
    """Return a form; its object is that of its first content type, referred to by others."""
    files = any(has_files(d.found) for d in form)
    first = form[0].listed.at
    required = [d.found for d in form if d.found.flag("required")]
    whole: dict[str, Part] = {
        "type": Word("object", first),
        "properties": Members({d.name: _member(d.found) for d in form}, first),
    }
    if required:
        whole["required"] = Items(tuple(Kept(n) for d in required if (n := d.get("name"))), first)
    styles = {d.name: Members(found, d.found.at) for d in form if (found := _styled(d.found))}
    content: dict[str, Part] = {}
    for media_type in of_form(consumes, at, files=files):
        object_ = (
            Members({"$ref": Link(first.pointer, first)}, first)
            if content
            else Members(whole, first)
        )
        members: dict[str, Part] = {"schema": object_}
        if styles:
            members["encoding"] = Members(styles, first)
        content[media_type.name] = Members(members, media_type.at)
    said: dict[str, Part] = {"required": Word(value=True, at=first)} if required else {}
    return Members({**said, "content": Members(content, at)}, at)


def _member(node: Node) -> Part:
    """Return a parameter of a form as the property that it is."""
    found = value_schema(node)
    if not isinstance(found, Members):
        return found
    words = {
        key: Kept(child)
        for key, child in node.members()
        if key in ("description", "example") or (key.startswith("x-") and key != "x-nullable")
    }
    return Members({**found.members, **words}, found.at)


def _styled(node: Node) -> dict[str, Part]:
    """Return the notation of a list, but for the one that lists of forms have by themselves."""
    return {} if node.word("collectionFormat") == "multi" else notation(node)
