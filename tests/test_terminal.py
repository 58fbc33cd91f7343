"""Whatever a document, a configuration, a lock or a path says: a terminal obeys none of it.

Everything that a command says is looked at: no control character, nothing that turns text around
or hides it, no line that a stranger has begun, none without an end.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TypeAlias, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.cli import main
from specloom.command.terminal import Terminal
from specloom.source import read
from specloom.values import Tree

from .project import SPEC, Project
from .support import ROOT

FORGED = "FORGED"
OBEYED = "\x1b[2J\x9b31m\x07\x08\x7f\r"
TURNED = "\u202e\u2066\u200f\u061c"
HIDDEN = "\u200b\u2060\ufeff\u00ad\u3164\u034f\ufe0f\U000e0041\U000e0100\u2800"
BROKEN = f"\x85{FORGED}\u2028{FORGED}\u2029{FORGED}\x0b{FORGED}\x0c{FORGED}\x1e{FORGED}\n{FORGED}"
HOSTILE = f"{OBEYED}{TURNED}{HIDDEN}{BROKEN}"
ENDLESS = "x" * 20_000
LONGEST = 2_010
"""Of a line of a message."""
Members: TypeAlias = "dict[str, Tree]"


def said(*arguments: str) -> tuple[int, str, str]:
    """Return the status of a command, and what it says on each stream."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            status = main(arguments)
        except SystemExit:
            status = 0
    return status, out.getvalue(), err.getvalue()


def is_harmless(*arguments: str) -> tuple[int, str]:
    """Run a command and look at all that it says; return its status, and what it says."""
    status, out, err = said(*arguments)
    for text in (out, err):
        for line in text.split("\n"):
            assert line.isprintable(), ascii(line)
            assert not set(line) & set(HIDDEN), ascii(line)
            assert not line.startswith(FORGED), ascii(text)
    assert max(map(len, err.split("\n"))) <= LONGEST
    assert "internal error" not in err
    return status, out + err


# --- documents ---------------------------------------------------------------------------

BASES: list[Members] = [
    cast("Members", read(path)[0].tree)
    for path in (
        SPEC,
        ROOT / "tests/corpus/swagger_2/spec.yaml",
        ROOT / "tests/corpus/parameters/spec.yaml",
        ROOT / "tests/corpus/unions/spec.yaml",
    )
]
COMMANDS = (
    ("generate", "spec.json", "-o", "out", "--package", "p"),
    ("explain", "spec.json"),
    ("explain", "spec.json", "--ledger"),
    ("lower", "spec.json"),
    ("lower", "spec.json", "--names"),
)


def places(tree: Tree) -> Iterator[tuple[Members | list[Tree], str | int]]:
    """Return each container of a tree with each of its keys."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield tree, key
            yield from places(value)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield tree, index
            yield from places(value)


@st.composite
def documents(draw: st.DrawFn) -> Members:
    """Draw a document in which some texts, keys or values are hostile."""
    tree = copy.deepcopy(draw(st.sampled_from(BASES)))
    text = draw(st.sampled_from([HOSTILE, HOSTILE + ENDLESS, ENDLESS]))
    for _ in range(draw(st.integers(1, 6))):
        container, key = draw(st.sampled_from(list(places(tree))))
        how = draw(st.sampled_from(["behind", "before", "instead", "as a key", "beside"]))
        if isinstance(container, list) or how in ("behind", "before", "instead"):
            old = container[key]  # type: ignore[index] # it is a key of this container
            stem = old if isinstance(old, str) else ""
            new = {"behind": stem + text, "before": text + stem}.get(how, text)
            container[key] = new  # type: ignore[index] # it is a key of this container
        elif how == "as a key":
            container[f"{key}{text}"] = container.pop(str(key))
        else:
            container[f"x{text}"] = text
    return tree


@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(document=documents(), command=st.sampled_from(COMMANDS))
def test_no_document_speaks_to_the_terminal(
    document: Members, command: tuple[str, ...], tmp_path: Path
) -> None:
    with chdir(tmp_path):
        Path("spec.json").write_text(json.dumps(document), "utf-8")
        is_harmless(*command)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_sound_document_of_hostile_texts_is_told_without_harm(
    project: Project, command: tuple[str, ...]
) -> None:
    """It is understood, so all of it is told: names, descriptions, values, media types."""
    schema: Tree = {
        "type": "object",
        "description": HOSTILE,
        "properties": {
            f"a{HOSTILE}": {"type": "string", "enum": [f"b{HOSTILE}", "c"]},
            "d": {"type": "string", "default": HOSTILE, "pattern": "^" + "\u202e" * 3 + "$"},
            "e": {"oneOf": [{"type": "string"}, {"type": "integer"}], "title": HOSTILE},
        },
        "required": [f"a{HOSTILE}"],
        f"x-{HOSTILE}": HOSTILE,
    }
    name = "S\u3164 \u0301"  # with a control character it would be none
    pointer = "".join(f"%{byte:02X}" for byte in name.encode())
    content: Tree = {"application/json": {"schema": {"$ref": f"#/components/schemas/{pointer}"}}}
    operation: Tree = {
        "operationId": f"f{HOSTILE}",
        "tags": [f"g{HOSTILE}"],
        "summary": HOSTILE,
        "parameters": [{"name": f"q{HOSTILE}", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": HOSTILE, "content": content}},
    }
    document: Tree = {
        "openapi": "3.1.0",
        "info": {"title": f"t{HOSTILE}", "version": f"1{HOSTILE}"},
        "tags": [{"name": f"g{HOSTILE}", "description": HOSTILE}],
        "servers": [{"url": "https://a.test/", "description": HOSTILE}],
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": {name: schema}},
    }
    (project.folder / "spec.json").write_text(json.dumps(document), "utf-8")
    status, text = is_harmless(*command)
    assert status == 0, text
    if command[0] == "explain":
        is_harmless(*command, name)
        is_harmless(*command, f"S{HOSTILE}")
        is_harmless(*command, f"/components/schemas/S{HOSTILE}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", f"openapi: 3.1.0\ninfo: [{TURNED}{HIDDEN}\n  - b: }}\n"),
        ("a.yaml", f"openapi: 3.1.0\n{TURNED}: 1\n{TURNED}: 2\n"),
        ("a.yaml", f'openapi: "\\e[31m{TURNED}\\L{FORGED}"\n'),
        ("a.yaml", f"%TAG ! {TURNED}\n--- !<{HIDDEN}> a\n"),
        ("a.yaml", f"openapi: *{TURNED}\n"),
        ("a.yaml", "openapi: 3.1.0\n\x1b[31m: a\n"),
        ("a.json", f'{{"openapi": "{TURNED}", "{TURNED}": {HIDDEN}}}'),
        ("a.json", '{"openapi": "\\u001b[2J", "\\u001b": 1, "\\u001b": 2}'),
        ("a.md", f"# {TURNED}\n\n```yaml {TURNED}\nopenapi: {TURNED}\n```\n"),
        ("a.txt", f"<html>{HOSTILE}"),
    ],
)
def test_no_broken_document_speaks_to_the_terminal(project: Project, name: str, text: str) -> None:
    (project.folder / name).write_text(text, "utf-8", newline="")
    status, _ = is_harmless("explain", name)
    assert status == 1


def test_what_is_shown_is_harmless_whoever_made_it(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.show(f"a{HOSTILE}\nb\n")
    terminal.say(f"a{HOSTILE}{ENDLESS}")
    out, err = capsys.readouterr()
    assert [len(text.split("\n")) for text in (out, err)] == [4, 2]
    assert all(c == "\n" or (c.isprintable() and c not in HIDDEN) for c in out + err)
    assert len(err) < LONGEST


# --- everything else ---------------------------------------------------------------------

OPTIONS = (
    "--output",
    "--package",
    "--tests",
    "--transport",
    "--responses",
    "--overlay",
    "--root",
    "--tag",
    "--path",
    "--operation",
    "--allow",
    f"--{HOSTILE}",
)


@pytest.mark.parametrize("text", [HOSTILE, ENDLESS, f"\udcff{HOSTILE}"], ids=["odd", "long", "raw"])
def test_no_argument_speaks_to_the_terminal(project: Project, text: str) -> None:
    for option in OPTIONS:
        is_harmless("generate", "api.yaml", "-o", "out", option, text)
    for arguments in (
        (text,),
        ("generate", text),
        ("generate", text, "-o", "out"),
        ("generate", f"{text}.yaml"),
        ("generate", f"./{text}.yaml", "-o", "out"),
        ("check", text, text),
        ("check", text, "-o", "out"),
        ("explain", text),
        ("explain", f"{text}.yaml"),
        ("explain", "api.yaml", text),
        ("explain", "api.yaml", f"/{text}"),
        ("explain", "api.yaml", "x", text),
        ("lower", "api.yaml", "--format", text),
    ):
        status, _ = is_harmless(*arguments)
        assert status in (1, 2), arguments


@pytest.mark.parametrize(
    "text",
    [
        '[tool.specloom]\n"KEY" = 1\n',
        '[tool.specloom.targets."KEY"]\nspec = "KEY"\noutput = "KEY"\n',
        '[tool.specloom.targets.a]\nspec = "KEY"\noutput = "KEY"\npackage = "KEY"\n"KEY" = "KEY"\n',
        '[tool.specloom.targets.a]\nspec = "KEY"\noutput = "out"\n',
        '[tool.specloom.targets.a]\nspec = "api.yaml"\noutput = "KEY"\n',
        '[tool.specloom.targets.a]\nspec = "api.yaml"\noutput = "o"\ntransport = "KEY"\n',
        '[tool.specloom.targets.a]\nspec = "api.yaml"\noutput = "o"\nallow = ["KEY"]\n',
        '[tool.specloom.targets.a]\nspec = "api.yaml"\noutput = "o"\noverlays = ["KEY"]\n',
        '[tool.specloom.targets.a]\nspec = "api.yaml"\noutput = "o"\ntags = ["KEY"]\n',
        '"KEY" = 1\n"KEY" = 2\n',
        "# RAW\n[tool.specloom.targets.RAW\n",
    ],
)
def test_no_configuration_speaks_to_the_terminal(project: Project, text: str) -> None:
    key = "".join(f"\\U{ord(c):08X}" for c in HOSTILE)
    project.configure(text.replace("KEY", key).replace("RAW", TURNED + HIDDEN))
    for command in ("generate", "check"):
        status, _ = is_harmless(command)
        assert status in (1, 2)


def test_no_lock_speaks_to_the_terminal(project: Project) -> None:
    project.generate()
    key = "".join(f"\\U{ord(c):08X}" for c in HOSTILE)
    sound = project.lock.read_text("utf-8")
    output = "[targets.polar.outputs]\n"
    for old, new in (
        ("targets.polar", f'targets."{key}"'),
        (output, f'{output}"out/{key}.py" = "{key}"\n'),
        (output, f'{output}"{key}" = "sha256:0"\n'),
        ("[targets.polar]\n", f'[targets."{key}"]\n'),
        ("[targets.polar]\n", f'[targets.polar]\n"{key}" = 1\n'),
        ("operations = 1\n", f'operations = "{key}"\n'),
        ('"/tags/oauth2" = "Oauth2"\n', f'"/tags/oauth2" = "{key}"\n"{key}" = "A"\n'),
        ('"/tags/oauth2" = "Oauth2"\n', f'"/tags/oauth2" = "Oauth2"\n# {TURNED}\n{HIDDEN}\n'),
    ):
        assert old in sound
        project.lock.write_text(sound.replace(old, new), "utf-8")
        for command in (("check",), ("generate",)):
            is_harmless(*command)


def test_no_file_beside_speaks_to_the_terminal(project: Project) -> None:
    """Not by its name: those of strangers, those that a document refers to, those that are near."""
    name = f"b{OBEYED}{TURNED}{HIDDEN}\n{FORGED}.yaml"
    (project.folder / name).write_text(f"{TURNED}: {HIDDEN}\n", "utf-8")
    reference = "".join(f"%{byte:02X}" for byte in name.encode())
    text = project.spec.read_text("utf-8").replace("#/components/schemas/TokenResponse", reference)
    assert reference in text
    project.spec.write_text(text, "utf-8")
    is_harmless("generate")
    is_harmless("explain", name)
    is_harmless("explain", f"b{OBEYED}{TURNED}{HIDDEN}\n{FORGED}.yam")
    project.package.mkdir(parents=True, exist_ok=True)
    (project.package / f"{name}.py").write_text("", "utf-8")
    (project.folder / ".specloom-journal").write_text(f'[[["{TURNED}\\n{FORGED}", 1]], null]')
    is_harmless("generate")
