"""Parameters that are left out, empty, null or by default."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("unset")


def test_a_default_is_sent_and_what_is_optional_is_not(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.read("a", level="2")
        assert asked(server) == "GET /rooms/a?level=2&limit=20&order=up"
        client.default.read("a", level="2", limit=5, order="down", kind="x", since=7)
        assert asked(server) == "GET /rooms/a?level=2&kind=x&limit=5&order=down&since=7"


def test_unset_says_that_nothing_is_given(drive: Drive) -> None:
    unset = drive.package.UNSET
    with drive() as (client, server):
        client.default.read("a", level="2", kind=unset, since=unset, trace_id=unset)
        assert asked(server) == "GET /rooms/a?level=2&limit=20&order=up"


def test_null_and_the_empty_string(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.read("a", level="", kind="", since=None)
        assert asked(server) == "GET /rooms/a?level=&kind=&limit=20&order=up"
        with pytest.raises(drive.package.errors.ConstraintError, match="kind"):
            client.default.read("a", level="2", kind=None)


def test_a_parameter_of_the_path_gives_way_to_that_of_an_operation(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.remove("a")
        assert asked(server) == "DELETE /rooms/a?level=1"
        client.default.remove("a", level=3)
        assert asked(server) == "DELETE /rooms/a?level=3"
        with pytest.raises(drive.package.errors.ConstraintError, match="level"):
            client.default.read("a", level=3)
        with pytest.raises(TypeError, match="level"):
            client.default.read("a")


def test_a_parameter_that_is_a_reference(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.read("a", level="2", trace_id="t 1")
        assert asked(server) == "GET /rooms/a?level=2&limit=20&order=up&trace-id=t%201"


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_a_segment_that_leads_elsewhere_is_refused(drive: Drive, segment: str) -> None:
    """RFC 3986, section 5.2.4."""
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="room"):
            client.default.remove(segment)
        client.default.remove("...")
        assert asked(server) == "DELETE /rooms/...?level=1"
