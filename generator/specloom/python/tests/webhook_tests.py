"""The view of the tests of `webhooks`: what comes, and what it is read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import assert_never

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import is_open
from specloom.python.client.webhooks import PARSE, keeps_unknown, parser_name
from specloom.python.imports import DATES, import_from, used
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.prose import docstring
from specloom.python.sample import prefixed, tree_doc
from specloom.python.tests.misfits import others
from specloom.python.tests.pairs import Bench, Pair, pairs, variant_pairs
from specloom.python.tests.printed import Constant, needed
from specloom.values import Json, Tree
from specloom.verdict import ByTag

_MOST = 60
"""Values that are read: those of a large document are hundreds, and read alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTests:
    """The tests of what webhooks bring: `test_webhooks.py.jinja`."""

    path: str
    docstring: Code
    imports: tuple[Code, ...]
    samples: tuple[Code, ...]
    webhooks: tuple[Code, ...]
    """Each the item of a list that makes one, with the comma behind it."""
    is_signed: bool
    is_dated: bool
    """Whether a signature says when it was made."""


def webhook_tests(
    package: str, bench: Bench, constants: Mapping[str, Constant]
) -> WebhookTests | None:
    """Return the view; None where there is nothing that a test could have come."""
    found = bench.world.api.webhooks
    several = () if found is None else tuple(islice(_rows(found.telling, bench), _MOST + 1))
    if found is None or not several:
        return None
    rows = several[:_MOST]
    left = f"\n\nRead are the first {_MOST} of them." if len(several) > _MOST else ""
    code = tuple(block(row, 4) for row in rows)
    mentions = needed(code, constants)
    return WebhookTests(
        path=f"{package}_tests/test_webhooks_of_{package}.py",
        docstring=docstring((f"Webhooks: what they bring, and who has sent it.{left}",), indent=0),
        imports=tuple(_imports(package, used((*code, *mentions)))),
        samples=mentions,
        webhooks=code,
        is_signed=found.signing is not ir.Signing.OTHER,
        is_dated=found.signing is ir.Signing.STANDARD,
    )


def _rows(telling: ir.Telling, bench: Bench) -> Iterator[Doc]:
    world = bench.world
    match telling:
        case ir.ByPayload(payload):
            for pair in _pairs(payload, bench):
                yield _row(PARSE, {}, pair.received, pair.python)
            yield from _unknown(payload, bench)
        case ir.ByHeader(header=header, events=events):
            for event in events:
                for pair in _pairs(event.payload, bench):
                    headers = {literal(header): literal(event.value)}
                    yield _row(PARSE, headers, pair.received, pair.python)
            if keeps_unknown(telling, world):
                new = others(tuple(Json.of(event.value.raw) for event in events))[0]
                headers = {literal(header): literal(Json.of(new))}
                yield _kept("webhooks", headers, Json.of(new), {"a": 1})
        case ir.ByAddress(payloads):
            for id_, payload in payloads:
                for pair in _pairs(payload, bench):
                    name = parser_name(world.names.webhooks[id_])
                    yield _row(name, {}, pair.received, pair.python)
        case _:
            assert_never(telling)


def _pairs(id_: ir.TypeId, bench: Bench) -> Iterator[Pair]:
    """Return a value of a type, and of a union one of each variant."""
    shape = bench.world.definitions[id_].shape
    if not isinstance(shape, ir.Union):
        yield from islice((p for p in pairs(id_, bench) if p.sample.is_plain), 1)
        return
    for number in range(len(shape.variants)):
        found = (pair for _, pair in variant_pairs(id_, number, bench) if pair.sample.is_plain)
        yield from islice(found, 1)


def _unknown(id_: ir.TypeId, bench: Bench) -> Iterator[Doc]:
    """Return one that nobody knew, where a tag alone decides."""
    definition = bench.world.definitions[id_]
    shape = definition.shape
    choice = shape.verdict.choice if isinstance(shape, ir.Union) else None
    if isinstance(choice, ByTag) and choice.others is None and is_open(definition):
        for new in others(tuple(value for values, _ in choice.cases for value in values))[:1]:
            yield _kept("models", {}, Json.of(new), {choice.name.raw: new})


def _kept(home: str, headers: dict[Code, Code], tag: Json, raw: dict[str, Tree]) -> Doc:
    kept = (Code(f"tag={literal(tag)}"), prefixed(Code("raw="), tree_doc(raw)))
    value = Group(Code(f"{home}.UnknownVariant("), kept, Code(")"))
    return _row(PARSE, headers, tree_doc(raw), value)


def _row(parse: Code, headers: Mapping[Code, Code], received: Doc, value: Doc) -> Doc:
    items: list[Doc] = [Code(f"parse=webhooks.{parse}")]
    if headers:
        pairs_ = tuple(Code(f"{name}: {said}") for name, said in headers.items())
        items.append(Group(Code("headers={"), pairs_, Code("}"), display=True))
    items += (prefixed(Code("received="), received), prefixed(Code("value="), value))
    return Group(Code("Webhook("), tuple(items), Code("),"))


def _imports(package: str, names: frozenset[str]) -> Iterator[Code]:
    yield from (DATES,) if "dt" in names else ()
    yield Code("import json")
    yield Code("from collections.abc import Callable")
    replaced = ", replace" if "replace" in names else ""
    yield Code(f"from dataclasses import dataclass, field{replaced}")
    if "Decimal" in names:
        yield Code("from decimal import Decimal")
    typing = ("Literal", "TypeAlias") if "Literal" in names else ("TypeAlias",)
    yield import_from("typing", typing)
    if "UUID" in names:
        yield Code("from uuid import UUID")
    yield Code("")
    yield Code("import pytest")
    taken = ["errors", *(["models"] if "models" in names else []), "webhooks"]
    unknown = [name for name in ("Unknown", "UnknownInt") if name in names]
    yield import_from(package, (*unknown, *taken))
    if "FileLike" in names:
        yield import_from(f"{package}._file", ("FileLike",))
