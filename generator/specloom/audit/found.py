"""What is found in a file: what it binds, imports and mentions."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from specloom.audit.expressions import Seen, judge_called
from specloom.audit.grammar import Grammar
from specloom.audit.wrong import Wrong, line


@dataclass(frozen=True, slots=True)
class Imported:
    """A name that comes from another module of the package, or that is one."""

    level: int
    module: str
    name: str
    bound: str
    line: int


@dataclass(slots=True)
class Found:
    """A file, as far as it has been read."""

    grammar: Grammar
    defined: dict[str, int] = field(default_factory=dict[str, int])
    """What is bound at its top, and on which line."""
    own: set[str] = field(default_factory=set[str])
    """What of this it does not import."""
    imported: list[Imported] = field(default_factory=list[Imported])
    modules: dict[str, str] = field(default_factory=dict[str, str])
    """Names that mean modules, and which: `read` is `._read`."""
    finders: set[str] = field(default_factory=set[str])
    """What is imported to find names in other modules, and called for nothing else."""
    mentions: dict[str, int] = field(default_factory=dict[str, int])
    """Names that have to be bound at its top."""
    attributes: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    """What is asked of modules."""

    def seen(self) -> Seen:
        return Seen(self.grammar, self.modules)

    def define(self, name: str, at: ast.AST) -> None:
        """Bind a name at the top. Raise Wrong where it is taken: one of two would be lost."""
        if name.startswith("__") and name != "__all__":
            raise Wrong(at, f"defines {name}")
        if name in self.defined:
            raise Wrong(at, f"defines {name} twice")
        self.defined[name] = line(at)
        if not isinstance(at, ast.Import | ast.ImportFrom):
            self.own.add(name)

    def note(self, seen: Seen, local: frozenset[str] = frozenset()) -> None:
        """Keep what the expressions of a scope mention and do not find there."""
        judge_called(seen, local)
        self.mentions.update((n, at) for n, at in seen.names.items() if n not in local)
        self.attributes.update(
            (pair, at) for pair, at in seen.attributes.items() if pair[0] not in local
        )

    def offers(self) -> frozenset[str]:
        """Return what other modules may take from it: never a module."""
        return frozenset((*self.own, *(one.bound for one in self.imported if one.module)))
