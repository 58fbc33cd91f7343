"""Names of types, of their fields, and of the private codecs of what is within them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom import ir
from specloom.code import Identifier
from specloom.graph import private, variant_steps
from specloom.naming import reserved
from specloom.naming.addresses import Addresses
from specloom.naming.names import ADDITIONAL, ADDITIONAL_FIELD, Path, TypeName
from specloom.naming.namespace import Namespace
from specloom.naming.pins import Pins, Section
from specloom.values import Text
from specloom.words import pascal, snake, split


def name_types(
    api: ir.Api,
    space: Namespace,
    addresses: Addresses,
    operations: Mapping[ir.OperationId, tuple[str, ...]],
) -> dict[ir.TypeId, Identifier]:
    """Name definitions in the order of their hints: what authors said, then what follows."""
    names: dict[ir.TypeId, Identifier] = {}
    for d in api.definitions:
        given = space.given(Section.TYPES, addresses.type(d.id))
        if given is not None:
            names[d.id] = space.claim(Section.TYPES, addresses.type(d.id), given)
    rest = [d for d in api.definitions if d.id not in names]
    said = [d for d in rest if len(d.hints) == 1 and isinstance(d.hints[0], ir.Said)]
    # a name that needs no change goes to whoever spelled it so
    said.sort(key=lambda d: _said(d) != pascal(split(Text(_said(d))), otherwise="Type"))
    for d in said:
        name = pascal(split(Text(_said(d))), otherwise="Type")
        names[d.id] = space.claim(Section.TYPES, addresses.type(d.id), name)
    pending = [d for d in api.definitions if d.id not in names]
    while pending:
        ready = [d for d in pending if any(_candidates(d, names, operations))] or pending
        for d in ready:
            candidates = [
                pascal(c, otherwise="Type") for c in _candidates(d, names, operations)
            ] or ["Type"]
            best = next((c for c in candidates if space.is_free(c)), candidates[-1])
            names[d.id] = space.claim(Section.TYPES, addresses.type(d.id), best)
        pending = [d for d in pending if d.id not in names]
    return names


def name_codecs(
    api: ir.Api,
    types: Mapping[ir.TypeId, Identifier],
    addresses: Addresses,
    pins: Pins,
) -> tuple[dict[ir.TypeId, TypeName], dict[tuple[ir.TypeId, Path], Identifier]]:
    """Return the names of all types with those of their codecs, and of the codecs within them."""
    space = Namespace()
    at = {d.id: addresses.type(d.id) for d in api.definitions}
    space.keep(Section.CODECS, at.values(), pins)
    definitions = {d.id: d for d in api.definitions}
    within = {
        (d.id, path): addresses.item(d.id, path)
        for d in api.definitions
        for path in _paths_of(d.shape, definitions)
    }
    space.keep(Section.ITEMS, within.values(), pins)
    old = pins.get(Section.TYPES, {})
    # the lock holds a codec only where its name does not follow from that of its type
    codecs = {
        id_: space.claim(Section.CODECS, at[id_], codec_of(types[id_]))
        for id_ in sorted(types, key=lambda id_: at[id_] not in old)
    }
    named = {id_: TypeName(types[id_], codecs[id_]) for id_ in types}
    items = {
        (id_, path): space.claim(Section.ITEMS, address, _item(codecs[id_], path))
        for (id_, path), address in within.items()
    }
    return named, items


def name_fields(
    api: ir.Api, addresses: Addresses, pins: Pins
) -> Iterator[tuple[tuple[ir.TypeId, Text], Identifier]]:
    for definition in api.definitions:
        if isinstance(definition.shape, ir.Object):
            additional = definition.shape.additional is not None
            space = Namespace(reserved.FIELDS.union((ADDITIONAL_FIELD,) if additional else ()))
            wire_names = [p.wire_name for p in definition.shape.properties]
            hints = {p.wire_name: p.hint for p in definition.shape.properties}
            at = {wire: addresses.field(definition.id, wire) for wire in wire_names}
            space.keep(Section.FIELDS, at.values(), pins)
            for wire in wire_names:
                field = snake(split(hints[wire] or wire), otherwise="field")
                yield (definition.id, wire), space.claim(Section.FIELDS, at[wire], field)


def codec_of(name: str) -> str:
    """Return what the codec of a type is called, unless another one is called so."""
    return snake(_words(name), otherwise="type")


def _words(name: str) -> tuple[str, ...]:
    return split(Text(name))


def _said(definition: ir.Definition) -> str:
    hint = definition.hints[0]
    return hint.text.raw if isinstance(hint, ir.Said) else ""


def _candidates(
    definition: ir.Definition,
    names: Mapping[ir.TypeId, Identifier],
    operations: Mapping[ir.OperationId, tuple[str, ...]],
) -> Iterator[tuple[str, ...]]:
    """Return the words of each hint whose owners have their names already."""
    for hint in definition.hints:
        match hint:
            case ir.Said(text):
                yield split(text)
            case ir.Shared(among):
                known = [_words(names[id_]) for id_ in among if id_ in names]
                if len(known) == len(among) and (common := _common_end(known)):
                    yield common
            case ir.Under(owner, more):
                start = _owner(owner, names, operations)
                if start is not None:
                    yield (*start, *(word for text in more for word in split(text)))


def _owner(
    owner: ir.TypeId | ir.OperationId,
    names: Mapping[ir.TypeId, Identifier],
    operations: Mapping[ir.OperationId, tuple[str, ...]],
) -> tuple[str, ...] | None:
    match owner:
        case ir.TypeId() if owner in names:
            return _words(names[owner])
        case ir.TypeId():
            return None
        case ir.OperationId():
            return operations.get(owner)


def _common_end(known: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    shortest = min(known, key=len)
    for start in range(len(shortest)):
        end = shortest[start:]
        if all(words[-len(end) :] == end for words in known):
            return end
    return ()


def _item(owner: str, path: Path) -> str:
    """Return a name for the codec of what stands within a type: its items, its values."""
    return snake((*_words(owner), *_path_words(path)), otherwise="type")


def _paths_of(shape: ir.Shape, definitions: Mapping[ir.TypeId, ir.Definition]) -> Iterator[Path]:
    match shape:
        case ir.Object(properties=properties, additional=additional):
            for p in properties:
                yield from _paths(p.type, (p.wire_name.raw,))
            if additional is not None:
                yield from _paths(ir.Map(additional), ADDITIONAL)
        case ir.Alias(of):
            yield from _paths(of, ())
        case ir.Union() as union:
            apart = private(union, definitions)
            steps = zip(variant_steps(union), union.variants, strict=True)
            for number, (step, variant) in enumerate(steps):
                path = (step,)
                if number in apart:
                    yield path
                yield from _paths(variant.type, path)


def _path_words(path: Path) -> tuple[str, ...]:
    return tuple(word for step in path for word in split(Text(step)))


def _paths(type_: ir.Type, path: Path) -> Iterator[Path]:
    match type_:
        case ir.Nullable(of):
            yield from _below(of, (*path, "value"))
        case ir.Checked(of, _):
            yield from _paths(of, path)
        case ir.Array(of):
            yield from _below(of, (*path, "item"))
        case ir.Map(of):
            yield from _below(of, (*path, "value"))
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return


def _below(type_: ir.Type, path: Path) -> Iterator[Path]:
    yield path
    yield from _paths(type_, path)
