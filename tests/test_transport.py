"""`transport` says which HTTP library a package uses where its caller brings none."""

from __future__ import annotations

import sys

import pytest

from .project import TARGET, Project
from .support import Recorder, run

PROGRAM = """\
import sys

from polar import Client, WebTokenRequest

assert not {"httpx", "httpx2"} & set(sys.modules)
with Client(base_url=sys.argv[1]) as polar:
    request = WebTokenRequest(client_id="i", client_secret="s", session_token="t")
    print(polar.oauth2.request_token(request).token_type)
print(*sorted({"httpx", "httpx2"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("configured", "library"),
    [
        ("", "httpx2"),
        ('transport = "httpx2"\n', "httpx2"),
        ('transport = "httpx"\n', "httpx"),
        ('transport = "stdlib"\n', ""),
    ],
)
def test_the_library_that_was_chosen_is_used(
    project: Project, recorder: Recorder, configured: str, library: str
) -> None:
    project.configure(TARGET + configured)
    project.generate()
    command = (sys.executable, "-c", PROGRAM, recorder.url)
    done = run(*command, cwd=project.folder, paths=(project.folder / "out",))
    assert (done.stdout, done.stderr) == (f"Bearer\n{library}\n", "")
    assert [seen.path for seen in recorder.seen] == ["/v1/oauth2/token"]
