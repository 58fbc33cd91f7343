"""The model of a target that takes only what its document lists."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir


def closed(api: ir.Api) -> ir.Api:
    """Return a model in which a value or a variant that nobody listed is an error.

    Members that nobody declared are kept as ever: they change nothing of what is known.
    """
    definitions = tuple(replace(d, usage=replace(d.usage, closed=True)) for d in api.definitions)
    return replace(api, definitions=definitions)
