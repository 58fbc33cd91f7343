"""Cases of the JSON Schema Test Suite, wrapped as documents, and what becomes of their instances.

Each `KEYWORD.openapi.json` is generated. A valid instance of `KEYWORD.cases.json` has to decode, and
to encode to an equal value; an invalid one has to be refused where decoding is strict.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from specloom.config import Target
from specloom.naming import Names, name
from specloom.pipeline import package_files, understand
from specloom.python.package.package import package

from .document import Json
from .environments import Failed

LEFT_OUT = "excluded"
"""The class of cases that need another dialect, or another document."""
_ENDING = ".cases.json"


class Instance(TypedDict):
    description: str
    data: Json
    valid: bool
    offtype: NotRequired[bool]
    """Whether it is valid only because a keyword ignores values of its kind."""


class Case(TypedDict):
    case: str
    cls: str
    group: str
    why: NotRequired[str]
    """It is left out."""
    instances: list[Instance]


@dataclass(frozen=True)
class Tried:
    """One instance, and what is wrong with what became of it: nothing, where all is well."""

    keyword: str
    case: Case
    instance: Instance
    fault: str


@dataclass(frozen=True)
class Codec:
    decode: Callable[..., object]
    encode: Callable[[object], Json]
    refusal: type[Exception]

    def fault(self, instance: Instance) -> str:
        try:
            value = self.decode(instance["data"], strict=True)
        except self.refusal as refused:
            return f"refused: {refused}" if instance["valid"] else ""
        if not instance["valid"]:
            return "accepted"
        written = self.encode(value)
        same = equal(written, instance["data"])
        return "" if same else f"became {json.dumps(written)}"


def keywords(folder: Path) -> list[str]:
    """Return the keywords that have cases in a folder."""
    return sorted(path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))


def tried(folder: Path, keyword: str, out: Path) -> Iterator[Tried]:
    """Try all instances of a keyword, those aside that are left out; the package goes into `out`.

    A document that is refused is a fault of each of its instances.
    """
    document = folder / f"{keyword}.openapi.json"
    read = [case for case in cases(folder, keyword) if case["cls"] != LEFT_OUT]
    try:
        codecs = generated(document, f"jsts_{identifier(f'{folder.name}_{keyword}')}", out)
    except Failed as reason:
        for case in read:
            yield from (Tried(keyword, case, each, str(reason)) for each in case["instances"])
        return
    for case in read:
        for instance in case["instances"]:
            yield Tried(keyword, case, instance, codecs[case["case"]].fault(instance))


def cases(folder: Path, keyword: str) -> list[Case]:
    found: list[Case] = json.loads((folder / f"{keyword}{_ENDING}").read_text("utf-8"))
    return found


def generated(document: Path, package_name: str, out: Path) -> dict[str, Codec]:
    """Return the codecs of each component, by its key. Raises Failed with what Specloom says."""
    if not document.exists():
        return {}
    names = _written(document, package_name, out)
    if str(out) not in sys.path:
        sys.path.insert(0, str(out))
    invalidate_caches()
    codecs = import_module(f"{package_name}.codecs")
    refusal: type[Exception] = import_module(f"{package_name}.errors").DecodeError
    return {
        id_.address.removeprefix("/components/schemas/"): Codec(
            cast("Callable[..., object]", getattr(codecs, f"decode_{found.codec}")),
            cast("Callable[[object], Json]", getattr(codecs, f"encode_{found.codec}")),
            refusal,
        )
        for id_, found in names.types.items()
    }


def _written(document: Path, package_name: str, out: Path) -> Names:
    understood = understand(str(document))
    if understood.api is None:
        raise Failed("; ".join(line.splitlines()[0] for line in understood.messages))
    target = Target("jsts", str(document), str(out), package_name, None)
    names = name(understood.api)
    for path, text in package_files(package(understood.api, names).view, target).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8")
    return names


def identifier(keyword: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in keyword).lower()


def equal(one: Json, other: Json) -> bool:
    """Return whether two values are equal as JSON has it: 1.0 is 1, true is not."""
    return _key(one) == _key(other)


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
