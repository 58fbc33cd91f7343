"""The OpenAPI document that a page of Markdown shows in a fenced block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it import MarkdownIt

from specloom.limits import Limits, raising
from specloom.source import json
from specloom.source.page import Page
from specloom.source.syntax import Syntax

_LINE_END = re.compile(r"\r\n?|\n")
_LANGUAGES = {"yaml": Syntax.YAML, "yml": Syntax.YAML, "json": Syntax.JSON, "": None}
_KEY = r"""["']?(?:openapi|swagger)["']?[ \t]*:"""
_MEMBER = re.compile(r"\{?\s*" + _KEY)


def document(page: Page, limits: Limits) -> tuple[Syntax, Page]:
    """Return the only block that holds OpenAPI; raise Unreadable if there is none, or two."""
    found = list(islice(_documents(page, limits), 2))
    if not found:
        raise page.refusal(
            "markdown-block",
            "no fenced block holds an OpenAPI document; one begins with ```yaml and openapi:",
        )
    if len(found) > 1:
        raise found[1][1].refusal(
            "not-supported-yet",
            "a second block with an OpenAPI document; keep each in a file of its own",
        )
    return found[0]


def _documents(page: Page, limits: Limits) -> Iterator[tuple[Syntax, Page]]:
    lines = _LINE_END.split(page.text)
    if len(lines) > limits.markdown_lines:
        message = f"the page has more than {limits.markdown_lines:,} lines; leave parts out"
        raise page.refusal("limit", message, hint=raising("markdown-lines"))
    # Only blocks matter here, so text within paragraphs and link definitions is not looked at.
    parser = MarkdownIt("commonmark").disable(["inline", "reference"])
    for token in parser.parse(page.text):
        language = (token.info.split() or [""])[0].lower()
        if token.type != "fence" or token.map is None or language not in _LANGUAGES:
            continue
        if not _is_openapi(token.content):
            continue
        first, end = token.map[0] + 1, token.map[1]
        within = token.content.split("\n")
        margins = tuple(
            max(0, len(line) - len(part))
            for line, part in zip(lines[first:end], within, strict=False)
        )
        syntax = _LANGUAGES[language] or Syntax.of(token.content)
        yield syntax, Page(page.name, token.content, first, margins, page.text)


def _is_openapi(text: str) -> bool:
    """Tell whether the outermost mapping seems to have `openapi` or `swagger`.

    A look suffices: a block with a mistake in it should be read, for the mistake to be told.
    """
    first = re.search(r"^(?!(?:---|%|[ \t]*#)|[ \t]*$)([ \t]*)(\S)", text, re.MULTILINE)
    if first is None:
        return False
    if first[2] == "{":
        marks = json.structure(text)
        return any(depth == 1 and _MEMBER.match(text, at) for at, _, depth in marks)
    return re.search(rf"^{first[1]}{_KEY}", text, re.MULTILINE) is not None
