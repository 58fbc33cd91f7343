"""What is known of strings by their patterns and formats: the room `patterns`, as unions ask it."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.patterns import (
    EXPRESSIONS,
    SAMPLES,
    Empty,
    Example,
    Format,
    Language,
    Pattern,
    includes,
    meet,
    takes,
)

__all__ = [
    "Format",
    "Language",
    "Pattern",
    "examples",
    "found",
    "has",
    "includes",
    "languages",
    "none_fits",
    "refuses",
]


def languages(pattern: str | None, format_: str | None) -> tuple[Language, ...]:
    """Return what the two keywords assert; a format only if it is one that tells variants apart."""
    by_pattern = () if pattern is None else (Pattern(pattern),)
    by_format = (Format(format_),) if format_ is not None and format_ in EXPRESSIONS else ()
    return (*by_pattern, *by_format)


def none_fits(together: Sequence[Language], least: int, most: int | None) -> bool:
    """Return whether it is proven that no string of these lengths is in all languages."""
    if not together or (len(together) == 1 and _has_sample(together[0], least, most)):
        return False
    return isinstance(meet(together, least, most), Empty)


def _has_sample(language: Language, least: int, most: int | None) -> bool:
    """Return whether a format alone has a text of these lengths: most formats stand alone."""
    samples = SAMPLES.get(language.name, ()) if isinstance(language, Format) else ()
    return any(least <= len(text) and (most is None or len(text) <= most) for text in samples)


def refuses(language: Language, text: str) -> bool:
    """Return whether it is proven that a text is not in a language."""
    return takes(language, text) is False


def has(language: Language, text: str) -> bool:
    """Return whether it is proven that a text is in a language.

    What is known of formats is wider than they are, so of these it never is.
    """
    return isinstance(language, Pattern) and takes(language, text) is True


def found(source: str, text: str) -> bool | None:
    """Return whether a pattern is found in a text, or None where that is not known."""
    return takes(Pattern(source), text)


def examples(together: Sequence[Language], least: int, most: int | None) -> tuple[str, ...]:
    """Return texts that are probably in all languages, the shortest first."""
    by_format = [s for lang in together if isinstance(lang, Format) for s in SAMPLES[lang.name]]
    match meet(together, least, most) if together else Empty():
        case Example(text):
            return (text, *by_format)
        case _:
            return tuple(by_format)
