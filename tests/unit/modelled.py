"""Models made by hand: definitions, and an operation that sends and receives each."""

from __future__ import annotations

from collections.abc import Mapping

from specloom import ir
from specloom.assertion import Assertion
from specloom.values import Json, Kind, Place, Text, Tree
from specloom.verdict import Choice, Evidence, Rule, Take, Verdict

STRING = ir.Scalar(ir.ScalarKind.STRING)
INTEGER = ir.Scalar(ir.ScalarKind.INTEGER)
NUMBERS = (Kind.INTEGER, Kind.NUMBER)


def id_of(name: str) -> ir.TypeId:
    return ir.TypeId(f"/components/schemas/{name}")


def ref(name: str) -> ir.Ref:
    return ir.Ref(id_of(name))


def constant(*values: Tree) -> ir.Literal:
    return ir.Literal(tuple(map(Json.of, values)))


def open_constant(*values: Tree) -> ir.Literal:
    return ir.Literal(tuple(map(Json.of, values)), open=True)


def place(name: str) -> Place:
    return Place("model.yaml", f"/components/schemas/{name}")


def record(
    required: Mapping[str, ir.Type],
    optional: Mapping[str, ir.Type] | None = None,
    checks: tuple[ir.Check, ...] = (),
) -> ir.Object:
    members = [(name, type_, True) for name, type_ in required.items()]
    members += [(name, type_, False) for name, type_ in (optional or {}).items()]
    return ir.Object(
        checks=checks,
        properties=tuple(
            ir.Property(wire_name=Text(name), type=type_, required=needed, at=place(name))
            for name, type_, needed in members
        ),
        closed=False,
    )


def variant(type_: ir.Type, assertion: Assertion | None = None) -> ir.Variant:
    return ir.Variant(type=type_, assertion=assertion, at=place("x"))


def union(
    choice: Choice, *variants: ir.Type | ir.Variant, exclusive: tuple[Assertion, ...] = ()
) -> ir.Union:
    return ir.Union(
        variants=tuple(v if isinstance(v, ir.Variant) else variant(v) for v in variants),
        exclusive=exclusive,
        verdict=Verdict(choice=choice, evidence=Evidence.PROVEN, rule=Rule.MIXED),
    )


def takes(*kinds: Kind, variant: int) -> tuple[tuple[Kind, ...], Choice]:
    return kinds, Take(variant)


def definition(
    name: str, shape: ir.Shape, *, nullable: bool = False, usage: ir.Usage | None = None
) -> ir.Definition:
    return ir.Definition(
        id=id_of(name),
        hints=(ir.Said(Text(name)),),
        shape=shape,
        nullable=nullable,
        usage=usage or ir.Usage(sent=True, received=True),
        at=place(name),
    )


def operation(name: str) -> ir.Operation:
    content = (
        ir.Content(
            media_type=Text("application/json"),
            codec=ir.Codec.JSON,
            type=id_of(name),
            at=place(name),
        ),
    )
    return ir.Operation(
        id=ir.OperationId(f"/paths/~1{name}/post"),
        operation_id=Text(f"post_{name}"),
        group=None,
        method="POST",
        path=Text(f"/{name}"),
        body=ir.Body(contents=content, required=True, at=place(name)),
        responses=(ir.Response(status=ir.Exact(200), contents=content, at=place(name)),),
        at=place(name),
    )


def api(*definitions: ir.Definition) -> ir.Api:
    """Return a model in which the last definition goes out with a request and comes back."""
    names = [d.id.address.rpartition("/")[2] for d in definitions[-1:]]
    return ir.Api(
        title=Text("Models"),
        version=Text("1"),
        servers=(),
        definitions=definitions,
        operations=tuple(map(operation, names)),
        at=Place("model.yaml", ""),
    )
