"""Ways from page to page that no document of the features has."""

from __future__ import annotations

import pytest
from runtime._answer import json_of
from runtime._call import Call
from runtime._items import array
from runtime._offset import by_offset
from runtime._page_number import by_page
from runtime._pages import After, Pages, Paging
from runtime._response import Response
from runtime._session import Session
from runtime.errors import DecodeError

from .peers import ABOUT, Peer, Script

Listed = list[object]
CALL: Call[Listed] = Call(method="GET", path="/p", security=(), answers={200: json_of(array)})


def promised(_: Listed) -> bool:
    return True


def listed(peer: Peer, after: After[Listed, object]) -> Listed:
    with Session("https://x.test", ABOUT, peer, {}) as session:
        return list(Pages(session, Paging(items=lambda page: page, after=after), CALL, {}))


def page(content: bytes) -> Response:
    return Response(200, {"content-type": "application/json"}, content)


@pytest.mark.parametrize(
    "after", [by_page("n", first=1, more=promised), by_offset("n", more=promised)]
)
def test_whoever_promises_more_and_says_the_same_again_is_not_asked_for_ever(
    after: After[Listed, object],
) -> None:
    peer = Script(outcomes=[page(b"[1, 2]"), page(b"[1]")])
    with pytest.raises(DecodeError, match="expected another page, found the same again"):
        listed(peer, after)
    assert len(peer.seen) == 3


def test_an_empty_page_may_be_followed_by_another_if_more_is_promised() -> None:
    outcomes: list[Response | Exception] = [page(b"[]"), page(b"[]"), page(b"[1]"), page(b"[2, 3]")]
    peer = Script(outcomes=[*outcomes, DecodeError("enough")])
    with pytest.raises(Exception, match="DecodeError"):
        listed(peer, by_page("n", first=1, more=promised))
    assert len(peer.seen) == 5
