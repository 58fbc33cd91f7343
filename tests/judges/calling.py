"""A call through a generated client: values of JSON become arguments, and what travelled is kept."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import httpx2

from .document import Json, Node
from .natives import native
from .packages import Called, Content, Package
from .sampling import schema_of

Key: TypeAlias = tuple[str, str]
"""Where a parameter is, and its name in the document."""


@dataclass(frozen=True, slots=True)
class Body:
    media_type: str
    value: Json | bytes


@dataclass(frozen=True, slots=True)
class Values:
    """What one call sends, as JSON; a body is sent as its content type says."""

    parameters: Mapping[Key, Json] = field(default_factory=dict[Key, Json])
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it left."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Got:
    """An answer as it came, or would have."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Json:
        """Return the content, None where it is no JSON."""
        try:
            return cast("Json", json.loads(self.content))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Exchange:
    sent: Sent
    got: Got


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call; `raised` holds what it raised, or what kept it from being made."""

    exchanges: tuple[Exchange, ...] = ()
    result: object = None
    raised: Exception | None = None
    unanswered: bool = False
    """Whether a request left to which no answer came."""


class NotMade(Exception):
    """The arguments of a call could not be made of sound values: which, and why."""


class Wire(httpx2.BaseTransport):
    """Remembers what goes through it, the bytes of answers included."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.inner = inner
        self.exchanges: list[Exchange] = []
        self.left = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        sent = sent_of(request)
        self.left += 1
        answer = self.inner.handle_request(request)
        stream = cast("Iterator[bytes]", answer.stream)
        try:
            content = b"".join(stream)
        finally:
            answer.close()
        self.exchanges.append(Exchange(sent, Got(answer.status_code, answer.headers, content)))
        return httpx2.Response(
            answer.status_code, headers=answer.headers, stream=httpx2.ByteStream(content)
        )

    def close(self) -> None:
        self.inner.close()


def sent_of(request: httpx2.Request) -> Sent:
    """Return what a request holds; its names of headers in lower case."""
    headers = tuple(
        (k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in request.headers.raw
    )
    return Sent(request.method, str(request.url), headers, request.read())


async def sent_later(request: httpx2.Request) -> Sent:
    """Return what a request of an async client holds."""
    stream = cast("AsyncIterator[bytes]", request.stream)
    content = b"".join([chunk async for chunk in stream])
    headers = tuple(
        (k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in request.headers.raw
    )
    return Sent(request.method, str(request.url), headers, content)


def method_of(client: object, called: Called) -> Callable[..., object]:
    """Return the method of a client that calls an operation."""
    found = client
    for name in called.attribute.split("."):
        found = getattr(found, name)
    return cast("Callable[..., object]", found)


def perform(client: object, wire: Wire, called: Called, arguments: Mapping[str, object]) -> Outcome:
    """Call an operation, and return what came of it; what a client may not raise passes."""
    wire.exchanges.clear()
    wire.left = 0
    try:
        result = method_of(client, called)(**arguments)
        if inspect.isawaitable(result):
            result = asyncio.run(_awaited(result))
    except Exception as error:  # whatever it is, it is a verdict
        unanswered = wire.left > len(wire.exchanges)
        return Outcome(tuple(wire.exchanges), raised=error, unanswered=unanswered)
    return Outcome(tuple(wire.exchanges), result)


async def _awaited(result: object) -> object:
    return await result if inspect.isawaitable(result) else result


def arguments_of(
    package: Package, called: Called, values: Values, parameters: Mapping[Key, Node]
) -> dict[str, object]:
    """Return values as the arguments of a method. Raises NotMade."""
    made: dict[str, object] = {}
    known = {(p.location, p.wire_name): p for p in called.parameters}
    for key, value in values.parameters.items():
        parameter = known.get(key) or known.get((key[0], key[1].lower()))
        if parameter is None:
            if value in (None, [None]):
                continue  # what can be nothing but null has no text, and is left out
            raise NotMade(f"the {key[0]} parameter `{key[1]}` has no argument")
        if parameter.decode is not None:
            made[parameter.name] = decoded(package, parameter.decode, value, f"`{key[1]}`")
        else:
            written = parameters.get(key)
            schema = None if written is None else schema_of(written)
            made[parameter.name] = native(schema, value)
    if values.body is not None:
        content = content_of(called, values.body.media_type)
        made["body"] = body_of(package, content, values.body.value)
        if content is not called.contents[0] or "*" in content.media_type:
            made["content_type"] = values.body.media_type
    return made


def content_of(called: Called, media_type: str) -> Content:
    """Return how a body of a content type is sent, ranges last. Raises NotMade."""
    wanted = media_type.lower()
    for known in (wanted, f"{wanted.partition('/')[0]}/*", "*/*"):
        for content in called.contents:
            if content.media_type.lower() == known:
                return content
    raise NotMade(f"there is no body of type `{media_type}`")


def body_of(package: Package, content: Content, value: Json | bytes) -> object:
    """Return a body as its argument: decoded, or else text, bytes or JSON as it is."""
    if content.decode is not None and not isinstance(value, bytes):
        return decoded(package, content.decode, value, "the body")
    media_type = content.media_type.partition(";")[0].lower()
    if isinstance(value, bytes) or media_type.endswith(("/json", "+json")):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    return text if media_type.startswith("text/") else text.encode()


def decoded(package: Package, decode: str, value: Json, what: str) -> object:
    """Return what a codec makes of a value. Raises NotMade."""
    try:
        return package.codec(decode)(value)
    except Exception as error:  # whatever it is, the value was sound
        raise NotMade(f"{decode} refuses {what}: {type(error).__name__}: {error}") from None
