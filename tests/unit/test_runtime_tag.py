"""Tags that no variant has."""

from __future__ import annotations

import pickle

import pytest
from runtime._tag import NO_TAG, UnlistedTag, reader, unlisted
from runtime._types import UNSET
from runtime.errors import DecodeError

GRANTS = ("authorization_code", "refresh_token", "web")


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        (
            "refresh",
            '$.grant_type: "refresh" is not one of authorization_code, refresh_token, web; '
            "did you mean refresh_token?",
        ),
        ("zzz", '$.grant_type: "zzz" is not one of authorization_code, refresh_token, web'),
        (7, "$.grant_type: 7 is not one of authorization_code, refresh_token, web"),
        (
            UNSET,
            "$.grant_type: expected one of authorization_code, refresh_token, web, found nothing",
        ),
        (
            ["web"],
            "$.grant_type: expected one of authorization_code, refresh_token, web, found an array",
        ),
        (
            True,
            "$.grant_type: expected one of authorization_code, refresh_token, web, found a boolean",
        ),
    ],
)
def test_an_unlisted_tag_is_told_beside_those_that_are_known(tag: object, message: str) -> None:
    assert str(unlisted(tag, GRANTS, "grant_type")) == message


def test_a_long_tag_is_cut_and_cannot_move_the_terminal() -> None:
    told = str(unlisted("\x1b[2J" + "x" * 100, GRANTS, "grant_type"))
    assert told.startswith('$.grant_type: "\\u001b[2Jxxx')
    assert "x" * 30 + "... is not one of" in told
    assert "x" * 31 not in told


def test_a_long_row_of_tags_is_cut() -> None:
    told = str(unlisted("no", tuple(f"tag-{n}" for n in range(60)), "type"))
    assert told.endswith("tag-10, tag-11 and 48 more")


def test_the_error_is_a_decode_error_that_pickles_and_moves_up() -> None:
    error = unlisted("refresh", GRANTS, "grant_type").under("items", 3)
    assert isinstance(error, DecodeError)
    assert str(error).startswith('$.items[3].grant_type: "refresh" is not one of')
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is UnlistedTag
    assert str(copy) == str(error)


def test_a_tag_is_read_of_what_has_one() -> None:
    read = reader("type")
    assert read({"type": "opened"}) == "opened"
    values: list[object] = [{}, None, "type", [], 7, True, 1.5]
    for value in values:
        with pytest.raises(NO_TAG):
            read(value)
    table: dict[object, int] = {"opened": 1}
    with pytest.raises(NO_TAG):
        table[read({"type": ["opened"]})]
