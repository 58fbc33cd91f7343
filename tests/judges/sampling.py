"""Values that fit a schema: the least that is required, or all there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from zlib import crc32

from .document import Json, Node, items, members, words
from .environments import Failed
from .scalars import number, text
from .schemas import Schemas

_DEEP, _TOO_DEEP, _MANY = 5, 12, 300
"""So deep, and after so many objects, only what is required is made; deeper, nothing is."""
_TRIES = 10
"""As many choices of the alternatives of unions are tried, one after the other."""
_CHILDREN = {
    "object": ("properties", "required", "additionalProperties", "minProperties"),
    "array": ("items", "prefixItems", "minItems"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "multipleOf"),
}
"""What tells the type of a schema that does not say it."""


class NoSample(Exception):
    """No value was found for a schema, and why."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How a value is made; `nth` makes values of one schema differ."""

    whole: bool
    examples: bool
    turn: int
    made: Iterator[int]
    """Counts the objects of a sample."""
    nth: int = 0
    depth: int = 0

    @property
    def deeper(self) -> _Wanted:
        if self.depth > _TOO_DEEP:
            raise NoSample("the schema has no end")
        return replace(self, depth=self.depth + 1, nth=0, whole=self.whole and self.depth < _DEEP)


@dataclass(frozen=True)
class Sampler:
    """Makes values, and lets pass those alone that the schema accepts."""

    schemas: Schemas

    def sample(self, schema: Node, *, whole: bool) -> Json:
        """Return a value that fits: an example where there is one. Raises NoSample."""
        reason = "the schema was not understood"
        for examples in (True, False):
            for turn in range(_TRIES):
                try:
                    value = _value(schema, _Wanted(whole, examples, turn, count()))
                except NoSample as why:
                    reason = str(why)
                    continue
                if self.schemas.fits(schema, value) is not False:
                    return value
                reason = f"what was found does not fit {self.schemas.complaint(schema, value)}"
        raise NoSample(reason)

    def takes(self, schema: Node, value: Json) -> bool:
        """Return whether an example fits, and not only as keywords ignore values of its type."""
        return self.schemas.fits(schema, value) is not False and _is_meant(schema, value)

    def parameter(self, parameter: Node) -> Json:
        """Return a value for a parameter: its own example, or one of its schema."""
        schema = schema_of(parameter)
        for example in examples_of(parameter):
            if schema is None or self.takes(schema, example):
                return example
        return "text" if schema is None else self.sample(schema, whole=True)


def _is_meant(schema: Node, value: Json) -> bool:
    """Return whether a value is of the type that the keywords of an untyped schema are about."""
    try:
        found = merged(schema).members
    except NoSample:
        return True
    if "type" in found or kind_of(found) not in ("object", "array"):
        return True
    return isinstance(value, dict if kind_of(found) == "object" else list)


def schema_of(parameter: Node) -> Node | None:
    """Return the schema of a parameter or header, its own or that of its content."""
    schema = parameter.get("schema")
    if schema is not None:
        return schema
    for _, content in parameter.children("content"):
        return content.get("schema")
    return None


def examples_of(node: Node) -> Iterator[Json]:
    """Yield the examples of a parameter or a content, which stand beside its schema."""
    if "example" in node.members:
        yield node.members["example"]
    for _, example in node.children("examples"):
        try:
            found = example.followed().members
        except Failed:  # it lies in another file
            continue
        if "value" in found:
            yield found["value"]


def merged(schema: Node, turn: int = 0) -> Node:
    """Return a schema with its references, `allOf` and one alternative of unions put into it."""
    return _merged(schema, turn, 0)


def _merged(schema: Node, turn: int, depth: int) -> Node:
    if depth > _TOO_DEEP:
        raise NoSample("the schema has no end")
    own = {k: v for k, v in schema.members.items() if k not in ("$ref", "allOf", "oneOf", "anyOf")}
    parts: list[Node] = []
    if "$ref" in schema.members:
        parts.append(schema.referred())
    parts += [part for _, part in schema.children("allOf")]
    tagged: dict[str, Json] = {}
    for key in ("oneOf", "anyOf"):
        branches = [b for _, b in schema.children(key) if b.followed().word("type") != "null"]
        if branches:
            branch = branches[_choice(schema, turn) % len(branches)]
            parts.append(branch)
            tagged = _tag(schema, branch)
    made: dict[str, Json] = {}
    for part in parts:
        made = _joined(made, _merged(part, turn, depth + 1).members)
    made = _joined(_joined(made, own), tagged)
    return replace(schema, value=made) if parts else schema


def variants(schema: Node) -> Iterator[Node]:
    """Yield a union narrowed to each alternative but the first; it still stands where it stood."""
    union = schema.followed()
    for key in ("oneOf", "anyOf"):
        for branch in items(union.members.get(key))[1:]:
            yield replace(union, value={**union.members, key: [branch]})


def _choice(union: Node, turn: int) -> int:
    """Return which alternative is tried: the first everywhere, the second, then mixtures."""
    return turn if turn < 2 else crc32(f"{turn}{union.pointer}".encode())


def _joined(one: dict[str, Json], other: dict[str, Json]) -> dict[str, Json]:
    """Return the keywords of two schemas that hold both; of a bound, the one that comes last."""
    made = {**one, **other}
    for key in ("properties", "patternProperties"):
        if key in one and key in other:
            both = {**members(one[key])}
            for name, schema in members(other[key]).items():
                known = both.get(name)
                both[name] = schema if known is None else {"allOf": [known, schema]}
            made[key] = both
    if "required" in one and "required" in other:
        made["required"] = [*dict.fromkeys((*words(one["required"]), *words(other["required"])))]
    return made


def _tag(union: Node, branch: Node) -> dict[str, Json]:
    """Return what says that a value is of this variant, where a discriminator tells them apart."""
    discriminator = members(union.members.get("discriminator"))
    name, reference = discriminator.get("propertyName"), branch.word("$ref")
    if not isinstance(name, str) or reference is None:
        return {}
    mapping = members(discriminator.get("mapping"))
    tags = [tag for tag, target in mapping.items() if target == reference]
    tag = tags[0] if tags else reference.rsplit("/", 1)[-1]
    own = members(merged(branch).members.get("properties")).get(name)
    if "const" in members(own) or "enum" in members(own):
        return {}
    return {"properties": {name: {"const": tag}}, "required": [name]}


def _value(schema: Node, wanted: _Wanted) -> Json:
    if schema.value is False:
        raise NoSample("nothing fits the schema `false`")
    whole = merged(schema, wanted.turn)
    found = whole.members
    if "const" in found:
        return found["const"]
    kind = kind_of(found)
    if wanted.examples and (wanted.whole or kind != "object"):  # of which examples show all
        for known in (*_listed(found), *_listed(schema.members)):
            return known
    if choices := items(found.get("enum")):
        choices = [choice for choice in choices if choice is not None] or choices
        return choices[wanted.nth % len(choices)]
    if kind == "object":
        return _object(whole, wanted)
    if kind == "array":
        return _array(whole, wanted)
    if kind in ("integer", "number"):
        return number(found, integral=kind == "integer", nth=wanted.nth)
    if kind == "boolean":
        return wanted.nth % 2 == 0
    if kind == "null":
        return None
    made = text(found, wanted.nth)
    if made is None:
        raise NoSample("no text was found for a pattern")
    return made


def _listed(schema: dict[str, Json]) -> Iterator[Json]:
    if "example" in schema:
        yield schema["example"]
    yield from items(schema.get("examples"))
    if schema.get("default") is not None:
        yield schema["default"]


def kind_of(schema: dict[str, Json]) -> str:
    """Return the JSON type of what a merged schema describes, `string` where it may be any."""
    kinds = [kind for kind in words(schema.get("type")) if kind != "null"]
    if kinds:
        return kinds[0]
    if words(schema.get("type")):
        return "null"
    for kind, keywords in _CHILDREN.items():
        if any(keyword in schema for keyword in keywords):
            return kind
    return "string"


def _object(schema: Node, wanted: _Wanted) -> Json:
    required = words(schema.members.get("required"))
    whole = wanted.whole and next(wanted.made) < _MANY
    made: dict[str, Json] = {}
    for name, written in schema.children("properties"):
        if name in required:
            made[name] = _value(written, wanted.deeper)
        elif whole and members(merged(written).value).get("readOnly") is not True:
            try:
                made[name] = _value(written, wanted.deeper)
            except NoSample:  # what has no end can be left out
                continue
    further = schema.get("additionalProperties")
    open_to = Node(schema.root, schema.tokens, {}) if further is None else further
    for name in required:
        if name not in made:
            made[name] = _value(open_to, wanted.deeper)
    least = schema.members.get("minProperties")
    missing = (least if isinstance(least, int) else 0) - len(made)
    named = members(further.value) if further is not None else {}
    if whole and named and missing < 1:
        missing = 1
    for i in range(missing):
        made[f"key{i}"] = _value(open_to, replace(wanted.deeper, nth=i))
    most = schema.members.get("maxProperties")
    spare = [name for name in reversed(made) if name not in required]
    for name in spare[: max(0, len(made) - most) if isinstance(most, int) else 0]:
        del made[name]
    return made


def _array(schema: Node, wanted: _Wanted) -> Json:
    made = [_value(item, wanted.deeper) for _, item in schema.children("prefixItems")]
    least = schema.members.get("minItems")
    length = least if isinstance(least, int) else 0
    if wanted.depth < _DEEP and (wanted.whole or wanted.depth == 0):
        length = max(length, 1)
    each = schema.get("items") or Node(schema.root, schema.tokens, {})
    further = (_value(each, replace(wanted.deeper, nth=i)) for i in range(len(made), length))
    return [*made, *further]
