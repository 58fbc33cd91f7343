"""The order in which tokens are stored and handed out, also where the process dies in between."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Make
from .driving import PATIENCE, Drive, Reply, Seen, recording, run
from .sources import Clock, Issuer, form, place, source_of

pytestmark = pytest.mark.feature("token_sources", "rotation")

DIES = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
from feature_token_sources import errors, oauth

url, store, used, dies = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]

def persist(tokens):
    if dies == "before":
        os._exit(9)
    beside = store.with_suffix(".new")
    beside.write_text(json.dumps(asdict(tokens)))
    beside.replace(store)
    if dies == "after":
        os._exit(9)

held = oauth.Tokens(**json.loads(store.read_text()))
source = oauth.TokenSource(
    held, client_id="id", client_secret="secret", base_url=url, on_rotation=persist
)
try:
    token = source()
except oauth.AuthorizationNeeded:
    print("authorize again")
else:
    with used.open("a") as file:
        print(token, file=file)
"""


def held(drive: Drive, clock: Clock, **more: object) -> Any:
    return drive.package.oauth.Tokens(
        access_token="old", refresh_token="rt-0", expires_in=3600, expires_at=clock.now, **more
    )


def test_tokens_are_stored_before_they_are_handed_out(drive: Drive) -> None:
    """What cannot be stored is offered again before anything else is asked for."""
    clock, stored, broken = Clock(), list[str](), [OSError("disk full"), OSError("disk full")]

    def store(tokens: Any) -> None:
        if broken:
            raise broken.pop()
        stored.append(tokens.refresh_token)

    with recording(Issuer()) as server, source_of(drive) as make:
        source = make(held(drive, clock), **place(drive, server), on_rotation=store, clock=clock)
        for _ in range(2):
            with pytest.raises(OSError, match="disk full"):
                source()
        assert len(server.seen) == 1
        assert stored == []
        assert source() == "at-1"
        assert stored == ["rt-1"]
        assert len(server.seen) == 1


def test_nothing_is_handed_out_until_then_whatever_time_it_is(drive: Drive) -> None:
    clock, broken = Clock(), [OSError("disk full")]

    def store(_: Any) -> None:
        if broken:
            raise broken.pop()

    with recording(Issuer()) as server, source_of(drive) as make:
        source = make(held(drive, clock), **place(drive, server), on_rotation=store, clock=clock)
        with pytest.raises(OSError, match="disk full"):
            source()
        clock.now -= 7200
        assert source() == "at-1"


def test_tokens_that_were_stored_too_late_are_renewed(drive: Drive) -> None:
    clock, stored, broken = Clock(), list[str](), [OSError("disk full")]

    def store(tokens: Any) -> None:
        if broken:
            raise broken.pop()
        stored.append(tokens.refresh_token)

    with recording(Issuer()) as server, source_of(drive) as make:
        source = make(held(drive, clock), **place(drive, server), on_rotation=store, clock=clock)
        with pytest.raises(OSError, match="disk full"):
            source()
        clock.now += 3600
        assert source() == "at-2"
        assert stored == ["rt-1", "rt-2"]
        assert [form(seen)["refresh_token"] for seen in server.seen] == ["rt-0", "rt-1"]


def test_a_refresh_token_that_is_not_replaced_stays(drive: Drive) -> None:
    """RFC 6749, section 6: a server may leave it, and the scope, out of its answer."""
    clock, stored = Clock(), list[Any]()
    issuer = Issuer(without=("refresh_token",))
    with recording(issuer) as server, source_of(drive) as make:
        old = held(drive, clock, scope="a b", id_token="it")
        source = make(old, **place(drive, server), on_rotation=stored.append, clock=clock)
        source()
        clock.now += 3600
        source()
    assert [form(seen)["refresh_token"] for seen in server.seen] == ["rt-0", "rt-0"]
    assert [(t.refresh_token, t.scope, t.id_token) for t in stored] == [("rt-0", "a b", "it")] * 2


def test_a_refresh_token_that_a_source_begins_with_stays(drive: Drive) -> None:
    stored: list[Any] = []
    start = drive.package.oauth.RefreshToken(refresh_token="rt-0")
    reply = Issuer(without=("refresh_token",))
    with recording(reply) as server, source_of(drive) as make:
        make(start, **place(drive, server), on_rotation=stored.append)()
    assert stored[0].refresh_token == "rt-0"


@pytest.mark.parametrize("dies", ["before", "after"])
def test_nothing_is_used_that_was_not_stored_though_the_process_dies(
    make: Make, tmp_path: Path, dies: str
) -> None:
    """The server rotates strictly: whoever comes with a token that was used has lost the grant.

    RFC 9700, section 4.14.2. What a process that dies before it stores can lose is therefore the
    grant, if the server has no patience, and no more: no access token is left that was in use.
    """
    current, granted = ["rt-0"], list[str]()

    def rotate(seen: Seen) -> Reply:
        if form(seen)["refresh_token"] != current[0]:
            return Reply(b'{"error":"invalid_grant"}', 400)
        granted.append(f"at-{len(granted) + 1}")
        current[0] = f"rt-{len(granted)}"
        said = {"access_token": granted[-1], "token_type": "Bearer", "expires_in": 3600}
        return Reply(json.dumps({**said, "refresh_token": current[0]}).encode())

    package = make("token_sources")
    store, used = tmp_path / "tokens.json", tmp_path / "used"
    old = {"access_token": "old", "refresh_token": "rt-0", "expires_at": 0.0}
    store.write_text(json.dumps(old))
    used.touch()
    script = tmp_path / "dies.py"
    script.write_text(DIES)
    home = Path(str(package.__file__)).parents[1]
    with recording(rotate) as server:

        def go(when: str) -> Any:
            told = (server.url, store, used, when)
            return run(
                sys.executable, script, *told, cwd=tmp_path, paths=(home,), patience=3 * PATIENCE
            )

        assert go(dies).returncode == 9
        assert used.read_text() == ""
        assert granted == ["at-1"]
        kept = json.loads(store.read_text())
        assert kept["refresh_token"] == ("rt-0" if dies == "before" else "rt-1")
        again = go("never")
        assert again.returncode == 0, again.stderr
        if dies == "after":
            assert used.read_text() == "at-1\n"  # it was stored, and is still good
            assert len(server.seen) == 1
        else:
            assert again.stdout == "authorize again\n"
            assert used.read_text() == ""
