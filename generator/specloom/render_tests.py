"""The tests of a package as text, by their templates."""

from __future__ import annotations

from specloom.python.tests.trials import Trials
from specloom.render import environment


def render_tests(view: Trials) -> dict[str, str]:
    """Return the files of the tests, by their path below the folder of tests.

    The last is the user's own: to be written once, where there is none yet.
    """
    templates = environment()
    group = templates.get_template("test_group.py.jinja")
    yours = templates.get_template("test_yours.py.jinja")
    files = {one.path: group.render(tests=one) for one in view.groups}
    if view.oauth is not None:
        files[view.oauth.path] = templates.get_template("test_oauth.py.jinja").render(
            tests=view.oauth
        )
    if view.webhooks is not None:
        webhooks = templates.get_template("test_webhooks.py.jinja")
        files[view.webhooks.path] = webhooks.render(tests=view.webhooks)
    return {**files, view.yours.path: yours.render(tests=view.yours)}
