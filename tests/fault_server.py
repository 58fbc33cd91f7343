"""A server on loopback that answers wrongly: every fault is a value with a name."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from socket import SO_LINGER, SOL_SOCKET
from socketserver import StreamRequestHandler, ThreadingTCPServer
from struct import pack
from time import monotonic, sleep
from typing import Any, Literal

from .running import PATIENCE, running

SECRET = "s3cr3t"
"""A part of every secret, sent or received, in a spelling that no encoding changes."""
BODY = (
    b'{"access_token":"s3cr3t","token_type":"Bearer","expires_in":1,'
    b'"refresh_token":null,"scope":"openid","id_token":"s3cr3t"}'
)
OTHER = b"OTHER-ORIGIN"
"""Stands in an answer for the address of the other server."""
LONGEST = 3.0
"""Seconds for which what is endless goes on if the other side does not leave."""
MEGABYTE = 2**20

SPEC = """\
openapi: 3.1.0
info: {title: Faults, version: "1"}
security: [{bearer: [], header: [], query: [], cookie: []}]
paths:
  /json: {get: {operationId: json, responses: {200: {description: It., content: {
    application/json: {schema: {type: object, required: [access_token], properties: {
      access_token: {type: string}}}}}}}}}
  /text: {get: {operationId: text, responses: {200: {description: It., content: {
    text/plain: {schema: {type: string}}}}}}}
  /octets: {get: {operationId: octets, responses: {200: {description: It., content: {
    application/octet-stream: {}}}}}}
  /nothing: {get: {operationId: nothing, responses: {204: {description: It.}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
"""
"""What the server pretends to serve, as well as the flagship."""


@dataclass(frozen=True)
class Fault:
    """What is answered, what follows for ever, what becomes of the connection, and who asks."""

    what: str
    answer: bytes
    endless: bytes = b""
    then: Literal["leaves", "stays", "resets"] = "leaves"
    asked: tuple[str, ...] = ("token", "json")
    pause: float = 0.0
    """Seconds before each piece of what is endless."""


def head(*fields: bytes, status: bytes = b"200 OK", kind: bytes = b"application/json") -> bytes:
    """Return the head of an answer; no fault lives on in the connection of the next."""
    lines = (b"HTTP/1.1 " + status, b"Connection: close", b"Content-Type: " + kind, *fields)
    return b"\r\n".join(lines) + b"\r\nX-Secret: s3cr3t\r\n\r\n"


def whole(
    body: bytes, *fields: bytes, status: bytes = b"200 OK", kind: bytes = b"application/json"
) -> bytes:
    """Return an answer that says how long it is."""
    return head(b"Content-Length: %d" % len(body), *fields, status=status, kind=kind) + body


def coded(body: bytes, coding: bytes, status: bytes = b"200 OK") -> bytes:
    return whole(body, b"Content-Encoding: " + coding, status=status)


def chunked(body: bytes) -> bytes:
    return head(b"Transfer-Encoding: chunked") + body


def silent(what: str, answer: bytes) -> Fault:
    return Fault(what, answer, then="stays")


def drip(what: str, answer: bytes, piece: bytes) -> Fault:
    """No wait is long, but there is no end of them."""
    return Fault(what, answer, endless=piece, asked=("token",), pause=0.02)


def moved(status: int) -> Fault:
    answer = whole(BODY, b"Location: http://" + OTHER + b"/s3cr3t", status=b"%d s3cr3t" % status)
    return Fault(f"a redirect to another origin ({status})", answer)


def text(what: str, body: bytes, kind: bytes, operation: str = "text") -> Fault:
    return Fault(what, whole(b"s3cr3t " + body, kind=kind), asked=(operation,))


def _squeezed() -> bytes:
    """Return a block of DEFLATE that can be repeated, each time for another megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)


GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
ZLIB_HEAD = b"\x78\x9c"
GIGABYTE = _squeezed() * 1024
NOTHING = b"\x00\x00\x00\xff\xff" * 4096
"""Blocks of DEFLATE that hold nothing (RFC 1951, section 3.2.4)."""
FLOOD = b"s3cr3t" * 8192
PACKED = gzip.compress(BODY, mtime=0)
CHUNK = b"%x\r\n%b\r\n" % (len(BODY), BODY)
LENGTH = b"Content-Length: %d" % len(BODY)
HINTS = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <s3cr3t>\r\n\r\n"
KEPT = Fault(
    "an answer, and room for more",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + LENGTH + b"\r\n\r\n" + BODY,
    then="stays",
)
SLOW_READER = Fault("a reader of some bytes at a time", b"", pause=0.02)
DEEP = Fault("megabytes of deep JSON", whole(b"[" * 2 * MEGABYTE))

FAULTS: dict[str, Fault] = {
    "silence": silent("no answer within `timeout`", b""),
    "silence-in-the-head": silent("no more within the headers", head()[:-9]),
    "silence-in-the-body": silent("no more within the content", whole(BODY)[:-9]),
    "hangs-up": Fault("closed without an answer", b""),
    "resets": Fault("reset without an answer", b"", then="resets"),
    "cut-in-the-status": Fault("closed within the status", b"HTTP/1.1 2"),
    "cut-in-the-head": Fault("closed within the headers", head()[:-9]),
    "cut-in-the-body": Fault("closed before `Content-Length`", whole(BODY)[:-9]),
    "cut-between-chunks": Fault("closed before the last chunk", chunked(CHUNK)),
    "cut-in-a-chunk": Fault("closed within a chunk", chunked(CHUNK[:-9])),
    "garbage": Fault("no HTTP", b"s3cr3t\r\n\r\n" + bytes(range(256))),
    "garbage-in-the-head": Fault("a header without a colon", head(b"s3cr3t") + BODY),
    "garbage-as-size": Fault("a chunk of no size", chunked(b"s3cr3t\r\n" + CHUNK)),
    "garbage-as-length": Fault(
        "a length that is no number", head(b"Content-Length: s3cr3t") + BODY
    ),
    "negative-length": Fault("a length below 0", head(b"Content-Length: -1") + BODY),
    "two-lengths": Fault("two lengths", head(LENGTH, b"Content-Length: 1") + BODY),
    "length-twice": Fault("one length, twice", head(LENGTH, LENGTH) + BODY),
    "longer-than-said": Fault("more than `Content-Length`", whole(BODY) + b"HTTP/1.1 s3cr3t"),
    "unknown-transfer": Fault(
        "`Transfer-Encoding: gzip`", head(b"Transfer-Encoding: gzip, chunked") + CHUNK
    ),
    "endless-status": Fault("an endless status", b"HTTP/1.1 200 ", endless=FLOOD),
    "endless-head": Fault("endless headers", head()[:-2], endless=b"X-More: s3cr3t\r\n" * 1024),
    "endless-size": Fault("a chunk of endless size", chunked(b"1;"), endless=FLOOD),
    "endless-trailer": Fault(
        "endless headers at the end", chunked(b"0\r\n"), endless=b"X-More: s3cr3t\r\n" * 1024
    ),
    "hints": Fault("interim answers (1xx)", HINTS + whole(BODY)),
    "another-protocol": Fault(
        "another protocol (101)", whole(b"", status=b"101 Switching Protocols") + BODY
    ),
    "500": Fault("a failure (5xx)", whole(BODY, status=b"500 s3cr3t")),
    "429": Fault(
        "`429` with `Retry-After`",
        whole(BODY, b"Retry-After: 99999", status=b"429 Too Many Requests"),
    ),
    "429-soon": Fault(
        "`429` with `Retry-After: 7`",
        whole(BODY, b"Retry-After: 7", status=b"429 Too Many Requests"),
    ),
    "503-at": Fault(
        "`503` with a date as `Retry-After`",
        whole(BODY, b"Retry-After: Sun, 06 Nov 1994 08:49:46 GMT", status=b"503 s3cr3t"),
    ),
    "206": Fault(
        "a status that is not described",
        whole(BODY[:9], b"Content-Range: bytes 0-8/99", status=b"206 Partial Content"),
    ),
    **{str(code): moved(code) for code in (301, 302, 303, 307, 308)},
    "204-with-a-body": Fault(
        "content after 204", head(LENGTH, status=b"204 No Content") + BODY, asked=("nothing",)
    ),
    "empty": Fault("no content", whole(b"")),
    "html": Fault("HTML for JSON", whole(b"<p>s3cr3t", kind=b"text/html")),
    "no-type": Fault("no `Content-Type`", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BODY),
    "json-misfit": Fault(
        "JSON of another kind", whole(b'{"access_token":["s3cr3t"],"token_type":"Bearer"}')
    ),
    "json-deep": Fault("deep JSON", whole(b"[" * 9999)),
    "json-cut": Fault("half of the JSON", whole(BODY[:-9])),
    "json-latin-1": Fault("JSON in Latin-1", whole(BODY.replace(b"openid", b"\xe9"))),
    "json-utf-16": Fault("JSON in UTF-16", whole(BODY.decode().encode("utf-16"))),
    "text-of-no-charset": text("text in no charset", b"", b"text/plain; charset=s3cr3t"),
    "text-of-no-codec": text("text in ISO-8859-12", b"", b"text/plain; charset=iso-8859-12"),
    "text-of-a-codec": text("text in a codec that is no charset", b"", b"text/plain; charset=idna"),
    "text-no-utf-8": text("text that is not UTF-8", b"\xe9", b"text/plain"),
    "text-no-ascii": text(
        "text that is not of its charset", b"\xe9", b"text/plain; charset=us-ascii"
    ),
    "text-html": text("HTML for text", b"", b"text/html"),
    "octets-html": text("HTML for octets", b"", b"text/html", "octets"),
    "packed": Fault("content in gzip", coded(PACKED, b"gzip")),
    "packed-cut": Fault("half of the gzip", coded(PACKED[:-9], b"gzip")),
    "packed-badly": Fault("no gzip, but called so", coded(BODY, b"gzip")),
    "packed-raw": Fault(
        "DEFLATE without zlib's head", coded(zlib.compress(BODY, wbits=-15), b"deflate")
    ),
    "packed-and-garbage": Fault("garbage after the gzip", coded(PACKED + b"s3cr3t", b"gzip")),
    "packed-in-two": Fault(
        "gzip after the gzip", coded(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), b"gzip")
    ),
    "packed-br": Fault("`Content-Encoding: br`", coded(b"s3cr3t", b"br")),
    "packed-twice": Fault(
        "`Content-Encoding: gzip, gzip`", coded(gzip.compress(PACKED), b"gzip, gzip")
    ),
    "packed-odd": Fault("an unknown `Content-Encoding`", coded(BODY, b"s3cr3t")),
    "bomb-gzip": Fault("a gigabyte in gzip", coded(GZIP_HEAD + GIGABYTE, b"gzip")),
    "bomb-deflate": Fault("a gigabyte in DEFLATE", coded(ZLIB_HEAD + GIGABYTE, b"deflate")),
    "bomb-500": Fault(
        "a gigabyte in gzip, as a failure", coded(GZIP_HEAD + GIGABYTE, b"gzip", b"500 s3cr3t")
    ),
    "endless-nothing": Fault(
        "endless gzip of nothing", head(b"Content-Encoding: gzip") + GZIP_HEAD, endless=NOTHING
    ),
    "endless-after-all": Fault(
        "endless garbage after the gzip", head(b"Content-Encoding: gzip") + PACKED, endless=FLOOD
    ),
    "larger": Fault("more than `max_bytes`", whole(b" " * MEGABYTE)),
    "gigantic": Fault(
        "a length of a petabyte", head(b"Content-Length: 999999999999999"), endless=FLOOD
    ),
    "endless": Fault("endless content", head(), endless=FLOOD),
    "endless-chunks": Fault("endless chunks", chunked(b""), endless=CHUNK * 512),
    "drip-of-the-status": drip("a status, a byte at a time", b"HTTP/1.1 200 ", b"s"),
    "drip-of-the-head": drip("headers, a byte at a time", head()[:-2] + b"X-More: ", b"s"),
    "drip-of-the-body": drip("content, a byte at a time", head(b"Content-Length: 99999"), b" "),
    "drip-of-chunks": drip("a chunk after the other, of a byte", chunked(b""), b"1\r\n \r\n"),
    "drip-of-gzip": drip(
        "gzip of nothing, bit by bit", head(b"Content-Encoding: gzip") + GZIP_HEAD, NOTHING[:5]
    ),
    "drip-of-hints": drip("an interim answer (1xx) after the other", b"", HINTS),
    "endless-hints": Fault("endless interim answers (1xx)", b"", endless=HINTS * 64),
    "cookie": Fault("`Set-Cookie`", whole(BODY, b"Set-Cookie: given=s3cr3t; Path=/")),
}


@dataclass
class FaultServer:
    """A running server: the fault that it shows, and what it was sent."""

    fault: Fault
    elsewhere: bytes
    """Where its redirects lead."""
    url: str = ""
    connections: int = 0
    seen: list[bytes] = field(default_factory=list[bytes])
    outlasted: list[Fault] = field(default_factory=list[Fault])
    """What was endless, and that the other side would have read to its end."""

    def show(self, fault: Fault) -> None:
        """Answer with another fault, and forget what was."""
        self.fault = fault
        self.seen.clear()
        self.outlasted.clear()


class _Handler(StreamRequestHandler):
    timeout = PATIENCE

    def __init__(self, faulty: FaultServer, *of: Any) -> None:
        self.faulty = faulty
        super().__init__(*of)

    def handle(self) -> None:
        self.faulty.connections += 1
        with suppress(OSError):  # the other side has left
            while sent := self._receive():
                self.faulty.seen.append(sent)
                if not self._stays(self.faulty.fault):
                    break

    def _receive(self) -> bytes:
        """Return a request as it came; nothing once the other side has left."""
        lines = [self.rfile.readline()]
        while lines[-1] not in (b"\r\n", b""):
            lines.append(self.rfile.readline())
        fields = (line.lower().partition(b":") for line in lines)
        length = sum(int(value) for name, _, value in fields if name == b"content-length")
        end = monotonic() + LONGEST
        while self.faulty.fault is SLOW_READER and monotonic() < end:
            sleep(SLOW_READER.pause)
            length -= len(self.rfile.read(min(length, 4096)))
        return b"".join(lines) + self.rfile.read(length)

    def _stays(self, fault: Fault) -> bool:
        """Answer, and return whether the connection is good for another request."""
        self.connection.sendall(fault.answer.replace(OTHER, self.faulty.elsewhere))
        end = monotonic() + LONGEST
        while fault.endless and monotonic() < end:
            sleep(fault.pause)
            self.connection.sendall(fault.endless)
        if fault.endless:
            self.faulty.outlasted.append(fault)
        if fault.then == "resets":
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
            self.connection.close()
        return fault.then == "stays"


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def failing(fault: Fault, elsewhere: str = "") -> Generator[FaultServer]:
    """Run a server that answers each request with a fault until the block is left."""
    faulty = FaultServer(fault, elsewhere.removeprefix("http://").encode())
    server = _Server(("127.0.0.1", 0), partial(_Handler, faulty))
    faulty.url = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield faulty
