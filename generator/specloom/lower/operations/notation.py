"""How a value stands in a URL, a header or a form: its style, or its content type."""

from __future__ import annotations

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.content import Encoding
from specloom.document.parameter import Notation
from specloom.lower.schemas.media import codec_of, essence
from specloom.rules.support import unsupported
from specloom.shown import shown
from specloom.values import Place

_DEFAULTS = {
    ir.Location.PATH: ir.Style.SIMPLE,
    ir.Location.QUERY: ir.Style.FORM,
    ir.Location.QUERYSTRING: ir.Style.FORM,
    ir.Location.HEADER: ir.Style.SIMPLE,
    ir.Location.COOKIE: ir.Style.FORM,
}
_EXPLODED = (ir.Style.FORM, ir.Style.COOKIE, ir.Style.DEEP_OBJECT)


def writing(notation: Notation, location: ir.Location, at: Place) -> ir.Writing:
    """Return how a parameter or a header is written (OpenAPI 3.2.0, "Style Values").

    Raises Refused for content types that are neither JSON nor text.
    """
    if notation.media_type is not None:
        return ir.Serialized(_serialized(notation, location, at.step("content").at_key()))
    return _styled(notation, _DEFAULTS[location])


def encoding(member: Encoding, codec: ir.Codec) -> ir.Encoding:
    """Return how a member of a form is written; a style goes before a content type.

    Raises Refused for headers that a part must have. Of content types that are neither JSON nor text
    only callers know how they are written: such a member is a string, or a file.
    """
    notation = member.notation
    if member.needs_headers and codec is ir.Codec.MULTIPART:
        at = member.at.step("headers").at_key()
        raise Refused(unsupported("form-member", at, "a required header of a part"))
    if member.is_styled:
        return ir.Encoding(wire_name=member.name, writing=_styled(notation, ir.Style.FORM))
    said = member.content_type
    if said is None:
        return ir.Encoding(wire_name=member.name)
    written = codec_of(said.raw.partition(",")[0])
    if written in (ir.Codec.JSON, ir.Codec.TEXT):
        return ir.Encoding(wire_name=member.name, writing=ir.Serialized(written), content_type=said)
    return ir.Encoding(wire_name=member.name, content_type=said)


def _styled(notation: Notation, default: ir.Style) -> ir.Styled:
    style = default if notation.style is None else ir.Style(notation.style)
    explode = style in _EXPLODED if notation.explode is None else notation.explode
    return ir.Styled(style=style, explode=explode, reserved=notation.reserved)


def _serialized(notation: Notation, location: ir.Location, at: Place) -> ir.Codec:
    media_type = notation.media_type
    if notation.is_encoded:
        raise Refused(unsupported("parameter-content", at, "`encoding` in a parameter"))
    assert media_type is not None
    codec = codec_of(media_type.raw)
    allowed = [ir.Codec.JSON, ir.Codec.TEXT]
    if location is ir.Location.QUERYSTRING:
        allowed.append(ir.Codec.FORM)
    if codec not in allowed:
        what = f"a parameter of type `{shown(essence(media_type.raw))}`"
        raise Refused(unsupported("parameter-content", at, what))
    return codec
