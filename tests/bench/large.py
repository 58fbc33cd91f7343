"""Large documents, cold, beside openapi-python-client: `python -m tests.bench.large FOLDER [NAME …]`.

For each document of the folder: seconds of CPU of the whole command and its child processes, and
the most memory that one of them took. Then the growth: the same kind of document, made twice and
four times as large.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from .clock import Cost, Failed, environment, spend
from .environments import peer
from .measures import SPECLOOM

_NAMES = ("stripe_2021.yaml", "elasticsearch.json", "polar.json", "github.json")
_PEER = "openapi-python-client"
_SHARE = 0.7
"""The most CPU that ours may take, as a part of the peer's."""
_MOST = 1024
"""The most MiB."""
_SIZES = (250, 500, 1000)
_GROWTH = 2.3
"""How much more CPU twice the size may take."""


@dataclass(frozen=True, slots=True)
class Row:
    document: str
    ours: Cost
    other: Cost | None
    """None where the peer gives up."""

    @property
    def missed(self) -> bool:
        too_slow = self.other is not None and self.ours.cpu > _SHARE * self.other.cpu
        return too_slow or self.ours.megabytes > _MOST


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.large", description="Large documents, beside a peer."
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder of OpenAPI documents")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"by default {', '.join(_NAMES)}")
    arguments = parser.parse_args()
    programs = peer(_PEER)
    rows: list[Row] = []
    with TemporaryDirectory(prefix="specloom-bench-") as top:
        for name in arguments.names or _NAMES:
            _progress(name)
            rows.append(_row((arguments.folder / name).resolve(), Path(top), programs))
        _progress("growth")
        grown = [_ours(_document(Path(top), size), Path(top)).cpu for size in _SIZES]
    sys.stdout.write("\n".join((*_table(rows), "", *_told(grown))) + "\n")
    missed = any(row.missed for row in rows) or any(
        large > _GROWTH * small for small, large in pairwise(grown)
    )
    return 1 if missed else 0


def _row(document: Path, top: Path, programs: Path) -> Row:
    settings = top / "settings.yaml"
    settings.write_text("literal_enums: true\n", "utf-8")  # or it gives up on values that are alike
    command = (programs / _PEER, "generate", "--path", document, "--meta", "none")
    options = ("--config", settings, "--output-path", _empty(top))
    other: Cost | None = None
    with suppress(Failed):
        other = spend((*command, *options), cwd=top, env=environment(programs=programs))
    return Row(document.name, _ours(document, top), other)


def _ours(document: Path, top: Path) -> Cost:
    command = (SPECLOOM, "generate", document, "-o", _empty(top), "--package", "measured")
    return spend(command, cwd=top, env=environment())


def _empty(top: Path) -> Path:
    folder = top / "out"
    if folder.exists():
        rmtree(folder)
    return folder


def _document(top: Path, count: int) -> Path:
    """Return a document of so many operations and types, which mention one another."""
    path = top / f"{count}.json"
    members = {"id": {"type": "string"}, "count": {"type": "integer"}, "note": {"type": "string"}}
    schemas = {
        f"Thing{n}": {
            "type": "object",
            "required": ["id"],
            "properties": {
                **members,
                "next": {"$ref": f"#/components/schemas/Thing{(n * 7 + 1) % count}"},
                "all": {
                    "type": "array",
                    "items": {"$ref": f"#/components/schemas/Thing{(n + 1) % count}"},
                },
            },
        }
        for n in range(count)
    }
    paths = {
        f"/things{n}/{{id}}": {
            "get": {
                "operationId": f"getThing{n}",
                "tags": [f"group{n // 25}"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {
                    "200": {
                        "description": "found",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": f"#/components/schemas/Thing{n}"}
                            }
                        },
                    }
                },
            }
        }
        for n in range(count)
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    path.write_text(json.dumps(document), "utf-8")
    return path


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield f"| document | ours, s of CPU | {_PEER} | ratio (at most {_SHARE}) | ours, MiB | verdict |"
    yield "|---|--:|--:|--:|--:|---|"
    for row in rows:
        other = "gives up" if row.other is None else f"{row.other.cpu:.1f}"
        ratio = "" if row.other is None else f"{row.ours.cpu / row.other.cpu:.2f}"
        verdict = "MISSED" if row.missed else "ok"
        yield (
            f"| {row.document} | {row.ours.cpu:.1f} | {other} | {ratio} "
            f"| {row.ours.megabytes:,} | {verdict} |"
        )


def _told(grown: Sequence[float]) -> Iterator[str]:
    sizes = ", ".join(f"{size:,}" for size in _SIZES)
    seconds = ", ".join(f"{took:.1f}" for took in grown)
    yield f"Growth: documents of {sizes} operations and types take {seconds} s of CPU."


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text} ...\n")


if __name__ == "__main__":
    sys.exit(main())
