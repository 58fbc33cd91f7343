"""A child process in which openapi-spec-validator walks a document, within bounds."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import signal
import socket
import sys
import threading
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, cast

from specloom.rules.settings import settle
from specloom.rules.validator import MOST, Finding, words
from specloom.signals import held
from specloom.values import Text, Tree

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

_LONGEST = 500
"""How much of a sentence of the validator is worth keeping, in characters."""
_MEMORY = 3 << 30
_STACK = 256 << 20
_DEPTH = 20_000
_PR_SET_PDEATHSIG = 1
_NODES = 20_000
"""For how many nodes a second is given. A walk takes a tenth of that, or has lost its way."""
_SLOWEST = 1 if sys.platform == "win32" else 12
"""How much longer the time on the wall may be, where the child can count its own."""


def walked_within(tree: Tree, version: str, seconds: float) -> tuple[Finding, ...] | None:
    """Return what the validator's walk finds; None if time or memory ran out, or it crashed.

    `seconds` are of the child's own processor time, and some are added for a large document: what
    is said of it is the same on a machine that has other things to do.
    """
    seconds += _size(tree) / _NODES
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_child, args=(theirs, tree, version, seconds), name="specloom-walk", daemon=True
    )
    try:
        with held():  # the parent hears Ctrl-C, and ends the child
            child.start()
        theirs.close()
        return _received(ours.recv_bytes()) if ours.poll(seconds * _SLOWEST) else None
    except (EOFError, OSError, ValueError):
        return None
    finally:
        ours.close()
        theirs.close()
        if child.pid is not None:
            child.kill()
            child.join()
            child.close()


def _context() -> ForkContext | SpawnContext:
    # A fork has the document already; on macOS the system's libraries do not survive one.
    if sys.platform in ("win32", "darwin"):
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("fork")


def _size(tree: Tree) -> int:
    """Return the number of nodes, of what aliases share once."""
    count, seen, pending = 0, set[int](), [tree]
    while pending:
        node = pending.pop()
        count += 1
        if not isinstance(node, (dict, list)) or id(node) in seen:
            continue
        seen.add(id(node))
        pending += node.values() if isinstance(node, dict) else node
    return count


def _received(message: bytes) -> tuple[Finding, ...]:
    return tuple(map(_finding, cast("list[object]", json.loads(message))))


def _finding(row: object) -> Finding:
    pointer, keyword, message, *names = words(row)
    return Finding(pointer, keyword, Text(message), tuple(map(Text, names)))


def _child(connection: Connection, tree: Tree, version: str, seconds: float) -> None:
    """Walk in a thread with a deep stack, silent and bounded, and send what was found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where signals cannot be held
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    _die_with_parent()
    _limit(seconds)
    threading.stack_size(_STACK)
    sys.setrecursionlimit(_DEPTH)
    walker = threading.Thread(target=_send, args=(connection, tree, version))
    walker.start()
    walker.join()
    os._exit(0)  # What the parent left to do at its end is not the child's to do


def _die_with_parent() -> None:
    """End this process with its parent, which may be killed; a limit on time would be late."""
    if sys.platform == "linux":
        # A regular expression that runs away keeps all other threads waiting.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit(seconds: float) -> None:
    if sys.platform == "win32":
        return
    import resource

    # unheard, it ends the process: that of a regular expression which runs away, too
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Some systems know a limit only by name
        try:
            resource.setrlimit(kind, (limit, hard))
        except (OSError, ValueError):
            continue


def _send(connection: Connection, tree: Tree, version: str) -> None:
    socket.has_ipv6 = False  # urllib3 would bind to ::1 when it is imported, to find out
    settle()
    from specloom.rules.walk import walked

    rows = [
        [f.pointer, f.keyword, f.message.raw[:_LONGEST], *(name.raw for name in f.names)]
        for f in islice(walked(tree, version), MOST)
    ]
    connection.send_bytes(json.dumps(rows).encode("ascii"))
