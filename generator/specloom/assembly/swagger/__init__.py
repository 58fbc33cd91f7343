"""Swagger 2.0: judged in its own words, then lifted to the OpenAPI 3.0 that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from specloom.assembly.swagger.judgement import judged
from specloom.assembly.swagger.upgrade import upgraded
from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.values import Place, Tree

__all__ = ["is_swagger", "judged", "lifted"]


def is_swagger(tree: Tree) -> bool:
    """Return whether a document says that it is one of Swagger, and of nothing else."""
    return isinstance(tree, Mapping) and "swagger" in tree and "openapi" not in tree


def lifted(document: Whole) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document of Swagger 2.0 as one of OpenAPI 3.0, and what is wrong with it.

    Where a finding is an error, the document is returned as it is.
    """
    root = Node(document.tree, Place(document.file, ""), document.tree)
    findings = tuple(judged(root, document.limits))
    report = Report(findings)
    said = document.placed(findings)
    if report.failed:
        return document, said
    made = upgraded(root)
    origins = document.origins.then(made.moved)
    homes = dict(_homes(document.homes, made.moved))
    return replace(document, tree=made.tree, origins=origins, homes=homes, is_judged=True), said


def _homes(homes: Mapping[str, str], moved: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Return where the parts of other files stand now: the outermost of what was made of each."""
    now = {place.pointer: pointer for pointer, place in moved.items()} if homes else {}
    for pointer, address in homes.items():
        head, tail, found = pointer, "", list[str]()
        while True:
            if head in now:
                found.append(now[head] + tail)
            if not head:
                break
            head, mark, token = head.rpartition("/")
            tail = mark + token + tail
        yield min(found or [pointer], key=lambda each: each.count("/")), address
