"""How much a document may ask of the reader. Real ones stay far below every number here."""

from __future__ import annotations

from typing import Final

BYTES: Final = 64 * 2**20
MARKDOWN_BYTES: Final = 4 * 2**20
MARKDOWN_LINES: Final = 50_000
"""Markdown is read in Python: a million short lines would take a minute and 2 GB."""
DEPTH: Final = 200
"""Later stages walk by recursion, which Python allows to a depth of about 1,000."""
NODES: Final = 5_000_000
ALIASED_NODES: Final = 1_000_000
"""An alias is cheap to read and dear to walk, so what it stands for is counted each time."""
DIGITS: Final = 1_000
"""Python refuses to convert more than 4,300 digits, in either direction."""
MISTAKES: Final = 100
"""After so many the reader stops: the file is of another kind, or hostile."""
FILES: Final = 5_000
"""Files that one document is made of; together they may have the size of one."""
CHAIN: Final = 50
"""References that lead to nothing but another reference."""
WRITTEN_OUT: Final = 100_000
"""Values that references stand for which are written out a second time, or more often."""
