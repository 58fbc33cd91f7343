"""What the user named becomes one document of OpenAPI 3.

Each step takes a document in one piece and returns another, with what is to be said about it; the
places of what a step says are `Span`s, since only it knows the tree that they are in.
"""

from __future__ import annotations

from pathlib import Path

from specloom.assembly.swagger import is_swagger, lifted
from specloom.assembly.whole import Whole, whole
from specloom.diagnostics import Diagnostic
from specloom.source import read

__all__ = ["Whole", "assemble"]


def assemble(spec: str) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return the document in a file, and what is to be said about it; raise Unreadable.

    Where a finding is an error, the document is not complete.
    """
    source, findings = read(Path(spec), spec)
    document = whole(source)
    if is_swagger(document.tree):
        document, more = lifted(document)
        findings += more
    return document, findings
