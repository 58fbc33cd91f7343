"""JSON pointers: what goes into one comes out of it, and references lead to what is at one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from specloom.document.node import Node, at_pointer, pointer_of, pointer_tokens
from specloom.pointers import fragment, pointer_to, tokens_of
from specloom.values import Place, Tree

TOKENS = st.lists(st.text(alphabet="a~/%20#$é \"'", max_size=6), max_size=4).map(tuple)


def test_pointers_are_those_of_the_specification() -> None:
    """RFC 6901, sections 5 and 6."""
    assert pointer_to(("a/b", "m~n", "")) == "/a~1b/m~0n/"
    assert tokens_of("/a~1b/m~0n/") == ("a/b", "m~n", "")
    assert tokens_of("/~01") == ("~1",)
    assert fragment("/c%d/ ") == "#/c%25d/%20"


@given(TOKENS)
def test_a_pointer_says_its_tokens(tokens: tuple[str, ...]) -> None:
    pointer = pointer_to(tokens)
    assert tokens_of(pointer) == tokens
    assert pointer_tokens(fragment(pointer)) == tokens
    assert pointer_of(fragment(pointer)) == pointer


@given(TOKENS)
def test_a_node_is_found_at_its_pointer(tokens: tuple[str, ...]) -> None:
    tree: Tree = "here"
    for token in reversed(tokens):
        tree = {token: tree}
    found = at_pointer(Node(tree, Place("f", ""), tree), pointer_to(tokens))
    assert found is not None
    assert (found.value, found.at.pointer) == ("here", pointer_to(tokens))
