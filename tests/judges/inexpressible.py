"""Scenarios that no client made of the emitted document can play, each with the reason."""

from __future__ import annotations

INEXPRESSIBLE = {
    "Parameters_Path_optional": (
        "an optional name in the path, `optional{name}`: OpenAPI has none (3.1.1, Parameter Object: "
        "`required` of a path parameter is true)"
    ),
}
