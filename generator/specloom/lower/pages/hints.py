"""What the prose of a document says of its pages, where names and types do not say it."""

from __future__ import annotations

import re

from specloom import ir
from specloom.document.node import Node, at_pointer

_URL = re.compile(r"\b(ur[li]s?|href|links?|https?|address)\b", re.IGNORECASE)
_CURSOR = re.compile(r"(cursor|token|marker|key|id)$")
_NAMED_URL = re.compile(r"(url|uri|link|href|path)$")
_FROM_NOUGHT = re.compile(
    r"\b(zero|0)[- ](based|indexed)|\b(start|begin)\w*( \w+){0,2} (at|from|with) (0|zero)\b",
    re.IGNORECASE,
)
_FROM_ONE = re.compile(
    r"\b(one|1)[- ](based|indexed)|\b(start|begin)\w*( \w+){0,2} (at|from|with) (1|one)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bLink\b\W{0,3}\s*\bheaders?\b")


def is_url(words: tuple[str, ...], member: ir.Property, root: Node) -> bool:
    """Return whether a member is an address: by its name, its place, or what is said of it."""
    if _CURSOR.search(words[-1]):
        return False
    if _NAMED_URL.search(words[-1]) or (len(words) > 1 and words[-2] == "links"):
        return True
    node = at_pointer(root, member.at.pointer)
    said = f"{member.docs.description.raw} {_examples(node)}"
    is_format = node is not None and (node.word("format") or "").startswith("uri")
    return is_format or _URL.search(said) is not None


def _examples(node: Node | None) -> str:
    if node is None:
        return ""
    return " ".join((node.prose("example").raw, *(text.raw for text in node.texts("examples"))))


def first_page(of: ir.Parameter | ir.Property) -> int | None:
    """Return the number of the first page: by default, as the least, or as it is said."""
    if of.default is not None:
        default = of.default.value.value
        return int(default) if type(default) in (int, float) and default in (0, 1) else None
    if _least(of.type) == 1:
        return 1
    said = of.docs.description.raw
    nought, one = _FROM_NOUGHT.search(said), _FROM_ONE.search(said)
    if (nought is None) == (one is None):
        return None
    return 0 if nought is not None else 1


def speaks_of_link(parameter: ir.Parameter | ir.Property) -> bool:
    """Return whether the values of a parameter are said to come in a header `Link`."""
    return _LINK.search(parameter.docs.description.raw) is not None


def _least(type_: ir.Type) -> int | None:
    """Return the least of a whole number, if that is said."""
    match type_:
        case ir.Nullable(of):
            return _least(of)
        case ir.Checked(_, checks):
            for check in checks:
                if isinstance(check, ir.Bounds):
                    if check.above is not None and check.above.value == 0:
                        return 1
                    value = None if check.least is None else check.least.value
                    return int(value) if isinstance(value, int | float) else None
            return None
        case _:
            return None
