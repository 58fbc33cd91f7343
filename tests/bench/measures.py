"""What is measured: each measure runs ours and the other in turn, and returns rows of the table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from types import MappingProxyType

from .clock import Cost, Failed, environment, least, spend
from .environments import ROOT, peer
from .rows import Row
from .variants import VARIANTS, document

SPEC = ROOT / "specs" / "polar-oauth2.yaml"
STREAMS = ROOT / "tests" / "corpus" / "event_streams" / "spec.yaml"
GENERATED = ROOT / "generated"
PYTHON = Path(sys.executable)
SPECLOOM = PYTHON.with_name("specloom")
CALLERS = Path(__file__).with_name("callers.py")
DECODERS = Path(__file__).with_name("decoders.py")
DECIDERS = Path(__file__).with_name("variants.py")

_GROWTH = 16.0
"""KiB that may be held for no reason: what Python keeps for itself comes and goes."""
PROJECT = f"""\
[tool.specloom.targets.polar_oauth2]
spec = "{SPEC.name}"
output = "generated"
"""


def cold() -> list[Row]:
    """Generate the flagship into an empty folder, against openapi-python-client."""
    programs = peer("openapi-python-client")
    name = "openapi-python-client"
    # a warning of the peer is a step that it left out: ruff, for one, is looked for on the PATH
    theirs = (programs / name, "generate", "--path", SPEC, "--meta", "none", "--fail-on-warning")
    with _folder() as top:
        env = environment(programs=programs)
        fresh = count()

        def empty() -> Path:
            folder = top / str(next(fresh))
            folder.mkdir()
            return folder

        def package() -> Cost:
            return spend([SPECLOOM, "generate", SPEC, "-o", empty()], cwd=top, env=environment())

        def package_and_tests() -> Cost:
            out = empty()
            command = (SPECLOOM, "generate", SPEC, "-o", out, "--tests", out / "tests")
            return spend(command, cwd=top, env=environment())

        def other() -> Cost:
            out = empty()
            took = spend([*theirs, "--output-path", out, "--overwrite"], cwd=top, env=env)
            if not (out / "models" / "token_response.py").is_file():
                raise Failed(f"{name} wrote no models")
            return took

        ours, with_tests, others = least(9, package, package_and_tests, other)
    return [
        Row("generate from nothing, CPU", ours.cpu, others.cpu, name, 1.0),
        Row("the same with tests, CPU", with_tests.cpu, others.cpu, name),
    ]


def again() -> list[Row]:
    """Generate when nothing has changed, against an interpreter that does nothing."""
    return _unchanged("generate")


def check() -> list[Row]:
    """Check that nothing has changed, against an interpreter that does nothing."""
    return _unchanged("check")


def _unchanged(command: str) -> list[Row]:
    with _folder() as project:
        copy(SPEC, project)
        (project / "pyproject.toml").write_text(PROJECT, "utf-8")
        env = environment()
        spend([SPECLOOM, "generate"], cwd=project, env=env)
        ours, bare = least(
            25,
            lambda: spend([SPECLOOM, command], cwd=project, env=env),
            lambda: spend([PYTHON, "-c", "pass"], cwd=project, env=env),
        )
    return [Row(f"{command} with nothing changed", ours.wall, bare.wall, "python -c pass", 6.0)]


def imports() -> list[Row]:
    """Import the package, against what its data types cannot do without."""
    programs = (
        "pass",
        "import dataclasses, typing",
        "import polar_oauth2",
        "import polar_oauth2.models",
        "from polar_oauth2 import Client",
    )
    env = environment(paths=[GENERATED])
    with _folder() as top:
        runs = [
            lambda text=text: spend([PYTHON, "-c", text], cwd=top, env=env) for text in programs
        ]
        bare, other, *ours = (cost.cpu for cost in least(40, *runs))
    against = programs[1]
    # the package loads its modules when a name of theirs is first asked for, hence two more rows
    rows = [
        Row(f"{text}, without the interpreter", took - bare, other - bare, against)
        for text, took in zip(programs[2:], ours, strict=True)
    ]
    rows[0] = replace(rows[0], limit=2.0)
    return [*rows, Row(f"{programs[2]}, with the interpreter", ours[0], other, against)]


def decode() -> list[Row]:
    """Decode a token response from Python objects, against pydantic."""
    python = peer("pydantic") / "python"
    # where a process has its objects in memory makes some percent of difference to either
    raced = [_numbers(python, DECODERS) for _ in range(9)]
    ours, other = (min(times) for times in zip(*raced, strict=True))
    return [Row("decode a token response", ours, other, "pydantic", 0.6)]


def _numbers(python: Path, script: Path, packages: Path = GENERATED) -> tuple[float, ...]:
    return _run(python, script, env=environment(paths=[packages]))


def _run(*command: Path | str, env: dict[str, str]) -> tuple[float, ...]:
    """Return the numbers that a command prints. Raises Failed."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()
        raise Failed(f"{Path(command[-1]).name} exited with {done.returncode}: {said}")
    return tuple(map(float, done.stdout.split()))


def union() -> list[Row]:
    """Decode a variant of a union of 60 by its tag, against the decoder of the variant itself."""
    with _folder() as top:
        spec = top / "events.json"
        spec.write_text(json.dumps(document()), "utf-8")
        spend([SPECLOOM, "generate", spec, "-o", top], cwd=top, env=environment())
        raced = [_numbers(PYTHON, DECIDERS, top) for _ in range(5)]
    ours, direct = (min(times) for times in zip(*raced, strict=True))
    return [Row(f"decode one of {VARIANTS} variants", ours, direct, "the variant's decoder", 1.3)]


def call() -> list[Row]:
    """Call the flagship over loopback, against its request made once and sent by hand."""
    raced = [_numbers(PYTHON, CALLERS) for _ in range(5)]
    ours, by_hand, ours_async, by_hand_async = (min(times) for times in zip(*raced, strict=True))
    return [
        Row("call over loopback", ours, by_hand, "httpx2 and json.loads", 1.15),
        Row("the same, awaited", ours_async, by_hand_async, "httpx2 and json.loads", 1.15),
    ]


def own() -> list[Row]:
    """Call over the standard library, against openapi-python-client, and see what it costs."""
    name = "openapi-python-client"
    programs = peer(name)
    with _folder() as top:
        env = environment(programs=programs)
        theirs = (programs / name, "generate", "--path", SPEC, "--meta", "none")
        spend([*theirs, "--output-path", top / "polar_peer", "--fail-on-warning"], cwd=top, env=env)
        ours = (SPECLOOM, "generate", SPEC, "-o", top, "--package", "polar_stdlib")
        spend([*ours, "--transport", "stdlib"], cwd=top, env=environment())
        ours = (SPECLOOM, "generate", STREAMS, "-o", top, "--package", "streams_stdlib")
        spend([*ours, "--transport", "stdlib"], cwd=top, env=environment())

        def told(measure: str) -> tuple[float, ...]:
            paths = environment(paths=[top, ROOT])
            return _run(programs / "python", "-m", "tests.bench.own_transport", measure, env=paths)

        raced = [told("race") for _ in range(5)]
        made = min(told("construction") for _ in range(5))
        calls, events = told("calls"), told("events")
    call, other = (min(times) for times in zip(*raced, strict=True))
    return [
        Row("call over the standard library", call, other, name, 0.4),
        Row("make a client", made[0], 1e-3, "a millisecond", 1.0),
        Row("held after 10,000 calls more", calls[0] / 1024, _GROWTH, "16 KiB", 1.0, "KiB"),
        Row("more at once after 80,000 events", events[0] / 1024, _GROWTH, "16 KiB", 1.0, "KiB"),
    ]


@contextmanager
def _folder() -> Generator[Path]:
    with TemporaryDirectory(prefix="specloom-bench-") as name:
        yield Path(name)


MEASURES: Mapping[str, Callable[[], list[Row]]] = MappingProxyType(
    {
        "cold": cold,
        "again": again,
        "check": check,
        "import": imports,
        "decode": decode,
        "union": union,
        "call": call,
        "own": own,
    }
)
