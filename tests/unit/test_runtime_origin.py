"""URLs taken apart: as httpx2 does, or not at all."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._origin import split
from runtime.errors import TransportError


@pytest.mark.parametrize(
    ("url", "authority", "address", "target"),
    [
        ("https://a.test", "a.test", "a.test:443", "/"),
        ("HTTP://A.Test:80/b?c=d", "a.test", "a.test:80", "/b?c=d"),
        ("https://a.test:80/b?", "a.test:80", "a.test:80", "/b?"),
        ("http://[::1]:8080//b/?c=?d", "[::1]:8080", "[::1]:8080", "//b/?c=?d"),
        ("http://[::1]", "[::1]", "[::1]:80", "/"),
        ("https://a.test/#X=y?z=1", "a.test", "a.test:443", "/"),
        ("https://a.test/b c/%2F%zz\"<>`{}|^[]?q='` é{}", "a.test", "a.test:443", None),
    ],
)
def test_a_url_has_an_origin_and_a_target(
    url: str, authority: str, address: str, target: str | None
) -> None:
    origin, found = split(url)
    assert (origin.authority, origin.address) == (authority, address)
    assert target is None or found == target
    assert found.encode() == httpx2.URL(url).raw_path


URLS = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.test", "A.B.TEST", "127.0.0.1", "[::1]", "a_b.test"]),
    st.sampled_from(["", ":80", ":443", ":8443", ":0080"]),
    st.text(st.sampled_from("/abc%20é~!$&'()*+,;=:@\"<>`{}|^[]\\ €"), max_size=20).map(
        lambda path: f"/{path}"
    ),
    st.text(st.sampled_from("abc%20é~!$&'()*+,;=:@\"<>`{}|^[]\\ /?€"), max_size=20).map(
        lambda query: f"?{query}" * bool(query)
    ),
)


@given(URLS)
def test_what_is_asked_is_what_httpx2_asks(url: str) -> None:
    origin, target = split(url)
    theirs = httpx2.URL(url)
    assert (target.encode(), origin.authority.encode()) == (theirs.raw_path, theirs.netloc)
    assert target.isascii()
    assert target.isprintable()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://a.test/", "none of http"),
        ("https:///a", "none of http"),
        ("https://a@b.test:x/", "none of http"),
        ("https://ä.test/", "in ASCII"),
        ("https://faß.test/", "in ASCII"),
        ("https://a.test/b/../c", r"with . or .. in it"),
        ("https://a.test/./c", r"with . or .. in it"),
        ("https://a.test/c/..", r"with . or .. in it"),
    ],
)
def test_what_others_might_read_in_another_way_is_refused(url: str, says: str) -> None:
    with pytest.raises(TransportError, match=says):
        split(url)
