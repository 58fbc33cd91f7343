"""What headers of webhooks say, as far as the document tells: which one it is, and who signed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from specloom import ir
from specloom.document.incoming import Header, Incoming
from specloom.values import Place, Text
from specloom.words import split

_HUB = ir.Signing.HUB.value.lower()
_STANDARD = ("webhook-signature", "svix-signature")


@dataclass(frozen=True, slots=True)
class Teller:
    name: Text
    events: tuple[tuple[Text, tuple[int, ...]], ...]
    """Its values, and which webhooks have them: these by their positions."""
    doubtful: tuple[tuple[int, Header], ...]
    """Webhooks of which it is not known what it says, with what an example has it say."""
    is_shown: bool
    parameters: tuple[Place, ...]


def header_that_tells(webhooks: Sequence[Incoming]) -> Teller | None:
    """Return the first header that every webhook has, and that says several things.

    A `const` or an `enum` says what it may be. An example counts where the name of the webhook
    begins with it: that is what the author calls it, and no chance. Of most it has to.
    """
    named = [{header.name.raw.lower(): header for header in one.headers} for one in webhooks]
    for name, first in named[0].items():
        if not all(name in headers for headers in named):
            continue
        found = [headers[name] for headers in named]
        pairs = zip(found, webhooks, strict=True)
        doubtful = {
            n: h for n, (h, one) in enumerate(pairs) if h.is_shown and not _is_named_so(h, one)
        }
        known = [(n, header) for n, header in enumerate(found) if n not in doubtful]
        events = _events(known)
        if len(events) > 1 and len(known) > len(doubtful):
            is_shown = any(header.is_shown for _, header in known)
            parameters = tuple(dict.fromkeys(header.at for _, header in known))
            return Teller(first.name, events, tuple(doubtful.items()), is_shown, parameters)
    return None


def signing_of(webhooks: Sequence[Incoming]) -> tuple[ir.Signing, tuple[Place, ...]]:
    """Return how webhooks are signed, by the headers that they are said to have, and these.

    Of a header that nothing is known of its name says that it signs.
    """
    headers = [dict(_headers(one)) for one in webhooks]
    of_all = frozenset[str].intersection(*map(frozenset[str], headers))
    known = {_HUB: ir.Signing.HUB, **dict.fromkeys(_STANDARD, ir.Signing.STANDARD)}
    for name, signing in known.items():
        if name in of_all:
            return signing, tuple(dict.fromkeys(each[name] for each in headers))
    places = (at for each in headers for name, at in each.items() if "signature" in name)
    found = tuple(dict.fromkeys(places))
    return ir.Signing.OTHER if found else ir.Signing.STANDARD, found


def _headers(webhook: Incoming) -> Iterator[tuple[str, Place]]:
    parameters = webhook.operation.parameters
    return ((p.name.raw.lower(), p.at) for p in parameters if p.location == "header")


def _is_named_so(header: Header, webhook: Incoming) -> bool:
    """Return whether the key of a webhook, or its operationId, begins with what a header says."""
    names = filter(None, (webhook.key, webhook.operation.operation_id))
    return any(all(_begins(name, value) for value in header.values) for name in names)


def _begins(name: Text, value: Text) -> bool:
    words, start = _words(name), _words(value)
    return bool(start) and words[: len(start)] == start


def _words(text: Text) -> tuple[str, ...]:
    return tuple(word.lower() for word in split(text))


def _events(headers: Iterable[tuple[int, Header]]) -> tuple[tuple[Text, tuple[int, ...]], ...]:
    found: dict[Text, list[int]] = {}
    for number, header in headers:
        for value in header.values:
            found.setdefault(value, []).append(number)
    return tuple((value, tuple(numbers)) for value, numbers in found.items())
