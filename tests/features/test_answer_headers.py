"""Headers of answers, read as what they are (OpenAPI 3.2.0, "Header Object")."""

from __future__ import annotations

from uuid import UUID

import pytest

from .driving import Drive, Reply

pytestmark = pytest.mark.feature("answer_headers")
HEADERS = {
    "X-Total": "12",
    "x-next": "a, b",
    "X-LAST": "false",
    "X-Names": "ann, bob,",
    "X-Span": "from=1,to=2",
    "X-Pair": "from, 3, to, 4",
    "X-Rate": '{"from": 5, "new": "x"}',
    "X-Reset": "60",
    "X-Part": "number,7",
    "X-Shared": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
}


def page(**headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(b"[]", 200, {"Content-Type": "application/json", **named})


def test_each_is_of_its_type(drive: Drive) -> None:
    package = drive.package
    with drive(Reply(b"[]", 200, {"Content-Type": "application/json", **HEADERS})) as (client, _):
        value, response = client.with_response(client.default.list)
        assert value == []
        found = package.codecs.read_list_response_headers(response.headers)
    assert found == package.ListResponseHeaders(
        x_total=12,
        x_next="a, b",
        x_last=False,
        x_names=["ann", "bob", ""],
        x_span=package.Span(from_=1, to=2),
        x_pair=package.Span(from_=3, to=4),
        x_rate=package.Span(from_=5, extra={"new": "x"}),
        x_reset=60,
        x_part=package.Part(number=7),
        x_shared=UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6"),
    )


def test_a_header_of_several_types(drive: Drive) -> None:
    with drive(page(X_Total="0", X_Reset="Sat, 28 Nov 2026")) as (client, _):
        _, response = client.with_response(client.default.list)
    found = drive.package.codecs.read_list_response_headers(response.headers)
    assert found.x_reset == "Sat, 28 Nov 2026"


def test_those_that_are_absent(drive: Drive) -> None:
    package = drive.package
    with drive(page(X_Total="0")) as (client, _):
        _, response = client.with_response(client.default.list)
    found = package.codecs.read_list_response_headers(response.headers)
    assert found == package.ListResponseHeaders(x_total=0)
    assert repr(found.x_next) == "UNSET"
    with drive(page()) as (client, _):
        _, response = client.with_response(client.default.list)
    with pytest.raises(package.errors.DecodeError, match=r"\$\['X-Total'\]: expected"):
        package.codecs.read_list_response_headers(response.headers)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("X-Total", "twelve"),
        ("X-Total", "1.5"),
        ("X-Last", "no"),
        ("X-Span", "to=2"),
        ("X-Pair", "from,3,to"),
        ("X-Rate", "{"),
        ("X-Part", "number,7,of,number"),
        ("X-Names-Of-Names", "ann"),
        ("X-Shared", "3fa85f64"),
    ],
)
def test_what_does_not_fit(drive: Drive, name: str, text: str) -> None:
    with drive(page(**{"X_Total": "1", name: text})) as (client, _):
        _, response = client.with_response(client.default.list)
    with pytest.raises(drive.package.errors.DecodeError) as caught:
        drive.package.codecs.read_list_response_headers(response.headers)
    assert str(caught.value).startswith(f"$['{name}']")
    assert text not in str(caught.value)
