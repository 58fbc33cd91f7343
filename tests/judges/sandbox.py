"""Where programs run that may be hostile: whatever they do besides their work is written down.

An audit hook is put into every Python that runs there. It notes files that are changed elsewhere,
connections, and programs that are started. Documents hold a canary: code that makes a file, if it
ever runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_NOWHERE = "http://127.0.0.1:9"
_HOOK = """\
import os, sys

def _watch():
    noted = os.open(os.environ["NOTED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    own = tuple(os.environ["OWN"].split(os.pathsep))
    canary = os.environ["CANARY"]
    changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    moving = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
              "os.truncate", "shutil.rmtree"}
    starting = {"os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "os.spawn"}

    def note(*words):
        os.write(noted, (ascii(" ".join(map(str, words))) + "\\n").encode())

    def elsewhere(path):
        if not isinstance(path, (str, bytes)):
            return False
        real = os.path.realpath(os.fsdecode(path))
        return real != canary and not (real + os.sep).startswith(own)

    def hook(event, args):
        if event == "open":
            if args[2] and args[2] & changing and elsewhere(args[0]):
                note("changes", args[0])
        elif event in moving:
            for path in args[:2]:
                if elsewhere(path):
                    note("changes", path)
        elif event in ("socket.connect", "socket.sendto"):
            if not isinstance(args[1], tuple) or args[1][0] != "127.0.0.1" or args[1][1] == 9:
                note("connects to", args[1])
                raise PermissionError("nothing is reached from here")
        elif event == "socket.getaddrinfo":
            if args[0] not in (None, "127.0.0.1", "localhost", b"127.0.0.1", b"localhost"):
                note("looks for", args[0])
        elif event in starting and sys.executable not in map(str, (args[0], *args[1][:1])):
            note("starts", args[0])

    sys.addaudithook(hook)

_watch()
"""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A folder for programs that are watched, and what they may change besides it."""

    folder: Path
    own: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        for name in ("site", "home", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "site" / "sitecustomize.py").write_text(_HOOK, "utf-8")

    def variables(self, *paths: Path) -> Mapping[str, str]:
        """Return the environment of such a program, with folders that it imports from."""
        searched = (self.folder / "site", *paths)
        return {
            "PYTHONPATH": os.pathsep.join(map(str, searched)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "CANARY": str(self._canary),
            "NOTED": str(self._noted),
            "OWN": os.pathsep.join(
                (*(str(path.resolve()) + os.sep for path in (self.folder, *self.own)), "/dev/")
            ),
            **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE),
            **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NOWHERE),
            "NO_PROXY": "127.0.0.1",
        }

    def harm(self) -> tuple[str, ...]:
        """Return what was done so far that nothing should have done, and forget it."""
        return tuple(dict.fromkeys(self._harm()))

    @property
    def _canary(self) -> Path:
        return self.folder.resolve() / "canary"

    @property
    def _noted(self) -> Path:
        return self.folder.resolve() / "noted"

    def _harm(self) -> Iterator[str]:
        if self._canary.exists():
            self._canary.unlink()
            yield "runs code of the document"
        if self._noted.exists():
            yield from self._noted.read_text("ascii").splitlines()
            self._noted.unlink()


PYTHON = Path(sys.executable)
