"""Overlays (Overlay Specification 1.0 and 1.1): a document in one piece, changed by files of actions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, assert_never
from urllib.parse import unquote, urlsplit

from specloom.assembly.actions import Action, Copy, Remove, Update, read_overlay
from specloom.assembly.merging import Incompatible, changed, merged
from specloom.assembly.whole import Whole
from specloom.assembly.written import Trail, Written
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.jsonpath import Exhausted, Query, Steps, select
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.source import Source, read
from specloom.values import Place

_STEPS = 10_000_000
"""That the paths of one overlay may take, which is some seconds."""

Ways: TypeAlias = tuple[tuple[str | int, ...], ...]


def overlaid(whole: Whole, files: Sequence[str]) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document with overlays applied, in order, and findings; raise Unreadable.

    Where one of the findings is an error, the document is as it was.
    """
    report = Report()
    written = Written(whole.tree, Trail.of(whole.origins))
    sources: list[Source] = []
    for file in files:
        source, warnings = read(Path(file), file, what="an overlay")
        sources.append(source)
        root = Node(source.tree, Place(file, ""), source.tree)
        parts = tuple(read_overlay(root))
        actions = [part for part in parts if isinstance(part, Action)]
        found = [part for part in parts if isinstance(part, Diagnostic)]
        found += _extends(root, whole.file)
        report += (*warnings, *_placed(found, source))
        if not report.failed:
            written, more = _applied(written, actions)
            report += _placed(more, source)
    if report.failed:
        return replace(whole, sources=(*whole.sources, *sources)), report.findings
    origins = written.trail.origins()
    files_read = (*whole.sources, *sources)
    return replace(whole, tree=written.tree, sources=files_read, origins=origins), report.findings


def _placed(findings: Sequence[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """Return findings with the lines of their file: no other stage knows its tree."""
    spans = source.locate({f.at: None for f in findings if isinstance(f.at, Place)})
    return tuple(replace(f, at=spans[f.at]) if isinstance(f.at, Place) else f for f in findings)


def _applied(written: Written, actions: Sequence[Action]) -> tuple[Written, list[Diagnostic]]:
    """Return what is left after all actions; nothing comes after one that cannot be done."""
    steps, findings = Steps(_STEPS), list[Diagnostic]()
    for action in actions:
        try:
            ways = _ways(action.target, written, steps)
        except Exhausted as reason:
            return written, [*findings, finding("overlay-path", action.at, str(reason))]
        if not ways:
            message = "this selects nothing in the document: the action does nothing"
            findings.append(finding("overlay-no-effect", action.at, message))
            continue
        done = _done(written, ways, action, steps)
        if isinstance(done, Diagnostic):
            return written, [*findings, done]
        written = done
    return written, findings


def _ways(query: Query, written: Written, steps: Steps) -> Ways:
    return tuple(found.tokens for found in select(query, written.tree, steps))


def _done(written: Written, ways: Ways, action: Action, steps: Steps) -> Written | Diagnostic:
    """Return the tree after one action, or why it cannot be done."""
    match action.does:
        case Update(value, at):
            return _merged(written, ways, Written(value, Trail(at)))
        case Copy(source, at):
            try:
                sources = _ways(source, written, steps)
            except Exhausted as reason:
                return finding("overlay-path", at, str(reason))
            if len(sources) != 1:
                message = f"this selects {len(sources)} nodes: one is copied"
                return finding("overlay-path", at, message)
            return _merged(written, ways, _at(written, sources[0]), at)
        case Remove():
            left = changed(written, ways, lambda _: None)
            if left is None:
                return finding("overlay-update", action.at, "the whole document cannot be removed")
            return left
        case _:
            assert_never(action.does)


def _merged(
    written: Written, ways: Ways, update: Written, at: Place | None = None
) -> Written | Diagnostic:
    """Return the tree with something merged into some nodes; `at` is what has it written there."""
    try:
        done = changed(written, ways, lambda node: merged(node, update))
    except Incompatible as wrong:
        message = f"{wrong.given} is written over {wrong.there}"
        hint = "remove that by an action before this one"
        return finding("overlay-update", at or wrong.at, message, hint)
    assert done is not None, "nothing is removed"
    return done


def _at(written: Written, way: tuple[str | int, ...]) -> Written:
    for token in way:
        written = written.member(token) if isinstance(token, str) else written.items()[token]
    return written


def _extends(root: Node, file: str) -> Iterator[Diagnostic]:
    """Say where an overlay is for another document (Overlay 1.1.0, "Overlay Object")."""
    named = root.word("extends")
    if named is None:
        return
    try:
        way = urlsplit(named)
    except ValueError:
        way = urlsplit("")
    path = unquote(way.path)
    if way.scheme or way.netloc:
        # what an address serves is not asked for: the name tells whether it may be meant
        is_other = os.path.basename(path) != os.path.basename(file)
    else:
        meant = os.path.join(os.path.dirname(root.at.file), path)
        is_other = os.path.realpath(meant) != os.path.realpath(file)
    if is_other:
        message = f"this extends `{shown(named)}`, and is applied to `{shown(file)}`"
        yield finding("overlay-extends", root.at.step("extends"), message)
