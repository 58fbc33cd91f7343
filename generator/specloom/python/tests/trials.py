"""What the templates of the tests print: finished statements and lines, and what is among them."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.code import Code
from specloom.python.tests.exchanges import PrintedOperation
from specloom.python.tests.oauth_tests import OAuthTests
from specloom.python.tests.printed import PrintedKind
from specloom.python.tests.webhook_tests import WebhookTests


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The statements that open a client, each with one thing more or less than another."""

    sync: Code
    """It holds every token."""
    asynchronous: Code
    anonymous: Code
    """Without a token."""
    unsent: Code
    """Without a transport."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTests:
    """The tests of one group of operations: `test_group.py.jinja`."""

    path: str
    """Below the folder of tests."""
    docstring: Code
    imports: tuple[Code, ...]
    client: Opened
    agent: Code
    tokens: Code
    """The statement that names the secrets which are credentials; empty where none is sent."""
    secrets: Code
    samples: tuple[Code, ...]
    kinds: tuple[PrintedKind, ...]
    kind_names: Code
    operations: tuple[PrintedOperation, ...]
    paged: tuple[Code, ...]
    """Each its first line to be printed at an indent of 4."""
    failures: tuple[Code, ...]
    """Statuses that every operation is answered with, each with what is raised."""
    servers: Code
    """Empty: there are none."""
    is_outdated: bool
    """Whether a call may warn, of what the document calls deprecated."""

    @property
    def has_misread(self) -> bool:
        return any(kind.faults.misread for kind in self.kinds)

    @property
    def has_ambiguous(self) -> bool:
        return any(kind.is_ambiguous for kind in self.kinds)

    @property
    def has_unread(self) -> bool:
        return any(kind.is_unread for kind in self.kinds)

    @property
    def has_hidden(self) -> bool:
        """Whether strict may have something else to say than what a row is about."""
        return self.has_ambiguous and (self.has_misread or self.has_strict)

    @property
    def has_kept(self) -> bool:
        return any(kind.faults.kept for kind in self.kinds)

    @property
    def has_lax(self) -> bool:
        return any(kind.faults.lax for kind in self.kinds)

    @property
    def has_strict(self) -> bool:
        """Whether there is anything that only strict may refuse."""
        return self.has_kept or self.has_lax

    @property
    def has_refused(self) -> bool:
        return any(kind.faults.refused for kind in self.kinds)

    @property
    def has_classes(self) -> bool:
        return any(kind.is_class for kind in self.kinds)

    @property
    def has_json(self) -> bool:
        return any(operation.has_json for operation in self.operations)

    @property
    def has_others(self) -> bool:
        return any(operation.has_others for operation in self.operations)

    @property
    def has_failures(self) -> bool:
        return any(operation.has_failures for operation in self.operations)

    @property
    def has_misses(self) -> bool:
        return any(operation.has_misses for operation in self.operations)

    @property
    def has_streams(self) -> bool:
        return any(operation.has_streams for operation in self.operations)

    @property
    def has_octets(self) -> bool:
        return any(operation.has_octets for operation in self.operations)

    @property
    def has_keys(self) -> bool:
        return any(operation.makes_key for operation in self.operations)

    @property
    def has_unsent(self) -> bool:
        return any(operation.has_unsent for operation in self.operations)


@dataclass(frozen=True, slots=True, kw_only=True)
class YourTests:
    """The file for tests of the user's own: `test_yours.py.jinja`."""

    path: str
    docstring: Code
    client: Code
    """The statement that imports it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    groups: tuple[GroupTests, ...]
    webhooks: WebhookTests | None
    yours: YourTests
    oauth: OAuthTests | None = None
