"""How many nodes a document has: every object, list and scalar of it, wherever it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import yaml

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def plain(path: Path) -> Json:
    """Return what is in a file of JSON or YAML: of scalars, nothing is asked but where they are."""
    text = path.read_text("utf-8-sig")
    if path.suffix == ".json" or text.lstrip().startswith("{"):
        found: Json = json.loads(text)
        return found
    read: Json = yaml.load(text, yaml.CBaseLoader)  # nothing but strings, lists and mappings
    return read


def count(tree: Json) -> int:
    """Return the number of values in a tree, itself included."""
    nodes, pending = 0, [tree]
    while pending:
        value = pending.pop()
        nodes += 1
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return nodes
