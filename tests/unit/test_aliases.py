"""Aliases of types, as Python evaluates them when the package is imported."""

from __future__ import annotations

from specloom import ir
from specloom.config import Target
from specloom.naming import name
from specloom.pipeline import package_files
from specloom.python.package.package import package
from specloom.values import Kind
from specloom.verdict import ByKind

from .modelled import STRING, api, definition, ref, takes, union


def test_an_alias_of_one_that_holds_itself_can_be_evaluated() -> None:
    named = ByKind((takes(Kind.STRING, variant=0), takes(Kind.OBJECT, variant=1)))
    model = api(
        definition("Tree", ir.Alias(ir.Map(ref("Tree")))),
        definition("Named", union(named, STRING, ref("Tree"))),
        definition("Free", ir.Alias(ir.Nullable(ir.Checked(ir.Anything(), ())))),
        definition("Other", ir.Alias(ref("Free"))),
        definition("Maybe", ir.Alias(ir.Nullable(ref("Other")))),
        definition("Row", ir.Alias(ir.Array(ref("Named")))),
    )
    files = package_files(package(model, name(model)).view, Target("p", "m.yaml", "", "p", None))
    aliases = "\n".join(line for line in files["p/models.py"].splitlines() if "TypeAlias" in line)
    found: dict[str, object] = {"Json": "whatever JSON holds"}
    exec(aliases, found)  # what we generated
    assert found["Tree"] == "dict[str, Tree]"
    assert found["Named"] == "str | Tree"
    assert found["Other"] is found["Free"] is found["Json"]
    assert found["Maybe"] == "Other | None"
    assert str(found["Row"]) == "list['str | Tree']"
