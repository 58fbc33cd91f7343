"""How the variants of a union are told apart, with proofs and witnesses.

schemas = Schemas(tree, "3.1")
for site in unions(schemas):
    verdict = judge(schemas, site.candidates, declared=site.declared)
"""

from __future__ import annotations

from specloom.unions.judge import judge, samples
from specloom.unions.library import Part
from specloom.unions.schemas import Schemas
from specloom.unions.sites import Site, unions
from specloom.unions.union import Declared
from specloom.unions.validation import Alternative, Candidate

__all__ = [
    "Alternative",
    "Candidate",
    "Declared",
    "Part",
    "Schemas",
    "Site",
    "judge",
    "samples",
    "unions",
]
