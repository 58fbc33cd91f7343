"""What the docstring of a method says: what it does, what its arguments are, and what it raises."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, joined
from specloom.python.client.answers import refusals, types_of
from specloom.python.client.arguments import argument_name
from specloom.python.client.opaque import whole
from specloom.python.client.raised import raised
from specloom.python.prose import DEPRECATED, Entry, Words, docstring, is_said, marked


def described(operation: ir.Operation, world: World) -> Code:
    """Return the docstring, or nothing where a document says no more than the signature does."""
    description, summary = operation.docs.description, operation.docs.summary
    said = description if description.raw.strip() else summary
    words: Words = (said, *whole(operation, world, said))
    arguments, failures = tuple(_arguments(operation, world)), tuple(_raised(operation, world))
    if (arguments or failures) and not is_said(words):
        words = (f"Send `{operation.method} ", operation.path, "`.")
    words = marked(words, DEPRECATED) if operation.docs.deprecated else words
    return docstring(words, indent=8, sections=(("Args", arguments), ("Raises", failures)))


def _arguments(operation: ir.Operation, world: World) -> Iterator[Entry]:
    """Return what is said of arguments, in the order of the signature."""
    for name, docs in _of_signature(operation, world):
        words: Words = (docs.description,)
        if docs.deprecated:
            yield name, marked(words, DEPRECATED)
        elif is_said(words):
            yield name, words


def _of_signature(operation: ir.Operation, world: World) -> Iterator[tuple[Code, ir.Docs]]:
    said = [(p, argument_name(operation, p, world)) for p in operation.parameters]
    yield from ((name, p.docs) for p, name in said if p.location is ir.Location.PATH)
    if operation.body is not None:
        yield Code("body"), operation.body.docs
    yield from ((name, p.docs) for p, name in said if p.location is not ir.Location.PATH)


def _raised(operation: ir.Operation, world: World) -> Iterator[Entry]:
    """Return what is said of failures: the status, what the body of the error is, and when it comes."""
    for response in refusals(operation):
        error, status = _error(response.status)
        body = f", `{joined(types_of(response, world))}`" if response.contents else ""
        yield Code(error), marked((response.docs.description,), f"{status}{body}.")


def _error(status: ir.Status) -> tuple[str, str]:
    """Return what a failure raises, and what it answers with."""
    match status:
        case ir.Exact(code):
            return raised(code), f"HTTP {code}"
        case ir.Range(hundred):
            return "ServerError" if hundred == 5 else "StatusError", f"HTTP {hundred}XX"
        case ir.Rest():
            return "StatusError", "Any other status"
