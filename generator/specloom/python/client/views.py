"""What the templates of the clients print: their classes, their methods, and what these call."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.code import Code
from specloom.python.views import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Arguments that leave in one place: the query, the headers or the cookies."""

    start: Code
    """The statement with the first of them, as long as they are always there."""
    then: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """What callers may pass together."""

    sync: Code
    asynchronous: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """What goes through all pages of an operation."""

    sync_signature: Code
    async_signature: Code
    docstring: Code
    sync_call: Code
    async_call: Code
    signature: Code
    """Of the function that says how it goes on."""
    paging: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    overloads: tuple[Overload, ...]
    """Where content types have bodies of different types: one for each."""
    sync_signature: Code
    async_signature: Code
    docstring: Code
    sync_call: Code
    async_call: Code
    call_signature: Code
    warnings: tuple[Statement, ...]
    """Of what is deprecated; with a condition, where it is given."""
    checks: tuple[Code, ...]
    gathered: tuple[Gathered, ...]
    call: Code
    paged: Paged | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupClass:
    """One of the two classes of a group, and the property of a client that makes it."""

    name: Code
    header: Code
    getter: Code
    """The signature of the property."""
    imported: Code
    """The statement that imports the class; empty where it is in the module of the clients."""
    made: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    sync: GroupClass
    asynchronous: GroupClass
    module: Code
    """Below `client`; empty where the group is in the module of the clients."""
    attribute: Code
    docstring: Code
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupModule:
    """A group in a module of its own."""

    path: str
    docstring: Code
    imports: tuple[Code, ...]
    typing: tuple[Code, ...]
    """Imports for type checkers alone."""
    group: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMember:
    declaration: Code
    """Empty where the address has parts that only callers know."""
    signature: Code
    """Of the function that fills in its variables; empty where there are none."""
    docstring: Code
    result: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one of the two clients is made with."""

    start: Code
    """The signature of `__init__`."""
    begin: Code
    """The call of the session's."""
    change: Code
    """The signature of `with_options`."""
    changed: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    path: str
    docstring: Code
    sync_docstring: Code
    async_docstring: Code
    imports: tuple[Code, ...]
    typing: tuple[Code, ...]
    """Imports for type checkers alone."""
    homes: tuple[Code, ...]
    """Pairs of the class of a group and its module; empty where they are in this one."""
    exports: tuple[Code, ...]
    servers: tuple[ServerMember, ...]
    about: Code
    sync: Settings
    asynchronous: Settings
    groups: tuple[Group, ...]
