"""What is wrong with YAML that cannot be parsed, in words."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from specloom.shown import shown
from specloom.source.page import Mistake

# All but the characters of YAML 1.2 (section 5.1).
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNCLOSED = (
    ("quoted scalar", "end of stream", "the quotes opened here are never closed"),
    ("flow sequence", "", "the bracket opened here is never closed"),
    ("flow mapping", "", "the brace opened here is never closed"),
    ("flow node", "", "the text ends here, within a bracket that is never closed"),
)
_SENTENCES = (
    ("", "mapping values", 'a ":" cannot stand here; put the value in quotes, or mend the indent'),
    ("", "sequence entries", "a list cannot begin here; begin it on the next line"),
    (
        "",
        "escape",
        "double quotes know no such escape; use single quotes, or write two backslashes",
    ),
    ("", "node content", "a value is expected here; put it in quotes"),
    ("", "tag handle", "this tag has no meaning; remove it"),
    ("", "incompatible", "this is not YAML 1.1 or 1.2; remove the directive"),
    ("flow sequence", "", "a comma or a closing bracket is expected here"),
    ("flow mapping", "", "a comma or a closing brace is expected here"),
    ("block mapping", "", "a key is expected here; mend the indent, or the quotes before this"),
    ("block collection", "", 'a "-" is expected here; mend the indent'),
    ("simple key", "", 'this line has no ":" after its key'),
)


def unparsed(error: MarkedYAMLError, text: str) -> Mistake:
    """Return the mistake that stopped the parser, where mending is likely to begin."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark
    at = 0 if mark is None else mark.index
    opened = error.context_mark
    if opened is not None and not text[at:].strip():
        for inside, part, sentence in _UNCLOSED:
            if inside in context and part in problem:
                return Mistake(opened.index, "yaml-syntax", sentence)
    character = text[at : at + 1]
    if character == "\t":
        return Mistake(at, "yaml-syntax", "a tab cannot indent YAML; use spaces")
    if "start any token" in problem:
        sentence = f'a plain value cannot begin with "{shown(character)}"; put it in quotes'
        return Mistake(at, "yaml-syntax", sentence)
    for inside, part, sentence in _SENTENCES:
        if inside in context and part in problem:
            return Mistake(at, "yaml-syntax", sentence)
    return Mistake(at, "yaml-syntax", f"this is not YAML: {shown(problem)}")


def undecodable(text: str) -> Mistake:
    """Return the mistake of a text with characters that YAML has not, raw or as an escape."""
    found = _FORBIDDEN.search(text)
    if found is None:
        message = "an escape in double quotes stands for no character; remove it"
        return Mistake(0, "yaml-syntax", message)
    point = f"U+{ord(found[0]):04X}"
    message = f"YAML cannot hold the character {point}; remove it, or escape it in double quotes"
    return Mistake(found.start(), "yaml-syntax", message)
