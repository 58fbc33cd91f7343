"""The values of discriminators, where extensions say that they are not the names of definitions.

`x-ms-discriminator-value` is AutoRest's, `x-discriminator-value` that of Swagger Codegen: without
them, what is sent would not be what the server knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from specloom.assembly.swagger.parts import Link, Members, Part
from specloom.document.node import Node, pointer_of

_SAID = ("x-ms-discriminator-value", "x-discriminator-value")


def tags(root: Node) -> Mapping[str, Mapping[str, Part]]:
    """Return by pointer of a definition which of its heirs a tag means, where one says so."""
    definitions = {node.at.pointer: node for _, node in root.children("definitions")}
    bases = {pointer: tuple(_bases(node)) for pointer, node in definitions.items()}
    found: dict[str, dict[str, Part]] = {}
    for pointer, node in definitions.items():
        said = next((n for key in _SAID if (n := node.get(key)) is not None), None)
        if said is None or not isinstance(said.value, str):
            continue
        for base in _above(pointer, bases):
            found.setdefault(base, {}).setdefault(said.value, Link(pointer, said.at))
    return found


def tagged(part: Part, mapping: Mapping[str, Part] | None) -> Part:
    """Return a definition whose discriminator, if it has one, knows its tags."""
    if mapping is None or not isinstance(part, Members):
        return part
    match part.members.get("discriminator"):
        case Members(members, at) as discriminator:
            known = replace(discriminator, members={**members, "mapping": Members(mapping, at)})
            return replace(part, members={**part.members, "discriminator": known})
        case _:
            return part


def _bases(node: Node) -> Iterator[str]:
    for part in node.elements("allOf"):
        if part.reference is not None:
            yield pointer_of(part.reference)


def _above(pointer: str, bases: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Return a definition and all that it is made of, each once."""
    seen = {pointer}
    pending = [pointer]
    while pending:
        yield (one := pending.pop())
        for base in bases.get(one, ()):
            if base not in seen:
                seen.add(base)
                pending.append(base)
