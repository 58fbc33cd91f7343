"""The view of a whole package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from specloom import ir
from specloom.code import Code, Identifier
from specloom.naming import Names
from specloom.naming.modules import Modules
from specloom.naming.pins import NO_PINS, Pins
from specloom.partition import Part
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.client import modules as client_modules
from specloom.python.client import views as client_views
from specloom.python.client.oauth import oauth
from specloom.python.client.webhooks import webhooks
from specloom.python.codecs.codecs import Coded, coded
from specloom.python.imports import exports, pairs, statements, within
from specloom.python.layout import Group, block
from specloom.python.literals import literal
from specloom.python.models import Declared, declared, the_api
from specloom.python.package import type_modules
from specloom.python.package import views as package_views
from specloom.python.package.missing import missing
from specloom.python.package.split import LIMIT, known, split_groups, split_types
from specloom.python.prose import Words, docstring
from specloom.values import Text

_MODULES = ("codecs", "errors", "models", "webhooks")
_HOW = "How the data types travel: `decode_*` reads JSON values, `encode_*` makes them."


@dataclass(frozen=True, slots=True)
class Packaged:
    """The views of all files of a package, but for its tests."""

    view: package_views.Package
    modules: Modules


@dataclass(frozen=True, slots=True)
class _Types:
    """The types of a package, and the modules that they are in; none where one is enough."""

    declared: tuple[Declared, ...]
    coded: tuple[Coded, ...]
    parts: tuple[tuple[Part, Identifier], ...]


def package(api: ir.Api, names: Names, pins: Pins = NO_PINS, limit: int = LIMIT) -> Packaged:
    """Return the views of a package. What the lock knows to be split stays so.

    Raises Unusable for the name of a module that cannot be given any more.
    """
    world = World.of(api, names)
    before = known(pins, api)
    found, written = tuple(declared(world)), tuple(coded(world))
    types = _Types(found, written, split_types(found, written, world, before, limit))
    no_groups: tuple[client_views.GroupModule, ...] = ()
    calling = replace(world, loads_codecs=not types.parts)
    groups = tuple(client_modules.groups(calling))
    client, group_modules = client_modules.whole(calling, groups), no_groups
    if modules := split_groups(client, world, before, limit):
        client, group_modules = client_modules.folder(calling, groups, modules)
    models, codecs, folders = _split(types, world) if types.parts else _whole(types, world)
    return Packaged(
        package_views.Package(
            init=_init(world, types, client),
            models=models,
            codecs=codecs,
            client=client,
            groups=group_modules,
            folders=folders,
            webhooks=webhooks(world),
            oauth=oauth(world),
        ),
        _modules(types, world, modules),
    )


_Modules = tuple[
    tuple[views.Models, ...], tuple[views.Codecs, ...], tuple[package_views.Folder, ...]
]


def _whole(types: _Types, world: World) -> _Modules:
    homes: dict[str, str] = {world.name(d.id): ".models" for d in world.api.definitions}
    models = type_modules.models(
        types.declared, {}, ("The data types of ", *the_api(world.api), ".")
    )
    return (models,), (type_modules.codecs(types.coded, homes, (_HOW,)),), ()


def _split(types: _Types, world: World) -> _Modules:
    order = {type_.id.address: number for number, type_ in enumerate(types.declared)}
    coded = {one.key: one for one in types.coded}
    homes = {key: name for part, name in types.parts for key in part.members}
    ids = [(d.id.address, world.name(d.id), world.codec(d.id)) for d in world.api.definitions]
    of_models: dict[str, str] = {name: f".models.{homes[key]}" for key, name, _ in ids}
    of_codecs = {f: f".codecs.{homes[key]}" for key, one in coded.items() for f in one.shared}
    models: list[views.Models] = []
    codecs: list[views.Codecs] = []
    for part, name in types.parts:
        numbers = sorted(order[key] for key in part.members if key in order)
        about = ("Data types of ", *the_api(world.api), ", ", *_for_whom(part, world), ".")
        travel: Words = ("What assertions about several data types mention.",)
        if numbers:
            of = [types.declared[number] for number in numbers]
            models.append(type_modules.models(of, of_models, about, name))
            travel = ("How the data types of `models.", name, "` travel.")
        own = [coded[key] for key in part.members]
        codecs.append(type_modules.codecs(own, of_models | of_codecs, travel, name))
    stems: dict[str, str] = {codec: f".codecs.{homes[key]}" for key, _, codec in ids}
    public = [function for one in types.coded for function in one.public]
    shown = of_models | type_modules.exported(types.declared)
    folders = (
        _folder("models", ("The data types of ", *the_api(world.api), "."), shown, shown),
        _folder("codecs", (_HOW,), {f: of_codecs[f] for f in public}, stems),
    )
    return tuple(models), tuple(codecs), folders


def _for_whom(part: Part, world: World) -> Words:
    match tuple(part.users):
        case (number,):
            name = tuple(world.names.groups.values())[number].attribute
            return ("for `client.", name, "`")
        case ():
            return ("which no operation mentions",)
        case _:
            return ("which several groups of operations share",)


def _folder(
    name: str, about: Words, homes: Mapping[str, str], asked: Mapping[str, str]
) -> package_views.Folder:
    """Return the `__init__` of a folder; `asked` is what homes are looked up in."""
    return package_views.Folder(
        path=f"{name}/__init__.py",
        docstring=docstring(about, indent=0),
        imports=statements(frozenset(homes), homes, {}, folder=name, indent=4),
        homes=pairs({thing: within(name, home) for thing, home in asked.items()}),
        exports=exports(homes),
    )


def _modules(types: _Types, world: World, groups: Mapping[Text | None, Identifier]) -> Modules:
    ids = {d.id.address: d.id for d in world.api.definitions}
    homes = {key: name for part, name in types.parts for key in part.members}
    return Modules({ids[key]: name for key, name in homes.items() if key in ids}, groups)


def _met(types: _Types, client: client_views.Client) -> dict[str, str]:
    """Return the types of the runtime that callers meet in fields and arguments, and are given."""
    fields = type_modules.met(types.declared)
    return fields | client_modules.shown(client.groups)


def _init(world: World, types: _Types, client: client_views.Client) -> package_views.Init:
    homes: dict[str, str] = {world.name(d.id): ".models" for d in world.api.definitions}
    clients = {"AsyncClient": ".client", "Client": ".client"}
    if world.api.servers:
        clients["Server"] = ".client"
    unknowns = dict.fromkeys(type_modules.exported(types.declared), ".models")
    there = _MODULES if world.api.webhooks is not None else _MODULES[:-1]
    modules: dict[str, str] = dict.fromkeys(there, ".")
    if world.api.token_sources:
        modules["oauth"] = "."
    met = _met(types, client)
    homes |= unknowns | clients | modules | met
    is_split = bool(types.parts) or any(group.module for group in client.groups)
    homes_of_met = sorted({home[1:] for home in met.values()}) if is_split else []
    asked = (Code("__name__"), *map(literal, ("models", "client", *homes_of_met)))
    return package_views.Init(
        docstring=docstring(
            ("A client of ", *the_api(world.api), ".", *missing(world.api)), indent=0
        ),
        imports=statements(frozenset(homes), homes, {}, indent=4),
        lookup=block(Group(Code("__getattr__ = lazily("), asked, Code(")")), 4),
        exports=exports(homes),
    )
