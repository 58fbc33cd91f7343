"""A package made of a document by the Specloom of this checkout, and what everything in it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import cast

from .document import Json, Operation, items, members, pointer_of
from .environments import ROOT, Failed, bare

SPECLOOM = Path(sys.executable).with_name("specloom")
PATIENCE = 900


@dataclass(frozen=True, slots=True)
class Parameter:
    location: str
    wire_name: str
    name: str
    decode: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """How a body travels; without `decode` it is text or bytes."""

    media_type: str
    decode: str | None
    encode: str | None


@dataclass(frozen=True, slots=True)
class Called:
    """What an operation is called in Python."""

    pointer: str
    attribute: str
    parameters: tuple[Parameter, ...]
    contents: tuple[Content, ...]
    answers: dict[str, tuple[Content, ...]]
    """By the status as the document writes it."""


@dataclass(frozen=True, slots=True)
class Credential:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package that can be imported."""

    name: str
    folder: Path
    operations: tuple[Called, ...]
    credentials: tuple[Credential, ...]

    def find(self, path: str, attribute: str = "") -> Callable[..., object]:
        """Return what a module of the package calls so, by a dotted name."""
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
            invalidate_caches()
        module = import_module(f"{self.name}.{path}" if path else self.name)
        return cast("Callable[..., object]", getattr(module, attribute) if attribute else module)

    def codec(self, name: str) -> Callable[..., object]:
        return self.find("codecs", name)

    def called(self, operation: Operation) -> Called | None:
        """Return what an operation is called; a path may be told without its fragment."""
        below = ("paths", operation.path)
        pointers = {
            operation.node.pointer,
            pointer_of((*below, operation.method.lower())),
            pointer_of((*below, "additionalOperations", operation.method)),
        }
        for found in self.operations:
            if found.pointer in pointers:
                return found
        return None


def specloom(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command of this checkout to its end. Raises Failed if it cannot be run."""
    if not SPECLOOM.is_file():
        raise Failed(f"{SPECLOOM} is missing: run this with the Python of `make test`")
    words = [str(SPECLOOM), *map(str, arguments)]
    try:
        return subprocess.run(
            words,
            cwd=ROOT,
            env={**bare(), "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"`specloom {arguments[0]}` took more than {PATIENCE} s") from None


def package(spec: Path, name: str, folder: Path) -> Package:
    """Generate a package into a folder. Raises Failed with what Specloom says."""
    done = specloom("generate", spec.resolve(), "-o", folder, "--package", name)
    if done.returncode:
        raise Failed(f"specloom generate: {done.stderr.strip()[-2000:]}")
    lowered = specloom("lower", spec.resolve(), "--names", "--format", "json")
    if lowered.returncode:
        raise Failed(f"specloom lower: {lowered.stderr.strip()[-2000:]}")
    names = members(cast("Json", json.loads(lowered.stdout)))
    made = Package(
        name=name,
        folder=folder,
        operations=tuple(_called(members(o)) for o in items(names.get("operations"))),
        credentials=tuple(
            Credential(_word(c, "key"), _word(c, "name"))
            for c in map(members, items(names.get("credentials")))
        ),
    )
    try:
        made.find("", "Client")
        made.find("codecs")
    except Exception as error:  # generated code of ours: whatever it is, it is broken
        why = f"{type(error).__name__}: {error}"
        raise Failed(f"the package of {spec} cannot be imported: {why}") from None
    return made


def _called(names: dict[str, Json]) -> Called:
    answers: dict[str, tuple[Content, ...]] = {}
    for answer in map(members, items(names.get("responses"))):
        answers[_word(answer, "wire_name")] = _contents(answer)
    return Called(
        pointer=_word(names, "pointer"),
        attribute=_word(names, "attribute"),
        parameters=tuple(
            Parameter(
                _word(p, "in"), _word(p, "wire_name"), _word(p, "name"), _optional(p, "decode")
            )
            for p in map(members, items(names.get("parameters")))
        ),
        contents=_contents(members(names.get("body"))),
        answers=answers,
    )


def _contents(names: dict[str, Json]) -> tuple[Content, ...]:
    """Return the content types of a body; where there is one, it stands in the body itself."""
    listed = [members(content) for content in items(names.get("contents"))] or [names]
    return tuple(
        Content(_word(found, "media_type"), _optional(found, "decode"), _optional(found, "encode"))
        for found in listed
        if found.get("media_type") is not None
    )


def _word(names: dict[str, Json], key: str) -> str:
    found = names.get(key)
    if not isinstance(found, str):
        raise Failed(f"specloom lower --names: `{key}` is missing where it is expected")
    return found


def _optional(names: dict[str, Json], key: str) -> str | None:
    found = names.get(key)
    return found if isinstance(found, str) else None
