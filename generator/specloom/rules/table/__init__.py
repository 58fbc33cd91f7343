"""The table of rules: what each finding is called, how grave it is, and why it is one."""

from __future__ import annotations

from specloom.diagnostics import Diagnostic, Related, Span
from specloom.rules.table.meaning import MEANING
from specloom.rules.table.overlays import OVERLAYS
from specloom.rules.table.reading import READING
from specloom.rules.table.rule import Rule
from specloom.rules.table.shape import SHAPE
from specloom.rules.table.subsets import SUBSETS
from specloom.rules.table.swagger import SWAGGER
from specloom.rules.table.validator import VALIDATOR
from specloom.values import Place

GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Reading the document", READING),
    ("Overlays over it", OVERLAYS),
    ("Parts of it", SUBSETS),
    ("The shape of the document", SHAPE),
    ("Its meaning", MEANING),
    ("What only Swagger 2.0 asks", SWAGGER),
    ("What openapi-spec-validator says besides", VALIDATOR),
)
"""The rules, by what they are about."""
RULES = tuple(rule for _, rules in GROUPS for rule in rules)
_SEVERITY = {rule.name: rule.severity for rule in RULES}


def finding(
    rule: str,
    at: Place | Span,
    message: str,
    hint: str = "",
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    """Return a finding of a rule of the table, as grave as the table says."""
    return Diagnostic(at, rule, message, _SEVERITY[rule], hint, related)
