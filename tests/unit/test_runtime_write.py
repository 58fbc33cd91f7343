"""Writers of plain values."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from uuid import UUID

import pytest
from runtime import _write as write
from runtime._types import UNSET
from runtime.errors import ConstraintError

ID = UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")


class Plain(str, Enum):  # noqa: UP042 (its `str()` is its name: the trap that is tested)
    RED = "red"


class Strong(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


def refusal(write_it: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(ConstraintError) as caught:
        write_it(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("writer", "value", "written"),
    [
        (write.string, "x", '"x"'),
        (write.string, Plain.RED, '"red"'),
        (write.string, Strong.RED, '"red"'),
        (write.boolean, True, "true"),
        (write.integer, 3, "3"),
        (write.integer, Number.ONE, "1"),
        (write.number, 3, "3"),
        (write.number, 3.0, "3.0"),
        (write.number, Number.ONE, "1"),
        (write.number, 10**400, str(10**400)),
        (write.uuid, ID, f'"{ID}"'),
    ],
)
def test_a_writer_returns_plain_json(
    writer: Callable[[object], object], value: object, written: str
) -> None:
    result = writer(value)
    assert type(result) in (str, int, float, bool)
    assert json.dumps(result) == written


@pytest.mark.parametrize(
    ("writer", "expected", "others"),
    [
        (write.string, "a string", [None, UNSET, 1, b"x", ID, ["x"]]),
        (write.boolean, "a boolean", [None, UNSET, 1, 0, "true"]),
        (write.integer, "an integer", [None, UNSET, True, 1.0, "1"]),
        (write.number, "a finite number", [None, True, "1", float("nan"), float("inf"), 1j]),
        (write.uuid, "a UUID", [None, UNSET, str(ID), ID.bytes]),
    ],
)
def test_a_writer_refuses_the_rest(
    writer: Callable[..., object], expected: str, others: list[object]
) -> None:
    for value in others:
        assert refusal(writer, value, "a") == f"$.a: expected {expected}"
        assert refusal(writer, value) == f"$: expected {expected}"


def test_choices_are_equal_as_json_has_it() -> None:
    assert type(write.choice(Strong.RED, "a", ("red", "blue"))) is str
    assert repr(write.const(1.0, "a", 1)) == "1"
    assert write.choice(None, "a", ("red", None)) is None
    assert refusal(lambda: write.const(True, "a", 1)) == "$.a: expected 1"
    assert refusal(lambda: write.choice("s3cret", None, ("a", "b"))) == '$: expected "a" or "b"'


def test_null_is_written_where_it_may_be() -> None:
    assert write.nullable(write.string, None, "a") is None
    assert write.nullable(write.uuid, ID) == str(ID)
    assert refusal(lambda: write.nullable(write.string, UNSET, "a")) == "$.a: expected a string"


def test_instances_and_variants() -> None:
    write.instance(Strong.RED, Strong)
    assert refusal(lambda: write.instance("red", Strong)) == "$: expected an instance of Strong"
