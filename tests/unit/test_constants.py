"""The constants of generated codecs: each has a name of its own."""

from __future__ import annotations

import ast

import pytest

from specloom import ir
from specloom.assertion import Sized
from specloom.config import Target
from specloom.naming import name
from specloom.pipeline import package_files
from specloom.python.package.package import package

from .modelled import STRING, api, definition, record, ref


@pytest.mark.parametrize("end", ["Schema", "Strict"])
def test_a_type_may_be_called_as_what_another_asserts(end: str) -> None:
    inner = record({"a": STRING}, checks=(ir.Holds(Sized(0, 2)),))
    exclusive = ir.Exclusive((Sized(0, 1), Sized(1, 2)))
    outer = record({"a": ref(f"Thing{end}")}, checks=(ir.Holds(Sized(0, 2)), exclusive))
    model = api(definition(f"Thing{end}", inner), definition("Thing", outer))
    files = package_files(package(model, name(model)).view, Target("p", "m.yaml", "", "p", None))
    tree = ast.parse(files["p/codecs.py"])
    assigned = [
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
    assert len(assigned) == 5
    assert len(set(assigned)) == 5
