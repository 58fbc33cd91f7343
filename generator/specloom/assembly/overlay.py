"""Overlays (Overlay Specification 1.0 and 1.1): a document in one piece, changed by files of actions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, assert_never
from urllib.parse import unquote, urlsplit

from specloom.assembly.actions import Action, Copy, Remove, Update, read_overlay
from specloom.assembly.extent import Extent
from specloom.assembly.merging import Incompatible, changed, merged
from specloom.assembly.whole import Whole
from specloom.assembly.written import Trail, Written
from specloom.diagnostics import Diagnostic, Refused, Report
from specloom.document.node import Node
from specloom.jsonpath import Exhausted, Query, Steps, Undecided, select
from specloom.limits import Limits, raising
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.source import Source, read
from specloom.values import Place

Ways: TypeAlias = tuple[tuple[str | int, ...], ...]


def overlaid(whole: Whole, files: Sequence[str]) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document with overlays applied, in order, and findings; raise Unreadable.

    Where one of the findings is an error, the document is as it was.
    """
    report = Report()
    written = Written(whole.tree, Trail.of(whole.origins))
    sources: list[Source] = []
    for file in files:
        source, warnings = read(Path(file), file, what="an overlay", limits=whole.limits)
        sources.append(source)
        root = Node(source.tree, Place(file, ""), source.tree)
        parts = tuple(read_overlay(root))
        actions = [part for part in parts if isinstance(part, Action)]
        found = [part for part in parts if isinstance(part, Diagnostic)]
        found += _extends(root, whole.file)
        report += (*warnings, *_placed(found, source))
        if not report.failed:
            written, more = _applied(written, actions, whole.limits)
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


def _applied(
    written: Written, actions: Sequence[Action], limits: Limits
) -> tuple[Written, list[Diagnostic]]:
    """Return what is left after all actions; nothing comes after one that cannot be done."""
    findings: list[Diagnostic] = []
    extent = Extent(0, Extent.of(written.tree).depth)
    for action in actions:
        steps = Steps(limits.overlay_steps)
        try:
            ways = _ways(action.target, action.at, written, steps)
            if ways:
                update = _update(action, written, steps)
                extent = _grown(extent, ways, action, update, limits)
                written = _changed(written, ways, action, update)
            else:
                message = "this selects nothing in the document: the action does nothing"
                findings.append(finding("overlay-no-effect", action.at, message))
        except Refused as refused:
            return written, [*findings, refused.diagnostic]
    return written, findings


def _ways(query: Query, at: Place, written: Written, steps: Steps) -> Ways:
    """Return the ways to what a query selects. Raises Refused."""
    try:
        return tuple(found.tokens for found in select(query, written.tree, steps))
    except Undecided as reason:
        raise Refused(finding("overlay-path", at, str(reason))) from None
    except Exhausted:
        message = f"this takes more than {steps.most:,} steps"
        raise Refused(finding("limit", at, message, raising("overlay-steps"))) from None


def _update(action: Action, written: Written, steps: Steps) -> Written | None:
    """Return what an action writes; None: it removes. Raises Refused."""
    match action.does:
        case Update(value, at):
            return Written(value, Trail(at))
        case Copy(source, at):
            ways = _ways(source, at, written, steps)
            if len(ways) != 1:
                message = f"this selects {len(ways)} nodes: one is copied"
                raise Refused(finding("overlay-path", at, message))
            return _at(written, ways[0])
        case Remove():
            return None
        case _:
            assert_never(action.does)


def _changed(written: Written, ways: Ways, action: Action, update: Written | None) -> Written:
    """Return the tree after an action. Raises Refused."""
    try:
        done = changed(written, ways, lambda node: merged(node, update) if update else None)
    except Incompatible as wrong:
        at = action.does.at if isinstance(action.does, Copy) else wrong.at
        message = f"{wrong.given} is written over {wrong.there}"
        hint = "remove that by an action before this one"
        raise Refused(finding("overlay-update", at, message, hint)) from None
    if done is None:
        message = "the whole document cannot be removed"
        raise Refused(finding("overlay-update", action.at, message))
    return done


def _grown(
    extent: Extent, ways: Ways, action: Action, update: Written | None, limits: Limits
) -> Extent:
    """Return how large the tree may be after an action. Raises Refused where that is too large."""
    if update is None:
        return extent
    found = extent.with_parts(len(ways), max(map(len, ways)), Extent.of(update.tree))
    match found.exceeded(limits):
        case "":
            return found
        case "depth" as key:
            message = f"the document gets more than {limits.depth} levels deep"
        case key:
            message = f"what overlays write has more than {limits.aliased_nodes:,} values"
    raise Refused(finding("limit", action.at, message, raising(key)))


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
