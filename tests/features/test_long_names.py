"""Names that leave no room on a line."""

from __future__ import annotations

import pytest

from .driving import Drive, json, last

pytestmark = pytest.mark.feature("long_names")

OUTCOME = b'"workflow_execution_registration_attributes_latest_outcome"'


def test_a_call_of_long_names(drive: Drive) -> None:
    package = drive.package
    request = package.StartWorkflowExecutionOfRegistrationRequestWithSecretParameters(
        registration=1, introspection_endpoint_auth_signing_alg_values_supported=["a"]
    )
    with drive(json(b"{%b: " % OUTCOME + b'"continued", "continued_as": 2}')) as (client, server):
        group = client.beta_observability_chat_completion_events_fields
        answer = group.start_workflow_execution(request)
    assert answer == (
        package.WorkflowExecutionWhichWasContinuedAsNewOnAnotherWorkerOfTheSameRegistration(
            continued_as=2
        )
    )
    assert last(server).content == (
        b'{"registration":1,"introspection_endpoint_auth_signing_alg_values_supported":["a"]}'
    )
