"""What types are for and what they need, as their classes say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.assertion import Assertion, Requires, Single, Some
from specloom.python.annotations import World
from specloom.python.prose import Words
from specloom.values import Json, Kind, Text
from specloom.verdict import ByKey, ByKind, ByTag, Choice, Take, keys


def roles(world: World) -> Mapping[ir.TypeId, Words]:
    """Return the first role of each type that has one: a variant, an answer, headers, a payload."""
    found: dict[ir.TypeId, Words] = {}
    joined = frozenset(_joined(world.api.webhooks))
    for definition in world.api.definitions:
        if isinstance(definition.shape, ir.Union) and definition.id not in joined:
            for number, words in _variants(_of_objects(definition.shape.verdict.choice)).items():
                match definition.shape.variants[number].type:
                    case ir.Ref(target):
                        head = f"The `{world.name(definition.id)}` "
                        found.setdefault(target, (head, *words, "."))
                    case _:
                        pass
    for operation in world.api.operations:
        for response in operation.responses:
            answer: Words = (f"The answer to `{operation.method} ", operation.path, "`.")
            for content in response.contents:
                if content.type is not None:
                    found.setdefault(content.type, answer)
            if response.headers is not None:
                headers = (f"The headers of an answer to `{operation.method} ", *answer[1:])
                found.setdefault(response.headers.type, headers)
    for incoming in world.api.incoming:
        of = "webhook" if incoming.caller is None else "callback"
        for id_ in (c.type for c in (incoming.body.contents if incoming.body else ()) if c.type):
            found.setdefault(id_, (f"The payload of the {of} `", incoming.key, "`."))
        for response in incoming.responses:
            for id_ in (content.type for content in response.contents if content.type):
                found.setdefault(id_, (f"The answer to the {of} `", incoming.key, "`."))
    return found


def _joined(webhooks: ir.Webhooks | None) -> Iterator[ir.TypeId]:
    """Return the unions of what webhooks bring: each of these says whose payload it is."""
    match None if webhooks is None else webhooks.telling:
        case ir.ByPayload(payload):
            yield payload
        case ir.ByHeader(events=events):
            yield from (event.payload for event in events)
        case ir.ByAddress() | None:
            return


def told_apart(choice: Choice) -> Words:
    """Return by which members variants that are objects are told apart."""
    of_objects = _of_objects(choice)
    head = "Told apart by " if of_objects is choice else "Objects are told apart by "
    if tags := tuple(dict.fromkeys(_tags(of_objects))):
        return (head, *_listed(tags), ".")
    names = tuple(_keys(of_objects))
    if not names:
        return ()
    one_of: Words = ("which of ", *_listed(names)) if names[1:] else ("whether ", *_listed(names))
    return (head, *one_of, " is there.")


def needs(shape: ir.Object) -> Words:
    """Return which members an object needs, where one of several sets of them will do."""
    for check in shape.checks:
        match check:
            case ir.Holds(Some(of)) if sets := _required(of):
                return ("Needs ", *_alternatives(sets), ".")
            case ir.Holds(Single(of)) if sets := _required(of):
                return (
                    "Needs ",
                    *_alternatives(sets),
                    f", but not {'several' if of[2:] else 'both'}.",
                )
            case _:
                pass
    return ()


def _required(of: tuple[Assertion, ...]) -> tuple[tuple[Text, ...], ...]:
    """Return the members that each alternative requires; none where one says anything else."""
    found = tuple(one.names for one in of if isinstance(one, Requires) and one.given is None)
    return found if len(found) == len(of) and all(found) else ()


def _alternatives(sets: tuple[tuple[Text, ...], ...]) -> Iterator[str | Text]:
    for position, names in enumerate(sets):
        yield " or " if position else ""
        yield from _listed(names)


def _of_objects(choice: Choice) -> Choice:
    match choice:
        case ByKind(cases):
            return next((of for kinds, of in cases if Kind.OBJECT in kinds), choice)
        case _:
            return choice


def _variants(choice: Choice) -> dict[int, Words]:
    """Return what each variant is known by: its tags, or the member that it alone has."""
    match choice:
        case ByTag():
            return {number: ("whose ", *words) for number, words in _tagged(choice).items()}
        case _:
            return {number: ("that has `", key, "`") for number, key in keys(choice).items()}


def _tagged(tag: ByTag) -> dict[int, Words]:
    found: dict[int, Words] = {}
    for values, of in tag.cases:
        here: Words = ("`", tag.name, "` is `", *_values(values), "`")
        match of:
            case Take(variant):
                found.setdefault(variant, here)
            case ByTag():
                for number, words in _tagged(of).items():
                    found.setdefault(number, (*here, " and ", *words))
            case _:
                pass
    return found


def _values(tags: tuple[Json, ...]) -> Iterator[str | Text]:
    for position, tag in enumerate(tags):
        yield "` or `" if position else ""
        yield Text(tag.raw) if isinstance(tag.value, str) else str(tag.value)


def _tags(choice: Choice) -> Iterator[Text]:
    if isinstance(choice, ByTag):
        yield choice.name
        for _, of in choice.cases:
            yield from _tags(of)


def _keys(choice: Choice | None) -> Iterator[Text]:
    while isinstance(choice, ByKey):
        yield choice.name
        choice = choice.absent


def _listed(names: tuple[Text, ...]) -> Iterator[str | Text]:
    for position, name in enumerate(names):
        yield "" if not position else " and " if position == len(names) - 1 else ", "
        yield from ("`", name, "`")
