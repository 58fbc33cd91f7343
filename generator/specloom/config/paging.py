"""Pages as a user names them: a table of operations, each with how its answers go on, or `false`."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.config.values import Wrong, closest, hint
from specloom.page_choices import KINDS, TEXTS, PageChoice
from specloom.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard


def wrong(table: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], Wrong, bool]]:
    """Yield the way to each key that is wrong, or has a wrong value.

    With it comes what is wrong, and whether that is the value.
    """
    for operation, said in table.items():
        if said is False:
            continue
        if not _is_table(said):
            says = "an operation is `false`, or a table that says what its pages go on `by`"
            yield (operation,), (says, ""), True
            continue
        for way, found, of_value in _in_one(said):
            yield (operation, *way), found, of_value


def _in_one(said: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], Wrong, bool]]:
    by = said.get("by")
    if not isinstance(by, str):
        says = "`by` must be a string" if "by" in said else "there is no `by`"
        yield (("by",) if "by" in said else ()), (says, hint("", KINDS)), "by" in said
        return
    if by not in KINDS:
        says = f"pages do not go on by `{shown(by)}`"
        yield ("by",), (says, hint(closest(by, tuple(KINDS)), KINDS)), True
        return
    needed, optional = KINDS[by]
    known = ("by", *needed, *optional)
    for key in said:
        if key not in known:
            says = f"pages that go on by `{by}` have no key `{shown(key)}`"
            yield (key,), (says, hint(closest(key, known), known)), False
        elif says := _wrong(key, said[key]):
            yield (key,), (says, ""), True
    for key in needed:
        if key not in said:
            yield (), (f"pages that go on by `{by}` need `{key}`", ""), False


def _wrong(key: str, value: object) -> str:
    if key == "first":
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_number and value in (0, 1) else "`first` must be 0 or 1"
    if not isinstance(value, str):
        return f"`{key}` must be a string"
    return "" if value or key == "items" else f"`{key}` is empty"


def given(table: Mapping[str, object]) -> tuple[PageChoice, ...]:
    """Return what a table says, as far as it makes sense."""
    return tuple(_choice(operation, said) for operation, said in table.items())


def _choice(operation: str, said: object) -> PageChoice:
    table = said if _is_table(said) else {}
    texts = {key: text for key in TEXTS if isinstance(text := table.get(key), str)}
    items, first = table.get("items"), table.get("first")
    return PageChoice(
        operation,
        **texts,
        items=items if isinstance(items, str) else None,
        first=first if isinstance(first, int) else None,
    )


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)  # the keys of TOML are strings
