"""References that count from the schema around them."""

from __future__ import annotations

import pytest

from .driving import Drive, json

pytestmark = pytest.mark.feature("embedded_references")


def test_each_schema_has_definitions_of_its_own(drive: Drive) -> None:
    package = drive.package
    said = b'{"said": {"type": "silence", "for": 3}, "before": [{"type": "word", "text": "a"}]}'
    with drive(json(said)) as (client, _):
        assert client.default.hear() == package.HearResponse(
            said=package.Silence(for_=3), before=[package.Word(text="a")]
        )
    assert package.codecs.decode_other({"span": "long"}) == package.Other(span="long")
    assert drive.complaint(b'{"said": {"type": "word"}}', lambda client: client.default.hear()) == (
        "$.said.text: expected a value, found nothing"
    )
