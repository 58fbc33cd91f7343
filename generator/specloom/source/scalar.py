"""What a scalar of YAML means (YAML 1.2, section 10.3: the core schema)."""

from __future__ import annotations

import math
import re
from typing import Final

from yaml.events import Event, ScalarEvent

from specloom.limits import Limits
from specloom.shown import shown
from specloom.source import mistakes
from specloom.source.page import Mistake
from specloom.values import Tree

TAG: Final = "tag:yaml.org,2002:"
NON_SPECIFIC: Final = "!"
_TYPES = {
    TAG + "null": (type(None),),
    TAG + "bool": (bool,),
    TAG + "int": (int,),
    TAG + "float": (int, float),
}
KEY_TAGS: Final = frozenset({None, NON_SPECIFIC, TAG + "str", *_TYPES})
# 0777 is a string: YAML's JSON schema says so, and no author of it means 777.
_DECIMAL = r"(?:0|[1-9][0-9]*)"
_CORE = re.compile(
    r"(?P<null>~|null|Null|NULL)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    rf"|(?P<int>[-+]?{_DECIMAL})|(?P<oct>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    rf"|(?P<float>[-+]?(?:\.[0-9]+|{_DECIMAL}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_FIRST = frozenset("~nNtTfF0123456789+-.")


def offset_of(event: Event) -> int:
    """Return where an event begins, in characters."""
    return 0 if event.start_mark is None else event.start_mark.index


class Scalars:
    """The values of scalars. Documents repeat a few words often, so they are remembered."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[str, Tree] = {"": None}

    def value(self, event: ScalarEvent) -> Tree | Mistake:
        text = event.value
        if len(text) > self._limits.texts:
            return mistakes.long_text(offset_of(event), self._limits.texts)
        if event.tag is not None:
            return self._tagged(event, event.tag)
        if not event.implicit[0]:  # quoted
            return text
        try:
            return self._known[text]
        except KeyError:
            return self._remembered(text, offset_of(event))

    def _remembered(self, text: str, at: int) -> Tree | Mistake:
        value = _plain(text, at, self._limits.digits)
        if not isinstance(value, Mistake):
            self._known[text] = value
        return value

    def _tagged(self, event: ScalarEvent, tag: str) -> Tree | Mistake:
        if tag in (NON_SPECIFIC, TAG + "str"):
            return event.value
        at = offset_of(event)
        types = _TYPES.get(tag)
        if types is None:
            return foreign_tag(at, tag)
        value = None if event.value == "" else _plain(event.value, at, self._limits.digits)
        if isinstance(value, Mistake) or type(value) in types:
            return value
        name = tag.removeprefix(TAG)
        return Mistake(at, "yaml-tag", f"the value is not what its tag !!{name} says; remove it")


def foreign_tag(at: int, tag: str) -> Mistake:
    name = shown(tag.replace(TAG, "!!", 1))
    return Mistake(at, "yaml-tag", f"the tag {name} has no meaning in JSON; remove it")


def _plain(text: str, at: int, digits: int) -> Tree | Mistake:
    match = _CORE.fullmatch(text) if text[0] in _FIRST else None
    if match is None:
        return text
    match match.lastgroup:
        case "null":
            return None
        case "true" | "false" as word:
            return word == "true"
        case "endless":
            return mistakes.not_finite(at)
        case kind if len(text) > digits:
            return mistakes.too_many_digits(at, digits)
        case "float":
            value = float(text)
            return value if math.isfinite(value) else mistakes.not_finite(at)
        case kind:
            return int(text, {"oct": 8, "hex": 16}.get(str(kind), 10))
