"""The table of what is ignored, and by which rule: what the ledger of fidelity gives as a reason.

Findings are rules, too: what a finding says to be left out is ignored by the rule of that finding.
"""

from __future__ import annotations

from typing import NamedTuple


class Ignoring(NamedTuple):
    """`says` is what is ignored, `why` what it would be for."""

    name: str
    says: str
    why: str


IGNORING = (
    Ignoring(
        "about",
        "Who offers an API, under which terms, and what it is about.",
        "The package is named after the title and the version.",
    ),
    Ignoring(
        "allow-empty-value",
        "`allowEmptyValue`.",
        "OpenAPI deprecates it; what is empty is sent as it is.",
    ),
    Ignoring(
        "beside-reference",
        "What stands beside a `$ref` where only that counts.",
        "OpenAPI 3.0, and everywhere but in schemas: what else is there says nothing.",
    ),
    Ignoring(
        "beside-style",
        "`contentType` of a member of a form, beside a style.",
        "The style goes first (OpenAPI, section Encoding Object).",
    ),
    Ignoring("body-name", "The name of a body in Swagger 2.0.", "Nothing says it on the wire."),
    Ignoring("comment", "`$comment`.", "It is for those who maintain the document."),
    Ignoring(
        "content-schema",
        "`contentSchema`, and the media type of a text.",
        "A text is handed over as it is.",
    ),
    Ignoring(
        "deprecated",
        "`deprecated` of what has no docstring.",
        "What is deprecated works all the same.",
    ),
    Ignoring(
        "dialect",
        "Which version and dialect a document is written in, and what schemas call themselves.",
        "It says how the rest is read, and the rest is generated.",
    ),
    Ignoring(
        "encoding-of-no-form",
        "`encoding` where the content is no form.",
        "OpenAPI gives it a meaning for the members of forms alone.",
    ),
    Ignoring("example", "Examples.", "The generated tests make their own values."),
    Ignoring("extension", "Extensions: `x-…`.", "Only those are read whose meaning is known."),
    Ignoring("external-docs", "`externalDocs`.", "It leads to a page for people."),
    Ignoring(
        "failure-content",
        "Content of a failure that is neither JSON, nor text, nor octets.",
        "A failure is raised with what came, whatever it is.",
    ),
    Ignoring(
        "format",
        "A `format` that neither a type nor a check stands for.",
        "It is an annotation (JSON Schema Validation, section 7.2.1).",
    ),
    Ignoring(
        "idle-default",
        "A default that nothing falls back on.",
        "What is required is given; items and answers are what they are; a PATCH changes only "
        "what is named.",
    ),
    Ignoring(
        "incoming",
        "Where a webhook or a callback goes, with what parameters and credentials.",
        "Its payloads have types; who receives them decides the rest.",
    ),
    Ignoring(
        "later-tag",
        "Tags of an operation but the first.",
        "A method stands in one group, which may be named otherwise.",
    ),
    Ignoring("link", "Links.", "They suggest a next call, and callers choose theirs."),
    Ignoring(
        "not-chosen",
        "What a target has not chosen by `tags`, `paths` or `operations`.",
        "Only what the chosen operations reach is made.",
    ),
    Ignoring(
        "of-another-kind",
        "Keywords for another kind of value than the schema is for.",
        "They let every value of its kind pass (JSON Schema Validation, section 6).",
    ),
    Ignoring(
        "one-way",
        "`readOnly` of what is never sent, or of what variants are told by; members that only travel "
        "the other way.",
        "There is nothing to leave it out of; a tag travels whatever is said of it.",
    ),
    Ignoring(
        "other-server",
        "Servers of an operation or a path but the first, and those that another list replaces.",
        "An operation goes to one server.",
    ),
    Ignoring(
        "overlay",
        "Where an overlay applies, and what it is for.",
        "What it writes is counted as what became of it.",
    ),
    Ignoring(
        "overridden-parameter",
        "A parameter of a path that no operation takes up.",
        "Each of its operations has a namesake, or there is no place for it in the path.",
    ),
    Ignoring(
        "part-header",
        "Headers of the parts of a form.",
        "Callers may give a part what headers they like.",
    ),
    Ignoring(
        "required-in-path",
        "`required` of a parameter in the path.",
        "It always is (OpenAPI, section Parameter Object).",
    ),
    Ignoring(
        "said-twice",
        "What another part of the same schema says as well.",
        "It would be the same without it.",
    ),
    Ignoring(
        "tag",
        "Tags that no operation has for its first, or that say nothing.",
        "A group is named after the tag, as operations mention it.",
    ),
    Ignoring(
        "title",
        "Titles of schemas.",
        "A type is named after its component or its place; only an inline variant needs another.",
    ),
    Ignoring(
        "token-source",
        "How a credential is come by, but for the flows that there are sources of tokens for.",
        "Other flows show tokens or passwords to others (RFC 9700); the rest is the server's to say.",
    ),
    Ignoring(
        "unprinted",
        "Prose about what has no docstring: successes, paths, credentials.",
        "It would have to stand where nobody looks for it.",
    ),
    Ignoring(
        "untyped-content",
        "The schema of content that travels as text or octets.",
        "It is handed over as it is.",
    ),
    Ignoring(
        "unused",
        "Components that nothing refers to, schemas aside, and credentials that nothing asks for.",
        "Nothing is made of them: what they would be a part of is not there.",
    ),
    Ignoring("xml", "`xml`.", "Data travels as JSON or as a form."),
)
"""In the order of their names."""


def section() -> list[str]:
    """Return the lines of the table in `docs/RULES.md`."""
    return [
        *("", "## What is ignored", ""),
        "Nothing is dropped in silence: `specloom explain DOC --ledger` counts the nodes of a document",
        "that are generated, that are documentation, and that are ignored by one of these rules, or by",
        "one of those above whose finding says that something is left out.",
        *("", "| rule | what is ignored | why |", "|---|---|---|"),
        *(f"| `{rule.name}` | {rule.says} | {rule.why} |" for rule in IGNORING),
    ]
