"""How long a module gets, in the lines that its template prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.client import views as client_views
from specloom.python.codecs.codecs import Coded
from specloom.python.models import Declared

_BETWEEN = 2
"""Blank lines before a class or a function."""


def of_type(declared: Declared) -> int:
    """Return the lines of a type in `models`."""
    match declared.view:
        case views.Dataclass(decorator=decorator, header=header, docstring=said, fields=fields):
            parts = [part for f in fields for part in (f.declaration, f.docstring)]
            return _BETWEEN + _lines((decorator, header, said, *parts)) + bool(said and fields)
        case views.Alias(declaration=declaration, docstring=said):
            return _lines((declaration, said))


def of_coded(coded: Coded) -> int:
    """Return the lines in `codecs` that are there for one type."""
    constants = (*coded.constants, *coded.tables, *(code for _, code in coded.assertions))
    schema = 0 if coded.schema is None else _BETWEEN + _lines((coded.schema.code,))
    codecs = sum(_codec(codec) for codec in (*coded.codecs, *coded.readers, *coded.conversions))
    return _lines(constants) + schema + codecs


def _codec(codec: views.Codec) -> int:
    match codec:
        case views.HeaderReader() | views.Conversion():
            return _BETWEEN + _lines((codec.signature, codec.docstring, codec.result))
        case views.AliasCodec():
            return _alias(codec)
        case views.UnionCodec():
            return _union(codec)
        case views.ObjectCodec():
            return _object(codec)
        case _:
            assert_never(codec)


def _alias(codec: views.AliasCodec) -> int:
    reading = (
        codec.decode_signature,
        codec.read,
        codec.checked if codec.checks else NOTHING,
        codec.expected,
    )
    writing = (
        codec.encode_signature,
        codec.check if codec.checks else NOTHING,
        codec.write,
        codec.required,
    )
    length = 2 * _BETWEEN + _lines((*reading, *writing))
    return length + 2 * codec.is_checked + bool(codec.required) + _check(codec)


def _union(codec: views.UnionCodec) -> int:
    cases = [part for case in codec.writes for part in (case.pattern, case.result)]
    length = _lines((codec.decode_signature, codec.exclusive, *codec.reads))
    length += _lines((codec.encode_signature, *cases, codec.never)) + 2 * _BETWEEN + 1
    length += 4 * codec.is_nullable + bool(codec.exclusive) + 2 * codec.is_open
    if codec.parts_signature:
        parts = (part for case in codec.parts for part in (case.pattern, case.result))
        length += _BETWEEN + _lines((codec.parts_signature, *parts, codec.never)) + 1
    return length


def _object(codec: views.ObjectCodec) -> int:
    reads = [part for read in codec.reads for part in (read.absent, read.condition, read.line)]
    writes = [part for write in codec.written_if for part in (write.condition, write.line)]
    asked = (codec.closed, codec.checked if codec.checks else NOTHING, codec.expected)
    length = _lines((codec.decode_signature, codec.made, *reads, codec.extra)) + 2
    length += 3 * codec.has_required + 4 * codec.is_nullable
    length += bool(codec.needs_strict) + codec.needs_strict * _lines(asked)
    length += _lines((codec.encode_signature, codec.instance, codec.written, *writes))
    length += bool(codec.checks) + _lines((codec.required,)) + codec.is_returned + 2 * _BETWEEN
    if codec.parts_signature:
        parts = (part for each in codec.parts_if for part in (each.condition, each.line))
        length += _BETWEEN + _lines((codec.parts_signature, codec.instance, codec.parts, *parts))
        length += bool(codec.checks) + 1
    return length + _check(codec)


def _check(codec: views.AliasCodec | views.ObjectCodec) -> int:
    if not codec.checks:
        return 0
    return _BETWEEN + _lines((codec.check_signature, *codec.checks))


def of_client(view: client_views.Client) -> int:
    """Return the lines of the two clients and of all groups."""
    settings = (view.sync, view.asynchronous)
    made = (part for s in settings for part in (s.start, s.begin, s.change, s.changed))
    servers = (part for s in view.servers for part in (s.declaration, s.docstring, s.result))
    clients = _lines((*made, *servers, view.about, *view.imports, *view.typing)) + 4 * _BETWEEN + 6
    return clients + sum(of_group(group) + 8 for group in view.groups)


def of_group(group: client_views.Group) -> int:
    """Return the lines of a group: its two classes, and what describes its calls."""
    said = _lines((group.docstring,)) + bool(group.docstring)
    return sum(map(_method, group.methods)) + 2 * (_BETWEEN + 1 + said)


def _method(method: client_views.Method) -> int:
    length = 2 + 2 * len(method.overloads) + 2 * _lines((method.docstring,)) + _BETWEEN
    length += _lines(o.sync for o in method.overloads)
    length += _lines(o.asynchronous for o in method.overloads)
    length += _lines((method.sync_signature, method.sync_call))
    length += _lines((method.async_signature, method.async_call))
    length += _lines((method.call_signature, *method.checks, method.call))
    for gathered in method.gathered:
        then = (part for s in gathered.then for part in (s.condition, s.line))
        length += _lines((gathered.start, *then))
    return length


def _lines(parts: Iterable[Code]) -> int:
    return sum(part.count("\n") + 1 for part in parts if part)
