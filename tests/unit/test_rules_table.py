"""The table of rules is complete, used, and what the page says."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import specloom
from specloom.diagnostics import Severity, Span
from specloom.rules.table import RULES, finding
from specloom.rules.table.page import page
from specloom.rules.table.rule import Rule

SOURCES = sorted(Path(specloom.__file__).parent.rglob("*.py"))
RULE_ARGUMENT = {"finding": 0, "refusal": 0, "Diagnostic": 1, "Mistake": 1}
SEVERITIES = {rule.name: rule.severity for rule in RULES}


def _calls() -> Iterator[tuple[str, ast.Call, ast.FunctionDef]]:
    for source in SOURCES:
        for function in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call):
                        yield source.name, call, function


def _strings(node: ast.expr) -> set[str]:
    """Return what an expression may be, as far as it chooses among literals."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _strings(node.body) | _strings(node.orelse)
        case _:
            return set()


def _assigned(name: str, function: ast.FunctionDef) -> set[str]:
    return {
        text
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id == name
        for text in _strings(node.value)
    }


def _named() -> Iterator[tuple[str, str, ast.Call]]:
    """Return the file, the rule and the call wherever a finding is made."""
    for file, call, function in _calls():
        called = call.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        position = RULE_ARGUMENT.get(str(name))
        if position is None or len(call.args) <= position:
            continue
        rule = call.args[position]
        texts = _assigned(rule.id, function) if isinstance(rule, ast.Name) else _strings(rule)
        for text in texts:
            yield file, text, call


def test_a_finding_is_as_grave_as_the_table_says() -> None:
    at = Span("a.yaml", 1, 1)
    assert finding("status-key", at, "x").severity is Severity.ERROR
    assert finding("status-range", at, "x").severity is Severity.WARNING


def test_names_are_given_once() -> None:
    assert [n for n, times in Counter(rule.name for rule in RULES).items() if times > 1] == []


def test_every_rule_that_is_named_is_in_the_table() -> None:
    named = {rule: file for file, rule, _ in _named()}
    assert {"wrong-type", "incomplete", "bad-default", "yaml-tag"} <= named.keys()
    assert {rule: file for rule, file in named.items() if rule not in SEVERITIES} == {}


def test_every_rule_of_the_table_is_used() -> None:
    written = {
        node.value
        for source in SOURCES
        if source.parent.name != "table"
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [name for name in SEVERITIES if name not in written] == []


def test_no_stage_gives_a_rule_a_severity_of_its_own() -> None:
    """A finding that is not made by `finding` is an error unless it says that it is a warning."""
    wrong: list[tuple[str, str]] = []
    for file, rule, call in _named():
        if getattr(call.func, "id", "") == "finding":
            continue
        words = [ast.unparse(argument) for argument in call.args]
        stated = Severity.WARNING if "Severity.WARNING" in words else Severity.ERROR
        if SEVERITIES[rule] is not stated:
            wrong.append((file, rule))
    assert wrong == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_page_explains_every_rule_in_a_row(rule: Rule) -> None:
    rows = [line for line in page().splitlines() if line.startswith(f"| `{rule.name}` |")]
    assert len(rows) == 1
    assert rows[0].count("|") == 5


def test_the_page_in_the_repository_is_the_page_of_the_table() -> None:
    written = Path(__file__).parents[2] / "docs" / "RULES.md"
    assert written.read_text(encoding="utf-8") == page()
