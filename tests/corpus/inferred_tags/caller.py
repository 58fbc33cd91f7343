"""What a caller writes: narrowing by one tag, by two, and by a tag of several values."""

from typing import assert_never

from inferred_tags import (
    AssistantText,
    Closed,
    Ended,
    Event,
    Message,
    Opened,
    Transfer,
    UnknownVariant,
    UserImage,
    UserText,
    Waiting,
)


def moment(event: Event) -> str:
    if isinstance(event, UnknownVariant):
        return ""
    if event.type == "opened":
        opened: Opened = event
        return opened.at.isoformat()
    closed: Closed = event
    return closed.reason or closed.at.isoformat()


def amount(transfer: Transfer) -> int:
    match transfer:
        case Waiting():
            return 0
        case Ended():
            return transfer.amount
        case UnknownVariant():
            return 0
        case _:
            assert_never(transfer)


def returned(transfer: Transfer) -> int | None:
    if isinstance(transfer, UnknownVariant):
        return None
    if transfer.status == "sent" or transfer.status == "returned":
        return transfer.amount
    return None


def text(message: Message) -> str:
    match message:
        case UserText() | AssistantText():
            return message.text
        case UserImage():
            return message.url
        case UnknownVariant():
            return ""
        case _:
            assert_never(message)


def model(message: Message) -> str | None:
    if isinstance(message, UnknownVariant):
        return None
    return message.model if message.role == "assistant" else None
