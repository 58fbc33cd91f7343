"""JSONPath: what a query selects, what is none, and that none takes forever."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.jsonpath import Exhausted, Malformed, Query, Steps, Undecided, parsed, select
from specloom.values import Tree

# The document of RFC 9535, section 1.5.
STORE: Tree = {
    "store": {
        "book": [
            {"category": "reference", "author": "Rees", "title": "Sayings", "price": 8.95},
            {"category": "fiction", "author": "Waugh", "title": "Sword", "price": 12.99},
            {"category": "fiction", "author": "Melville", "isbn": "0-553", "price": 8.99},
            {"category": "fiction", "author": "Tolkien", "isbn": "0-395", "price": 22.99},
        ],
        "bicycle": {"color": "red", "price": 399},
    }
}
STEPS = 100_000


def ways(path: str, tree: Tree) -> list[str]:
    query = parsed(path)
    assert isinstance(query, Query), query
    found = select(query, tree, Steps(STEPS))
    return ["/".join(map(str, node.tokens)) for node in found]


@pytest.mark.parametrize(
    ("path", "selected"),
    [
        ("$", [""]),
        ("$.store.book[*].author", [f"store/book/{i}/author" for i in range(4)]),
        ("$..author", [f"store/book/{i}/author" for i in range(4)]),
        ("$.store.*", ["store/book", "store/bicycle"]),
        ("$.store..price", ["store/bicycle/price", *(f"store/book/{i}/price" for i in range(4))]),
        ("$..book[2]", ["store/book/2"]),
        ("$..book[-1]", ["store/book/3"]),
        ("$..book[0,1]", ["store/book/0", "store/book/1"]),
        ("$..book[:2]", ["store/book/0", "store/book/1"]),
        ("$..book[::-2]", ["store/book/3", "store/book/1"]),
        ("$..book[?@.isbn]", ["store/book/2", "store/book/3"]),
        ("$..book[?@.price<10]", ["store/book/0", "store/book/2"]),
        ("$['store'][\"bicycle\"]", ["store/bicycle"]),
        ("$ [ 'store' ] .bicycle", ["store/bicycle"]),
        ("$..book[0,0]", ["store/book/0"]),
        ("$..book[?@.price >= 8.99 && !@.isbn]", ["store/book/1"]),
        (
            "$..book[?(@.isbn || @.title == 'Sayings') && @.price != 22.99]",
            ["store/book/0", "store/book/2"],
        ),
        ("$..book[?match(@.author, '[MT].*')]", ["store/book/2", "store/book/3"]),
        ("$..book[?search(@.author, 'e')]", ["store/book/0", "store/book/2", "store/book/3"]),
        ("$..book[?length(@.author) == 4]", ["store/book/0"]),
        ("$..[?count(@.*) == 2]", ["store", "store/bicycle"]),
        ("$.store[?value(@..color) == 'red']", ["store/bicycle"]),
        ("$..book[?@.price == $.store.book[0].price]", ["store/book/0"]),
        ("$..book[?@ == $.store.book[1]]", ["store/book/1"]),
        ("$..book[?@.isbn == @.none]", ["store/book/0", "store/book/1"]),
        ("$..book[9]", []),
        ("$.store.book.length", []),
        ("$.store.bicycle.color[0]", []),
    ],
)
def test_what_a_query_selects(path: str, selected: list[str]) -> None:
    assert sorted(ways(path, STORE)) == sorted(selected)


SPELLINGS: list[tuple[str, Tree, list[str]]] = [
    # RFC 9535, 2.3.5.2.2: true is not 1, and a text is not a number
    ("$[?@ == 1]", [1, 1.0, True, "1"], ["0", "1"]),
    ("$[?@ == true]", [1, True], ["1"]),
    ("$[?@ == null]", [None, 0, {}], ["0"]),
    ("$[?@ < 2]", [1, "1", False, None], ["0"]),
    ("$[?@ < 'b']", ["a", "b", 1], ["0"]),
    ("$[?@ == -0]", [0, 0.0], ["0", "1"]),
    ("$[?@ == 1e2]", [100], ["0"]),
    ("$['\\u00e9\\ud83d\\ude00']", {"é😀": 1}, ["é😀"]),
    ("$['\\'\\n']", {"'\n": 1}, ["'\n"]),
    ("$.é", {"é": 1}, ["é"]),
    ("$['']", {"": 1}, [""]),
    ("$['0']", ["a"], []),
    ("$[0]", {"0": "a"}, []),
    ("$[?@['a b']]", [{"a b": None}], ["0"]),
    ("$[?match(@, 'a|b')]", ["a", "ab", 1], ["0"]),
    ("$[::0]", [1, 2], []),
    ("$[5:1:-2]", list(range(7)), ["5", "3"]),
]


@pytest.mark.parametrize(("path", "tree", "selected"), SPELLINGS)
def test_values_and_spellings(path: str, tree: Tree, selected: list[str]) -> None:
    assert ways(path, tree) == selected


def test_parents_come_before_what_is_in_them() -> None:
    assert ways("$..*", {"a": {"b": [1]}, "c": 2}) == ["a", "c", "a/b", "a/b/0"]


@pytest.mark.parametrize(
    ("path", "at", "reason"),
    [
        ("", 0, "a path begins with `$`"),
        (" $", 0, "a path begins with `$`"),
        ("$ ", 1, "`.`, `..` or `[` is expected here"),
        ("$.", 2, "a name or `*` is expected here"),
        ("$..", 3, "a name or `*` is expected here"),
        ("$.1", 2, "a name or `*` is expected here, not `1`"),
        ("$[01]", 3, "`]` is expected here, not `1`"),
        ("$[-0]", 2, "a name in quotes, a number, `*` or `?` is expected here, not `-`"),
        ("$['a]", 2, "this string has no end"),
        ("$['\\x']", 3, "`\\x` is no escape in this string"),
        ("$['\\\"']", 3, "no escape in this string"),
        ("$['\\ud800']", 3, "half a character of two is none"),
        ("$[9007199254740992]", 2, "this number is too large for an index"),
        ("$[?@.a = 1]", 7, "`]` is expected here, not `=`"),
        ("$[?1]", 3, "a value by itself is no condition"),
        ("$[?@.* == 1]", 3, "what may select several nodes cannot be compared"),
        ("$[?!@.a == 1]", 3, "`!` stands before a test"),
        ("$[?lenght(@) == 1]", 3, "there is no function `lenght`: did you mean `length`?"),
        ("$[?length(@.*) == 1]", 10, "what may select several nodes cannot be compared"),
        ("$[?count(1) == 1]", 9, "a query is expected here"),
        ("$[?count(@)]", 3, "what `count()` returns is no condition"),
        ("$[?match(@, 'a') == true]", 3, "`match()` is a condition"),
        ("$[?match(@)]", 3, "`match()` takes 2 argument(s), not 1"),
        ("$[?(@.a]", 7, "`)` is expected here, not `]`"),
        ("$[?nothing == 1]", 3, "`@`, `$`, a value or a function is expected here"),
    ],
)
def test_what_is_no_query(path: str, at: int, reason: str) -> None:
    wrong = parsed(path)
    assert isinstance(wrong, Malformed), wrong
    assert (wrong.at, reason in wrong.reason) == (at, True), wrong


@pytest.mark.parametrize(
    "path",
    [
        "$" + "[?@" * 40 + "]" * 40,
        "$[?" + "(" * 5_000 + "@" + ")" * 5_000 + "]",
        "$" + ".a" * 4_000,
        "$" + "a" * 20_000,
        "$[?@ == 1" + "0" * 1_000 + "]",
    ],
)
def test_a_query_that_is_too_large_is_none(path: str) -> None:
    assert isinstance(parsed(path), Malformed)


@pytest.mark.parametrize(
    "path",
    [
        "$..*..*..*..*",
        "$..[?@..[?@..[?@..x]]]",
        "$..[?@ == @]..[?@ == @]..[?@ == @]",
        "$..[?count($..*) > 3]",
        "$..[?search(@, '(a|b|ab)*(a|bc)*(a|c)*d')]..*..*",
    ],
)
def test_no_query_takes_forever(path: str) -> None:
    wide: Tree = [{"k": [{"k": ["ab" * 20] * 5}] * 10}] * 100
    query = parsed(path)
    assert isinstance(query, Query)
    with pytest.raises(Exhausted):
        select(query, wide, Steps(STEPS))


def test_a_pattern_that_cannot_be_decided_is_said() -> None:
    query = parsed("$[?search(@, '(a|b)\\\\1')]")
    assert isinstance(query, Query)
    with pytest.raises(Undecided, match="cannot be decided"):
        select(query, ["ab"], Steps(STEPS))


@given(st.text(alphabet="$@.*[]()?!=<>&|,:'\"\\ au019-", max_size=30))
def test_any_text_is_a_query_or_none(text: str) -> None:
    query = parsed(f"${text}")
    if isinstance(query, Query):
        select(query, STORE, Steps(STEPS))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=12,
    )
)
def test_every_node_has_a_path_of_its_own(tree: Tree) -> None:
    """Normalized paths (RFC 9535, section 2.7) select what they are the paths of."""
    query = parsed("$..*")
    assert isinstance(query, Query)
    for node in select(query, tree, Steps(STEPS)):
        spelled = (json.dumps(t) if isinstance(t, str) else str(t) for t in node.tokens)
        again = ways("$" + "".join(f"[{word}]" for word in spelled), tree)
        assert again == ["/".join(map(str, node.tokens))]
