"""The arguments of the command line, taken apart."""

from __future__ import annotations

import argparse
from typing import NoReturn

from specloom import __version__
from specloom.command import help as texts
from specloom.config import Misconfigured, Mistakes
from specloom.shown import shown

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
    parser = _Parser(prog="specloom", words=texts.ALL, usage="specloom COMMAND ...")
    parser.add_argument("--version", action="version", version=f"specloom {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", prog=parser.prog)

    def command(name: str, words: str, usage: str) -> argparse.ArgumentParser:
        prog = f"specloom {name}"
        return commands.add_parser(name, prog=prog, words=words, usage=f"{prog} {usage}")

    generate = command("generate", texts.GENERATE, "[TARGET ... | SPEC -o DIR] [options]")
    generate.add_argument("--force", action="store_true")
    check = command("check", texts.CHECK, "[TARGET ... | SPEC -o DIR] [options]")
    for made in (generate, check):
        made.add_argument("positionals", metavar="TARGET", nargs="*")
        for option in ("--package", "--tests", "--transport", "--responses"):
            made.add_argument(option)
        made.add_argument("-o", "--output")
    explain = command("explain", texts.EXPLAIN, "TARGET|SPEC [NAME|POINTER] [options]")
    explain.add_argument("positional", metavar="TARGET|SPEC")
    explain.add_argument("wanted", metavar="NAME|POINTER", nargs="?")
    explain.add_argument("--ledger", action="store_true")
    lower = command("lower", texts.LOWER, "TARGET|SPEC [options]")
    lower.add_argument("positional", metavar="TARGET|SPEC")
    lower.add_argument("--names", action="store_true")
    lower.add_argument("--format", choices=("json",), default="json")
    for one in (generate, explain, lower):
        one.add_argument("--strict", action="store_true")
    for one in (generate, check, explain, lower):
        for option in ("--overlay", "--tag", "--path", "--operation"):
            one.add_argument(option, action="append")
        one.add_argument("--root")
        one.add_argument("--allow", action="append")
        one.add_argument("--limit", action="append")
    options, strangers = parser.parse_known_args(arguments)
    if options.command is None:
        raise Mistakes(parser.format_help().rstrip())
    if strangers:
        raise Misconfigured(_no_option(strangers[0], options.command))
    return options


def _no_option(word: str, command: str) -> str:
    if not word.startswith("-"):
        return f"`{shown(word)}` is one word too many; see specloom {command} --help"
    from specloom.near import nearest

    known = [option for option in getattr(texts, command.upper()).split() if option[:2] == "--"]
    near = nearest(word.partition("=")[0], known)
    hint = f"did you mean `{near}`?" if near else f"see specloom {command} --help"
    return f"there is no option `{shown(word)}`: {hint}"


def _no_command(word: str) -> str:
    from specloom.near import nearest

    near = nearest(word, COMMANDS)
    known = f"did you mean `{near}`?" if near else f"known are {', '.join(COMMANDS)}"
    return f"there is no command `{shown(word)}`: {known}"
