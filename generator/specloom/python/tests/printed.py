"""Samples and data types as statements of a test file."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from specloom import ir
from specloom.code import Code
from specloom.graph import named
from specloom.python.imports import used
from specloom.python.layout import Doc, Group, block
from specloom.python.layout.width import LIMIT
from specloom.python.literals import bytes_literal, literal
from specloom.python.sample import Sample, array_doc, prefixed, tree_doc
from specloom.python.tests.faults import Faults, Row, faults
from specloom.python.tests.members import spots
from specloom.python.tests.misfits import instance_of
from specloom.python.tests.pairs import Bench, Pair, pairs, variant_pairs
from specloom.values import Tree

_AMBIGUOUS, _UNREAD = Code("ambiguous=True"), Code("unread=True")
_BYTES = re.compile(r"""( +)((?:\w+=)?)(b["'].*["'])(,?)""")


class Constant(NamedTuple):
    """A constant that holds a sample."""

    place: int
    """Among all of them."""
    name: Code
    statement: Code


def samples(bench: Bench) -> dict[str, Constant]:
    """Return the constants that hold samples, by their names."""
    found: dict[str, Constant] = {}
    for id_, (full, small) in bench.samples.constants.items():
        for name, is_full in ((full, True), (small, False)):
            built = bench.samples.built(id_, full=is_full)
            if built is not None and name not in found:
                statement = _statement(prefixed(Code(f"{name} = "), built.python))
                found[name] = Constant(len(found), name, statement)
                if is_full:
                    whole = Code(f"{full}_JSON")
                    annotated = Code(f"{whole}: dict[str, Json] = ")
                    statement = _statement(prefixed(annotated, tree_doc(built.received)))
                    found[whole] = Constant(len(found), whole, statement)
    return found


def needed(parts: Iterable[Code], constants: Mapping[str, Constant]) -> tuple[Code, ...]:
    """Return the statements of constants that some code mentions, each after those it mentions."""
    done: dict[Code, Code] = {}

    def visit(code: Code) -> None:
        for one in sorted(constants[name] for name in used((code,)) if name in constants):
            if one.name not in done and one.statement != code:
                visit(one.statement)
                done[one.name] = one.statement

    for part in parts:
        visit(part)
    return tuple(done.values())


def _statement(doc: Doc) -> Code:
    return block(doc, 0)


# --- kinds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PrintedKind:
    statement: Code
    faults: Faults
    is_class: bool
    """Whether values of other classes are refused as such."""
    is_ambiguous: bool
    """Whether a value that is tried fits two alternatives of a `oneOf`."""
    is_unread: bool
    """Whether one can only be sent."""


def kind(id_: ir.TypeId, bench: Bench) -> PrintedKind:
    """Return the statement that describes a definition to the tests."""
    definition = bench.world.definitions[id_]
    codec = bench.world.codec(id_)
    items: list[Doc] = [
        Code(f"name={literal(str(codec))}"),
        Code(f"decode=codecs.decode_{codec}"),
        Code(f"encode=codecs.encode_{codec}"),
    ]
    if not isinstance(definition.shape, ir.Alias):
        message = f"$: expected {instance_of(definition, bench.world)}"
        items.append(Code(f"foreign={literal(message)}"))
    tried = tuple(_pairs(definition, bench))
    items.append(prefixed(Code("pairs="), array_doc(tried)))
    if isinstance(definition.shape, ir.Union):
        variants = tuple(_of_variants(definition.shape, bench))
        if variants:
            items.append(prefixed(Code("variants="), array_doc(variants)))
    found = faults(id_, bench)
    items += _faults(found)
    secrets = tuple(
        literal(str(bench.world.names.fields[id_, p.wire_name]))
        for p, _ in spots(definition, bench.world)
        if p.secret
    )
    if secrets:
        items.append(prefixed(Code("secrets="), array_doc(secrets)))
    whole = Group(Code(f"{bench.kinds[id_]} = Kind("), tuple(items), Code(")"))
    is_class = not isinstance(definition.shape, ir.Alias)
    marked = tuple(one.items for one in tried if isinstance(one, Group))
    return PrintedKind(
        rows_of_bytes(_statement(whole)),
        found,
        is_class,
        is_ambiguous=any(_AMBIGUOUS in one for one in marked),
        is_unread=any(_UNREAD in one for one in marked),
    )


def _pairs(definition: ir.Definition, bench: Bench) -> Iterator[Doc]:
    if isinstance(definition.shape, ir.Union):
        for number, variant in enumerate(definition.shape.variants):
            yield from _of_variant(definition.id, number, variant.type, bench)
        if definition.nullable:
            yield Code("Pair(None, None)")
        return
    for pair in pairs(definition.id, bench):
        yield Group(Code("Pair("), _pair(pair), Code(")"))


def _of_variant(id_: ir.TypeId, number: int, type_: ir.Type, bench: Bench) -> Iterator[Doc]:
    """Return the values of one variant: those of its own kind that the union takes for it."""
    found = dict(variant_pairs(id_, number, bench))
    if not isinstance(type_, ir.Ref):
        yield from (Group(Code("Pair("), _pair(pair), Code(")")) for pair in found.values())
    elif found:
        kind_ = bench.kinds[type_.target]
        own = [_marks(pair.sample) for pair in pairs(type_.target, bench)]
        if own == [_marks(pair.sample) for pair in found.values()]:
            yield Code(f"*{kind_}.pairs")
            return
        for place, pair in found.items():
            one = Code(f"{kind_}.pairs[{place}]")
            new = tuple(mark for mark in _marks(pair.sample) if mark not in own[place])
            yield Group(Code("replace("), (one, *new), Code(")")) if new else one


def _pair(pair: Pair) -> tuple[Doc, ...]:
    sample = pair.sample
    same = _sorted(sample.received) == _sorted(sample.written)
    written = () if same else (tree_doc(sample.written),)
    return (pair.python, pair.received, *written, *_marks(sample))


def _marks(sample: Sample) -> tuple[Code, ...]:
    """Return what is said of a value that decoding refuses."""
    marks = ((_AMBIGUOUS, sample.ambiguous), (_UNREAD, sample.unread))
    return tuple(mark for mark, is_so in marks if is_so)


def _sorted(value: Tree) -> str:
    """Return JSON that tells 1 and true apart, but knows no order of members."""
    return json.dumps(value, sort_keys=True)


def _of_variants(union: ir.Union, bench: Bench) -> Iterator[Code]:
    return (bench.kinds[target] for target in named(union) if target in bench.kinds)


def _faults(found: Faults) -> Iterator[Doc]:
    rows = {
        "misread": found.misread,
        "kept": found.kept,
        "lax": found.lax,
        "refused": found.refused,
    }
    for name, faulty in rows.items():
        if faulty:
            yield prefixed(Code(f"{name}="), array_doc(tuple(map(_row, faulty))))


def _row(row: Row) -> Doc:
    member = Code("None") if row.member is None else literal(row.member)
    items = (member, row.value, literal(row.message))
    return Group(Code("("), items, Code(")"), display=True)


# --- bytes -------------------------------------------------------------------------------------


def rows_of_bytes(statement: Code) -> Code:
    """Return a statement whose long literals of bytes are cut into rows, as black leaves them."""
    lines = [row for line in statement.split("\n") for row in _cut(line)]
    return Code("\n".join(lines))


def _cut(line: str) -> Iterator[str]:
    found = _BYTES.fullmatch(line) if len(line) > LIMIT else None
    if found is None:
        yield line
        return
    pad, name, literal_, comma = found.groups()
    value: bytes = ast.literal_eval(literal_)
    room = LIMIT - len(pad) - len(name) - 8
    rows = [bytes_literal(part) for part in _parts(value, max(room, 20))]
    for number, row in enumerate(rows):
        first, last = number == 0, number == len(rows) - 1
        yield f"{pad}{name if first else ''}{row}{comma if last else ''}"


def _parts(value: bytes, room: int) -> Iterator[bytes]:
    """Cut where a member of a form ends, or else where the line does."""
    rest = value
    while rest:
        end = _end(rest, room)
        yield rest[:end]
        rest = rest[end:]


def _end(value: bytes, room: int) -> int:
    end, columns = 0, 0
    while end < len(value):
        columns += len(bytes_literal(value[end : end + 1])) - 3
        if columns > room:
            break
        end += 1
    if end == len(value):
        return end
    breaks = [value.rfind(mark, 1, end) for mark in (b"&", b',"')]
    return max((b for b in breaks if b > 0), default=max(end, 1))
