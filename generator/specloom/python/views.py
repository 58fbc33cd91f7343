"""What the templates print: names, annotations, literals, booleans and finished statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from specloom.code import NOTHING, Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    declaration: Code
    docstring: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataclass:
    decorator: Code
    header: Code
    docstring: Code
    fields: tuple[Field, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    declaration: Code
    docstring: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    path: str
    docstring: Code
    imports: tuple[Code, ...]
    dataclasses: tuple[Dataclass, ...]
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An assignment; under a test where the member may be absent."""

    condition: Code
    """The line of the test, up to its colon; empty: always."""
    line: Code
    absent: Code = NOTHING
    """What stands before the test, if anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectCodec:
    """Templates: decode, encode and check of a dataclass."""

    template: ClassVar[str] = "object_codec.py.jinja"

    decode_signature: Code
    encode_signature: Code
    check_signature: Code
    made: Code
    """The statement that makes an object without members."""
    is_nullable: bool
    reads: tuple[Statement, ...]
    has_required: bool
    extra: Code
    """The statement that reads undeclared members, where they are kept."""
    closed: Code
    """The statement that refuses them when strict, where they are not allowed."""
    checks: tuple[Code, ...]
    checked: Code
    check: Code
    expected: Code
    """The statement that asks what was received for all that its schema says, where strict."""
    required: Code
    """The same of what is to be sent."""
    instance: Code
    written: Code
    """The statement that writes the members that are always there, and returns if these are all."""
    written_if: tuple[Statement, ...]
    parts_signature: Code
    """Empty: nothing that is uploaded has files in it."""
    parts: Code
    """The statement that begins the parts of a form."""
    parts_if: tuple[Statement, ...]
    needs_strict: bool
    is_returned: bool
    """Whether what is written stands in a variable until the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    pattern: Code
    """The line of it, up to its colon."""
    result: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionCodec:
    template: ClassVar[str] = "union_codec.py.jinja"

    decode_signature: Code
    encode_signature: Code
    is_nullable: bool
    is_open: bool
    never: Code
    """The statement that refuses a value of no variant."""
    exclusive: Code
    """The statement that refuses what fits two alternatives of a `oneOf`, where strict."""
    reads: tuple[Code, ...]
    """Lines with their indentation: a choice may hold others, as no template could."""
    writes: tuple[Case, ...]
    parts_signature: Code
    parts: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasCodec:
    template: ClassVar[str] = "alias_codec.py.jinja"

    decode_signature: Code
    encode_signature: Code
    check_signature: Code
    read: Code
    """`return …`, or `out = …` where checks follow."""
    write: Code
    is_checked: bool
    checks: tuple[Code, ...]
    checked: Code
    check: Code
    expected: Code
    required: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderReader:
    """Template: reads the headers of an answer."""

    template: ClassVar[str] = "header_reader.py.jinja"

    signature: Code
    docstring: Code
    result: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Template: makes what is sent of what was received."""

    template: ClassVar[str] = "header_reader.py.jinja"

    signature: Code
    docstring: Code
    result: Code


Codec = ObjectCodec | UnionCodec | AliasCodec | HeaderReader | Conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class Codecs:
    path: str
    docstring: Code
    imports: tuple[Code, ...]
    constants: tuple[Code, ...]
    schemas: tuple[Code, ...]
    """Functions, each of what one schema asserts."""
    assertions: tuple[Code, ...]
    """Constants that mention these."""
    codecs: tuple[Codec, ...]
    tables: tuple[Code, ...]
    """Constants that mention codecs."""
