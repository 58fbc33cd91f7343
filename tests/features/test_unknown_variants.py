"""What a server says that nobody knew when the package was made."""

from __future__ import annotations

import pytest

from .driving import Drive, json, last

variant = pytest.mark.feature("unknown_variants", "variant")
member = pytest.mark.feature("unknown_variants", "member")

MAP = b'{"type":"map","pins":[{"at":[52.5,13.4]}],"type2":null}'
CHART = b'{"style":{"dash":[1,2]},"type":"chart","series":[1,2.5],"color":"mauve"}'


@variant
def test_an_unknown_variant_is_sent_back_as_it_came(drive: Drive) -> None:
    package = drive.package
    with drive(json(MAP)) as (client, _):
        widget = client.widgets.get("1")
    assert type(widget) is package.UnknownVariant
    assert widget.tag == "map"
    assert widget.raw == {"type": "map", "pins": [{"at": [52.5, 13.4]}], "type2": None}
    assert "pins" not in repr(widget)
    with drive() as (client, server):
        client.widgets.put("1", widget)
        assert last(server).content == MAP


@variant
def test_strict_decoding_refuses_an_unknown_variant(drive: Drive) -> None:
    package = drive.package
    with pytest.raises(package.errors.DecodeError) as raised:
        package.codecs.decode_widget({"type": "tabel", "columns": []}, strict=True)
    assert str(raised.value) == '$.type: "tabel" is not one of chart, table; did you mean table?'


@variant
def test_a_known_variant_that_is_wrong_is_no_unknown_one(drive: Drive) -> None:
    assert (
        drive.complaint(b'{"type":"table","cols":[]}', lambda client: client.widgets.get("1"))
        == "$.columns: expected a value, found nothing"
    )


@member
def test_an_unknown_member_and_an_unknown_value_are_sent_back(drive: Drive) -> None:
    package = drive.package
    with drive(json(CHART)) as (client, _):
        chart = client.widgets.get("1")
    assert type(chart) is package.Chart
    assert chart.extra == {"style": {"dash": [1, 2]}}
    assert type(chart.color) is package.Unknown
    with drive() as (client, server):
        client.widgets.put("1", chart)
        assert last(server).content == CHART


@member
def test_what_is_changed_leaves_the_rest_alone(drive: Drive) -> None:
    with drive(json(CHART)) as (client, _):
        chart = client.widgets.get("1")
    chart.series = [3]
    chart.color = "red"
    with drive() as (client, server):
        client.widgets.put("1", chart)
        assert last(server).content == (
            b'{"style":{"dash":[1,2]},"type":"chart","series":[3],"color":"red"}'
        )
