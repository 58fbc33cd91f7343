"""The ledger of fidelity: every node is in one bucket, and the bucket is true.

What a bucket says of a node is tried: the node is given another legal value, and the document is
generated again. One node of each kind, over all documents of features; `make ledger` tries more.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from specloom.document.grammar import NOUNS
from specloom.ledger import Bucket
from specloom.ledger.fields import FIELDS
from specloom.rules.ignoring import IGNORING
from specloom.rules.table import RULES
from specloom.source import read

from .effects import Made, made
from .nodes import count, plain
from .trial import Trial, trials

ROOT = Path(__file__).parents[2]
SPECS = {path.parent.name: path for path in sorted(ROOT.glob("tests/corpus/*/spec.yaml"))}


@cache
def understood(path: Path) -> Made:
    source, _ = read(path)
    found = made(source.tree)
    assert found is not None, path
    return found


@pytest.mark.parametrize("path", SPECS.values(), ids=SPECS)
def test_every_node_is_in_one_bucket(path: Path) -> None:
    assert len(understood(path).ledger.entries) == count(plain(path))


def test_every_reason_is_a_rule() -> None:
    known = {rule.name for rule in RULES} | {rule.name for rule in IGNORING}
    given = {entry for path in SPECS.values() for entry in understood(path).ledger.entries.values()}
    assert {entry.reason for entry in given} - {""} <= known
    assert all(bool(entry.reason) is (entry.bucket is Bucket.IGNORED) for entry in given)


def test_fields_that_have_a_usual_bucket_are_fields_of_the_grammar() -> None:
    assert all(field in NOUNS[noun].fields for noun, field in FIELDS)


def test_rules_of_ignoring_are_in_order_and_no_findings() -> None:
    names = [rule.name for rule in IGNORING]
    assert names == sorted(set(names))
    assert {rule.name for rule in RULES}.isdisjoint(names)


def test_buckets_are_true() -> None:
    kinds: dict[tuple[str, ...], list[tuple[str, Trial]]] = {}
    for name, path in SPECS.items():
        for trial in trials(understood(path)):
            kinds.setdefault(trial.kind, []).append((name, trial))
    random = Random(0)
    one_of_each = [random.choice(kinds[kind]) for kind in sorted(kinds)]
    lies = [f"{name}{lie}" for name, trial in one_of_each if (lie := trial.lie())]
    assert lies == []
    seen = Counter(trial.entry.bucket for _, trial in one_of_each)
    assert seen[Bucket.GENERATED] > 40
    assert seen[Bucket.DOCUMENTATION] > 0
    assert seen[Bucket.IGNORED] > 20
