"""The command line: what a user types, and what is said back."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from specloom import __version__, config
from specloom.config import Misconfigured, Target

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130
_GENERATE = """\
Generate a package from a document: specloom generate api.yaml -o generated

Without a document, every target of [tool.specloom.targets] in ./pyproject.toml is generated.
"""
_LOWER = """\
Print what a document means, as JSON on standard output: the model that packages are made from,
or with --names what each operation, parameter, body, answer and type is called in Python.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 refused, 2 usage, 130 interrupted."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except Misconfigured as mistake:
        return _say(f"specloom: error: {mistake}", USAGE)
    except KeyboardInterrupt:
        return _say("specloom: interrupted", INTERRUPTED)
    except BrokenPipeError:
        # whoever read has gone: nothing is left to say, not even by the interpreter at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as mistake:
        return _say(f"specloom: internal error: {_where(mistake)}: please report it", REFUSED)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="specloom", description="Python from OpenAPI documents.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"specloom {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    generate = _command(commands.add_parser, "generate", "generate packages", _GENERATE)
    generate.add_argument("spec", metavar="SPEC", nargs="?", help="YAML, JSON, or Markdown")
    generate.add_argument("-o", "--output", metavar="DIR", help="where the package goes")
    generate.add_argument("--package", metavar="NAME", help="its name; that of SPEC by default")
    generate.add_argument("--tests", metavar="TDIR", help="where its tests go; none by default")
    generate.set_defaults(run=_generate)
    lower = _command(commands.add_parser, "lower", "print the model of a document", _LOWER)
    lower.add_argument("spec", metavar="SPEC", help="YAML, JSON, or Markdown")
    lower.add_argument("--names", action="store_true", help="print the names instead")
    lower.add_argument("--format", choices=("json",), default="json", help="the default: json")
    lower.set_defaults(run=_lower)
    return parser


def _command(
    add: Callable[..., argparse.ArgumentParser], name: str, summary: str, text: str
) -> argparse.ArgumentParser:
    command = add(
        name,
        help=summary,
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_argument("--strict", action="store_true", help="refuse documents with warnings")
    return command


def _generate(options: argparse.Namespace) -> int:
    from specloom.pipeline import generate

    done = True
    for target in _targets(options):
        outcome = generate(target, strict=options.strict)
        for line in outcome.messages:
            _say(line, REFUSED)
        done = done and outcome.done
    return DONE if done else REFUSED


def _targets(options: argparse.Namespace) -> tuple[Target, ...]:
    if options.spec is None:
        for name in ("output", "package", "tests"):
            if getattr(options, name) is not None:
                raise Misconfigured(f"--{name} goes with a document: specloom generate SPEC -o DIR")
        return config.targets(Path("pyproject.toml"))
    if options.output is None:
        raise Misconfigured("where to? Add -o DIR")
    package = options.package or Path(options.spec).stem.replace("-", "_").replace(".", "_")
    tests = None if options.tests is None else Path(options.tests)
    return (
        Target(
            name=package,
            spec=options.spec,
            output=Path(options.output),
            package=config.package_name(package),
            tests=tests,
        ),
    )


def _lower(options: argparse.Namespace) -> int:
    from specloom import printing
    from specloom.naming import name
    from specloom.pipeline import understand

    understood = understand(options.spec, strict=options.strict)
    for line in understood.messages:
        _say(line, REFUSED)
    if understood.api is None:
        return REFUSED
    api = understood.api
    sys.stdout.write(printing.names(api, name(api)) if options.names else printing.model(api))
    return DONE


def _say(text: str, status: int) -> int:
    sys.stderr.write(f"{text}\n")
    return status


def _where(mistake: BaseException) -> str:
    """Return what went wrong and in which line of this program: never what it was about."""
    trace = mistake.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    return f"{type(mistake).__name__} at {place}"
