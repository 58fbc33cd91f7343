"""What a caller writes: values fit two variants, and still each has one class."""

from typing import assert_never

from overlaps import Company, Contact, Person


def name(contact: Contact) -> str | None:
    match contact:
        case Person() | Company():
            return contact.name or None
        case _:
            assert_never(contact)
