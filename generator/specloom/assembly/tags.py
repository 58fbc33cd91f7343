"""Tags that a document does not spell: they are the names of components, in the files of these.

OpenAPI 3.2.0, "Discriminator Object". Where a component is called otherwise once all is in one
piece, its tag has to be written out, or another one would be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom.assembly.following import Follower
from specloom.assembly.references import Unfollowed, parsed
from specloom.assembly.survey import Survey
from specloom.assembly.targets import Goal, Implies, Means, Target
from specloom.document.grammar import A
from specloom.pointers import tokens_of
from specloom.values import Place, Tree

_SCHEMAS = ("components", "schemas")
_SCHEMA = A("schema")


def implied(
    found: Survey, pointers: Mapping[Target, str], follower: Follower
) -> dict[Place, Implies]:
    """Return the tags to write out, by the place of the discriminator that they belong to."""
    return _Tags(found, pointers, follower).implied()


class _Tags:
    def __init__(self, found: Survey, pointers: Mapping[Target, str], follower: Follower) -> None:
        self._found = found
        self._pointers = pointers
        self._follower = follower

    def implied(self) -> dict[Place, Implies]:
        tags: dict[Place, dict[str, str]] = {}
        for base, tag, home in (*self._of_variants(), *self._of_heirs()):
            at = base.step("discriminator")
            if home.rpartition("/")[2] != tag and not self._is_mapped(at, tag, home):
                tags.setdefault(at, {})[tag] = home
        return {at: Implies(tuple(homes.items())) for at, homes in tags.items()}

    def _of_variants(self) -> Iterator[tuple[Place, str, str]]:
        """Yield the variants that are components: the union, the name there, and the place here."""
        for at in self._found.polymorphic:
            schema = self._schema(at)
            if not isinstance(schema.get("discriminator"), Mapping):
                continue
            for words in (*_references(schema.get("oneOf")), *_references(schema.get("anyOf"))):
                key, meant = _key(words), self._meant(at.file, words)
                if key is not None and meant is not None:
                    yield at, key, self._home(meant)

    def _of_heirs(self) -> Iterator[tuple[Place, str, str]]:
        """Yield the components that are made of one with a discriminator: that, name and place."""
        bases = {at: tuple(self._bases(at)) for at in self._found.polymorphic}
        for at in bases:
            home = self._pointers.get(Target(at, _SCHEMA))
            key = _component(tokens_of(at.pointer))
            if home is None or key is None:
                continue
            above = dict.fromkeys(bases[at])
            pending = list(above)
            while pending:
                base = pending.pop()
                if isinstance(self._schema(base).get("discriminator"), Mapping):
                    yield base, key, home
                more = [b for b in bases.get(base, ()) if b not in above]
                above.update(dict.fromkeys(more))
                pending += more

    def _bases(self, at: Place) -> Iterator[Place]:
        for words in _references(self._schema(at).get("allOf")):
            if (meant := self._meant(at.file, words)) is not None:
                yield meant

    def _schema(self, at: Place) -> Mapping[str, Tree]:
        value = self._follower.value(at)
        return value if isinstance(value, Mapping) else {}

    def _meant(self, file: str, words: str) -> Place | None:
        try:
            return self._follower.followed(file, words)
        except Unfollowed:
            return None

    def _home(self, at: Place) -> str:
        unit, holds, rest = self._follower.unit(at, _SCHEMA)
        home = self._pointers.get(Target(unit, holds))
        return at.pointer if home is None else home + rest

    def _is_mapped(self, at: Place, tag: str, home: str) -> bool:
        discriminator = self._follower.value(at)
        mapping = discriminator.get("mapping") if isinstance(discriminator, Mapping) else None
        if not isinstance(mapping, Mapping):
            return False
        for known, words in mapping.items():
            match self._found.edits.get(at.step("mapping").step(known)):
                case Means(Goal(Target() as target, pointer)):
                    meant = self._pointers[target] + pointer
                case Means(Goal(None, pointer)):
                    meant = pointer
                case _:
                    meant = str(words).removeprefix("#")
            if known == tag or meant == home:
                return True
        return False


def _references(schemas: Tree) -> Iterator[str]:
    for schema in schemas if isinstance(schemas, Sequence) and not isinstance(schemas, str) else ():
        if isinstance(schema, Mapping) and isinstance(words := schema.get("$ref"), str):
            yield words


def _key(words: str) -> str | None:
    try:
        return _component(parsed(words).tokens)
    except Unfollowed:
        return None


def _component(tokens: tuple[str, ...]) -> str | None:
    """Return the name of the component that a pointer leads to, if it does."""
    return tokens[2] if len(tokens) == 3 and tokens[:2] == _SCHEMAS else None
