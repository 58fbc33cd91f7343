"""Rules of reading a document: of bytes, JSON, YAML and Markdown."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

READING = (
    Rule(
        "unreadable",
        UNCLEAR,
        "The document can be opened and read.",
        "Nothing is known about a file that is missing, a folder or forbidden.",
    ),
    Rule(
        "encoding",
        UNCLEAR,
        "The document is UTF-8.",
        "Other encodings can only be guessed (RFC 8259, section 8.1).",
    ),
    Rule(
        "yaml-syntax",
        UNCLEAR,
        "The document is well-formed YAML 1.2.",
        "What comes after the mistake has no certain meaning.",
    ),
    Rule(
        "json-syntax",
        UNCLEAR,
        "The document is well-formed JSON.",
        "What comes after the mistake has no certain meaning.",
    ),
    Rule(
        "duplicate-key",
        UNCLEAR,
        "No object has two members of one name.",
        "Readers differ in which of the two they keep (RFC 8259, section 4).",
    ),
    Rule(
        "duplicate-documentation-key",
        CLEAR,
        "No object has two descriptions, titles or examples of one name.",
        "The last one counts; only documentation is lost.",
    ),
    Rule(
        "yaml-tag",
        UNCLEAR,
        "YAML tags name the types of JSON only.",
        "Other tags ask for types that a document of OpenAPI cannot hold, or for code.",
    ),
    Rule(
        "yaml-key",
        UNCLEAR,
        "Keys of YAML mappings are scalars that JSON can write as strings.",
        "JSON has no other keys (OpenAPI, section Format).",
    ),
    Rule(
        "yaml-alias",
        UNCLEAR,
        "YAML aliases follow their anchors and do not contain themselves.",
        "A value that contains itself has no JSON.",
    ),
    Rule(
        "yaml-documents",
        UNCLEAR,
        "A file holds one YAML document.",
        "It would be a guess which of them is meant.",
    ),
    Rule(
        "limit",
        UNCLEAR,
        "The document stays within the limits of size, depth and repetition.",
        "A small file must not grow into a value that fills the memory.",
    ),
    Rule(
        "number",
        UNCLEAR,
        "Numbers are finite and of a reasonable length.",
        "JSON has no infinity, and a number of a thousand digits is a mistake or an attack.",
    ),
    Rule("empty", UNCLEAR, "The document holds something.", "There is nothing to generate from."),
    Rule(
        "not-openapi",
        UNCLEAR,
        "The document is an object with the field `openapi`, or `swagger` for Swagger 2.0.",
        "Other formats have other meanings.",
    ),
    Rule(
        "markdown-block",
        UNCLEAR,
        "A Markdown page holds exactly one block with an OpenAPI document.",
        "It would be a guess which block is meant.",
    ),
)
