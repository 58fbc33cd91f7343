"""What files of a package mention of each other, and of modules outside of it."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.audit.copies import offered
from specloom.audit.found import Found, Imported
from specloom.audit.grammar import FINDERS
from specloom.audit.wrong import Wrong


class Links:
    """The files of a package, and what was found in those that are made from a document."""

    def __init__(self, files: Mapping[str, str], found: Mapping[str, Found]) -> None:
        self._files = files
        self._found = found
        self._offers: dict[str, frozenset[str]] = {}

    def judge(self, path: str) -> None:
        """Raise Wrong for what a file mentions and nothing binds, or asks of a module in vain."""
        found = self._found[path]
        judge_mentions(found)
        for one in found.imported:
            module = "." * one.level + one.module
            file = self._file(path, module if one.module else module + one.name, one.line)
            if one.module and one.name not in self._offered(file):
                raise Wrong(one.line, f"imports {one.name} from {module}")
        homes = {one.bound: one for one in found.imported if not one.module}
        for (alias, name), at in found.attributes.items():
            home = homes.get(alias)
            if home is not None and name not in self._offered(self._home(path, home)):
                raise Wrong(at, f"asks {alias} for {name}")

    def _home(self, path: str, one: Imported) -> str:
        return self._file(path, "." * one.level + one.name, one.line)

    def _file(self, path: str, module: str, line: int) -> str:
        """Return the file of a module, as one of the package calls it."""
        name = module.lstrip(".")
        above = len(module) - len(name) - 1
        folders = path.split("/")[:-1]
        if above > len(folders):
            raise Wrong(line, f"imports {module}")
        home = "/".join((*folders[: len(folders) - above], *name.split(".")))
        for file in (f"{home}.py", f"{home}/__init__.py"):
            if file in self._files:
                return file
        raise Wrong(line, f"imports {module}")

    def _offered(self, file: str) -> frozenset[str]:
        """Return what other modules may take from a file."""
        offers = self._offers.get(file)
        if offers is None:
            found = self._found.get(file)
            offers = found.offers() if found is not None else offered(self._files[file])
            self._offers[file] = offers
        return offers


def judge_mentions(found: Found) -> None:
    """Raise Wrong for a name that nothing binds, and for what modules of others are asked for."""
    for name, at in found.mentions.items():
        if name in found.modules:
            raise Wrong(at, f"mentions the module {name} itself")
        if name in FINDERS:
            raise Wrong(at, f"mentions {name}, which imports")
        if name not in found.defined and name not in found.grammar.builtins:
            raise Wrong(at, f"mentions {name}")
    for name in found.finders - found.defined.keys():
        raise Wrong(1, f"mentions {name}")
    for (alias, name), at in found.attributes.items():
        asked = found.grammar.modules.get(found.modules[alias])
        if asked is not None and not asked.names.fullmatch(name):
            raise Wrong(at, f"asks {alias} for {name}")
