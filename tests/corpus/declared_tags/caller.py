"""What a caller writes: a class knows its tag, and a tag its class."""

from typing import assert_never

from declared_tags import (
    BankAccount,
    Circle,
    DebitCard,
    Destination,
    Rectangle,
    Shape,
    UnknownVariant,
)

DESTINATIONS: list[Destination] = [
    BankAccount(method="sepa", iban="DE02"),
    DebitCard(last4="4242"),
]


def area(shape: Shape) -> float:
    match shape:
        case Circle():
            return 3 * shape.radius**2
        case Rectangle():
            return shape.width * shape.height
        case UnknownVariant():
            return 0
        case _:
            assert_never(shape)


def number(destination: Destination) -> str:
    if isinstance(destination, UnknownVariant):
        return str(destination.tag)
    if destination.method == "card":
        return destination.last4
    return destination.iban
