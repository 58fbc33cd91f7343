"""What is said of operations is said where they are called from."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc, getdoc

import pytest

from specloom.python.client.raised import ERRORS

from .driving import Drive

pytestmark = pytest.mark.feature("docstrings")

LIST = """
Return the books of a shelf.

Args:
    shelf: Where they stand.
    order: What goes first. With several, the first counts, and of those that
        are equal in it the second, and on.

        - `title`: by title
        - `-title`: the other way
    from_: Deprecated. How many are left out.
    kind:
        * novel
        * poem

Raises:
    Unauthorized: HTTP 401. Nobody is known by this token, or the token was
        withdrawn by its owner a while ago.
    NotFound: HTTP 404, `Missing`. There is no such shelf.
    StatusError: HTTP 410, `BooksListError410`.
    ServerError: HTTP 5XX. Broken.
    StatusError: Any other status, `Missing`. There is no such shelf.
"""
ADD = """
Send `POST /books`.

Args:
    body: The new one.
"""


def test_of_a_method_its_arguments_and_its_failures(drive: Drive) -> None:
    client = import_module(f"{drive.package.__name__}.client")
    books = client.AsyncBooks if drive.is_async else client.Books
    assert getdoc(books.list) == cleandoc(LIST)
    assert getdoc(books.add) == cleandoc(ADD)


def test_of_a_group(drive: Drive) -> None:
    client = import_module(f"{drive.package.__name__}.client")
    books = client.AsyncBooks if drive.is_async else client.Books
    readers = client.AsyncReaders if drive.is_async else client.Readers
    assert getdoc(books) == "All that can be read.\n\nNothing leaves the house."
    assert readers.__doc__ is None
    assert readers.list.__doc__ is None


def test_the_errors_are_those_that_are_raised(drive: Drive) -> None:
    errors = import_module(f"{drive.package.__name__}.errors")
    assert {code: kind.__name__ for code, kind in errors._BY_STATUS.items()} == ERRORS
