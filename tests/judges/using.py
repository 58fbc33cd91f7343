"""What people do with a package, done in a sandbox: `using.py PACKAGE TESTS`.

Its modules are imported, its annotations resolved and its help shown; the values of its generated
tests are copied, pickled, printed, encoded and decoded, and each of its operations is called over a
socket, sync and async. What is wrong is printed, a line each.
"""

from __future__ import annotations

import copy
import doctest
import importlib
import importlib.util
import inspect
import pickle
import pkgutil
import pydoc
import sys
import typing
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit


def main(package: str, tests: str) -> None:
    whole = importlib.import_module(package)
    modules = [whole, *(importlib.import_module(name) for name in _names(whole))]
    for module in modules:
        _read(module)
    for name in whole.__all__:
        getattr(whole, name)
    with _serving() as (port, seen):
        for path in sorted(Path(tests).glob("test_*.py")):
            trials = _loaded(path)
            for kind in getattr(trials, "KINDS", ()):
                _handled(kind)
            for operation in getattr(trials, "OPERATIONS", ()):
                for send in (trials.send, trials.send_async):
                    _called(trials, send, operation, port, seen)


def _names(whole: ModuleType) -> Iterator[str]:
    for found in pkgutil.walk_packages(whole.__path__, f"{whole.__name__}."):
        yield found.name


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _read(module: ModuleType) -> None:
    """Show its help, look for examples in its docstrings, and resolve annotations."""
    pydoc.render_doc(module)
    for found in doctest.DocTestFinder(exclude_empty=True).find(module):
        for example in found.examples:
            sys.stdout.write(f"a docstring of {found.name} is run by doctest: {example.source!r}\n")
    for value in list(vars(module).values()):
        if inspect.isclass(value) and value.__module__ == module.__name__:
            _resolved(value)
        elif inspect.isfunction(value):
            inspect.signature(value)
            _resolved(value)
        else:
            repr(value)


def _resolved(value: object) -> None:
    with suppress(Exception):  # of what is for type checkers alone
        typing.get_type_hints(value)


def _handled(kind: Any) -> None:
    for pair in kind.pairs:
        for value in (pair.value, copy.deepcopy(pair.value)):
            repr(value)
            str(value)
            kind.encode(value)
        with suppress(TypeError, pickle.PicklingError):  # as secrets are
            pickle.loads(pickle.dumps(pair.value))
        kind.decode(pair.received)


def _called(
    trials: Any, send: Callable[..., object], operation: Any, port: int, seen: list[str]
) -> None:
    """Call an operation: each exchange is one request to the server, whatever it holds."""
    wire = _Wire(trials.Response, port, operation.peer().answer)
    before = len(seen)
    send(wire, operation.ask)
    arrived = seen[before:]
    if len(arrived) != wire.count or wire.count == 0:
        sys.stdout.write(f"{operation.name}: {wire.count} sent, {arrived!r} arrived\n")


class _Wire:
    """A transport to a server on this machine, wherever the request was to go."""

    def __init__(self, response: Callable[..., object], port: int, answer: Any) -> None:
        self._response = response
        self._port = port
        self._answer = answer
        self.count = 0

    def exchange(self, request: Any) -> object:
        self.count += 1
        url: str = request.url
        host = urlsplit(url).netloc
        target = url[url.index(host) + len(host) :] or "/"
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(request.method, target, request.content, dict(request.headers))
            connection.getresponse().read()
        finally:
            connection.close()
        headers = {name.lower(): text for name, text in self._answer.headers.items()}
        return self._response(self._answer.status_code, headers, self._answer.content)

    def close(self) -> None:
        return


@contextmanager
def _serving() -> Generator[tuple[int, list[str]]]:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answered(self) -> None:
            seen.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self._answered
            raise AttributeError(name)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_port, seen
        finally:
            server.shutdown()
            thread.join(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
