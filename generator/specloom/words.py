"""Words of a document, turned into the parts of identifiers."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection, Sequence
from unicodedata import ucd_3_2_0

from specloom.code import Identifier
from specloom.values import Text

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_SPELLINGS = (("OAuth", "Oauth"), ("OpenID", "Openid"), ("ß", "ss"))
"""One word with a capital within, and a letter that has no accent to lose."""
_LONGEST = 80

KEYWORDS = frozenset((*keyword.kwlist, *keyword.softkwlist))
BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))


def split(text: Text) -> tuple[str, ...]:
    """Return the ASCII words of a text, in their own case; accents are dropped."""
    plain = text.raw
    for written, word in _SPELLINGS:
        plain = plain.replace(written, word)
    plain = ucd_3_2_0.normalize("NFKD", plain[: 4 * _LONGEST]).encode("ascii", "ignore").decode()
    return tuple(_WORD.findall(plain))


def pascal(words: Sequence[str], *, otherwise: str) -> str:
    """Return a class name: `HTTP error` becomes `HTTPError`."""
    return _whole("".join(word[0].upper() + word[1:] for word in words), otherwise)


def snake(words: Sequence[str], *, otherwise: str) -> str:
    """Return a name in lower case: `HTTPError` becomes `http_error`."""
    return _whole("_".join(word.lower() for word in words), f"{otherwise}_")


def upper(words: Sequence[str], *, otherwise: str) -> str:
    """Return a name in capitals: `HTTPError` becomes `HTTP_ERROR`."""
    return _whole("_".join(word.upper() for word in words), f"{otherwise.upper()}_")


def _whole(name: str, otherwise: str) -> str:
    cut = name[:_LONGEST].rstrip("_")
    return cut if cut[:1].isalpha() else f"{otherwise}{cut}".rstrip("_")


class Scope:
    """Names of one namespace. A claim is never given twice, whatever its case."""

    def __init__(self, *reserved: Collection[str], prefixes: tuple[str, ...] = ()) -> None:
        self._reserved = KEYWORDS.union(*reserved)
        self._prefixes = prefixes
        self._taken: set[str] = set()

    def is_reserved(self, name: str) -> bool:
        begins = bool(self._prefixes) and name.startswith(self._prefixes)
        return name in self._reserved or (begins and not name.endswith("_"))

    def is_free(self, name: str) -> bool:
        return not self.is_reserved(name) and name.lower() not in self._taken

    def claim(self, name: str) -> Identifier:
        """Return `name`, or the nearest name that is neither reserved nor taken."""
        base = f"{name}_" if self.is_reserved(name) else name
        number, candidate = 1, base
        while candidate.lower() in self._taken:
            number += 1
            stem = base.rstrip("_")
            candidate = f"{stem}_{number}" if base.islower() else f"{stem}{number}"
            if self.is_reserved(candidate):
                candidate += "_"
        self._taken.add(candidate.lower())
        return Identifier(candidate)
