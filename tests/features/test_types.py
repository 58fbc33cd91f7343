"""Types at the boundary: what is kept, what is left out, and what names stand for."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, json, last


@pytest.mark.feature("unions")
def test_what_nobody_knows_comes_back_as_it_came(drive: Drive) -> None:
    package = drive.package
    moved = b'{"type": "opened", "at": 1, "cause": {"type": "stolen", "by": "x"}, "new": [1]}'
    with drive(json(moved)) as (client, _):
        event = client.events.next()
    assert isinstance(event, package.models.Opened)
    assert event.type == "opened"
    assert event.cause == package.UnknownVariant("stolen", {"type": "stolen", "by": "x"})
    assert "by" not in repr(event)
    event.at = 2
    assert package.codecs.encode_event(event) == {
        "type": "opened",
        "at": 2,
        "cause": {"type": "stolen", "by": "x"},
        "new": [1],
    }
    with pytest.raises(
        package.errors.DecodeError, match=r'\$\.cause\.type: "stolen" is not one of'
    ):
        package.codecs.decode_event(package.codecs.encode_event(event), strict=True)


@pytest.mark.feature("nullables")
def test_a_patch_sends_what_it_is_given(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for change, content in (
            (package.BoxChange(), b"{}"),
            (package.BoxChange(label=None), b'{"label":null}'),
            (package.BoxChange(label="\u00e9", size=2), '{"label":"\u00e9","size":2}'.encode()),
        ):
            client.default.change_box(5, change)
            assert last(server).content == content
            assert asked(server) == "PATCH /boxes/5"
        with pytest.raises(package.errors.ConstraintError, match="label"):
            client.default.change_box(5, package.BoxChange(label="too long!"))


@pytest.mark.feature("module_names")
def test_operations_that_are_called_as_modules_are(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.plain("é")
        assert last(server).content == b"\xc3\xa9"
        client.default.check("a")
        assert asked(server) == "GET /check/a"
        with pytest.raises(drive.package.errors.ConstraintError, match="id"):
            client.default.check("")
        client.default.write(session=7)
        assert asked(server) == "GET /write?session=7"
        client.default.url()
        assert asked(server) == "GET /url"
        client.default.session()
        assert asked(server) == "GET /session"
