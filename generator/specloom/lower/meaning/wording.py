"""The words of an operation, and of a schema, with its default and its marks: its own, else those of
its parts."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir
from specloom.document.operation import Operation
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.parts import Part, parts
from specloom.values import EMPTY


def docs_of(schema: Schema) -> ir.Docs:
    told = tuple(ir.Told(each.value, each.label, each.description) for each in schema.told)
    return ir.Docs(description=schema.description, deprecated=schema.deprecated, told=told)


def docs_of_operation(operation: Operation) -> ir.Docs:
    return ir.Docs(
        summary=operation.summary,
        description=operation.description,
        deprecated=operation.deprecated,
    )


def worded(schema: Schema, document: Document) -> Schema:
    """Return a schema with the words and the default of its parts, where it has none itself."""
    if not schema.all_of:
        return schema
    found = words(schema, parts(schema, document))
    return replace(
        schema,
        title=found.title,
        description=found.description,
        default=found.default,
        deprecated=found.deprecated,
        write_only=found.write_only,
        secret=found.secret,
    )


def words(schema: Schema, found: tuple[Part, ...]) -> Schema:
    """Return a schema of words alone: the nearest count, and those of components are their own."""
    farthest = sorted(found, key=lambda part: (-len(part.through), -part.depth))
    nearest = [part.schema for part in reversed(farthest)]
    inline = {part.schema.at for part in found if not part.through}
    own = [leaf for leaf in nearest if leaf.at in inline]
    return Schema(
        at=schema.at,
        title=next((leaf.title for leaf in own if leaf.title.raw), EMPTY),
        description=next((leaf.description for leaf in own if leaf.description.raw), EMPTY),
        format=next((leaf.format for leaf in nearest if leaf.format), ""),
        encoding=next((leaf.encoding for leaf in nearest if leaf.encoding), ""),
        default=next((leaf.default for leaf in nearest if leaf.default is not None), None),
        deprecated=any(leaf.deprecated for leaf in own),
        write_only=any(leaf.write_only for leaf in nearest),
        secret=any(leaf.secret for leaf in nearest),
        discriminator=next((p.schema.discriminator for p in found if p.depth == 0), None),
        node=schema.node,
    )
