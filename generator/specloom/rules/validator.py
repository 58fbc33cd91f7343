"""What openapi-spec-validator says about a document, within bounds and without opening anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from specloom.pointers import escaped, pointer_to
from specloom.values import EMPTY, Text, Tree

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_VERSION = re.compile(r"3\.[012](?![0-9])")
MOST = 1000
"""How many findings are worth hearing about one document."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of the validator, before it is judged."""

    pointer: str
    """A JSON pointer (RFC 6901) to the value that is meant, as deep as is known."""
    keyword: str
    """The keyword of JSON Schema that fails, or the class of the validator's error."""
    message: Text = EMPTY
    """The validator's own sentence, cut."""
    names: tuple[Text, ...] = ()
    """What the keyword is about: the missing field, the types or the values allowed."""


def version_of(tree: Tree) -> str:
    """Return the version of OpenAPI whose meta-schema applies ("3.1"), or "" where none does."""
    stated = tree.get("openapi") if isinstance(tree, Mapping) else None
    match = _VERSION.match(str(stated))
    return match[0] if match else ""


def schema_findings(tree: Tree, version: str = "") -> tuple[Finding, ...]:
    """Return where a document breaks the JSON Schema of its version of OpenAPI, or of another.

    `tree` is of dicts and lists. The schemas are those of openapi-spec-validator, which is not
    imported for it: that would take longer than the check.
    """
    version = version or version_of(tree)
    if not version:
        return ()
    try:
        errors = islice(_checker(version).iter_errors(tree), MOST)
        return tuple(dict.fromkeys(f for error in errors for f in _findings(error)))[:MOST]
    except ValueError:  # What JSON cannot say (lone surrogates), or nested too deep
        return (Finding("", "ValueError"),)


@cache
def _checker(version: str) -> Validator:
    import jsonschema_rs

    spec = find_spec("openapi_spec_validator")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("openapi-spec-validator is not installed")
    path = Path(spec.origin).parent / "resources" / "schemas" / f"v{version}" / "schema.json"
    return jsonschema_rs.validator_for(path.read_text(encoding="utf-8"), offline=True)


def _findings(error: ValidationError) -> Iterator[Finding]:
    for inner in _innermost(error):
        keyword, pointer = inner.kind.name, pointer_to(map(str, inner.instance_path))
        kind: Mapping[str, object] = inner.kind.as_dict()
        if fields := words(kind.get("unexpected")):
            yield from (Finding(f"{pointer}/{escaped(field)}", keyword) for field in fields)
        elif keyword == "propertyNames":
            name = getattr(kind.get("error"), "instance", "")
            yield Finding(f"{pointer}/{escaped(str(name))}", keyword)
        elif missing := _alternatives(inner):
            yield Finding(pointer, keyword, names=missing)
        else:
            about = [kind.get("property")] if keyword == "required" else None
            names = words(about or kind.get("types") or kind.get("options"))
            yield Finding(pointer, keyword, names=tuple(map(Text, names)))


def _innermost(error: ValidationError) -> list[ValidationError]:
    """Return the errors inside the alternative that was most likely meant."""
    branches = _branches(error)
    if not branches or not all(branches) or _alternatives(error):
        return [error]
    inner = ([leaf for e in branch for leaf in _innermost(e)] for branch in branches)
    return max(inner, key=_telling)


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    if error.kind.name not in ("anyOf", "oneOf"):
        return []
    return error.kind.as_dict().get("context") or []


def _alternatives(error: ValidationError) -> tuple[Text, ...]:
    """Return the fields of which one must be there, as `schema` or `content`."""
    names: list[Text] = []
    for branch in _branches(error):
        name = _missing(branch[0]) if len(branch) == 1 else "$ref"
        if name in ("", "$ref"):
            return ()
        names.append(Text(name))
    return tuple(names)


def _missing(error: ValidationError) -> str:
    return str(error.kind.as_dict()["property"]) if error.kind.name == "required" else ""


def _telling(leaves: list[ValidationError]) -> tuple[int, bool, int]:
    """Rank an alternative: errors deep inside, not just an absent `$ref`, and few of them."""
    depth = max(len(leaf.instance_path) for leaf in leaves)
    return depth, all(_missing(leaf) != "$ref" for leaf in leaves), -len(leaves)


def words(values: object) -> tuple[str, ...]:
    """Return what is in a list, as JSON says it but without quotes; nothing of anything else."""
    if not _is_list(values):
        return ()
    return tuple(value if isinstance(value, str) else json.dumps(value) for value in values)


def walk_findings(tree: Tree, *, seconds: float) -> tuple[Finding, ...] | None:
    """Return what openapi-spec-validator's own walk finds, beyond the JSON Schema.

    It walks in a child process, for a document can be built to make it run for ever: `seconds` are
    those of that process. None means that it ran out of time or memory, or crashed.
    """
    version = version_of(tree)
    if not version:
        return ()
    from specloom.rules.child import walked_within

    return walked_within(tree, version, seconds)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
