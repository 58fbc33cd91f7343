"""The flows of OAuth 2.0 by which callers come by tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.security import Flow
from specloom.lower.draft import Lowering
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Text

_GRANTS = {
    "authorizationCode": ir.Grant.AUTHORIZATION_CODE,
    "clientCredentials": ir.Grant.CLIENT_CREDENTIALS,
}
"""RFC 9700, sections 2.1.2 and 2.4, has no others: they show tokens or passwords to third parties."""
_REST = r"(/[\w.~!$&'()*+,;=:@%/-]*)?(\?[\w.~!$&'()*+,;=:@%/?-]*)?"
_ABSOLUTE = re.compile(
    rf"https?://(\[[0-9A-Fa-f:.]+\]|[\w.~-]+)(:[0-9]+)?{_REST}", re.IGNORECASE | re.ASCII
)
_RELATIVE = re.compile(rf"(?!//)[\w.~!$&'()*+,;=@%-]*{_REST}", re.ASCII)


def is_absolute(url: Text) -> bool:
    return _ABSOLUTE.fullmatch(url.raw) is not None


def lower_flows(flows: tuple[Flow, ...]) -> Lowering[tuple[ir.Flow, ...]]:
    """Return the flows that tokens are got by. Yields a finding for what is at no address."""
    found: list[ir.Flow] = []
    for flow in flows:
        if flow.kind not in _GRANTS:
            continue
        wrong = tuple(_wrong(flow))
        yield from wrong
        if not wrong and flow.token_url is not None:
            found.append(
                ir.Flow(
                    grant=_GRANTS[flow.kind],
                    token_url=flow.token_url,
                    refresh_url=_given(flow.refresh_url),
                    authorization_url=_given(flow.authorization_url),
                    scopes=tuple(ir.Scope(name, said) for name, said in flow.scopes if name.raw),
                    at=flow.at,
                )
            )
    return tuple(found)


def _wrong(flow: Flow) -> Iterator[Diagnostic]:
    urls = {
        "tokenUrl": flow.token_url,
        "refreshUrl": flow.refresh_url,
        "authorizationUrl": flow.authorization_url,
    }
    if not (flow.token_url and flow.token_url.raw):
        yield finding(
            "flow-address", flow.at.at_key(), "there is no `tokenUrl`: nothing gets tokens"
        )
    for key, url in urls.items():
        if url is not None and url.raw and not _is_address(url):
            message = f"`{shown(url)}` is no address of HTTP: nothing gets tokens by this flow"
            yield finding("flow-address", flow.at.step(key), message)


def _is_address(url: Text) -> bool:
    return is_absolute(url) or _RELATIVE.fullmatch(url.raw) is not None


def _given(url: Text | None) -> Text | None:
    return url if url is not None and url.raw else None
