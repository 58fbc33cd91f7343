"""Rules of what openapi-spec-validator says besides."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

VALIDATOR = (
    Rule(
        "openapi-schema",
        UNCLEAR,
        "The document satisfies the JSON Schema of its version of OpenAPI.",
        "What breaks it in a way that no rule above describes has no certain meaning.",
    ),
    Rule(
        "openapi-advice",
        CLEAR,
        "The document follows OpenAPI to the letter.",
        "The meaning is clear though the letter is not kept; other tools may refuse it.",
    ),
    Rule(
        "validator-gave-up",
        CLEAR,
        "openapi-spec-validator can look at the whole document, within its time and memory.",
        "What it did not look at was judged by the other rules only.",
    ),
)
