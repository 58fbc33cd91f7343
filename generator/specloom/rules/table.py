"""The table of rules: what each finding is called, how grave it is, and why it is one."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.diagnostics import Diagnostic, Related, Severity, Span
from specloom.rules.ignoring import section as ignored
from specloom.rules.unsupported import section as unsupported
from specloom.values import Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding. `says` is what must hold, `why` what would go wrong otherwise."""

    name: str
    severity: Severity
    says: str
    why: str


_UNCLEAR = Severity.ERROR
_CLEAR = Severity.WARNING

_READING = (
    Rule(
        "unreadable",
        _UNCLEAR,
        "The document can be opened and read.",
        "Nothing is known about a file that is missing, a folder or forbidden.",
    ),
    Rule(
        "encoding",
        _UNCLEAR,
        "The document is UTF-8.",
        "Other encodings can only be guessed (RFC 8259, section 8.1).",
    ),
    Rule(
        "yaml-syntax",
        _UNCLEAR,
        "The document is well-formed YAML 1.2.",
        "What comes after the mistake has no certain meaning.",
    ),
    Rule(
        "json-syntax",
        _UNCLEAR,
        "The document is well-formed JSON.",
        "What comes after the mistake has no certain meaning.",
    ),
    Rule(
        "duplicate-key",
        _UNCLEAR,
        "No object has two members of one name.",
        "Readers differ in which of the two they keep (RFC 8259, section 4).",
    ),
    Rule(
        "duplicate-documentation-key",
        _CLEAR,
        "No object has two descriptions, titles or examples of one name.",
        "The last one counts; only documentation is lost.",
    ),
    Rule(
        "yaml-tag",
        _UNCLEAR,
        "YAML tags name the types of JSON only.",
        "Other tags ask for types that a document of OpenAPI cannot hold, or for code.",
    ),
    Rule(
        "yaml-key",
        _UNCLEAR,
        "Keys of YAML mappings are scalars that JSON can write as strings.",
        "JSON has no other keys (OpenAPI, section Format).",
    ),
    Rule(
        "yaml-alias",
        _UNCLEAR,
        "YAML aliases follow their anchors and do not contain themselves.",
        "A value that contains itself has no JSON.",
    ),
    Rule(
        "yaml-documents",
        _UNCLEAR,
        "A file holds one YAML document.",
        "It would be a guess which of them is meant.",
    ),
    Rule(
        "limit",
        _UNCLEAR,
        "The document stays within the limits of size, depth and repetition.",
        "A small file must not grow into a value that fills the memory.",
    ),
    Rule(
        "number",
        _UNCLEAR,
        "Numbers are finite and of a reasonable length.",
        "JSON has no infinity, and a number of a thousand digits is a mistake or an attack.",
    ),
    Rule("empty", _UNCLEAR, "The document holds something.", "There is nothing to generate from."),
    Rule(
        "not-openapi",
        _UNCLEAR,
        "The document is an object with the field `openapi`, or `swagger` for Swagger 2.0.",
        "Other formats have other meanings.",
    ),
    Rule(
        "markdown-block",
        _UNCLEAR,
        "A Markdown page holds exactly one block with an OpenAPI document.",
        "It would be a guess which block is meant.",
    ),
)

_SHAPE = (
    Rule(
        "openapi-version",
        _UNCLEAR,
        "The field `openapi` is a version 3.0, 3.1 or 3.2; the field `swagger` is 2.0.",
        "The versions differ in what the same words mean.",
    ),
    Rule(
        "swagger-version",
        _CLEAR,
        "The field `swagger` is a text.",
        "YAML reads 2.0 without quotes as a number; only one version can be meant.",
    ),
    Rule(
        "no-content",
        _UNCLEAR,
        "There are `paths`, `components` or `webhooks`.",
        "Otherwise nothing is described.",
    ),
    Rule(
        "wrong-type",
        _UNCLEAR,
        "A field holds a value of the type that the specification gives.",
        "What another type is meant to say is a guess.",
    ),
    Rule(
        "wrong-prose",
        _CLEAR,
        "A field for people holds a string.",
        "Nothing is generated from it but a docstring, which is left out.",
    ),
    Rule(
        "flag-required",
        _CLEAR,
        "`required` of a schema lists the names of properties.",
        "Beside one property, as before JSON Schema 4, it says nothing: whether it is required is said "
        "by the object.",
    ),
    Rule(
        "missing-field",
        _UNCLEAR,
        "A required field is there.",
        "Without it the object around it has no certain meaning.",
    ),
    Rule(
        "incomplete",
        _CLEAR,
        "A required field is there, even one that only people read.",
        "The meaning is clear without it, but the document is not valid.",
    ),
    Rule(
        "missing-responses",
        _CLEAR,
        "An operation describes its responses.",
        "The operation can be called, but nothing is known about its answers.",
    ),
    Rule(
        "unknown-field",
        _CLEAR,
        "An object has the fields of the specification, and extensions that begin with `x-`.",
        "Other fields mean nothing and are ignored; often the name is mistyped.",
    ),
    Rule(
        "broken-reference",
        _UNCLEAR,
        "A reference leads to something.",
        "What should stand in its place is unknown.",
    ),
    Rule(
        "foreign-reference",
        _UNCLEAR,
        "A reference leads to the document, or to a file of the folder that it is published in.",
        "A document must not read what is none of it, and nothing is fetched over the network.",
    ),
    Rule(
        "mixed-versions",
        _CLEAR,
        "All files of a document are of one version of OpenAPI.",
        "The versions differ in what the same words mean: that of the document counts.",
    ),
    Rule(
        "embedded-reference",
        _CLEAR,
        "A reference counts from the top of the document.",
        "One that leads nowhere from there is taken to count from the nearest schema around it.",
    ),
    Rule(
        "misplaced-reference",
        _CLEAR,
        "References stand where OpenAPI allows them.",
        "What is meant is clear all the same: it is read as if it were written there.",
    ),
)

_MEANING = (
    Rule(
        "path",
        _UNCLEAR,
        "A path begins with `/`, and its braces match.",
        "It would be a guess where the parameters of the path stand.",
    ),
    Rule(
        "method",
        _UNCLEAR,
        "A key of `additionalOperations` is a method that has no field of its own.",
        "It would be a guess which of two operations is meant; no other name can be sent.",
    ),
    Rule(
        "path-fragment",
        _CLEAR,
        "A path has no fragment.",
        "What follows `#` in a URL is not sent (RFC 3986, section 3.5).",
    ),
    Rule(
        "path-parameter",
        _CLEAR,
        "Each `{name}` in a path is declared as a parameter.",
        "One that is not declared is taken for a required string.",
    ),
    Rule(
        "unused-path-parameter",
        _CLEAR,
        "A parameter in the path stands in the template of the path.",
        "It is left out: its value would be sent nowhere.",
    ),
    Rule(
        "duplicate-parameter",
        _UNCLEAR,
        "A parameter is declared once in a list, by its name and its place.",
        "It would be a guess which declaration counts.",
    ),
    Rule(
        "duplicate-operation-id",
        _CLEAR,
        "An `operationId` is given once.",
        "The second operation is renamed.",
    ),
    Rule(
        "duplicate-required",
        _CLEAR,
        "`required` lists a property once.",
        "The second mention says nothing new.",
    ),
    Rule(
        "half-null",
        _CLEAR,
        "`enum` and the type beside it agree about null.",
        "Whoever names null in one of them means that it fits.",
    ),
    Rule(
        "union-overlap",
        _CLEAR,
        "No value fits two variants of a `oneOf`.",
        "Which of them is meant can only be tried: the most specific is taken, and strict decoding "
        "refuses the value.",
    ),
    Rule(
        "union-undecided",
        _CLEAR,
        "It can be shown whether a value fits two variants of a union.",
        "They are tried, and the most specific is taken.",
    ),
    Rule(
        "dead-variant",
        _CLEAR,
        "Each variant of a union fits some value.",
        "A variant that nothing fits is left out.",
    ),
    Rule(
        "status-range",
        _CLEAR,
        "A range of statuses is written with a capital `XX`.",
        "`4xx` is read as `4XX`.",
    ),
    Rule(
        "status-key",
        _UNCLEAR,
        "The key of a response is a status (100 to 599), a range (1XX to 5XX) or `default`.",
        "It would be a guess for which answers the response stands.",
    ),
    Rule(
        "endless-schema",
        _UNCLEAR,
        "No schema is a part of itself, by `allOf` or `$ref`.",
        "To check a value one would have to have checked it already.",
    ),
    Rule(
        "impossible",
        _CLEAR,
        "What a schema and its `allOf` say can be true at once.",
        "No value fits: what is of such a type cannot be sent, only left out.",
    ),
    Rule(
        "empty-enum",
        _CLEAR,
        "An `enum` lists a value.",
        "By the letter nothing fits one that does not. Beside other parts of a schema it is ignored.",
    ),
    Rule(
        "closed-part",
        _CLEAR,
        "`additionalProperties: false` does not forbid what another part of `allOf` requires or has.",
        "It counts each part by itself; the properties of all parts are there all the same.",
    ),
    Rule(
        "bad-default",
        _CLEAR,
        "A default fits its schema.",
        "One that does not fit is dropped.",
    ),
    Rule(
        "rebased-reference",
        _CLEAR,
        "A reference within a schema that has an `$id` is relative to it.",
        "It leads nowhere there, and is taken as relative to the document (JSON Schema 2020-12, 8.2).",
    ),
    Rule(
        "unchecked-pattern",
        _CLEAR,
        "A pattern is one that Python can check, too.",
        "What it asks for is not checked: neither where it is sent nor where it is received.",
    ),
    Rule(
        "untold-default",
        _CLEAR,
        "A default that is a list or an object is of one type, whose members it names.",
        "Which variant of a union it is nobody says: the field is absent unless it is given.",
    ),
    Rule(
        "null-path-parameter",
        _UNCLEAR,
        "Something besides null fits a parameter in the path.",
        "Null has no text in a URL, and a path cannot do without.",
    ),
    Rule(
        "whole-query",
        _UNCLEAR,
        "A parameter `in: querystring` is the only one of the query.",
        "It is the whole query string: nothing can stand beside it.",
    ),
    Rule(
        "open-style",
        _CLEAR,
        "A style is used for values that OpenAPI says how to write.",
        "It is written as most servers read it, which may not be how this one does.",
    ),
    Rule(
        "ignored-header",
        _CLEAR,
        "`Accept`, `Content-Type`, `Authorization` and the headers of the transport are no "
        "parameters.",
        "OpenAPI says to ignore such definitions: other parts of the document decide.",
    ),
    Rule(
        "example-twice",
        _CLEAR,
        "`example` and `examples` exclude each other.",
        "Both are documentation, of which one is enough.",
    ),
    Rule(
        "header-name",
        _CLEAR,
        "The name of a header or a cookie is a token (RFC 9110, section 5.6.2).",
        "No other name can be sent: such a parameter is left out.",
    ),
    Rule(
        "null-parameter",
        _CLEAR,
        "Something besides null fits a parameter.",
        "Null has no text in a URL or a header (RFC 6570, section 2.3): it is left out.",
    ),
    Rule(
        "media-type",
        _UNCLEAR,
        "The key of a content has a type and a subtype, which a header can hold.",
        "It would be a guess which notation is meant.",
    ),
    Rule(
        "no-such-media-type",
        _CLEAR,
        "The key of a content is a media type or a range of them (RFC 9110, section 8.3.1).",
        "Nobody but the server knows how it is written: it is left to callers, as octets.",
    ),
    Rule(
        "content-type-left-out",
        _CLEAR,
        "Data of a schema travels as JSON, as a form or as plain text.",
        "Where JSON stands beside it, a notation such as XML is not generated.",
    ),
    Rule(
        "carried-whole",
        _CLEAR,
        "Content is JSON, text, octets, or a form of members.",
        "A stream of items, or parts without names, travels whole, as text or octets: its types have "
        "codecs, and callers use them.",
    ),
    Rule(
        "empty-answer",
        _CLEAR,
        "Answers to HEAD, and those of status 204, 205 and 304, have no content.",
        "HTTP forbids it (RFC 9110, section 6.4.1), so none is waited for.",
    ),
    Rule(
        "server-variable",
        _CLEAR,
        "The variables of a server are declared, each with a default.",
        "A server with an unknown part cannot be reached, and is left out.",
    ),
    Rule(
        "relative-server",
        _CLEAR,
        "A relative address is the first of the servers, and no other says where it is.",
        "Nothing says where the document itself is served, so only callers know the rest.",
    ),
    Rule(
        "server-address",
        _UNCLEAR,
        "A server speaks HTTP.",
        "Nothing else is generated.",
    ),
    Rule(
        "unmet-scheme",
        _CLEAR,
        "A security scheme that is asked for is declared.",
        "Nothing is sent for another: callers add what it needs.",
    ),
    Rule(
        "credentials-clash",
        _CLEAR,
        "Credentials that are sent together leave in different places.",
        "One header can hold one of them: they are taken for alternatives.",
    ),
    Rule(
        "not-supported-yet",
        _UNCLEAR,
        "The document keeps to what this version of Specloom can generate.",
        "Half a feature would fail at run time; it is better to say so now.",
    ),
)

_SUBSETS = (
    Rule(
        "subset",
        _UNCLEAR,
        "Each tag, path and operation that is asked for is one of the document.",
        "Something else is meant than what would be generated.",
    ),
    Rule(
        "subset-reach",
        _CLEAR,
        "What is chosen refers to components, and not into operations that are not chosen.",
        "These stay as well, or the reference would lead nowhere.",
    ),
)

_SWAGGER = (
    Rule(
        "parameter-type",
        _CLEAR,
        "A parameter in the body has a `schema`, any other a `type`.",
        "The one that is there is read for the one that is not.",
    ),
    Rule(
        "two-bodies",
        _UNCLEAR,
        "An operation has one parameter `in: body`, or some `in: formData`, or neither.",
        "A request has one body; it would be a guess which is meant.",
    ),
    Rule(
        "no-media-type",
        _CLEAR,
        "`consumes` and `produces` say which content types bodies and answers have.",
        "Where they do not, JSON is taken; it is said once, for the first operation.",
    ),
    Rule(
        "no-schemes",
        _CLEAR,
        "A document with a `host` says by which `schemes` it is reached.",
        "The scheme would be that of the document itself, which is a file; `https` gives nothing "
        "away.",
    ),
    Rule(
        "other-scheme",
        _CLEAR,
        "The `schemes` are `http` and `https`.",
        "Nothing else is generated; where one of these stands beside it, it is left out.",
    ),
)

_OVERLAYS = (
    Rule(
        "overlay-version",
        _UNCLEAR,
        "An overlay is of version 1.0 or 1.1 of the Overlay Specification.",
        "What others mean is not known.",
    ),
    Rule(
        "overlay-path",
        _UNCLEAR,
        "What an action is about is said by a JSONPath (RFC 9535) of reasonable cost.",
        "It is not known what else is to be changed; and no path may take minutes.",
    ),
    Rule(
        "overlay-update",
        _UNCLEAR,
        "An object is merged into an object, a list into a list, a plain value into a plain value.",
        "Anything else may be a mistake; what is to be replaced can be removed first.",
    ),
    Rule(
        "overlay-no-effect",
        _CLEAR,
        "Each action of an overlay changes something.",
        "The document may have changed since, or the path is mistyped.",
    ),
    Rule(
        "overlay-extends",
        _CLEAR,
        "An overlay is applied to the document that it `extends`.",
        "What it corrects elsewhere may be right here.",
    ),
)

_VALIDATOR = (
    Rule(
        "openapi-schema",
        _UNCLEAR,
        "The document satisfies the JSON Schema of its version of OpenAPI.",
        "What breaks it in a way that no rule above describes has no certain meaning.",
    ),
    Rule(
        "openapi-advice",
        _CLEAR,
        "The document follows OpenAPI to the letter.",
        "The meaning is clear though the letter is not kept; other tools may refuse it.",
    ),
    Rule(
        "validator-gave-up",
        _CLEAR,
        "openapi-spec-validator can look at the whole document, within its time and memory.",
        "What it did not look at was judged by the other rules only.",
    ),
)

RULES: tuple[Rule, ...] = (
    *_READING,
    *_OVERLAYS,
    *_SUBSETS,
    *_SHAPE,
    *_MEANING,
    *_SWAGGER,
    *_VALIDATOR,
)

_SEVERITY = {rule.name: rule.severity for rule in RULES}


def finding(
    rule: str,
    at: Place | Span,
    message: str,
    hint: str = "",
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    """Return a finding of a rule of the table, as grave as the table says."""
    return Diagnostic(at, rule, message, _SEVERITY[rule], hint, related)


def page() -> str:
    """Return the table as a Markdown page, `docs/RULES.md`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> list[str]:
    lines = [
        "# Rules",
        "",
        "Every finding names one of these rules. An *error* means that the meaning is unclear and",
        "nothing is generated; a *warning* means that the document is wrong but its meaning clear.",
        "`--strict` turns warnings into errors. This page is written by",
        "`python -m specloom.rules.table > docs/RULES.md`.",
    ]
    for title, rules in (
        ("Reading the document", _READING),
        ("Overlays over it", _OVERLAYS),
        ("Parts of it", _SUBSETS),
        ("The shape of the document", _SHAPE),
        ("Its meaning", _MEANING),
        ("What only Swagger 2.0 asks", _SWAGGER),
        ("What openapi-spec-validator says besides", _VALIDATOR),
    ):
        lines += ["", f"## {title}", "", "| rule | severity | what must hold | why |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| `{r.name}` | {r.severity.value} | {r.says} | {r.why} |" for r in rules]
    return [*lines, *unsupported(), *ignored()]


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
