"""Why some hostile documents do not become what is expected first of them."""

from __future__ import annotations

REASONS = {
    "desc-surrogate": "half of a surrogate pair is no character, and no file of UTF-8 can hold it.",
    "opid-duplicate": (
        "published documents repeat an `operationId`, and nothing hangs on it but a name: the second"
        " operation gets another one, with a warning."
    ),
    "schemaname-nfkc": (
        "published documents name components in letters of all scripts, which OpenAPI does not allow"
        " either. A name is never taken over as it is, so there is a warning."
    ),
    "path-braces": "it would be a guess where the parameters of such a path stand.",
    "path-undeclared": (
        "published documents forget to declare parameters of a path. What is meant is clear: a"
        " required string, with a warning."
    ),
    "security-fields": "no header can carry that credential, and the document asks for it.",
    "discriminator": (
        "its mapping leads to a file outside of the folder, and to an address: neither is read, and"
        " what the variant is remains unknown."
    ),
    "schema-deep-300": "values may be nested 200 levels deep, so that no stage recurses without end.",
    "array-deep-400": "values may be nested 200 levels deep, so that no stage recurses without end.",
    "yaml-anchor-legit": (
        "YAML 1.2, by which OpenAPI goes, has no merge key: the message says what to write instead."
    ),
}
"""By the id of a document."""
