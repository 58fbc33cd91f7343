"""What a caller writes: a class for each variant."""

from typing import assert_never

from keys import Mailbox, MailingList, Phone, Recipient


def addresses(recipient: Recipient) -> list[str]:
    match recipient:
        case Mailbox():
            return [recipient.email]
        case Phone():
            return [recipient.number]
        case MailingList():
            return recipient.members
        case _:
            assert_never(recipient)
