"""What nobody should use any more: documented, and warned of once."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest

from .driving import NOTHING, ROOT, Drive, json, run

said = pytest.mark.feature("deprecated", "said")
warned = pytest.mark.feature("deprecated", "warnings")


@said
def test_a_class_and_a_field_say_so(drive: Drive) -> None:
    models = drive.package.models
    assert models.Bed.__doc__ == "Deprecated."
    source = inspect.getsource(models)
    for said in (
        'number: int | Unset = UNSET\n    """Deprecated."""\n',
        'floor: int | Unset = UNSET\n    """Deprecated. Where it is."""\n',
        'size: Size | Unset = UNSET\n    """Deprecated."""\n',
        '"store"] | Unknown\n"""Deprecated. What it is for."""\n',
    ):
        assert said in source


@said
def test_a_method_says_so_of_itself_or_of_its_parameters(drive: Drive) -> None:
    client = import_module(f"{drive.package.__name__}.client")
    rooms = client.AsyncRooms if drive.is_async else client.Rooms
    assert rooms.list.__doc__ is not None
    assert rooms.list.__doc__.startswith("Deprecated. Return all rooms.")
    said = "Deprecated. Send `DELETE /rooms`.\n\nArgs:\n    all_: Deprecated."
    assert inspect.getdoc(rooms.delete) == said
    told = inspect.getdoc(rooms.put)
    assert told is not None
    assert told.endswith(
        "Args:\n    x_dry_run: Deprecated.\n    force: Deprecated.\n    of: Deprecated."
    )


@said
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_works_all_the_same(drive: Drive) -> None:
    with drive(NOTHING) as (client, server):
        client.rooms.put(drive.package.Room(name="a", number=1), of="a", force=True)
        client.rooms.delete()
        paths = [seen.path for seen in server.seen]
        assert paths == ["/rooms?force=true&of=a", "/rooms"]


@pytest.fixture
def told(drive: Drive) -> Iterator[set[str]]:
    """What has been said, forgotten before and after."""
    said: set[str] = import_module(f"{drive.package.__name__}._deprecated")._TOLD
    said.clear()
    yield said
    said.clear()


@warned
def test_an_operation_warns_once(drive: Drive, told: set[str]) -> None:
    with drive(json(b"[]")) as (client, _):
        with catch_warnings(record=True) as caught:
            simplefilter("always")
            client.rooms.list()
            client.rooms.list()
        assert {each.category for each in caught} == {DeprecationWarning}
        assert [str(each.message) for each in caught] == [
            "rooms.list (GET /rooms) is deprecated: "
            "Call `GET /beds` instead, which has v1.2 of them."
        ]
        assert len(told) == 1


@warned
def test_a_parameter_warns_where_it_is_given(drive: Drive, told: set[str]) -> None:
    room = drive.package.Room(name="a")
    with drive(NOTHING) as (client, _):
        with catch_warnings():
            simplefilter("error")
            client.rooms.put(room, of="a", at="now")
            client.rooms.put(room, of="a", force=False)
        with catch_warnings(record=True) as caught:
            simplefilter("always")
            client.rooms.put(room, of="a", force=True, x_dry_run=False)
            client.rooms.put(room, of="a", force=True)
    assert [str(each.message) for each in caught] == [
        "the argument x_dry_run of rooms.put is deprecated",
        "the argument force of rooms.put is deprecated",
    ]
    assert len(told) == 2


@warned
def test_threads_that_come_together_hear_it_once(drive: Drive, told: set[str]) -> None:
    warn = import_module(f"{drive.package.__name__}._deprecated").warn
    with catch_warnings(record=True) as caught, ThreadPoolExecutor(16) as pool:
        simplefilter("always")
        list(pool.map(warn, ["rooms are gone"] * 100))
    assert [str(each.message) for each in caught] == ["rooms are gone"]
    assert told == {"rooms are gone"}


@warned
def test_whoever_wants_an_error_has_it_each_time(drive: Drive, told: set[str]) -> None:
    with drive(json(b"[]")) as (client, server), catch_warnings():
        simplefilter("error")
        for _ in range(2):
            with pytest.raises(DeprecationWarning, match=r"^rooms\.list "):
                client.rooms.list()
        assert not server.seen
    assert not told


CALLS = """\
import asyncio, warnings
from feature_deprecated import AsyncClient, Client

warnings.simplefilter("always")
with Client(base_url={url!r}) as client:
    client.rooms.list()


async def main():
    import feature_deprecated._deprecated as told

    told._TOLD.clear()
    async with AsyncClient(base_url={url!r}) as client:
        await client.rooms.list()


asyncio.run(main())
"""


@warned
def test_a_warning_is_at_the_line_of_the_caller(drive: Drive, tmp_path: Path) -> None:
    script = tmp_path / "calls.py"
    folder = Path(drive.package.__file__).parents[1]
    with drive(json(b"[]")) as (_, server):
        script.write_text(CALLS.format(url=server.url), "utf-8")
        done = run(sys.executable, script, cwd=tmp_path, paths=(folder,))
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if "DeprecationWarning" in line]
    where = [line.partition(": DeprecationWarning")[0] for line in lines]
    assert where == [f"{script}:6", f"{script}:14"]


@warned
def test_only_packages_that_need_it_have_the_module(drive: Drive) -> None:
    assert (Path(drive.package.__file__).parent / "_deprecated.py").is_file()
    generated = ROOT / "generated" / "polar_oauth2" / "_deprecated.py"
    assert not generated.exists()
