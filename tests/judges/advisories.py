"""What is known against our dependencies: `python -m tests.judges.advisories`.

pip-audit asks for each pin of `constraints.txt`, the closure of the product and of its tools. What
it is told of is a failure. Where no service answers, as on a machine that reaches nothing but an
index of packages, this says so, and fails nothing: nobody can mend that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from .commands import Done, run
from .document import Json, items, members
from .environments import ROOT

PINS = ROOT / "constraints.txt"
SERVICES = ("pypi", "osv")
_PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Advice:
    """What a service said of pins."""

    asked: int
    """Of how many pins it knew whether anything is known against them."""
    known: tuple[str, ...] = ()
    """What is known, a line for each advisory."""
    unasked: tuple[str, ...] = ()
    """Of which pins it said nothing, with its reasons."""
    trouble: str = ""
    """Why it could not be asked at all."""


def main() -> int:
    """Print what is known; return 1 if that is anything, and 0 where nobody could be asked."""
    troubles: list[str] = []
    for service in SERVICES:
        found = advice(_asked(service))
        if not found.trouble:
            sys.stdout.write("\n".join(_told(service, found)) + "\n")
            return 1 if found.known else 0
        troubles.append(f"{service}: {found.trouble}")
    sys.stdout.write("\n".join(_warning(troubles)) + "\n")
    return 0


def _asked(service: str) -> Done:
    words: tuple[str | Path, ...] = (
        "--requirement",
        PINS,
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
    )
    command = [_PIP_AUDIT, "--vulnerability-service", service, "--format", "json", *words]
    return run(command, ROOT)


def advice(done: Done) -> Advice:
    """Return what an answer of pip-audit means: its JSON stands in the line that begins with it."""
    line = next((line for line in done.said.splitlines() if line.startswith('{"dependencies"')), "")
    if not line:
        said = done.said.strip().splitlines() or ["nothing"]
        return Advice(0, trouble=said[-1][:_LONGEST])
    pins = [
        members(of) for of in items(members(cast("Json", json.loads(line))).get("dependencies"))
    ]
    unasked = tuple(str(pin["skip_reason"]) for pin in pins if "skip_reason" in pin)
    asked = len(pins) - len(unasked)
    if not asked:
        return Advice(0, trouble=unasked[0] if unasked else "it was asked of nothing")
    return Advice(asked, tuple(line for pin in pins for line in _known(pin)), unasked)


def _known(pin: dict[str, Json]) -> Iterator[str]:
    for each in map(members, items(pin.get("vulns"))):
        mended = ", ".join(map(str, items(each.get("fix_versions")))) or "no release"
        yield f"{pin['name']} {pin['version']}: {each['id']}, mended in {mended}"


def _told(service: str, found: Advice) -> Iterator[str]:
    yield from found.known
    yield from (f"not asked: {reason}" for reason in found.unasked)
    yield f"{service} knows {len(found.known)} advisories against {found.asked} pins"


def _warning(troubles: Sequence[str]) -> Iterator[str]:
    yield "!" * 80
    yield "pip-audit could not ask: whether anything is known against dependencies IS NOT KNOWN."
    yield from troubles
    yield "!" * 80


if __name__ == "__main__":
    sys.exit(main())
