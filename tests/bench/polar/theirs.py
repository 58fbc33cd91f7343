"""The tasks with `polar-sdk`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# of another environment, and beside this file: no type checker can know them
scenes: Any = import_module("scenes")
ID, OTHER, EXTERNAL = scenes.ID, scenes.OTHER, scenes.EXTERNAL

server = scenes.Server()
polar: Any = import_module("polar.v2026_10").Polar("polar_oat_secret", base_url=server.url)

scenes.play(
    server,
    (
        None,
        lambda: polar.customers.get_external(EXTERNAL),
        lambda: polar.orders.list(
            product_id=[ID, OTHER],
            created_after="2026-01-02T00:00:00Z",
            sorting=["-amount"],
        ),
        lambda: polar.checkouts.create(products=[ID]),
        lambda: polar.customer_sessions.create(customer_id=ID),
    ),
)
