"""`python -m specloom`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn


def _main() -> NoReturn:
    """Be the command, and import nothing from the folder that the user stands in.

    `python -m` puts that folder before all others, but a `yaml.py` beside a document is the
    document's.
    """
    with suppress(OSError):  # a folder that has gone is not there either
        if sys.path[:1] in ([""], [os.getcwd()]) and not sys.flags.safe_path:
            del sys.path[0]
    from specloom.cli import run

    run()


_main()
