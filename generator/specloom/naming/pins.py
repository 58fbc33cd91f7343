"""Names once given, which stay: an input of naming, and what the lock remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


class Section(StrEnum):
    """What a name is given to. Each has its own addresses."""

    TYPES = "types"
    CODECS = "codecs"
    FIELDS = "fields"
    ITEMS = "items"
    GROUPS = "groups"
    CLASSES = "classes"
    ASYNC_CLASSES = "async_classes"
    METHODS = "methods"
    CALLS = "calls"
    PAGES = "pages"
    """Methods that go through all pages of what another answers with."""
    PAGINGS = "pagings"
    """As calls: what says how these go on."""
    PARAMETERS = "parameters"
    CREDENTIALS = "credentials"
    SERVERS = "servers"
    VARIABLES = "variables"
    WEBHOOKS = "webhooks"
    """What reads one, where nothing tells it from others."""
    TOKEN_SOURCES = "token_sources"  # nosec B105 # no token
    MODULES = "modules"
    """Of types and of groups, where a package is split: several have the same."""
    OPERATION_IDS = "operation_ids"
    """No names that were given, but what operations were called then: their names follow that."""


Pins: TypeAlias = Mapping[Section, Mapping[str, str]]
"""For each section, address and name. An address is a JSON pointer that survives insertions."""

NO_PINS: Pins = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pin:
    section: Section
    address: str
    name: str


class Unusable(Exception):
    """Says that a name once given cannot be given any more, and why."""

    def __init__(self, pin: Pin, reason: str) -> None:
        super().__init__(pin, reason)
        self.pin = pin
        self.reason = reason
