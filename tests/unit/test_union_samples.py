"""What the tests of a package try of unions, of every kind that a choice can tell apart."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom import ir
from specloom.assertion import (
    Assertion,
    Every,
    Formatted,
    Items,
    Matches,
    Members,
    Not,
    OfKind,
    Requires,
)
from specloom.config import Target
from specloom.naming import Names, name
from specloom.pipeline import files_of_tests, package_files
from specloom.python.package.package import package
from specloom.python.tests.misfits import path
from specloom.python.tests.outcomes import Foretold, Kept, Refused, Taken, TakenLoosely, foretold
from specloom.values import Json, Kind, Text, Tree
from specloom.verdict import ByItem, ByKey, ByKind, ByMember, ByTag, ByTest, Choice, Take, Trial

from .modelled import (
    INTEGER,
    NUMBERS,
    STRING,
    api,
    constant,
    definition,
    id_of,
    open_constant,
    record,
    ref,
    takes,
    union,
    variant,
)

NUMBER = ir.Scalar(ir.ScalarKind.NUMBER)
UUID = ir.Scalar(ir.ScalarKind.UUID)
TYPE, SUB = Text("type"), Text("sub")


def case(value: Tree, of: Choice) -> tuple[tuple[Json, ...], Choice]:
    return (Json.of(value),), of


def objects(**members: Assertion) -> Assertion:
    named = tuple((Text(key), of) for key, of in members.items())
    return Every((OfKind((Kind.OBJECT,)), Members(named=named)))


RECORDS = {
    "Cat": record({"name": STRING}, {"lives": INTEGER}),
    "Dog": record({"bark": STRING, "name": STRING}),
    "TaggedA": record({"type": constant("a"), "n": INTEGER}),
    "TaggedB": record({"type": constant("b"), "sub": constant("x")}),
    "TaggedC": record({"type": constant("b"), "sub": constant("y")}),
    "Untagged": record({"n": INTEGER}, {"type": STRING}),
    "One": record({"type": constant(1)}),
    "Two": record({"type": constant(2)}),
    "Early": record({"type": constant(*"abcde")}),
    "Late": record({"type": constant(*"vwxyz")}),
    "Named": record({"type": STRING}),
    "Identified": record({"type": UUID}),
    "Numbered": record({"type": INTEGER}),
    "Circle": record({}, {"radius": NUMBER, "colour": STRING}),
    "Square": record({}, {"side": NUMBER, "colour": STRING}),
}
CIRCLE, SQUARE = objects(radius=OfKind(NUMBERS)), objects(side=OfKind(NUMBERS))
BY_KIND = {
    "scalar_or_list": union(
        ByKind((takes(Kind.STRING, variant=0), takes(Kind.ARRAY, variant=1))),
        STRING,
        ir.Array(STRING),
    ),
    "number_or_object": union(
        ByKind((takes(*NUMBERS, variant=0), takes(Kind.OBJECT, variant=1))), NUMBER, ref("Cat")
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
}
BY_TAG = {
    "two_tags": union(
        ByTag(
            TYPE,
            (
                case("a", Take(0)),
                case("b", ByTag(SUB, (case("x", Take(1)), case("y", Take(2))))),
            ),
        ),
        ref("TaggedA"),
        ref("TaggedB"),
        ref("TaggedC"),
    ),
    "by_number": union(ByTag(TYPE, (case(1, Take(0)), case(2, Take(1)))), ref("One"), ref("Two")),
    "by_table": union(
        ByTag(
            TYPE,
            (
                (tuple(map(Json.of, "abcde")), Take(0)),
                (tuple(map(Json.of, "vwxyz")), Take(1)),
            ),
        ),
        ref("Early"),
        ref("Late"),
    ),
    "or_untagged": union(
        ByTag(TYPE, (case("a", Take(0)),), Take(1), Take(1)), ref("TaggedA"), ref("Untagged")
    ),
}
BY_MORE = {
    "by_key": union(
        ByKey(Text("bark"), Take(1), ByKey(Text("name"), Take(0), None)), ref("Cat"), ref("Dog")
    ),
    "by_items": union(
        ByItem(ByKind((takes(Kind.STRING, variant=0), takes(Kind.OBJECT, variant=1))), Take(0)),
        ir.Array(STRING),
        ir.Array(ref("Cat")),
    ),
    "by_member": union(
        ByMember(
            TYPE,
            ByKind((takes(Kind.STRING, variant=0), takes(Kind.INTEGER, variant=1))),
            None,
        ),
        ref("Named"),
        ref("Numbered"),
    ),
    "by_test_of_a_member": union(
        ByMember(
            TYPE,
            ByTest((0, 1)),
            None,
        ),
        variant(ref("Identified"), objects(type=Formatted("uuid"))),
        ref("Named"),
    ),
    "by_test_of_an_item": union(
        ByItem(ByKind((((Kind.STRING,), ByTest((0, 1))), takes(Kind.OBJECT, variant=2))), None),
        variant(ir.Array(UUID), Every((OfKind((Kind.ARRAY,)), Items((), Formatted("uuid"))))),
        ir.Array(STRING),
        ir.Array(ref("Cat")),
    ),
    "by_trial_at_a_member": union(
        ByMember(
            TYPE,
            ByKind((((Kind.STRING,), Trial((0, 1))), takes(Kind.INTEGER, variant=2))),
            None,
        ),
        variant(ref("Untagged"), objects(n=OfKind(NUMBERS))),
        variant(ref("Named"), objects(type=OfKind((Kind.STRING,)))),
        ref("Numbered"),
    ),
    "by_test": union(
        ByKind((((Kind.STRING,), ByTest((0, 1))), takes(*NUMBERS, variant=2))),
        variant(UUID, Formatted("uuid")),
        STRING,
        NUMBER,
    ),
    "by_trial": union(
        Trial((0, 1)), variant(ref("Circle"), CIRCLE), variant(ref("Square"), SQUARE)
    ),
    "exclusive": union(
        Trial((0, 1)),
        variant(ref("Circle"), CIRCLE),
        variant(ref("Square"), SQUARE),
        exclusive=(Requires((Text("radius"),)), Requires((Text("side"),))),
    ),
}
ALIKE = union(
    Trial((0, 1)),
    variant(ref("Circle"), CIRCLE),
    variant(ref("Square"), SQUARE),
    exclusive=(CIRCLE, SQUARE),
)
"""What has neither an odd radius nor an odd side fits both."""
UNIONS = BY_KIND | BY_TAG | BY_MORE
ALL = {**UNIONS, "alike": ALIKE}
LOOSE = record(
    {"state": open_constant("on", "off"), "alike": ref("alike"), "name": STRING},
    {"perhaps": ref("alike"), "several": ir.Array(ref("alike"))},
)
CODE = ir.Checked(STRING, (ir.Holds(Matches(Text(r"^[A-Z]{3}-\d+$"))),))
NARROWED = record(
    {
        "code": CODE,
        "codes": ir.Checked(ir.Array(CODE), (ir.Count(1, 2),)),
        "state": open_constant("on", "off"),
        "size": ir.Nullable(open_constant(1, 2)),
        "nothing": ir.Scalar(ir.ScalarKind.NULL),
    },
    {"x": STRING, "y": STRING},
    checks=(ir.Holds(Not(Requires((Text("x"), Text("y"))))),),
)


@cache
def model() -> ir.Api:
    """Return all unions, each as a member, as a list and with null, and an object that is narrow."""
    shapes: dict[str, ir.Shape] = {**RECORDS, **ALL, "Loose": LOOSE, "Narrowed": NARROWED}
    held = {key: ref(key) for key in (*UNIONS, "perhaps", "Narrowed")}
    lists = {f"{key}s": ir.Array(ref(key)) for key in UNIONS}
    return api(
        *(definition(key, shape) for key, shape in shapes.items()),
        definition("perhaps", UNIONS["scalar_or_list"], nullable=True),
        definition("Holder", record(held, {**lists, "loose": ref("Loose")})),
    )


@cache
def names() -> Names:
    return name(model())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of the model, and its tests."""
    folder = tmp_path_factory.mktemp("unions")
    target = Target("modelled_unions", "m.yaml", "", "modelled_unions", "")
    tests, _ = files_of_tests(model(), names(), target.package)
    for file, text in (package_files(package(model(), names()).view, target) | tests).items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    return folder


def test_a_package_with_unions_of_anything_passes_its_own_tests(made: Path) -> None:
    (made / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short")
    env = {**os.environ, "PYTHONPATH": str(made), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        (*command, "-c", "pytest.ini", "."),
        cwd=made,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.OK, done.stdout


def test_every_variant_is_tried(made: Path) -> None:
    """But one that only an odd value could be of: it is the others' as well."""
    [file] = made.glob("*_tests/*default.py")
    text = file.read_text("utf-8")
    assert "Not tried" not in text
    for key, shape in ALL.items():
        kind = text.partition(f"\n{key.upper()}_KIND = Kind(")[2].partition("\n)\n")[0]
        pairs = kind.partition("pairs=[")[2].partition("]\n")[0]
        assert pairs.count("Pair(") + pairs.count("_KIND.pairs") >= len(shape.variants), key
        assert ("ambiguous" in pairs) is (key == "alike"), key


# --- what is foretold, and what comes ----------------------------------------------------------

WORDS = st.sampled_from(["a", "b", "v", "x", "y", "aa", "on", "type", ""])
LEAVES: st.SearchStrategy[Tree] = (
    WORDS
    | st.sampled_from([None, True, False, 0, 1, 1.0, 2, 1.5, -7])
    | st.just("3fa85f64-5717-4562-b3fc-2c963f66afa6")
)
NAMES = st.sampled_from(["type", "sub", "n", "name", "bark", "radius", "side", "colour", "lives"])


def compounds(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3)


VALUES = st.recursive(LEAVES, compounds, max_leaves=6)


@pytest.fixture(scope="module")
def codecs(made: Path) -> Iterator[ModuleType]:
    sys.path.insert(0, str(made))
    yield import_module("modelled_unions.codecs")
    sys.path.remove(str(made))


@cache
def oracle() -> Foretold:
    return foretold({d.id: d for d in model().definitions}, {})


def decoder(codecs: ModuleType, id_: ir.TypeId) -> Callable[..., object]:
    decode: Callable[..., object] = getattr(codecs, f"decode_{names().types[id_].codec}")
    return decode


def said_by(decode: Callable[..., object], value: Tree, *, strict: bool) -> str:
    """Return what a decoder says against a value, if anything."""
    try:
        decode(value, strict=strict)
    except Exception as error:
        if "DecodeError" not in [class_.__name__ for class_ in type(error).__mro__]:
            raise
        return str(error)
    return ""


@pytest.mark.parametrize("key", ALL)
@settings(max_examples=150, derandomize=True, deadline=None)
@given(value=VALUES)
def test_outcomes_are_those_of_the_decoder(codecs: ModuleType, key: str, value: Tree) -> None:
    outcome = oracle()(id_of(key), Json.of(value))
    decode = decoder(codecs, id_of(key))
    tolerant, strict = (said_by(decode, value, strict=strict) for strict in (False, True))
    match outcome:
        case Refused(says, steps):
            assert tolerant == strict == f"{path(steps)}: {says}"
        case Kept(Refused(says, steps)):
            assert (tolerant, strict) == ("", f"{path(steps)}: {says}")
        case Taken(number):
            taken = ALL[key].variants[number].type
            if isinstance(taken, ir.Ref):
                own = said_by(decoder(codecs, taken.target), value, strict=False)
                assert bool(tolerant) is bool(own)
        case TakenLoosely(number):
            assert strict.startswith(
                "$: expected a value that fits one variant, found one that fits"
            )
            taken = ALL[key].variants[number].type
            assert isinstance(taken, ir.Ref)
            own = said_by(decoder(codecs, taken.target), value, strict=False)
            assert bool(tolerant) is bool(own)
        case None:
            assert key in ("by_trial", "exclusive", "by_test", "by_test_of_a_member")
