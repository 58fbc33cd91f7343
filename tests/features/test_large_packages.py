"""A package that is split by tag: what is loaded when, and that callers see one package."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from specloom.render import runtime

from .driving import ROOT, Drive, asked, json, last, run, wanted

pytestmark = pytest.mark.feature("large_packages")
FEATURE = ROOT / "tests" / "corpus" / "large_packages"
PACKAGE = "feature_large_packages"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it is wanted: its limit is not that of `generate`."""
    root = tmp_path_factory.mktemp("large")
    files = wanted(FEATURE)
    for path, text in (files | runtime(files, "httpx2")).items():
        (root / PACKAGE / path).parent.mkdir(parents=True, exist_ok=True)
        (root / PACKAGE / path).write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[ModuleType]:
    sys.path.insert(0, str(folder))
    yield import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture(params=["sync", "async"])
def drive(request: pytest.FixtureRequest, package: ModuleType) -> Drive:
    return Drive(package, is_async=request.param == "async")


def test_groups_are_called_as_in_any_package(drive: Drive) -> None:
    package = drive.package
    order = b'{"id":"1","total":{"amount":2,"currency":"EUR"},"customer":{"name":"A"}}'
    with drive(json(order, 201)) as (client, server):
        line = package.Line(name="tea", price=package.Money(amount=2, currency="EUR"))
        placed = client.orders.place(package.models.NewOrder(lines=[line]))
        assert asked(server) == "POST /orders"
        assert last(server).content == (
            b'{"lines":[{"name":"tea","price":{"amount":2,"currency":"EUR"}}]}'
        )
        assert placed.customer == package.Customer(name="A")
    with drive() as (client, server):
        client.import_.begin(package.Source(url="https://a.example"))
        assert last(server).content == b'{"url":"https://a.example"}'
    circle = b'[{"name":"A","latest":{"id":"1","total":{"amount":1}}}]'
    assert drive.complaint(circle, lambda client: client.customers.list()) == (
        "$[0].latest.total.currency: expected a value, found nothing"
    )


def test_every_name_is_where_it_is_without_a_split(package: ModuleType) -> None:
    for part in (package, package.models, package.codecs, import_module(f"{PACKAGE}.client")):
        assert all(hasattr(part, name) for name in part.__all__)
        with pytest.raises(AttributeError, match=f"{part.__name__}.* has no attribute 'Nothing'"):
            _ = part.Nothing
    assert package.Money is package.models.Money
    assert package.client.Orders is type(package.Client().orders)
    assert package.codecs.encode_money(package.Money(amount=1, currency="USD")) == {
        "amount": 1,
        "currency": "USD",
    }


def loaded(folder: Path, code: str) -> list[str]:
    """Return the modules of types, codecs and groups that are loaded after some code."""
    done = run(
        *(sys.executable, "-c"),
        dedent(f"""\
            import sys
            from {PACKAGE} import Client
            {code}
            for name in sorted(sys.modules):
                if name.count(".") > 1 and name.startswith("{PACKAGE}."):
                    print(name.partition(".")[2])
        """),
        cwd=folder,
        paths=(folder,),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_what_is_not_asked_for_is_not_loaded(folder: Path) -> None:
    assert loaded(folder, "") == []
    assert loaded(folder, "Client().import_") == ["client.import_"]
    sent = f"from {PACKAGE} import Source, codecs; codecs.encode_source(Source(url=''))"
    shared = ["codecs.shared_money", "models.shared_money"]
    assert loaded(folder, sent) == sorted(["codecs.import_", "models.import_", *shared])
