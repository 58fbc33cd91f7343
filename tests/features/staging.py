"""A server that says its lines piece by piece, for the tests of features."""

from __future__ import annotations

# Of no absolute name that pytest, mypy and pyright agree on, so it is imported here alone.
from ..scripted import LAST, Asked, Script, Stage, chunk, head, stage  # noqa: TID252

__all__ = ["LAST", "Asked", "Script", "Stage", "chunk", "head", "stage"]
