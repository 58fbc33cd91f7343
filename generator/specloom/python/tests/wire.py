"""The bytes that a value travels as: worked out here, by other means than the package uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TypeGuard
from urllib.parse import quote, urlencode

from specloom import ir
from specloom.values import Tree

Value = tuple[Tree, ir.Writing]
_DELIMITERS = {ir.Style.SPACE_DELIMITED: "%20", ir.Style.PIPE_DELIMITED: "%7C"}


def json_bytes(value: Tree) -> bytes:
    """Return compact JSON in UTF-8 (RFC 8259)."""
    return _text(value).encode()


def path(template: str, values: Mapping[str, Value]) -> str:
    """Return a path with its holes filled (OpenAPI 3.2.0, "Style Examples")."""
    return re.sub(r"\{([^{}]*)\}", lambda hole: _hole(hole[1], *values[hole[1]]), template)


def query(values: Mapping[str, Value]) -> str:
    """Return a query (OpenAPI 3.2.0, "Style Examples"); null is left out."""
    return "&".join(pair for name, value in values.items() for pair in _pairs(name, *value))


def whole(value: Tree, writing: ir.Writing) -> str:
    """Return a value as the whole query string (OpenAPI 3.2.0, `in: querystring`)."""
    if writing == ir.Serialized(ir.Codec.FORM):
        return form_bytes(value, {}).decode("ascii")
    return quote(
        _text(value) if writing == ir.Serialized(ir.Codec.JSON) else _plain(value), safe=""
    )


def header(value: Tree, writing: ir.Writing) -> str:
    """Return the value of a header: nothing is quoted, but JSON keeps to ASCII."""
    if writing == ir.Serialized(ir.Codec.JSON):
        return json.dumps(value, separators=(",", ":"))
    exploded = isinstance(writing, ir.Styled) and writing.explode
    if isinstance(value, Mapping) and exploded:
        return ",".join(f"{key}={_plain(of)}" for key, of in _members(value))
    return ",".join(_flat(value))


def cookies(values: Mapping[str, Value]) -> str:
    """Return the header of cookies (OpenAPI 3.2.0, "Style Examples"; RFC 6265)."""
    found: list[str] = []
    for name, (value, writing) in values.items():
        as_is = isinstance(writing, ir.Styled) and writing.style is ir.Style.COOKIE
        if as_is or writing == ir.Serialized(ir.Codec.TEXT):
            found += (f"{key}={_plain(of)}" for key, of in _exploded(name, value))
        else:
            found.append("&".join(_pairs(name, value, writing)))
    return "; ".join(cookie for cookie in found if cookie)


def form_bytes(value: Tree, ways: Mapping[str, ir.Writing]) -> bytes:
    """Return a form (WHATWG URL, section 5): a list repeats its name, null is left out."""
    found: list[str] = []
    for name, of in value.items() if isinstance(value, Mapping) else ():
        way = ways.get(name)
        if isinstance(way, ir.Styled):
            found += _pairs(name, of, way)
        elif way == ir.Serialized(ir.Codec.JSON):
            found += (_form_pair(name, _text(o)) for o in _listed(of))
        else:
            found += (_form_pair(name, _plain(o)) for o in _listed(of) if o is not None)
    return "&".join(found).encode("ascii")


def _form_pair(name: str, text: str) -> str:
    return urlencode([(name, text)], safe="*").replace("~", "%7E")


def multipart(
    value: Tree, files: Sequence[str], ways: Mapping[str, ir.Encoding]
) -> tuple[str, bytes]:
    """Return the content type of a form with files, and the form (RFC 7578)."""
    parts: list[bytes] = []
    for name, of in value.items() if isinstance(value, Mapping) else ():
        parts += _parts(name, of, name in files, ways.get(name))
    boundary = sha256(b"".join(parts)).hexdigest()[:32]
    content = "".join(f"--{boundary}\r\n{part.decode()}\r\n" for part in parts)
    return f"multipart/form-data; boundary={boundary}", f"{content}--{boundary}--\r\n".encode()


def _parts(name: str, value: Tree, is_file: bool, way: ir.Encoding | None) -> Iterator[bytes]:
    if way is not None and isinstance(way.writing, ir.Styled) and not is_file:
        for key, text in _raw_pairs(name, value, way.writing):
            yield _part(key, text, "", "")
        return
    said = "" if way is None or way.content_type is None else way.content_type.raw
    kind = "" if {",", "*"} & set(said) else said
    for of in _listed(value):
        if of is None:
            continue
        if is_file:
            yield _part(name, _plain(of), kind or "application/octet-stream", name)
        else:
            nested = isinstance(of, Mapping) or _is_array(of)
            own = kind or ("application/json" if nested else "")
            as_json = nested or own.partition(";")[0].strip().endswith(("/json", "+json"))
            yield _part(name, _text(of) if as_json else _plain(of), own, "")


def _part(name: str, text: str, content_type: str, file: str) -> bytes:
    named = f'; filename="{_named(file)}"' if file else ""
    head = f'Content-Disposition: form-data; name="{_named(name)}"{named}\r\n'
    kind = f"Content-Type: {content_type}\r\n" if content_type else ""
    return f"{head}{kind}\r\n{text}".encode()


def _named(name: str) -> str:
    """Return a name as it stands between quotes (WHATWG HTML, "Multipart form data")."""
    return name.translate({ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"})


def _raw_pairs(name: str, value: Tree, style: ir.Styled) -> Iterator[tuple[str, str]]:
    if style.style is ir.Style.DEEP_OBJECT:
        yield from _deep(name, value)
    elif style.explode or not (isinstance(value, Mapping) or _is_array(value)):
        yield from ((key, _plain(of)) for key, of in _exploded(name, value))
    elif flat := _flat(value):
        marks = {ir.Style.SPACE_DELIMITED: " ", ir.Style.PIPE_DELIMITED: "|"}
        yield name, marks.get(style.style, ",").join(flat)


def _hole(name: str, value: Tree, writing: ir.Writing) -> str:
    if isinstance(writing, ir.Serialized):
        return quote(_serialized(value, writing), safe="")
    nested = isinstance(value, Mapping) or _is_array(value)
    exploded = writing.explode and nested
    items = list(_exploded(name, value))
    if exploded and (isinstance(value, Mapping) or writing.style is ir.Style.MATRIX):
        parts = [f"{_quoted(key)}={_kept(of, writing, 'path')}" for key, of in items]
    elif exploded:
        parts = [_kept(of, writing, "path") for _, of in items]
    else:
        parts = [",".join(_kept(of, writing, "path") for of in _flat(value))]
    match writing.style:
        case ir.Style.LABEL:
            return "." + ".".join(parts)
        case ir.Style.MATRIX if exploded:
            return "".join(f";{part}" for part in parts)
        case ir.Style.MATRIX:
            return f";{_quoted(name)}={parts[0]}" if parts[0] else f";{_quoted(name)}"
        case _:
            return ",".join(parts)


def _pairs(name: str, value: Tree, writing: ir.Writing) -> Iterator[str]:
    if isinstance(writing, ir.Serialized):
        yield f"{_quoted(name)}={quote(_serialized(value, writing), safe='')}"
    elif writing.style is ir.Style.DEEP_OBJECT:
        yield from (f"{_quoted(k)}={_kept(of, writing, 'query')}" for k, of in _deep(name, value))
    elif writing.explode or not (isinstance(value, Mapping) or _is_array(value)):
        for key, of in _exploded(name, value):
            yield f"{_quoted(key)}={_kept(of, writing, 'query')}"
    elif flat := [_kept(of, writing, "query") for of in _flat(value)]:
        yield f"{_quoted(name)}={_DELIMITERS.get(writing.style, ',').join(flat)}"


def _deep(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, of in value.items():
            yield from _deep(f"{name}[{key}]", of)
    elif _is_array(value):
        for number, of in enumerate(value):
            yield from _deep(f"{name}[{number}]", of)
    elif value is not None:
        yield name, _plain(value)


def _serialized(value: Tree, writing: ir.Serialized) -> str:
    return _text(value) if writing.codec is ir.Codec.JSON else _plain(value)


def _exploded(name: str, value: Tree) -> Iterator[tuple[str, Tree]]:
    if isinstance(value, Mapping):
        yield from _members(value)
    else:
        yield from ((name, of) for of in _listed(value) if of is not None)


def _members(value: Mapping[str, Tree]) -> list[tuple[str, Tree]]:
    return [(key, of) for key, of in value.items() if of is not None]


def _flat(value: Tree) -> list[str]:
    if isinstance(value, Mapping):
        return [part for key, of in _members(value) for part in (key, _plain(of))]
    return [_plain(of) for of in _listed(value) if of is not None]


def _listed(value: Tree) -> Sequence[Tree]:
    return value if _is_array(value) else (value,)


def _kept(value: Tree, writing: ir.Styled, place: str) -> str:
    """Return a text quoted, reserved characters as they are where the document says so."""
    text = _plain(value)
    if not writing.reserved:
        return _quoted(text)
    safe = ":@!$'()*,;=" + ("&+" if place == "path" else "/?")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=safe + "%"))


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _plain(value: Tree) -> str:
    return value if isinstance(value, str) else _text(value)


def _text(value: Tree) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_array(value: Tree) -> TypeGuard[Sequence[Tree]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
