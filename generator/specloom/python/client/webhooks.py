"""The view of `webhooks`: what reads the requests that an API makes of its users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from specloom import ir
from specloom.code import NOTHING, Code, Identifier
from specloom.python.annotations import World, is_open, joined, named
from specloom.python.imports import exports, statements, used
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.literals import literal
from specloom.python.models import the_api
from specloom.python.prose import Words, apart, docstring
from specloom.python.roles import told_apart

_HOMES = {
    "TypeAlias": "typing",
    "UNSET": "._types",
    "UnknownVariant": "._unknown",
    "Unset": "._types",
    "SignatureError": "._webhook",
}
_UNION = Code("WebhookPayload")
PARSE = Code("parse_webhook")
"""What the function is called that reads all webhooks."""
_SIGNED = (
    "With a `secret`, SignatureError is raised for what it has not signed, before anything is "
    "read. Without one nothing is checked: anybody may have sent this."
)
_UNSIGNED = "No signature is checked: anybody may have sent this."


@dataclass(frozen=True, slots=True)
class _Signed:
    """What is offered where signatures are known: the same in each runtime module of theirs."""

    module: str
    settings: tuple[Code, ...]
    """Besides the secret, with their types and defaults."""

    @property
    def verified(self) -> Code:
        names = (Code(setting.partition(":")[0]) for setting in self.settings)
        passed = (Code(f"{name}={name}") for name in ("secret", *names))
        given = (Code("headers"), Code("body"), *passed)
        return block(Group(Code("verify("), given, Code(")")), 8)


_SIGNINGS = {
    ir.Signing.STANDARD: _Signed(
        "_signature", (Code("tolerance: float = 300"), Code("now: float | None = None"))
    ),
    ir.Signing.HUB: _Signed("_hub", ()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    pattern: Code
    """The line of it, up to its colon."""
    result: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A function that reads requests."""

    signature: Code
    docstring: Code
    verified: Code
    """The statement that checks the signature, where there is a secret; empty: nothing does."""
    result: Code
    """The statement that returns what came, or keeps it where a header is asked what it is."""
    event: Code
    """The line that asks, up to its colon; empty: none is asked."""
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    path: str
    docstring: Code
    imports: tuple[Code, ...]
    exports: tuple[Code, ...]
    union: Code
    """The alias of all that may come, where it is none of the types of `models`."""
    parsers: tuple[Parser, ...]


def webhooks(world: World) -> Webhooks | None:
    """Return the view of the module; None where nothing comes that it could read."""
    found = world.api.webhooks
    if found is None:
        return None
    signed = _SIGNINGS.get(found.signing)
    parsers = dict(_parsers(found.telling, signed, world))
    union = _union(found.telling, world)
    taken = used((union, *(part for parser in parsers.values() for part in _parts(parser))))
    offered = {*map(str, parsers), *([str(_UNION)] if union else [])}
    offered |= {"UnknownVariant"} & taken
    offered |= {"SignatureError", "sign", "verify"} if signed else set()
    return Webhooks(
        path="webhooks.py",
        docstring=docstring(("The webhooks of ", *the_api(world.api), "."), indent=0),
        imports=_imports(taken | offered, signed),
        exports=exports(offered),
        union=union,
        parsers=tuple(parsers.values()),
    )


def _parts(parser: Parser) -> Iterator[Code]:
    yield from (parser.signature, parser.verified, parser.result, parser.event)
    yield from (case.result for case in parser.cases)


def _imports(names: frozenset[str], signed: _Signed | None) -> tuple[Code, ...]:
    modules = {"codecs": "codecs", "models": "models", "webhook": "_webhook"}
    homes = dict(_HOMES)
    if signed is not None:
        modules["signature"] = signed.module
        homes |= dict.fromkeys(("sign", "verify"), f".{signed.module}")
    return statements(names, homes, modules)


def parser_name(name: Identifier) -> Code:
    """Return what the function is called that reads one webhook."""
    return Code(f"parse_{name}")


def _union(telling: ir.Telling, world: World) -> Code:
    """Return the alias of what may come where a header tells it."""
    if not isinstance(telling, ir.ByHeader):
        return NOTHING
    members = dict.fromkeys(part for e in telling.events for part in _type(e.payload, world))
    null = [member for member in members if member == "None"]
    known = [member for member in members if member != "None"]
    unknown = [Code("UnknownVariant")] if keeps_unknown(telling, world) else []
    return block(Alternatives(Code(f"{_UNION}: TypeAlias = "), (*known, *unknown, *null)), 0)


def keeps_unknown(telling: ir.ByHeader, world: World) -> bool:
    """Return whether what a header says may be new."""
    return all(is_open(world.definitions[event.payload]) for event in telling.events)


def _type(id_: ir.TypeId, world: World) -> tuple[Code, ...]:
    found = named(id_, world)
    return tuple(part if part == "None" else Code(f"models.{part}") for part in found)


def _parsers(
    telling: ir.Telling, signed: _Signed | None, world: World
) -> Iterator[tuple[Code, Parser]]:
    """Return the functions by their names."""
    match telling:
        case ir.ByPayload(payload):
            said = apart(("Return what a webhook brings.",), _told(payload, world))
            yield PARSE, _simple(PARSE, payload, said, signed, world)
        case ir.ByHeader():
            yield PARSE, _by_header(telling, signed, world)
        case ir.ByAddress(payloads):
            keys = {incoming.id: incoming.key for incoming in world.api.incoming}
            for id_, payload in payloads:
                name = parser_name(world.names.webhooks[id_])
                said = ("Return what the webhook `", keys[id_], "` brings.")
                yield name, _simple(name, payload, said, signed, world)
        case _:
            assert_never(telling)


def _told(payload: ir.TypeId, world: World) -> Words:
    shape = world.definitions[payload].shape
    return told_apart(shape.verdict.choice) if isinstance(shape, ir.Union) else ()


def _simple(
    name: Code, payload: ir.TypeId, said: Words, signed: _Signed | None, world: World
) -> Parser:
    decode = Code(f"return codecs.decode_{world.codec(payload)}(")
    return Parser(
        signature=_signature(name, joined(_type(payload, world)), signed),
        docstring=_docstring(said, signed),
        verified=signed.verified if signed else NOTHING,
        result=block(Group(decode, (Code("webhook.received(body)"),), Code(")")), 4),
        event=NOTHING,
        cases=(),
    )


def _by_header(telling: ir.ByHeader, signed: _Signed | None, world: World) -> Parser:
    said: Words = ("Return what a webhook brings; its header `", telling.header, "` says what.")
    return Parser(
        signature=_signature(PARSE, _UNION, signed),
        docstring=_docstring(said, signed),
        verified=signed.verified if signed else NOTHING,
        result=Code("value = webhook.received(body)"),
        event=Code(f"match webhook.event(headers, {literal(telling.header)}):"),
        cases=(*_cases(telling, world), _last(telling, world)),
    )


def _cases(telling: ir.ByHeader, world: World) -> Iterator[Case]:
    for event in telling.events:
        decode = Code(f"return codecs.decode_{world.codec(event.payload)}(")
        yield Case(
            pattern=Code(f"case {literal(event.value)}:"),
            result=block(Group(decode, (Code("value"),), Code(")")), 12),
        )


def _last(telling: ir.ByHeader, world: World) -> Case:
    if keeps_unknown(telling, world):
        return Case(
            pattern=Code("case event:"), result=Code("return webhook.unknown(event, value)")
        )
    refused = Code(f"raise webhook.unlisted({literal(telling.header)})")
    return Case(pattern=Code("case _:"), result=refused)


def _docstring(said: Words, signed: _Signed | None) -> Code:
    return docstring(apart(said, (_SIGNED if signed else _UNSIGNED,)), indent=4)


def _signature(name: Code, result: Code, signed: _Signed | None) -> Code:
    taken: list[Doc] = [Code("headers: webhook.Headers"), Code("body: bytes")]
    if signed is not None:
        secret = Code("secret: signature.Secrets | Unset = UNSET")
        taken += (Code("*"), secret, *signed.settings)
    return block(Group(Code(f"def {name}("), tuple(taken), Code(f") -> {result}:"), comma=True), 0)
