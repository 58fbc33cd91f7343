"""The members of an object as samples fill them, and what stands for those that nobody gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from specloom import ir
from specloom.assertion import Assertion, Every, Requires, Single, Some
from specloom.graph import mentioned, reach
from specloom.python.annotations import World
from specloom.python.defaults import constant_of, is_tag
from specloom.python.sample import Spot
from specloom.values import Tree

_MOST_SELECTIONS = 12
"""Members that are left out of an object, or put into it, one at a time."""


def spots(definition: ir.Definition, world: World) -> Iterator[tuple[ir.Property, Spot]]:
    """Return the properties of an object, each with the spot of its sample."""
    for number, property_ in enumerate(definition.properties):
        word = world.names.fields[definition.id, property_.wire_name]
        default = property_.default
        # what is required, or in a PATCH, never falls back on it
        is_idle = default is None or property_.required or definition.usage.patched
        avoided = None if is_idle or default is None else default.value.value
        yield property_, Spot(word, number, avoided, property_.secret)


def checks_of(definition: ir.Definition) -> tuple[ir.Check, ...]:
    """Return what an object has to be as a whole."""
    return definition.shape.checks if isinstance(definition.shape, ir.Object) else ()


def selections(
    definition: ir.Definition, world: World, *, full: bool = False
) -> Iterator[frozenset[str]]:
    """Return the members to try an object with: all or the required ones, and what is near that."""
    properties = [property_ for property_, _ in spots(definition, world)]
    every = frozenset(p.wire_name.raw for p in properties)
    least = frozenset(p.wire_name.raw for p in properties if p.required)
    yield every if full else least
    optional = [p for p in properties if not p.required]
    if full:
        yield from (every - {p.wire_name.raw} for p in optional[:_MOST_SELECTIONS])
        yield least
    # one that leads back might have no end
    back = {p.wire_name.raw for p in optional if definition.id in _reached(p.type, world)}
    near = [p for p in optional[:_MOST_SELECTIONS] if p.wire_name.raw not in back]
    near.sort(key=lambda p: _leads_on(p.type, world))
    yield from (least | {p.wire_name.raw} for p in near)
    for names in islice(_asked(definition), _MOST_SELECTIONS):
        yield from (least | names,) if names <= every and names.isdisjoint(back) else ()
    yield every - back


def _asked(definition: ir.Definition) -> Iterator[frozenset[str]]:
    """Return the members that an alternative of what an object has to be asks for."""
    for check in checks_of(definition):
        match check:
            case ir.Holds(Some(of) | Single(of)):
                yield from (frozenset(_required(assertion)) for assertion in of)
            case _:
                pass


def _required(assertion: Assertion) -> Iterator[str]:
    match assertion:
        case Requires(names, None):
            yield from (name.raw for name in names)
        case Every(of):
            yield from (name for part in of for name in _required(part))
        case _:
            return


def _reached(type_: ir.Type, world: World) -> set[ir.TypeId]:
    """Return the definitions of which a value of a type may hold values."""
    return reach(mentioned(type_), world.definitions)


def _leads_on(type_: ir.Type, world: World) -> bool:
    """Return whether a type may hold an object whose members have to be selected."""
    reached = (world.definitions[id_] for id_ in _reached(type_, world))
    return any(checks_of(one) or isinstance(one.shape, ir.Union) for one in reached)


def standing_for(property_: ir.Property, definition: ir.Definition, world: World) -> Tree:
    """Return what is written for a member that nobody gave; None: nothing.

    The table at the end of the design of the generated package.
    """
    if property_.required or definition.usage.patched:
        return None
    if property_.default is not None:
        return _filled(property_.default.value.value, property_.type, world)
    constant = constant_of(property_.type)
    return constant.value if constant is not None and is_tag(property_.type) else None


def _filled(value: Tree, type_: ir.Type, world: World) -> Tree:
    """Return a default as it is written: with the defaults of what it leaves out."""
    match world.resolved(type_):
        case ir.Nullable(of) | ir.Checked(of, _):
            return _filled(value, of, world)
        case ir.Array(of) if isinstance(value, Sequence) and not isinstance(value, str):
            return [_filled(item, of, world) for item in value]
        case ir.Map(of) if isinstance(value, Mapping):
            return {name: _filled(member, of, world) for name, member in value.items()}
        case ir.Ref(target) if isinstance(value, Mapping):
            definition = world.definitions[target]
            return dict(_members(value, definition, world))
        case _:
            return value


def _members(
    value: Mapping[str, Tree], definition: ir.Definition, world: World
) -> Iterator[tuple[str, Tree]]:
    """Yield the members of an object in the order of codecs: those that may be absent come last."""
    always: dict[str, Tree] = {}
    perhaps: dict[str, Tree] = {}
    for property_ in definition.properties:
        name, standing = property_.wire_name.raw, standing_for(property_, definition, world)
        is_always = property_.required or standing is not None
        if name not in value:
            always |= {name: standing} if is_always else {}
            continue
        written = _filled(value[name], property_.type, world)
        if is_always:
            always[name] = written
        elif written is not None or not drops_null(property_, definition):
            perhaps[name] = written
    named = {property_.wire_name.raw for property_ in definition.properties}
    yield from ((name, member) for name, member in value.items() if name not in named)
    yield from (*always.items(), *perhaps.items())


def is_fixed(property_: ir.Property, definition: ir.Definition) -> bool:
    """Return whether a constant fills a field by itself."""
    if constant_of(property_.type) is None:
        return False
    if property_.required:
        return True
    is_filled = property_.default is None and is_tag(property_.type)
    return is_filled and not definition.usage.patched


def drops_null(property_: ir.Property, definition: ir.Definition) -> bool:
    """Return whether null is the default, which is not written."""
    default = property_.default
    return default is not None and default.value.value is None and not definition.usage.patched
