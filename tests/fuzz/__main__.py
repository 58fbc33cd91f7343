"""Look for documents that Specloom comes to grief on: `python -m tests.fuzz [SECONDS]`.

A sixth of the time goes to the reader and half to the stages, by inputs that atheris leads to new
code; the rest to whole packages of documents that hypothesis makes, which are compiled, and with
`--checked` type-checked and tested. Where inputs came to grief they are kept, and the status is 1;
it is 2 where atheris cannot be had.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.judges.environments import MADE, ROOT, Failed, bare, interpreter

from .seeds import files, trees, written
from .tally import Tally

KEPT = MADE / "fuzz"
_SHARES = {"reader": 1 / 6, "pipeline": 1 / 2, "made": 1 / 3}
_LONGEST, _MEMORY = 30, 2048
"""Seconds and MiB for one input: coverage is counted line by line, which takes its time."""
_COVERED = re.compile(r" cov: ([0-9]+)")
_ENDED = re.compile(r"^SUMMARY: .*", re.MULTILINE)


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("seconds", nargs="?", type=float, default=600, help="in all; 600")
    parser.add_argument("--seed", type=int, default=1, help="another gives other inputs")
    parser.add_argument("--checked", action="store_true", help="check and test what is made")
    chosen = parser.parse_args()
    try:
        programs = interpreter("atheris").parent
    except Failed as why:
        sys.stderr.write(f"atheris cannot be had: {why}\n")
        return 2
    library = next((programs.parent / "lib").glob("python*/site-packages"))
    found = 0
    for part, share in _SHARES.items():
        found += _tried(part, share * chosen.seconds, chosen, library)
    return 1 if found else 0


def _tried(part: str, seconds: float, chosen: Namespace, library: Path) -> int:
    """Run one part for its time, say how far it went, and return how many inputs were found."""
    folder = KEPT / part
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if part == "made":
        command = ["-m", "tests.fuzz.made", str(folder / "tally"), str(seconds), str(chosen.seed)]
        done = _run([*command, *(["--checked"] if chosen.checked else [])], {})
        covered = "not counted"
    else:
        seeds, new = folder / "seeds", folder / "new"
        _sow(part, seeds)
        new.mkdir()
        bounds = [f"-timeout={_LONGEST}", f"-rss_limit_mb={_MEMORY}", f"-seed={chosen.seed}"]
        time = [f"-max_total_time={max(1, int(seconds))}", "-max_len=200000"]
        kept = [f"-artifact_prefix={folder}/found-", str(new), str(seeds)]
        command = ["-m", "tests.fuzz.guided", part, str(folder / "tally"), *bounds, *time, *kept]
        done = _run(command, {"PYTHONPATH": str(library)})
        covered = (_COVERED.findall(done.stderr) or ["none"])[-1]
    tally = Tally.of(folder / "tally")
    found = sorted(path for path in folder.glob("found-*") if path.suffix != ".txt")
    _say(f"{part}: {tally.inputs} inputs; edges covered: {covered}; {_shares(part, tally)}")
    for path in found:
        _say(f"  came to grief: {path.relative_to(ROOT)}")
    ended = _ENDED.search(done.stderr)
    if done.returncode and not found:
        _say(f"  ended with {done.returncode}: {ended[0] if ended else done.stderr[-2000:]}")
        return 1
    return len(found)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _shares(part: str, tally: Tally) -> str:
    def share(count: int) -> str:
        return f"{count / max(1, tally.inputs):.0%}"

    if part == "reader":
        return f"{share(tally.read)} could be read"
    checked = "imported" if part == "pipeline" else "type-checked and tested"
    made = f"{share(tally.made)} made, {tally.imported} of them {checked}"
    return f"{share(tally.lowered)} reached lowering, {made}"


def _sow(part: str, folder: Path) -> None:
    """Write the documents that inputs grow from."""
    folder.mkdir()
    for number, tree in enumerate(trees()):
        (folder / f"tree{number:03}").write_bytes(
            (b"\1" if part == "reader" else b"") + written(tree)
        )
    if part == "reader":
        for number, path in enumerate(files()):
            (folder / f"file{number:03}").write_bytes(b"\0" + path.read_bytes())


def _run(command: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**bare(), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
