"""What the gate says of a file that no template makes."""

from __future__ import annotations

import ast

from specloom.shown import shown


def line(node: ast.AST) -> int:
    """Return where a node stands. Nodes themselves are not kept: whole trees would be."""
    return int(getattr(node, "lineno", 1))


class Tainted(Exception):
    """A file is not what the templates make: a mistake of Specloom's, which is never published."""


class Wrong(Exception):
    """What is wrong with a file, and the line where."""

    def __init__(self, at: ast.AST | int, complaint: str) -> None:
        super().__init__(complaint)
        self.line = at if isinstance(at, int) else line(at)
        self.complaint = complaint


def tainted(path: str, wrong: Wrong) -> Tainted:
    """Return what is said to the user; names of the file are shown as any text of a stranger's."""
    said = shown(wrong.complaint)
    return Tainted(
        f"{shown(path)}:{wrong.line}: {said}: no template makes this."
        " Nothing was written; it is a mistake of Specloom's, not of the document"
    )
