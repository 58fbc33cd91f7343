"""A document as the judges read it: by themselves, so that no mistake of the generator is shared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast
from urllib.parse import unquote

import yaml

from .environments import Failed

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_FAR = 100
"""As many references lead to each other in no sound document."""


class _Loader(yaml.CSafeLoader):
    """YAML with the types of JSON alone: `no` and `2024-01-01` stay words."""


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return the types of plain words by their first character."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, firsts, pattern in _PLAIN:
        expression = re.compile(f"(?:{pattern})$")
        for first in firsts:
            found.setdefault(first, []).append((f"tag:yaml.org,2002:{tag}", expression))
    return found


_PLAIN = (
    ("bool", "tTfF", r"true|True|TRUE|false|False|FALSE"),
    ("int", "-+0123456789", r"[-+]?[0-9]+"),
    ("float", "-+.0123456789", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
    ("null", ("~", "n", "N", ""), r"~|null|Null|NULL|"),
)
_Loader.yaml_implicit_resolvers = _resolvers()  # its own, or those of all loaders would change


def load(path: Path) -> Json:
    """Return the document in a file of YAML or JSON. Raises Failed."""
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() == ".json" or text.lstrip().startswith("{"):
            return cast("Json", json.loads(text))
        return _plain(yaml.load(text, _Loader))  # its constructors are the safe ones
    except OSError as error:
        raise Failed(f"{path}: {error.strerror}: give the path of a document") from None
    except (ValueError, yaml.YAMLError) as error:
        raise Failed(f"{path} is neither JSON nor YAML: {error}") from None


def _plain(value: object) -> Json:
    """Return what YAML says as JSON would have it: the keys are words, `200` among them."""
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value).items()
        return {key if isinstance(key, str) else str(key): _plain(v) for key, v in pairs}
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    return cast("Json", value)


def members(value: Json) -> dict[str, Json]:
    """Return the members of an object, and none of anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[Json]:
    """Return the items of an array, and none of anything else."""
    return value if isinstance(value, list) else []


def words(value: Json) -> tuple[str, ...]:
    """Return a string, or the strings of an array."""
    found = [value] if isinstance(value, str) else items(value)
    return tuple(word for word in found if isinstance(word, str))


def pointer_of(tokens: tuple[str, ...]) -> str:
    return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in tokens)


def tokens_of(pointer: str) -> tuple[str, ...]:
    return tuple(t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:])


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document, and where it stands."""

    root: Json
    tokens: tuple[str, ...]
    value: Json

    @classmethod
    def top(cls, root: Json) -> Node:
        return cls(root, (), root)

    @property
    def pointer(self) -> str:
        return pointer_of(self.tokens)

    @property
    def members(self) -> dict[str, Json]:
        return members(self.value)

    def word(self, key: str) -> str | None:
        found = self.members.get(key)
        return found if isinstance(found, str) else None

    def get(self, key: str) -> Node | None:
        """Return a member, where there is one."""
        if key not in self.members:
            return None
        return Node(self.root, (*self.tokens, key), self.members[key])

    def children(self, key: str | None = None) -> Iterator[tuple[str, Node]]:
        """Yield the members or items of this, or of a member of it."""
        if key is not None:
            child = self.get(key)
            if child is not None:
                yield from child.children()
            return
        for name in self.members:
            yield name, Node(self.root, (*self.tokens, name), self.members[name])
        for i, item in enumerate(items(self.value)):
            yield str(i), Node(self.root, (*self.tokens, str(i)), item)

    def at(self, pointer: str) -> Node | None:
        """Return the node that a pointer leads to from the top, if it leads anywhere."""
        value = self.root
        tokens = tokens_of(pointer)
        for token in tokens:
            if isinstance(value, dict) and token in value:
                value = value[token]
            elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            else:
                return None
        return Node(self.root, tokens, value)

    def referred(self) -> Node:
        """Return what `$ref` leads to. Raises Failed if that is nowhere in this document."""
        reference = self.word("$ref") or ""
        found = self.at(unquote(reference[1:])) if reference.startswith("#") else None
        if found is None:
            raise Failed(f"{self.pointer}: the reference `{reference}` leads nowhere here")
        return found

    def followed(self) -> Node:
        """Return what the references lead to. Raises Failed for one that leads nowhere."""
        node = self
        for _ in range(_FAR):
            if "$ref" not in node.members:
                return node
            node = node.referred()
        raise Failed(f"{self.pointer}: the references go in a circle")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as written, with the parameters of its path."""

    method: str
    path: str
    node: Node
    parameters: tuple[Node, ...]

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def body(self) -> Node | None:
        found = self.node.get("requestBody")
        return None if found is None else found.followed()

    def response(self, status: int) -> Node | None:
        """Return what is documented for a status: itself, its hundred, or the default."""
        documented = dict(self.node.children("responses"))
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in documented:
                return documented[key].followed()
        return None


def operations(root: Json) -> Iterator[Operation]:
    """Yield every operation below `paths`, in the order of the document."""
    for path, written in Node.top(root).children("paths"):
        if path.startswith("x-"):
            continue
        item = written.followed()
        shared = tuple(item.children("parameters"))
        more = tuple(item.children("additionalOperations"))
        for method, node in (*item.children(), *more):
            if method not in METHODS and (method, node) not in more:
                continue
            own = tuple(node.children("parameters"))
            found = {
                (p.word("in"), p.word("name")): p
                for _, q in (*shared, *own)
                for p in [q.followed()]
            }
            yield Operation(method.upper(), path, node, tuple(found.values()))
