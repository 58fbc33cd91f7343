"""Inputs led by what they cover: run by `tests.fuzz`, where atheris can be imported.

`python -m tests.fuzz.guided reader|pipeline TALLY …`, and what libFuzzer understands besides.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Protocol, TypeAlias, cast


class _Atheris(Protocol):
    """What is used of atheris, which has no types."""

    def instrument_imports(self, include: Sequence[str]) -> AbstractContextManager[None]: ...
    def Setup(
        self,
        arguments: Sequence[str],
        trial: Callable[[bytes], int],
        custom_mutator: Callable[[bytes, int, int], bytes],
    ) -> object: ...
    def Fuzz(self) -> None: ...
    def Mutate(self, data: bytes, most: int) -> bytes: ...


atheris = cast("_Atheris", import_module("atheris"))

with atheris.instrument_imports(include=["specloom"]):
    from .mutation import mutated
    from .seeds import donors, written
    from .tally import Tally, keep
    from .trials import try_import, try_reader, try_stages

_EXTENSIONS = (".yaml", ".json", ".md")
_OFTEN = 25
"""Inputs between two tallies."""
_UNFIT = -1
"""Says to libFuzzer that no other input is to grow from this one."""
_SOME = 10
"""Of so many packages one is imported: that takes as long as all before it."""
_BEYOND = 0.05
"""How often a document is changed as bytes and not as a tree."""


def _reader(folder: Path, tally: Tally, data: bytes) -> bool:
    spec = folder / f"api{_EXTENSIONS[data[0] % 3] if data else '.yaml'}"
    spec.write_bytes(data[1:])
    tally.read += try_reader(spec)
    return True


def _pipeline(folder: Path, tally: Tally, data: bytes) -> bool:
    """Put a document through the stages; return whether others may grow from it.

    Of those that grow from an unsound one nearly all are unsound, and never reach lowering.
    """
    spec = folder / "api.yaml"
    spec.write_bytes(data)
    outcome = try_stages(spec)
    tally.lowered += outcome.lowered
    if outcome.files:
        tally.made += 1
        if tally.made % _SOME == 1:
            with TemporaryDirectory(dir=folder) as below:
                try_import(outcome.files, Path(below))
            tally.imported += 1
    return outcome.lowered


def _mutate_tree(data: bytes, most: int, seed: int) -> bytes:
    """Return a document with another meaning; where it is none, or now and then, other bytes."""
    random = Random(seed)
    if random.random() > _BEYOND:
        try:
            # what is written here is JSON
            tree = mutated(random, json.loads(data), donors())
        except ValueError:
            pass
        else:
            if len(new := written(tree)) <= most:
                return new
    return atheris.Mutate(data, most)


def _mutate_bytes(data: bytes, most: int, seed: int) -> bytes:
    return atheris.Mutate(data, most)


_Target: TypeAlias = tuple[Callable[[Path, Tally, bytes], bool], Callable[[bytes, int, int], bytes]]
_TARGETS: dict[str, _Target] = {
    "reader": (_reader, _mutate_bytes),
    "pipeline": (_pipeline, _mutate_tree),
}


def main() -> None:
    target, kept, *rest = sys.argv[1:]
    one, mutate = _TARGETS[target]
    tally, said = Tally(), Path(kept)
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:

        def trial(data: bytes) -> int:
            tally.inputs += 1
            grows = False
            try:
                grows = one(Path(folder), tally, data)
            except Exception as error:
                # to stop at the first would leave the rest of the time unused
                keep(error, data, said.parent)
            if tally.inputs % _OFTEN == 0:
                tally.write(said)
            return 0 if grows else _UNFIT

        atheris.Setup([sys.argv[0], *rest], trial, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
