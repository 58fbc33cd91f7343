"""What is different for the callers of a package that was generated anew."""

from __future__ import annotations

from collections.abc import Mapping

PARTS = ("models", "client", "oauth", "webhooks")
"""The parts of a package that say what callers see: each is a module, or a folder of some."""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return what changed for callers, a line for each type and method.

    Both map paths of files to their text. A part that is new or gone is not compared: the first
    generation is no change.
    """
    if not before:
        return ()
    from specloom.difference.comparison import compared  # which the first generation need not load

    return compared(before, after)
