"""Extensions that say how the answers of an operation go on, as three tools write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from specloom.document.node import Node
from specloom.page_choices import PageChoice
from specloom.values import Place

KEYS = ("x-speakeasy-pagination", "x-fern-pagination", "x-ms-pageable")
_WAY = re.compile(r"\$(?:response|request)?\.?(.*)")
_LAST = "[-1]."  # of JSONPath: the last item


@dataclass(frozen=True, slots=True)
class PageHint:
    key: str
    """The extension."""
    at: Place
    choice: PageChoice


def page_hint(node: Node) -> PageHint | None:
    """Return what the first of these extensions says, as far as it can be told."""
    for key in KEYS:
        found = node.get(key)
        if found is None:
            continue
        choice = {KEYS[0]: _speakeasy, KEYS[1]: _fern, KEYS[2]: _microsoft}[key](found)
        return None if choice is None else PageHint(key, found.at, choice)
    return None


def _speakeasy(node: Node) -> PageChoice | None:
    """`type`, `inputs` and `outputs`: the latter are JSONPaths into the answer."""
    outputs = node.get("outputs")
    inputs = {item.word("type"): item for item in node.elements("inputs")}
    said = {} if outputs is None else {key: outputs.word(key) or "" for key in outputs.keys}
    items = _way(said["results"]) if "results" in said else None
    base = PageChoice("", items=items)
    match node.word("type"):
        case "offsetLimit" if "page" in inputs:
            pages = _way(said.get("numPages", ""))
            return _asked(base._replace(by="page", pages=pages), inputs["page"])
        case "offsetLimit" if "offset" in inputs:
            return _asked(base._replace(by="offset"), inputs["offset"])
        case "cursor" if "cursor" in inputs:
            following = said.get("nextCursor", "")
            items, _, key = following.rpartition(_LAST)
            if _LAST in following and key:
                last = base._replace(by="last-item", key=key, items=_way(items))
                return _asked(last, inputs["cursor"])
            return _asked(base._replace(by="cursor", next=_way(following)), inputs["cursor"])
        case "url":
            return base._replace(by="url", next=_way(said.get("nextUrl", "")))
        case _:
            return None


def _asked(choice: PageChoice, given: Node) -> PageChoice | None:
    places = {"parameters": "query", "requestBody": "body"}
    place = places.get(given.word("in") or "")
    if place is None:
        return None
    return choice._replace(parameter=given.word("name") or "", place=place)


def _fern(node: Node) -> PageChoice | None:
    """Ways into `$request` and `$response`. What is false says that there are no pages."""
    if node.value is False:
        return PageChoice("")
    said = {key: _way(node.word(key) or "") for key in node.keys}
    base = PageChoice("", items=said.get("results"), more=said.get("has-next-page", ""))
    if said.get("cursor") and said.get("next_cursor"):
        return base._replace(by="cursor", parameter=said["cursor"], next=said["next_cursor"])
    if said.get("offset"):
        by = "offset" if said.get("step") else "page"
        return base._replace(by=by, parameter=said["offset"])
    return base._replace(by="url", next=said["next_uri"]) if said.get("next_uri") else None


def _microsoft(node: Node) -> PageChoice | None:
    """`nextLinkName`, where null says that there is one page, and `itemName`."""
    if node.get("nextLinkName") is None:
        return None
    following = node.word("nextLinkName")
    if following is None:
        return PageChoice("")
    return PageChoice("", by="url", next=following, items=node.word("itemName") or "value")


def _way(path: str) -> str:
    """Return the way that a JSONPath of names alone takes, as it is said elsewhere."""
    found = _WAY.fullmatch(path)
    return path if found is None else found[1]
