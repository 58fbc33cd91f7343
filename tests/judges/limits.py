"""What Prism itself cannot do: complaints of it that are not the client's fault, each with its reason.

Read from prism-http 5.16: `validator/validators/{body,params}.js`, `validator/deserializers/style`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from .calling import Body, Key, Values
from .document import Json, Node, Operation, members
from .samples import content_node, ignored
from .sampling import NoSample, kind_of, merged, schema_of

_OF_PATHS = "/:@!$&'()*+,;=~%"
_MISSING = re.compile(r"must have required property '([^']*)'")
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that Prism says against a request, and what the document says of that place."""

    operation: Operation
    values: Values
    place: tuple[str, ...]
    """Where in the request: `query`, `path`, `header` or `body`, and the name there."""
    message: str

    @property
    def parameter(self) -> Node | None:
        """Return the parameter it is about; Prism writes all names in lower case."""
        for parameter in self.operation.parameters:
            name = (parameter.word("name") or "").lower()
            if (parameter.word("in"), name) == (self.place[0], self.place[1].lower()):
                return parameter
        return None

    @property
    def absent(self) -> bool:
        sent = {(where, name.lower()) for where, name in self.values.parameters}
        return (self.place[0], self.place[1].lower()) not in sent

    @property
    def missing(self) -> str:
        """Return the name that it misses, of a whole query, say; empty if it is about something else."""
        found = None if self.place[1] else _MISSING.search(self.message)
        return found[1] if found else ""

    @property
    def body(self) -> Body | None:
        return self.values.body if self.place[0] == "body" else None

    @property
    def content(self) -> Node | None:
        """Return the media type object of the body, if it is about that."""
        body = self.body
        return None if body is None else content_node(self.operation.body, body.media_type)

    @property
    def schema(self) -> Node | None:
        return None if self.content is None else self.content.get("schema")

    @property
    def part(self) -> dict[str, Json]:
        """Return the schema of the part of a form that it is about."""
        properties = members(_plainly(self.schema).get("properties"))
        if self.schema is None or self.place[1] not in properties:
            return {}
        return _plainly(replace(self.schema, value=properties[self.place[1]]))


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    applies: Callable[[Complaint], bool]


def limit_of(complaint: Complaint) -> str | None:
    """Return which limit of Prism explains a complaint, if one does."""
    for limit in _LIMITS:
        if limit.applies(complaint):
            return limit.name
    return None


def ends_the_process(operation: Operation, sent: Values) -> str | None:
    """Return the limit at which Prism ends: it splits a header that is not there."""
    for parameter in operation.parameters:
        key: Key = (parameter.word("in") or "", parameter.word("name") or "")
        absent = key not in sent.parameters
        if key[0] == "header" and absent and _kind(parameter) in ("array", "object"):
            return "an absent header of type array or object ends the process"
    return None


def is_of_path(operation: Operation, url: str) -> bool:
    """Return whether an address ends in the path of an operation, some text for each name."""
    parts = re.split(r"\{[^{}]*\}", operation.path.partition("?")[0])
    pattern = "[^/]+".join(re.escape(quote(part, safe=_OF_PATHS)) for part in parts)
    return re.search(f"{pattern}$", urlsplit(url).path) is not None


def _plainly(schema: Node | None) -> dict[str, Json]:
    try:
        return {} if schema is None else members(merged(schema).value)
    except NoSample:
        return {}


def _kind(parameter: Node | None) -> str:
    schema = None if parameter is None else schema_of(parameter)
    return "" if schema is None else kind_of(_plainly(schema))


def _is_form(complaint: Complaint, *media_types: str) -> bool:
    body = complaint.body
    return body is not None and body.media_type.lower().startswith(media_types)


def _style(complaint: Complaint) -> str:
    parameter = complaint.parameter
    return "" if parameter is None else parameter.word("style") or ""


def _array_alone(complaint: Complaint) -> bool:
    """Return whether an array has no style: Prism then takes the last value for all of it."""
    if not _is_form(complaint, FORM) or kind_of(complaint.part) != "array":
        return False
    content = complaint.content
    encoding = {} if content is None else members(content.members.get("encoding"))
    return "style" not in members(encoding.get(complaint.place[1]))


def _array_of_others(complaint: Complaint) -> bool:
    part = complaint.part
    if not _is_form(complaint, FORM) or kind_of(part) != "array":
        return False
    return kind_of(members(part.get("items"))) != "string" or "$ref" in members(part.get("items"))


def _structured(complaint: Complaint, *kinds: str) -> bool:
    return kind_of(complaint.part) in kinds


def _whole_union(complaint: Complaint) -> bool:
    """Return whether a form is a union: Prism makes numbers of texts in `properties` alone."""
    written = {} if complaint.schema is None else complaint.schema.followed().members
    is_union = "oneOf" in written or "anyOf" in written
    return is_union and _is_form(complaint, FORM, MULTIPART)


def _content_of_parameter(complaint: Complaint) -> bool:
    parameter = complaint.parameter
    return parameter is not None and "content" in parameter.members


def _absent_structure(complaint: Complaint) -> bool:
    if complaint.place[0] != "query" or not complaint.absent:
        return False
    styles = ("deepObject", "spaceDelimited", "pipeDelimited")
    return _kind(complaint.parameter) == "object" or _style(complaint) in styles


def _hidden_type(complaint: Complaint) -> bool:
    """Return whether a list or an object is one by a union or `allOf`: Prism looks at `type`."""
    parameter = complaint.parameter
    schema = None if parameter is None else schema_of(parameter)
    written = {} if schema is None else schema.followed().members
    return _kind(parameter) in ("array", "object") and not isinstance(written.get("type"), str)


def _exploded_path(complaint: Complaint) -> bool:
    parameter = complaint.parameter
    if parameter is None or complaint.place[0] != "path":
        return False
    exploded = parameter.members.get("explode") is True
    return exploded and _kind(parameter) == "object" and _style(complaint) == "label"


def _upper_matrix(complaint: Complaint) -> bool:
    parameter = complaint.parameter
    name = "" if parameter is None else parameter.word("name") or ""
    return _style(complaint) == "matrix" and name != name.lower()


def _null(complaint: Complaint) -> bool:
    body = complaint.body
    if body is None or isinstance(body.value, bytes) or not _is_form(complaint, FORM, MULTIPART):
        return False
    return members(body.value).get(complaint.place[1], "") is None


def _empty_form(complaint: Complaint) -> bool:
    body = complaint.values.body
    is_form = body is not None and body.media_type.lower().startswith((FORM, MULTIPART))
    return is_form and body is not None and not body.value


def _deep_values(complaint: Complaint) -> bool:
    """Return whether a deep object holds what Prism drops: members not listed, or nested."""
    parameter = complaint.parameter
    if parameter is None or _style(complaint) != "deepObject":
        return False
    listed = members(_plainly(schema_of(parameter)).get("properties"))
    key = (complaint.place[0], parameter.word("name") or "")
    sent = members(complaint.values.parameters.get(key))
    return any(k not in listed or isinstance(v, dict | list) for k, v in sent.items())


def _delimited(complaint: Complaint) -> bool:
    styles = ("spaceDelimited", "pipeDelimited")
    return _style(complaint) in styles and _kind(complaint.parameter) != "array"


def _text_of_others(complaint: Complaint) -> bool:
    """Return whether a text is to be a number or a boolean, as which Prism does not read it."""
    return _is_form(complaint, "text/") and kind_of(_plainly(complaint.schema)) != "string"


def _reserved(complaint: Complaint) -> bool:
    return "Reserved characters used" in complaint.message


def _encoded_name(complaint: Complaint) -> bool:
    """Return whether it misses a name that was sent, and is written otherwise in a URL."""
    name = complaint.missing
    return (
        name != unquote(name) and (complaint.place[0], unquote(name)) in complaint.values.parameters
    )


def _only_null(complaint: Complaint) -> bool:
    """Return whether it misses what can be nothing but null, which has no text (RFC 6570, 2.3)."""
    for parameter in complaint.operation.parameters:
        if parameter.word("name") == complaint.missing and (schema := schema_of(parameter)):
            said = (_plainly(part) for part in (schema, schema.followed().get("items")))
            return any(one.get("type") == "null" or one.get("enum") == [None] for one in said)
    return False


def _member_of_several(complaint: Complaint) -> bool:
    """Return whether a member is one of two exploded objects: nothing tells whose it is."""
    where, own = complaint.place[0], complaint.parameter
    if where != "query" or own is None:
        return False
    objects = [
        members(_plainly(schema_of(parameter)).get("properties")).keys()
        for parameter in complaint.operation.parameters
        if parameter.word("in") == where and not parameter.word("style")
    ]
    mine = members(_plainly(schema_of(own)).get("properties")).keys()
    return sum(1 for names in objects if names & mine) > 1


_LIMITS = (
    Limit("a header that is no parameter", lambda c: ignored((c.place[0], c.place[1]))),
    Limit("arrays in a form without a style", _array_alone),
    Limit("arrays of other than strings in a form", _array_of_others),
    Limit("objects in a form", lambda c: _is_form(c, FORM) and _structured(c, "object")),
    Limit(
        "multipart parts of type object or array",
        lambda c: _is_form(c, MULTIPART) and _structured(c, "object", "array"),
    ),
    Limit("null in a form", _null),
    Limit("a form without a field", _empty_form),
    Limit("a form that is a union", _whole_union),
    Limit("`content` of a parameter", _content_of_parameter),
    Limit("an absent query parameter of type object", _absent_structure),
    Limit("a parameter whose `type` is not said at once", _hidden_type),
    Limit("an exploded object in a label", _exploded_path),
    Limit("capitals in the name of a matrix", _upper_matrix),
    Limit("delimited styles of other than arrays", _delimited),
    Limit("members of a deep object that are not listed", _deep_values),
    Limit("text of other than strings", _text_of_others),
    Limit("reserved characters in a form", _reserved),
    Limit("the name of a query, which it compares as it is encoded", _encoded_name),
    Limit("a required parameter that can be nothing but null", _only_null),
    Limit("a member that two exploded objects have", _member_of_several),
)
