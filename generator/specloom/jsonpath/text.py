"""The words of a query: where a reader stands in it, and what it can take from there."""

from __future__ import annotations

import json
import re

from specloom.shown import shown

_BLANK = re.compile(r"[ \t\n\r]*")
_SHORT = re.compile(
    r"[A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff][0-9A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff]*"
)
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"(?:-?0|-?[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_FUNCTION = re.compile(r"[a-z][a-z_0-9]*(?=\()")
_OPERATOR = re.compile(r"==|!=|<=|>=|<|>")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "/": "/", "\\": "\\"}
_GREATEST = 2**53 - 1
"""RFC 9535, section 2.1: integers are within what I-JSON can hold."""
_DIGITS = 400
"""Of a number: Python would refuse some thousands of them."""


class Wrong(Exception):
    """Ends the reading of a query: why, and from which character on."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class Reader:
    """Stands in a text, and moves on by what it takes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    @property
    def is_done(self) -> bool:
        return self.at == len(self.text)

    def peek(self, word: str) -> bool:
        return self.text.startswith(word, self.at)

    def take(self, word: str) -> bool:
        """Move past a word if it is next; return whether it is."""
        found = self.peek(word)
        self.at += len(word) if found else 0
        return found

    def need(self, word: str, why: str = "") -> None:
        """Move past a word. Raises Wrong."""
        if not self.take(word):
            raise self.wrong(why or f"`{word}` is expected here")

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = self.at if found is None else found.end()

    def name(self) -> str | None:
        return self._word(_SHORT)

    def function(self) -> str | None:
        """Return the name of a function if a call is next."""
        return self._word(_FUNCTION)

    def operator(self) -> str | None:
        return self._word(_OPERATOR)

    def integer(self) -> int | None:
        start = self.at
        word = self._word(_INTEGER)
        if word is None:
            return None
        value = int(word) if len(word) <= _DIGITS else _GREATEST + 1
        if abs(value) > _GREATEST:
            raise Wrong("this number is too large for an index", start)
        return value

    def number(self) -> int | float | None:
        start = self.at
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        if len(found[0]) > _DIGITS:
            raise Wrong("this number has too many digits", start)
        return float(found[0]) if found[1] or found[2] else int(found[0])

    def string(self) -> str | None:
        """Return the value of a string literal (section 2.3.1.1). Raises Wrong."""
        quote = self.text[self.at : self.at + 1]
        if quote not in ("'", '"') or not quote:
            return None
        start, parts = self.at, list[str]()
        self.at += 1
        while not self.take(quote):
            if self.is_done:
                raise Wrong("this string has no end", start)
            if self.peek("\\"):
                parts.append(self._escaped(quote))
                continue
            letter = self.text[self.at]
            if letter < " ":
                raise self.wrong("a control character has to be escaped")
            parts.append(letter)
            self.at += 1
        return "".join(parts)

    def wrong(self, reason: str) -> Wrong:
        found = self.text[self.at : self.at + 1]
        where = f", not `{shown(found)}`" if found and reason.endswith("expected here") else ""
        return Wrong(f"{reason}{where}", self.at)

    def _escaped(self, quote: str) -> str:
        found = _ESCAPE.match(self.text, self.at)
        if found is None:
            raise self.wrong("this string has no end")
        if found[1]:
            return self._units(found)
        plain = quote if found[2] == quote else _PLAIN.get(found[2])
        if plain is None:
            raise self.wrong(f"`\\{shown(found[2])}` is no escape in this string")
        self.at = found.end()
        return plain

    def _units(self, found: re.Match[str]) -> str:
        """Return the character that one `\\u`, or a pair of surrogates, stands for."""
        if not 0xD800 <= int(found[1], 16) < 0xE000:
            self.at = found.end()
            return chr(int(found[1], 16))
        low = _ESCAPE.match(self.text, found.end())
        is_pair = int(found[1], 16) < 0xDC00 and low is not None and low[1] is not None
        if low is None or not is_pair or not 0xDC00 <= int(low[1], 16) < 0xE000:
            raise self.wrong("half a character of two is none")
        self.at = low.end()
        pair: str = json.loads(f'"{found[0]}{low[0]}"')
        return pair

    def _word(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return found[0]
