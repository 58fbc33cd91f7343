"""Words of documents as identifiers: tables of what is wanted, and what holds for any text."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.naming.namespace import Namespace
from specloom.naming.pins import Section
from specloom.values import Text
from specloom.words import Scope, pascal, snake, split, upper


@pytest.mark.parametrize(
    ("text", "class_name", "name"),
    [
        ("TokenResponse", "TokenResponse", "token_response"),
        ("HTTPError", "HTTPError", "http_error"),
        ("OAuth2Token", "Oauth2Token", "oauth2_token"),
        ("user_profile", "UserProfile", "user_profile"),
        ("x-rate limit", "XRateLimit", "x_rate_limit"),
        ("v1.Pod", "V1Pod", "v1_pod"),
        ("größe", "Grosse", "grosse"),
        ("日本", "Thing", "thing"),
        ("", "Thing", "thing"),
        ("123", "Thing123", "thing_123"),
        ("__class__", "Class", "class"),
    ],
)
def test_words_become_names(text: str, class_name: str, name: str) -> None:
    words = split(Text(text))
    assert pascal(words, otherwise="Thing") == class_name
    assert snake(words, otherwise="thing") == name
    assert upper(words, otherwise="thing") == name.upper()


@given(st.lists(st.text(), min_size=1, max_size=30))
def test_any_texts_become_identifiers_of_their_own(texts: list[str]) -> None:
    scope = Scope(("self", "extra"))
    names = [scope.claim(snake(split(Text(text)), otherwise="field")) for text in texts]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert name not in ("self", "extra")
        assert len(name) < 100


def test_an_address_that_is_claimed_twice_gets_two_names() -> None:
    space = Namespace()
    space.keep(Section.TYPES, ["/a"], {Section.TYPES: {"/a": "Kept", "/b": "Other"}})
    assert [str(space.claim(Section.TYPES, "/a", "New")) for _ in "ab"] == ["Kept", "New"]


def test_a_claim_is_never_given_twice() -> None:
    scope = Scope(("list",))
    claimed = [scope.claim(name) for name in ("a", "a", "A", "list", "list", "class")]
    assert claimed == ["a", "a_2", "A2", "list_", "list_2", "class_"]
