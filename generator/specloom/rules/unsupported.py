"""The table of what is not supported and can be left out, by the name that a target allows it by."""

from __future__ import annotations

from typing import NamedTuple


class Feature(NamedTuple):
    """`says` is what it is, `without` what of the document is left out where it is allowed."""

    name: str
    says: str
    without: str


UNSUPPORTED = (
    Feature(
        "dynamic-reference",
        "`$dynamicRef`, where it may lead to several schemas",
        "the keyword: what it would check is not checked",
    ),
    Feature(
        "form-member",
        "a member of a form that is neither text, nor JSON, nor a file: parts within a part, "
        "required headers of a part, files under any name",
        "the operation",
    ),
    Feature(
        "parameter-content",
        "a parameter that is written as something else than text or JSON",
        "the operation",
    ),
    Feature(
        "pattern",
        "a regular expression that Python cannot say, or may take very long to search for",
        "the pattern: texts are not held to it",
    ),
    Feature(
        "security-scheme",
        "credentials that answer a challenge of the server, as those of Digest",
        "that alternative of `security`: the client sends no such credentials",
    ),
)
"""In the order of their names."""
NAMES = tuple(feature.name for feature in UNSUPPORTED)


def section() -> list[str]:
    """Return the lines of the table in `docs/RULES.md`."""
    return [
        *("", "## What is unsupported, and can be left out", ""),
        "These are errors of the rule `not-supported-yet`. A target that names one in `allow`, or",
        "`--allow NAME`, goes without: the docstring of the package says what is missing, and where.",
        *("", "| name | what it is | what is left out |", "|---|---|---|"),
        *(f"| `{one.name}` | {one.says} | {one.without} |" for one in UNSUPPORTED),
    ]
