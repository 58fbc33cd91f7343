"""What of a path is sent: all but a fragment, which may stand in no name."""

from __future__ import annotations

import pytest

from specloom.document.paths import sent


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/things", "/things"),
        ("/things#all", "/things"),
        ("/things/{a#b}", "/things/{a#b}"),
        ("/things/{a#b}#{c}", "/things/{a#b}"),
        ("/things/{#}/x#", "/things/{#}/x"),
        ("/things/{a#b", "/things/{a"),
        ("#", ""),
    ],
)
def test_a_fragment_is_not_sent(path: str, expected: str) -> None:
    assert sent(path) == expected
