"""Schemas in disjunctive normal form: atoms, one of which each fitting value fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeGuard

from specloom.unions.atom import (
    ANYTHING,
    KINDS,
    Atom,
    Layer,
    Layout,
    Number,
    Range,
    Span,
    conjunction,
)
from specloom.unions.cycles import Cycles
from specloom.unions.library import FALSE, TRUE, Library, Schema
from specloom.unions.strings import languages
from specloom.values import Json, Kind, Tree, canonical, kind_of

Key: TypeAlias = tuple[Schema, ...]
"""Schemas that hold together, in the order of their names."""
MOST_ATOMS = 300
_UNSAID = Atom(layers=(Layer(frozenset(), (), TRUE),), exact=False)
"""What was left out: it might evaluate members that nothing else speaks of."""
_LEFT_OUT = (
    "if",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "minContains",
    "maxContains",
)
_KINDS = {kind.value: frozenset({kind}) for kind in Kind} | {
    "number": frozenset({Kind.INTEGER, Kind.NUMBER})
}


class Normal:
    """The normal forms of a document's schemas."""

    def __init__(self, library: Library, cycles: Cycles) -> None:
        self.library = library
        self._cycles = cycles
        self._atoms: dict[Schema, tuple[Atom, ...]] = {}
        self._conjunctions: dict[Key, tuple[Atom, ...]] = {}

    def atoms(self, schema: Schema) -> tuple[Atom, ...]:
        if schema not in self._atoms:
            for part in self._cycles.postorder(schema, self._atoms):
                self._atoms[part] = self._own(part)
        return self._atoms[schema]

    def key(self, schemas: Iterable[Schema]) -> Key:
        """Return schemas as one key, mere references followed."""
        found = {self.library.resolved(schema) for schema in schemas} - {TRUE}
        return tuple(sorted(found, key=lambda schema: schema.name))

    def conjunction(self, key: Key) -> tuple[Atom, ...]:
        """Return the atoms of all these schemas together."""
        if key not in self._conjunctions:
            found: tuple[Atom, ...] = (ANYTHING,)
            for schema in key:
                found = product(found, self.atoms(schema))
            self._conjunctions[key] = found
        return self._conjunctions[key]

    def _own(self, schema: Schema) -> tuple[Atom, ...]:
        """Return the atoms of a schema, those of what it holds of the same value being known."""
        if schema.always is not None:
            return (ANYTHING,) if schema.always else ()
        uncut = self._cycles.uncut(schema)
        found = _asserted(schema)
        if "not" in schema and "not" not in uncut.gone:
            found = self._negated(schema.single["not"], found)
        if (schema.reference is not None and uncut.target is None) or uncut.gone:
            found = conjunction(found, _UNSAID)
        atoms: tuple[Atom, ...] = (found,)
        if uncut.target is not None:
            atoms = product(atoms, self._atoms[uncut.target])
        for part in schema.lists.get("allOf", ()) if "allOf" not in uncut.gone else ():
            atoms = product(atoms, self._atoms[part])
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema and keyword not in uncut.gone:
                variants = schema.lists[keyword]
                exact = keyword == "anyOf" or len(variants) == 1
                atoms = product(atoms, _some([self._atoms[v] for v in variants], exact))
        return _evaluated(atoms, schema)

    def _negated(self, schema: Schema, atom: Atom) -> Atom:
        """Return what `atom` asserts, and that `schema` does not fit, as far as can be said."""
        pending = [schema]
        seen: set[Schema] = set()
        while pending:
            refused = self.library.resolved(pending.pop())
            if refused in seen or refused == FALSE:
                continue
            seen.add(refused)
            words = {*refused.values, *refused.single, *refused.lists, *refused.maps}
            match sorted(words if refused.reference is None else {"$ref"}):
                case []:
                    atom = replace(atom, kinds=frozenset[Kind]())
                case ["anyOf"]:
                    pending.extend(refused.lists["anyOf"])
                case ["type"]:
                    atom = replace(atom, kinds=atom.kinds - _kinds(refused.values["type"]))
                case ["enum"] | ["const"]:
                    atom = replace(atom, refused=atom.refused | set(_values(refused) or ()))
                case ["required"] | ["required", "type"] if _of_objects(refused):
                    # Without `type` it is all that are no objects, too, that `required` passes
                    kinds = atom.kinds if "type" in refused else atom.kinds & {Kind.OBJECT}
                    together = frozenset(_texts(refused.values["required"]))
                    forbidden = (*atom.forbidden, together)
                    atom = replace(atom, kinds=kinds, forbidden=forbidden)
                case _:
                    atom = replace(atom, exact=False)
        return atom


def product(some: Sequence[Atom], others: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the atoms of what is one of `some` and one of `others`."""
    if len(some) * len(others) > MOST_ATOMS:  # The fewer alone say less, and are enough
        others = (_UNSAID,) if len(some) <= len(others) else others
        some = some if others == (_UNSAID,) else (_UNSAID,)
    both = (conjunction(one, other) for one in some for other in others)
    return tuple(atom for atom in both if atom.kinds and atom.values != ())


def _some(variants: Sequence[tuple[Atom, ...]], exact: bool) -> tuple[Atom, ...]:
    atoms = tuple(atom for variant in variants for atom in variant)
    if len(atoms) > MOST_ATOMS:
        return (_UNSAID,)
    return atoms if exact else tuple(replace(atom, exact=False) for atom in atoms)


def _evaluated(atoms: tuple[Atom, ...], schema: Schema) -> tuple[Atom, ...]:
    """Return atoms closed by `unevaluatedProperties: false`.

    A value that fits several alternatives has the members of all evaluated, so all names count.
    """
    if schema.single.get("unevaluatedProperties", TRUE) == TRUE:
        return atoms
    layers = [layer for atom in atoms for layer in atom.layers]
    closed = schema.single["unevaluatedProperties"] == FALSE
    if not closed or any(layer.others != FALSE for layer in layers):
        return tuple(replace(atom, exact=False) for atom in atoms)
    names = frozenset(name for atom in atoms for name in atom.members)
    patterns = tuple(dict.fromkeys(p for layer in layers for p in layer.patterns))
    layer = Layer(names, patterns, FALSE)
    exact = len(atoms) == 1
    return tuple(
        replace(atom, layers=(*atom.layers, layer), exact=atom.exact and exact) for atom in atoms
    )


def _asserted(schema: Schema) -> Atom:
    """Return what the keywords of a schema say that hold no schema of the same value."""
    words = schema.values
    kinds = _kinds(words["type"]) if "type" in words else KINDS
    values = _values(schema)
    if values is not None:
        values = tuple(value for value in values if kind_of(value.value) in kinds)
        kinds = frozenset(kind_of(value.value) for value in values)
    members = schema.maps.get("properties", {})
    patterns = tuple(schema.maps.get("patternProperties", {}).items())
    others = schema.single.get("additionalProperties")
    layers: tuple[Layer, ...] = ()
    if "if" in schema or "dependentSchemas" in schema:
        layers = _UNSAID.layers
    if patterns or others is not None:
        layers = (*layers, Layer(frozenset(members), patterns, others or TRUE))
    layouts: tuple[Layout, ...] = ()
    if "items" in schema or "prefixItems" in schema:
        first = schema.lists.get("prefixItems", ())
        layouts = (Layout(first, schema.single.get("items", TRUE)),)
    contains = tuple(_present(schema.single.get("contains")))
    least = _count(words.get("minContains"), 1) if contains else 0
    count = Span(_count(words.get("minItems"), 0), _most(words.get("maxItems")))
    return Atom(
        kinds=kinds,
        values=values,
        range=_range(words),
        multiples=tuple(filter(_is_number, [words.get("multipleOf")])),
        length=Span(_count(words.get("minLength"), 0), _most(words.get("maxLength"))),
        languages=languages(_text(words.get("pattern")), _text(words.get("format"))),
        count=count.meet(Span(least)),
        layouts=layouts,
        contains=contains if least else (),
        distinct="uniqueItems" in words,
        size=Span(_count(words.get("minProperties"), 0), _most(words.get("maxProperties"))),
        members={name: (member,) for name, member in members.items()},
        required=frozenset(_texts(words.get("required"))),
        layers=layers,
        names=tuple(_present(schema.single.get("propertyNames"))),
        exact=not any(keyword in schema for keyword in _LEFT_OUT),
    )


def _values(schema: Schema) -> tuple[Json, ...] | None:
    words = schema.values
    enum = tuple(dict.fromkeys(map(canonical, _list(words["enum"])))) if "enum" in words else None
    if "const" not in words:
        return enum
    const = canonical(words["const"])
    return (const,) if enum is None or const in enum else ()


def _kinds(written: Tree) -> frozenset[Kind]:
    names = [written] if isinstance(written, str) else _texts(written)
    return frozenset(kind for name in names for kind in _KINDS[name])


def _range(words: Mapping[str, Tree]) -> Range:
    found = Range()
    if _is_number(least := words.get("minimum")):
        found = found.meet(Range(least=least))
    if _is_number(above := words.get("exclusiveMinimum")):
        found = found.meet(Range(least=above, least_open=True))
    if _is_number(most := words.get("maximum")):
        found = found.meet(Range(most=most))
    if _is_number(below := words.get("exclusiveMaximum")):
        found = found.meet(Range(most=below, most_open=True))
    return found


def _count(value: Tree, default: int) -> int:
    return value if isinstance(value, int) else default


def _most(value: Tree) -> int | None:
    return value if isinstance(value, int) else None


def _is_number(value: Tree) -> TypeGuard[Number]:
    return isinstance(value, int | float)


def _text(value: Tree) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Tree) -> list[str]:
    return [name for name in _list(value) if isinstance(name, str)]


def _list(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _present(schema: Schema | None) -> Iterator[Schema]:
    if schema is not None:
        yield schema


def _of_objects(schema: Schema) -> bool:
    return schema.values.get("type", "object") == "object"
