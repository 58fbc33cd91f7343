"""What is said of the values of an enum, as a list."""

from __future__ import annotations

from specloom import ir
from specloom.python.prose import Words
from specloom.values import Json, Text
from specloom.words import split


def told(docs: ir.Docs) -> Words:
    """Return a line for each value of which more is said than what it is."""
    words: list[str | Text] = []
    for one in docs.told:
        label = () if _is_value(one.label, one.value) else (one.label,)
        said = (one.description,) if one.description.raw.strip() else ()
        if not (label or said):
            continue
        words.append("\n" if words else "")
        between = ": " if label and said else ""
        words += ("- `", _shown(one.value), "`: ", *_line(label), between, *_line(said))
    return tuple(words)


def _line(words: tuple[Text, ...]) -> Words:
    return tuple(Text(" ".join(word.raw.split())) for word in words)


def _shown(value: Json) -> Text:
    return Text(value.value if isinstance(value.value, str) else value.raw)


def _is_value(label: Text, value: Json) -> bool:
    """Return whether a label says nothing but the value, in another spelling."""
    own = value.value if isinstance(value.value, str) else value.raw
    return [w.lower() for w in split(label)] in ([], [w.lower() for w in split(Text(own))])
