"""The model, and the names in it, as JSON: what `specloom lower` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeAlias, TypeGuard

from specloom import ir
from specloom.naming import Names
from specloom.values import Json, Place, Text

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"


def model(api: ir.Api) -> str:
    """Return the whole model: each value with its kind, places as JSON pointers."""
    return _dump(_plain(api))


def names(api: ir.Api, found: Names) -> str:
    """Return what everything that has a name is called, on the wire and in Python."""
    return _dump(
        {
            "operations": [_operation(operation, found) for operation in api.operations],
            "types": [_type(d, found) for d in api.definitions],
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
            members = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
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
            }
            for p in operation.parameters
        ],
        "body": None if operation.body is None else _body(operation.body, found),
        "responses": list(_responses(operation, found)),
    }


def _body(body: ir.Body, found: Names) -> Plain:
    return {
        "pointer": body.at.pointer,
        "wire_name": None,
        "required": body.required,
        **_content(body.content, found),
        "parameter": "body",
    }


def _responses(operation: ir.Operation, found: Names) -> Iterator[Plain]:
    for response in operation.responses:
        yield {
            "pointer": response.at.pointer,
            "wire_name": status(response.status),
            **_content(response.content, found),
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


def _content(content: ir.Content | None, found: Names) -> dict[str, Plain]:
    if content is None:
        return {
            "media_type": None,
            "type": None,
            "module": None,
            "name": None,
            "decode": None,
            "encode": None,
        }
    media: dict[str, Plain] = {"media_type": content.media_type.raw, "type": content.type.address}
    return {**media, **_place(content.type, found)}


def _type(definition: ir.Definition, found: Names) -> Plain:
    key = definition.hints[0]
    return {
        "pointer": definition.at.pointer,
        "wire_name": key.text.raw if isinstance(key, ir.Said) else None,
        **_place(definition.id, found),
        "fields": [
            {
                "pointer": p.at.pointer,
                "wire_name": p.wire_name.raw,
                "name": found.fields[definition.id, p.wire_name],
            }
            for p in (
                definition.shape.properties if isinstance(definition.shape, ir.Object) else ()
            )
        ],
    }


def _place(id_: ir.TypeId, found: Names) -> dict[str, Plain]:
    name = found.types[id_]
    return {
        "module": "models",
        "name": name.name,
        "decode": f"decode_{name.codec}",
        "encode": f"encode_{name.codec}",
    }
