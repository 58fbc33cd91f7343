"""Prints the page of the tables, `docs/RULES.md`."""

from __future__ import annotations

import sys

from specloom.rules.table.page import page

if __name__ == "__main__":
    sys.stdout.write(page())
