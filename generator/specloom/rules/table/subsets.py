"""Rules of choosing parts of a document."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

SUBSETS = (
    Rule(
        "subset",
        UNCLEAR,
        "Each tag, path and operation that is asked for is one of the document.",
        "Something else is meant than what would be generated.",
    ),
    Rule(
        "subset-reach",
        CLEAR,
        "What is chosen refers to components, and not into operations that are not chosen.",
        "These stay as well, or the reference would lead nowhere.",
    ),
    Rule(
        "pages",
        UNCLEAR,
        "What a target says of pages is about operations, parameters and members of the document.",
        "Other answers would be asked for than are meant, or none.",
    ),
    Rule(
        "declared-pages",
        CLEAR,
        "What an extension says of pages is about parameters and members of the document.",
        "It says nothing then; what is recognised without it counts.",
    ),
)
