"""Bodies: what callers pass, and how each content type is written."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python import views
from specloom.python.annotations import World, named
from specloom.python.client import views as client_views
from specloom.python.client.arguments import Argument
from specloom.python.client.forms import members_of
from specloom.python.client.places import styled
from specloom.python.codecs.conditions import unless
from specloom.python.defaults import UNSET
from specloom.python.layout import Doc, Group, block, flat
from specloom.python.layout.width import width
from specloom.python.literals import literal
from specloom.python.models import with_unset
from specloom.python.sample import prefixed
from specloom.values import EMPTY, Text

_ANY = ("*/*", "application/*")
_OCTETS = Text("application/octet-stream")


def body_arguments(operation: ir.Operation, world: World) -> Iterator[Argument]:
    """Return the body, and the choice of its content type where there is one."""
    body = operation.body
    if body is None:
        return
    members = tuple(dict.fromkeys(m for c in body.contents for m in _type(c, world)))
    yield Argument(
        Code("body"),
        members if body.required else with_unset(members),
        None if body.required else UNSET,
        is_positional=True,
    )
    if is_chosen(body):
        yield _choice(body)


def body_overloads(operation: ir.Operation, world: World) -> Iterator[tuple[Argument, Argument]]:
    """Return each body with the content type that it goes with, if they are not all of one type."""
    body = operation.body
    if body is None or len({_type(content, world) for content in body.contents}) == 1:
        return
    for number, content in enumerate(body.contents):
        members = _type(content, world)
        given = members if body.required else with_unset(members)
        kind = Code("str" if _is_range(content) else f"Literal[{literal(content.media_type)}]")
        default = _default(body, content) if number == 0 else None
        yield (
            Argument(Code("body"), given, None if body.required else UNSET, is_positional=True),
            Argument(Code("content_type"), (kind,), default, is_positional=False),
        )


def is_chosen(body: ir.Body) -> bool:
    """Return whether callers say what type the body is of: there are several, or a range."""
    return len(body.contents) > 1 or any(map(_is_range, body.contents))


def _choice(body: ir.Body) -> Argument:
    default = _default(body, body.contents[0])
    if any(_is_range(content) for content in body.contents):
        return Argument(Code("content_type"), (Code("str"),), default, is_positional=False)
    types = ", ".join(dict.fromkeys(literal(c.media_type) for c in body.contents))
    return Argument(
        Code("content_type"), (Code(f"Literal[{types}]"),), default, is_positional=False
    )


def _default(body: ir.Body, content: ir.Content) -> Code | None:
    """Return the type of a body of this content where callers say none; None if they have to."""
    if not _is_range(content):
        return literal(content.media_type)
    if not needs_type(content):
        return literal(_OCTETS)
    return None if body.required else literal(EMPTY)  # a body of no type is refused


def needs_type(content: ir.Content) -> bool:
    """Return whether only callers know the type: octets may be any, an image is of one."""
    return _is_range(content) and content.media_type.raw not in _ANY


def _is_range(content: ir.Content) -> bool:
    """Return whether a media type leaves anything open: a range does, and which boundary it is."""
    is_multipart = content.media_type.raw.lower().startswith("multipart/")
    return "*" in content.media_type.raw or (is_multipart and content.codec is ir.Codec.BYTES)


def _type(content: ir.Content, world: World) -> tuple[Code, ...]:
    if content.type is not None:
        return named(content.type, world)
    match content.codec:
        case ir.Codec.TEXT:
            return (Code("str"),)
        case ir.Codec.BYTES:
            return (Code("Octets"),)
        case ir.Codec.FORM | ir.Codec.MULTIPART:
            return (Code("JsonObject"),)
        case ir.Codec.JSON:
            return (Code("Json"),)


def body_of(operation: ir.Operation, body: ir.Body, world: World) -> Doc:
    """Return the argument of a `Call` that holds the body."""
    if operation.switch is not None:
        return prefixed(Code("body="), _switched(body.contents[0], operation.switch, world))
    if body.required:
        return prefixed(Code("body="), _sent(body, world))
    return Code("body=sent") if _is_long(body, world) else _perhaps(body, world)


def gathered_body(body: ir.Body | None, world: World) -> Iterator[client_views.Gathered]:
    """Return the statements that make a body which may be left out, where they are long."""
    if body is None or body.required or not _is_long(body, world):
        return
    line = block(prefixed(Code("sent = "), _sent(body, world)), 8)
    statement = views.Statement(condition=block(unless(Code("body"), UNSET), 4), line=line)
    yield client_views.Gathered(start=Code("sent = None"), then=(statement,))


def _is_long(body: ir.Body, world: World) -> bool:
    return "\n" in block(_perhaps(body, world), 8) or width(flat(_perhaps(body, world))) > 79


def _perhaps(body: ir.Body, world: World) -> Doc:
    return prefixed(Code("body=None if body is UNSET else "), _sent(body, world))


def _sent(body: ir.Body, world: World) -> Doc:
    if not is_chosen(body):
        return _written(body.contents[0], world)
    if len(body.contents) == 1:
        given = (Code("body"), Code("content_type"), literal(body.contents[0].media_type))
        return Group(Code("_plain.octets_body("), given, Code(")"))
    pairs = tuple(
        prefixed(Code(f"{literal(c.media_type)}: lambda body: "), _written(c, world, chosen=True))
        for c in body.contents
    )
    ways = Group(Code("{"), pairs, Code("}"), display=True)
    arguments = (Code("content_type"), Code("body"), ways)
    return Group(Code("_choice.body("), arguments, Code(")"))


def _written(content: ir.Content, world: World, *, chosen: bool = False) -> Doc:
    media_type = literal(content.media_type)
    encode = None if content.type is None else world.call("encode", content.type)
    match content.codec:
        case ir.Codec.JSON:
            value = Code(f"{encode or '_anything.write'}(body)")
            more = () if content.media_type.raw == "application/json" else (media_type,)
            return Group(Code("json_body("), (value, *more), Code(")"))
        case ir.Codec.FORM:
            ways, value = tuple(_form_ways(content)), members_of(content, world)
            if not ways:
                return Group(Code("form("), (value,), Code(")"))
            return Group(Code("_form.form_as("), (value, _display(ways)), Code(")"))
        case ir.Codec.MULTIPART:
            ways, parts = tuple(_part_ways(content)), members_of(content, world)
            items = (parts, _display(ways)) if ways else (parts,)
            return Group(Code("_multipart.multipart("), items, Code(")"))
        case ir.Codec.TEXT:
            value = Code(f"{encode}(body)" if encode else "body")
            return Group(Code("_plain.text_body("), (value, media_type), Code(")"))
        case ir.Codec.BYTES:
            kind = Code("content_type") if chosen and _is_range(content) else media_type
            return Group(Code("_plain.octets_body("), (Code("body"), kind), Code(")"))


def _switched(content: ir.Content, switch: Text, world: World) -> Doc:
    """Return a body of which a member is true, whatever it is where it comes from."""
    assert content.type is not None
    media_type = content.media_type
    more = () if media_type.raw == "application/json" else (literal(media_type),)
    value = Code(f"{world.call('encode', content.type)}(body)")
    on = Group(Code("switched_on("), (value, literal(switch)), Code(")"))
    return Group(Code("json_body("), (on, *more), Code(")"))


def _display(pairs: tuple[Doc, ...]) -> Doc:
    return Group(Code("{"), pairs, Code("}"), display=True)


def _form_ways(content: ir.Content) -> Iterator[Code]:
    """Return how members of a form are written, but for what goes without saying."""
    for encoding in content.encodings:
        name = literal(encoding.wire_name)
        match encoding.writing:
            case ir.Styled() as style:
                yield Code(f"{name}: {styled(style)}")
            case ir.Serialized(ir.Codec.JSON):
                yield Code(f'{name}: "application/json"')
            case _:
                pass


def _part_ways(content: ir.Content) -> Iterator[Code]:
    for encoding in content.encodings:
        name = literal(encoding.wire_name)
        if isinstance(encoding.writing, ir.Styled):
            yield Code(f"{name}: {styled(encoding.writing)}")
        elif encoding.content_type is not None:
            yield Code(f"{name}: {literal(encoding.content_type)}")
