"""What the keys of a target may say: one text each, or a list of them."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, TypeAlias

from specloom.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeGuard

TRANSPORTS = ("httpx2", "httpx", "stdlib")
"""What a package can send its requests with; the first is the default."""
RESPONSES = ("open", "closed")
"""Whether values and variants that a document does not list are kept, or errors."""
_NAMES = ("tags", "paths", "operations")
"""The keys that name things in the document."""
LISTS = ("overlays", *_NAMES, "allow")
"""The keys that hold lists of texts."""

Wrong: TypeAlias = "tuple[str, str]"
"""What is wrong, and a hint."""


def wrong(key: str, value: object) -> Wrong | None:
    """Return what is wrong with the value of a key that a target has."""
    if key not in LISTS:
        return _wrong_text(key, value)
    if not is_list(value):
        return f"`{key}` must be a list of strings", ""
    return next((found for item in value if (found := _wrong_text(key, item))), None)


def is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def misnamed(name: str) -> str:
    """Return why no package can be called so, or nothing."""
    no_name = f"`{shown(name)}` is no name for a package"
    if not (name.isascii() and name.isidentifier()):
        return f"{no_name}: letters, digits and `_` are"
    if iskeyword(name):
        return f"{no_name}: it is a keyword of Python"
    return f"{no_name}: it begins with two underscores" if name.startswith("__") else ""


def closest(word: str, known: Sequence[str]) -> str:
    from specloom.near import nearest

    return nearest(word, known)


def hint(near: str, known: Iterable[str]) -> str:
    return f"did you mean `{near}`?" if near else f"known are {', '.join(known)}"


def _wrong_text(key: str, value: object) -> Wrong | None:
    if not isinstance(value, str):
        return f"`{key}` must be a {'list of strings' if key in LISTS else 'string'}", ""
    if not value:
        return f"`{key}` {'holds an empty string' if key in LISTS else 'is empty'}", ""
    match key:
        case "package":
            return (says, "") if (says := misnamed(value)) else None
        case "transport":
            if value in TRANSPORTS:
                return None
            near = closest(value, TRANSPORTS)
            return f"there is no transport `{shown(value)}`", hint(near, TRANSPORTS)
        case "responses":
            if value in RESPONSES:
                return None
            says = f"`responses` may not be `{shown(value)}`"
            return says, hint(closest(value, RESPONSES), RESPONSES)
        case _ if key in _NAMES:
            return None
        case "allow":
            return disallowed(value)
        case _:
            return (says, "") if (says := _no_path(key, value)) else None


def disallowed(name: str) -> Wrong | None:
    """Return what is wrong with a name of what is unsupported, if nothing is called so."""
    from specloom.rules.unsupported import NAMES

    if name in NAMES:
        return None
    return f"nothing that is unsupported is called `{shown(name)}`", hint(
        closest(name, NAMES), NAMES
    )


def _no_path(key: str, value: str) -> str:
    if value.startswith("~") or "$" in value:
        return f"`{key}` is taken as it is written: `~` and `$` mean nothing in it"
    if "\0" in value:
        return f"`{key}` is no path: it holds a NUL"
    return "" if value.isprintable() else f"`{key}` holds what cannot be printed: `{shown(value)}`"
