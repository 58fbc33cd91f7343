"""Every node of a document that holds no others, and another legal value for it.

What a field holds comes from the grammar of OpenAPI; which values it may have besides, from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from specloom.document.grammar import NOUNS, A, Holds, ListOf, MapOf, Plain
from specloom.values import Tree

Step: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Leaf:
    path: tuple[Step, ...]
    value: Tree
    noun: str
    """The object that it is in, at however many removes."""
    field: str
    """The field of that object; `x-` and `?` stand for extensions and unknown ones."""
    holds: Holds
    owner: Mapping[str, Tree]
    """The object itself."""

    @property
    def pointer(self) -> str:
        tokens = (str(step).replace("~", "~0").replace("/", "~1") for step in self.path)
        return "".join(f"/{token}" for token in tokens)


def leaves(value: Tree, at: Leaf | None = None) -> Iterator[Leaf]:
    """Return every node without members or items, in the order of the document."""
    at = at or Leaf((), value, "", "", A("document"), {})
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            noun, field, holds = _held(at, key, value)
            owner = value if isinstance(at.holds, A) else at.owner
            yield from leaves(inner, Leaf((*at.path, key), inner, noun, field, holds, owner))
    elif isinstance(value, list) and value and at.holds is not Plain.TYPE:
        holds = at.holds.item if isinstance(at.holds, ListOf) else Plain.DATA
        for index, inner in enumerate(value):
            inside = Leaf((*at.path, index), inner, at.noun, at.field, holds, at.owner)
            yield from leaves(inner, inside)
    else:
        yield at


def _held(at: Leaf, key: str, value: Mapping[str, Tree]) -> tuple[str, str, Holds]:
    """Return the object and the field that a member is of, and what it holds."""
    match at.holds:
        case A(noun):
            rules = NOUNS[noun]
            if key == "$ref":
                return noun, key, Plain.WORD
            if key in rules.fields:
                return noun, key, rules.fields[key]
            if key.startswith("x-"):
                return noun, "x-", Plain.DATA
            return (noun, "", rules.others) if rules.others else (noun, "?", Plain.DATA)
        case MapOf(held):
            return at.noun, at.field, held
        case _:
            return at.noun, at.field, Plain.DATA


# --- another value -----------------------------------------------------------------------------

_STYLES = {
    "path": {"simple": "label", "label": "matrix", "matrix": "simple"},
    "query": {"form": "pipeDelimited", "pipeDelimited": "form", "spaceDelimited": "form"},
}
_IGNORED_HEADERS = {"accept": "Authorization", "content-type": "Accept", "authorization": "Accept"}
_DECIDING = {"ignored-header": ("in",), "header-name": ("in",), "null-parameter": ("type",)}
"""By rule: fields that say whether it is one for that rule at all."""
_STRUCTURES = {"array": "object", "object": "array"}
_PLACES = {"query": "header", "header": "query", "cookie": "query"}


def changed(leaf: Leaf, rule: str) -> Tree:
    """Return another legal value of a node; None where there is none that says something else.

    `rule` is that by which the node is ignored, if it is: the other value is one that it is about.
    """
    if leaf.field in _DECIDING.get(rule, ()):
        return None
    special = _SPECIAL.get((leaf.noun, leaf.field)) or _SPECIAL.get(("", leaf.field))
    if special is not None:
        return special(leaf, rule)
    return _another(leaf.value, leaf.holds)


def _another(value: Tree, holds: Holds) -> Tree:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str() if holds is Plain.PROSE:
            return f"Other {value}"
        case str():
            return f"{value}x"
        case _:
            return "x" if holds is Plain.DATA and value is None else None


def _type(leaf: Leaf, rule: str) -> Tree:
    if rule == "content-type-left-out" and leaf.value in _STRUCTURES:
        return _STRUCTURES[str(leaf.value)]  # what has no members is not left out
    if isinstance(leaf.value, list):
        words = ["integer" if word == "string" else "string" for word in leaf.value[:1]]
        rest = [word for word in leaf.value[1:] if word not in words]
        return [*words, *rest]
    listed = leaf.owner.get("enum", [leaf.owner.get("const")])
    if isinstance(listed, list) and any(isinstance(value, str) for value in listed):
        return None  # a text that is a number is refused
    return "string" if leaf.value == "integer" else "integer"


def _parameter_name(leaf: Leaf, rule: str) -> Tree:
    name = str(leaf.value)
    if rule == "ignored-header":
        return _IGNORED_HEADERS.get(name.lower())
    if rule == "header-name":
        return f"{name} x"
    # one of the path is named there, too
    return None if leaf.owner.get("in") == "path" else f"{name}x"


def _place(leaf: Leaf, _: str) -> Tree:
    if leaf.value not in _PLACES:
        return None
    return _PLACES[str(leaf.value)]


def _style(leaf: Leaf, _: str) -> Tree:
    place = str(leaf.owner.get("in", "query" if leaf.noun == "encoding" else "header"))
    return _STYLES.get(place, {}).get(str(leaf.value))


def _default(leaf: Leaf, _: str) -> Tree:
    """Return another default where it would fit for all that its schema says."""
    beside = leaf.owner.keys() - {"type", "default", "description", "title", "example", "nullable"}
    listed = leaf.owner.get("enum")
    if beside == {"enum"} and isinstance(listed, list):
        return next((value for value in listed if value not in (leaf.value, None)), None)
    return None if beside or "type" not in leaf.owner else _another(leaf.value, Plain.WORD)


def _listed(leaf: Leaf, _: str) -> Tree:
    """Return another value of an enum, unless that is written in another way than words are."""
    return None if "format" in leaf.owner else _another(leaf.value, Plain.DATA)


def _none(_: Leaf, __: str) -> Tree:
    return None


_Special: TypeAlias = Callable[[Leaf, str], Tree]
_SPECIAL: Mapping[tuple[str, str], _Special] = {
    ("", "type"): _type,
    ("document", "openapi"): lambda leaf, _: f"{str(leaf.value)[:4]}{9 - int(str(leaf.value)[4])}",
    ("info", "version"): lambda leaf, _: f"9{leaf.value}",
    ("", "$ref"): _none,
    ("", "format"): lambda leaf, _: "x-other",
    ("", "default"): _default,
    ("", "enum"): _listed,
    ("", "const"): _listed,
    ("parameter", "name"): _parameter_name,
    ("parameter", "in"): _place,
    ("security scheme", "in"): _place,
    ("security scheme", "type"): _none,
    ("", "style"): _style,
    ("", "pattern"): lambda leaf, _: f"^x{leaf.value}",
    ("", "contentType"): lambda leaf, _: "text/x-other",
    ("", "contentMediaType"): lambda leaf, _: "application/json",
    ("", "mapping"): _none,
    # a property that no variant has is none to tell them by
    ("discriminator", "propertyName"): _none,
    ("server", "url"): lambda leaf, _: f"{str(leaf.value).rstrip('/')}/x",
}


def put(tree: Tree, path: tuple[Step, ...], value: Tree) -> Tree:
    """Return a tree with another value at a path; what is not on the way is shared."""
    if not path:
        return value
    first, *rest = path
    if isinstance(tree, Mapping):
        return {k: put(v, tuple(rest), value) if k == first else v for k, v in tree.items()}
    assert isinstance(tree, list)
    return [put(v, tuple(rest), value) if i == first else v for i, v in enumerate(tree)]
