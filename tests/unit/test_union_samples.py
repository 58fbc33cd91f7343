"""What the tests of a package try of unions, of every kind that a choice can tell apart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from specloom import ir
from specloom.config import Target
from specloom.naming import name
from specloom.pipeline import files_of_tests, package_files
from specloom.values import Json, Kind, Text
from specloom.verdict import ByItem, ByKey, ByKind, ByMember, ByTag, Take

from ..support import run
from .modelled import (
    INTEGER,
    NUMBERS,
    STRING,
    api,
    constant,
    definition,
    record,
    ref,
    takes,
    union,
)

A, B = Json.of("a"), Json.of("b")
CAT = definition("Cat", record({"name": STRING}, {"lives": INTEGER}))
DOG = definition("Dog", record({"bark": STRING, "name": STRING}))
TAGGED_A = definition("TaggedA", record({"type": constant("a"), "n": INTEGER}))
TAGGED_B = definition("TaggedB", record({"type": constant("b"), "sub": constant("x")}))
TAGGED_C = definition("TaggedC", record({"type": constant("b"), "sub": constant("y")}))
BY_KEY = ByKey(Text("bark"), Take(1), ByKey(Text("name"), Take(0), None))
UNIONS = {
    "scalar_or_list": union(
        ByKind((takes(Kind.STRING, variant=0), takes(Kind.ARRAY, variant=1))),
        STRING,
        ir.Array(STRING),
    ),
    "number_or_object": union(
        ByKind((takes(*NUMBERS, variant=0), takes(Kind.OBJECT, variant=1))),
        ir.Scalar(ir.ScalarKind.NUMBER),
        ref("Cat"),
    ),
    "one_or_many": union(
        ByKind((takes(Kind.OBJECT, variant=0), takes(Kind.ARRAY, variant=1))),
        ref("Cat"),
        ir.Array(ref("Cat")),
    ),
    "map_or_literal": union(
        ByKind((takes(Kind.OBJECT, variant=0), takes(Kind.STRING, variant=1))),
        ir.Map(INTEGER),
        constant("on", "off"),
    ),
    "by_key": union(BY_KEY, ref("Cat"), ref("Dog")),
    "by_items": union(
        ByItem(ByKind((takes(Kind.STRING, variant=0), takes(Kind.OBJECT, variant=1))), Take(0)),
        ir.Array(STRING),
        ir.Array(ref("Cat")),
    ),
    "two_tags": union(
        ByTag(
            Text("type"),
            (
                ((A,), Take(0)),
                (
                    (B,),
                    ByTag(Text("sub"), (((Json.of("x"),), Take(1)), ((Json.of("y"),), Take(2)))),
                ),
            ),
        ),
        ref("TaggedA"),
        ref("TaggedB"),
        ref("TaggedC"),
    ),
    "by_member": union(
        ByMember(
            Text("type"),
            ByKind((takes(Kind.STRING, variant=0), takes(Kind.INTEGER, variant=1))),
            None,
        ),
        ref("Named"),
        ref("Numbered"),
    ),
}
EXTRA = (
    definition("Named", record({"type": STRING})),
    definition("Numbered", record({"type": INTEGER})),
)


def model() -> ir.Api:
    unions = [definition(key, shape) for key, shape in UNIONS.items()]
    orderly = definition("Holder", record({key: ref(key) for key in UNIONS}))
    null = definition("perhaps", UNIONS["scalar_or_list"], nullable=True)
    return api(CAT, DOG, TAGGED_A, TAGGED_B, TAGGED_C, *EXTRA, *unions, null, orderly)


def test_a_package_with_unions_of_anything_passes_its_own_tests(tmp_path: Path) -> None:
    made = model()
    names = name(made)
    target = Target("m", "m.yaml", str(tmp_path), "m", str(tmp_path))
    tests, _ = files_of_tests(made, names, "m")
    for path, text in (package_files(made, names, target) | tests).items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = run(*command, "-c", "pytest.ini", ".", cwd=tmp_path, paths=(tmp_path,), env=env)
    assert done.returncode == pytest.ExitCode.OK, done.stdout
