"""Values that assertions speak of, wherever these are written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from specloom.assertion import Assertion, Equals, Every, Fits, Long, Matches, Single, Some
from specloom.python.tests.suggestions import suggestions
from specloom.values import Json, Text, Tree


def mention(name: str) -> Fits:
    return Fits(Text(name))


def one_of(*values: Tree) -> Equals:
    return Equals(tuple(map(Json.of, values)))


def matches(pattern: str) -> Matches:
    return Matches(Text(pattern))


KNOWN: Mapping[Text, Assertion] = {
    Text("a"): Some((one_of("a"), mention("b"))),
    Text("b"): Every((Long(4, 5), matches("^b+$"))),
}


@pytest.mark.parametrize(
    ("asserted", "found"),
    [
        (mention("a"), ("a", "bbbb", "bbbbb")),
        (Single((mention("b"), one_of(7))), ("bbbb", "bbbbb", 7)),
        (Every((mention("b"), Long(5, None))), ("bbbbb",)),
        (matches("^[-.]{2}$"), ("--", "-.", ".-")),
    ],
)
def test_what_is_mentioned_is_spoken_of(asserted: Assertion, found: tuple[Tree, ...]) -> None:
    assert suggestions((asserted,), KNOWN, 0, None) == found


def test_schemas_that_mention_each_other_are_looked_at_for_a_while() -> None:
    names = [f"s{number}" for number in range(12)]
    known: dict[Text, Assertion] = {Text(name): Some(tuple(map(mention, names))) for name in names}
    assert suggestions((mention("s0"),), known, 0, None) == ()
