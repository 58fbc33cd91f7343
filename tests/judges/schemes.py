"""The security of a document, by our own reading: what is asked for, and where a credential stands."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from .document import Json, Node, Operation, items, members
from .packages import Package


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme: its key, how it is written, and where: `header`, `query` or `cookie`."""

    key: str
    kind: str
    place: str
    name: str

    def written(self, value: object) -> str:
        """Return a credential as it leaves."""
        match self.kind, value:
            case "basic", (str(user), str(password)):
                return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
            case "apiKey", _:
                return str(value)
            case "bearer", _:
                return f"Bearer {value}"
            case kind, _:
                return f"{kind} {value}"


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as a client is given it."""

    key: str
    name: str
    value: str | tuple[str, str]


def schemes(root: Json) -> dict[str, Scheme]:
    """Return the schemes of a document by their keys; mutual TLS sends nothing, and is none."""
    found: dict[str, Scheme] = {}
    components = Node.top(root).get("components")
    for key, written in () if components is None else components.children("securitySchemes"):
        scheme = written.followed()
        kind = scheme.word("type")
        word = (scheme.word("scheme") or "").strip()
        if kind == "apiKey":
            place, name = scheme.word("in") or "", scheme.word("name") or ""
            found[key] = Scheme(key, "apiKey", place, name)
        elif kind in ("oauth2", "openIdConnect"):
            found[key] = Scheme(key, "bearer", "header", "Authorization")
        elif kind == "http":
            known = word.lower() if word.lower() in ("basic", "bearer") else word
            found[key] = Scheme(key, known, "header", "Authorization")
    return found


def alternatives(operation: Operation) -> tuple[tuple[str, ...], ...]:
    """Return the sets of schemes that an operation asks for, its own or the document's."""
    own = operation.node.members.get("security")
    asked = members(operation.node.root).get("security") if own is None else own
    return tuple(tuple(members(alternative)) for alternative in items(asked))


def expected(
    operation: Operation, held: Mapping[str, object], known: Mapping[str, Scheme]
) -> tuple[str, ...]:
    """Return which schemes leave: the first alternative that can be met in full.

    An alternative that sends nothing makes security optional, be it empty or mutual TLS: of the
    others, what is held still leaves. Of schemes that clash either will do: the first that is held.
    """
    for asked in alternatives(operation):
        wanted = tuple(key for key in asked if key in known)
        for choice in [(key,) for key in wanted] if clashing(wanted, known) else [wanted]:
            if choice and all(key in held for key in choice):
                return choice
    return ()


def clashing(wanted: tuple[str, ...], known: Mapping[str, Scheme]) -> bool:
    """Return whether two schemes stand in one place, which can hold one."""
    places = {(known[key].place, known[key].name.lower()) for key in wanted if key in known}
    return len(places) < sum(key in known for key in wanted)


def credentials(package: Package, root: Json) -> tuple[Credential, ...]:
    """Return a distinct credential for every scheme that a client takes one for."""
    known = schemes(root)
    made: list[Credential] = []
    for i, given in enumerate(package.credentials):
        word = f"canary{i}x{i * 7919 + 104729}"
        scheme = known.get(given.key)
        is_basic = scheme is not None and scheme.kind == "basic"
        value = (f"user{word}", f"password{word}") if is_basic else word
        made.append(Credential(given.key, given.name, value))
    return tuple(made)
