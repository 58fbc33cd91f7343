"""What the templates of the tests print: finished statements and lines, and booleans."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.code import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTests:
    """The tests of one group of operations: `test_group.py.jinja`."""

    path: str
    """Below the folder of tests."""
    docstring: Code
    imports: tuple[Code, ...]
    client: Code
    """The statement that opens a client which holds every token."""
    async_client: Code
    anonymous: Code
    """The same without a token."""
    unsent: Code
    """The same without a transport."""
    agent: Code
    tokens: Code
    """The statement that names the secrets which are credentials."""
    holds_token: bool
    secrets: Code
    samples: tuple[Code, ...]
    kinds: tuple[Code, ...]
    kind_names: Code
    operations: tuple[Code, ...]
    servers: Code
    has_kinds: bool
    has_misread: bool
    has_kept: bool
    has_lax: bool
    has_strict: bool
    """Whether there is anything that only strict may refuse."""
    has_refused: bool
    has_classes: bool
    has_servers: bool
    has_json: bool
    """Whether an operation answers in JSON."""
    has_others: bool
    """Whether an operation answers in anything else."""
    has_failures: bool
    """Whether the body of a failure is described."""
    has_octets: bool
    """Whether it is one of octets."""
    has_unsent: bool
    """Whether an operation refuses anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YourTests:
    """The file for tests of the user's own: `test_yours.py.jinja`."""

    path: str
    package: Code
    docstring: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    groups: tuple[GroupTests, ...]
    yours: YourTests
