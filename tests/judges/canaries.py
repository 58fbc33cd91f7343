"""Which credentials a request shows, and where: all that was sent, taken apart."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from .calling import Sent
from .schemes import Scheme

Secret = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a request, and what stands there."""

    place: str
    name: str
    text: str

    def shows(self, secret: Secret) -> bool:
        """Return whether a secret can be read here, as it is or encoded."""
        readings = (self.text, unquote(self.text), unquote_plus(self.text), _decoded(self.text))
        words = (secret,) if isinstance(secret, str) else secret
        return any(word in reading for word in words for reading in readings)


def breaches(
    sent: Sent, wanted: tuple[str, ...], secrets: Mapping[str, Secret], known: Mapping[str, Scheme]
) -> list[str]:
    """Return every credential that is missing, that is elsewhere, or that nothing asked for."""
    found = list(_parts(sent))
    wrong: list[str] = []
    for key, secret in secrets.items():
        scheme = known[key]
        own = [part for part in found if _is_of(part, scheme)]
        if key in wanted and [part.text for part in own] != [scheme.written(secret)]:
            wrong.append(f"`{key}` is not in the {scheme.place} `{scheme.name}` as it should be")
        elsewhere = [part for part in found if not (key in wanted and part in own)]
        shown = [part for part in elsewhere if part.shows(secret)]
        wrong += [f"`{key}` shows in the {part.place} {part.name}" for part in shown]
    if not any(known[key].name == "Authorization" for key in wanted):
        wrong += ["there is an Authorization header" for p in found if p.name == "authorization"]
    return wrong


def _is_of(part: Part, scheme: Scheme) -> bool:
    name = scheme.name.lower() if scheme.place == "header" else scheme.name
    return (part.place, part.name) == (scheme.place, name)


def _parts(sent: Sent) -> Iterator[Part]:
    url = urlsplit(sent.url)
    yield Part("address", url.netloc, url.netloc)
    yield Part("path", url.path, url.path)
    yield Part("fragment", "", url.fragment)
    for name, text in parse_qsl(url.query, keep_blank_values=True):
        yield Part("query", name, text)
        yield Part("name in the query", name, name)
    for name, text in sent.headers:
        if name != "cookie":
            yield Part("header", name, text)
            continue
        for pair in text.split(";"):
            key, _, value = pair.strip().partition("=")
            yield Part("cookie", key, value)
    yield Part("body", "", sent.content.decode("latin-1"))


def _decoded(text: str) -> str:
    """Return what base64 hides in the last word of a text."""
    word = text.rpartition(" ")[2]
    try:
        return b64decode(word + "=" * (-len(word) % 4)).decode("latin-1")
    except ValueError:
        return ""
