"""Operations: what is asked, with what, and what comes back."""

from __future__ import annotations

from specloom import ir
from specloom.document.operation import Operation
from specloom.document.paths import sent
from specloom.document.root import Document
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.meaning.wording import docs_of_operation
from specloom.lower.operations.contents import lower_body, lower_response
from specloom.lower.operations.parameters import lower_parameters
from specloom.lower.operations.security import lower_security
from specloom.lower.operations.servers import is_usable, lower_servers
from specloom.unions import Schemas
from specloom.values import Text


def lower_operation(
    operation: Operation, document: Document, schemas: Schemas
) -> Lowering[ir.Operation]:
    """Return an operation; raise Refused where one of its parts cannot be lowered yet."""
    id_ = ir.OperationId(operation.address)
    site = Site(document, schemas, id_)
    body = operation.body
    parameters = yield from lower_parameters(operation, site)
    responses = yield from each(
        lower_response(r, operation.method, site) for r in operation.responses
    )
    servers = yield from lower_servers(operation.servers, own=True)
    return ir.Operation(
        id=id_,
        operation_id=operation.operation_id,
        hint=operation.hint,
        group=operation.group,
        method=operation.method,
        path=Text(sent(operation.path.raw)),
        parameters=parameters,
        body=None if body is None else (yield from lower_body(body, site)),
        responses=responses,
        security=(yield from lower_security(operation, document)),
        server=next((server for server in servers[:1] if is_usable(server)), None),
        docs=docs_of_operation(operation),
        at=operation.at,
    )
