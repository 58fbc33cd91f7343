"""Every node of a document in exactly one bucket: what became of it, and why nothing did.

The ledger is read from three values alone: the grammar, which says what a node is; the model, whose
places say what became something; and the findings, which say what was left out by which rule.
"""

from __future__ import annotations

from specloom.ledger.entries import Bucket, Entry, Ledger
from specloom.ledger.walk import ledger
from specloom.ledger.written import written

__all__ = ["Bucket", "Entry", "Ledger", "ledger", "written"]
