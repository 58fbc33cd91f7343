"""Verdicts of other validators on instances, against generated codecs:
`python -m tests.judges.oracle SUITES CORPUS [NAME …]`.

`SUITES/oracle.py` makes instances of the components of a document, with verdicts on which two
validators agree (`opinions.py`). A valid instance has to decode, and to encode to an equal value;
an invalid one has to be refused where decoding is strict. Operations are left out, so that all
types are of what is received.

What differs is explained by name, or told; it exits with 1 where anything is not explained, and
with 2 where it cannot judge.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from specloom.source import read

from .cases import Codec, equal, generated, identifier
from .corpora import files, is_document
from .document import Json
from .environments import HERE, Failed, bare, interpreter
from .readings import Components, components

UNEXPLAINED = "unexplained"
AGREED = "agreed"
_SCHEMAS = "schemas"
_VERDICTS = "verdicts"
_OPINIONS = HERE / "opinions.py"
_HEAD = """# Other validators

What generated codecs make of values, held against the verdicts of jsonschema-rs and of jsonschema for
Python, on which these agree. Hypothesis and a walk over the schema make the values of each component,
and mutations of them. A valid one has to decode where decoding is strict, and to encode to an equal
one; an invalid one has to be refused. This page is written by
`make oracle SUITES=<folder> CORPUS=<folder>`.
"""
_TELLING = {
    "format": re.compile(
        r"expected (?:an? )?(?:UUID|(?:(?:un)?signed )?integer of|date|time|duration|decimal|base64)"
        r"|expected .*RFC \d+"
    ),
    "narrowed": re.compile(r"expected an (?:object|array), found"),
    "discriminator": re.compile(r': ".*" is not one of |: ".*\.\.\. is not one of '),
}
"""What is said where an instance is refused that other validators accept."""
_CONSTANT = re.compile(r'\$(?:.*\.)?([^.]+): expected "[^"]*", found a string')
_REASONS = {
    "format": "a format that Python has to represent is more than an annotation",
    "spelling": "octets are written in the canonical spelling of base64",
    "default": "an absent member with a default holds the default, and is written",
    "narrowed": "a schema without `type` that describes members is for objects, one that describes "
    "items for arrays",
    "nullable": "`nullable` and `x-nullable` mean that null fits, in OpenAPI 3.1 and beside `allOf` "
    "and `enum` as well, against the letter; and a schema that says nothing else is null",
    "discriminator": "a discriminator chooses the variant, which other validators ignore: a value "
    "whose tag means none is of none, and what fits two is of the one that it names",
    "one type": "a `oneOf` of one type, as of a string and a string of some format, is that type, "
    "though what fits both is of neither by the letter",
    "closed part": "`additionalProperties: false` in a part of an `allOf` closes the whole, which "
    "by the letter could have no members of its own",
    "several": "several of these at once",
}


class Verdict(TypedDict):
    schema: str
    valid: bool | None
    how: str
    data: Json


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    fault: str
    """Empty: as it should be."""
    why: str = ""
    """A key of the reasons, where the fault is explained."""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.oracle",
        description="Do generated codecs agree with other validators?",
    )
    parser.add_argument("suites", metavar="SUITES", type=Path, help="a folder with oracle.py")
    parser.add_argument("corpus", metavar="CORPUS", type=Path, help="documents")
    parser.add_argument("documents", metavar="NAME", nargs="*", help="some of them; or all")
    parser.add_argument("--each", type=int, default=10, help="instances of a component")
    parser.add_argument("--schemas", type=int, default=10_000, help="components of a document")
    parser.add_argument("--seconds", type=float, default=1, help="to make those of a component")
    parser.add_argument("--patience", type=float, default=300, help="seconds for a document")
    parser.add_argument("--verdicts", type=Path, help="keeps them, and uses what is there")
    options = parser.parse_args()
    paths = [path for path in files(options.corpus, options.documents) if is_document(path)]
    missing = {*options.documents} - {path.name for path in paths}
    if missing or not paths:
        parser.error(f"no such document: {', '.join(sorted(missing)) or options.corpus}")
    try:
        python = interpreter("oracle")
    except Failed as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    found: dict[str, Counter[str]] = {}
    failed = False
    for path in paths:
        with TemporaryDirectory(prefix="specloom-oracle-") as out:
            try:
                verdicts = _verdicts(path, python, options, Path(out))
            except Failed as reason:
                sys.stderr.write(f"{reason}\n")
                failed = True
                continue
            if verdicts:
                found[path.name] = _judged(path, verdicts, Path(out))
    sys.stdout.writelines(_page(found))
    if any(counts[UNEXPLAINED] for counts in found.values()):
        return 1
    return 2 if failed or not found else 0


def _verdicts(
    document: Path, python: Path, options: argparse.Namespace, out: Path
) -> list[Verdict]:
    """Return the verdicts on which the validators agree; a last line may be incomplete.

    Raises Failed where none could be made.
    """
    folder: Path = options.verdicts or out
    kept = folder / f"{document.name}.jsonl"
    if not kept.exists():
        _make(python, document, kept, options)
    lines = (line for line in kept.read_text("utf-8").split("\n") if line.endswith("}"))
    found: list[Verdict] = [json.loads(line) for line in lines]
    return [verdict for verdict in found if verdict["valid"] is not None]


def _make(python: Path, document: Path, kept: Path, options: argparse.Namespace) -> None:
    """Write the verdicts on a document, as many as there is time for.

    Raises Failed where they could not be made for another reason.
    """
    chosen = (f"--each={options.each}", f"--seconds={options.seconds}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_suffix(".part")
    with made.open("wb") as lines, suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            [python, _OPINIONS, options.suites, document, *chosen, f"--schemas={options.schemas}"],
            env={**bare(), "PYTHONHASHSEED": "0"},
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.PIPE,
            text=True,
            timeout=options.patience,
            check=False,
        )
        if done.returncode:
            raise Failed(f"no verdicts on {document.name}: {done.stderr.strip()[-600:]}")
    made.rename(kept)


def _judged(document: Path, verdicts: list[Verdict], out: Path) -> Counter[str]:
    """Return how many verdicts came to what; say those that nothing explains."""
    outcomes = tuple(_outcomes(document, verdicts, out))
    for outcome in outcomes:
        if outcome.fault and not outcome.why:
            _tell(document.name, outcome)
    counts = Counter(o.why or (UNEXPLAINED if o.fault else AGREED) for o in outcomes)
    counts[_SCHEMAS] = len({o.verdict["schema"] for o in outcomes})
    counts[_VERDICTS] = len(outcomes)
    sys.stderr.write(f"{document.name}: {dict(counts)}\n")
    return counts


def _page(found: Mapping[str, Counter[str]]) -> Iterator[str]:
    totals = sum(found.values(), Counter[str]())
    reasons = [word for word in _REASONS if totals[word]]
    columns = (_SCHEMAS, _VERDICTS, AGREED, *reasons, UNEXPLAINED)
    yield f"{_HEAD}\n| document | {' | '.join(columns)} |\n|---|{'--:|' * len(columns)}\n"
    for name, counts in (*found.items(), ("in all", totals)):
        cells = (str(counts[c] or ("0" if c == UNEXPLAINED else "")) for c in columns)
        yield f"| {name} | {' | '.join(cells)} |\n"
    yield "\n## What differs\n"
    for word in reasons:
        yield f"\n*{word.capitalize()}*: {_REASONS[word]}.\n"


def _outcomes(document: Path, verdicts: list[Verdict], out: Path) -> Iterator[Outcome]:
    schemas, tree = out / f"{document.name}.json", _without_operations(document)
    schemas.write_text(json.dumps(tree), "utf-8")
    known = components(tree)
    try:
        codecs = generated(schemas, f"oracle_{identifier(document.name)}", out)
    except Failed as reason:
        yield from (Outcome(verdict, str(reason)) for verdict in verdicts)
        return
    for verdict in verdicts:
        codec = codecs.get(verdict["schema"])
        if codec is None:
            yield Outcome(verdict, "has no type")
        else:
            yield _outcome(verdict, codec, known)


def _without_operations(document: Path) -> Json:
    source, _ = read(document, document.name)
    tree = cast("dict[str, Json]", json.loads(json.dumps(source.tree)))
    return {**{key: value for key, value in tree.items() if key != "webhooks"}, "paths": {}}


def _outcome(verdict: Verdict, codec: Codec, known: Components) -> Outcome:
    data = verdict["data"]
    try:
        written = codec.encode(codec.decode(data, strict=True))
    except codec.refusal as refused:
        if not verdict["valid"]:
            return Outcome(verdict, "")
        said = str(refused)
        return Outcome(verdict, f"refused: {said}", _why(verdict, said, known))
    if not verdict["valid"]:
        return Outcome(verdict, "accepted", known.why_accepted(verdict["schema"], data))
    if equal(written, data):
        return Outcome(verdict, "")
    fault = f"became {json.dumps(written)}"
    if _is_filled(data, written):
        return Outcome(verdict, fault, "default")
    return Outcome(
        verdict, fault, "spelling" if _is_filled(_canonical(data, written), written) else ""
    )


def _why(verdict: Verdict, said: str, known: Components) -> str:
    """Return why a valid instance is refused, as far as the message or another reading says it."""
    constant = _CONSTANT.match(said)
    if constant is not None and constant[1] in known.tags:
        return "discriminator"
    found = (why for why, pattern in _TELLING.items() if pattern.search(said))
    return next(found, "") or known.why_refused(verdict["schema"], verdict["data"])


def _canonical(data: Json, written: Json) -> Json:
    """Return a value with the spelling of another, where both are base64 of the same octets."""
    match data, written:
        case dict(), dict():
            return {k: _canonical(of, written[k]) if k in written else of for k, of in data.items()}
        case list(), list() if len(data) == len(written):
            return [_canonical(one, two) for one, two in zip(data, written, strict=True)]
        case str(), str() if _octets(data) is not None and _octets(data) == _octets(written):
            return written
        case _:
            return data


def _octets(text: str) -> bytes | None:
    try:
        return b64decode(
            "".join(text.split()).rstrip("=") + "==", b"-_" if "-" in text or "_" in text else None
        )
    except ValueError:
        return None


def _is_filled(data: Json, written: Json) -> bool:
    """Return whether all that differs is members that are there now, or nulls that are not."""
    match data, written:
        case dict(), dict():
            gone = (name for name in data if name not in written)
            return all(data[name] is None for name in gone) and all(
                _is_filled(data[name], written[name]) for name in data if name in written
            )
        case list(), list():
            pairs = zip(data, written, strict=False)
            return len(data) == len(written) and all(_is_filled(one, two) for one, two in pairs)
        case _:
            return equal(data, written)


def _tell(document: str, outcome: Outcome) -> None:
    verdict = outcome.verdict
    data, kind = json.dumps(verdict["data"]), "valid" if verdict["valid"] else "invalid"
    said = f"{document}: {verdict['schema']}: {verdict['how']}: {kind} {data[:300]}"
    sys.stderr.write(f"{said} {outcome.fault[:300]}\n")


if __name__ == "__main__":
    sys.exit(main())
