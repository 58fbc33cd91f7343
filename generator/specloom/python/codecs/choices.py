"""How a union is read: its choice, printed as the statements of a decoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import is_open
from specloom.python.codecs.codec import READ, Position
from specloom.python.codecs.conditions import having
from specloom.python.codecs.spot import VALUE, Spot, opened, within
from specloom.python.codecs.tested import test_of
from specloom.python.codecs.variants import (
    codec_of,
    expressed,
    kinds_listed,
    reader_name,
    table_name,
    trial_name,
)
from specloom.python.layout import Alternatives, Doc, Group, lines
from specloom.python.literals import literal
from specloom.values import Kind, Text, kind_of
from specloom.verdict import (
    ByItem,
    ByKey,
    ByKind,
    ByMember,
    ByTag,
    ByTest,
    Choice,
    Take,
    Trial,
    tag_of,
)

_LONGEST_MATCH = 8
"""Tags that are compared one after another; more are looked up in a table."""
_MEMBER = Code("member")
_ITEM = Code("item")
_BY_TRIAL = "what it holds"


@dataclass(frozen=True, slots=True)
class Reader:
    """Prints the choice of one union."""

    definition: ir.Definition
    union: ir.Union
    at: Position

    def statements(self) -> tuple[Code, ...]:
        """Return the lines of the decoder, each already indented."""
        return tuple(self._choose(self.union.verdict.choice, Spot(VALUE)))

    def _choose(self, choice: Choice, spot: Spot) -> Iterator[Code]:
        match choice:
            case Take(variant):
                yield from self._take(variant, spot)
            case ByKind(cases):
                yield from self._kinds(cases, spot)
            case ByTag():
                yield from self._tagged(choice, spot)
            case ByKey():
                yield from self._keyed(choice, spot)
            case ByMember(name, of, absent):
                spot, opening = opened(spot)
                yield from opening
                value = Code(f"{spot.members}.get({literal(name)}, UNSET)")
                inside = within(spot, _MEMBER, literal(name), name.raw)
                yield from self._within(inside, value, (of, absent), spot)
            case ByItem(of, empty):
                listed = ", ".join((spot.subject, *spot.steps))
                value = Code(f"union.first({listed})")
                spot = replace(spot, is_object=False)
                inside = within(spot, _ITEM, Code("0"), 0)
                yield from self._within(inside, value, (of, empty), spot)
            case ByTest(variants):
                yield from self._tested(variants, spot)
            case Trial(variants):
                yield from self._tried(variants, spot)
            case _:
                assert_never(choice)

    def _take(self, number: int, spot: Spot) -> Iterator[Code]:
        type_ = self.union.variants[number].type
        codec = codec_of(READ, self.union, number, self.at)
        if spot.known_by and codec is not None:
            world = self.at.world
            said = world.name(type_.target) if isinstance(type_, ir.Ref) else spot.known_by
            items = (codec, VALUE, Code("strict"), literal(str(said)))
            yield from lines(Group(Code("return union.taken("), items, Code(")")), spot.indent)
            return
        reading = expressed(READ, self.union, number, self.at)
        yield from lines(reading, spot.indent)

    def _kinds(
        self, cases: tuple[tuple[tuple[Kind, ...], Choice], ...], spot: Spot
    ) -> Iterator[Code]:
        head = Group(Code("match union.kind("), (spot.subject,), Code("):"))
        yield from lines(head, spot.indent)
        for kinds, of in cases:
            pattern = tuple(literal(kind.value) for kind in kinds)
            yield from lines(_case(pattern), spot.deeper().indent)
            yield from self._choose(of, spot.deeper(2))
        yield from lines(Code("case _:"), spot.deeper().indent)
        expected = literal(kinds_listed(tuple(kind for kinds, _ in cases for kind in kinds)))
        yield from self._raise(
            "read.unexpected(", (expected, spot.subject, *spot.steps), spot.deeper(2)
        )

    def _tagged(self, tag: ByTag, spot: Spot) -> Iterator[Code]:
        if tag is tag_of(self.union.verdict.choice) and is_table(tag):
            yield from self._looked_up(tag, spot)
            return
        members = Code(f"read.members({spot.subject})")
        if spot.members or spot.steps or self._unknown_kinds(tag) or not _is_flat(tag):
            spot, opening = opened(spot)
            members = spot.members
            yield from opening
        asked = (literal(tag.name), Code("UNSET"))
        yield from lines(Group(Code(f"match {members}.get("), asked, Code("):")), spot.indent)
        for values, of in tag.cases:
            yield from lines(_case(tuple(map(literal, values))), spot.deeper().indent)
            yield from self._choose(of, spot.deeper(2))
        if tag.absent is not None:
            yield from lines(Code("case Unset.UNSET:"), spot.deeper().indent)
            yield from self._choose(tag.absent, spot.deeper(2))
        if tag.others is not None:
            yield from lines(Code("case _:"), spot.deeper().indent)
            yield from self._choose(tag.others, spot.deeper(2))
            return
        kinds = self._unknown_kinds(tag)
        if kinds and spot.is_object:
            yield from lines(Code(f"case {_unknown_pattern(kinds)}:"), spot.deeper().indent)
            yield from lines(Code("return UnknownVariant(tag, members)"), spot.deeper(2).indent)
        yield from lines(Code("case tag:"), spot.deeper().indent)
        yield from self._unlisted(tag, spot.deeper(2))

    def _unknown_kinds(self, tag: ByTag) -> tuple[Kind, ...]:
        """Return the kinds of values of a tag that nobody listed, and that are kept all the same."""
        if not is_open(self.definition) or tag.others is not None:
            return ()
        found = {kind_of(value.value) for values, _ in tag.cases for value in values}
        return tuple(kind for kind in (Kind.STRING, Kind.INTEGER) if kind in found)

    def _looked_up(self, tag: ByTag, spot: Spot) -> Iterator[Code]:
        """Look a tag up before anything is asked of the value: the rest is for what has none."""
        table, reader = table_name(self.at), reader_name(self.at)
        yield from lines(Code("try:"), spot.indent)
        found = Code(f"decode = {table}[{reader}({spot.subject})]")
        yield from lines(found, spot.deeper().indent)
        yield from lines(Code("except tags.NO_TAG:"), spot.indent)
        yield from lines(Code("decode = None"), spot.deeper().indent)
        yield from lines(Code("if decode is not None:"), spot.indent)
        yield from lines(Code("return decode(value, strict=strict)"), spot.deeper().indent)
        spot, opening = opened(spot)
        yield from opening
        yield from lines(Code(f"tag = {spot.members}.get({literal(tag.name)}, UNSET)"), spot.indent)
        if self._unknown_kinds(tag):
            yield from lines(Code("if isinstance(tag, str) and not strict:"), spot.indent)
            yield from lines(Code("return UnknownVariant(tag, members)"), spot.deeper().indent)
        items = (Code("tag"), table, *spot.steps, literal(tag.name))
        yield from self._raise("tags.unlisted(", items, spot)

    def _unlisted(self, tag: ByTag, spot: Spot) -> Iterator[Code]:
        known = tuple(literal(value) for values, _ in tag.cases for value in values)
        listed = Group(Code("("), known, Code(")"), display=True)
        items: tuple[Doc, ...] = (Code("tag"), listed, *spot.steps, literal(tag.name))
        yield from self._raise("tags.unlisted(", items, spot)

    def _keyed(self, key: ByKey, spot: Spot) -> Iterator[Code]:
        spot, opening = opened(replace(spot, known_by=spot.known_by or "its members"))
        yield from opening
        names: list[Text] = []
        rest: Choice | None = key
        while isinstance(rest, ByKey):
            names.append(rest.name)
            yield from lines(having(literal(rest.name), spot.members), spot.indent)
            yield from self._choose(rest.present, spot.deeper())
            rest = rest.absent
        if rest is not None:
            yield from self._choose(rest, spot)
            return
        listed = Group(Code("("), tuple(map(literal, names)), Code(")"), display=True)
        yield from self._raise("union.without(", (listed, *spot.steps), spot)

    def _within(
        self, inside: Spot, value: Code, choices: tuple[Choice, Choice | None], spot: Spot
    ) -> Iterator[Code]:
        of, absent = choices
        yield from lines(Code(f"{inside.subject} = {value}"), spot.indent)
        if absent is not None:
            yield from lines(Code(f"if {inside.subject} is UNSET:"), spot.indent)
            yield from self._choose(absent, spot.deeper())
        yield from self._choose(of, inside)

    def _tested(self, variants: tuple[int, ...], spot: Spot) -> Iterator[Code]:
        *others, last = variants
        for number in others:
            test = test_of(self.union, number, spot.path, self.at)
            subject = VALUE if test.is_whole else spot.subject
            head = Group(Code("if schema.fits("), (test.name, subject), Code("):"))
            yield from lines(head, spot.indent)
            yield from self._take(number, spot.deeper())
        yield from self._take(last, spot)

    def _tried(self, variants: tuple[int, ...], spot: Spot) -> Iterator[Code]:
        subject = spot.subject if not spot.steps else VALUE  # tried as a whole
        if not spot.steps and all(self._is_object(number) for number in variants):
            spot, opening = opened(spot)
            yield from opening
            subject = spot.members
        tests = tuple(trial_name(self.union, number, self.at) for number in variants)
        head = Group(Code("match trial.meant("), (subject, *tests), Code("):"))
        yield from lines(head, spot.indent)
        tried = replace(spot.deeper(2), known_by=_BY_TRIAL)
        for position, number in enumerate(variants):
            is_last = position == len(variants) - 1
            pattern = "_" if is_last else str(position)
            yield from lines(Code(f"case {pattern}:"), spot.deeper().indent)
            yield from self._take(number, tried)

    def _is_object(self, number: int) -> bool:
        type_ = self.at.world.resolved(self.union.variants[number].type)
        return isinstance(type_, ir.Ref | ir.Map)

    def _raise(self, head: str, arguments: tuple[Doc, ...], spot: Spot) -> Iterator[Code]:
        yield from lines(Group(Code(f"raise {head}"), arguments, Code(")")), spot.indent)


def _is_flat(tag: ByTag) -> bool:
    """Return whether nothing but the tag is asked."""
    rest = (of for of in (tag.absent, tag.others) if of is not None)
    return all(isinstance(of, Take) for of in (*(of for _, of in tag.cases), *rest))


def is_table(tag: ByTag) -> bool:
    """Return whether the values of a tag are looked up in a table: many texts, each one variant's."""
    values = [value for values, of in tag.cases for value in values if isinstance(of, Take)]
    return (
        len(values) == sum(len(values) for values, _ in tag.cases)
        and len(values) > _LONGEST_MATCH
        and tag.absent is None
        and tag.others is None
        and all(isinstance(value.value, str) for value in values)
    )


def _case(patterns: tuple[Code, ...]) -> Alternatives:
    return Alternatives(Code("case "), patterns, Code(":"))


def _unknown_pattern(kinds: tuple[Kind, ...]) -> Code:
    # to Python, a boolean is an integer
    if kinds == (Kind.STRING,):
        return Code("str(tag) if not strict")
    pattern = "int(tag)" if kinds == (Kind.INTEGER,) else "str() | int() as tag"
    return Code(f"{pattern} if not strict and type(tag) is not bool")
