"""How a union is read by its choice, and written by the class of a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.annotations import World, is_open
from specloom.python.codecs.choices import Reader, is_table
from specloom.python.codecs.codec import READ, WRITE, Position, signature
from specloom.python.codecs.object_codecs import parts_signature
from specloom.python.codecs.variants import (
    alternative_name,
    classes,
    codec_of,
    expressed,
    reader_name,
    table_name,
)
from specloom.python.files import has_files
from specloom.python.layout import Alternatives, Declaration, Group, block
from specloom.python.literals import literal
from specloom.verdict import ByTag, Choice, Take, has_unknown, tag_of

_ORDER = ("bool", "int", "float")
"""To Python, a boolean is an integer: it is asked for first."""


def union_codec(definition: ir.Definition, union: ir.Union, at: Position) -> views.UnionCodec:
    world, id_ = at.world, definition.id
    name, type_ = world.codec(id_), world.name(id_)
    is_object = all(_is_object(v.type, world) for v in union.variants)
    null = " | None" if definition.nullable else ""
    out = Code(f"JsonObject{null}" if is_object else "Json")
    return views.UnionCodec(
        decode_signature=signature("decode", name, Code("object"), type_, strict=True),
        encode_signature=signature("encode", name, type_, out),
        is_nullable=definition.nullable,
        is_open=is_open(definition) and has_unknown(union.verdict.choice),
        never=_never(type_),
        exclusive=_exclusive(union, at),
        reads=Reader(definition, union, at).statements(),
        writes=tuple(_writes(union, at)),
        parts_signature=parts_signature(definition, world),
        parts=tuple(_parts(union, at)),
    )


def _never(type_: Code) -> Code:
    """Return the statement that refuses a value of no variant."""
    what = literal(f"{'an' if type_[0] in 'AEIOU' else 'a'} {type_}")
    return block(Group(Code("raise write.never("), (Code("value"), what), Code(")")), 4)


def _exclusive(union: ir.Union, at: Position) -> Code:
    if not union.exclusive:
        return NOTHING
    alternatives = (alternative_name(union, number, at) for number in range(len(union.exclusive)))
    items = (Code("value"), *alternatives)
    return block(Group(Code("trial.exclusive("), items, Code(")")), 8)


def _is_object(type_: ir.Type, world: World) -> bool:
    """Return whether the encoder of a variant returns an object, and says so."""
    if not isinstance(type_, ir.Ref):
        return False
    of = world.definitions[type_.target]
    return isinstance(of.shape, ir.Object) and not of.nullable


@dataclass(frozen=True, slots=True)
class Table:
    """How the decoder of a variant is found by its tag, where there are many."""

    reader: Code
    """The constant that reads the tag."""
    decoders: Code
    """The constant that has the decoders: it stands after them."""


def table(definition: ir.Definition, at: Position) -> Table | None:
    union = definition.shape
    tag = _table_of(union.verdict.choice) if isinstance(union, ir.Union) else None
    if not isinstance(union, ir.Union) or tag is None:
        return None
    rows = tuple(
        Code(f"{literal(value)}: {codec_of(READ, union, of.variant, at)}")
        for values, of in tag.cases
        if isinstance(of, Take)
        for value in values
    )
    of = (Code("object"), Code(f"Decode[{at.world.name(definition.id)}]"))
    annotation = Group(Code(f"{table_name(at)}: dict["), of, Code("]"))
    decoders = Group(Code("{"), rows, Code("}"), display=True)
    return Table(
        reader=block(
            Group(Code(f"{reader_name(at)} = tags.reader("), (literal(tag.name),), Code(")")), 0
        ),
        decoders=block(Declaration(annotation, decoders), 0),
    )


def _table_of(choice: Choice) -> ByTag | None:
    """Return the tag that is looked up, of objects alone or beside other kinds."""
    tag = tag_of(choice)
    return tag if tag is not None and is_table(tag) else None


def _writes(union: ir.Union, at: Position) -> Iterator[views.Case]:
    """Return a case for each class of values; several variants of one are tried in order."""
    sharing: dict[str, list[int]] = {}
    for number, variant in enumerate(union.variants):
        for class_ in classes(variant.type, at):
            sharing.setdefault(class_, []).append(number)
    by_variants: dict[tuple[int, ...], list[str]] = {}
    for class_ in sorted(sharing, key=_rank):
        by_variants.setdefault(tuple(sharing[class_]), []).append(class_)
    for numbers, found in by_variants.items():
        pattern = _pattern(*found)
        if len(numbers) == 1:
            result = block(expressed(WRITE, union, numbers[0], at), 12)
        else:
            encoders = tuple(c for n in numbers if (c := codec_of(WRITE, union, n, at)) is not None)
            several = Group(Code("("), encoders, Code(")"), display=True)
            result = block(
                Group(Code("return union.written("), (several, Code("value")), Code(")")), 12
            )
        yield views.Case(pattern=pattern, result=result)


def _pattern(*of: str) -> Code:
    """Return the line before what is done with a value of some classes."""
    patterns = tuple(Code(f"{class_}()") for class_ in of)
    return block(Alternatives(Code("case "), patterns, Code(":")), 8)


def _rank(class_: str) -> int:
    return _ORDER.index(class_) if class_ in _ORDER else len(_ORDER)


def _parts(union: ir.Union, at: Position) -> Iterator[views.Case]:
    for variant in union.variants:
        if isinstance(variant.type, ir.Ref):
            codec = at.world.codec(variant.type.target)
            if has_files(variant.type.target, at.world):
                result = Group(Code(f"return parts_{codec}("), (Code("value"),), Code(")"))
            else:
                encoded = Code(f"**encode_{codec}(value)")
                result = Group(Code("return {"), (encoded,), Code("}"), display=True)
            yield views.Case(
                pattern=_pattern(at.world.name(variant.type.target)),
                result=block(result, 12),
            )
