"""What callbacks bring, read and answered with the types of their payloads."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("callbacks")


def test_payloads_of_two_callbacks(drive: Drive) -> None:
    codecs, package = drive.package.codecs, drive.package
    finished = codecs.decode_start_export_finished_payload({"rows": 3})
    assert finished == package.StartExportFinishedPayload(rows=3)
    failed = codecs.decode_report_failure_payload({"reason": "full", "code": 1})
    assert failed == package.ReportFailurePayload(reason="full", extra={"code": 1})
    assert codecs.encode_report_failure_response(True) is True


def test_the_operations_are_called_as_ever(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.start_export(url="https://me.test/hook")
        assert asked(server) == "POST /exports?url=https%3A%2F%2Fme.test%2Fhook"
        client.default.start_import(url="x")
        assert asked(server) == "POST /imports?url=x"
