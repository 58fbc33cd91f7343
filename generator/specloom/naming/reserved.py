"""Names that the files of a package use themselves, and that nothing in them may shadow."""

from __future__ import annotations

from specloom.words import BUILTINS

MODELS = frozenset(
    [
        "Client",
        "AsyncClient",
        "Server",
        "Session",
        "AsyncSession",
        "Group",
        "CallOptions",
        "ClientOptions",
        "Given",
        "AsyncGiven",
        "Download",
        "AsyncDownload",
        "EventStream",
        "AsyncEventStream",
        "Stream",
        "AsyncStream",
        "Series",
        "ServerSentEvent",
        "Pages",
        "AsyncPages",
        "Paging",
        "FilePart",
        "FileLike",
        "Octets",
        "FormParts",
        "Decode",
        "Self",
        "Unpack",
        "Call",
        "Http",
        "AsyncHttp",
        "StrEnum",
        "Json",
        "JsonObject",
        "Unset",
        "UNSET",
        "Unknown",
        "UnknownInt",
        "UnknownVariant",
        "Secretive",
        "Literal",
        "TypeAlias",
        "UUID",
        "Decimal",
        "Never",
        "Mapping",
        "Sequence",
        "dataclass",
        "field",
        "codecs",
        "errors",
        "models",
        "client",
        "webhooks",
        "oauth",
        "None",
        "True",
        "False",
    ]
)
FIELDS = frozenset(
    [
        *("str", "int", "float", "bool", "bytes", "list", "dict", "dt"),
        *("field", "extra", "dataclass", "self", "mro"),
    ]
)
METHODS = frozenset(
    [
        *("str", "int", "float", "bool", "bytes", "dict", "dt"),
        *("self", "property", "staticmethod", "classmethod"),
    ]
)
GROUPS = METHODS | frozenset(
    (
        "clock",
        "deliver",
        "send",
        "close",
        "aclose",
        "address_of",
        "request",
        "with_options",
        "with_response",
        "tuple",
    )
)
PARAMETERS = BUILTINS | frozenset(
    [
        "self",
        "body",
        "timeout",
        "connect_timeout",
        "deadline",
        "retries",
        "idempotent",
        "max_bytes",
        "extra_headers",
        "extra_query",
        "extra_body",
        "options",
        "content_type",
        "query",
        "headers",
        "cookies",
        "sent",
        "form",
        "json_of",
        "nothing",
        "json_body",
        "open_download",
        "open_download_async",
        "open_events",
        "open_events_async",
        "open_stream",
        "open_stream_async",
        "switched_on",
        "codecs",
        "errors",
        "models",
        "bearer",
    ]
)
CALLS = frozenset(
    [
        "anything",
        "api_key",
        "auth",
        "base64",
        "basic",
        "body",
        "check",
        "choice",
        "date",
        "date_time",
        "decimal",
        "deprecated",
        "duration",
        "events",
        "form",
        "headers",
        "items",
        "key",
        "limits",
        "lines",
        "media",
        "members",
        "multipart",
        "nested",
        "opening",
        "plain",
        "sequences",
        "server",
        "session",
        "style",
        "time",
        "unknown",
        "url",
        "write",
    ]
)
"""Runtime modules that `client` knows by their own names: `_form`, `_url`."""
CODECS = ("decode_", "encode_", "check_")
"""How the names of codecs begin, which the methods of a client call."""
CREDENTIALS = BUILTINS | frozenset(
    [
        "self",
        "base_url",
        "timeout",
        "connect_timeout",
        "deadline",
        "retries",
        "idempotent",
        "hooks",
        "clock",
        "http",
        "server",
        "settings",
        "max_bytes",
        "default_headers",
        "allow_http",
    ]
)
SERVERS = frozenset(("_MISSING",))
WEBHOOKS = frozenset(("webhook",))
"""What reads any webhook is called `parse_webhook`."""
SOURCES = frozenset(
    [
        *("Authorization", "AuthorizationCode", "AuthorizationNeeded"),
        *("AuthorizationRefused", "ClientCredentials", "RefreshToken", "Scope", "Server", "Tokens"),
        *("AsyncHttp", "AsyncOnRotation", "AsyncSource", "ClientOptions", "Endpoint", "Http"),
        *("JsonObject", "Literal", "Login", "Mapping", "OnRotation", "Sequence", "Source"),
        *("TypeAlias", "Unpack", "asker", "authorize"),
    ]
)
"""What `oauth` knows already."""
