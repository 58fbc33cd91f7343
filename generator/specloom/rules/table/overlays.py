"""Rules of overlays over a document."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

OVERLAYS = (
    Rule(
        "overlay-version",
        UNCLEAR,
        "An overlay is of version 1.0 or 1.1 of the Overlay Specification.",
        "What others mean is not known.",
    ),
    Rule(
        "overlay-path",
        UNCLEAR,
        "What an action is about is said by a JSONPath (RFC 9535) of reasonable cost.",
        "It is not known what else is to be changed; and no path may take minutes.",
    ),
    Rule(
        "overlay-update",
        UNCLEAR,
        "An object is merged into an object, a list into a list, a plain value into a plain value.",
        "Anything else may be a mistake; what is to be replaced can be removed first.",
    ),
    Rule(
        "overlay-no-effect",
        CLEAR,
        "Each action of an overlay changes something.",
        "The document may have changed since, or the path is mistyped.",
    ),
    Rule(
        "overlay-extends",
        CLEAR,
        "An overlay is applied to the document that it `extends`.",
        "What it corrects elsewhere may be right here.",
    ),
)
