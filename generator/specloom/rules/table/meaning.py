"""Rules of what a document means."""

from __future__ import annotations

from specloom.rules.table.rule import CLEAR, UNCLEAR, Rule

MEANING = (
    Rule(
        "path",
        UNCLEAR,
        "A path begins with `/`, and its braces match.",
        "It would be a guess where the parameters of the path stand.",
    ),
    Rule(
        "method",
        UNCLEAR,
        "A key of `additionalOperations` is a method that has no field of its own.",
        "It would be a guess which of two operations is meant; no other name can be sent.",
    ),
    Rule(
        "path-fragment",
        CLEAR,
        "A path has no fragment.",
        "What follows `#` in a URL is not sent (RFC 3986, section 3.5).",
    ),
    Rule(
        "path-parameter",
        CLEAR,
        "Each `{name}` in a path is declared as a parameter.",
        "One that is not declared is taken for a required string.",
    ),
    Rule(
        "unused-path-parameter",
        CLEAR,
        "A parameter in the path stands in the template of the path.",
        "It is left out: its value would be sent nowhere.",
    ),
    Rule(
        "duplicate-parameter",
        UNCLEAR,
        "A parameter is declared once in a list, by its name and its place.",
        "It would be a guess which declaration counts.",
    ),
    Rule(
        "duplicate-operation-id",
        CLEAR,
        "An `operationId` is given once.",
        "The second operation is renamed.",
    ),
    Rule(
        "duplicate-required",
        CLEAR,
        "`required` lists a property once.",
        "The second mention says nothing new.",
    ),
    Rule(
        "half-null",
        CLEAR,
        "`enum` and the type beside it agree about null.",
        "Whoever names null in one of them means that it fits.",
    ),
    Rule(
        "union-overlap",
        CLEAR,
        "No value fits two variants of a `oneOf`.",
        "Which of them is meant can only be tried: the most specific is taken, and strict decoding "
        "refuses the value.",
    ),
    Rule(
        "union-undecided",
        CLEAR,
        "It can be shown whether a value fits two variants of a union.",
        "They are tried, and the most specific is taken.",
    ),
    Rule(
        "dead-variant",
        CLEAR,
        "Each variant of a union fits some value.",
        "A variant that nothing fits is left out.",
    ),
    Rule(
        "status-range",
        CLEAR,
        "A range of statuses is written with a capital `XX`.",
        "`4xx` is read as `4XX`.",
    ),
    Rule(
        "status-key",
        UNCLEAR,
        "The key of a response is a status (100 to 599), a range (1XX to 5XX) or `default`.",
        "It would be a guess for which answers the response stands.",
    ),
    Rule(
        "endless-schema",
        UNCLEAR,
        "No schema is a part of itself, by `allOf` or `$ref`.",
        "To check a value one would have to have checked it already.",
    ),
    Rule(
        "impossible",
        CLEAR,
        "What a schema and its `allOf` say can be true at once.",
        "No value fits: what is of such a type cannot be sent, only left out.",
    ),
    Rule(
        "value-type",
        UNCLEAR,
        "What `enum` and `const` list is no text where `type` asks for numbers or booleans.",
        "It would be a guess which of the two is meant: both can be sent.",
    ),
    Rule(
        "no-multiple",
        CLEAR,
        "`multipleOf` is greater than 0.",
        "Nothing can be checked by another (JSON Schema Validation, section 6.2.1).",
    ),
    Rule(
        "empty-enum",
        CLEAR,
        "An `enum` lists a value.",
        "By the letter nothing fits one that does not. Beside other parts of a schema it is ignored.",
    ),
    Rule(
        "closed-part",
        CLEAR,
        "`additionalProperties: false` does not forbid what another part of `allOf` requires or has.",
        "It counts each part by itself; the properties of all parts are there all the same.",
    ),
    Rule(
        "bad-default",
        CLEAR,
        "A default fits its schema.",
        "One that does not fit is dropped.",
    ),
    Rule(
        "rebased-reference",
        CLEAR,
        "A reference within a schema that has an `$id` is relative to it.",
        "It leads nowhere there, and is taken as relative to the document (JSON Schema 2020-12, 8.2).",
    ),
    Rule(
        "unchecked-pattern",
        CLEAR,
        "A pattern is one that Python can check, too, and never takes long to.",
        "What it asks for is not checked: neither where it is sent nor where it is received.",
    ),
    Rule(
        "untold-default",
        CLEAR,
        "A default that is a list or an object is of one type, whose members it names.",
        "Which variant of a union it is nobody says: the field is absent unless it is given.",
    ),
    Rule(
        "null-path-parameter",
        UNCLEAR,
        "Something besides null fits a parameter in the path.",
        "Null has no text in a URL, and a path cannot do without.",
    ),
    Rule(
        "whole-query",
        UNCLEAR,
        "A parameter `in: querystring` is the only one of the query.",
        "It is the whole query string: nothing can stand beside it.",
    ),
    Rule(
        "open-style",
        CLEAR,
        "A style is used for values that OpenAPI says how to write.",
        "It is written as most servers read it, which may not be how this one does.",
    ),
    Rule(
        "ignored-header",
        CLEAR,
        "`Accept`, `Content-Type`, `Authorization` and the headers of the transport are no "
        "parameters.",
        "OpenAPI says to ignore such definitions: other parts of the document decide.",
    ),
    Rule(
        "example-twice",
        CLEAR,
        "`example` and `examples` exclude each other.",
        "Both are documentation, of which one is enough.",
    ),
    Rule(
        "header-name",
        CLEAR,
        "The name of a header or a cookie is a token (RFC 9110, section 5.6.2).",
        "No other name can be sent: such a parameter is left out.",
    ),
    Rule(
        "null-parameter",
        CLEAR,
        "Something besides null fits a parameter.",
        "Null has no text in a URL or a header (RFC 6570, section 2.3): it is left out.",
    ),
    Rule(
        "no-such-media-type",
        CLEAR,
        "The key of a content is a media type or a range of them (RFC 9110, section 8.3.1).",
        "Nobody but the server knows how it is written: it is left to callers, as octets.",
    ),
    Rule(
        "webhook-unread",
        CLEAR,
        "A webhook brings JSON of a type.",
        "What else it brings, or does not, is the caller's to read: `parse_webhook` leaves it out.",
    ),
    Rule(
        "webhook-event",
        CLEAR,
        "What the example of a header says of a webhook is what the name of that begins with.",
        "`parse_webhook` takes it for unknown: an example that is wrong would be found by nobody.",
    ),
    Rule(
        "webhooks-alike",
        CLEAR,
        "Webhooks are told apart by what they bring, or by a header.",
        "Where they are not, there is a function for each of them, and no `parse_webhook`.",
    ),
    Rule(
        "content-type-left-out",
        CLEAR,
        "Data of a schema travels as JSON, as a form or as plain text.",
        "Where JSON stands beside it, a notation such as XML is not generated.",
    ),
    Rule(
        "carried-whole",
        CLEAR,
        "Content is JSON, text, octets, or a form of members.",
        "A stream that is sent, or parts without names, travel whole, as text or octets: what is in "
        "them has types with codecs, and callers use them.",
    ),
    Rule(
        "empty-answer",
        CLEAR,
        "Answers to HEAD, and those of status 204, 205 and 304, have no content.",
        "HTTP forbids it (RFC 9110, section 6.4.1), so none is waited for.",
    ),
    Rule(
        "server-variable",
        CLEAR,
        "The variables of a server are declared, each with a default.",
        "A server with an unknown part cannot be reached, and is left out.",
    ),
    Rule(
        "server-twice",
        CLEAR,
        "Every server has an address of its own.",
        "The first counts: by its address a server is known.",
    ),
    Rule(
        "relative-server",
        CLEAR,
        "A relative address is the first of the servers, and no other says where it is.",
        "Nothing says where the document itself is served, so only callers know the rest.",
    ),
    Rule(
        "flow-address",
        CLEAR,
        "A flow of OAuth 2.0 says by an address of HTTP where its tokens are.",
        "Nothing gets tokens by it; the client still takes one that a caller has.",
    ),
    Rule(
        "no-such-server",
        CLEAR,
        "The address of a server is `http` or `https`, a host and a path, or a path alone.",
        "Nothing else is generated: it is left out, and callers say where the server is.",
    ),
    Rule(
        "server-address",
        UNCLEAR,
        "So is the address of a server that only some operations go to.",
        "Left out, it would send their requests elsewhere.",
    ),
    Rule(
        "unmet-scheme",
        CLEAR,
        "A security scheme that is asked for is declared.",
        "Nothing is sent for another: callers add what it needs.",
    ),
    Rule(
        "credentials-clash",
        CLEAR,
        "Credentials that are sent together leave in different places.",
        "One header can hold one of them: they are taken for alternatives.",
    ),
    Rule(
        "not-supported-yet",
        UNCLEAR,
        "The document keeps to what this version of Specloom can generate.",
        "Half a feature would fail at run time; it is better to say so now.",
    ),
)
