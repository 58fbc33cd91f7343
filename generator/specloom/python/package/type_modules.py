"""The modules of types and of their codecs: `models` and `codecs`, or what they are split into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from specloom.code import Code
from specloom.python import views
from specloom.python.codecs.assertions import MODULES
from specloom.python.codecs.codecs import Coded
from specloom.python.imports import statements
from specloom.python.models import Declared
from specloom.python.prose import Words, docstring

_OF_MODELS = {
    "dataclass": "dataclasses",
    "cast": "typing",
    "field": "dataclasses",
    "Literal": "typing",
    "TypeAlias": "typing",
    "Decimal": "decimal",
    "UUID": "uuid",
    "FileLike": "._file",
    "Secretive": "._secret",
    "Json": "._types",
    "JsonObject": "._types",
    "Unset": "._types",
    "UNSET": "._types",
}
_OF_CODECS = {
    "Mapping": "collections.abc",
    "Literal": "typing",
    "Decimal": "decimal",
    "UUID": "uuid",
    "FileLike": "._file",
    "FormParts": "._multipart",
    "Json": "._types",
    "JsonObject": "._types",
    "UNSET": "._types",
    "Unset": "._types",
    "Decode": "._nested",
    "Unknown": "._unknown",
    "UnknownInt": "._unknown",
    "UnknownVariant": "._unknown",
}
_MODULES = {
    "base64": "_base64",
    "date": "_date",
    "date_time": "_date_time",
    "decimal": "_decimal",
    "duration": "_duration",
    "time": "_time",
    "read": "_read",
    "write": "_write",
    "check": "_check",
    "limits": "_limits",
    "items": "_items",
    "nested": "_nested",
    "anything": "_anything",
    "file": "_file",
    "additional": "_additional",
    "header": "_received",
    "unknown": "_unknown",
    "union": "_union",
    "tags": "_tag",
    "trial": "_trial",
    **MODULES,
}
_MET = ("Json", "JsonObject", "UNSET", "Unset")
_UNKNOWNS = ("Unknown", "UnknownInt", "UnknownVariant")


def models(
    types: Sequence[Declared], homes: Mapping[str, str], about: Words, name: str = ""
) -> views.Models:
    """Return the view of a module that has some types; `homes` says where the others are.

    `name`: what it is called, below `models`. Without one it is `models` itself.
    """
    names = _union(type_.names for type_ in types)
    folder = "models" if name else ""
    elsewhere = _elsewhere(names, homes, f".models.{name}")
    # where the whole is one module, these are among its exports
    unknowns = dict.fromkeys(_UNKNOWNS, "._unknown") if name else {}
    imports = statements(names, {**elsewhere, **unknowns, **_OF_MODELS}, {}, folder=folder)
    return views.Models(
        path=f"models/{name}.py" if name else "models.py",
        docstring=docstring(about, indent=0),
        imports=imports if name else tuple(_with_exports(imports, names)),
        dataclasses=tuple(t.view for t in types if isinstance(t.view, views.Dataclass)),
        aliases=tuple(t.view for t in types if isinstance(t.view, views.Alias)),
    )


def codecs(
    types: Sequence[Coded], homes: Mapping[str, str], about: Words, name: str = ""
) -> views.Codecs:
    """Return the view of a module that has the codecs of some types."""
    schemas = sorted(type_.schema for type_ in types if type_.schema is not None)
    asserted = tuple(dict(pair for type_ in types for pair in type_.assertions).values())
    constants = tuple(constant for type_ in types for constant in type_.constants)
    names = _union(type_.names for type_ in types)
    elsewhere = _elsewhere(names, homes, f".codecs.{name}")
    folder = "codecs" if name else ""
    return views.Codecs(
        path=f"codecs/{name}.py" if name else "codecs.py",
        docstring=docstring(about, indent=0),
        imports=statements(names, {**elsewhere, **_OF_CODECS}, _MODULES, folder=folder),
        constants=(*constants, *(() if schemas else asserted)),
        schemas=tuple(schema.code for schema in schemas),
        assertions=asserted if schemas else (),
        codecs=(
            *(codec for type_ in types for codec in type_.codecs),
            *(codec for type_ in types for codec in type_.readers),
            *(codec for type_ in types for codec in type_.conversions),
        ),
        tables=tuple(table for type_ in types for table in type_.tables),
    )


def exported(types: Iterable[Declared]) -> dict[str, str]:
    """Return the types of the runtime that users find where their own are, with their homes."""
    names = _union(type_.names for type_ in types)
    files = {"FilePart": "._file"} if "FileLike" in names else {}
    return files | {name: "._unknown" for name in _UNKNOWNS if name in names}


def met(types: Iterable[Declared]) -> dict[str, str]:
    """Return what annotations of fields are made of besides, with its home."""
    names = _union(type_.names for type_ in types)
    return {name: "._types" for name in _MET if name in names}


def _with_exports(imports: tuple[Code, ...], names: frozenset[str]) -> Iterator[Code]:
    for line in imports:
        yield line
        if line == "from ._file import FileLike":
            yield Code("from ._file import FilePart as FilePart")
    for name in _UNKNOWNS:
        if name in names:
            yield Code(f"from ._unknown import {name} as {name}")


def _elsewhere(names: frozenset[str], homes: Mapping[str, str], own: str) -> dict[str, str]:
    """Return the homes of names that a module mentions, and has not itself."""
    return {name: homes[name] for name in names if name in homes and homes[name] != own}


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
