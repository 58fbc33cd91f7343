"""What openapi-spec-validator says about a document, within bounds and without opening anything."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from specloom.values import Text, Tree

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_VERSION = re.compile(r"3\.[012](?![0-9])")
_MOST = 1000
"""How many findings are worth hearing about one document."""
_LONGEST = 500
_MEMORY = 3 << 30
_STACK = 256 << 20
_DEPTH = 20_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of the validator, before it is judged."""

    pointer: str
    """A JSON pointer (RFC 6901) to the value that is meant, as deep as is known."""
    keyword: str
    """The keyword of JSON Schema that fails, or the class of the validator's error."""
    message: Text = Text("")
    """The validator's own sentence, cut."""
    names: tuple[Text, ...] = ()
    """What the keyword is about: the missing field, the types or the values allowed."""


def version_of(tree: Tree) -> str:
    """Return the version of OpenAPI whose meta-schema applies ("3.1"), or "" where none does."""
    stated = tree.get("openapi") if isinstance(tree, Mapping) else None
    match = _VERSION.match(str(stated))
    return match[0] if match else ""


def schema_findings(tree: Tree) -> tuple[Finding, ...]:
    """Return where a document breaks the JSON Schema of its version of OpenAPI.

    `tree` is of dicts and lists. The schemas are those of openapi-spec-validator, which is not
    imported for it: that would take longer than the check.
    """
    version = version_of(tree)
    if not version:
        return ()
    try:
        errors = islice(_checker(version).iter_errors(tree), _MOST)
        return tuple(dict.fromkeys(f for error in errors for f in _leaves(error)))[:_MOST]
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


def _leaves(error: ValidationError) -> Iterator[Finding]:
    """Return the innermost errors of the alternative that was most likely meant."""
    kind = error.kind.as_dict()
    branches: list[list[ValidationError]] = kind.get("context") or []
    if error.kind.name in ("oneOf", "anyOf") and any(branches):
        if _only_fields_are_missing(branches):
            names = tuple(Text(str(b[0].kind.as_dict()["property"])) for b in branches)
            yield Finding(_pointer(error.instance_path), error.kind.name, names=names)
            return
        for inner in max(filter(None, branches), key=_telling):
            yield from _leaves(inner)
        return
    yield from _expanded(error.kind.name, _pointer(error.instance_path), kind)


def _only_fields_are_missing(branches: list[list[ValidationError]]) -> bool:
    """Whether any of several fields would do, as for `schema` and `content`."""
    return all(
        len(branch) == 1 and branch[0].kind.name == "required" and not _refers(branch[0])
        for branch in branches
    )


def _refers(error: ValidationError) -> bool:
    return error.kind.name == "required" and error.kind.as_dict()["property"] == "$ref"


def _telling(branch: list[ValidationError]) -> tuple[int, bool, int]:
    """Rank an alternative: errors deep inside, not just an absent `$ref`, and few of them."""
    return max(map(_depth, branch)), not any(map(_refers, branch)), -len(branch)


def _depth(error: ValidationError) -> int:
    branches: list[list[ValidationError]] = error.kind.as_dict().get("context") or []
    inner = (_depth(e) for branch in branches for e in branch)
    return max(inner, default=len(error.instance_path))


def _expanded(keyword: str, pointer: str, kind: Mapping[str, object]) -> Iterator[Finding]:
    match kind:
        case {"unexpected": list(fields)}:
            for field in _words(fields):
                yield Finding(f"{pointer}/{_token(field)}", keyword)
        case {"property": str(name)}:
            yield Finding(pointer, keyword, names=(Text(name),))
        case {"types": list(allowed)} | {"options": list(allowed)}:
            names = tuple(Text(word) for word in _words(allowed))
            yield Finding(pointer, keyword, names=names)
        case {"error": error} if keyword == "propertyNames":
            name = getattr(error, "instance", None)
            yield Finding(f"{pointer}/{_token(str(name))}", keyword)
        case _:
            yield Finding(pointer, keyword)


def _words(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _pointer(tokens: Iterable[str | int]) -> str:
    return "".join(f"/{_token(str(token))}" for token in tokens)


def _token(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1")


def walk_findings(tree: Tree, *, seconds: float) -> tuple[Finding, ...] | None:
    """Return what openapi-spec-validator's own walk finds, beyond the JSON Schema.

    It walks in a child process, for a document can be built to make it run for ever. None means
    that it ran out of time or memory, or crashed.
    """
    version = version_of(tree)
    if not version:
        return ()
    # A fork has the document already; on macOS the system's libraries do not survive one.
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    context = multiprocessing.get_context("fork" if forks else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_child, args=(theirs, tree, version, seconds), name="specloom-walk", daemon=True
    )
    try:
        with _uninterrupted():
            child.start()
        theirs.close()
        return _received(ours.recv_bytes()) if ours.poll(seconds) else None
    except (EOFError, OSError):
        return None
    finally:
        ours.close()
        theirs.close()
        if child.pid is not None:
            child.kill()
            child.join()
            child.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let a child be born deaf to Ctrl-C: the parent hears it, and ends the child."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(message: bytes) -> tuple[Finding, ...] | None:
    rows: object = json.loads(message)
    return tuple(map(_finding, rows)) if _is_list(rows) else None


def _finding(row: object) -> Finding:
    match row:
        case [str(pointer), str(keyword), str(message), *names]:
            words = tuple(Text(word) for word in _words(names))
            return Finding(pointer, keyword, Text(message), words)
        case _:
            raise EOFError("a broken message")


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _child(connection: Connection, tree: Tree, version: str, seconds: float) -> None:
    """Walk in a thread with a deep stack, silent and bounded, and send what was found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _limit(seconds)
    threading.stack_size(_STACK)
    sys.setrecursionlimit(_DEPTH)
    walker = threading.Thread(target=_send, args=(connection, tree, version))
    walker.start()
    walker.join()
    os._exit(0)  # What the parent left to do at its end is not the child's to do


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit(seconds: float) -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Some systems know a limit only by name
        try:
            resource.setrlimit(kind, (limit, hard))
        except (OSError, ValueError):
            continue


def _send(connection: Connection, tree: Tree, version: str) -> None:
    from specloom.rules.walk import walked

    rows = [
        [f.pointer, f.keyword, f.message.raw[:_LONGEST], *(name.raw for name in f.names)]
        for f in islice(walked(tree, version), _MOST)
    ]
    connection.send_bytes(json.dumps(rows).encode("ascii"))
