"""A document without what the generator refuses: a copy, less the operations that need it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from .document import METHODS, Json, items, members, pointer_of, tokens_of
from .environments import Failed
from .packages import specloom

LATER = "not-supported-yet"
_FINDING = re.compile(r":(\d+):\d+: error: ([a-z0-9-]+): (.*)")
_ROUNDS = 40
_NEEDED = ("openapi", "info", "paths", "components")


@dataclass
class Reduced:
    """A document that the generator takes, and why operations are not in it any more."""

    spec: Path
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)
    """The reason, `RULE: what`, of every operation that was left out, by its method and path."""


def reduced(spec: Path, root: Json, folder: Path) -> Reduced:
    """Return the document itself where it is taken, else a copy in a folder. Raises Failed."""
    told = _refusal(spec)
    if told is None:
        return Reduced(spec)
    copy = folder / f"{spec.stem}.json"
    left = Reduced(copy)
    document = deepcopy(root)
    for _ in range(_ROUNDS):
        lines = list(_lines(document))
        copy.write_text("\n".join(text for text, _ in lines) + "\n", "utf-8")
        told = _refusal(copy)
        if told is None:
            return left
        reasons: dict[str, str] = {}
        for line, rule, message in _FINDING.findall(told):
            unit = _unit(lines[int(line) - 1][1])
            reasons.setdefault(unit, f"{rule}: {message}")
        if not reasons:
            raise Failed(f"Specloom refuses {spec}, and not for a place in it: {told[-600:]}")
        _remove(document, reasons, left)
    raise Failed(f"{spec} is still refused after {_ROUNDS} rounds: {told[-600:] if told else ''}")


def _refusal(spec: Path) -> str | None:
    """Return what the generator says against a document, if it refuses it."""
    done = specloom("lower", spec.resolve(), "--names")
    return done.stderr if done.returncode else None


def _lines(value: Json) -> Iterator[tuple[str, str]]:
    """Yield the lines of a document, each with the pointer of the value that begins in it."""
    yield from _written(value, "", "", "")


def _written(value: Json, pointer: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict | list) or not value:
        yield f"{before}{json.dumps(value)}{after}", pointer
        return
    is_object = isinstance(value, dict)
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
    yield before + ("{" if is_object else "["), pointer
    for i, (key, child) in enumerate(pairs):
        below = pointer + pointer_of((str(key),))
        start = f"{json.dumps(key)}: " if is_object else ""
        yield from _written(child, below, start, "," if i + 1 < len(pairs) else "")
    yield ("}" if is_object else "]") + after, pointer


def _unit(pointer: str) -> str:
    """Return what has to go with a place: an operation, a path, a component or a top member."""
    tokens = tokens_of(pointer)
    match tokens:
        case ("paths", _, method, *_) if method in METHODS:
            length = 3
        case ("paths", _, "additionalOperations", _, *_):
            length = 4
        case ("paths", _, *_):
            length = 2
        case ("components", _, _, *_):
            length = 3
        case (top, *_) if top not in _NEEDED:
            length = 1
        case _:
            raise Failed(f"Specloom refuses `{pointer}`, without which there is no document")
    return pointer_of(tokens[:length])


def _remove(document: Json, reasons: dict[str, str], left: Reduced) -> None:
    """Take units out of a document, and all that refers to them."""
    while reasons:
        for unit, reason in reasons.items():
            _note(document, unit, reason, left)
            _delete(document, tokens_of(unit))
        gone = {unit: reason for unit, reason in reasons.items() if unit.startswith("/components/")}
        reasons = {}
        for unit, value in _units(document):
            for target in _references(unit, value, document):
                for removed, reason in gone.items():
                    if f"{target}/".startswith(f"{removed}/"):
                        reasons.setdefault(unit, reason)


def _note(document: Json, unit: str, reason: str, left: Reduced) -> None:
    """Remember which operations go with a unit."""
    tokens = tokens_of(unit)
    if tokens[0] != "paths":
        return
    for other, value in _units(document):
        path = tokens_of(other)
        if f"{other}/".startswith(f"{unit}/") and path[0] == "paths" and isinstance(value, dict):
            left.left_out.setdefault((path[-1].upper(), path[1]), reason)


def _units(document: Json) -> Iterator[tuple[str, Json]]:
    """Yield all that can be taken out by itself, apart from top members."""
    for path, item in members(members(document).get("paths")).items():
        shared = {k: v for k, v in members(item).items() if k not in METHODS}
        more = members(shared.pop("additionalOperations", None))
        yield pointer_of(("paths", path)), [*shared.values()]
        for method, operation in members(item).items():
            if method in METHODS:
                yield pointer_of(("paths", path, method)), operation
        for method, operation in more.items():
            yield pointer_of(("paths", path, "additionalOperations", method)), operation
    for kind, components in members(members(document).get("components")).items():
        for name, component in members(components).items():
            yield pointer_of(("components", kind, name)), component
    for name, value in members(document).items():
        if name not in _NEEDED:
            yield pointer_of((name,)), value


def _references(unit: str, value: Json, document: Json) -> Iterator[str]:
    """Yield the pointers that something refers to; security schemes are referred to by name."""
    if unit.startswith("/paths/") and isinstance(value, dict):
        needed = value.get("security", members(document).get("security"))
        for scheme in (name for wanted in items(needed) for name in members(wanted)):
            yield pointer_of(("components", "securitySchemes", scheme))
    elif unit == "/security":
        for scheme in (name for wanted in items(value) for name in members(wanted)):
            yield pointer_of(("components", "securitySchemes", scheme))
    yield from _mentioned(value)


def _mentioned(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _mentioned(item)
    elif isinstance(value, dict):
        reference = value.get("$ref")
        mapping = members(members(value.get("discriminator")).get("mapping"))
        for target in (reference, *mapping.values()):
            if isinstance(target, str):
                yield unquote(target.removeprefix("#"))
        for child in value.values():
            yield from _mentioned(child)


def _delete(document: Json, tokens: tuple[str, ...]) -> None:
    parent = document
    for token in tokens[:-1]:
        parent = members(parent).get(token)
    if isinstance(parent, dict):
        parent.pop(tokens[-1], None)
