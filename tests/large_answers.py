"""Answers of some two megabytes at most, that would be dear to somebody who reads them without care.

`python -m tests.large_answers NAME` reads one of them; the package of `hostile_answers` has to be
on its path.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from typing import Any

MODULUS = sys.hash_info.modulus
SIZE = 2_000_000
COUNT = 50_000
WEIGHT, CHANGE = 40, 10_000_000
"""Bytes of memory for one of an answer, and what is needed at any rate."""


def _members(count: int, value: str) -> str:
    return ",".join(f'"k{n}":{value}' for n in range(count))


def _listed(count: int, item: Callable[[int], str]) -> str:
    return f"[{','.join(map(item, range(count)))}]"


def _within(depth: int, before: str, after: str, inside: str) -> str:
    return before * depth + inside + after * depth


def _large(number: int) -> int:
    """Return integers that have one hash: their own would be their remainder."""
    return number * MODULUS


def _pair(number: int) -> tuple[int, int]:
    """Return two integers: the hash of such a pair can be had for many others."""
    return _large(number % 317), _large(number // 317)


def _uuid(number: int) -> str:
    text = f"{number:032x}"
    return f'"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"'


_PACKED = r"\n" * (SIZE // 2)
_DEEP = _within(101, "[", "]", "")
_CHILD = '{"name":""}'
CASES: dict[str, tuple[str, Callable[[], str]]] = {
    "unknown members": ("tree", lambda: f'{{"name":"",{_members(2 * COUNT, "1")}}}'),
    "members that are not declared": (
        "closed",
        lambda: f'{{"id":"","kind":"a",{_members(COUNT, "1")}}}',
    ),
    "members that match": ("open", lambda: f'{{"id":"",{_members(COUNT, "[]")},"k":1}}'),
    "members that nothing speaks of": (
        "kinds",
        lambda: f'{{"a":true,"b":"",{_members(COUNT, "1")}}}',
    ),
    "items that match": ("kinds", lambda: _listed(COUNT, str)),
    "many children": (
        "tree",
        lambda: f'{{"name":"","children":{_listed(COUNT, lambda _: _CHILD)}}}',
    ),
    "many children, the last of which is wrong": (
        "tree",
        lambda: '{"name":"","children":[' + f"{_CHILD}," * COUNT + "1]}",
    ),
    "many events": ("events", lambda: _listed(COUNT // 2, lambda n: '{"type":"gone","why":""}')),
    "an event of a long name": ("events", lambda: f'[{{"type":"{"g" * SIZE}"}}]'),
    "a long name where something is wrong": (
        "tree",
        lambda: f'{{"name":"","by_name":{{"{"g" * SIZE}":1}}}}',
    ),
    "choices within choices": ("filter", lambda: _within(49, '{"all":[', "]}", _listed(9, str))),
    "choices of which all fit": ("chain", lambda: _within(99, '{"next":', "}", "{}")),
    "choices of which none fits": (
        "chain",
        lambda: _within(98, '{"next":', "}", '{"left":1,"right":""}'),
    ),
    "choices within choices, and many at the end": (
        "chain",
        lambda: _within(90, '{"next":', "}", f"{{{_members(COUNT // 40, '1')}}}"),
    ),
    "numbers of one hash": (
        "sets",
        lambda: f'{{"numbers":{_listed(COUNT, lambda n: str(_large(n)))}}}',
    ),
    "decimals of one hash": (
        "sets",
        lambda: f'{{"amounts":{_listed(COUNT, lambda n: json.dumps(str(_large(n))))}}}',
    ),
    "UUIDs of one hash": (
        "sets",
        lambda: f'{{"uuids":{_listed(COUNT // 2, lambda n: _uuid(_large(n)))}}}',
    ),
    "pairs of one hash": (
        "sets",
        lambda: f'{{"pairs":{_listed(COUNT, lambda n: json.dumps(_pair(n)))}}}',
    ),
    "anything of one hash": (
        "sets",
        lambda: f'{{"any":{_listed(COUNT, lambda n: str(_large(n)))}}}',
    ),
    "many that are contained": (
        "sets",
        lambda: f'{{"few":{_listed(COUNT, lambda n: json.dumps(str(n)))}}}',
    ),
    "an array within a set": (
        "sets",
        lambda: f'{{"any":[{_listed(COUNT, str)},{_listed(COUNT, str)}]}}',
    ),
    "digits": ("tree", lambda: f'{{"name":"","size":{"9" * SIZE}}}'),
    "digits behind the point": ("kinds", lambda: f"0.{'9' * SIZE}"),
    "digits enough": ("any", lambda: _listed(400, lambda n: "9" * 4_300)),
    "an exponent": ("any", lambda: f"1e{'9' * SIZE}"),
    "escapes, and too deep": ("any", lambda: f'["{_PACKED}",{_DEEP}]'),
    "texts, and too deep": (
        "any",
        lambda: f"[{_listed(4 * COUNT, lambda n: chr(34) * 2)},{_DEEP}]",
    ),
    "brackets in a text": ("any", lambda: f'["{"[" * SIZE}"]'),
    "a date": ("formats", lambda: f'{{"date":"{"1" * SIZE}"}}'),
    "a moment": ("formats", lambda: f'{{"moment":"2024-01-01T00:00:00.{"1" * SIZE}Z"}}'),
    "a moment that is none": (
        "formats",
        lambda: f'{{"moment":"2024-01-01T00:00:00.{"1" * SIZE}"}}',
    ),
    "a time": ("formats", lambda: f'{{"time":"00:00:00.{"1" * SIZE}+00"}}'),
    "a span": ("formats", lambda: f'{{"span":"P{"1" * SIZE}Y"}}'),
    "a span that is none": (
        "formats",
        lambda: f'{{"span":"P{"1" * (SIZE // 2)}Y{"1" * (SIZE // 2)}"}}',
    ),
    "an amount": ("formats", lambda: f'{{"amount":"{"1" * SIZE}"}}'),
    "an amount that is none": (
        "formats",
        lambda: f'{{"amount":"{"1" * (SIZE // 2)}.{"1" * (SIZE // 2)}e"}}',
    ),
    "octets": ("formats", lambda: f'{{"octets":"{"AAAA" * (SIZE // 4)}"}}'),
    "octets of padding": ("formats", lambda: f'{{"octets":"{"=" * SIZE}"}}'),
    "octets that are none": ("formats", lambda: f'{{"url_octets":"{"A= " * (SIZE // 3)}"}}'),
    "a UUID": ("formats", lambda: f'{{"uuid":"{"{" * SIZE}"}}'),
    "a URI": ("formats", lambda: f'{{"either":"a:{"%41" * (SIZE // 3)}"}}'),
    "a URI that is none": ("formats", lambda: f'{{"either":"a:{"%41" * (SIZE // 3)}|"}}'),
    "an address": ("formats", lambda: f'{{"either":"{"a." * (SIZE // 2)}@"}}'),
    "an address of a long host": ("formats", lambda: f'{{"either":"a@{"a." * (SIZE // 2)}"}}'),
    "a code of an error": ("failure", lambda: f'{{"error":"{"e" * SIZE}"}}'),
}


class Peer:
    """A transport whose answer is given, whatever was asked."""

    def __init__(self, response: Any) -> None:
        self._response = response

    def exchange(self, _: object) -> Any:
        return self._response

    def close(self) -> None:
        return


def read(operation: str, content: bytes) -> None:
    """Let a client read an answer; say what it raises, as people would see it."""
    package: Any = import_module("hostile_answers")
    status = 400 if operation == "failure" else 200
    name = "tree" if operation == "failure" else operation
    response: Any = import_module("hostile_answers._response").Response(
        status, {"content-type": "application/json"}, content
    )
    with package.Client(base_url="https://x.test", http=Peer(response)) as client:
        said = ""
        try:
            getattr(client.default, name)()
            if operation in ("sets", "formats"):  # what only the strict ask
                codecs: Any = import_module("hostile_answers.codecs")
                getattr(codecs, f"decode_{operation}")(json.loads(content), strict=True)
        except package.errors.Error as error:
            said = str(error)
    assert len(said) < 50_000, f"{len(said)} characters"


def main() -> None:
    operation, text = CASES[sys.argv[1]]
    content = text().encode()
    tracemalloc.start()
    read(operation, content)
    peak = tracemalloc.get_traced_memory()[1]
    assert peak < WEIGHT * len(content) + CHANGE, f"{peak / len(content):.0f} times its size"


if __name__ == "__main__":
    main()
