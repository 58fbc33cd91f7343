"""A document of several files becomes one tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from specloom.assembly.following import Follower
from specloom.assembly.homes import homes
from specloom.assembly.library import Library
from specloom.assembly.rebuilding import rebuild
from specloom.assembly.survey import survey
from specloom.assembly.swagger import is_swagger
from specloom.assembly.targets import sections
from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import OPENAPI, A, Grammar, ListOf, MapOf
from specloom.document.swagger import SWAGGER
from specloom.rules.table import finding
from specloom.source import Source
from specloom.values import Place, Tree

_UNNAMED = (("components", "pathItems"),)
"""Sections that are not needed: a path item is written out where it is referred to."""


def bundled(document: Whole, root: str | None = None) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document with all that its references mean, and what is wrong with them.

    `root` is the folder that references stay in; None: that of the work that the document is in.
    """
    grammar = _grammar(document.tree)
    if not _may_refer(document.tree, grammar):
        return document, ()
    limits = document.limits
    library = Library(replace(document.sources[0], tree=document.tree), root, limits)
    kept = _sections(document.tree, grammar)
    follower = Follower(library, kept, limits.references)
    found = survey(library, follower, grammar, kept)
    settled = homes(found, library, follower, kept)
    built = rebuild(settled, follower, document.file, limits)
    parts = library.sources[1:]
    whole = replace(
        document,
        tree=built.tree,
        sources=(*document.sources, *parts),
        origins=document.origins.then(built.moved),
        homes={
            settled.pointers[target]: f"{library.way(target.at.file)}#{target.at.pointer}"
            for target in settled.added
        },
        ways={source.name: library.way(source.name) for source in parts},
        broken=tuple(reason.page for reason in library.broken),
    )
    return whole, (
        *library.warnings,
        *(found for reason in library.broken for found in reason.findings),
        *_located((*found.findings, *built.findings), document, parts),
        *(f for part in parts for f in _located(_versions(part, document.tree), document, [part])),
    )


def _grammar(tree: Tree) -> Grammar:
    return SWAGGER if is_swagger(tree) else OPENAPI


def _sections(tree: Tree, grammar: Grammar) -> dict[tuple[str, ...], A]:
    """Return the sections that the version of a document has."""
    found = sections(grammar)
    version = tree.get("openapi") if isinstance(tree, Mapping) else None
    is_new = isinstance(version, str) and version.startswith("3.2")
    unknown = _UNNAMED if is_new else (*_UNNAMED, ("components", "mediaTypes"))
    return {at: holds for at, holds in found.items() if at not in unknown}


def _versions(part: Source, tree: Tree) -> Iterator[Diagnostic]:
    """Say where a file is of another dialect than the document: it is not read as such."""
    ours, theirs = _dialect(tree), _dialect(part.tree)
    if theirs and ours and theirs != ours:
        message = f"this file is of {theirs}, and the document is of {ours}: it is read as that"
        key = "swagger" if theirs == "Swagger" else "openapi"
        yield finding("mixed-versions", Place(part.name, f"/{key}"), message)


def _dialect(tree: Tree) -> str:
    """Return in which way schemas are written, as far as a file says it."""
    if is_swagger(tree):
        return "Swagger"
    stated = tree.get("openapi") if isinstance(tree, Mapping) else None
    if not isinstance(stated, str):
        return ""
    return "OpenAPI 3.0" if stated.startswith("3.0") else "OpenAPI 3.1 or later"


def _located(
    findings: Iterable[Diagnostic], document: Whole, parts: Iterable[Source]
) -> Iterator[Diagnostic]:
    """Return findings at places of the document and of its other files, located."""
    placed = [(f, f.at) for f in findings if isinstance(f.at, Place)]
    spans = document.locate(at for _, at in placed if at.file == document.file)
    for part in parts:
        spans |= part.locate(at for _, at in placed if at.file == part.name)
    return (replace(found, at=spans[at]) for found, at in placed)


def _may_refer(tree: Tree, grammar: Grammar) -> bool:
    """Return whether anything looks like a reference that cannot stay as it is.

    The grammar decides what is one, and that takes a walk; most documents need none.
    """
    bare, named = _bare(grammar), _named(grammar)
    pending: list[tuple[bool, str, Tree]] = [(False, "", tree)]
    while pending:
        is_name, key, value = pending.pop()
        if isinstance(value, dict):
            words = value.get("$ref")
            if isinstance(words, str):
                if not words.startswith("#") or (len(value) == 1 and not is_name and key in bare):
                    return True
            elif key == "discriminator" and _maps_to_files(value):
                return True
            has_names = key in named and not is_name
            pending += [(has_names, k, v) for k, v in value.items() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            pending += [(False, "", v) for v in value if isinstance(v, dict | list)]
    return False


def _maps_to_files(value: Mapping[str, Tree]) -> bool:
    mapping = value.get("mapping")
    words = mapping.values() if isinstance(mapping, Mapping) else ()
    return any(map(_is_file, (*words, value.get("defaultMapping"))))


def _is_file(word: Tree) -> bool:
    return isinstance(word, str) and not word.startswith("#") and ("/" in word or "." in word)


def _bare(grammar: Grammar) -> frozenset[str]:
    """Return the fields that hold something in whose place no reference may stand."""
    return frozenset(
        field
        for noun in grammar.nouns.values()
        for field, holds in noun.fields.items()
        if isinstance(holds, ListOf | MapOf)
        or (isinstance(holds, A) and not grammar.nouns[holds.noun].referable)
    )


def _named(grammar: Grammar) -> frozenset[str]:
    """Return the fields whose keys are names that authors give."""
    return frozenset(
        field
        for noun in grammar.nouns.values()
        for field, holds in noun.fields.items()
        if isinstance(holds, MapOf)
        or (isinstance(holds, A) and grammar.nouns[holds.noun].others is not None)
    )
