"""How a document was understood, told to a person: what `specloom explain` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.explain.atlas import Atlas, Located, Written, atlas_of
from specloom.explain.finding import Found, Unknown, find
from specloom.explain.layout import Lines, apart, table, title
from specloom.explain.operations import explain_operation
from specloom.explain.overview import overview
from specloom.explain.parameters import explain_parameter
from specloom.explain.properties import explain_property
from specloom.explain.subjects import ParameterOf, PropertyOf, Subject, at_of, name_of
from specloom.explain.types import explain_type
from specloom.naming import Names
from specloom.shown import shown

__all__ = ["Unknown", "explain"]


def explain(
    api: ir.Api,
    names: Names,
    located: Located,
    wanted: str | None,
    written: Written,
) -> str:
    """Return how something was lowered, for a terminal; without a name, what there is to explain.

    `wanted` is a name in Python or in the document, or a JSON pointer; what several things are
    called explains them all. Raises Unknown.
    """
    atlas = atlas_of(api, names, located, written)
    if wanted is None or wanted in ("", "#"):
        lines = overview(atlas)
    else:
        lines = _explained(find(wanted, atlas.world, written), atlas)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _explained(found: Found, atlas: Atlas) -> Lines:
    head = tuple(_head(found, atlas))
    return apart(head, *(_subject(subject, atlas) for subject in found.subjects))


def _head(found: Found, atlas: Atlas) -> Iterator[str]:
    """Return what has to be said first: that something else is meant, or several things."""
    several = len(found.subjects) > 1
    called = f"`{shown(found.wanted)}`"
    if found.is_around:
        yield from title(f"{called} has no name of its own; around it:")
    elif several:
        yield f"{called} means {len(found.subjects)} things:"
    if several:
        rows = ((atlas.line(at_of(s)), name_of(s, atlas.world)) for s in found.subjects)
        yield from table(("line", "name"), rows)


def _subject(subject: Subject, atlas: Atlas) -> Lines:
    match subject:
        case ir.Definition():
            return explain_type(subject, atlas)
        case PropertyOf():
            return explain_property(subject, atlas)
        case ir.Operation():
            return explain_operation(subject, atlas)
        case ParameterOf():
            return explain_parameter(subject, atlas)
        case _:
            assert_never(subject)
