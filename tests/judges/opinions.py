"""Verdicts of other validators on instances of the components of a document, a line of JSON for each:
`python opinions.py SUITES DOCUMENT`. Runs in an environment of its own, with `SUITES/oracle.py`.

Hypothesis makes instances of a component, unless that takes longer than `--seconds` of the processor: then they
come from the oracle's own walk over the schema.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, cast


class Oracle(Protocol):
    """What we use of the class of this name in `oracle.py`."""

    names: list[str]
    valid_h: Callable[..., object]

    def cases(self, name: str, n: int, seed: int) -> Iterator[tuple[Any, bool | None, str]]: ...


class TooLong(KeyboardInterrupt):
    """Nothing but an interrupt passes through Hypothesis."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="opinions", description=__doc__)
    parser.add_argument("suites", metavar="SUITES")
    parser.add_argument("document", metavar="DOCUMENT")
    parser.add_argument("--each", type=int, default=10, help="instances of a component")
    parser.add_argument("--seconds", type=float, default=5, help="for a component")
    parser.add_argument("--schemas", type=int, help="components; or all")
    options = parser.parse_args()
    sys.path.insert(0, options.suites)
    suite = import_module("oracle")
    oracle = cast("Oracle", suite.Oracle(suite.load(options.document)))
    signal.signal(signal.SIGPROF, _stop)
    for name in islice(oracle.names, options.schemas):
        for data, valid, how in _cases(oracle, name, options.each, options.seconds):
            line = {"schema": name, "valid": valid, "how": how, "data": data}
            sys.stdout.write(f"{json.dumps(line)}\n")
        sys.stdout.flush()


def _cases(
    oracle: Oracle, name: str, each: int, seconds: float
) -> list[tuple[Any, bool | None, str]]:
    """Return nothing for a component of which the oracle cannot say anything in that time."""
    made = oracle.valid_h
    for attempt in (made, _nothing):
        oracle.valid_h = attempt
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            return list(oracle.cases(name, each, 0))
        except TooLong:
            sys.stderr.write(f"{name}: takes more than {seconds:g} s\n")
        except Exception as error:  # of code that is not ours, over documents that may be anything
            sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            oracle.valid_h = made
    return []


def _nothing(*_: object) -> list[object]:
    return []


def _stop(*_: object) -> None:
    raise TooLong


if __name__ == "__main__":
    main()
