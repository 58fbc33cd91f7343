"""Rules of the shape of a document."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

SHAPE = (
    Rule(
        "openapi-version",
        UNCLEAR,
        "The field `openapi` is a version 3.0, 3.1 or 3.2; the field `swagger` is 2.0.",
        "The versions differ in what the same words mean.",
    ),
    Rule(
        "swagger-version",
        CLEAR,
        "The field `swagger` is a text.",
        "YAML reads 2.0 without quotes as a number; only one version can be meant.",
    ),
    Rule(
        "no-content",
        UNCLEAR,
        "There are `paths`, `components` or `webhooks`.",
        "Otherwise nothing is described.",
    ),
    Rule(
        "wrong-type",
        UNCLEAR,
        "A field holds a value of the type that the specification gives.",
        "What another type is meant to say is a guess.",
    ),
    Rule(
        "wrong-prose",
        CLEAR,
        "A field for people holds a string.",
        "Nothing is generated from it but a docstring, which is left out.",
    ),
    Rule(
        "flag-required",
        CLEAR,
        "`required` of a schema lists the names of properties.",
        "Beside one property, as before JSON Schema 4, it says nothing: whether it is required is said "
        "by the object.",
    ),
    Rule(
        "missing-field",
        UNCLEAR,
        "A required field is there.",
        "Without it the object around it has no certain meaning.",
    ),
    Rule(
        "incomplete",
        CLEAR,
        "A required field is there, even one that only people read.",
        "The meaning is clear without it, but the document is not valid.",
    ),
    Rule(
        "missing-responses",
        CLEAR,
        "An operation describes its responses.",
        "The operation can be called, but nothing is known about its answers.",
    ),
    Rule(
        "unknown-field",
        CLEAR,
        "An object has the fields of the specification, and extensions that begin with `x-`.",
        "Other fields mean nothing and are ignored; often the name is mistyped.",
    ),
    Rule(
        "broken-reference",
        UNCLEAR,
        "A reference leads to something, and that of a schema to a schema.",
        "What should stand in its place is unknown.",
    ),
    Rule(
        "component-name",
        UNCLEAR,
        "A name in `components` is not empty, and has neither slashes nor what nobody sees.",
        "References are made of such names: it would be a guess where one ends.",
    ),
    Rule(
        "foreign-reference",
        UNCLEAR,
        "A reference leads to the document, or to a file of the folder that it is published in.",
        "A document must not read what is none of it, and nothing is fetched over the network.",
    ),
    Rule(
        "mixed-versions",
        CLEAR,
        "All files of a document are of one version of OpenAPI.",
        "The versions differ in what the same words mean: that of the document counts.",
    ),
    Rule(
        "embedded-reference",
        CLEAR,
        "A reference counts from the top of the document.",
        "One that leads nowhere from there is taken to count from the nearest schema around it.",
    ),
    Rule(
        "misplaced-reference",
        CLEAR,
        "References stand where OpenAPI allows them.",
        "What is meant is clear all the same: it is read as if it were written there.",
    ),
)
