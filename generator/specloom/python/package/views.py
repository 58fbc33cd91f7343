"""What a package is made of: the views of its modules, and those of its `__init__` files."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.code import Code
from specloom.python import views
from specloom.python.client.oauth_views import OAuth
from specloom.python.client.views import Client, GroupModule
from specloom.python.client.webhooks import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Init:
    docstring: Code
    imports: tuple[Code, ...]
    lookup: Code
    """The statement that says which modules are asked for a name, one after the other."""
    exports: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The `__init__` of a folder whose modules are one to callers: each is loaded when asked for."""

    path: str
    docstring: Code
    imports: tuple[Code, ...]
    """What type checkers read."""
    homes: tuple[Code, ...]
    """Pairs of a name, or of what codecs are called after their verb, and its module."""
    exports: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    init: Init
    models: tuple[views.Models, ...]
    codecs: tuple[views.Codecs, ...]
    client: Client
    groups: tuple[GroupModule, ...]
    folders: tuple[Folder, ...]
    webhooks: Webhooks | None
    oauth: OAuth | None = None
    """None: nothing says how tokens are got."""
