"""The lock as text: a subset of TOML, sorted, so that a diff of it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeGuard

FILE = "specloom.lock"
_FORMAT = 1
_HEAD = f"""\
# Written by Specloom: what it generated, from what, and the names that it gave. Commit this file.
# A name may be changed here: `specloom generate` uses it from then on.

format = {_FORMAT}
"""
_TABLES = ("documents", "parts", "outputs")
_NAMES = re.compile(r"^(?=\[names\.)", re.MULTILINE)
_TARGETS = re.compile(r"^\s*\[\s*targets\b", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPED = re.compile(r"[^ !#-\[\]-~]")


class Entry(NamedTuple):
    """What the lock says of a target. Paths are relative to the folder of the lock."""

    specloom: str
    """The version that generated it."""
    templates: str
    configuration: str
    names: str
    """The digest of the names, as they stand in the lock."""
    operations: int
    types: int
    warnings: int
    documents: Mapping[str, str]
    """The files that the target names."""
    outputs: Mapping[str, str]
    parts: Mapping[str, str] = MappingProxyType({})
    """The files that references lead to."""


class Lock(NamedTuple):
    entries: Mapping[str, Entry]
    names: Mapping[str, str]
    """For each target the part of the lock that holds its names, as it stands there."""


NO_LOCK = Lock({}, {})


class Broken(Exception):
    """Says why a text is no lock, in a sentence for the user; `line` counts from 1."""

    def __init__(self, reason: str, line: int = 1, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.hint = hint


def parse(text: str) -> Lock:
    """Return what a lock says; its names are not looked at. Raises Broken."""
    head, *parts = _NAMES.split(text.replace("\r\n", "\n"))
    table = _toml(head)
    if table.get("format") != _FORMAT:
        raise Broken("this is no lock of this version of Specloom")
    if "names" in table or any(_TARGETS.search(part) for part in parts):
        raise Broken("names have to stand at the end, where they are written")
    targets = dict(_tables(table.get("targets", {})))
    if not all(map(str.isprintable, targets)):
        raise Broken("a target has a name that no target can have")
    entries = {name: _entry(name, found) for name, found in targets.items()}
    names = {
        name: "\n".join(part.strip() + "\n" for part in parts if part.startswith(_names(name)))
        for name in entries
    }
    return Lock(entries, names)


def names_of(part: str) -> dict[str, dict[str, str]]:
    """Return the names of a target, by section and address. Raises Broken."""
    named = [table for _, table in _tables(_toml(part).get("names", {}))]
    sections = _tables(named[0]) if named else ()
    return {section: _texts(names, section) for section, names in sections}


def names_text(target: str, names: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the part of the lock that holds the names of a target."""
    return "\n".join(
        f"{_names(target)}{section}]\n{''.join(_members(found))}" for section, found in names
    )


def line_of_names(text: str, target: str) -> int:
    """Return the line of a lock at which the names of a target begin; 1 if there are none."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_names(target)):
            return number
    return 1


def line_of(text: str, target: str, section: str, address: str) -> int:
    """Return the line of a lock that gives an address its name; 1 if there is none."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            inside = line.strip() == f"{_names(target)}{section}]"
        elif inside and line.startswith(f"{_quoted(address)} "):
            return number
    return 1


def printed(lock: Lock) -> str:
    """Return a lock as text: sorted, so that the same lock is the same text."""
    parts = [_HEAD]
    for name, entry in sorted(lock.entries.items()):
        target = f"targets.{_key(name)}"
        fields = entry._asdict()
        tables = {key: fields.pop(key) for key in _TABLES}
        parts.append(f"[{target}]\n{''.join(_members(fields))}")
        for key, members in tables.items():
            if not members and key == "parts":  # most documents are one file
                continue
            parts.append(f"[{target}.{key}]\n{''.join(_members(dict(sorted(members.items()))))}")
    parts += [lock.names[name] for name in sorted(lock.entries) if lock.names.get(name)]
    return "\n".join(parts)


def _names(target: str) -> str:
    return f"[names.{_key(target)}."


def _members(members: Mapping[str, str | int]) -> Iterator[str]:
    for key, value in members.items():
        yield f"{_key(key)} = {value if isinstance(value, int) else _quoted(value)}\n"


def _key(text: str) -> str:
    return text if _BARE.match(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a basic string of TOML, in ASCII; what Unicode has no character for is spelled out."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return f'"{_ESCAPED.sub(_escape, whole)}"'


def _escape(character: re.Match[str]) -> str:
    point = ord(character[0])
    if character[0] in '"\\':
        return f"\\{character[0]}"
    return f"\\u{point:04X}" if point <= 0xFFFF else f"\\U{point:08X}"


def _toml(text: str) -> dict[str, object]:
    import tomllib

    try:
        found: dict[str, object] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of syntax, of numbers without an end, of depth
        reason, _, at = str(error).partition(" (at ")
        found_at = re.search("[0-9]+", at)
        raise Broken(f"this is not TOML: {reason}", int(found_at[0]) if found_at else 1) from None
    return found


def _entry(name: str, table: Mapping[str, object]) -> Entry:
    def text(key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str):
            raise Broken(f"the target `{name}` has no `{key}`")
        return value

    def count(key: str) -> int:
        value = table.get(key)
        if not isinstance(value, int):
            raise Broken(f"the target `{name}` has no `{key}`")
        return value

    tables = dict(_tables({key: table.get(key, {}) for key in _TABLES}))
    return Entry(
        specloom=text("specloom"),
        templates=text("templates"),
        configuration=text("configuration"),
        names=text("names"),
        operations=count("operations"),
        types=count("types"),
        warnings=count("warnings"),
        documents=_texts(tables["documents"], "documents"),
        parts=_texts(tables["parts"], "parts"),
        outputs=_texts(tables["outputs"], "outputs"),
    )


def _tables(value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not _is_table(value):
        raise Broken("a table is expected here, and something else was found")
    for key, found in value.items():
        if not _is_table(found):
            raise Broken(f"`{key}` must be a table")
        yield key, found


def _is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)  # the keys of TOML are strings


def _texts(table: Mapping[str, object], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if not isinstance(value, str):
            raise Broken(f"`{key}` in `{name}` must be a string")
        found[key] = value
    return found
