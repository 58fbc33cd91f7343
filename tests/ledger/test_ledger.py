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

from specloom.assembly import AS_WRITTEN, Edition, assemble
from specloom.document.grammar import NOUNS
from specloom.document.node import Node
from specloom.ledger import Bucket, Ledger, ledger, written
from specloom.ledger.fields import FIELDS
from specloom.pipeline import understand
from specloom.rules.ignoring import IGNORING
from specloom.rules.table import RULES
from specloom.values import Place

from .effects import Made, made
from .nodes import count, plain
from .trial import Trial, trials

ROOT = Path(__file__).parents[2]
GAPS = """\
openapi: 3.1.0
info: {title: Gaps, version: "1"}
security: [{digest: []}, {token: []}]
paths:
  /a:
    get:
      parameters:
        - {name: one, in: query, schema: {type: string}}
        - {name: filter, in: query, content: {application/xml: {schema: {type: object}}}}
      responses: {"204": {description: ok}}
    put: {responses: {"204": {description: ok}}}
components:
  securitySchemes:
    digest: {type: http, scheme: digest}
    token: {type: http, scheme: bearer}
"""
TEXTS = """\
openapi: 3.1.0
info: {title: Texts, version: "1"}
paths:
  /a:
    get:
      responses:
        "200": {description: ok, content: {text/plain: {schema: {type: integer, minimum: 0}}}}
        "400": {description: no, content: {text/plain: {schema: {type: integer}}}}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: Less, version: "1"}
actions:
  - target: $.paths['/a'].get
    remove: true
  - target: $.paths['/a'].put
    update: {operationId: write}
"""
SPECS = {path.parent.name: path for path in sorted(ROOT.glob("tests/corpus/*/spec.yaml"))}


@cache
def understood(path: Path) -> Made:
    whole, _ = assemble(str(path))
    found = made(whole.tree)
    assert found is not None, path
    return found


def of_files(path: Path, edition: Edition = AS_WRITTEN) -> Ledger:
    """Return what became of every node of the files of a document."""
    found = understand(str(path), edition)
    assert found.api is not None
    assert found.whole is not None
    whole = found.whole
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    entered = ledger(root, found.api, found.findings)
    return written(entered, whole, found.api.missing, is_subset=edition.is_subset)


@pytest.mark.parametrize("path", SPECS.values(), ids=SPECS)
def test_every_node_is_in_one_bucket(path: Path) -> None:
    files: dict[str, int] = {}
    for at in of_files(path).entries:
        files[at.file] = files.get(at.file, 0) + 1
    assert str(path) in files
    assert files == {file: count(plain(Path(file))) for file in files}


def test_what_is_left_out_is_unsupported_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(GAPS, "utf-8")
    entries = of_files(path, Edition(allowed=("security-scheme", "parameter-content"))).entries
    assert len(entries) == count(plain(path))
    found = {at.pointer: e.reason for at, e in entries.items() if e.bucket is Bucket.UNSUPPORTED}
    assert set(found.values()) == {"security-scheme", "parameter-content"}
    assert [at for at, feature in found.items() if feature == "security-scheme"] == [
        "/security/0",
        "/security/0/digest",
    ]
    assert found["/paths/~1a/get/parameters/1/name"] == "parameter-content"
    # what follows it in a list has moved up, and is found where it was written
    assert entries[Place(str(path), "/security/1/token")].bucket is Bucket.GENERATED


def test_what_is_not_chosen_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(GAPS, "utf-8")
    entries = of_files(path, Edition(operations=("PUT /a",), allowed=("security-scheme",))).entries
    assert len(entries) == count(plain(path))
    assert entries[Place(str(path), "/paths/~1a/get")].reason == "not-chosen"
    assert entries[Place(str(path), "/paths/~1a/get/parameters/0/name")].reason == "not-chosen"
    assert entries[Place(str(path), "/paths/~1a/put")].bucket is Bucket.GENERATED


def test_what_an_overlay_writes_is_counted_in_its_file(tmp_path: Path) -> None:
    path, overlay = tmp_path / "spec.yaml", tmp_path / "overlay.yaml"
    path.write_text(GAPS.replace("{digest: []}, ", ""), "utf-8")
    overlay.write_text(OVERLAY, "utf-8")
    entries = of_files(path, Edition(overlays=(str(overlay),))).entries
    assert len(entries) == count(plain(path)) + count(plain(overlay))
    assert entries[Place(str(path), "/paths/~1a/get")].reason == "unused"
    operation = entries[Place(str(overlay), "/actions/1/update/operationId")]
    assert operation.bucket is Bucket.GENERATED
    assert entries[Place(str(overlay), "/actions/1/target")].reason == "overlay"


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


def test_that_a_text_is_no_text_of_its_own_is_decided_by_its_type(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(TEXTS, "utf-8")
    found = {trial.leaf.pointer: trial for trial in trials(understood(path))}
    at = "/paths/~1a/get/responses/{}/content/text~1plain/schema/{}"
    said = [found[at.format(*way)] for way in ((200, "type"), (200, "minimum"), (400, "type"))]
    assert [trial.lie() for trial in said] == ["", "", ""]
    generated = [trial.entry.bucket is Bucket.GENERATED for trial in said]
    assert generated == [True, False, False]


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
