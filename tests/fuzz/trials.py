"""What must be true of whatever is made of a document, whoever wrote it."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from specloom import ir
from specloom.assembly import Whole, assemble
from specloom.audit import audit, audit_tests
from specloom.diagnostics import Report
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.document.walk import walk
from specloom.lower.api import lower
from specloom.lower.budget import Budget, TooHeavy
from specloom.messages import render as messages
from specloom.naming import name
from specloom.pipeline import Made
from specloom.python.package.package import package
from specloom.python.tests.tests import tests
from specloom.render import render, runtime
from specloom.render_tests import render_tests
from specloom.rules.findings import judge
from specloom.rules.meaning import meaning, version
from specloom.rules.structure import structure
from specloom.rules.support import support
from specloom.rules.validator import schema_findings
from specloom.source import Unreadable, read
from specloom.values import Place

PACKAGE = "made"
_TRANSPORT = "httpx2"


class Wrong(AssertionError):
    """A promise that was not kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    lowered: bool
    """Whether the document was sound enough to be lowered to the model."""
    files: dict[str, str]
    """What was made of it, by path below a folder; none where it was refused."""


def try_reader(spec: Path) -> bool:
    """Read a document and find everything in it again; return whether it could be read."""
    try:
        source, warnings = read(spec, "api")
    except Unreadable as unreadable:
        lines = unreadable.page.lines()
        _shown(tuple(messages(unreadable.findings, {}, lines)))
        return False
    root = Node(source.tree, Place("api", ""), source.tree)
    places = [visit.node.at for visit in walk(root)]
    if len(source.locate(places)) != len(set(places)):
        raise Wrong("a place of the document was not found again")
    _shown(tuple(messages(warnings, {}, source.page.lines())))
    return True


def try_stages(spec: Path) -> Outcome:
    """Put a document through every stage but openapi-spec-validator's walk and black's.

    These two are other people's, take most of the time, and have bounds and tests of their own.
    """
    try:
        whole, findings = assemble(str(spec))
    except Unreadable as unreadable:
        _shown(tuple(messages(unreadable.findings, {}, unreadable.page.lines())), refused=True)
        return Outcome(lowered=False, files={})
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    report = _judged(root, whole, Report() + findings)
    is_sound = not report.failed
    api: ir.Api | None = None
    if is_sound:
        try:
            lowered = lower(read_document(root, whole.homes), Budget.of(whole.limits, whole.size))
        except TooHeavy as reason:
            report += (reason.finding,)
        else:
            report += lowered.findings
            api = lowered.api
    spans = whole.locate(
        [f.at for f in report.findings if isinstance(f.at, Place)]
        + [other.at for f in report.findings for other in f.related]
    )
    _shown(tuple(messages(report.findings, spans, whole.lines())), refused=report.failed)
    if report.failed:
        return Outcome(is_sound, {})
    assert api is not None
    return Outcome(lowered=True, files=_files(api))


def _judged(root: Node, whole: Whole, report: Report) -> Report:
    """Return a report with what all rules find but the walk, up to the first kind that fails."""
    places = tuple(walk(root)) if not report.failed else ()
    if not report.failed and not whole.is_judged:
        report += tuple(version(root)) or tuple(structure(places, whole.limits.names))
    if not report.failed:
        report += tuple(meaning(root, places))
    if not report.failed and not whole.is_judged:
        spoken = frozenset(f.at.pointer for f in report.findings if isinstance(f.at, Place))
        report += tuple(judge(schema_findings(root.value), whole.file, spoken))
    if not report.failed:
        report += tuple(support(root, places))
    return report


def _files(api: ir.Api) -> dict[str, str]:
    """Return a package and its tests, which the gate lets pass, by path below a folder."""
    names = name(api)
    made = render(package(api, names).view)
    whole_package = {**made, **runtime(made, _TRANSPORT), "py.typed": ""}
    audit(whole_package, _TRANSPORT)
    own_tests = render_tests(tests(api, names, PACKAGE))
    audit_tests(own_tests, PACKAGE)
    files = {f"{PACKAGE}/{path}": text for path, text in whole_package.items()}
    return files | {f"tests/{path}": text for path, text in own_tests.items()}


def try_import(files: dict[str, str], folder: Path) -> None:
    """Import every module of a package, as if for the first time."""
    for path, text in files.items():
        if path.startswith(f"{PACKAGE}/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        for path in files:
            if path.startswith(f"{PACKAGE}/") and path.endswith(".py"):
                dotted = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                importlib.import_module(dotted)
    finally:
        sys.path.remove(str(folder))
        for module in [known for known in sys.modules if known.split(".")[0] == PACKAGE]:
            del sys.modules[module]


def try_made(made: Made) -> None:
    """Look at what the whole of Specloom made: that it parses, and says nothing unseemly."""
    _shown(made.messages)
    for (_, path), content in made.files.items():
        if path.endswith(".py"):
            compile(content, path, "exec", dont_inherit=True)


def _shown(said: tuple[str, ...], *, refused: bool = False) -> None:
    """Look at messages: they have something to say, and nothing that a terminal would obey."""
    if refused and not any(": error:" in message for message in said):
        raise Wrong("a document was refused without an error")
    for message in said:
        for line in message.split("\n"):
            if any(category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in line):
                raise Wrong(f"a message has what a terminal would obey: {message!a}")
