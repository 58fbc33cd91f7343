"""The bytes that a value travels as: worked out here, by other means than the package uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard
from urllib.parse import quote, urlencode

from specloom.values import Tree


def json_bytes(value: Tree) -> bytes:
    """Return compact JSON in UTF-8 (RFC 8259)."""
    return _text(value).encode()


def form_bytes(value: Tree) -> bytes:
    """Return a form (WHATWG URL, section 5): a list repeats its name, null is left out."""
    pairs: list[tuple[str, str]] = []
    if isinstance(value, Mapping):
        pairs = [pair for name, of in value.items() for pair in _repeated(name, of)]
    return urlencode(pairs).encode("ascii")


def path(template: str, values: Mapping[str, Tree]) -> str:
    """Return a path with its holes filled: style simple, not exploded (OpenAPI 3.1.1)."""
    return re.sub(r"\{([^{}]*)\}", lambda hole: _segment(values[hole[1]]), template)


def query(values: Mapping[str, Tree]) -> str:
    """Return a query: style form, exploded (OpenAPI 3.1.1); null is left out."""
    pairs = [pair for name, value in values.items() for pair in _exploded(name, value)]
    return urlencode(pairs, quote_via=quote, safe="")


def _exploded(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        yield from ((key, _plain(of)) for key, of in value.items() if of is not None)
    else:
        yield from _repeated(name, value)


def _repeated(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    for item in value if _is_array(value) else (value,):
        if item is not None:
            yield name, _plain(item)


def _segment(value: Tree) -> str:
    if isinstance(value, Mapping):
        parts = [p for key, of in value.items() if of is not None for p in (key, _plain(of))]
    elif _is_array(value):
        parts = [_plain(item) for item in value if item is not None]
    else:
        parts = [_plain(value)]
    return ",".join(quote(part, safe="") for part in parts)


def _plain(value: Tree) -> str:
    return value if isinstance(value, str) else _text(value)


def _text(value: Tree) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_array(value: Tree) -> TypeGuard[Sequence[Tree]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
