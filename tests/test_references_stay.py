"""References stay within the folder of a document, however they are spelled, and wherever they stand."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from specloom.config import Target
from specloom.pipeline import Made, make
from specloom.values import Tree

TOKEN = "PLANTED-WORD"
SECRET = f"Leak: {{type: string, enum: [{TOKEN}]}}\n"
SPELLINGS = (
    *("file://{}", "FILE://{}", "file:{}", "file://localhost{}", " file://{}", "\tfile://{}", "{}"),
    *("fi\nle://{}", "\uff46ile://{}", "file:///proc/self/root{}", "//localhost{}", "///{}"),
    *("../secret.yaml", "./../secret.yaml", "sub/../../secret.yaml", "sub/./.././../secret.yaml"),
    *("..%2fsecret.yaml", "%2e%2e/secret.yaml", "%2E%2E%2Fsecret.yaml", "%252e%252e/secret.yaml"),
    *("..\\secret.yaml", "..%5csecret.yaml", "....//secret.yaml", ".././secret.yaml", "sub/..;/../../secret.yaml"),
    *("../secret.yaml%00.json", "../secret.yaml\x00.json", "../secret.yaml?x=.json", "../secret"),
    *("\u2024\u2024/secret.yaml", "\uff0e\uff0e/secret.yaml", "..\u2215secret.yaml", "..\uff0fsecret.yaml"),
    *("~/secret.yaml", "$HOME/../secret.yaml", "link.yaml", "linked/secret.yaml", ".hidden.yaml"),
    *("/proc/self/environ", "/proc/self/fd/0", "/dev/stdin", "pipe.yaml", "sub", ".", "sub.yaml"),
    *("http://127.0.0.1:9/a.yaml", "HTTP://127.0.0.1:9/a.yaml", "http:a.yaml", "https:/127.0.0.1/a.yaml"),
    *("//127.0.0.1:9/a.yaml", "\\\\127.0.0.1\\a.yaml", "ftp://127.0.0.1/a.yaml", "data:application/json,{{}}"),
    *("javascript:a.yaml", "jar:file://{}!/a.yaml", "urn:a:b.yaml", "mailto:a.yaml", "file+http://a.yaml"),
)  # fmt: skip
PLACES: dict[str, Tree] = {
    "schema": {"components": {"schemas": {"A": {"$ref": "@"}}}},
    "mapping": {
        "components": {
            "schemas": {
                "A": {
                    "oneOf": [{"$ref": "#/components/schemas/B"}],
                    "discriminator": {"propertyName": "k", "mapping": {"x": "@"}},
                },
                "B": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}},
            }
        }
    },
    "path": {"paths": {"/a": {"$ref": "@"}}},
    "response": {"paths": {"/a": {"get": {"responses": {"200": {"$ref": "@"}}}}}},
}
IDLE: Tree = {
    "$self": "@",
    "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
    "externalDocs": {"url": "@"},
    "components": {
        "examples": {"E": {"externalValue": "@"}},
        "schemas": {
            "A": {"enum": [{"$ref": "@"}], "example": {"$ref": "@"}, "default": {"$ref": "@"}}
        },
    },
}
"""What a document has besides; nothing is asked of what is data, or what nobody follows."""

_opened: list[str] = []
_watching = False


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(args[0], str):
        _opened.append(os.path.realpath(args[0]))
    elif event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        _opened.append(f"{event} {args!r}")


sys.addaudithook(_hook)


def _laid_out(folder: Path) -> Path:
    """Return a folder for documents; beside it is what none of them may see."""
    home = folder / "home"
    (home / "sub").mkdir(parents=True)
    (folder / "secret.yaml").write_text(SECRET, "utf-8")
    (home / ".hidden.yaml").write_text(SECRET, "utf-8")
    (home / "link.yaml").symlink_to(folder / "secret.yaml")
    (home / "linked").symlink_to(folder)
    (home / "sub.yaml").mkdir()
    os.mkfifo(home / "pipe.yaml")
    return home


def _filled(tree: Tree, reference: str) -> Tree:
    match tree:
        case str():
            return tree.replace("@", reference)
        case dict():
            return {key: _filled(value, reference) for key, value in tree.items()}
        case list():
            return [_filled(value, reference) for value in tree]
        case _:
            return tree


def _seen(home: Path, more: Tree) -> tuple[bool, str, list[str]]:
    """Return whether a document is made, all that is said or made, and what was opened outside."""
    global _watching
    spec = home / "api.json"
    assert isinstance(more, dict)
    head: dict[str, Tree] = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
    }
    spec.write_text(json.dumps({**head, **more}), "utf-8")
    _opened.clear()
    _watching = True
    try:
        made = make(Target("t", str(spec), "out", "t", None))
    finally:
        _watching = False
    said = "\n".join(made.messages)
    if isinstance(made, Made):
        said += b"\n".join(made.files.values()).decode()
    planted = {str(home.parent / "secret.yaml"), str(home / ".hidden.yaml")}
    outside = [
        what for what in _opened if what in planted or what.startswith(("socket", "subprocess"))
    ]
    return isinstance(made, Made), said, outside


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_nothing_is_read_from_elsewhere(spelling: str, tmp_path: Path) -> None:
    home = _laid_out(tmp_path)
    reference = spelling.format(tmp_path / "secret.yaml") + "#/Leak"
    for place, tree in PLACES.items():
        is_made, said, outside = _seen(home, _filled(tree, reference))
        assert not is_made, place
        assert (TOKEN in said, outside) == (False, []), place
        assert all(character == "\n" or character.isprintable() for character in said), place
    is_made, said, outside = _seen(home, _filled(IDLE, reference.replace("\x00", "")))
    assert (TOKEN in said, outside) == (False, [])


def test_what_is_planted_could_be_read(tmp_path: Path) -> None:
    """The same reference to a file of the folder is followed: the test would see it."""
    home = _laid_out(tmp_path)
    (home / "secret.yaml").write_text(SECRET, "utf-8")
    is_made, said, outside = _seen(home, _filled(PLACES["schema"], "secret.yaml#/Leak"))
    assert (is_made, TOKEN in said) == (True, True)
    assert str(home / "secret.yaml") in _opened
    assert outside == []
