"""What a caller writes: a part of a union is a union, and a union may hold itself."""

from typing import assert_never

from nested_unions import (
    All,
    Block,
    Equals,
    Filter,
    Heading,
    Image,
    MediaBlock,
    Not,
    Paragraph,
    TextBlock,
    UnknownVariant,
    Video,
)


def text(block: TextBlock) -> str:
    return "" if isinstance(block, UnknownVariant) else block.text


def address(block: MediaBlock) -> str:
    return "" if isinstance(block, UnknownVariant) else block.url


def summary(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return text(block)
        case Image() | Video():
            return address(block)
        case UnknownVariant():
            return str(block.tag)
        case _:
            assert_never(block)


def depth(query: Filter) -> int:
    match query:
        case Equals():
            return 1
        case All():
            return 1 + max(map(depth, query.all), default=0)
        case Not():
            return 1 + depth(query.not_)
        case _:
            assert_never(query)


QUERY: Filter = All(all=[Equals(field_="a", value=1), Not(not_=All(all=[]))])
