"""The JSON Schema Test Suite, wrapped as documents: `python -m tests.judges.jsts FOLDER [KEYWORD …]`.

Every instance that became something else than it should is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .cases import LEFT_OUT, cases, keywords, tried


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.jsts",
        description="Do generated codecs accept and refuse what JSON Schema does?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="documents and cases")
    parser.add_argument("keywords", metavar="KEYWORD", nargs="*", help="all by default")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    wanted: list[str] = arguments.keywords or keywords(folder)
    passed = failed = left_out = 0
    for keyword in wanted:
        every = cases(folder, keyword)
        left_out += sum(len(case["instances"]) for case in every if case["cls"] == LEFT_OUT)
        with TemporaryDirectory(prefix="specloom-jsts-") as out:
            for one in tried(folder, keyword, Path(out)):
                passed, failed = passed + (not one.fault), failed + bool(one.fault)
                if one.fault:
                    said = f"{keyword}: {one.case['group']}: {one.instance['description']}"
                    data = json.dumps(one.instance["data"])
                    sys.stdout.write(f"{said}: {data} {one.fault}\n")
    more = f", {left_out} of another dialect or document left out" if left_out else ""
    sys.stdout.write(f"{passed} passed, {failed} failed{more}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
