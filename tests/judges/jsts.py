"""The JSON Schema Test Suite, wrapped as documents: `python -m tests.judges.jsts FOLDER [KEYWORD …]`.

Each `KEYWORD.openapi.json` is generated. A valid instance of `KEYWORD.cases.json` has to decode, and
to encode to an equal value; an invalid one has to be refused where decoding is strict.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from .document import Json
from .environments import Failed
from .packages import Package, package, specloom

_LEFT_OUT = "excluded"
"""The class of cases that need another dialect, or another document."""


class Instance(TypedDict):
    description: str
    data: Json
    valid: bool


class Case(TypedDict):
    case: str
    cls: str
    group: str
    instances: list[Instance]


@dataclass(frozen=True)
class Codec:
    decode: Callable[..., object]
    encode: Callable[[object], Json]
    refusal: type[Exception]

    def fault(self, instance: Instance) -> str:
        """Return what is wrong with what becomes of an instance; nothing where it is right."""
        try:
            value = self.decode(instance["data"], strict=True)
        except self.refusal as refused:
            return f"refused: {refused}" if instance["valid"] else ""
        if not instance["valid"]:
            return "accepted"
        written = self.encode(value)
        same = _key(written) == _key(instance["data"])
        return "" if same else f"became {json.dumps(written)}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.jsts",
        description="Do generated codecs accept and refuse what JSON Schema does?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="documents and cases")
    parser.add_argument("keywords", metavar="KEYWORD", nargs="*", help="all by default")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    keywords: list[str] = arguments.keywords or sorted(
        path.name.partition(".")[0] for path in folder.glob("*.openapi.json")
    )
    passed = failed = left_out = 0
    faults: list[str | None]
    for keyword in keywords:
        with TemporaryDirectory(prefix="specloom-jsts-") as name:
            try:
                faults = [*_faults(folder, keyword, Path(name))]
            except Failed as reason:
                faults = [f"{keyword}: {reason}"]
        wrong = [fault for fault in faults if fault]
        passed += faults.count("")
        failed += len(wrong)
        left_out += faults.count(None)
        sys.stdout.writelines(f"{fault}\n" for fault in wrong)
    more = f", {left_out} of another dialect or document left out" if left_out else ""
    sys.stdout.write(f"{passed} passed, {failed} failed{more}\n")
    return 1 if failed else 0


def _faults(folder: Path, keyword: str, out: Path) -> Iterator[str | None]:
    """Return a text for each instance: empty where all is well; None where it is left out.

    Raises Failed.
    """
    document = folder / f"{keyword}.openapi.json"
    made = package(document, f"jsts_{_identifier(keyword)}", out)
    codecs = dict(_codecs(document, made))
    cases: list[Case] = json.loads((folder / f"{keyword}.cases.json").read_text("utf-8"))
    for case in cases:
        for instance in case["instances"]:
            if case["cls"] == _LEFT_OUT:
                yield None
                continue
            fault = codecs[case["case"]].fault(instance)
            said = f"{keyword}: {case['group']}: {instance['description']}"
            yield fault and f"{said}: {json.dumps(instance['data'])} {fault}"


def _codecs(document: Path, made: Package) -> Iterator[tuple[str, Codec]]:
    """Return the codecs of each component, by its key."""
    lowered = specloom("lower", document.resolve(), "--names", "--format", "json")
    names = cast("dict[str, list[dict[str, str]]]", json.loads(lowered.stdout))
    refusal = cast("type[Exception]", made.find("errors", "DecodeError"))
    for type_ in names["types"]:
        key = type_["pointer"].removeprefix("/components/schemas/")
        encode = cast("Callable[[object], Json]", made.codec(type_["encode"]))
        yield key, Codec(made.codec(type_["decode"]), encode, refusal)


def _identifier(keyword: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in keyword).lower()


def _key(value: Json) -> object:
    """Return the same for values that JSON holds to be equal: 1.0 is 1, true is not."""
    match value:
        case bool():
            return bool, value
        case list():
            return [_key(item) for item in value]
        case dict():
            return {name: _key(member) for name, member in value.items()}
        case _:
            return value


if __name__ == "__main__":
    sys.exit(main())
