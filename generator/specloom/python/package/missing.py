"""What a package goes without, in the words of its docstring."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.python.prose import Words
from specloom.rules.unsupported import UNSUPPORTED
from specloom.values import Text

_MOST = 20
"""Places that are named of one feature; the ledger has them all."""


def missing(api: ir.Api) -> Words:
    """Return what is said of all that was left out; nothing where nothing was."""
    if not api.missing:
        return ()
    places: dict[str, list[Text]] = {}
    for part in api.missing:
        places.setdefault(part.feature, []).append(Text(part.at.pointer))
    told = (
        word
        for feature in UNSUPPORTED
        if feature.name in places
        for word in (f"\n- {feature.says}:", *_listed(places[feature.name]))
    )
    return ("\n\nWhat the document has besides, and this package has not:\n", *told)


def _listed(places: list[Text]) -> Iterator[str | Text]:
    for place in places[:_MOST]:
        yield from ("\n  - `", place, "`")
    if len(places) > _MOST:
        yield f"\n  - and {len(places) - _MOST} more"
