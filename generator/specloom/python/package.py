"""The view of a whole package."""

from __future__ import annotations

from specloom import ir
from specloom.code import Code
from specloom.naming import Names
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.client import client
from specloom.python.codecs import codecs
from specloom.python.imports import in_order, statements, used
from specloom.python.literals import literal
from specloom.python.models import EXPORTS, models, the_api
from specloom.python.prose import docstring

_MODULES = ("codecs", "errors", "models")


def package(api: ir.Api, names: Names) -> views.Package:
    """Return the views of all files of a package, but for its tests."""
    world = World(api, names, {d.id: d for d in api.definitions})
    found, clients = models(world), client(world)
    return views.Package(
        init=_init(world, found, clients),
        models=found,
        codecs=codecs(world),
        client=clients,
    )


def _has_unset(found: views.Models, client: views.Client) -> bool:
    """Return whether callers meet what stands for nothing: in a field or in an argument."""
    methods = [method for group in client.groups for method in group.methods]
    signatures = (method.sync_signature for method in methods)
    return "UNSET" in used((*found.imports, *signatures))


def _init(world: World, found: views.Models, client: views.Client) -> views.Init:
    types: dict[str, str] = {world.name(d.id): ".models" for d in world.api.definitions}
    clients = {"AsyncClient": ".client", "Client": ".client"}
    if world.api.servers:
        clients["Server"] = ".client"
    unknowns = dict.fromkeys(used(found.imports).intersection(EXPORTS), ".models")
    modules: dict[str, str] = dict.fromkeys(_MODULES, ".")
    unset = {"UNSET": "._types"} if _has_unset(found, client) else {}
    homes = types | unknowns | clients | modules | unset
    exports = tuple(sorted((Code(name) for name in homes), key=in_order))
    return views.Init(
        docstring=docstring(("A client of ", *the_api(world.api), "."), indent=0),
        imports=statements(frozenset(homes), homes, {}, indent=4),
        exports=tuple(literal(str(name)) for name in exports),
    )
