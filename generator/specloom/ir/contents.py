"""What is sent and what comes back: contents, parameters, bodies, answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from specloom.ir.definitions import Default
from specloom.ir.ids import NO_DOCS, Docs, TypeId
from specloom.ir.series import Series
from specloom.ir.types import Type
from specloom.values import Place, Text


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
    series: Series | None = None
    """Of an answer that is read item by item: of what. Its type is that of the items."""
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
    is_idempotency_key: bool = False
    """Whether a server knows by it a request that it has got before: clients make one."""
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

    @property
    def is_success(self) -> bool:
        """RFC 9110, section 15.3."""
        return 200 <= self.code < 300


@dataclass(frozen=True, slots=True)
class Range:
    """A hundred of them: 2 for `2XX`."""

    hundred: int

    @property
    def is_success(self) -> bool:
        return self.hundred == 2


@dataclass(frozen=True, slots=True)
class Rest:
    """`default`: all that is not described otherwise."""

    @property
    def is_success(self) -> bool:
        return False


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
