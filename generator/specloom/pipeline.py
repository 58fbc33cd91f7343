"""The stages, in order: a document becomes a model, a model becomes files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom import ir
from specloom.assembly import AS_WRITTEN, Edition, Whole, assemble
from specloom.assembly.omission import omitted, without
from specloom.audit import Tainted, audit, audit_tests
from specloom.config import Target
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.document.walk import Visit, walk
from specloom.format import formatted
from specloom.lower.api import lower
from specloom.lower.budget import Budget, TooHeavy
from specloom.lower.schemas.closing import closed
from specloom.messages import render
from specloom.naming import Names, name
from specloom.naming.given import given
from specloom.naming.pins import NO_PINS, Pins
from specloom.page_choices import PageChoice
from specloom.python.package.package import package
from specloom.python.package.views import Package
from specloom.render import render as render_package
from specloom.render import runtime
from specloom.rules.findings import gave_up, judge
from specloom.rules.meaning import meaning, version
from specloom.rules.structure import structure
from specloom.rules.support import support
from specloom.rules.validator import schema_findings, walk_findings
from specloom.shown import shown
from specloom.source import Unreadable
from specloom.values import Place

Where: TypeAlias = tuple[int, str]
"""Which folder of the target a file goes to (0: output, 1: tests), and its path there."""
Doing: TypeAlias = Callable[[str], None]
"""Is told what is being done, for those who wait."""
_PATIENCE = 3.0
"""Seconds for the validator's walk, and more for a large document. One of 13 MB takes two."""


def _silently(_: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of the stages up to the model; `api` only where no finding is an error."""

    api: ir.Api | None
    messages: tuple[str, ...]
    """Every finding, in the order of the document."""
    whole: Whole | None = None
    """None where a file could not be read."""
    findings: tuple[Diagnostic, ...] = ()
    """The same as they were found."""


@dataclass(frozen=True, slots=True)
class Refused:
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A target as files that nobody has written yet."""

    files: Mapping[Where, bytes]
    once: frozenset[Where]
    """Those that are the user's own as soon as they are there."""
    names: Pins
    documents: tuple[str, ...]
    """The digests of the files that were named: the document, then its overlays."""
    parts: Mapping[str, str]
    """Those of the files that references lead to, by the way from the folder of the document."""
    operations: int
    types: int
    warnings: int
    messages: tuple[str, ...]


def understand(
    spec: str,
    edition: Edition = AS_WRITTEN,
    *,
    strict: bool = False,
    doing: Doing = _silently,
) -> Understood:
    """Read, check and lower a document; stop after the stage that found an error.

    `strict` makes errors of warnings; `doing` is told of each stage.
    """
    doing(f"reading {shown(spec)}")
    try:
        whole, findings = assemble(spec, edition)
    except Unreadable as unreadable:
        lines = unreadable.page.lines()
        return Understood(None, tuple(render(unreadable.findings, {}, lines)))
    report = _joined(Report(), findings, strict=strict)
    if report.failed:
        return Understood(None, _messages(report, whole), whole)
    pages = edition.pages
    understood = _understood(whole, report, pages, strict=strict, doing=doing)
    missing: list[ir.Missing] = []
    told: list[str] = []
    while gone := omitted(understood.findings, edition.allowed, whole):
        told += _messages(Report(tuple(found for _, found in gone)), whole)
        missing += (_missing(place, found, whole) for place, found in gone)
        whole = without(whole, [place for place, _ in gone])
        understood = _understood(whole, report, pages, strict=strict, doing=doing)
    api = understood.api and replace(understood.api, missing=tuple(missing))
    return replace(understood, api=api, messages=(*told, *understood.messages))


def _missing(place: Place, found: Diagnostic, whole: Whole) -> ir.Missing:
    assert found.omission is not None
    return ir.Missing(found.omission.feature, whole.origins.of(place))


def _understood(
    whole: Whole, report: Report, pages: tuple[PageChoice, ...], *, strict: bool, doing: Doing
) -> Understood:
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    doing(f"checking {shown(whole.file)}")
    report = _judged(root, whole, report, strict=strict)
    if report.failed:
        return Understood(None, _messages(report, whole), whole, report.findings)
    doing(f"understanding {shown(whole.file)}")
    try:
        document, budget = read_document(root, whole.homes), Budget.of(whole.limits, whole.size)
        lowered = lower(document, budget, pages)
    except TooHeavy as reason:
        report = _joined(report, (reason.finding,), strict=strict)
        return Understood(None, _messages(report, whole), whole, report.findings)
    report = _joined(report, lowered.findings, strict=strict)
    api = None if report.failed else lowered.api
    return Understood(api, _messages(report, whole), whole, report.findings)


def _judged(root: Node, whole: Whole, report: Report, *, strict: bool) -> Report:
    """Return a report with what all rules find, up to the first kind that finds an error."""
    places = tuple(walk(root))  # once for all of them
    report = _joined(report, _own_rules(root, places, whole), strict=strict)
    if not report.failed:
        report = _joined(report, _second_opinion(root, report, whole), strict=strict)
    if not report.failed:
        report = _joined(report, support(root, places), strict=strict)
    return report


def _own_rules(root: Node, places: Sequence[Visit], whole: Whole) -> Iterator[Diagnostic]:
    """Return what our rules say; what a document means is asked only where its shape is sound."""
    most = whole.limits.names
    found = () if whole.is_judged else tuple(version(root)) or tuple(structure(places, most))
    yield from found
    if not Report(found).failed:
        yield from meaning(root, places)


def _second_opinion(root: Node, report: Report, whole: Whole) -> Iterator[Diagnostic]:
    """Return what openapi-spec-validator adds: its meta-schema check, and its walk in bounds."""
    spoken = frozenset(f.at.pointer for f in report.findings if isinstance(f.at, Place))
    walked = walk_findings(root.value, seconds=_PATIENCE)
    by_letter = () if whole.is_judged else schema_findings(root.value)
    yield from judge((*by_letter, *(walked or ())), root.at.file, spoken)
    if walked is None:
        yield gave_up(root.at.file)


def _joined(report: Report, findings: Iterable[Diagnostic], *, strict: bool) -> Report:
    more = report + findings
    return more.strict() if strict else more


def _messages(report: Report, whole: Whole) -> tuple[str, ...]:
    if not report.findings:
        return ()
    places = [f.at for f in report.findings if isinstance(f.at, Place)]
    places += [other.at for f in report.findings for other in f.related]
    spans = whole.locate(places) if places else {}
    return tuple(render(report.findings, spans, whole.lines()))


def package_files(view: Package, target: Target) -> dict[str, str]:
    """Return the files of a package by their path below its output folder."""
    made = formatted(render_package(view))
    whole = {**made, **runtime(made, target.transport), "py.typed": ""}
    audit(whole, target.transport)
    return {f"{target.package}/{path}": text for path, text in whole.items()}


def files_of_tests(api: ir.Api, names: Names, package_name: str) -> tuple[dict[str, str], str]:
    """Return the files of a package's tests by their path, and which of them is the user's own."""
    # not every target has tests, and these modules are many
    from specloom.python.tests.tests import tests
    from specloom.render_tests import render_tests

    view = tests(api, names, package_name)
    made = formatted(render_tests(view))
    audit_tests(made, package_name)
    return made, view.yours.path


def edition_of(target: Target) -> Edition:
    """Return what of its document a target is made from."""
    return Edition(
        overlays=target.overlays,
        root=target.root,
        tags=target.tags,
        paths=target.paths,
        operations=target.operations,
        allowed=target.allow,
        pages=target.pages,
        limits=target.limits,
    )


def modelled(api: ir.Api, target: Target) -> ir.Api:
    """Return the model of a document as a target asks for it."""
    return closed(api) if target.responses == "closed" else api


def make(
    target: Target, pins: Pins = NO_PINS, *, strict: bool = False, doing: Doing = _silently
) -> Made | Refused:
    """Generate one target, and write nothing.

    Raises Unusable for a name of the lock that cannot be given any more.
    """
    understood = understand(target.spec, edition_of(target), strict=strict, doing=doing)
    if understood.api is None or understood.whole is None:
        return Refused(understood.messages)
    api = modelled(understood.api, target)
    names = name(api, pins)
    once: frozenset[Where] = frozenset()
    doing(f"writing {target.package}")
    try:
        packaged = package(api, names, pins)
        files = {(0, path): text for path, text in package_files(packaged.view, target).items()}
        if target.tests is not None:
            doing(f"writing the tests of {target.package}")
            trials, yours = files_of_tests(api, names, target.package)
            files |= {(1, path): text for path, text in trials.items()}
            once = frozenset(((1, yours),))
    except Tainted as reason:
        return Refused((*understood.messages, f"specloom: error: {reason}"))
    return Made(
        files={where: text.encode() for where, text in files.items()},
        once=once,
        names=given(api, names, packaged.modules),
        documents=understood.whole.documents,
        parts=understood.whole.parts,
        operations=len({(o.method, o.path) for o in api.operations}),
        types=len(api.definitions),
        warnings=len(understood.messages),
        messages=understood.messages,
    )
