"""Prism as a judge: `python -m tests.judges.prism DOC` calls every operation of a document.

Prism mocks the document and says of every request whether it conforms; its limits are in `limits`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from .calling import NotMade, Outcome, Values, Wire, arguments_of, perform
from .document import Json, Operation, load, operations
from .environments import Failed, environment
from .mocked import mocked
from .packages import Called, Package, package
from .reduction import LATER, reduced
from .samples import Sample, by_key, samples
from .sampling import NoSample, Sampler
from .schemas import Schemas
from .schemes import credentials
from .servers import Server, serving
from .verdicts import Finding, Verdict, died, judge

PATIENCE = 30.0


@dataclass(frozen=True)
class Bench:
    """All that the calls of a document need."""

    package: Package
    client: object
    wire: Wire
    server: Server
    sampler: Sampler

    def judged(self, operation: Operation, called: Called) -> Iterator[tuple[str, Finding]]:
        """Yield what was called and the verdict, for every sample of an operation."""
        try:
            for sample in samples(operation, called, self.sampler):
                yield sample.what, self._judged(operation, called, sample)
        except NoSample as reason:
            yield "sample", Finding(Verdict.NO_SAMPLE, str(reason))

    def _judged(self, operation: Operation, called: Called, sample: Sample) -> Finding:
        try:
            outcome = self._perform(operation, called, sample.values)
        except NotMade as reason:
            return Finding(Verdict.OURS, str(reason))
        if outcome.unanswered and self.server.died():
            said = self.server.said()
            self.server.start()
            return died(operation, sample.values, said)
        return judge(operation, sample.values, outcome, self.sampler.schemas)

    def _perform(self, operation: Operation, called: Called, values: Values) -> Outcome:
        arguments = arguments_of(self.package, called, values, by_key(operation))
        return perform(self.client, self.wire, called, arguments)


def main() -> int:
    """Print a line per operation and the totals; return 1 if anything is our fault."""
    arguments = _arguments()
    spec: Path = arguments.document
    try:
        root = load(spec)
        with TemporaryDirectory(prefix="specloom-prism-") as name:
            totals = _run(spec, root, Path(name), arguments.port)
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    told = ", ".join(f"{totals[verdict]} {verdict.value}" for verdict in Verdict)
    sys.stdout.write(f"\n{spec.name}: {told}\n")
    return 1 if totals[Verdict.OURS] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.prism", description="Call every operation against Prism."
    )
    parser.add_argument("document", metavar="DOC", type=Path, help="an OpenAPI document")
    parser.add_argument("--port", type=int, default=4010, help="where Prism listens: 4010")
    return parser.parse_args()


def _run(spec: Path, root: Json, folder: Path, port: int) -> Counter[Verdict]:
    programs = environment("prism") / "node_modules" / ".bin"
    _progress(f"generating {spec.name}")
    left = reduced(spec, root, folder)
    made = package(left.spec, "judged", folder / "out")
    document = mocked(load(left.spec), folder)
    command = (programs / "prism", "mock", "--errors", "-h", "127.0.0.1", "-p", port, document)
    server = Server([str(word) for word in command], port, folder, folder / "prism.log")
    totals: Counter[Verdict] = Counter()
    for (method, path), reason in left.left_out.items():
        verdict = Verdict.LATER if reason.startswith(LATER) else Verdict.REFUSED
        _tell(f"{method} {path}", "", Finding(verdict, reason))
        totals[verdict] += 1
    wanted = [o for o in operations(root) if (o.method, o.path) not in left.left_out]
    if not wanted:  # with no path at all, Prism does not even start
        return totals
    _progress("starting Prism")
    with serving(server), Wire(httpx2.HTTPTransport()) as wire:
        http = httpx2.Client(transport=wire, timeout=PATIENCE)
        given = {c.name: c.value for c in credentials(made, root)}
        client = made.find("", "Client")(base_url=server.url, http=http, **given)
        bench = Bench(made, client, wire, server, Sampler(Schemas(root)))
        for operation in wanted:
            totals[_operation(bench, operation)] += 1
    return totals


def _operation(bench: Bench, operation: Operation) -> Verdict:
    """Call an operation, print what is to be said of it, and return the worst verdict."""
    called = bench.package.called(operation)
    if called is None:
        _tell(operation.label, "", Finding(Verdict.OURS, "the package has no such operation"))
        return Verdict.OURS
    found = list(bench.judged(operation, called))
    order = list(Verdict)
    worst = min((finding.verdict for _, finding in found), key=order.index)
    for what, finding in found:
        if finding.verdict is not Verdict.CONFORMED:
            _tell(operation.label, what, finding)
    if worst is Verdict.CONFORMED:
        statuses = ", ".join(f"{what} {finding.why}" for what, finding in found)
        _tell(operation.label, "", Finding(worst, statuses))
    return worst


def _tell(label: str, what: str, finding: Finding) -> None:
    sample = f" ({what})" if what else ""
    sys.stdout.write(f"{finding.verdict.value}: {label}{sample}: {finding.why}\n")
    sys.stdout.flush()


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text} ...\n")


if __name__ == "__main__":
    sys.exit(main())
