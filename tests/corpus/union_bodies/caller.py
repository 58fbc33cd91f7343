"""What a caller writes: what is only sent has no unknown variant."""

from typing import assert_never

from union_bodies import Client, FileUpload, Grant, LinkUpload, Upload


def who(grant: Grant) -> str | None:
    return grant.username if grant.grant_type == "password" else None


def title(upload: Upload) -> str:
    match upload:
        case FileUpload():
            return upload.title or "a file"
        case LinkUpload():
            return upload.title or upload.url
        case _:
            assert_never(upload)


def send(client: Client) -> None:
    client.documents.upload(LinkUpload(url="https://a.b"))
    client.documents.upload(FileUpload(file=b"a"))
