"""The targets of a project, as `[tool.specloom]` of its `pyproject.toml` names them."""

# A run in which nothing has changed ends after this module: what only a mistake needs is
# imported where the mistake is told.
from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from specloom.config import bounds, folders, paging
from specloom.config.mistakes import Slip, in_limits, in_pages
from specloom.config.values import (
    LISTS,
    RESPONSES,
    TRANSPORTS,
    closest,
    hint,
    is_list,
    misnamed,
    wrong,
)
from specloom.limits import DEFAULT, Limits
from specloom.regular import whole
from specloom.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeGuard

    from specloom.config.places import Names
    from specloom.page_choices import PageChoice

__all__ = [
    "KEYS",
    "RESPONSES",
    "TRANSPORTS",
    "Misconfigured",
    "Mistakes",
    "Target",
    "package_name",
    "targets",
]

_RULE = "configuration"
_ROOT = ("tool", "specloom")
_TARGETS = (*_ROOT, "targets")
_OWN = ("targets", "limits")
_REQUIRED = {
    "spec": "it is the document: YAML, JSON, or Markdown",
    "output": "it is the folder that gets the package",
}
_LONGEST = 4 * 2**20  # bytes
_EXAMPLE = '[tool.specloom.targets.NAME] with spec = "api.yaml" and output = "generated"'


class Misconfigured(Exception):
    """A mistake on the command line, in a sentence for the user."""


class Mistakes(Misconfigured):
    """All mistakes of a configuration file, as they are printed: each has its place already."""


class Target(NamedTuple):
    """One document, and where its package goes. Paths are what files are opened by."""

    name: str
    spec: str
    """The document, as the user wrote it: messages call it so."""
    output: str
    """The folder that gets the package."""
    package: str
    tests: str | None
    """The folder that gets the tests; None: none are written."""
    transport: str = TRANSPORTS[0]
    """One of TRANSPORTS."""
    responses: str = RESPONSES[0]
    """One of RESPONSES."""
    overlays: tuple[str, ...] = ()
    """Files that change the document before it is read, in this order."""
    root: str | None = None
    """The folder that references of the document stay in; None: that of the work it is in."""
    tags: tuple[str, ...] = ()
    """Of the operations that are wanted; without tags, paths and operations, all are."""
    paths: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    """What is unsupported and may be left out, by name."""
    pages: tuple[PageChoice, ...] = ()
    """How answers of several pages go on, where a target says so."""
    limits: Limits = DEFAULT


KEYS = Target._fields[1:]
"""What the table of a target may say: all but the name, which is its own."""

_Texts: TypeAlias = "Mapping[str, str]"
_Lists: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""What a target says by its keys, as far as it makes sense."""


def targets(path: str, *, optional: bool = False) -> tuple[Target, ...]:
    """Return the targets of a `pyproject.toml`, in its order. Raises Mistakes.

    `optional` says that there need not be such a file, nor anything of ours in it.
    """
    if optional and not os.path.lexists(path):
        return ()
    text, document = _read(path)
    if optional and not _table(document, _ROOT[:-1]).get(_ROOT[-1]):
        return ()
    named = _table(document, _TARGETS)
    texts = {name: _texts(name, table) for name, table in named.items()}
    lists = {name: _lists(table) for name, table in named.items()}
    folder = os.path.dirname(path)
    mistakes = (
        *_in_tables(document),
        *(mistake for name in named for mistake in _in_target(name, named[name])),
        *_between(folder, texts, lists),
    )
    if mistakes:
        raise _located(path, text, mistakes)
    limits = _table(document, (*_ROOT, "limits"))
    of = {name: bounds.given(limits, _table(named, (name, "limits"))) for name in named}
    made = (_target(folder, name, texts[name], lists[name], of[name]) for name in named)
    pages = (paging.given(_table(named, (name, "pages"))) for name in named)
    return tuple(target._replace(pages=own) for target, own in zip(made, pages, strict=True))


def package_name(name: str) -> str:
    """Return `name` if a package can be called so. Raises Misconfigured."""
    if says := misnamed(name):
        raise Misconfigured(says)
    return name


def _target(folder: str, name: str, texts: _Texts, lists: _Lists, limits: Limits) -> Target:
    return Target(
        name=name,
        spec=os.path.join(folder, texts["spec"]),
        output=os.path.join(folder, texts["output"]),
        package=texts["package"],
        tests=os.path.join(folder, texts["tests"]) if "tests" in texts else None,
        transport=texts.get("transport", TRANSPORTS[0]),
        responses=texts.get("responses", RESPONSES[0]),
        overlays=tuple(os.path.join(folder, path) for path in lists.get("overlays", ())),
        root=os.path.join(folder, texts["root"]) if "root" in texts else None,
        tags=lists.get("tags", ()),
        paths=lists.get("paths", ()),
        operations=lists.get("operations", ()),
        allow=lists.get("allow", ()),
        limits=limits,
    )


def _read(path: str) -> tuple[str, dict[str, object]]:
    import tomllib

    try:
        raw = whole(path, _LONGEST)
    except OSError as error:
        says = f"this cannot be read: {shown(error.strerror or type(error).__name__)}"
        hint = f"name a document: specloom generate SPEC -o DIR, or add {_EXAMPLE}"
        raise _told(path, "", [((1, 1), says, hint)]) from None
    try:
        text = raw.decode()
        return text, tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also of numbers without an end
        from specloom.config.places import broken, reason

        text = raw.decode(errors="replace")
        found = (broken(text, error), shown(reason(error)), "")
        raise _told(path, text, [found]) from None


def _table(document: dict[str, object], path: Names) -> dict[str, object]:
    """Return the table at a path, or an empty one if another value is in its way."""
    value: object = document
    for name in path:
        value = value.get(name, {}) if _is_table(value) else {}
    return value if _is_table(value) else {}


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)  # the keys of TOML are strings


def _texts(name: str, table: object) -> _Texts:
    said: dict[str, object] = {"package": name, **(table if _is_table(table) else {})}
    return {key: text for key in KEYS if isinstance(text := said.get(key), str) and text}


def _lists(table: object) -> _Lists:
    said = table if _is_table(table) else {}
    found = {key: value for key in LISTS if is_list(value := said.get(key))}
    return {
        key: tuple(text for text in value if isinstance(text, str) and text)
        for key, value in found.items()
    }


def _in_tables(document: dict[str, object]) -> Iterator[Slip]:
    """Yield what is wrong around the targets."""
    for count, name in enumerate(_TARGETS):
        value = _table(document, _TARGETS[:count]).get(name, {})
        if not _is_table(value):
            yield Slip(_TARGETS[: count + 1], f"`{name}` must be a table")
            return
    own = _table(document, _ROOT)
    strays = _strays(own, _OWN)
    yield from _unknown(_ROOT, strays, _OWN)
    yield from in_limits(_ROOT, own)
    if not own.get("targets") and "targets" not in strays.values():
        at, says = _TARGETS if "targets" in own else _ROOT, f"{_header(_TARGETS)} names no target"
        yield Slip(at, says, f"add {_EXAMPLE}", of_value=False)


def _strays(table: Iterable[str], known: Sequence[str]) -> dict[str, str]:
    """Return each key that is not known, with the one that may have been meant, if any."""
    return {key: closest(key, known) for key in table if key not in known}


def _header(table: Names) -> str:
    return f"[{shown('.'.join(table))}]"


def _unknown(at: Names, strays: Mapping[str, str], known: Sequence[str]) -> Iterator[Slip]:
    for key, near in strays.items():
        says = f"{_header(at)} has no key `{shown(key)}`"
        yield Slip((*at, key), says, hint(near, known), of_value=False)


def _in_target(name: str, table: object) -> Iterator[Slip]:
    """Yield what is wrong with one target by itself."""
    at = (*_TARGETS, name)
    is_named = bool(name) and all(c.isascii() and (c.isalnum() or c in "_-.") for c in name)
    if not is_named:
        says = f"`{shown(name)}` is no name for a target: letters, digits, `_`, `-` and `.` are"
        yield Slip(at, says, of_value=False)
    if not _is_table(table):
        yield Slip(at, f"`{shown(name)}` must be a table")
        return
    strays = _strays(table, KEYS)
    yield from _unknown(at, strays, KEYS)
    given = {*table, *strays.values()}
    for key, what in _REQUIRED.items():
        if key not in given:
            yield Slip(at, f"{_header(at)} has no `{key}`", what, of_value=False)
    if is_named and "package" not in given and (says := misnamed(name)):
        other = name.replace("-", "_").replace(".", "_")
        mend = f'add package = "{"NAME" if misnamed(other) else other}"'
        yield Slip(at, says, mend, of_value=False)
    yield from in_limits(at, table)
    yield from in_pages(at, table)
    for key in KEYS:
        if key in table and key not in ("limits", "pages") and (found := wrong(key, table[key])):
            yield Slip((*at, key), *found)


def _between(
    folder: str, texts: Mapping[str, _Texts], lists: Mapping[str, _Lists]
) -> Iterator[Slip]:
    """Yield what is written into, or read from, a folder that a target has for itself."""
    sound = {name: said for name, said in texts.items() if not misnamed(said.get("package", ""))}
    ours = [found for name, said in sound.items() for found in folders.of(folder, name, said)]
    for one, other in folders.overlapping(ours):
        says = f"`{shown(other.path)}` and `{shown(one.path)}` of `{shown(one.target)}` overlap"
        yield Slip((*_TARGETS, other.target, other.key), says)
    for name, said in sound.items():
        for key, says in folders.held(folder, said, lists[name].get("overlays", ())):
            yield Slip((*_TARGETS, name, key), says)


def _located(path: str, text: str, mistakes: Sequence[Slip]) -> Mistakes:
    from specloom.config.places import defined

    points = [defined(text, m.path, value=m.of_value) for m in mistakes]
    found = [(at or (1, 1), m.says, m.hint) for at, m in zip(points, mistakes, strict=True)]
    # where a line is missing, no other is shown in its stead
    return _told(path, text if all(points) else "", found)


def _told(path: str, text: str, found: Iterable[tuple[tuple[int, int], str, str]]) -> Mistakes:
    from specloom.diagnostics import Diagnostic, Span
    from specloom.messages import render

    lines = text.split("\n")
    findings = [Diagnostic(Span(path, *at), _RULE, says, hint=hint) for at, says, hint in found]
    return Mistakes("\n".join(render(findings, {}, lambda at: lines[at.line - 1].rstrip("\r"))))
