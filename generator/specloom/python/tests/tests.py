"""The view of a package's own tests: a file for each group, and one for the user's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.graph import contents, named, reach, roots
from specloom.naming import Names
from specloom.python.annotations import World
from specloom.python.client.client import agent
from specloom.python.client.outdated import is_outdated
from specloom.python.client.servers import address, first, is_complete
from specloom.python.imports import import_from, used
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.literals import literal
from specloom.python.prose import Words, docstring
from specloom.python.tests.answered import unhoped
from specloom.python.tests.exchanges import (
    BASE,
    Tried,
    operation_row,
    secret,
    try_out,
)
from specloom.python.tests.imports import imports
from specloom.python.tests.members import spots
from specloom.python.tests.oauth_tests import oauth_tests
from specloom.python.tests.outcomes import foretold
from specloom.python.tests.page_trials import paged_row
from specloom.python.tests.pairs import Bench, pairs
from specloom.python.tests.printed import Constant, kind, needed, samples
from specloom.python.tests.proofs import Proofs, given, held, proofs, token
from specloom.python.tests.samples import Samples
from specloom.python.tests.trials import GroupTests, Opened, Trials, YourTests
from specloom.python.tests.webhook_tests import webhook_tests
from specloom.python.tests.weights import weights
from specloom.values import Text
from specloom.words import Scope

_OWN = (
    "AGENT",
    "ANSWERED",
    "SECRETS",
    "BROKEN",
    "FAILURES",
    "JSON",
    "KINDS",
    "OPERATIONS",
    "SERVERS",
    "TOKENS",
    "UUID",
    "Decimal",
)
_SHORTEST = 5
"""Characters of a secret that no other text is likely to hold."""


@dataclass(frozen=True, slots=True)
class _Common:
    """What the files of all groups are made with."""

    package: str
    bench: Bench
    constants: Mapping[str, Constant]
    """Those that hold samples, by their names."""
    hidden: tuple[str, ...]
    """Samples of members that are secret."""


def tests(api: ir.Api, names: Names, package: str) -> Trials:
    """Return the views of all test files of a package; the same for the same model."""
    world = World.of(api, names)
    bench = _bench(world)
    seen: set[ir.TypeId] = set()
    common = _Common(package, bench, samples(bench), tuple(_hidden(bench)))
    groups: list[GroupTests] = []
    for key in names.groups:
        operations = tuple(o for o in api.operations if o.group == key)
        reached = _reached(operations, world)
        own = [id_ for id_ in reached if id_ not in seen]
        seen.update(reached)
        groups.append(_group(key, operations, own, common))
    words = ("Your own tests of `", package, "`: created once, never overwritten.")
    yours = YourTests(
        path=f"{package}_tests/test_{package}_yours.py",
        client=import_from(package, ("Client",)),
        docstring=docstring(words, indent=0),
    )
    return Trials(
        groups=tuple(groups),
        yours=yours,
        oauth=oauth_tests(world, package),
        webhooks=webhook_tests(package, bench, common.constants),
    )


def _bench(world: World) -> Bench:
    scope = Scope(_OWN)
    constants: dict[ir.TypeId, tuple[Code, Code]] = {}
    kinds: dict[ir.TypeId, Code] = {}
    told = foretold(world.definitions, world.assertions)
    made = Samples(world, weights(world), constants, told)
    bench = Bench(made, kinds)
    twofold = _twofold(made)
    for definition in world.api.definitions:
        name = scope.claim(world.codec(definition.id).upper())
        if isinstance(definition.shape, ir.Object):
            scope.claim(f"{name}_JSON")
            small = scope.claim(f"{name}_MINIMAL") if definition.id in twofold else name
            constants[definition.id] = (name, small)
        kinds[definition.id] = scope.claim(f"{name}_KIND")
    for id_ in [id_ for id_ in kinds if not any(pairs(id_, bench))]:
        del kinds[id_]
    return bench


def _twofold(samples: Samples) -> frozenset[ir.TypeId]:
    """Return the objects whose smallest sample is another value than the full one.

    An object without optional members may be one: its lists have a shortest length, too.
    """
    objects = {d.id for d in samples.world.api.definitions if isinstance(d.shape, ir.Object)}
    nameless = replace(samples, constants=dict.fromkeys(objects, (Code(""), Code(""))))
    return frozenset(
        id_ for id_ in objects if nameless.built(id_, full=True) != nameless.built(id_, full=False)
    )


def _reached(operations: Iterable[ir.Operation], world: World) -> list[ir.TypeId]:
    """Return the definitions that operations use, in the order of the document."""
    found = reach((id_ for o in operations for id_ in roots(o)), world.definitions)
    return [id_ for id_ in world.definitions if id_ in found]


# --- a group -----------------------------------------------------------------------------------


def _group(
    key: Text | None,
    operations: tuple[ir.Operation, ...],
    own: list[ir.TypeId],
    common: _Common,
) -> GroupTests:
    package, bench = common.package, common.bench
    world = bench.world
    attribute = world.names.groups[key].attribute
    tried = tuple(t for o in operations if (t := try_out(o, bench)).requests and t.answers)
    wanted = _wanted(own, tried, bench)
    kinds = tuple(kind(id_, bench) for id_ in wanted)
    secrets = _secrets(tried, common)
    rows = tuple(operation_row(t, attribute, secrets, bench) for t in tried)
    paged = [t for t in tried if t.operation.id in world.names.pages]
    found = [paged_row(t, attribute, secrets, bench) for t in paged]
    books = tuple(row for row in found if row is not None)
    unread = [t.operation for t, row in zip(paged, found, strict=True) if row is None]
    code = (*(one.statement for one in kinds), *(row.statement for row in rows), *books)
    mentions = needed(code, common.constants)
    servers = _servers(world)
    words = ("Every operation under `", attribute, "`: what leaves, and what answers mean.")
    imported = imports(
        package,
        used((*code, *mentions)),
        has_kinds=bool(kinds),
        has_servers=bool(servers),
        has_streams=any(row.has_streams for row in rows),
        has_pages=bool(books),
    )
    return GroupTests(
        path=f"{package}_tests/test_{package}_{attribute}.py",
        docstring=docstring((*words, *_untried(operations, tried), *_unread(unread)), indent=0),
        imports=tuple(imported),
        client=_opened(world),
        agent=block(Alternatives(Code("AGENT = "), (literal(agent(world.api)),)), 0),
        tokens=_tokens(tried, world),
        secrets=_constant("SECRETS", "(", tuple(map(literal, secrets)), ")"),
        samples=mentions,
        kinds=kinds,
        kind_names=_constant("KINDS", "[", tuple(bench.kinds[id_] for id_ in wanted), "]"),
        operations=rows,
        paged=books,
        failures=tuple(unhoped()),
        servers=servers,
        is_outdated=any(map(is_outdated, operations)),
    )


def _wanted(own: list[ir.TypeId], tried: tuple[Tried, ...], bench: Bench) -> list[ir.TypeId]:
    """Return the definitions that a file describes: unions last, for they mention others."""
    definitions = bench.world.definitions
    mentioned = {*own, *(id_ for t in tried for id_ in contents(t.operation))}
    mentioned |= {v for id_ in mentioned for v in _variants(id_, bench.world)}
    wanted = [id_ for id_ in definitions if id_ in bench.kinds and id_ in mentioned]
    return sorted(wanted, key=lambda id_: isinstance(definitions[id_].shape, ir.Union))


def _opened(world: World) -> Opened:
    base = () if first(world.api) else (Code(f"base_url={literal(BASE)}"),)
    tokens = tuple(
        given(name, scheme, Code(f"SECRETS[{number + 1}]"))
        for number, (name, scheme) in enumerate(held(world))
    )
    always = (Code("retries=0"), Code("clock=Instant()"))
    peer = (Code("http=peer"), *always)
    asynchronous = (Code("http=AsyncPeer(peer)"), *always)
    return Opened(
        sync=_call("client = Client(", (*base, *tokens, *peer), 4),
        asynchronous=_call("client = AsyncClient(", (*base, *tokens, *asynchronous), 8),
        anonymous=_call("client = Client(", (*base, *peer), 4),
        unsent=_call("client = Client(", (*base, *tokens), 4),
    )


def _tokens(tried: tuple[Tried, ...], world: World) -> Code:
    if all(proofs(t.operation, world) == Proofs() for t in tried):
        return NOTHING
    return Code(f"TOKENS = SECRETS[1:{1 + sum(1 for _ in held(world))}]")


def _untried(operations: tuple[ir.Operation, ...], tried: tuple[Tried, ...]) -> Words:
    """Return what the file says of operations for which no sample of moderate size could be made."""
    known = {one.operation.id for one in tried}
    missing = [operation for operation in operations if operation.id not in known]
    return _listed("Not tried, for want of a small enough sample:", missing)


def _unread(operations: list[ir.Operation]) -> Words:
    """Return what the file says of operations for which no second page could be made up."""
    return _listed("Pages not gone through, for want of a second one:", operations)


def _listed(title: str, operations: list[ir.Operation]) -> Words:
    words: list[str | Text] = [f"\n\n{title}"] if operations else []
    for operation in operations:
        words += [f"\n- `{operation.method} ", operation.path, "`"]
    return tuple(words)


def _call(head: str, arguments: tuple[Code, ...], indent: int) -> Code:
    return block(Group(Code(head), arguments, Code(")")), indent)


def _variants(id_: ir.TypeId, world: World) -> tuple[ir.TypeId, ...]:
    shape = world.definitions[id_].shape
    return named(shape) if isinstance(shape, ir.Union) else ()


def _constant(name: str, opening: str, items: tuple[Doc, ...], closing: str) -> Code:
    return block(Group(Code(f"{name} = {opening}"), items, Code(closing), display=True), 0)


def _secrets(tried: tuple[Tried, ...], common: _Common) -> tuple[str, ...]:
    """Return all secrets of a file: tokens that are held, then those of arguments and members."""
    found = ["never-shown"]
    found += [token(name) for name, _ in held(common.bench.world)]
    for one in tried:
        found += [v for r in one.requests for g in r.given if (v := secret(g)) is not None]
    found += common.hidden
    return tuple(dict.fromkeys(secret for secret in found if len(secret) >= _SHORTEST))


def _hidden(bench: Bench) -> Iterator[str]:
    """Return the samples of members that are secret."""
    for id_ in bench.samples.constants:
        for property_, at in spots(bench.world.definitions[id_], bench.world):
            sample = bench.samples.of(property_.type, at) if property_.secret else None
            # one that a pattern or a format suggests may be what stands elsewhere, too
            if sample and isinstance(sample.received, str) and at.text in sample.received:
                yield sample.received


def _servers(world: World) -> Code:
    rows = tuple(
        Group(
            Code("("),
            (
                literal(str(world.names.servers[server.url])),
                literal(address(server)),
            ),
            Code(")"),
            display=True,
        )
        for server in world.api.servers
        if is_complete(server)
    )
    return _constant("SERVERS", "[", rows, "]") if rows else NOTHING
