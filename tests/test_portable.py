"""The package, wherever it is put: under another name, in an archive, twice, on its own."""

from __future__ import annotations

import secrets
import sys
import zipfile
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from .support import PACKAGE, Recorder, run

USE = """
import sys
from importlib import import_module

root, name, url = sys.argv[1:]
sys.path.insert(0, root)
package = import_module(name)
body = package.WebTokenRequest(client_id="c", client_secret="s", session_token="t")
with package.Client(base_url=url) as client:
    token = client.oauth2.request_token(body)
assert token == package.codecs.decode_token_response(package.codecs.encode_token_response(token))
for module in {package, *(m for n, m in sys.modules.items() if n.startswith(f"{name}."))}:
    assert module.__file__.startswith(root), module
assert name == "polar_oauth2" or "polar_oauth2" not in sys.modules
print(type(token).__module__, token.access_token)
"""

# Two copies share nothing: what one raises, the other does not catch.
TWICE = """
import sys
from importlib import import_module

root, url = sys.argv[1:]
sys.path.insert(0, root)
one, two = import_module("one"), import_module("two")

def ask(package, body):
    with package.Client(base_url=url) as client:
        return client.oauth2.request_token(body)

def body(package, secret="s"):
    return package.WebTokenRequest(client_id="c", client_secret=secret, session_token="t")

assert ask(one, body(one)).access_token == ask(two, body(two)).access_token == "at"
assert body(one) == body(one) and body(one) != body(two)
assert one.Server.SANDBOX == two.Server.SANDBOX and one.Server is not two.Server
try:
    ask(one, body(two))
except two.errors.Error:
    sys.exit("a mix-up of errors")
except one.errors.ConstraintError as refused:
    print(refused)
"""

ALONE = """
import sys

before = set(sys.modules)
import polar_oauth2
for name in polar_oauth2.__all__:
    getattr(polar_oauth2, name)
polar_oauth2.Client(access_token="a")
polar_oauth2.AsyncClient(access_token="a")
body = polar_oauth2.WebTokenRequest(client_id="c", client_secret="s", session_token="t")
members = polar_oauth2.codecs.encode_token_request(body)
assert polar_oauth2.codecs.decode_token_request(members) == body
for name in {name.partition(".")[0] for name in set(sys.modules) - before}:
    if name not in sys.stdlib_module_names:
        print(name)
"""


def copy(to: Path) -> Path:
    return Path(copytree(PACKAGE, to, ignore=ignore_patterns("__pycache__")))


def test_it_works_deep_inside_another_package(tmp_path: Path, recorder: Recorder) -> None:
    outer = f"a_{secrets.token_hex(4)}"
    copy(tmp_path / outer / "_vendor" / "x" / "polar_oauth2")
    name = f"{outer}._vendor.x.polar_oauth2"
    done = run(sys.executable, "-c", USE, tmp_path, name, recorder.url, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (f"{name}.models at\n", "")
    assert len(recorder.seen) == 1


def test_it_works_under_another_name(tmp_path: Path, recorder: Recorder) -> None:
    name = f"a_{secrets.token_hex(4)}"
    copy(tmp_path / name)
    done = run(sys.executable, "-c", USE, tmp_path, name, recorder.url, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (f"{name}.models at\n", "")


def test_it_works_from_an_archive(tmp_path: Path, recorder: Recorder) -> None:
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(PACKAGE.glob("*.py")):
            file.write(path, f"polar_oauth2/{path.name}")
    done = run(sys.executable, "-c", USE, archive, "polar_oauth2", recorder.url, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("polar_oauth2.models at\n", "")


def test_two_copies_do_not_meet(tmp_path: Path, recorder: Recorder) -> None:
    copy(tmp_path / "one")
    copy(tmp_path / "two")
    done = run(sys.executable, "-c", TWICE, tmp_path, recorder.url, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("$: expected a TokenRequest\n", "")
    assert len(recorder.seen) == 2


def test_nothing_else_is_imported_before_the_first_call(tmp_path: Path) -> None:
    done = run(sys.executable, "-c", ALONE, cwd=tmp_path, paths=(PACKAGE.parent,))
    assert (done.stdout, done.stderr) == ("polar_oauth2\n", "")


@pytest.mark.parametrize("name", ["polar_oauth2", "polar_oauth2.models", "polar_oauth2.codecs"])
def test_the_data_types_load_no_network(tmp_path: Path, name: str) -> None:
    program = (
        f"import sys, {name}; print({{'http', 'socket', 'ssl', 'asyncio'}} & {{*sys.modules}})"
    )
    done = run(
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {program}",
        cwd=tmp_path,
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
