"""What a specification means, before any word of Python is chosen.

Everything here is frozen, hashable and free of Python names. Types refer to one another by
`TypeId`, never by object, so that recursive schemas need no cycles and the whole model can be
printed, compared and diffed. Where a value came from (`at`) takes no part in equality: moving
a line changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from specloom.assertion import Assertion
from specloom.values import EMPTY, Json, Place, Text, Untrusted
from specloom.verdict import Verdict


@dataclass(frozen=True, slots=True, order=True)
class TypeId(Untrusted):
    """The address of a definition: the JSON pointer of the schema that it was made from."""

    address: str


@dataclass(frozen=True, slots=True, order=True)
class OperationId(Untrusted):
    """The address of an operation: it exists where `operationId` does not."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Docs:
    summary: Text = EMPTY
    description: Text = EMPTY
    deprecated: bool = False
    told: tuple[Told, ...] = ()
    """What is said of single values of an enum."""


@dataclass(frozen=True, slots=True)
class Told:
    value: Json
    label: Text
    description: Text


NO_DOCS = Docs()


# --- hints for names -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A name that the author wrote."""

    text: Text


@dataclass(frozen=True, slots=True)
class Under:
    """A name made of its owner's final name and some words: order + item."""

    owner: TypeId | OperationId
    words: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The last words that the names of these have in common: what variants are kinds of."""

    among: tuple[TypeId, ...]


Hint: TypeAlias = Said | Under | Shared
"""Candidates for a name stand in order of merit; the last `Under` is unique by construction."""


# --- types -----------------------------------------------------------------------------


class ScalarKind(Enum):
    """What a scalar is read as."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    UUID = "uuid"
    DATE_TIME = "date_time"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    BASE64 = "base64"
    BASE64URL = "base64url"
    """Octets within JSON."""
    DECIMAL = "decimal"
    """A number in a text, digit for digit."""
    BINARY = "binary"
    """Octets: a file within a form, text within JSON."""
    NULL = "null"
    """Nothing but null. What else may be null is `Nullable`."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value, null included."""


@dataclass(frozen=True, slots=True)
class Scalar:
    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Literal:
    """One of a few values, each a string, an integer or a boolean. A `const` is a literal of one."""

    values: tuple[Json, ...]
    open: bool = False
    """Whether the document allows others of their kind too: the values are what is known of it."""
    tag: bool = False
    """Whether a union is told by it: another value means another variant."""


@dataclass(frozen=True, slots=True)
class Nullable:
    """`of` is never nullable itself, and never anything."""

    of: Type


@dataclass(frozen=True, slots=True)
class Array:
    item: Type


@dataclass(frozen=True, slots=True)
class Map:
    value: Type


@dataclass(frozen=True, slots=True)
class Checked:
    """`of`, narrowed where it is mentioned. `of` is never checked itself; order is as written."""

    of: Type
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a definition. The only edge between types that may close a cycle."""

    target: TypeId


Type: TypeAlias = "Anything | Scalar | Literal | Nullable | Array | Map | Checked | Ref"


# --- checks: what a value must satisfy beyond its type ----------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Of a number; `above` and `below` exclude their own value."""

    least: Json | None = None
    most: Json | None = None
    above: Json | None = None
    below: Json | None = None


@dataclass(frozen=True, slots=True)
class MultipleOf:
    """Of a number."""

    of: Json


@dataclass(frozen=True, slots=True)
class Length:
    """Of a string, in code points."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Of the items of an array."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Size:
    """Of an object, in members."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Unique:
    """No two items of an array are equal."""


@dataclass(frozen=True, slots=True)
class UuidVersion:
    """The version of a UUID (RFC 9562, section 4.2)."""

    version: int


@dataclass(frozen=True, slots=True)
class Width:
    """Of an integer, in bits."""

    bits: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """What neither a type nor another check says of a value: an assertion about its JSON."""

    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Exclusive:
    """No two of these hold of the JSON: asked where decoding is strict, and never of what is sent.

    For the variants of a `oneOf` that share a type of Python's.
    """

    assertions: tuple[Assertion, ...]


Check: TypeAlias = (
    Bounds | MultipleOf | Width | Length | Count | Size | Unique | UuidVersion | Holds | Exclusive
)


# --- definitions: the types that get a name ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Default:
    """Wraps the value so that a default of null differs from no default."""

    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    wire_name: Text
    hint: Text | None = None
    """What the author would have it called."""
    type: Type
    required: bool
    default: Default | None = None
    secret: bool = False
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    properties: tuple[Property, ...]
    closed: bool
    """Whether the document forbids further members. Where it does not they are kept."""
    additional: Type | None = None
    """What further members are, where the document says it: they are a field of their own."""
    checks: tuple[Check, ...] = ()
    """Of the object as a whole."""

    @property
    def types(self) -> tuple[Type, ...]:
        """Those of all members, named or not."""
        more = () if self.additional is None else (self.additional,)
        return (*(property_.type for property_ in self.properties), *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    type: Type
    """Never a union, never null, and of another Python type than every other variant's, if not of
    another class: what they share is one variant, with a check."""
    assertion: Assertion | None = None
    """All that its schema says, where values have to be tried against it; None where they have not."""
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """At least two variants, and how a value is told to be of one of them."""

    variants: tuple[Variant, ...]
    verdict: Verdict
    exclusive: tuple[Assertion, ...] = ()
    """Of a `oneOf` in which a value may fit two: what its alternatives assert. A value that fits
    two of these is refused where decoding is strict."""


@dataclass(frozen=True, slots=True)
class Alias:
    of: Type


Shape: TypeAlias = Object | Union | Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Which way a definition travels. Computed once, over the whole graph."""

    sent: bool = False
    received: bool = False
    patched: bool = False
    """Within the body of a PATCH: there an absent member means "leave it as it is"."""
    uploaded: bool = False
    """Within a multipart form: there octets are files."""
    closed: bool = False
    """Of a target that asks for it: values and variants that nobody listed are errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A schema that gets a name: every component, and every inline object, union, body or answer."""

    id: TypeId
    hints: tuple[Hint, ...]
    shape: Shape
    nullable: bool = False
    """Of an object or a union: null fits as well. An alias says so by its type."""
    usage: Usage
    twin: TypeId | None = None
    """Of a type that is sent: what the same schema is where it is received, if that is another."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)

    @property
    def properties(self) -> tuple[Property, ...]:
        """Those of an object; nothing else has any."""
        return self.shape.properties if isinstance(self.shape, Object) else ()


# --- exchanges ---------------------------------------------------------------------------


class Codec(Enum):
    """How content is written."""

    JSON = "json"
    FORM = "form"
    MULTIPART = "multipart"
    TEXT = "text"
    """A string as it is; of another scalar, its JSON."""
    BYTES = "bytes"
    """Octets as they are. What they mean is between the caller and the server."""


class Style(Enum):
    """How a value stands in its location (OpenAPI 3.2.0, "Style Values")."""

    MATRIX = "matrix"
    LABEL = "label"
    SIMPLE = "simple"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """Written in a style."""

    style: Style
    explode: bool
    reserved: bool = False
    """Whether reserved characters are left as they are (RFC 6570, section 3.2.3)."""


@dataclass(frozen=True, slots=True)
class Serialized:
    """Written as a media type, whose text is then the value."""

    codec: Codec
    """JSON or text; in a whole query string a form as well."""


Writing: TypeAlias = Styled | Serialized


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How a member of a form is written, where that is not the default of its type."""

    wire_name: Text
    writing: Writing | None = None
    content_type: Text | None = None
    """Of a part: what its header says."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """Of content that travels whole, as the text or the octets that it is: a stream, nameless parts."""

    inside: TypeId | None
    """What the document says is in it: an item of a stream, or all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    media_type: Text
    codec: Codec
    type: TypeId | None
    """None: any JSON, any text or any octets, as the codec is."""
    opaque: Opaque | None = None
    """None: it is what its type says, as its codec writes it."""
    encodings: tuple[Encoding, ...] = ()
    at: Place = field(compare=False)


class Location(Enum):
    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    """The whole of it is one value."""
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    wire_name: Text
    hint: Text | None = None
    """What the author would have it called."""
    location: Location
    writing: Writing
    type: Type
    required: bool
    default: Default | None = None
    secret: bool = False
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    contents: tuple[Content, ...]
    """At least one. The first is sent where the caller asks for no other."""
    required: bool
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Exact:
    """One status code."""

    code: int


@dataclass(frozen=True, slots=True)
class Range:
    """A hundred of them: 2 for `2XX`."""

    hundred: int


@dataclass(frozen=True, slots=True)
class Rest:
    """`default`: all that is not described otherwise."""


Status: TypeAlias = Exact | Range | Rest


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of an answer: an object, and how each of its members is written."""

    type: TypeId
    writings: tuple[Writing, ...]
    """In the order of the properties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    status: Status
    contents: tuple[Content, ...] = ()
    """Empty: no body is described, whatever comes is not read."""
    headers: Headers | None = None
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the header `Authorization` (RFC 6750), however the caller comes by it."""


@dataclass(frozen=True, slots=True)
class Basic:
    """A user and a password (RFC 7617)."""


@dataclass(frozen=True, slots=True)
class Custom:
    """What stands in `Authorization` after another scheme's name (RFC 9110, section 11.6.2)."""

    scheme: Text


@dataclass(frozen=True, slots=True)
class ApiKey:
    location: Location
    """Header, query or cookie."""
    wire_name: Text


@dataclass(frozen=True, slots=True)
class MutualTls:
    """A certificate of the caller's transport: nothing that a request could hold."""


Authentication: TypeAlias = Bearer | Basic | Custom | ApiKey | MutualTls


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    key: Text
    by: Authentication
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Keys of schemes that must all be met. Empty: anonymous."""

    schemes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A part of a server's address that callers may choose."""

    wire_name: Text
    choices: tuple[Text, ...]
    """Empty: any text."""
    default: Text
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    url: Text
    """A template, where there are variables; a relative one is resolved against the caller's."""
    variables: tuple[Variable, ...] = ()
    """In the order of the template."""
    hints: tuple[Said, ...]
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    id: OperationId
    operation_id: Text | None
    """As the author wrote it."""
    hint: Text | None = None
    """What the author would have it called within its group."""
    group: Text | None
    """Its first tag, or what the author would have that called."""
    method: str
    """A token (RFC 9110, section 9.1), as it is sent."""
    path: Text
    """The template."""
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...]
    security: tuple[Requirement, ...] = ()
    """Alternatives, any one of which will do. Empty: anonymous."""
    server: Server | None = None
    """Where it goes instead of the servers of the document."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request that the API makes of its users: of a webhook, or of a callback.

    Nothing here says how it is received: its types are what users read it with.
    """

    id: OperationId
    key: Text
    """What the author calls the webhook or the callback."""
    operation_id: Text | None
    caller: OperationId | None
    """The operation whose callback it is; None: a webhook."""
    method: str
    body: Body | None = None
    """What the API sends."""
    responses: tuple[Response, ...] = ()
    """What it may be answered with. Headers are not among it."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the document that was left out, since the target allows that."""

    feature: str
    """Its name in the table of what is unsupported."""
    at: Place
    """Where it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a document says of operations that go together; most say nothing."""

    name: Text
    docs: Docs
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    title: Text
    version: Text
    groups: tuple[Group, ...] = ()
    """Those of operations of which something is said."""
    servers: tuple[Server, ...]
    """Those that say where they are."""
    relative_server: Server | None = None
    """Where the API is below an address that only the caller knows."""
    security_schemes: tuple[SecurityScheme, ...] = ()
    """Those that an operation asks for."""
    security: tuple[Requirement, ...] = ()
    """What the document asks for by default: of requests that it does not describe, too."""
    definitions: tuple[Definition, ...]
    """In the order of the document."""
    operations: tuple[Operation, ...]
    incoming: tuple[Incoming, ...] = ()
    assertions: tuple[tuple[Text, Assertion], ...] = ()
    """By address: the schemas that assertions of types and variants mention."""
    homes: tuple[tuple[str, str], ...] = ()
    """By pointer: the address of what was written in another file."""
    missing: tuple[Missing, ...] = ()
    at: Place = field(compare=False)
