"""A namespace: names that were given before, then new ones around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from specloom.code import Identifier
from specloom.naming.pins import Pin, Pins, Section, Unusable
from specloom.words import Scope


class Namespace:
    """Gives each address of some sections a name. Names of the lock are given first."""

    def __init__(self, *reserved: Collection[str], prefixes: tuple[str, ...] = ()) -> None:
        self._scope = Scope(*reserved, prefixes=prefixes)
        self._given: dict[tuple[Section, str], Identifier] = {}
        self._claimed: set[tuple[Section, str]] = set()

    def keep(self, section: Section, addresses: Iterable[str], pins: Pins) -> None:
        """Give those of the addresses that the lock knows the names that they had.

        Raises Unusable for what is no name, and for a name that something else has.
        """
        known = pins.get(section, {})
        for address in addresses:
            if address in known and self.given(section, address) is None:
                name = known[address]
                self._check(Pin(section, address, name))
                self._given[section, address] = self._scope.claim(name)

    def _check(self, pin: Pin) -> None:
        if not (pin.name.isascii() and pin.name.isidentifier()) or pin.name.startswith("_"):
            raise Unusable(pin, "is no name that Python code could use here")
        if self._scope.is_reserved(pin.name):
            raise Unusable(pin, "is a word of Python, or of the generated code itself")
        if not self._scope.is_free(pin.name):
            raise Unusable(pin, "is the name of something else already")

    def given(self, section: Section, address: str) -> Identifier | None:
        return self._given.get((section, address))

    def is_reserved(self, name: str) -> bool:
        return self._scope.is_reserved(name)

    def is_free(self, name: str) -> bool:
        return self._scope.is_free(name)

    def claim(self, section: Section, address: str, name: str) -> Identifier:
        """Return the name that the address was given before, or `name`, or the nearest to it."""
        before = self.given(section, address)
        if before is None or (section, address) in self._claimed:
            # two things of one address are no reason to give them one name
            return self._scope.claim(name)
        self._claimed.add((section, address))
        return before
