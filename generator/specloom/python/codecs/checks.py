"""Constraints as calls of the runtime."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python.layout import Group, block
from specloom.python.literals import literal


def checks_of(type_: ir.Type) -> tuple[ir.Check, ...]:
    """Return the constraints of a type where it is mentioned; those within it are not its own."""
    match type_:
        case ir.Checked(_, checks):
            return checks
        case ir.Nullable(of):
            return checks_of(of)
        case _:
            return ()


def check_lines(type_: ir.Type, value: Code, name: Code, *, mark: Code = NOTHING) -> Iterator[Code]:
    """Return a statement for each constraint. A check passes what it does not speak of.

    `mark` stands before the names of runtime modules.
    """
    for check in checks_of(type_):
        if isinstance(check, ir.Holds | ir.Exclusive):
            continue  # of the JSON, which the codecs ask
        arguments = (value, name, *map(Code, _arguments(check)))
        yield block(Group(Code(f"{mark}{_function(check)}("), arguments, Code(")")), 4)


def _function(check: ir.Check) -> str:
    match check:
        case ir.Bounds():
            return "limits.bounds"
        case ir.MultipleOf():
            return "limits.multiple"
        case ir.Width():
            return "limits.width"
        case ir.Length():
            return "check.length"
        case ir.Count():
            return "limits.count"
        case ir.Size():
            return "limits.size"
        case ir.Unique():
            return "limits.unique"
        case ir.UuidVersion():
            return "check.uuid_version"
        case ir.Holds() | ir.Exclusive():
            raise AssertionError("of the JSON, not of the value")
        case _:
            assert_never(check)


def _arguments(check: ir.Check) -> Iterator[str]:
    match check:
        case ir.Bounds(least=least, most=most, above=above, below=below):
            named = {"least": least, "most": most, "above": above, "below": below}
            yield from (f"{key}={literal(v)}" for key, v in named.items() if v is not None)
        case ir.MultipleOf(of):
            yield literal(of)
        case ir.Width(bits, signed):
            yield literal(bits)
            if not signed:
                yield "signed=False"
        case ir.Length(least, most) | ir.Count(least, most) | ir.Size(least, most):
            yield literal(least)
            if most is not None:
                yield literal(most)
        case ir.Unique():
            return
        case ir.UuidVersion(version):
            yield literal(version)
        case ir.Holds() | ir.Exclusive():
            return
        case _:
            assert_never(check)
