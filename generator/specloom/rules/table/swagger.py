"""Rules of what only Swagger 2.0 asks."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

SWAGGER = (
    Rule(
        "parameter-type",
        CLEAR,
        "A parameter in the body has a `schema`, any other a `type`.",
        "The one that is there is read for the one that is not.",
    ),
    Rule(
        "two-bodies",
        UNCLEAR,
        "An operation has one parameter `in: body`, or some `in: formData`, or neither.",
        "A request has one body; it would be a guess which is meant.",
    ),
    Rule(
        "no-media-type",
        CLEAR,
        "`consumes` and `produces` say which content types bodies and answers have.",
        "Where they do not, JSON is taken; it is said once, for the first operation.",
    ),
    Rule(
        "no-schemes",
        CLEAR,
        "A document with a `host` says by which `schemes` it is reached.",
        "The scheme would be that of the document itself, which is a file; `https` gives nothing "
        "away.",
    ),
    Rule(
        "other-scheme",
        CLEAR,
        "The `schemes` are `http` and `https`.",
        "Nothing else is generated; where one of these stands beside it, it is left out.",
    ),
)
