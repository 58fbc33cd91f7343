"""Names of modules, where a package is split: files on any system, and attributes of a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from specloom import ir
from specloom.code import Identifier
from specloom.naming.names import Names
from specloom.naming.pins import Pin, Section, Unusable
from specloom.values import Text
from specloom.words import Scope, snake

_WINDOWS = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names of devices, which Windows takes for no file, whatever their suffix."""
_OWN = frozenset(("annotations", "conftest", "overload"))
"""What such a module knows already, and what pytest would load."""
_FIRST = frozenset(("test", "decode", "encode", "check", "parts", "read", "to"))
"""Words that names of test files and of codecs begin with."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Modules:
    """Which module below `models` and `codecs`, or below `client`, has what.

    Empty: all is in one.
    """

    types: Mapping[ir.TypeId, Identifier] = field(default_factory=dict[ir.TypeId, Identifier])
    groups: Mapping[Text | None, Identifier] = field(default_factory=dict[Text | None, Identifier])


NO_MODULES = Modules()


class ModuleNames:
    """The names of the modules of one folder. Those of the lock are given first."""

    def __init__(self, names: Names, known: Iterable[Pin] = ()) -> None:
        # a module is an attribute of its package, where the types are as well
        self._scope = Scope(_WINDOWS, _OWN, {type_.name for type_ in names.types.values()})
        for pin in known:
            self._check(pin)
            self._scope.claim(pin.name)

    def _check(self, pin: Pin) -> None:
        name = pin.name
        plain = name.isascii() and name.isidentifier() and len(name) <= _LONGEST
        if not plain or name.startswith("_") or _apart(name) != name:
            raise Unusable(pin, "is no name that a module could have here")
        if self._scope.is_reserved(name) or name.lower() in _WINDOWS:
            raise Unusable(pin, "is a word of Python, of Windows, or of the generated code itself")
        if not self._scope.is_free(name):
            raise Unusable(pin, "is the name of another module but for its case")

    def claim(self, *candidates: Sequence[str]) -> Identifier:
        """Return the first name that is free, each given as words; or the nearest to the last."""
        names = [_apart(snake(words, otherwise="module")) for words in candidates]
        # what is a word of Python goes by `import_`, as everywhere
        fitting = [f"{name}_" if self._scope.is_reserved(name) else name for name in names]
        return self._scope.claim(next(filter(self._scope.is_free, fitting), fitting[-1]))


def each_once(pins: Mapping[str, str]) -> list[Pin]:
    """Return the names of modules in the lock, each with the first address that has it."""
    found: dict[str, Pin] = {}
    for address, name in pins.items():
        found.setdefault(name, Pin(Section.MODULES, address, name))
    return list(found.values())


def _apart(name: str) -> str:
    """Return a name that neither a codec has nor what pytest takes for a file of tests."""
    apart = f"of_{name}" if "_" in name and name.partition("_")[0] in _FIRST else name
    return f"{apart}s" if apart.endswith("_test") else apart
