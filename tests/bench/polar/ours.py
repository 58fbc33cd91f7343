"""The tasks with the client that is made here, from the package `polar_api`."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any
from uuid import UUID

# made while the benchmark runs, and found beside this file: no type checker can know them
models: Any = import_module("polar_api.models")
scenes: Any = import_module("scenes")
ID, OTHER, EXTERNAL = scenes.ID, scenes.OTHER, scenes.EXTERNAL

server = scenes.Server()
polar: Any = import_module("polar_api").Client(base_url=server.url, oat="polar_oat_secret")

scenes.play(
    server,
    (
        lambda: polar.oauth2.token(
            models.AuthorizationCodeTokenRequest(
                client_id="id", client_secret="secret", code="code", redirect_uri="https://a.test/"
            )
        ),
        lambda: polar.customers.get_external(EXTERNAL),
        lambda: polar.orders.list(
            product_id=[UUID(ID), UUID(OTHER)],
            created_after=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
            sorting=["-amount"],
        ),
        lambda: polar.checkouts.create(models.CheckoutProductsCreate(products=[UUID(ID)])),
        lambda: polar.customer_sessions.create(
            models.CustomerSessionCustomerIDCreate(customer_id=UUID(ID))
        ),
    ),
)
