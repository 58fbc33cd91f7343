"""What a change of a document does to what is generated from it: to no byte, to docstrings, to code."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from specloom import ir
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.document.walk import walk
from specloom.ledger import Ledger, ledger
from specloom.lower.api import lower
from specloom.naming import name
from specloom.python.package.package import package
from specloom.python.tests.tests import tests
from specloom.render import render
from specloom.render_tests import render_tests
from specloom.rules.meaning import meaning, version
from specloom.rules.structure import structure
from specloom.rules.support import support
from specloom.values import Place, Tree


class Effect(Enum):
    NONE = "no byte"
    PROSE = "docstrings alone"
    CODE = "syntax trees"
    REFUSAL = "it is refused"


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the files that it becomes: as they are before black, which adds nothing."""

    root: Node
    api: ir.Api
    findings: tuple[Diagnostic, ...]
    files: Mapping[str, str]

    @property
    def ledger(self) -> Ledger:
        return ledger(self.root, self.api, self.findings)


def understood(tree: Tree, file: str = "document") -> Made | None:
    """Return what a document means, without its files; None where it is refused."""
    root = Node(tree, Place(file, ""), tree)
    places = tuple(walk(root))
    report = Report()
    for found in (version(root), structure(places), meaning(root, places), support(root, places)):
        report += found
        if report.failed:
            return None
    lowered = lower(read_document(root))
    report += lowered.findings
    return None if report.failed else Made(root, lowered.api, report.findings, {})


def made(tree: Tree) -> Made | None:
    """Return what a document becomes; None where it is refused."""
    found = understood(tree)
    if found is None:
        return None
    names = name(found.api)
    files = render(package(found.api, names).view)
    files |= render_tests(tests(found.api, names, "package"))
    return replace(found, files=files)


def effect(before: Made, tree: Tree) -> Effect:
    """Return what is different about the files of another document."""
    after = made(tree)
    if after is None:
        return Effect.REFUSAL
    if after.files == before.files:
        return Effect.NONE
    if after.files.keys() != before.files.keys():
        return Effect.CODE
    moved = (path for path, text in after.files.items() if text != before.files[path])
    same = all(_code(before.files[path]) == _code(after.files[path]) for path in moved)
    return Effect.PROSE if same else Effect.CODE


def _code(text: str) -> str:
    return ast.dump(_WithoutProse().visit(ast.parse(text)))


class _WithoutProse(ast.NodeTransformer):
    """Takes out docstrings, and the strings that stand below fields and aliases."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        match node:
            case ast.Module(body=body) | ast.ClassDef(body=body):
                node.body = [inner for inner in body if not _is_prose(inner)]
            case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
                node.body = [inner for inner in body if not _is_prose(inner)]
            case _:
                pass
        return node


def _is_prose(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(ast.Constant(str())):
            return True
        case _:
            return False
