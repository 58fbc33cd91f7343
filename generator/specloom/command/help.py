"""The help of every command, word for word."""

from __future__ import annotations

ALL = """\
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
GENERATE = """\
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
  --transport LIBRARY  what its requests are sent with: httpx2 (the default), httpx, or stdlib,
                       which needs no other package
  --responses WHICH    open (the default): values and variants that the document does not list are
                       kept; closed: they are errors
  --overlay FILE       an overlay (Overlay Specification 1.0, 1.1) that changes SPEC before it is
                       read; may be given several times
  --root RDIR          the folder that references of SPEC may lead to: by default that of the
                       repository, or of the licence, that it is under; else its own
  --tag TAG            only what has this tag; with --path and --operation, all that any of them
                       chooses. Each may be given several times
  --path PATH          only what is at this path, in which * stands for any text: '/v1/pets*'
  --operation WHICH    only this operation: an operationId, or 'GET /v1/pets'
  --allow NAME         go without what is unsupported and called NAME (docs/RULES.md); may be given
                       several times
  --limit NAME=N       let SPEC ask for more, or for less, than by default (docs/LIMITS.md):
                       --limit nodes=9000000; may be given several times
  --force              overwrite files that were edited, and say which
  --strict             refuse documents with warnings
  -h, --help           show this

specloom.lock remembers what was generated from what, and every name that was given: commit it, and
no change of a document will rename anything. It lies beside pyproject.toml, or in DIR.
"""
CHECK = """\
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
  --responses WHICH    open or closed
  --overlay FILE       an overlay that it was generated with
  --root RDIR          the folder that its references may lead to
  --tag, --path, --operation
                       what of SPEC it was generated from
  --allow NAME         what it was generated without
  --limit NAME=N       within which limits
  -h, --help           show this

The exit status is 1 if anything has moved; what it was is said, and what mends it.
"""
EXPLAIN = """\
Show how a type, a property, an operation or a union was understood, from which lines of the
document, and how variants are told apart.

  specloom explain polar_oauth2                            all that there is to explain
  specloom explain polar_oauth2 TokenRequest               a type
  specloom explain polar_oauth2 TokenResponse.scope        a property
  specloom explain api.yaml oauth2.request_token           an operation
  specloom explain api.yaml '#/components/schemas/Token'   what a line of the document became
  specloom explain api.yaml --ledger                       what became of every node, by bucket

arguments:
  TARGET, SPEC  a target of ./pyproject.toml, with the names in its lock, or a document
  NAME          a name in Python or in the document
  POINTER       a JSON pointer

options:
  --ledger           count the nodes of the document, or of what is asked for, that are generated,
                     that are documentation, that are unsupported, and that are ignored, by rule
  --overlay FILE     an overlay that changes SPEC before it is read; may be given several times
  --root RDIR        the folder that references of SPEC may lead to
  --tag TAG          only operations with this tag, and what the two next options choose
  --path PATH        only those at this path, in which * stands for any text
  --operation WHICH  only this operation: an operationId, or 'GET /v1/pets'
  --allow NAME       go without what is unsupported and called so; may be given several times
  --limit NAME=N     another limit than the default (docs/LIMITS.md); may be given several times
  --strict           refuse documents with warnings
  -h, --help         show this
"""
LOWER = """\
Print what a document means, as JSON on standard output: the model that packages are made from,
or what its operations, credentials and types are called.

  specloom lower api.yaml | jq .operations
  specloom lower polar_oauth2 --names

arguments:
  TARGET, SPEC   a target of ./pyproject.toml, with the names in its lock, or a document

options:
  --names            print what each operation, parameter, body, answer and type is called in Python
  --format json      the only format so far
  --overlay FILE     an overlay that changes SPEC before it is read; may be given several times
  --root RDIR        the folder that references of SPEC may lead to
  --tag TAG          only operations with this tag, and what the two next options choose
  --path PATH        only those at this path, in which * stands for any text
  --operation WHICH  only this operation: an operationId, or 'GET /v1/pets'
  --allow NAME       go without what is unsupported and called so; may be given several times
  --limit NAME=N     another limit than the default (docs/LIMITS.md); may be given several times
  --strict           refuse documents with warnings
  -h, --help         show this
"""
