"""What the files of a package's own tests import."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.code import Code
from specloom.python.imports import DATES, import_from


def imports(
    package: str,
    names: frozenset[str],
    *,
    has_kinds: bool,
    has_servers: bool,
    has_streams: bool,
    has_pages: bool,
) -> Iterator[Code]:
    yield Code("import asyncio")
    yield from (DATES,) if "dt" in names else ()
    yield from (Code(f"import {m}") for m in ("json", "logging", "pickle", "traceback"))
    abstract = ["Awaitable", "Callable", "Container", "Iterator"]
    abstract += ["AsyncIterable", "Iterable"] if has_streams or has_pages else []
    yield import_from("collections.abc", sorted(abstract))
    if has_kinds:
        yield Code("from copy import copy")
    replaced = ", replace" if "replace" in names else ""
    yield Code(f"from dataclasses import dataclass, field{replaced}")
    if has_kinds:
        yield Code("from types import EllipsisType")
    typing = (
        "Literal" if "Literal" in names else "",
        "TypeAlias" if has_kinds else "",
        "TypeGuard",
    )
    yield import_from("typing", filter(None, typing))
    if "Decimal" in names:
        yield Code("from decimal import Decimal")
    if "UUID" in names:
        yield Code("from uuid import UUID")
    yield Code("")
    yield Code("import pytest")
    taken = ["AsyncClient", "Client", *(["Server"] if has_servers else [])]
    taken += ["codecs"] if has_kinds else []
    taken += ["errors", *(["models"] if "models" in names else [])]
    taken += [name for name in ("Unknown", "UnknownInt") if name in names]
    yield import_from(package, taken)
    if "ServerSentEvent" in names:
        yield import_from(f"{package}._series", ("ServerSentEvent",))
    if "FileLike" in names:
        yield import_from(f"{package}._file", ("FileLike",))
    yield import_from(f"{package}._request", ("Request",))
    yield import_from(f"{package}._response", ("Response",))
    if has_streams:
        yield import_from(f"{package}._stream", ("AsyncStream", "Stream"))
