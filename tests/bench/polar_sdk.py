"""The client made of Polar's own document beside `polar-sdk`: `python -m tests.bench.polar_sdk DOC`.

What it prints is `docs/COMPARISON-POLAR.md`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from .clock import environment, least, spend
from .environments import peer
from .measures import SPECLOOM
from .polar.scenes import TASKS

_HERE = Path(__file__).parent / "polar"
_PEER = "polar-sdk"
_LONGEST = 600


class Scene(TypedDict):
    sent: list[str]
    came: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two clients."""

    name: str
    python: Path
    paths: tuple[Path, ...]
    package: Path
    importing: tuple[str, ...]
    """Programs that import the package, a client, and all types of it."""
    script: Path

    def scenes(self) -> list[Scene]:
        done = subprocess.run(
            [self.python, self.script],
            env=environment(paths=self.paths),
            capture_output=True,
            text=True,
            check=True,
        )
        return cast("list[Scene]", json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.polar_sdk", description="The Polar API, by both clients."
    )
    parser.add_argument("document", metavar="DOC", type=Path, help="the document of the API")
    document: Path = parser.parse_args().document
    with TemporaryDirectory(prefix="specloom-bench-") as name:
        top = Path(name)
        command = (SPECLOOM, "generate", document.resolve(), "-o", top, "--package", "polar_api")
        spend(command, cwd=top, env=environment())
        sys.stdout.write("\n".join(_page(_sides(top), top)) + "\n")
    return 0


def _sides(top: Path) -> tuple[Side, Side]:
    python = peer(_PEER) / "python"
    (theirs,) = (python.parent.parent / "lib").glob("python*/site-packages/polar")
    return (
        Side(
            name="Specloom",
            python=Path(sys.executable),
            paths=(top,),
            package=top / "polar_api",
            importing=(
                "import polar_api",
                "from polar_api import Client",
                "from polar_api.models import *",
            ),
            script=_HERE / "ours.py",
        ),
        Side(
            name=_PEER,
            python=python,
            paths=(),
            package=theirs / "v2026_10",
            importing=(
                "import polar",
                "from polar.v2026_10 import Polar",
                "from polar.v2026_10.outputs import *; from polar.v2026_10.inputs import *",
            ),
            script=_HERE / "theirs.py",
        ),
    )


def _page(sides: tuple[Side, Side], top: Path) -> Iterator[str]:
    yield "# Polar's API, by two clients"
    yield ""
    yield "The client that Specloom makes of the whole OpenAPI document of Polar (2026-10), beside"
    yield "`polar-sdk` 1.0.2, the one that Polar publishes, made by a generator of its own. Both speak to"
    yield "one server on loopback that answers as Polar would. This page is written by"
    yield "`make polar DOC=<document>`."
    yield ""
    yield f"| | {' | '.join(side.name for side in sides)} |"
    yield "|---|--:|--:|"
    sizes = [_size(side.package) for side in sides]
    yield f"| modules | {' | '.join(f'{files:,}' for files, *_ in sizes)} |"
    yield f"| lines | {' | '.join(f'{lines:,}' for _, lines, _ in sizes)} |"
    yield f"| KiB | {' | '.join(f'{size // 1024:,}' for *_, size in sizes)} |"
    for number, what in enumerate(("the package", "the client", "all types")):
        took = [f"{_importing(side, number, top) * 1e3:.0f} ms" for side in sides]
        yield f"| importing {what}, CPU | {' | '.join(took)} |"
    yield "| needs besides the standard library | httpx2, at the first call | adaptix, httpx, typing-extensions |"
    for number, (task, *scenes) in enumerate(zip(TASKS, *(s.scenes() for s in sides), strict=True)):
        yield from ("", f"## {number + 1}. {task}", "")
        yield from (_CODE[number], "")
        for side, scene in zip(sides, scenes, strict=True):
            yield from _told(side.name, scene)
    yield from ("", *_VERDICT)


def _size(package: Path) -> tuple[int, int, int]:
    files = sorted(package.rglob("*.py"))
    texts = [path.read_bytes() for path in files]
    return len(files), sum(text.count(b"\n") for text in texts), sum(map(len, texts))


def _importing(side: Side, number: int, top: Path) -> float:
    """Return the CPU of an import, in seconds, without the interpreter's."""
    env = environment(paths=side.paths)
    programs = ("pass", side.importing[number])
    runs = [
        lambda text=text: spend([side.python, "-c", text], cwd=top, env=env) for text in programs
    ]
    bare, took = least(7, *runs)
    return took.cpu - bare.cpu


def _told(name: str, scene: Scene) -> Iterator[str]:
    yield f"{name}:"
    yield ""
    yield "```text"
    yield from scene["sent"]
    came = scene["came"]
    yield f"=> {came if len(came) <= _LONGEST else f'{came[:_LONGEST]}...'}"
    yield "```"
    yield ""


_CODE = (
    """```python
polar.oauth2.token(AuthorizationCodeTokenRequest(client_id="id", client_secret="secret", code="code", redirect_uri="https://a.test/"))
```""",
    """```python
polar.customers.get_external("acme/../orders?x")  # both
```""",
    """```python
polar.orders.list(product_id=[one, other], created_after=moment, sorting=["-amount"])  # both
```""",
    """```python
polar.checkouts.create(CheckoutProductsCreate(products=[product]))
polar.checkouts.create(products=[product])  # polar-sdk
```""",
    """```python
polar.customer_sessions.create(CustomerSessionCustomerIDCreate(customer_id=customer))
polar.customer_sessions.create(customer_id=customer)  # polar-sdk
```""",
)
_VERDICT = """\
## What each gets wrong

`polar-sdk`:

- It has no operation for tokens, nor for what else the document tags as `oauth2` outside of clients.
- **It puts parameters of a path into it as they are**: `acme/../orders?x` asks for another resource, with the
  caller's credentials, and its answer is read as a customer's.
- It sends the organization's token with every request, whatever `security` the document gives an operation.
- A variant, or a value of an enum, that is newer than the SDK ends in an error, though the request was
  carried out: a session was made, and its token is lost.
- Dates and UUIDs are strings, and constraints are not checked before a request leaves.
- Its `repr` shows tokens; errors show the answer, whatever it holds.
- What is not given and what is null are one in a query.

Specloom:

- Many names: what the document says inline gets types of its own, such as `OrdersListProductId`.
- Bodies are objects to be made, where the SDK takes keywords.
- It has no signature checks for webhooks, whose payloads it only types, and no iterators over pages: the SDK has
  both. Neither repeats a request that failed.
- Its package is several times as large, since codecs are written out and every constraint is checked.
""".splitlines()


if __name__ == "__main__":
    sys.exit(main())
