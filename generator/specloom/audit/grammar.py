"""What templates can make, as data: kinds of syntax, names, imports. All else is refused."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import EllipsisType, MappingProxyType, NoneType
from typing import NamedTuple

FINDERS = frozenset(("finder", "lazily"))
"""What imports modules by their names, when somebody asks for what is in them."""
_NOTHING: frozenset[str] = frozenset()


class Module(NamedTuple):
    """A module from outside of the package."""

    alias: str
    names: re.Pattern[str]
    """What may be asked of it."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What files of one kind are made of."""

    expressions: frozenset[type[ast.expr]]
    """Besides names, constants, attributes, calls and subscripts."""
    operators: frozenset[type[ast.AST]]
    constants: frozenset[type]
    builtins: frozenset[str]
    imports: Mapping[str, frozenset[str]]
    """What may be imported from modules outside of the package."""
    modules: Mapping[str, Module]
    """Modules that are imported whole, or from the package that is tested."""
    methods: frozenset[str] = _NOTHING
    """What is called of values."""
    roots: frozenset[str] = _NOTHING
    """Names of which anything is called."""
    given: frozenset[str] = _NOTHING
    """Arguments and variables that are called."""
    quoted: frozenset[str] = _NOTHING
    """Names that stand in quotes in an annotation."""


_OPERATORS = frozenset[type[ast.AST]](
    (
        *(ast.BitOr, ast.And, ast.Or, ast.Not, ast.USub),
        *(ast.Is, ast.IsNot, ast.In, ast.NotIn, ast.Eq, ast.NotEq),
        *(ast.Lt, ast.LtE, ast.Gt, ast.GtE),
    )
)
_TYPES = frozenset(
    ("bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple", "type")
)
_DATES = Module("dt", re.compile("UTC|date|datetime|time|timedelta|timezone"))
_NEVER = re.compile("(?!)")

PACKAGE = Grammar(
    expressions=frozenset(
        (
            *(ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp, ast.IfExp),
            *(ast.Dict, ast.Lambda, ast.List, ast.Tuple),
        )
    ),
    operators=_OPERATORS,
    constants=frozenset((str, bytes, int, float, bool, NoneType)),
    builtins=_TYPES
    | frozenset(("KeyError", "__name__", "isinstance", "len", "property", "staticmethod", "super")),
    imports=MappingProxyType(
        {
            "collections.abc": frozenset(("Mapping", "Sequence")),
            "dataclasses": frozenset(("dataclass", "field")),
            "decimal": frozenset(("Decimal",)),
            "enum": frozenset(("StrEnum",)),
            "typing": frozenset(
                (
                    *("TYPE_CHECKING", "Literal", "Self", "TypeAlias", "Unpack"),
                    *("cast", "overload"),
                )
            ),
            "uuid": frozenset(("UUID",)),
        }
    ),
    modules=MappingProxyType({"datetime": _DATES}),
    methods=frozenset(("__init__", "_with", "get", "send")),
    given=frozenset(("decode",)),
)

TESTS = Grammar(
    expressions=PACKAGE.expressions | {ast.Slice, ast.Starred},
    operators=_OPERATORS | {ast.Mult},
    constants=PACKAGE.constants | {EllipsisType},
    builtins=_TYPES | frozenset(("range",)),
    imports=MappingProxyType(
        {
            "collections.abc": frozenset(
                (
                    *("AsyncIterable", "Awaitable", "Callable", "Container"),
                    *("Iterable", "Iterator", "Mapping"),
                )
            ),
            "copy": frozenset(("copy",)),
            "dataclasses": frozenset(("dataclass", "field", "replace")),
            "decimal": frozenset(("Decimal",)),
            "types": frozenset(("EllipsisType",)),
            "typing": frozenset(("Literal", "TypeAlias", "TypeGuard")),
            "urllib.parse": frozenset(("parse_qs",)),
            "uuid": frozenset(("UUID",)),
        }
    ),
    # what is asked of them stands in lines that templates hold as they are
    modules=MappingProxyType(
        {
            "datetime": _DATES,
            **{
                name: Module(name, _NEVER)
                for name in ("asyncio", "json", "logging", "pickle", "pytest", "traceback")
            },
        }
    ),
    roots=frozenset(("client",)),
    quoted=frozenset(("Json",)),
)


def of_tests(package: str) -> Grammar:
    """Return the grammar of the tests of a package."""
    inner = {
        "codecs": re.compile("(?:de|en)code_[a-z0-9_]+"),
        "errors": re.compile("[A-Z][A-Za-z]+"),
        "models": re.compile("[A-Z][A-Za-z0-9_]*"),
        "oauth": re.compile("Tokens"),
        "webhooks": re.compile("parse_[a-z0-9_]+|UnknownVariant"),
    }
    return replace(
        TESTS,
        imports=MappingProxyType(
            {
                **TESTS.imports,
                package: frozenset(
                    ("AsyncClient", "Client", "Server", "Unknown", "UnknownInt", *inner)
                ),
                f"{package}._series": frozenset(("ServerSentEvent",)),
                f"{package}._file": frozenset(("FileLike",)),
                f"{package}._request": frozenset(("Request",)),
                f"{package}._response": frozenset(("Response",)),
                f"{package}._stream": frozenset(("AsyncStream", "Stream")),
            }
        ),
        modules=MappingProxyType(
            {
                **TESTS.modules,
                **{f"{package}.{name}": Module(name, asked) for name, asked in inner.items()},
            }
        ),
    )
