"""Your own tests of `polar_oauth2_corrected`: created once, never overwritten."""

from __future__ import annotations

from polar_oauth2_corrected import Client


def test_yours() -> None:
    with Client(base_url="https://example.test") as client:
        assert "example.test" in repr(client)
