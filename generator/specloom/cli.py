"""The command line: what a user types, and what is said back."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from specloom.command.arguments import parse
from specloom.command.choice import Options, subject, work
from specloom.command.outcome import Wishes
from specloom.command.run import Work
from specloom.command.terminal import Terminal
from specloom.config import Misconfigured, Mistakes
from specloom.disk.paths import Unwritable
from specloom.regular import words
from specloom.signals import Terminated, heed

DONE, REFUSED, USAGE, INTERRUPTED, UNHEARD = 0, 1, 2, 130, 141
"""The last two are what a shell says of a command that SIGINT or SIGPIPE has ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status.

    0: done, 1: refused, 2: a mistake of usage, 128 and more: ended by a signal, or as by one.
    """
    terminal = Terminal()
    try:
        status = _run(parse(sys.argv[1:] if arguments is None else [*arguments]), terminal)
    except Mistakes as mistakes:
        with suppress(OSError):
            terminal.tell(str(mistakes))
        return USAGE
    except Misconfigured as mistake:
        return _ended(f"specloom: error: {mistake}", USAGE, terminal)
    except Unwritable as reason:
        return _ended(f"specloom: error: {reason}", REFUSED, terminal)
    except Terminated as ended:
        return _ended("specloom: terminated", ended.status, terminal)
    except KeyboardInterrupt:
        return _ended("specloom: interrupted", INTERRUPTED, terminal)
    except BrokenPipeError:
        return UNHEARD  # whoever read has gone: nothing is left to say
    except OSError as error:
        # a full disk, a folder that has gone: what the system refuses, wherever it was asked
        return _ended(f"specloom: error: {words(error)}", REFUSED, terminal)
    except MemoryError:
        return _ended("specloom: error: there is not enough memory for this", REFUSED, terminal)
    except Exception as mistake:
        return _ended(
            f"specloom: internal error: {_where(mistake)}: please report it", REFUSED, terminal
        )
    return status


def run() -> NoReturn:
    """Be the command, and end at once: to take all modules apart is a tenth of the work.

    Nor is there a search for cycles on the way: models are trees, so there is nothing to find.
    """
    gc.disable()
    try:
        heed()
        status = main()
    except SystemExit:  # that of --help and --version
        status = DONE
    except KeyboardInterrupt:  # another one, while the first was heeded
        status = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # full, gone, or never there: it was said before
            stream.flush()
    os._exit(status)


def _run(options: Namespace, terminal: Terminal) -> int:
    # each command is imported when it is asked for: two of them have to be quick
    match options.command:
        case "generate":
            from specloom.command.generate import generate

            wishes = Wishes(strict=options.strict, force=options.force)
            done = generate(_work(options), wishes, terminal)
        case "check":
            from specloom.command.check import check

            done = check(_work(options), terminal)
        case "explain":
            from specloom.command.telling import explain, ledger

            told = ledger if options.ledger else explain
            asked = subject(options.positional, _chosen(options))
            done = told(asked, options.wanted, terminal, strict=options.strict)
        case _:
            from specloom.command.telling import lower

            asked = subject(options.positional, _chosen(options))
            done = lower(asked, terminal, only_names=options.names, strict=options.strict)
    return DONE if done else REFUSED


def _work(options: Namespace) -> Work:
    return work(options.positionals, _chosen(options))


def _chosen(options: Namespace) -> Options:
    """Return what goes with a document, as far as the command has such options."""
    given = vars(options)
    return Options(
        output=given.get("output"),
        package=given.get("package"),
        tests=given.get("tests"),
        transport=given.get("transport"),
        responses=given.get("responses"),
        overlay=tuple(given.get("overlay") or ()),
        root=given.get("root"),
        tag=tuple(given.get("tag") or ()),
        path=tuple(given.get("path") or ()),
        operation=tuple(given.get("operation") or ()),
        allow=tuple(given.get("allow") or ()),
        limit=tuple(given.get("limit") or ()),
    )


def _ended(text: str, status: int, terminal: Terminal) -> int:
    with suppress(OSError):  # the status says it as well
        terminal.say(text)
    return status


def _where(mistake: BaseException) -> str:
    """Return what went wrong and in which line of this program: never what it was about."""
    trace = mistake.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    return f"{type(mistake).__name__} at {place}"
