"""Parameters in headers."""

from __future__ import annotations

import pytest

from specloom.pipeline import understand

from .driving import Drive, last
from .page import CORPUS

pytestmark = pytest.mark.feature("headers")


def test_they_are_written_in_the_style_simple(drive: Drive) -> None:
    point = drive.package.Point(x=1, y=-2)
    with drive() as (client, server):
        client.default.look(
            x_text="a b;c=d",
            x_count=7,
            x_flag=True,
            x_names=["ann", "bob"],
            x_point=point,
            x_members=point,
            x_trace="t",
        )
        sent = {name: text for name, text in last(server).headers.items() if name[:2] == "x-"}
        assert sent == {
            "x-text": "a b;c=d",
            "x-count": "7",
            "x-flag": "true",
            "x-names": "ann,bob",
            "x-point": "x,1,y,-2",
            "x-members": "x=1,y=-2",
            "x-trace": "t",
        }


def test_what_is_not_given_does_not_leave(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.look(x_trace="t", x_names=[])
        assert {name for name in last(server).headers if name[:2] == "x-"} == {"x-trace"}


@pytest.mark.parametrize(
    "text",
    ["a\r\nX-Admin: 1", "a\nb", "a\rb", "a\x00b", "\x7f", "é", "\u2028", " a", "a ", "\ta", "a\t"],
)
def test_what_a_header_cannot_hold_is_refused(drive: Drive, text: str) -> None:
    """RFC 9110, section 5.5."""
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError) as caught:
            client.default.look(x_trace=text)
        assert str(caught.value) == "$['X-Trace']: expected visible ASCII characters, spaces within"
        assert server.seen == []


def test_nor_an_item_of_an_array(drive: Drive) -> None:
    point = drive.package.Point(x=1)
    point.x = "1\r\nX-Admin: 1"
    with drive() as (client, server):
        for bad in ({"x_names": ["a", "b\r\nc"]}, {"x_names": "a"}, {"x_point": point}):
            with pytest.raises(drive.package.errors.ConstraintError, match=r"\$\['X-"):
                client.default.look(x_trace="t", **bad)
        assert server.seen == []


def test_a_header_of_the_protocol_is_no_parameter(drive: Drive) -> None:
    document = CORPUS / "headers" / "spec.yaml"
    messages = understand(str(document)).messages
    rules = [message.removeprefix(str(document)).split(": ")[2] for message in messages]
    assert rules == ["header-name", "null-parameter", "ignored-header"]
    with drive() as (client, server):
        client.default.look(x_trace="t")
        assert last(server).headers["accept"] == "application/json"
