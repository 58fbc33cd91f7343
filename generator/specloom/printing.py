"""The model, and the names in it, as JSON: what `specloom lower` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeAlias, TypeGuard

from specloom import ir
from specloom.graph import component_key
from specloom.naming import Names
from specloom.values import Json, Place, Text

_PLACE = ("module", "name", "decode", "encode")
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"


def model(api: ir.Api) -> str:
    """Return the whole model: each value with its kind, places as JSON pointers."""
    return _dump(_plain(api))


def names(api: ir.Api, found: Names) -> str:
    """Return what operations, credentials and types are called, on the wire and in Python."""
    return _dump(
        {
            "operations": [_operation(operation, found) for operation in api.operations],
            "types": [_type(d, found) for d in api.definitions],
            "credentials": [
                {
                    "pointer": scheme.at.pointer,
                    "key": scheme.key.raw,
                    "name": found.credentials[scheme.key],
                    "kind": type(scheme.by).__name__,
                }
                for scheme in api.security_schemes
                if scheme.key in found.credentials
            ],
        }
    )


def _dump(value: Plain) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _plain(value: object) -> Plain:
    match value:
        case Text(raw):
            return raw
        case Json():
            tree: Plain = json.loads(value.raw)
            return tree
        case Place(pointer=pointer):
            return pointer
        case ir.TypeId(address) | ir.OperationId(address):
            return address
        case Enum():
            return str(value.value)
        case _ if _is_tuple(value):
            return [_plain(item) for item in value]
        case str() | int() | None:
            return value
        case _ if is_dataclass(value):
            # a field that is called `kind` itself must not hide what it is a field of
            named = ((f.name if f.name != "kind" else "of_kind", f.name) for f in fields(value))
            members = {key: _plain(getattr(value, name)) for key, name in named}
            return {"kind": type(value).__name__, **members}
        case _:
            raise TypeError(f"the model holds a {type(value).__name__}")


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _operation(operation: ir.Operation, found: Names) -> Plain:
    group = found.groups[operation.group].attribute
    return {
        "pointer": operation.at.pointer,
        "wire_name": operation.operation_id.raw if operation.operation_id else None,
        "method": operation.method,
        "path": operation.path.raw,
        "attribute": f"{group}.{found.methods[operation.id]}",
        "parameters": [
            {
                "pointer": p.at.pointer,
                "wire_name": p.wire_name.raw,
                "in": p.location.value,
                "required": p.required,
                "name": found.parameters[operation.id, p.location, p.wire_name],
                **_codecs(p.type, found),
            }
            for p in operation.parameters
        ],
        "body": None if operation.body is None else _body(operation.body, found),
        "responses": list(_responses(operation, found)),
    }


def _codecs(type_: ir.Type, found: Names) -> dict[str, Plain]:
    """Return what makes an argument of JSON, and the other way round; nulls: JSON itself is one."""
    match type_:
        case ir.Ref(target):
            place = _place(target, found)
            return {"decode": place["decode"], "encode": place["encode"]}
        case ir.Nullable(of) | ir.Checked(of, _):
            return _codecs(of, found)
        case _:
            return {"decode": None, "encode": None}


def _body(body: ir.Body, found: Names) -> Plain:
    return {
        "pointer": body.at.pointer,
        "wire_name": None,
        "required": body.required,
        **_content(body.contents, found),
        "parameter": "body",
        "contents": [_content((content,), found) for content in body.contents],
    }


def _responses(operation: ir.Operation, found: Names) -> Iterator[Plain]:
    for response in operation.responses:
        yield {
            "pointer": response.at.pointer,
            "wire_name": status(response.status),
            **_content(response.contents, found),
            "contents": [_content((content,), found) for content in response.contents],
            "headers": None if response.headers is None else _headers(response.headers, found),
        }


def status(of: ir.Status) -> str:
    """Return a status as the document writes it."""
    match of:
        case ir.Exact(code):
            return str(code)
        case ir.Range(hundred):
            return f"{hundred}XX"
        case ir.Rest():
            return "default"


def _content(contents: tuple[ir.Content, ...], found: Names) -> dict[str, Plain]:
    """Return the first of several contents; nulls where there is none, or no type of its own."""
    plain: dict[str, Plain] = dict.fromkeys(("media_type", "type", *_PLACE))
    for content in contents[:1]:
        plain["media_type"] = content.media_type.raw
        if content.type is not None:
            plain |= {"type": content.type.address, **_place(content.type, found)}
    return plain


def _headers(headers: ir.Headers, found: Names) -> Plain:
    codec = found.types[headers.type].codec
    return {**_place(headers.type, found), "read": f"read_{codec}"}


def _type(definition: ir.Definition, found: Names) -> Plain:
    return {
        "pointer": definition.at.pointer,
        "wire_name": _key(definition),
        **_place(definition.id, found),
        "fields": [
            {
                "pointer": p.at.pointer,
                "wire_name": p.wire_name.raw,
                "name": found.fields[definition.id, p.wire_name],
            }
            for p in definition.properties
        ],
    }


def _key(definition: ir.Definition) -> str | None:
    """Return what the document calls a component; of others, what the author says."""
    if (key := component_key(definition.id)) is not None:
        return key
    hint = definition.hints[0]
    return hint.text.raw if isinstance(hint, ir.Said) else None


def _place(id_: ir.TypeId, found: Names) -> dict[str, Plain]:
    name = found.types[id_]
    return {
        "module": "models",
        "name": name.name,
        "decode": f"decode_{name.codec}",
        "encode": f"encode_{name.codec}",
    }
