"""The texts of a document, replaced by others: those that are equal stay equal, in their order.

Texts that decide what code is made are left: formats, patterns and what has to fit them, media
types, status codes, names of secrets, and addresses. All else is free, and a document says the
same with any other text in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import TypeAlias

from specloom.document.grammar import NOUNS, A, Holds, ListOf, MapOf, Plain
from specloom.values import Tree


class Role(IntEnum):
    """What a text is used for, from what may be any text to what may be none other."""

    PROSE = 0
    """For people; and names that may be any text: of properties, tags, operations, values."""
    SEGMENT = 1
    """Of a path, where braces have a meaning, and which `#` ends."""
    VARIABLE = 2
    """In braces in a path: with a slash in it, it would be of two segments."""
    TOKEN = 3
    """The name of a header, of a cookie, of a scope: a token of HTTP."""
    COMPONENT = 4
    """A name below `components`, which OpenAPI allows few characters."""
    PROPERTY = 5
    """A name of a member: any text, or a token where members are sent as headers or cookies."""
    KEPT = 6
    """Decides what code is made."""


_DOCUMENT = A("document")
Say: TypeAlias = Callable[[str, Role], str]

_NAMED: Mapping[tuple[str, str], Role] = {
    ("components", ""): Role.COMPONENT,
    ("schema", "properties"): Role.PROPERTY,
    ("schema", "$defs"): Role.COMPONENT,
    ("schema", "definitions"): Role.COMPONENT,
    ("schema", "dependentRequired"): Role.PROSE,
    ("schema", "dependentSchemas"): Role.PROSE,
    ("discriminator", "mapping"): Role.PROSE,
    ("response", "headers"): Role.TOKEN,
    ("encoding", "headers"): Role.TOKEN,
    ("media type", "encoding"): Role.PROSE,
    ("operation", "callbacks"): Role.COMPONENT,
    ("document", "webhooks"): Role.PROSE,
    ("flow", "scopes"): Role.TOKEN,
    ("info", "contact"): Role.KEPT,
    ("info", "license"): Role.KEPT,
}
"""The roles of the keys of a map, by its object and field."""
_WORDS: Mapping[tuple[str, str], Role] = {
    ("operation", "operationId"): Role.PROSE,
    ("operation", "tags"): Role.PROSE,
    ("tag", "name"): Role.PROSE,
    ("tag", "parent"): Role.PROSE,
    ("server", "name"): Role.PROSE,
    ("schema", "required"): Role.PROPERTY,
    ("schema", "dependentRequired"): Role.PROSE,
    ("discriminator", "propertyName"): Role.PROSE,
    ("security requirement", ""): Role.TOKEN,
}
_PLACES = {"path": Role.VARIABLE, "query": Role.PROSE, "header": Role.TOKEN, "cookie": Role.TOKEN}
_BOUND = ("format", "pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType")
"""What a value of a schema has to fit, besides being a text."""
_REVEALING = ("secret", "password", "token", "key")
"""Words in the name of what is never shown."""


def rewritten(
    value: Tree, say: Say, holds: Holds = _DOCUMENT, at: tuple[str, str] = ("", "")
) -> Tree:
    """Return a document in which every free text is what `say` makes of it."""
    match holds:
        case A(noun) if isinstance(value, Mapping):
            return _object(noun, value, say)
        case MapOf(inner) if isinstance(value, Mapping):
            role = _role_of_keys(at)
            return {say(key, role): rewritten(one, say, inner, at) for key, one in value.items()}
        case ListOf(inner) if isinstance(value, list):
            return [rewritten(one, say, inner, at) for one in value]
        case Plain.PROSE if isinstance(value, str):
            return say(value, Role.PROSE)
        case Plain.WORD if isinstance(value, str):
            if at == ("discriminator", "mapping"):
                return (
                    _reference(value, say) if value.startswith("#") else say(value, Role.COMPONENT)
                )
            return say(value, _WORDS.get(at, Role.KEPT))
        case _:
            return value


def _object(noun: str, value: Mapping[str, Tree], say: Say) -> Tree:
    rules = NOUNS[noun]
    out: dict[str, Tree] = {}
    for key, one in value.items():
        name, at = key, (noun, key)
        if key == "$ref" and isinstance(one, str):
            out[key] = _reference(one, say)
        elif key.startswith("x-"):
            out[key] = _data(one, say, Role.PROSE)
        elif key in rules.fields:
            out[key] = _field(value, one, say, rules.fields[key], at)
        elif rules.others is not None:
            if noun == "paths":
                name = _path(key, say)
            elif noun == "security requirement":
                name, at = say(key, Role.COMPONENT), (noun, "")
            out[name] = rewritten(one, say, rules.others, at)
        else:
            out[key] = one
    return out


def _field(
    owner: Mapping[str, Tree], value: Tree, say: Say, holds: Holds, at: tuple[str, str]
) -> Tree:
    match at:
        case ("schema", "const" | "enum" | "default"):
            is_bound = any(bound in owner for bound in _BOUND)
            return _data(value, say, Role.KEPT if is_bound else Role.PROSE)
        case ("parameter", "name") if isinstance(value, str):
            return say(value, _PLACES.get(str(owner.get("in")), Role.KEPT))
        case ("security scheme", "name") if isinstance(value, str):
            return say(value, Role.TOKEN)
        case _:
            return rewritten(value, say, holds, at)


def _data(value: Tree, say: Say, role: Role) -> Tree:
    """Return a JSON value with its texts replaced; names of members may be those of properties."""
    match value:
        case str():
            return say(value, role)
        case list():
            return [_data(one, say, role) for one in value]
        case dict():
            return {say(key, role): _data(one, say, role) for key, one in value.items()}
        case _:
            return value


def _path(path: str, say: Say) -> str:
    return "/".join(
        (
            f"{{{say(part[1:-1], Role.VARIABLE)}}}"
            if part.startswith("{") and part.endswith("}")
            else say(part, Role.SEGMENT if part and "{" not in part else Role.KEPT)
        )
        for part in path.split("/")
    )


def _reference(reference: str, say: Say) -> str:
    """Return a reference within the document, of which the names are replaced."""
    start, *tokens = reference.split("/")
    holds: Holds | None = _DOCUMENT
    at = ("document", "")
    out = [start]
    for token in tokens:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(holds, A):
            if key in NOUNS[holds.noun].fields:
                at = (holds.noun, key)
                holds = NOUNS[holds.noun].fields[key]
            else:
                key = _path(key, say) if holds.noun == "paths" else key
                holds = NOUNS[holds.noun].others
        elif isinstance(holds, MapOf):
            key, holds = say(key, _role_of_keys(at)), holds.value
        elif isinstance(holds, ListOf):
            holds = holds.item
        out.append(key.replace("~", "~0").replace("/", "~1"))
    return "/".join(out)


def _role_of_keys(at: tuple[str, str]) -> Role:
    return _NAMED.get(("components", "") if at[0] == "components" else at, Role.KEPT)


# --- what is said instead ------------------------------------------------------------------------


def roles(tree: Tree) -> dict[str, Role]:
    """Return the free texts of a document in their order, each with its narrowest role."""
    found: dict[str, Role] = {}
    exploded = _are_exploded(tree)

    def note(text: str, role: Role) -> str:
        if role is Role.PROPERTY:
            role = Role.TOKEN if exploded else Role.PROSE
        if any(word in text.casefold() for word in _REVEALING):
            role = Role.KEPT
        found[text] = max(found.get(text, role), role)
        return text

    rewritten(tree, note)
    return {
        text: found[text] for text in sorted(found) if found[text] is not Role.KEPT and text.strip()
    }


def _are_exploded(tree: Tree) -> bool:
    """Return whether something is sent in headers or cookies, of which members may be names."""
    match tree:
        case dict():
            return tree.get("in") in ("header", "cookie") or any(map(_are_exploded, tree.values()))
        case list():
            return any(map(_are_exploded, tree))
        case _:
            return False


_LONG = 45
"""Letters of a mark. Some code is laid out otherwise where it fits a line: with two marks, none does."""


def mark(index: int) -> str:
    """Return a word that only the text of some number begins and ends with."""
    return f"word{chr(97 + index // 26)}{chr(97 + index % 26)}".ljust(_LONG, "x")


def replaced(tree: Tree, texts: Mapping[str, str]) -> Tree:
    """Return a document with other texts in it."""
    return rewritten(tree, lambda text, _: texts.get(text, text))


def within(role: Role, text: str) -> str:
    """Return a text without the characters that its role does not allow."""
    match role:
        case Role.SEGMENT:
            return _without(text, "{}#")
        case Role.VARIABLE:
            return _without(text, "{}/")
        case Role.TOKEN:
            return "".join(
                c for c in text if c.isascii() and (c.isalnum() or c in "!#$%&'*+-.^_`|~")
            )
        case Role.COMPONENT:
            return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-._"))
        case _:
            return text


def _without(text: str, characters: str) -> str:
    return "".join(character for character in text if character not in characters)
