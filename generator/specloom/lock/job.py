"""A target and its surroundings: the lock that it has, and what it is made from right now."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from specloom.config import Target
from specloom.digest import digest, digest_of_file
from specloom.installed import digest_of_templates, version
from specloom.limits import changed

MISSING = "missing"


class Job(NamedTuple):
    target: Target
    folder: str
    """The folder of the lock: that of the project, or the output folder of a bare document."""
    documents: tuple[str, ...]
    """What the lock calls the document and its overlays."""
    again: str
    """The command that generates it, without the name of the program."""
    roots: tuple[str, ...]
    """The folders that get files, from that of the lock on."""

    @property
    def document(self) -> str:
        return self.documents[0]


class Inputs(NamedTuple):
    """All that the output of a target follows from, each as a digest or a version."""

    specloom: str
    """The version."""
    templates: str
    configuration: str
    documents: Mapping[str, str]
    parts: Mapping[str, str]


def job_of(target: Target, folder: str, documents: tuple[str, ...], again: str) -> Job:
    """Return a target with its surroundings."""
    folders = (target.output,) if target.tests is None else (target.output, target.tests)
    # what is a link is resolved, or `..` would lead elsewhere for us than for the system
    here = os.path.realpath(folder)
    roots = tuple(relative(os.path.realpath(one), here) for one in folders)
    return Job(target, folder, documents, again, roots)


def inputs(job: Job, parts: Iterable[str]) -> Inputs:
    """Return the state of what a target is made from; a document that is not there is MISSING.

    `parts` are the files that references led to when the target was made.
    """
    target = job.target
    said: tuple[str, ...] = (target.package, target.transport, target.responses)
    chosen = {
        "tag": target.tags,
        "path": target.paths,
        "operation": target.operations,
        "allow": target.allow,
    }
    said += tuple(f"{noun} {word}" for noun, words in chosen.items() for word in words)
    said += tuple(f"pages {choice!r}" for choice in target.pages)
    said += tuple(f"limit {word}" for word in changed(target.limits))
    configuration = (*job.roots, *said, *job.documents)
    files = zip(job.documents, (target.spec, *target.overlays), strict=True)
    return Inputs(
        version(),
        digest_of_templates(),
        digest("\0".join(configuration).encode("utf-8", "surrogateescape")),
        {name: _digest_of(path) for name, path in files},
        {name: _digest_of(_path(job, name)) for name in parts},
    )


def parts_of(job: Job, ways: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of files that references lead to, by what the lock calls them.

    They come by the way from the folder of the document. That is their way in the lock, too: from
    the folder of what it calls the document.
    """
    above = posixpath.dirname(job.document)
    return {posixpath.normpath(posixpath.join(above, way)): d for way, d in ways.items()}


def _path(job: Job, name: str) -> str:
    """Return the path of a file that references lead to: they begin where the document really is."""
    folder = os.path.dirname(os.path.realpath(job.target.spec))
    way = posixpath.relpath(name, posixpath.dirname(job.document) or ".")
    return os.path.join(folder, way)


def _digest_of(path: str) -> str:
    try:
        return digest_of_file(path)
    except (OSError, ValueError):
        return MISSING


def relative(path: str, folder: str) -> str:
    """Return the way from a folder to a path, spelled alike on every system."""
    return os.path.relpath(path, folder).replace(os.sep, "/")
