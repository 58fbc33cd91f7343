"""What a positional argument means: a target if one has that name, else a document."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from specloom import config
from specloom.command.run import Work
from specloom.config import RESPONSES, TRANSPORTS, Misconfigured, Target, bounds
from specloom.config.folders import held
from specloom.config.values import disallowed
from specloom.lock.job import Job, job_of, relative
from specloom.shown import shown

PROJECT = "pyproject.toml"


class Options(NamedTuple):
    """What goes with a document on the command line, and stands in the configuration else."""

    output: str | None = None
    package: str | None = None
    tests: str | None = None
    transport: str | None = None
    responses: str | None = None
    overlay: tuple[str, ...] = ()
    root: str | None = None
    tag: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    operation: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    limit: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Return the options that the user gave, but for the output folder."""
        lists = {
            "package": (self.package,),
            "tests": (self.tests,),
            "transport": (self.transport,),
            "responses": (self.responses,),
            "overlay": self.overlay,
            "root": (self.root,),
            "tag": self.tag,
            "path": self.path,
            "operation": self.operation,
            "limit": self.limit,
        }
        return tuple(f"--{k}={v}" for k, vs in lists.items() for v in vs if v is not None)


class Subject(NamedTuple):
    """A document to tell about."""

    target: Target
    """Of a document without a target, what of it is meant."""
    job: Job | None
    """The target that has it, and that may have given names already."""


def work(positionals: Sequence[str], options: Options) -> Work:
    """Return what is to be generated or checked.

    Raises Misconfigured.
    """
    known = {t.name: t for t in config.targets(PROJECT, optional=bool(positionals))}
    configured = frozenset(known)
    if not positionals:
        _refuse(options)
        return Work(tuple(map(_of_target, known.values())), configured, whole=True)
    chosen = [known[name] for name in dict.fromkeys(positionals) if name in known]
    if len(chosen) == len(dict.fromkeys(positionals)):
        _refuse(options)
        return Work(tuple(map(_of_target, chosen)), configured)
    stranger = next(name for name in positionals if name not in known)
    if options.output is None:
        raise Misconfigured(_no_target(stranger, tuple(known)))
    if len(positionals) > 1:
        others = ", ".join(f"`{shown(name)}`" for name in positionals if name != stranger)
        raise Misconfigured(f"-o DIR goes with one document: not with {others} as well")
    return Work((_of_document(stranger, options, options.output),))


def subject(positional: str, options: Options) -> Subject:
    """Return what is to be told about. Raises Misconfigured."""
    known = {target.name: target for target in config.targets(PROJECT, optional=True)}
    if positional in known:
        _refuse(options)
        return Subject(known[positional], _of_target(known[positional]))
    if not _is_path(positional):
        raise Misconfigured(_no_target(positional, tuple(known)))
    return Subject(_edition(Target("", positional, "", "", None), options), None)


def _refuse(options: Options) -> None:
    for name, value in options._asdict().items():
        if value is not None and value != ():
            raise Misconfigured(f"--{name} goes with a document: specloom generate SPEC -o DIR")


def _of_target(target: Target) -> Job:
    documents = tuple(relative(path, ".") for path in (target.spec, *target.overlays))
    return job_of(target, ".", documents, target.name)


def _of_document(spec: str, options: Options, output: str) -> Job:
    stem = os.path.splitext(os.path.basename(spec))[0]
    package = (
        stem.replace("-", "_").replace(".", "_") if options.package is None else options.package
    )
    try:
        config.package_name(package)
    except Misconfigured as mistake:
        raise Misconfigured(f"{mistake}; add --package NAME") from None
    transport = _known(options.transport, TRANSPORTS, "there is no transport")
    responses = _known(options.responses, RESPONSES, "responses may not be")
    target = Target(package, spec, output, package, options.tests, transport, responses)
    target = _edition(target, options)
    _check(target)
    again = shlex.join([spec, "-o", output, *options.said])
    return job_of(target, output, _names(spec, *options.overlay), again)


def _edition(target: Target, options: Options) -> Target:
    """Return a target with what the user says of the document itself."""
    _known_features(options.allow)
    limits, wrong = bounds.said(options.limit)
    if wrong is not None:
        raise Misconfigured(": ".join(filter(None, wrong)))
    return target._replace(
        overlays=options.overlay,
        root=options.root,
        tags=options.tag,
        paths=options.path,
        operations=options.operation,
        allow=options.allow,
        limits=limits,
    )


def _names(*paths: str) -> tuple[str, ...]:
    """Return the names of files alone: where they lie on one machine is nothing for a lock."""
    names = tuple(map(os.path.basename, paths))
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twice is not None:
        raise Misconfigured(f"two files are called `{shown(twice)}`: a lock tells them by name")
    return names


def _known(chosen: str | None, known: Sequence[str], wrong: str) -> str:
    """Return what was chosen, or the first: the default."""
    if chosen and chosen not in known:
        *others, last = known
        listed = f"{', '.join(others)} and {last}"
        raise Misconfigured(f"{wrong} `{shown(chosen)}`: known are {listed}")
    return chosen or known[0]


def _known_features(allowed: Iterable[str]) -> None:
    """Raise Misconfigured for a name that nothing unsupported has."""
    for name in allowed:
        if (found := disallowed(name)) is not None:
            raise Misconfigured(": ".join(found))


def _check(target: Target) -> None:
    """Raise Misconfigured where the folders of a document are not its own."""
    for path in (target.spec, target.output, target.tests, *target.overlays):
        if path is not None and not (path and path.isprintable()):
            raise Misconfigured(f"`{shown(path)}` is no path that could be told in a lock")
    if config.targets(os.path.join(target.output, PROJECT), optional=True):
        there = shown(target.output)
        raise Misconfigured(
            f"{there} has targets and a lock of its own: name another folder, or add a target"
        )
    texts = {key: value for key, value in target._asdict().items() if isinstance(value, str)}
    for _, says in held("", texts, target.overlays):
        raise Misconfigured(says)


def _no_target(name: str, known: Sequence[str]) -> str:
    if _is_path(name):
        return f"where to? Add -o DIR: specloom generate {shown(shlex.quote(name))} -o DIR"
    what = f"`{shown(name)}` is neither a target of {PROJECT} nor a file"
    if not known:
        return what
    from specloom.near import nearest

    near = nearest(name, known)
    return f"{what}: did you mean `{near}`?" if near else f"{what}: known are {', '.join(known)}"


def _is_path(name: str) -> bool:
    """Return whether a word is meant to be a file, even one that is not there."""
    return os.path.exists(name) or bool(os.path.splitext(name)[1])
