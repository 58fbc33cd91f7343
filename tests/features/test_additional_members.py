"""Members beside those declared: of a type of their own, or of names that a pattern describes."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last


@pytest.mark.feature("additional_members")
def test_members_that_are_not_declared_are_of_their_type(drive: Drive) -> None:
    package = drive.package
    metric = package.Metric(name="heat", value=1.5, additional_properties={"room": "7", "": "x"})
    with drive(echo) as (client, server):
        assert client.metrics.add(metric) == metric
        assert last(server).content == b'{"room":"7","":"x","name":"heat","value":1.5}'
    assert package.Metric(name="a", value=1).additional_properties == {}


@pytest.mark.feature("additional_members")
def test_what_is_of_another_type_is_refused_both_ways(drive: Drive) -> None:
    package = drive.package
    assert (
        drive.complaint(
            b'{"name":"a","value":1,"room":7}',
            lambda client: client.metrics.add(package.Metric(name="a", value=1)),
        )
        == "$.room: expected a string, found a number"
    )
    long = {"name": "a", "value": 1, "room": "123456789"}
    assert package.codecs.decode_metric(long).additional_properties == {"room": "123456789"}
    with pytest.raises(package.errors.DecodeError, match=r"\$\.room: expected a string of 0 to 8"):
        package.codecs.decode_metric(long, strict=True)
    with drive() as (client, server):
        for more in ({"room": 7}, {"room": "123456789"}, {1: "x"}, {"name": "b"}, {"unit": "K"}):
            with pytest.raises(package.errors.ConstraintError):
                client.metrics.add(package.Metric(name="a", value=1, additional_properties=more))
        assert server.seen == []


@pytest.mark.feature("additional_members")
def test_they_may_be_of_the_type_that_they_are_in(drive: Drive) -> None:
    package = drive.package
    tree = package.Tree(
        additional_properties_=True,
        additional_properties={"left": package.Tree(label="a"), "right": package.Tree()},
    )
    with drive(echo) as (client, server):
        assert client.metrics.tree(tree) == tree
        assert last(server).content == (
            b'{"left":{"label":"a"},"right":{},"additional_properties":true}'
        )


@pytest.mark.feature("patterned_members")
def test_names_that_match_make_a_map(drive: Drive) -> None:
    package = drive.package
    settings = package.Settings(
        ports={"http": 80},
        extensions=package.Extended(version=1, additional_properties={"x-a": "b"}),
        headers={"x-y": "z"},
    )
    with drive(echo) as (client, server):
        assert client.settings.store(settings) == settings
        assert last(server).content == (
            b'{"ports":{"http":80},"extensions":{"x-a":"b","version":1},"headers":{"x-y":"z"}}'
        )


@pytest.mark.feature("patterned_members")
def test_names_that_do_not_match_are_not_sent(drive: Drive) -> None:
    package = drive.package
    extended = package.Extended(version=1, additional_properties={"y": "b"})
    with drive() as (client, server):
        for settings in (
            package.Settings(ports={"HTTP": 80}),
            package.Settings(ports={"http": 65536}),
            package.Settings(ports={}, extensions=extended),
            package.Settings(ports={}, headers={"X": "z"}),
        ):
            with pytest.raises(package.errors.ConstraintError):
                client.settings.store(settings)
        assert server.seen == []


@pytest.mark.feature("patterned_members")
def test_names_that_do_not_match_are_refused_where_it_is_strict(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"ports":{"HTTP":80}}')) as (client, _):
        found = client.settings.store(package.Settings(ports={}))
    assert found.ports == {"HTTP": 80}
    with pytest.raises(package.errors.DecodeError, match=r"\$\.ports\.HTTP: expected nothing"):
        package.codecs.decode_settings({"ports": {"HTTP": 80}}, strict=True)
