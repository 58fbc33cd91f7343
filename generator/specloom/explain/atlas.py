"""Where everything stands: places of a document as lines of its file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from specloom import ir
from specloom.diagnostics import Span
from specloom.naming import Names
from specloom.python.annotations import World
from specloom.shown import shown
from specloom.values import Place

Located: TypeAlias = Callable[[Iterable[Place]], Mapping[Place, Span]]
"""In which lines places stand."""
Written: TypeAlias = Callable[[Place], Place]
"""Where in the document a place stands, as its author knows it."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that an explanation looks things up in."""

    world: World
    spans: Mapping[Place, Span]
    written: Written
    """Where a place of an assembled document was written."""

    def line(self, at: Place) -> int | str:
        """Return the line of a key, with its file where that is not the document.

        An item of a list begins where its value does.
        """
        span, whole = self.spans[at.at_key()], self.spans[self.world.api.at]
        if span.file == whole.file:
            return span.line
        return f"{shown(os.path.basename(span.file))}:{span.line}"

    def address(self, at: Place) -> tuple[str, str]:
        """Return where a place stands in the file, and its JSON pointer."""
        span = self.spans[at.at_key()]
        return f"{shown(span.file)}:{span.line}:{span.column}", shown(
            self.written(at).pointer or "#"
        )

    def security(self, operation: ir.Operation) -> Place | None:
        """Return where the security of an operation is said; None where that cannot be told.

        The model does not say it, but a place that does not exist is located at its parent.
        """
        own, common = _security(operation.at), _security(self.world.api.at)
        if not self._exists(operation.at.step("responses")):
            return None  # behind an alias, where nothing can be located
        return next((place for place in (own, common) if self._exists(place)), None)

    def _exists(self, at: Place) -> bool:
        return self.spans[at] != self.spans[_parent(at)]


def atlas_of(
    api: ir.Api,
    names: Names,
    located: Located,
    written: Written,
) -> Atlas:
    """Locate all that may be asked about, in one pass over the file."""
    keys = (place.at_key() for place in _places(api))
    wholes = (api.at, *(operation.at for operation in api.operations))
    values = (place for whole in wholes for place in _members(whole))
    spans = located(dict.fromkeys((*keys, *values)))
    return Atlas(World.of(api, names), spans, written)


def _places(api: ir.Api) -> Iterator[Place]:
    yield _security(api.at)
    for definition in api.definitions:
        yield definition.at
        match definition.shape:
            case ir.Object(properties=properties):
                yield from (property_.at for property_ in properties)
            case ir.Union(variants=variants):
                yield from (variant.at for variant in variants)
            case ir.Alias():
                pass
    yield from (incoming.at for incoming in api.incoming)
    for operation in api.operations:
        yield from (operation.at, _security(operation.at))
        yield from (parameter.at for parameter in operation.parameters)
        yield from (response.at for response in operation.responses)
        if operation.body is not None:
            yield operation.body.at


def _security(at: Place) -> Place:
    return at.step("security")


def _members(at: Place) -> tuple[Place, ...]:
    return at, at.step("responses"), _security(at)


def _parent(at: Place) -> Place:
    return Place(at.file, at.pointer.rpartition("/")[0])
