"""`python -m specloom`."""

from specloom.cli import run

run()
