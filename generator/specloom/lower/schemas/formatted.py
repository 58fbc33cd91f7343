"""Where the formats of strings are asserted: they are annotations, but for telling variants apart."""

from __future__ import annotations

from enum import Enum

from specloom.assertion import Fits
from specloom.document.node import Node
from specloom.values import Text

FORMATTED = "/(formatted)"
"""What follows the address of a schema whose formats are asserted, too."""


class Formats(Enum):
    NOWHERE = "nowhere"
    HERE = "here"
    """Not in what is mentioned by its address."""
    EVERYWHERE = "everywhere"

    def address(self, schema: Node) -> Fits:
        """Return the mention of a schema, which is another one where its formats count."""
        suffix = FORMATTED if self is Formats.EVERYWHERE else ""
        return Fits(Text(f"{schema.at.pointer}{suffix}"))
