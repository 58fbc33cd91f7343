"""What goes on over several answers or comes by itself: `python -m tests.judges.recognised FOLDER [NAME...]`.

What it prints of five documents is `docs/RECOGNISED.md`: which operations have pages, and by what these
go on; which ask for a part of a list, and are not taken to have pages, and why; which answer item by
item; and which webhooks there are. Nothing is generated.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specloom import ir
from specloom.assembly.edition import Edition
from specloom.lower.pages import words
from specloom.lower.pages.asking import NUMBERS, Asking, asking
from specloom.lower.pages.hints import first_page
from specloom.lower.pages.listing import Definitions, answer_of, listing
from specloom.pipeline import understand
from specloom.rules.unsupported import NAMES
from specloom.shown import shown

from .corpora import files

DOCUMENTS = ("mistral.yaml", "polar.json", "github.json", "prometheus_32.yaml", "opencode.yaml")
_KINDS: dict[type[ir.Advance], str] = {
    ir.ByCursor: "cursor",
    ir.ByLastItem: "last item",
    ir.ByPage: "page",
    ir.ByOffset: "offset",
    ir.ByUrl: "address",
    ir.ByLink: "`Link`",
}
_GOING_ON = (*words.CURSORS, *words.PAGES, *words.OFFSETS, "before", "since", "sinceid", "maxid")
"""Parameters that ask for more than the beginning of a list."""
_HEAD = """\
# What is recognised

Operations that answer page by page get a method `…_all` ([PAGES.md](PAGES.md)), those that answer item by
item return a stream, and webhooks are read by `parse_webhook`. This page says what is recognised of five
published documents as they are, without a target that names anything. It is what `make recognised` prints.

An operation has pages where two witnesses say so: what a request can ask for, and what an answer says of
the next page. One that asks for a part of a list and has no such answer is in the lists below, each with
what is missing; a target can name it.
"""


@dataclass(frozen=True)
class Found:
    """What one document has."""

    name: str
    api: ir.Api

    @property
    def left(self) -> list[tuple[ir.Operation, str]]:
        """Return the operations that ask for a part of a list and have no pages, and why not."""
        known = {definition.id: definition for definition in self.api.definitions}
        reasons = ((o, _missing(o, known)) for o in self.api.operations if o.pagination is None)
        return [(operation, reason) for operation, reason in reasons if reason]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.recognised",
        description="Which operations have pages or are streams, and which webhooks are there?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder of OpenAPI documents")
    parser.add_argument("names", metavar="NAME", nargs="*", help="documents in it; five if none")
    asked = parser.parse_args()
    found: list[Found] = []
    for path in files(asked.folder, asked.names or DOCUMENTS):
        understood = understand(str(path), Edition(allowed=tuple(NAMES)))
        if understood.api is None:
            sys.stderr.write("\n".join(understood.messages) + "\n")
            return 1
        found.append(Found(path.name, understood.api))
    sys.stdout.write("\n".join(_page(found)) + "\n")
    return 0


def _missing(operation: ir.Operation, known: Definitions) -> str:
    """Return what is missing for an operation to have pages; nothing if it does not ask for any."""
    asks = [one for one in asking(operation, known) if one.word in _GOING_ON]
    is_reading, is_post = operation.method in ("GET", "QUERY"), operation.method == "POST"
    asks = [one for one in asks if is_reading or (is_post and one.asked.in_body)]
    if not asks or operation.streams:
        return ""
    if answer_of(operation, known) is None:
        return "its successes are not of one type that is JSON"
    found = listing(operation, known)
    if found is None:
        return "the answer has no array, several, or is a union"
    if not found.items:
        return "an array, and no header `Link` is described"
    if any(_is_unclear(one) for one in asks):
        return "whether the first page is 0 or 1 is not said"
    return "nothing in the answer says whether there is more, or what asks for it"


def _is_unclear(one: Asking) -> bool:
    return one.word in words.PAGES and one.kind in NUMBERS and first_page(one.of) is None


def _page(found: list[Found]) -> Iterator[str]:
    yield _HEAD
    kinds = list(_KINDS.values())
    yield f"| document | operations | with pages | {' | '.join(kinds)} | not recognised | streams | webhooks |"
    yield "|---|" + "--:|" * (len(kinds) + 5)
    for one in found:
        paged = [o.pagination for o in one.api.operations if o.pagination is not None]
        by_kind = [sum(type(p.advance) is kind for p in paged) for kind in _KINDS]
        streams = sum(map(_is_stream, one.api.operations))
        webhooks = sum(request.caller is None for request in one.api.incoming)
        # what can answer at once or as a stream has two methods, and is one operation
        operations = len({(o.method, o.path) for o in one.api.operations})
        counts = (operations, len(paged), *by_kind, len(one.left), streams, webhooks)
        yield _row(one.name, *counts)
    for one in found:
        yield from _of(one)


def _of(one: Found) -> Iterator[str]:
    streams = [o for o in one.api.operations if _is_stream(o)]
    if one.left or streams:
        yield f"\n## {one.name}"
    if one.left:
        yield "\nNot taken to have pages:\n"
        yield from (f"- {_name(operation)}: {reason}" for operation, reason in one.left)
    if streams:
        yield "\nStreams:\n"
        yield from (f"- {_name(operation)}: {_series(operation)}" for operation in streams)
    if one.api.webhooks is not None:
        telling = {
            ir.ByPayload: "what they bring",
            ir.ByHeader: "a header",
            ir.ByAddress: "the address they come to",
        }[type(one.api.webhooks.telling)]
        yield f"\nWebhooks are told apart by {telling}; signed as {one.api.webhooks.signing.value} says."


def _contents(operation: ir.Operation) -> Iterator[ir.Content]:
    return (content for response in operation.responses for content in response.contents)


def _is_stream(operation: ir.Operation) -> bool:
    return any(map(_is_series, _contents(operation)))


def _is_series(content: ir.Content) -> bool:
    """Return whether content comes item by item: octets have none."""
    return content.series is not None and not isinstance(content.series, ir.Chunks)


def _series(operation: ir.Operation) -> str:
    kinds = (f"`{shown(c.media_type)}`" for c in _contents(operation) if _is_series(c))
    return ", ".join(dict.fromkeys(kinds))


def _name(operation: ir.Operation) -> str:
    return f"`{operation.method} {shown(operation.path)}`"


def _row(*cells: str | int) -> str:
    return f"| {' | '.join(f'{c:,}' if isinstance(c, int) else c for c in cells)} |"


if __name__ == "__main__":
    sys.exit(main())
