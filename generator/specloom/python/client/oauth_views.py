"""What the template of `oauth` prints: sources of tokens, and where users are sent to consent."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.code import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClass:
    """One of the two classes of a token endpoint."""

    header: Code
    docstring: Code
    start: Code
    """The signature of `__init__`."""
    begin: Code
    """The call of that of its base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEndpoint:
    write_signature: Code
    """Of the function that makes of a request what the document has it be; empty: there is none."""
    written: Code
    is_apart: bool
    """Whether a function of another endpoint stands before it."""
    endpoint: Code
    """The constant that says where it is, and how clients say who they are."""
    authorization: Code
    """The signature of the function that sends users to consent; empty: nobody has to."""
    authorization_docstring: Code
    authorized: Code
    sync: SourceClass
    asynchronous: SourceClass


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    path: str
    docstring: Code
    imports: tuple[Code, ...]
    exports: tuple[Code, ...]
    scope: Code
    """The alias of the scopes that the document knows; empty: it knows none."""
    scope_docstring: Code
    endpoints: tuple[TokenEndpoint, ...]
