"""What a document means, told to a person or to a program."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir, printing
from specloom.command.choice import Subject
from specloom.command.terminal import Terminal
from specloom.document.node import Node
from specloom.explain import Unknown
from specloom.explain import explain as explained
from specloom.explain.ledger import explain_ledger
from specloom.ledger import ledger as entered
from specloom.ledger import written
from specloom.lock.file import read_lock
from specloom.lock.names import complaining, pins_of
from specloom.naming import Names, name
from specloom.pipeline import Understood, edition_of, modelled, understand
from specloom.rules.unsupported import NAMES
from specloom.values import Place


def explain(subject: Subject, wanted: str | None, terminal: Terminal, *, strict: bool) -> bool:
    """Print how a document was understood, or one thing in it; return whether that could be done.

    Raises Misconfigured where the lock cannot be used.
    """
    understood = _understood(subject, terminal, strict=strict)
    if understood.api is None or understood.whole is None:
        return False
    names = _names(understood.api, subject)
    try:
        whole = understood.whole
        terminal.show(explained(understood.api, names, whole.locate, wanted, whole.origins.of))
    except Unknown as reason:
        terminal.say(f"specloom: error: {reason}")
        return False
    return True


def ledger(subject: Subject, wanted: str | None, terminal: Terminal, *, strict: bool) -> bool:
    """Print what became of every node of a document, or of one; return whether that could be done.

    Raises Misconfigured where the lock cannot be used.
    """
    understood = _understood(subject, terminal, strict=strict)
    is_sound, edition = understood.api is not None, edition_of(subject.target)
    if not is_sound:  # what is unsupported is told, too, though nobody has allowed it
        every = replace(edition, allowed=NAMES)
        understood = understand(subject.target.spec, every, doing=terminal.doing)
        terminal.done()
    api, whole = understood.api, understood.whole
    if api is None or whole is None:
        return False
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    found = entered(root, api, understood.findings)
    kept = written(found, whole, api.missing, is_subset=edition.is_subset)
    try:
        names = _names(api, subject)
        terminal.show(explain_ledger(kept, api, names, whole.stand, wanted, whole.origins.of))
    except Unknown as reason:
        terminal.say(f"specloom: error: {reason}")
        return False
    return is_sound


def lower(subject: Subject, terminal: Terminal, *, only_names: bool, strict: bool) -> bool:
    """Print the model of a document, or its names, as JSON; return whether that could be done.

    Raises Misconfigured where the lock cannot be used.
    """
    api = _understood(subject, terminal, strict=strict).api
    if api is None:
        return False
    text = printing.names(api, _names(api, subject)) if only_names else printing.model(api)
    terminal.show(text)
    return True


def _understood(subject: Subject, terminal: Terminal, *, strict: bool) -> Understood:
    target = subject.target
    understood = understand(target.spec, edition_of(target), strict=strict, doing=terminal.doing)
    terminal.done()
    for message in understood.messages:
        terminal.tell(message)
    return replace(understood, api=understood.api and modelled(understood.api, target))


def _names(api: ir.Api, subject: Subject) -> Names:
    """Return the names that the package has, where there is one; else those that it would have."""
    if subject.job is None:
        return name(api)
    folder, target = subject.job.folder, subject.job.target.name
    locked = read_lock(folder)
    with complaining(locked, target):
        return name(api, pins_of(locked.lock, target))
