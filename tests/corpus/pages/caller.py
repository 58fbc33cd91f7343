"""What callers of `pages` write: the types of items and of pages are known."""

from typing import assert_type

from pages import AsyncClient, Client
from pages.models import (
    Charge,
    FilesListResponse,
    IssuesListResponse,
    Note,
    NotesListResponse,
    NotesSearchBody,
)


def read(client: Client) -> None:
    for note in client.notes.list_all(limit=2, timeout=5.0):
        assert_type(note, Note)
    for page in client.notes.list_all().pages():
        assert_type(page, NotesListResponse)
    for found in client.notes.search_all(NotesSearchBody(text="a")):
        assert_type(found, Note)
    for file in client.files.list_all("folder"):
        assert_type(file, str)
    for charge in client.charges.list_all():
        assert_type(charge, Charge)


async def read_async(client: AsyncClient) -> None:
    async for issue in client.issues.list_all():
        assert_type(issue, Note)
    async for page in client.issues.list_all().pages():
        assert_type(page, IssuesListResponse)
    async for files in client.files.list_all("folder").pages():
        assert_type(files, FilesListResponse)
