"""What a schema lists: the values of `const` and `enum`."""

from __future__ import annotations

from specloom import ir
from specloom.document.root import Document
from specloom.lower.meaning.meant import Meant
from specloom.lower.meaning.narrowing import common, covers
from specloom.lower.schemas.held import bounded, refused
from specloom.values import Json, kind_of


def literal_of(found: Meant, document: Document) -> ir.Literal | None:
    """Return the values that a schema lists, as far as they fit what else it says."""
    schema = found.schema
    if schema.const is None and schema.enum is None:
        return None
    values = tuple(dict.fromkeys(_fitting(found, document)))
    return ir.Literal(values) if values else None


def _fitting(found: Meant, document: Document) -> tuple[Json, ...]:
    schema = found.schema
    values = (schema.const,) if schema.const is not None else schema.enum or ()
    if schema.const is not None and schema.enum is not None:
        values = common((values, schema.enum)) or ()
    if schema.kinds is not None:
        values = tuple(v for v in values if covers(schema.kinds, (kind_of(v.value),)))
    gone = refused(values, (*bounded(schema), *found.rest), document)
    return tuple(value for value in values if value not in gone)
