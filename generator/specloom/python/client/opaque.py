"""What travels whole, as the docstring of a method says it."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.python.annotations import World
from specloom.python.client.answers import answers
from specloom.python.prose import Words
from specloom.values import Text


def whole(operation: ir.Operation, world: World, before: Text) -> Words:
    """Return what is to be said of streams and of parts without names, as paragraphs."""
    sentences = list(_sentences(operation, world))
    breaks = "\n\n" if before.raw.strip() else ""
    words: list[str | Text] = []
    for number, sentence in enumerate(sentences):
        words += ["\n\n" if number else breaks, *sentence]
    return tuple(words)


def _sentences(operation: ir.Operation, world: World) -> Iterator[Words]:
    if operation.switch is not None:
        yield "The body is sent with `", operation.switch, "` true."
    for content in operation.body.contents if operation.body else ():
        if content.opaque is not None:
            yield (
                "A body of `",
                content.media_type,
                "` is sent as it is",
                *_inside(content, world),
            )
    seen: set[Text] = set()
    for _, response in answers(operation):
        for content in response.contents if response is not None else ():
            if content.opaque is not None and content.media_type not in seen:
                seen.add(content.media_type)
                form = "text" if content.codec is ir.Codec.TEXT else "bytes"
                says = f"` is returned whole, as {form}, once it has ended"
                yield ("An answer of `", content.media_type, says, *_inside(content, world))


def _inside(content: ir.Content, world: World) -> Words:
    inside = None if content.opaque is None else content.opaque.inside
    return (f"; what is in it is `{world.name(inside)}`.",) if inside is not None else (".",)
