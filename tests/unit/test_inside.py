"""What an assertion says of a member or of an item."""

from __future__ import annotations

import pytest

from specloom.assertion import (
    ANYTHING,
    Assertion,
    Every,
    Fits,
    Items,
    Long,
    Members,
    Not,
    OfKind,
    Requires,
    Some,
)
from specloom.python.codecs.inside import Step, inside
from specloom.values import Kind, Text

A, B, C = Long(1, None), Long(2, None), Long(3, None)
NULL, OBJECT = OfKind((Kind.NULL,)), OfKind((Kind.OBJECT,))
NAMED = Members(named=((Text("a"), A),), matching=((Text("^a"), B),), rest=C)
UNDECIDED = Members(matching=((Text(r"^(a|b)\1"), B),))
KNOWN = {
    Text("named"): Every((OBJECT, NAMED, Requires((Text("a"),)))),
    Text("itself"): Every((Fits(Text("itself")), Members(rest=C))),
}


@pytest.mark.parametrize(
    ("assertion", "steps", "said"),
    [
        (NAMED, ("a",), Every((A, B))),
        (NAMED, ("ab",), B),
        (NAMED, ("b",), C),
        (Members(), ("b",), ANYTHING),
        (Items((A,), B), (0,), A),
        (Items((A,), B), (1,), B),
        (Items((A,), None), (1,), ANYTHING),
        (Items((NAMED,), None), (0, "b"), C),
        (Items((A,), B), ("a",), ANYTHING),
        (Fits(Text("named")), ("b",), C),
        (Fits(Text("itself")), ("b",), C),
        (Some((NULL, Fits(Text("named")))), ("b",), C),
        (Some((OBJECT, NAMED)), ("b",), None),
        (Every((Not(NAMED), NAMED)), ("b",), None),
        (UNDECIDED, ("aab",), None),
        (NAMED, (), NAMED),
    ],
)
def test_what_is_said_of_a_part(
    assertion: Assertion, steps: tuple[Step, ...], said: Assertion | None
) -> None:
    assert inside(assertion, steps, KNOWN) == said
