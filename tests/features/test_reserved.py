"""Reserved characters that are left as they are (RFC 6570, section 3.2.3)."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("reserved")


def test_a_query(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.fetch("a", kept="/a?b:c@d!$'()*,;=", quoted="/a?b:c@d!$'()*,;=")
        assert asked(server) == (
            "GET /files/a?kept=/a?b:c@d!$'()*,;=&quoted=%2Fa%3Fb%3Ac%40d%21%24%27%28%29%2A%2C%3B%3D"
        )


def test_what_would_end_a_parameter_is_quoted(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.fetch("a", kept="a&b=c#d+e f[é]")
        assert asked(server) == "GET /files/a?kept=a%26b=c%23d%2Be%20f%5B%C3%A9%5D"


def test_what_is_quoted_already_stays_so(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.fetch("a%2Fb", kept="%20%zz%", quoted="%20")
        assert asked(server) == "GET /files/a%2Fb?kept=%20%25zz%25&quoted=%2520"


def test_an_array(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.fetch("a", list_=["x/y", "z:1"])
        assert asked(server) == "GET /files/a?list=x/y,z:1"


def test_a_path_stays_one_segment(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.fetch("a:b@c;d=e,f&g/h?i#j")
        assert asked(server) == "GET /files/a:b@c;d=e,f&g%2Fh%3Fi%23j"


@pytest.mark.parametrize("segment", [".", "..", "%2e%2E", ".%2e", "%2E"])
def test_a_path_stays_where_it_is(drive: Drive, segment: str) -> None:
    """RFC 3986, sections 5.2.4 and 6.2.2.2: a quoted dot is a dot."""
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="path"):
            client.default.fetch(segment)
        assert server.seen == []
