"""The arguments of the command line, and the help that is worth reading."""

from __future__ import annotations

import argparse
from typing import NoReturn

from specloom import __version__
from specloom.config import Misconfigured
from specloom.shown import shown

_ALL = """\
Python from OpenAPI documents: typed dataclasses, a sync and an async client, and real tests.

commands:
  generate   make packages, or bring them up to date
  check      say what has changed since: for CI
  explain    show how a type, a property or an operation was understood
  lower      print the model of a document, as JSON

options:
  -h, --help  show this, or the help of a command: specloom generate --help
  --version   show the version

Exit status: 0 done, 1 refused or out of date, 2 wrong usage or configuration, 130 interrupted.
"""
_GENERATE = """\
Make packages, or bring them up to date. Only files that differ are written, and what is not made
any more is removed; a file that you have edited is never overwritten unless you ask for it.

  specloom generate                        every target of ./pyproject.toml
  specloom generate polar_oauth2           one of them
  specloom generate api.yaml -o generated  a document, without configuration

arguments:
  TARGET               the name of a target in [tool.specloom.targets]; all without one
  SPEC                 a document: YAML, JSON, or a page of Markdown with an OpenAPI block

options:
  -o, --output DIR     the folder that gets the package of SPEC, and its specloom.lock
  --package NAME       what the package of SPEC is called; as SPEC itself by default
  --tests TDIR         the folder that gets its tests; none are made by default
  --transport LIBRARY  what its requests are sent with: httpx2 (the default) or httpx
  --force              overwrite files that were edited, and say which
  --strict             refuse documents with warnings
  -h, --help           show this

specloom.lock remembers what was generated from what, and every name that was given: commit it, and
no change of a document will rename anything. It lies beside pyproject.toml, or in DIR.
"""
_CHECK = """\
Say whether packages are up to date: whether document, configuration, version, templates, names
and every file that was written are still what specloom.lock says. Nothing is written, unless an
interrupted run has to be finished first.

  specloom check                           every target of ./pyproject.toml
  specloom check polar_oauth2              one of them
  specloom check api.yaml -o generated     a document, with the options that generated it

arguments:
  TARGET               the name of a target in [tool.specloom.targets]; all without one
  SPEC                 a document

options:
  -o, --output DIR     the folder that has the package of SPEC
  --package NAME       what it is called
  --tests TDIR         the folder that has its tests
  --transport LIBRARY  what its requests are sent with
  -h, --help           show this

The exit status is 1 if anything has moved; what it was is said, and what mends it.
"""
_EXPLAIN = """\
Show how a type, a property, an operation or a union was understood, from which lines of the
document, and how variants are told apart.

  specloom explain polar_oauth2                            all that there is to explain
  specloom explain polar_oauth2 TokenRequest               a type
  specloom explain polar_oauth2 TokenResponse.scope        a property
  specloom explain api.yaml oauth2.request_token           an operation
  specloom explain api.yaml '#/components/schemas/Token'   what a line of the document became

arguments:
  TARGET, SPEC  a target of ./pyproject.toml, with the names in its lock, or a document
  NAME          a name in Python or in the document
  POINTER       a JSON pointer

options:
  --strict      refuse documents with warnings
  -h, --help    show this
"""
_LOWER = """\
Print what a document means, as JSON on standard output: the model that packages are made from,
or what everything in it is called.

  specloom lower api.yaml | jq .operations
  specloom lower polar_oauth2 --names

arguments:
  TARGET, SPEC   a target of ./pyproject.toml, with the names in its lock, or a document

options:
  --names        print what each operation, parameter, body, answer and type is called in Python
  --format json  the only format so far
  --strict       refuse documents with warnings
  -h, --help     show this
"""


COMMANDS = ("generate", "check", "explain", "lower")


class _Parser(argparse.ArgumentParser):
    """A parser that leaves its words to us: they are the same with every version of Python."""

    def __init__(self, *, prog: str, words: str, usage: str) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            add_help=False,
            allow_abbrev=False,
            # asked for its width, argparse would import what asks the terminal
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=100),
        )
        self.words = words
        self.add_argument("-h", "--help", action="help")

    def format_help(self) -> str:
        return f"usage: {self.usage}\n\n{self.words}"

    def error(self, message: str) -> NoReturn:
        raise Misconfigured(f"{message}; see {self.prog} --help")


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return what the user asks for. Raises Misconfigured, and SystemExit after showing help."""
    first = next((word for word in arguments if not word.startswith("-")), COMMANDS[0])
    if first not in COMMANDS:
        raise Misconfigured(_no_command(first))
    parser = _Parser(prog="specloom", words=_ALL, usage="specloom COMMAND ...")
    parser.add_argument("--version", action="version", version=f"specloom {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", prog=parser.prog)

    def command(name: str, words: str, usage: str) -> argparse.ArgumentParser:
        prog = f"specloom {name}"
        return commands.add_parser(name, prog=prog, words=words, usage=f"{prog} {usage}")

    generate = command("generate", _GENERATE, "[TARGET ... | SPEC -o DIR] [options]")
    generate.add_argument("--force", action="store_true")
    check = command("check", _CHECK, "[TARGET ... | SPEC -o DIR] [options]")
    for made in (generate, check):
        made.add_argument("positionals", metavar="TARGET", nargs="*")
        for option in ("--package", "--tests", "--transport"):
            made.add_argument(option)
        made.add_argument("-o", "--output")
    explain = command("explain", _EXPLAIN, "TARGET|SPEC [NAME|POINTER] [options]")
    explain.add_argument("positional", metavar="TARGET|SPEC")
    explain.add_argument("wanted", metavar="NAME|POINTER", nargs="?")
    lower = command("lower", _LOWER, "TARGET|SPEC [options]")
    lower.add_argument("positional", metavar="TARGET|SPEC")
    lower.add_argument("--names", action="store_true")
    lower.add_argument("--format", choices=("json",), default="json")
    for one in (generate, explain, lower):
        one.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    if options.command is None:
        raise Misconfigured("what to do? See specloom --help")
    return options


def _no_command(word: str) -> str:
    from specloom.near import nearest

    near = nearest(word, COMMANDS)
    known = f"did you mean `{near}`?" if near else f"known are {', '.join(COMMANDS)}"
    return f"there is no command `{shown(word)}`: {known}"
