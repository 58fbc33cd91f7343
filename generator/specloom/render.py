"""Views as text, by the templates: the only Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.code import Code
from specloom.installed import templates
from specloom.python.package import views as package_views

if TYPE_CHECKING:
    from jinja2 import Environment

_IMPORT = re.compile(r"^ *from (\.+)(_?\w*) import (\([^)]+\)|.+?)$", re.MULTILINE)
_OWN = ("models", "codecs", "client", "oauth", "webhooks")


def render(package: package_views.Package) -> dict[str, str]:
    """Return the files of a package that are made from its document, by path."""
    made = environment()

    def printed(template: str, **values: object) -> str:
        return made.get_template(f"{template}.py.jinja").render(values)

    return {
        "__init__.py": printed("__init__", init=package.init),
        **{view.path: printed("models", models=view) for view in package.models},
        **{view.path: printed("codecs", codecs=view) for view in package.codecs},
        package.client.path: printed("client", client=package.client),
        **{
            view.path: printed("client_module", module=view, group=view.group)
            for view in package.groups
        },
        **{view.path: printed("folder", folder=view) for view in package.folders},
        **{
            view.path: printed("webhooks", webhooks=view)
            for view in (package.webhooks,)
            if view is not None
        },
        **{view.path: printed("oauth", oauth=view) for view in filter(None, (package.oauth,))},
    }


def environment() -> Environment:
    """Return what templates are rendered by: it lets in no text that nobody vouches for."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = Path(templates())
    return Environment(  # nosec B701 # see `autoescape`
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


def runtime(files: Mapping[str, str], transport: str) -> dict[str, str]:
    """Return the runtime modules that the files import, and those that these import in turn.

    Modules of a transport take the place of those that serve the default one.
    """
    folder = Path(templates(), "runtime")
    found: dict[str, str] = {}
    pending = ["_lazy", "errors"]
    for path, text in files.items():
        pending += _imported(text, "." * (1 + path.count("/")))
    while pending:
        name = pending.pop()
        path = f"{name}.py"
        if name in _OWN or path in found:
            continue
        chosen = Path(templates(), "transports", transport, path)
        found[path] = (chosen if chosen.is_file() else folder / path).read_text("utf-8")
        pending += _imported(found[path], ".")
    return dict(sorted(found.items()))


def _imported(text: str, root: str) -> Iterator[str]:
    """Yield the modules of the package that a file imports; `root`: how it says the package."""
    for start, home, names in _IMPORT.findall(text):
        if start != root:
            continue
        if home:
            yield home
        else:
            yield from re.findall(r"(_\w+)(?= as |,|\)|$)", names)
