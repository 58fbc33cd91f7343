"""The page that says what works: a row for each feature whose tests have all passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from .driving import ROOT

CORPUS = ROOT / "tests" / "corpus"
PAGE = ROOT / "docs" / "FEATURES.md"
FEATURES = sorted(path.parent.name for path in CORPUS.glob("*/spec.yaml"))

GROUPS = {
    "Parameters": (
        "parameters",
        "styles",
        "headers",
        "cookies",
        "content_parameters",
        "reserved",
        "querystring",
        "unset",
    ),
    "Bodies": (
        "json_bodies",
        "forms",
        "form_shapes",
        "multipart",
        "text_and_octets",
        "content_types",
    ),
    "Answers": ("responses", "answer_types", "answer_headers", "big_numbers", "raw"),
    "Streams": ("event_streams", "json_lines", "downloads", "uploads", "streams"),
    "Pages": ("pages",),
    "Errors": ("errors",),
    "Security": ("security", "credentials", "unmet_schemes", "token_sources", "flows"),
    "Servers": ("servers", "relative_server"),
    "Operations": ("methods", "path_items", "docstrings"),
    "Calls": ("retries", "idempotency_keys", "timeouts", "hooks"),
    "Ways out": ("ways_out",),
    "Webhooks": (
        "webhooks",
        "webhook_events",
        "webhook_addresses",
        "webhook_signatures",
        "callbacks",
    ),
    "Documents": ("several_files", "swagger_2", "embedded_references"),
    "Packages": ("large_packages", "stdlib_transport"),
    "Types": (
        "additional_members",
        "all_of",
        "anchors",
        "conditions",
        "containers",
        "defaults",
        "deprecated",
        "enums",
        "formats",
        "listed_values",
        "long_names",
        "module_names",
        "name_hints",
        "names",
        "nullables",
        "objects",
        "ordered_items",
        "patterned_members",
        "read_only",
        "references",
        "secrets",
        "several_types",
    ),
    "Unions": (
        "unions",
        "variants",
        "declared_tags",
        "inherited_tags",
        "inferred_tags",
        "keys",
        "kinds",
        "scalar_unions",
        "overlaps",
        "unknown_variants",
        "closed_responses",
        "nested_unions",
        "inner_tests",
        "union_bodies",
        "required_alternatives",
    ),
}

LINES = {
    "stdlib_transport": {
        "connections": "No other package is needed: connections are kept from call to call, shared by threads and tasks, and left to nobody by a task that is cancelled.",
        "tls": "Who answers is verified, by the certificates of the system or by a context of yours.",
        "proxies": "Proxies are those of the environment, `CONNECT` for https, and are never gone around.",
    },
    "token_sources": {
        "code": "A code, and what a user consented to, becomes tokens; these become others in time.",
        "pkce": "A code is good for whoever asked for it (S256), and for no answer to another request.",
        "client": "A client acts for itself; it says who it is by Basic, in the body, or not at all.",
        "waiting": "A hundred threads or tasks that need a token cause one request.",
        "rotation": "No token is handed out before what it is renewed by has been stored.",
        "refusals": "Grants that are over, failures, and answers that are none: said, and no secret shown.",
        "credential": "A client takes a source for a credential.",
    },
    "deprecated": {
        "said": "What nobody should use any more is documented as such.",
        "warnings": "Operations and parameters warn once, at the line that uses them.",
    },
    "read_only": {
        "one_way": "What only comes is not in a type that is sent, nor the other way round.",
        "both_ways": "A schema that travels both ways is two types, `Pet` and `PetInput`.",
        "unions": "Unions whose variants differ by what comes and what goes.",
    },
    "formats": {
        "date_time": "`date-time`: a `datetime` that goes back as it came, nanoseconds and all.",
        "date": "`date`: a `date`.",
        "time": "`time`: a `time` that goes back as it came, with or without an offset.",
        "duration": "`duration`: a `timedelta`, or a text where the calendar decides how long it is.",
        "octets": "`byte`, `base64url` and `contentEncoding`: `bytes`.",
        "decimal": "`decimal`: a `Decimal`, digit for digit.",
        "width": "`int32`, `uint64` and their like: an `int` of so many bits.",
    },
    "pages": {
        "cursor": "A page says by what the next one is asked for: in the query, or in a body.",
        "last_item": "The next page begins behind the last item of the one before.",
        "page": "Pages have numbers, and an answer says how many there are.",
        "offset": "The next page is asked for by the number of items before it.",
        "url": "A page says where the next one is, in a member: at the same origin and nowhere else.",
        "link": "An answer says it in a header `Link` (RFC 8288).",
        "declared": "An extension says how it goes on: `x-speakeasy-pagination` and its like.",
        "named": "The target says it, or that there are no pages.",
    },
    "declared_tags": {
        "mapping": "A `discriminator` with a mapping: several values may mean one variant.",
        "names": "A `discriminator` without a mapping: the names of the components are the values.",
    },
    "inferred_tags": {
        "const": "A constant of its own in each variant.",
        "two": "Two constants, neither of which is enough.",
        "enum": "An enum in each variant, so that a variant owns several values.",
    },
    "kinds": {
        "kinds": "A string or an object.",
        "many": "One thing or an array of them, which stays what it is.",
        "null": "Two kinds and null, which is not absence.",
    },
    "scalar_unions": {
        "open": "An enum that takes any other string too.",
        "uuid": "A UUID or another string.",
        "numeric": "A number or a numeric string, neither of which becomes the other.",
        "number": "An integer or a number.",
    },
    "overlaps": {
        "one_of": "A `oneOf` in which values fit two variants: a warning shows one; the most specific is taken.",
        "any_of": "An `anyOf` in which values fit several variants: no member of any of them is lost.",
    },
    "unknown_variants": {
        "variant": "A variant that nobody knew is received, and sent back as it came.",
        "member": "So are members, and values of enums, that nobody knew.",
    },
    "nested_unions": {
        "flat": "A union of unions is one union.",
        "recursive": "A union whose variants hold the union.",
    },
    "inner_tests": {
        "member": "Variants that differ in what one of their members may be.",
        "item": "Arrays that differ in what their items may be.",
    },
    "union_bodies": {
        "form": "A URL-encoded form of one of several kinds.",
        "multipart": "A multipart form of one of several kinds, one with a file.",
    },
    "required_alternatives": {
        "at_least_one": "At least one of several members is required.",
        "exactly_one": "Exactly one of several sets of members is required.",
    },
}
"""What a feature shows, where that is more than one thing: each has tests and a row of its own."""

# Of documents that do not describe themselves.
_DESCRIPTIONS = {
    "several_files": "A document of several files, YAML and JSON, that refer to one another.",
    "parameters": "Parameters in their default styles, with constraints.",
    "responses": "Answers told apart by status: a code, a range or the rest.",
    "security": "Alternatives of credentials, optional ones, and none.",
    "containers": "Arrays and maps, within one another.",
    "enums": "Enums of strings and integers, and constants; those received may grow.",
    "names": "Names that Python, or the package itself, has other uses for.",
    "nullables": "Null, and absence, which is not null; bodies that change what they mention.",
    "objects": "Objects, required and optional members, defaults and constraints.",
    "references": "References to components, in circles and to one another.",
    "secrets": "Values that no message, `repr` or log shows.",
    "unions": "Unions whose variants a tag tells apart, and variants that nobody knew.",
    "inherited_tags": "A base with a `discriminator`: those that inherit from it are its variants.",
    "keys": "Variants told apart by a member that each of them alone requires.",
    "closed_responses": 'What is not listed is an error (`responses = "closed"`).',
    "variants": "Unions without a discriminator, told apart by what their variants are.",
}

_HEAD = """\
# Features

Each feature is a small document; its tests generate the package, import it and drive it over a socket, sync
and async. A feature stands here only if all of its tests have passed. This page is written by
`pytest tests/features --record`.
"""


@dataclass
class Tally:
    """How the tests of one feature went."""

    passed: set[str] = field(default_factory=set[str])
    failed: set[str] = field(default_factory=set[str])


def page(tallies: dict[str, Tally]) -> str:
    """Return the page for what has passed."""
    parts = [_HEAD]
    for group, names in GROUPS.items():
        rows = [row for name in names for row in _rows(name, tallies)]
        if rows:
            parts.append("\n".join([f"## {group}\n", *_TABLE, *rows, ""]))
    return "\n".join(parts)


_TABLE = ("| feature | what it is | tests |", "|---|---|---:|")


def _rows(name: str, tallies: dict[str, Tally]) -> Iterator[str]:
    if not _works(name, tallies):
        return
    info = yaml.safe_load((CORPUS / name / "spec.yaml").read_text("utf-8"))["info"]
    link = f"[{info['title']}](../tests/corpus/{name}/spec.yaml)"
    if name not in LINES:
        said = info.get("description") or _DESCRIPTIONS[name]
        yield f"| {link} | {said} | {len(tallies[name].passed)} |"
    for line, said in LINES.get(name, {}).items():
        if _works(f"{name}/{line}", tallies):
            yield f"| {link} | {said} | {len(tallies[f'{name}/{line}'].passed)} |"


def _works(name: str, tallies: dict[str, Tally]) -> bool:
    tally = tallies.get(name, Tally())
    return bool(tally.passed) and not tally.failed
