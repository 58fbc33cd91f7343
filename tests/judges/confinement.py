"""Whether credentials leave where they are asked for alone: `python -m tests.judges.confinement DOC`.

Every operation is called with a canary for every scheme, then with those of each alternative, then
with none, by the client that waits and by the one that awaits; nothing reaches a network.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, cast

import httpx2

from .calling import NotMade, Sent, arguments_of, method_of, sent_later, sent_of
from .canaries import breaches
from .document import Json, Operation, load, operations
from .environments import Failed
from .packages import Called, Package, package
from .reduction import reduced
from .samples import by_key, samples
from .sampling import NoSample, Sampler
from .schemas import Schemas
from .schemes import Credential, alternatives, credentials, expected, schemes

BASE = "https://canary.test"
_ANSWER = 418
"""Documented nowhere, so there is no body to be understood."""
Arguments: TypeAlias = Mapping[str, object]
Seen: TypeAlias = tuple[list[Sent], str]
"""The requests of a call, and what it raised."""


@dataclass(frozen=True)
class Judge:
    """All that the calls of a document need."""

    package: Package
    root: Json
    sampler: Sampler
    given: tuple[Credential, ...]

    def judged(self, operation: Operation, called: Called) -> Iterator[str]:
        """Yield what is wrong with each call, nothing if it is sound. Raises NoSample, NotMade."""
        values = next(iter(samples(operation, called, self.sampler))).values
        arguments = arguments_of(self.package, called, values, by_key(operation))
        secrets = {credential.key: credential.value for credential in self.given}
        known = schemes(self.root)
        for held in self._holdings(operation):
            wanted = expected(operation, held, known)
            given = {credential.name: credential.value for credential in held.values()}
            for way, call in (("sync", self._sync), ("async", self._async)):
                requests, raised = call(called, arguments, given)
                found = [why for sent in requests for why in breaches(sent, wanted, secrets, known)]
                if not requests:
                    found = [f"nothing was sent: {raised}"]
                holding = ", ".join(held) or "nothing"
                yield "; ".join(f"{way}, holding {holding}: {why}" for why in dict.fromkeys(found))

    def _holdings(self, operation: Operation) -> list[dict[str, Credential]]:
        """Return what clients hold, in turn: all, each alternative alone, nothing."""
        known = {credential.key: credential for credential in self.given}
        alone = (
            {key: known[key] for key in asked if key in known} for asked in alternatives(operation)
        )
        found = [known, *alone, {}]
        return [held for i, held in enumerate(found) if held not in found[:i]]

    def _sync(self, called: Called, arguments: Arguments, given: Arguments) -> Seen:
        """Call by the client that waits."""
        seen: list[Sent] = []

        def answer(request: httpx2.Request) -> httpx2.Response:
            seen.append(sent_of(request))
            return httpx2.Response(_ANSWER)

        with httpx2.Client(transport=httpx2.MockTransport(answer)) as http:
            try:
                method = self._method("Client", called, http, given)
                method(**arguments)
            except Exception as error:  # that of the answer, unless nothing was sent
                return seen, f"{type(error).__name__}: {error}"
        return seen, ""

    def _async(self, called: Called, arguments: Arguments, given: Arguments) -> Seen:
        """Call by the client that awaits."""
        seen: list[Sent] = []

        async def answer(request: httpx2.Request) -> httpx2.Response:
            seen.append(await sent_later(request))
            return httpx2.Response(_ANSWER)

        async def call() -> str:
            async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
                try:
                    method = self._method("AsyncClient", called, http, given)
                    await cast("Awaitable[object]", method(**arguments))
                except Exception as error:  # that of the answer, unless nothing was sent
                    return f"{type(error).__name__}: {error}"
            return ""

        return seen, asyncio.run(call())

    def _method(
        self, kind: str, called: Called, http: object, given: Arguments
    ) -> Callable[..., object]:
        client = self.package.find("", kind)(base_url=BASE, http=http, **given)
        return method_of(client, called)


def main() -> int:
    """Print every breach and the totals; return 1 if there is a breach."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.confinement",
        description="Where do the credentials of a generated client go?",
    )
    parser.add_argument("document", metavar="DOC", type=Path, help="an OpenAPI document")
    spec: Path = parser.parse_args().document
    try:
        with TemporaryDirectory(prefix="specloom-canaries-") as name:
            totals = _run(spec, load(spec), Path(name))
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    told = ", ".join(f"{count} {what}" for what, count in totals.items())
    sys.stdout.write(f"\n{spec.name}: {told}\n")
    return 1 if totals["breaches"] else 0


def _run(spec: Path, root: Json, folder: Path) -> Counter[str]:
    left = reduced(spec, root, folder)
    made = package(left.spec, "judged", folder / "out")
    judge = Judge(made, root, Sampler(Schemas(root)), credentials(made, root))
    names = ("operations", "calls", "breaches", "without a sample", "refused by the generator")
    totals: Counter[str] = Counter(dict.fromkeys(names, 0))
    totals["refused by the generator"] = len(left.left_out)
    for operation in operations(root):
        if (operation.method, operation.path) in left.left_out:
            continue
        totals["operations"] += 1
        called = made.called(operation)
        if called is None:
            raise Failed(f"the package has no operation {operation.label}")
        try:
            for why in judge.judged(operation, called):
                totals["calls"] += 1
                if why:
                    totals["breaches"] += 1
                    sys.stdout.write(f"breach: {operation.label}: {why}\n")
        except (NoSample, NotMade) as reason:
            totals["without a sample"] += 1
            sys.stdout.write(f"without a sample: {operation.label}: {reason}\n")
    return totals


if __name__ == "__main__":
    sys.exit(main())
