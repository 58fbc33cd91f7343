"""What a reference says: which file, and where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from specloom.pointers import tokens_of
from specloom.shown import shown

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""How an absolute address begins (RFC 3986, section 3.1)."""
EXTENSIONS = (".json", ".yaml", ".yml")
"""What is read besides the document itself: never what has another name, such as a key or `.env`."""

_ENDS = f"{', '.join(EXTENSIONS[:-1])} or {EXTENSIONS[-1]}"


class Unfollowed(Exception):
    """Says why a reference is not followed: the rule, a sentence, and what would mend it."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(rule, message, hint)
        self.rule = rule
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Reference:
    """A relative reference (RFC 3986, section 4.2), taken apart and decoded."""

    path: str
    """Relative to the folder of the file that holds it; empty: that file."""
    tokens: tuple[str, ...]
    """Those of the JSON pointer in its fragment (RFC 6901, section 6)."""


def parsed(words: str) -> Reference:
    """Return what a reference says; raise Unfollowed for one that is no path to a file and pointer.

    The path is judged as it is opened: after it was decoded.
    """
    head, _, fragment = words.partition("#")
    path = unquote(head)
    if reason := _foreign(path):
        message = f"`{shown(words)}` {reason}: it is never followed"
        hint = "save what it means beside the document, and refer to that file"
        raise Unfollowed("foreign-reference", message, hint)
    pointer = unquote(fragment)
    if pointer and not pointer.startswith("/"):
        message = f"`{shown(words)}` is no pointer: what follows `#` begins with `/`"
        raise Unfollowed("broken-reference", message)
    if path and not path.lower().endswith(EXTENSIONS):
        message = f"`{shown(words)}` leads to no document: names of these end with {_ENDS}"
        hint = "a reference within the document begins with `#/`"
        raise Unfollowed("foreign-reference", message, hint)
    return Reference(path, tokens_of(pointer))


def is_local(words: str) -> bool:
    """Return whether a reference leads into its own file, or is a name and no reference at all."""
    return not any(mark in words.partition("#")[0] for mark in ".:/\\%")


def _foreign(path: str) -> str:
    """Return what a path is that leads out of the files beside the document, or nothing."""
    if "\\" in path:
        return "is a path of one system only"
    if path.startswith("//"):
        return "is an address of the network"
    if path.startswith("/"):
        return "is an absolute path"
    if SCHEME.match(path):
        is_file = path.lower().startswith("file:")
        return "is the address of a file" if is_file else "is an absolute address"
    if any(not c.isprintable() for c in path):
        return "holds what no name of a file does"
    return ""
