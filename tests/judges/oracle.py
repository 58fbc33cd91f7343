"""Verdicts of other validators on instances, against generated codecs:
`python -m tests.judges.oracle CORPUS VERDICTS`.

`VERDICTS/DOCUMENT.jsonl` holds a line for each instance of a component of `CORPUS/DOCUMENT`:
`{"schema": …, "valid": …, "how": …, "data": …}`; `valid` is null where the validators disagree. A
valid instance has to decode, and to encode to an equal value; an invalid one has to be refused where
decoding is strict. Operations are left out, so that all types are of what is received.

What differs is explained by name, or printed; it exits with 1 where anything is not explained.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from specloom.source import read

from .cases import Codec, equal, generated, identifier
from .document import Json
from .environments import Failed

_TELLING = {
    "format": re.compile(
        r"expected (?:an? )?(?:UUID|(?:(?:un)?signed )?integer of|date|time|duration|decimal|base64)"
        r"|expected .*RFC \d+"
    ),
    "narrowed": re.compile(r"expected an (?:object|array), found"),
    "discriminator": re.compile(r'" is not one of '),
}
"""What is said where an instance is refused that other validators accept."""
_REASONS = {
    "format": "a format that Python has to represent is more than an annotation",
    "default": "an absent member with a default holds the default, and is written",
    "narrowed": "a schema without `type` that describes members is for objects, one that describes "
    "items for arrays",
    "nullable": "`nullable` beside `allOf`, and `x-nullable`, mean that null fits, against the letter",
    "discriminator": "a value whose tag means no variant is of none, which other validators ignore",
    "open enum": "a `oneOf` of a string and of some of its values is an enum that takes others, too",
}
_OF_TYPES = ("Type", "StructType", "StructField", "ListType", "MapType", "Schema")
_EXPLAINED = {
    ("docker_swagger2.yaml", "HostConfig"): "nullable",
    ("docker_swagger2.yaml", "ImageConfig"): "nullable",
    ("oxide_nexus.json", "AffinityGroupUpdate"): "nullable",
    ("oxide_nexus.json", "Address"): "format",  # of a union that is told apart by it
    ("oxide_nexus.json", "AddressConfig"): "format",
    **{("iceberg_rest.yaml", schema): "open enum" for schema in _OF_TYPES},
}
"""Why instances of a component differ, where no message says it."""


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
    parser.add_argument("corpus", metavar="CORPUS", type=Path, help="documents")
    parser.add_argument("verdicts", metavar="VERDICTS", type=Path, help="DOCUMENT.jsonl for some")
    arguments = parser.parse_args()
    corpus: Path = arguments.corpus
    totals: Counter[str] = Counter()
    for path in sorted(cast("Path", arguments.verdicts).glob("*.jsonl")):
        with TemporaryDirectory(prefix="specloom-oracle-") as out:
            outcomes = tuple(_outcomes(corpus / path.stem, _verdicts(path), Path(out)))
        counts = Counter(o.why or ("unexplained" if o.fault else "agreed") for o in outcomes)
        counts["schemas"] = len({o.verdict["schema"] for o in outcomes})
        totals += counts
        for outcome in outcomes:
            if outcome.fault and not outcome.why:
                _tell(path.stem, outcome)
        said = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
        sys.stdout.write(f"{path.stem}: {said}\n")
    sys.stdout.write("in all: " + ", ".join(f"{n} {word}" for word, n in sorted(totals.items())))
    sys.stdout.writelines(f"\n{word}: {_REASONS[word]}" for word in _REASONS if totals[word])
    sys.stdout.write("\n")
    return 1 if totals["unexplained"] else 0


def _verdicts(path: Path) -> list[Verdict]:
    """Return the verdicts on which the validators agree; a last line may be incomplete."""
    lines = (line for line in path.read_text("utf-8").split("\n") if line.endswith("}"))
    found: list[Verdict] = [json.loads(line) for line in lines]
    return [verdict for verdict in found if verdict["valid"] is not None]


def _outcomes(document: Path, verdicts: list[Verdict], out: Path) -> Iterator[Outcome]:
    bare = out / f"{document.name}.json"
    bare.write_text(json.dumps(_without_operations(document)), "utf-8")
    try:
        codecs = generated(bare, f"oracle_{identifier(document.name)}", out)
    except Failed as reason:
        yield from (Outcome(verdict, str(reason)) for verdict in verdicts)
        return
    for verdict in verdicts:
        codec = codecs.get(verdict["schema"])
        if codec is None:
            yield Outcome(verdict, "has no type")
        else:
            found = _outcome(verdict, codec)
            known = _EXPLAINED.get((document.name, verdict["schema"]), "")
            yield replace(found, why=found.why or known) if found.fault else found


def _without_operations(document: Path) -> Json:
    source, _ = read(document, document.name)
    tree = cast("dict[str, Json]", json.loads(json.dumps(source.tree)))
    return {**{key: value for key, value in tree.items() if key != "webhooks"}, "paths": {}}


def _outcome(verdict: Verdict, codec: Codec) -> Outcome:
    data = verdict["data"]
    try:
        written = codec.encode(codec.decode(data, strict=True))
    except codec.refusal as refused:
        if not verdict["valid"]:
            return Outcome(verdict, "")
        said = str(refused)
        return Outcome(verdict, f"refused: {said}", _why(said))
    if not verdict["valid"]:
        return Outcome(verdict, "accepted")
    if equal(written, data):
        return Outcome(verdict, "")
    fault = f"became {json.dumps(written)}"
    return Outcome(verdict, fault, "default" if _is_filled(data, written) else "")


def _why(said: str) -> str:
    """Return why a valid instance is refused, as far as the message says it."""
    found = (why for why, pattern in _TELLING.items() if pattern.search(said))
    return next(found, "")


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
    sys.stdout.write(f"{said} {outcome.fault[:300]}\n")


if __name__ == "__main__":
    sys.exit(main())
