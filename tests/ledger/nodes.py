"""How many nodes a document has: every object, list and scalar of it, wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import yaml

from specloom.values import Tree

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def plain(path: Path) -> Json:
    """Return what is in a file of JSON or YAML: of scalars, nothing is asked but where they are."""
    text = path.read_text("utf-8-sig")
    if path.suffix == ".json" or text.lstrip().startswith("{"):
        found: Json = json.loads(text)
        return found
    read: Json = yaml.load(text, yaml.CBaseLoader)  # nothing but strings, lists and mappings
    return read


def count(tree: Json | Tree) -> int:
    """Return the number of values in a tree, itself included."""
    nodes = 0
    pending: list[Json | Tree] = [tree]
    while pending:
        value = pending.pop()
        nodes += 1
        if isinstance(value, Mapping):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return nodes
