"""Hooks that are told of each try."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from .driving import Drive, Reply, Seen, Watch, json, last

pytestmark = pytest.mark.feature("hooks")

SECRET = "s3cr3t"


def test_a_hook_is_told_of_each_try_and_of_nothing_secret(drive: Drive, watch: Watch) -> None:
    told = list[Any]()

    def hook(attempt: Any) -> Any:
        told.append(attempt)
        return told.append

    def reply(_: Seen) -> Reply:
        return json(b'"s3cr3t"') if len(told) > 2 else Reply(b"s3cr3t", 503, {"X-Own": SECRET})

    with drive(reply, clock=watch, hooks=[hook], key=SECRET) as (client, server):
        client.accounts.look(SECRET, password=SECRET, extra_headers={"X-Own": SECRET})
        url = f"{server.url}/accounts/{{id}}"
        assert last(server).path == "/accounts/s3cr3t?password=s3cr3t&key=s3cr3t"
    first, busy, second, done = told
    for number, attempt in enumerate((first, second), start=1):
        assert (attempt.operation, attempt.method) == ("GET /accounts/{id}", "GET")
        assert (attempt.url, attempt.number) == (url, number)
    assert (busy.status, busy.wait) == (503, watch.slept[0])
    assert (done.status, done.error, done.wait) == (200, "", None)
    assert SECRET not in "".join(str(asdict(each)) + repr(each) for each in told)


def test_it_may_add_headers(drive: Drive) -> None:
    def hook(attempt: Any) -> None:
        attempt.headers["traceparent"] = "00-1-2-01"

    with drive(json(b'"it"'), hooks=[hook], key=SECRET) as (client, server):
        client.accounts.look("1", password="p")
        assert last(server).headers["traceparent"] == "00-1-2-01"
