"""What a caller writes: values of the standard library, and no texts."""

import datetime as dt
from decimal import Decimal

from formats import UNSET, Event

EVENT = Event(
    at=dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC),
    date=dt.date(2020, 2, 29),
    time=dt.time(12, 30),
    datetime=None,
    length=dt.timedelta(minutes=90),
    price=Decimal("1.10"),
    picture=b"GIF89a",
)


def age(event: Event, now: dt.datetime) -> dt.timedelta:
    return now - event.at


def seconds(event: Event) -> float | None:
    """Return how long an event is, where that does not depend on the calendar."""
    if event.length is UNSET or isinstance(event.length, str):
        return None
    return event.length.total_seconds()


def size(event: Event) -> int:
    return 0 if event.picture is UNSET else len(event.picture)
