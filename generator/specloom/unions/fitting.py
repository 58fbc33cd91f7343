"""What an atom says of one value, and of one member or item."""

from __future__ import annotations

from fractions import Fraction

from specloom.unions import strings
from specloom.unions.atom import Atom, Number
from specloom.unions.library import FALSE
from specloom.unions.normal import Key, Normal
from specloom.values import Json, Kind, canonical, kind_of


def refuses(atom: Atom, value: Json) -> bool:
    """Return whether it is proven that a canonical value does not fit."""
    tree = value.value
    if kind_of(tree) not in atom.kinds or value in atom.refused:
        return True
    if atom.values is not None and value not in atom.values:
        return True
    match tree:
        case bool() | None:
            return False
        case int() | float():
            return not atom.range.holds(tree) or not all(
                is_multiple(tree, of) for of in atom.multiples
            )
        case str():
            return not atom.length.holds(len(tree)) or any(
                strings.refuses(language, tree) for language in atom.languages
            )
        case dict():
            return not atom.size.holds(len(tree)) or not atom.required <= tree.keys()
        case _:
            return not atom.count.holds(len(tree))


def takes(atom: Atom, value: Json) -> bool:
    """Return whether it is proven that a value without members or items fits."""
    if not atom.exact or refuses(atom, value):
        return False
    tree = value.value
    if isinstance(tree, str):
        return all(strings.has(language, tree) for language in atom.languages)
    return kind_of(tree) not in (Kind.ARRAY, Kind.OBJECT)


def is_multiple(number: Number, of: Number) -> bool:
    """Return whether a number is a multiple, by its decimal digits, as it is written."""
    return (Fraction(str(number)) / Fraction(str(of))).denominator == 1


def member(normal: Normal, atom: Atom, name: str) -> Key | None:
    """Return all that speaks of a member, or None where it is proven that it cannot be there."""
    schemas = list(atom.members.get(name, ()))
    for layer in atom.layers:
        matches = [(strings.found(source, name), schema) for source, schema in layer.patterns]
        schemas += [schema for matching, schema in matches if matching is True]
        if name not in layer.names and all(matching is False for matching, _ in matches):
            schemas.append(layer.others)
    if FALSE in schemas or any(left <= {name} for left in _still_forbidden(atom)):
        return None
    text = canonical(name)
    for names in atom.names:
        if all(refuses(one, text) for one in normal.atoms(names)):
            return None
    return normal.key(schemas)


def _still_forbidden(atom: Atom) -> list[frozenset[str]]:
    """Return the sets of members that cannot be there together, without those that are."""
    return [together - atom.required for together in atom.forbidden]


def item(normal: Normal, atom: Atom, index: int) -> Key:
    """Return all that speaks of an item of an array."""
    return normal.key(layout.at(index) for layout in atom.layouts)
