"""All that is known of the schemas of one document."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from specloom.unions.cycles import Cycles
from specloom.unions.emptiness import Emptiness
from specloom.unions.library import Library
from specloom.unions.normal import Normal
from specloom.unions.splits import Outcomes
from specloom.unions.tree import Known
from specloom.unions.validation import Validation
from specloom.values import Tree

if TYPE_CHECKING:
    from specloom.unions.build import Builder


class Schemas:
    """The schemas of a document as the calculus reads them: made once, asked often.

    What is worked out is kept, and no answer depends on what was asked before.
    """

    def __init__(self, tree: Tree, version: str) -> None:
        """`version` of OpenAPI: "3.0", "3.1" or "3.2"."""
        self.library = Library(tree, version)
        cycles = Cycles(self.library)
        self.normal = Normal(self.library, cycles)
        self.emptiness = Emptiness(self.normal)
        self.known = Known(self.normal, self.emptiness, Outcomes(self.normal, self.emptiness))
        self.validation = Validation(self.library, cycles)

    @cached_property
    def builder(self) -> Builder:
        """What makes values: for witnesses, which most documents need none of."""
        from specloom.unions.build import Builder

        return Builder(self.normal)
