"""What an API asks of its users: the types of what webhooks and callbacks bring, and take."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir
from specloom.document.incoming import Incoming
from specloom.document.root import Document
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.meaning.wording import docs_of_operation
from specloom.lower.operations.contents import lower_body, lower_response
from specloom.unions import Schemas


def lower_incoming(
    incoming: Incoming, document: Document, schemas: Schemas
) -> Lowering[ir.Incoming]:
    """Return a request that the API makes; raise Refused where a part cannot be lowered yet."""
    operation = incoming.operation
    id_ = ir.OperationId(operation.address)
    site = Site(document, schemas, id_)
    body = operation.body
    answers = (replace(response, headers=()) for response in operation.responses)
    return ir.Incoming(
        id=id_,
        key=incoming.key,
        operation_id=operation.operation_id,
        caller=None if incoming.caller is None else ir.OperationId(incoming.caller),
        method=operation.method,
        body=None if body is None else (yield from lower_body(body, site, "payload")),
        responses=(yield from each(lower_response(r, operation.method, site) for r in answers)),
        docs=docs_of_operation(operation),
        at=operation.at,
    )
