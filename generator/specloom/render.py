"""Views as text, by the templates: the only Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.code import Code
from specloom.installed import templates
from specloom.python import views

if TYPE_CHECKING:
    from jinja2 import Environment

_IMPORT = re.compile(r"^from \.(_?\w*) import (\([^)]+\)|.+?)$", re.MULTILINE)
_OWN = ("models", "codecs", "client")


def render(package: views.Package) -> dict[str, str]:
    """Return the files of a package that are made from its document, by name."""
    values = {"init": package.init, "models": package.models}
    values |= {"codecs": package.codecs, "client": package.client}
    made = environment()
    return {
        f"{name}.py": made.get_template(f"{name}.py.jinja").render(values)
        for name in ("__init__", *_OWN)
    }


def environment() -> Environment:
    """Return what templates are rendered by: it lets in no text that nobody vouches for."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = Path(templates())
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text("utf-8")),
        undefined=StrictUndefined,
        finalize=_vouched,
        autoescape=False,  # Python is no HTML: `finalize` lets nothing in but `Code`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _vouched(value: object) -> Code:
    if not isinstance(value, Code):
        raise TypeError(f"a template was given {type(value).__name__}, not Code")
    return value


def runtime(texts: Iterable[str], transport: str) -> dict[str, str]:
    """Return the runtime modules that the texts import, and those that these import in turn.

    Modules of a transport take the place of those that serve the default one.
    """
    folder = Path(templates(), "runtime")
    found: dict[str, str] = {}
    pending = ["_lazy", "errors", *(name for text in texts for name in _imported(text))]
    while pending:
        name = pending.pop()
        path = f"{name}.py"
        if name in _OWN or path in found:
            continue
        chosen = Path(templates(), "transports", transport, path)
        found[path] = (chosen if chosen.is_file() else folder / path).read_text("utf-8")
        pending += _imported(found[path])
    return dict(sorted(found.items()))


def _imported(text: str) -> Iterator[str]:
    for home, names in _IMPORT.findall(text):
        if home:
            yield home
        else:
            yield from re.findall(r"(_\w+)(?= as |,|\)|$)", names)
