"""Whether all transports send the same octets: `python -m tests.judges.transports DOC...`.

Every operation is called with its samples. Each request that the client makes goes through six
transports in turn, of httpx2, of httpx and of the standard library, each of them to be waited for
and to be awaited, to a server that keeps what it gets. Nothing is normalised before it is compared.
"""

from __future__ import annotations

import argparse
import sys
from asyncio import Runner
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import httpx2

from ..standard import standard  # noqa: TID252 # of no absolute name that all tools agree on
from .calling import NotMade, arguments_of, method_of
from .document import Operation, load, operations
from .environments import Failed
from .packages import Called, Package, package
from .recorder import Recorder, recording
from .reduction import reduced
from .samples import by_key, samples
from .sampling import NoSample, Sampler
from .schemas import Schemas
from .schemes import credentials

# nothing here speaks TLS, and to load the world's certificates takes a while
_TLS = SSLContext(PROTOCOL_TLS_CLIENT)
_HEADINGS = "| document | operations | requests | octets | different |\n|---|--:|--:|--:|--:|\n"


@dataclass
class Fan:
    """A transport that sends each request through all of them, and keeps what arrived."""

    recorder: Recorder
    runner: Runner
    waiting: Mapping[str, Any]
    awaiting: Mapping[str, Any]
    arrived: list[dict[str, bytes]] = field(default_factory=list[dict[str, bytes]])

    def exchange(self, request: Any) -> Any:
        found: dict[str, bytes] = {}
        answer = None
        for name, transport in self.waiting.items():
            answer = transport.exchange(request)
            found[name] = self.recorder.taken()
        for name, transport in self.awaiting.items():
            answer = self.runner.run(transport.exchange(request))
            found[f"{name}, awaited"] = self.recorder.taken()
        self.arrived.append(found)
        return answer

    def close(self) -> None:
        """They are closed by those who made them."""


@dataclass
class Tally:
    operations: int = 0
    requests: int = 0
    octets: int = 0
    different: int = 0
    left_out: int = 0
    """Operations without a sample, and those that the generator refuses."""


@contextmanager
def fanning(made: Package) -> Generator[Fan]:
    """Make transports of a package over each library, and a server that they send to."""
    adapters: Any = made.find("_httpx")
    root: Any = made.find("")
    own = standard(root)
    with ExitStack() as stack:
        recorder = stack.enter_context(recording())
        runner = stack.enter_context(Runner())
        waiting = {"stdlib": own.Connections(proxies={})}
        awaiting = {"stdlib": own.AsyncConnections(proxies={})}
        for library in (httpx2, httpx):
            name, settings = library.__name__, {"verify": _TLS, "trust_env": False}
            waiting[name] = adapters.Waiting(library.Client(**settings), name)
            awaiting[name] = adapters.Awaiting(library.AsyncClient(**settings), name)
        try:
            yield Fan(recorder, runner, waiting, awaiting)
        finally:
            for each in waiting.values():
                each.close()
            for each in awaiting.values():
                runner.run(each.aclose())


def judged(spec: Path, folder: Path) -> Tally:
    """Print what differs of the requests of a document, and return how much there was."""
    root = load(spec)
    left = reduced(spec, root, folder)
    made = package(left.spec, f"judged_{spec.stem.replace('.', '_').replace('-', '_')}", folder)
    sampler, tally = Sampler(Schemas(root)), Tally(left_out=len(left.left_out))
    with fanning(made) as fan:
        given = {found.name: found.value for found in credentials(made, root)}
        client: Any = made.find("", "Client")(base_url=fan.recorder.url, http=fan, **given)
        for operation in operations(root):
            if (operation.method, operation.path) in left.left_out:
                continue
            called = made.called(operation)
            if called is None:
                raise Failed(f"the package has no operation {operation.label}")
            fan.arrived.clear()
            for why in _sent(client, made, operation, called, sampler):
                sys.stdout.write(f"not sent: {operation.label}: {why}\n")
            if not fan.arrived:
                sys.stdout.write(f"nothing was sent: {operation.label}\n")
            tally.operations += bool(fan.arrived)
            tally.left_out += not fan.arrived
            for found in fan.arrived:
                tally.requests += 1
                tally.octets += len(found["httpx2"])
                for name, octets in found.items():
                    if octets != found["httpx2"]:
                        tally.different += 1
                        sys.stdout.write(f"{operation.label}: {name} sent\n{octets!r}\n")
                        sys.stdout.write(f"where httpx2 sent\n{found['httpx2']!r}\n")
    return tally


def _sent(
    client: object, made: Package, operation: Operation, called: Called, sampler: Sampler
) -> Iterator[str]:
    """Call an operation with each of its samples; yield why one could not be."""
    try:
        for sample in samples(operation, called, sampler):
            arguments = arguments_of(made, called, sample.values, by_key(operation))
            try:
                method_of(client, called)(**arguments)
            except Exception as error:  # of the answer, which nobody describes; or of the arguments
                if "418" not in str(error):
                    yield f"{sample.what}: {type(error).__name__}: {error}"
    except (NoSample, NotMade) as reason:
        yield str(reason)


def main() -> int:
    """Print a row for each document; return 1 if any request differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.transports",
        description="Do all transports send the same octets?",
    )
    parser.add_argument("documents", metavar="DOC", type=Path, nargs="+")
    specs: list[Path] = parser.parse_args().documents
    rows: list[str] = []
    different = 0
    for spec in specs:
        try:
            with TemporaryDirectory(prefix="specloom-transports-") as name:
                tally = judged(spec, Path(name))
        except Failed as failure:
            sys.stderr.write(f"{failure}\n")
            return 2
        different += tally.different
        kept = f"{tally.operations:,} of {tally.operations + tally.left_out:,}"
        numbers = (kept, f"{tally.requests:,}", f"{tally.octets:,}", f"{tally.different:,}")
        rows.append(f"| {spec.name} | {' | '.join(numbers)} |\n")
    sys.stdout.write("\n" + _HEADINGS + "".join(rows))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
