"""How a text spells a tree, and who can read it. Each reader is loaded when it is needed."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from specloom.diagnostics import Diagnostic
from specloom.limits import Limits
from specloom.source.locate import Marks, Path, Wanted
from specloom.source.page import Page
from specloom.values import Tree


class Syntax(Enum):
    """The two notations of OpenAPI."""

    JSON = "json"
    YAML = "yaml"

    @classmethod
    def of(cls, text: str) -> Syntax:
        """Return what a text is most likely written in."""
        return cls.JSON if text.lstrip().startswith("{") else cls.YAML


def read(syntax: Syntax, page: Page, limits: Limits) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Return the tree and warnings; raise Unreadable."""
    match syntax:
        case Syntax.JSON:
            from specloom.source import json

            return json.read(page, limits)
        case Syntax.YAML:
            from specloom.source import yaml

            return yaml.read(page, limits)
        case _:
            assert_never(syntax)


def offsets(syntax: Syntax, text: str, wanted: Wanted) -> dict[Path, Marks]:
    """Return where the wanted nodes stand in the text of a document that could be read."""
    match syntax:
        case Syntax.JSON:
            from specloom.source import json

            return json.offsets(text, wanted)
        case Syntax.YAML:
            from specloom.source import yaml

            return yaml.offsets(text, wanted)
        case _:
            assert_never(syntax)
