"""What `specloom explain` tells a person: as recorded, and as the document and the code have it.

`pytest tests/test_explain.py --record` rewrites what is wanted; read the diff as a stranger's.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from specloom import ir
from specloom.assembly import Whole
from specloom.diagnostics import Span
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.explain import Unknown, explain
from specloom.explain.ledger import explain_ledger
from specloom.ledger import ledger
from specloom.ledger import written as of_sources
from specloom.lower.api import lower
from specloom.naming import Names, name
from specloom.pipeline import understand
from specloom.values import Place, Tree

from .support import ROOT, responses, run, wanted

WANT = ROOT / "tests" / "explain"
UNIONS = ROOT / "tests" / "unions.yaml"
FLAGSHIP = ROOT / "specs" / "polar-oauth2.yaml"
CORPUS = {path.parent.name: path for path in sorted(ROOT.glob("tests/corpus/*/spec.yaml"))}
SPECS = [FLAGSHIP, *CORPUS.values()]
WIDEST = 100

RECORDED = {
    "overview": (FLAGSHIP, None),
    "union-sent": (FLAGSHIP, "TokenRequest"),
    "union-received": (CORPUS["unions"], "Event"),
    "union-by-kind": (UNIONS, "Kinds"),
    "union-promised": (UNIONS, "Promised"),
    "union-by-key": (UNIONS, "Keyed"),
    "union-nested": (UNIONS, "Nested"),
    "union-tried": (UNIONS, "Tried"),
    "union-two-tags": (UNIONS, "Tags"),
    "union-overview": (UNIONS, None),
    "enum-open": (UNIONS, "Open"),
    "object-sent": (FLAGSHIP, "WebTokenRequest"),
    "object-received": (FLAGSHIP, "TokenResponse"),
    "object-closed": (CORPUS["objects"], "Person"),
    "object-patched": (CORPUS["nullables"], "BoxChange"),
    "object-wide": (CORPUS["containers"], "Grid"),
    "enum": (CORPUS["enums"], "Size"),
    "property-required": (FLAGSHIP, "TokenResponse.refresh_token"),
    "property-default": (FLAGSHIP, "WebTokenRequest.scope"),
    "property-patched": (CORPUS["nullables"], "BoxChange.size"),
    "property-in-a-form": (CORPUS["secrets"], "Login.old"),
    "operation": (FLAGSHIP, "request_token"),
    "operation-parameters": (CORPUS["parameters"], "items.get"),
    "operation-answers": (CORPUS["responses"], "start"),
    "operation-credentials": (CORPUS["security"], "either"),
    "parameter": (CORPUS["parameters"], "items.get.limit"),
    "pointer-around": (FLAGSHIP, "#/components/schemas/TokenResponse/properties/scope/title"),
    "ledger": (CORPUS["headers"], None),
    "ledger-of-a-type": (FLAGSHIP, "TokenResponse"),
    "ledger-of-a-pointer": (CORPUS["headers"], "/paths/~1things/get/parameters/7"),
    "several": (CORPUS["references"], "/components/schemas/Item/properties/id"),
}


@cache
def read_spec(path: Path) -> tuple[ir.Api, Names, Whole]:
    understood = understand(str(path))
    assert understood.api is not None, understood.messages
    assert understood.whole is not None
    return understood.api, name(understood.api), understood.whole


def called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if ROOT in path.parents else path.name


def told(path: Path, wanted: str | None = None) -> str:
    api, names, whole = read_spec(path)
    text = explain(api, names, whole.locate, wanted, whole.origins.of)
    return text.replace(str(path), called(path)).replace(f"{ROOT}/", "")


def told_by_ledger(path: Path, wanted: str | None = None) -> str:
    api, names, whole = read_spec(path)
    kept = ledger(Node(whole.tree, api.at, whole.tree), api, understand(str(path)).findings)
    of_files = of_sources(kept, whole, api.missing)
    text = explain_ledger(of_files, api, names, whole.stand, wanted, whole.origins.of)
    return text.replace(str(path), called(path))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(text, "utf-8")
    return path


def facts(text: str) -> dict[str, str]:
    """Return the facts by label, each on one line; the first of a label counts."""
    found: dict[str, str] = {}
    for label, words in re.findall(r"^  (\w[\w ]*?)  +(\S.*(?:\n   +\S.*)*)", text, re.MULTILINE):
        found.setdefault(label, " ".join(words.split()))
    return found


# --- as recorded -------------------------------------------------------------------------


@pytest.mark.parametrize("case", RECORDED)
def test_an_explanation_is_as_wanted(case: str, record: bool) -> None:
    tell = told_by_ledger if case.startswith("ledger") else told
    want, made = WANT / f"{case}.txt", tell(*RECORDED[case])
    if record:
        want.parent.mkdir(exist_ok=True)
        want.write_text(made, "utf-8")
    assert made == want.read_text("utf-8")


def test_nothing_is_wanted_that_is_not_made() -> None:
    assert {path.stem for path in WANT.iterdir()} == set(RECORDED)


# --- as the document has it --------------------------------------------------------------


def things(api: ir.Api, names: Names) -> Iterator[tuple[str, Place]]:
    """Return everything that has a name in Python, with its place."""
    for definition in api.definitions:
        type_ = names.types[definition.id].name
        yield type_, definition.at
        if isinstance(definition.shape, ir.Object):
            for p in definition.shape.properties:
                yield f"{type_}.{names.fields[definition.id, p.wire_name]}", p.at
    for operation in api.operations:
        call = f"{names.groups[operation.group].attribute}.{names.methods[operation.id]}"
        yield call, operation.at
        for parameter in operation.parameters:
            own = names.parameters[operation.id, parameter.location, parameter.wire_name]
            yield f"{call}.{own}", parameter.at


def position(root: yaml.Node, pointer: str) -> tuple[int, int]:
    """Return where PyYAML saw the key of a node, or the node itself if it is in a list.

    What was put together of several schemas stands nowhere: it is where its nearest parent begins.
    """
    mark, node = root.start_mark, root
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == token), None)
            if found is None:
                mark = node.start_mark
                break
            key, node = found
            mark = key.start_mark
        else:
            if not (isinstance(node, yaml.SequenceNode) and token.isdigit()):
                mark = node.start_mark
                break
            node = node.value[int(token)]
            mark = node.start_mark
    return mark.line + 1, mark.column + 1


def heading(thing: str) -> str:
    """Return a pattern for the line that begins with a name, which goes on below if it is long."""
    return "^" + r"(?:\n  )?".join(map(re.escape, thing)) + ": "


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_everything_is_explained_by_name_and_by_pointer_with_its_line(path: Path) -> None:
    api, names, whole = read_spec(path)
    overview = told(path)
    for thing, at in things(api, names):
        written = whole.origins.of(at)
        root = yaml.compose(Path(written.file).read_text("utf-8"))
        assert root is not None
        line, column = position(root, written.pointer)
        where = f"\n  {written.pointer}" if written.pointer else ""
        address = f"\n\n  {called(Path(written.file))}:{line}:{column}{where}\n"
        by_name = told(path, thing)
        assert re.search(heading(thing), by_name, re.MULTILINE)
        assert address in by_name
        is_here = written.file == str(path)
        for pointer in dict.fromkeys((at.pointer, written.pointer if is_here else at.pointer)):
            by_pointer = told(path, pointer)
            assert re.search(heading(thing), by_pointer, re.MULTILINE)
            assert address in by_pointer
        if is_here and "~" not in written.pointer and thing.count(".") == 0:
            row = rf"{thing} " if len(thing) <= 40 else rf"{thing[:40]}\w* "  # and on below
            assert re.search(rf"^ +{line}  {row}", overview, re.MULTILINE)


def test_tables_say_the_line_of_each_row() -> None:
    lines = FLAGSHIP.read_text("utf-8").splitlines()
    rows = re.findall(r"^ +(\d+)  (\w+) ", told(FLAGSHIP, "WebTokenRequest"), re.MULTILINE)
    assert len(rows) == 7
    assert all(lines[int(line) - 1].strip() == f"{wire}:" for line, wire in rows)
    variants = re.findall(r'^ +(\d+)  "\w+" +(\w+)$', told(FLAGSHIP, "TokenRequest"), re.MULTILINE)
    assert len(variants) == 3
    assert all(lines[int(line) - 1].endswith(f"/{type_}'") for line, type_ in variants)


# --- as the code has it ------------------------------------------------------------------


# what is explained here is a document, which knows of no target with closed responses
@pytest.mark.parametrize(
    "path",
    [path for path in CORPUS.values() if responses(path.parent) == "open"],
    ids=lambda path: path.parent.name,
)
def test_annotations_are_those_of_the_code(path: Path) -> None:
    texts = (text for file, text in wanted(path.parent).items() if file.startswith("models"))
    nodes = (node for text in texts for node in ast.parse(text).body)
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    fields = {
        f"{class_.name}.{ast.unparse(node.target)}": ast.dump(node.annotation)
        for class_ in classes
        for node in class_.body
        if isinstance(node, ast.AnnAssign)
    }
    api, names, _ = read_spec(path)
    for called, at in things(api, names):
        if "/properties/" in at.pointer and called in fields:
            said = ast.parse(facts(told(path, called))["in Python"]).body[0]
            assert isinstance(said, ast.AnnAssign)
            assert ast.dump(said.annotation) == fields[called], called


NULLABLES: dict[str, dict[str, object]] = {
    "Box": {"label": None, "lid": None},
    "BoxChange": {},
    "Lid": {},
}


def test_absent_and_null_do_as_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every member of every object is left out and made null, read, and written back."""
    api, names, _ = read_spec(CORPUS["nullables"])
    generate = ("-m", "specloom", "generate", CORPUS["nullables"], "-o", tmp_path)
    done = run(sys.executable, *generate, "--package", "explained_nullables", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    package = importlib.import_module("explained_nullables")
    for definition in api.definitions:
        assert isinstance(definition.shape, ir.Object)
        type_ = names.types[definition.id]
        decode = getattr(package.codecs, f"decode_{type_.codec}")
        encode = getattr(package.codecs, f"encode_{type_.codec}")
        for p in definition.shape.properties:
            wire, field = p.wire_name.raw, names.fields[definition.id, p.wire_name]
            rest = {k: v for k, v in NULLABLES[type_.name].items() if k != wire}
            for row, members in (("absent", rest), ("null", {**rest, wire: None})):
                text = told(CORPUS["nullables"], f"{type_.name}.{field}").split("is read as")[-1]
                said = re.search(rf"^  {row}  +(.*?)  +(.*)$", text, re.MULTILINE)
                assert said is not None
                try:
                    value = decode(members)
                except package.errors.DecodeError:
                    assert said[1] == "an error"
                    continue
                read_as = getattr(value, field)
                assert said[1] == getattr(read_as, "name", repr(read_as))
                was_written = encode(value).get(wire, "absent") == (None if row == "null" else row)
                assert was_written == (said[2] == said[1]), (wire, row)


# --- what it is called -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        "oauth2.request_token",
        "request_token",
        "oauth2:request_token",
        "POST /v1/oauth2/token",
        "post /v1/oauth2/token",
        "/v1/oauth2/token",
        "/paths/~1v1~1oauth2~1token/post",
        "#/paths/~1v1~1oauth2~1token/post",
        "#/paths/%7E1v1~1oauth2~1token/post",
        "/paths/~1v1~1oauth2~1token",
    ],
)
def test_an_operation_has_many_names(wanted: str) -> None:
    assert told(FLAGSHIP, wanted) == (WANT / "operation.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("feature", "names"),
    [
        ("names", ("Class.http_error", "Class.HTTPError", "class.HTTPError", "class.http_error")),
        ("names", ("FooBar3", "foo-bar")),
        ("names", ("Class.field_", "Class.", "/components/schemas/class/properties/")),
        ("names", ("Class.field_3", "class.日本", "#/components/schemas/class/properties/%E6%97%A5%E6%9C%AC")),
        ("parameters", ("items.get.shop_id", "items.get.shop-id", "get.shop_id")),
    ],
)  # fmt: skip
def test_names_of_python_and_of_the_document_mean_the_same(
    feature: str, names: tuple[str, ...]
) -> None:
    first = told(CORPUS[feature], names[0])
    assert first.startswith(f"{names[0]}: ")
    assert [told(CORPUS[feature], other) for other in names[1:]] == [first] * len(names[1:])


def test_what_several_things_are_called_explains_them_all() -> None:
    text = told(CORPUS["names"], "import")
    assert text.startswith("`import` means 2 things:\n")
    assert "\nImport: an alias of str\n" in text
    assert "\nimport_.import_: GET /import/{class}\n" in text
    assert told(CORPUS["unions"], "/events").startswith("`/events` means 2 things:\n")


@pytest.mark.parametrize("wanted", ["", "#", None])
def test_the_whole_document_is_the_overview(wanted: str | None) -> None:
    assert told(FLAGSHIP, wanted) == (WANT / "overview.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("TokenRespnse", "nothing is called `TokenRespnse`: did you mean `TokenResponse`"),
        ("tokenresponse", "nothing is called `tokenresponse`: did you mean `TokenResponse`"),
        ("id_token", "nothing is called `id_token`: did you mean `TokenResponse.id_token`"),
        ("oauth2.requesttoken", "did you mean `oauth2.request_token`"),
        ("/components/schemas/TokenRespnse", "did you mean `/components/schemas/TokenResponse`"),
        ("/v1/oauth/token", "nothing that has a name is at `/v1/oauth/token`: did you mean `/v1/"),
        ("qqq", "nothing is called `qqq`; without a name, all that there is is listed"),
        ("a\x1b[2J\u202e", "nothing is called `a\\x1b[2J\\u202e`"),
    ],
)
def test_an_unknown_name_is_told_with_a_hint(wanted: str, message: str) -> None:
    with pytest.raises(Unknown) as raised:
        told(FLAGSHIP, wanted)
    assert message in str(raised.value)


# --- facts that matter -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "credential"),
    [
        ("by_default", "`user`, as a bearer token, where the client holds it `security` of the document (line 3) asks for `user`"),
        ("nobody", "none is sent, even if the client holds one `security` of the operation (line 9) asks for nothing"),
        ("anonymous", "none is sent, even if the client holds one `security` of the operation (line 11) is an empty requirement: anonymous"),
        ("optional", "`user`, as a bearer token, where the client holds it it may be left out: one alternative is empty `security` of the operation (line 15) asks for `user`"),
    ],
)  # fmt: skip
def test_a_credential_is_told_with_what_asks_for_it(call: str, credential: str) -> None:
    assert facts(told(CORPUS["security"], call))["credential"] == credential


@pytest.mark.parametrize(
    ("wanted", "named"),
    [("default.chat", "chat"), ("default.chat_stream", "none of its own: named after chat stream")],
)
def test_a_stream_beside_an_answer_is_named_after_the_operation(wanted: str, named: str) -> None:
    assert facts(told(CORPUS["event_streams"], wanted))["operationId"] == named


def test_what_is_returned_without_a_success_is_nothing() -> None:
    """OpenAPI lets an operation describe no answers, or only `default`."""
    assert "2XX     None  returned: no success is described" in told(CORPUS["responses"], "remove")
    assert "no success" not in told(CORPUS["responses"], "anything_goes")
    assert "no success" not in told(CORPUS["responses"], "in_a_range")


def test_a_required_constant_fills_itself_but_has_to_be_received() -> None:
    text = told(FLAGSHIP, "TokenResponse.token_type")
    assert facts(text)["default"] == '"Bearer", its only value'
    assert facts(text)["absent"] == "an error nothing: it is always written"


@pytest.mark.parametrize(
    ("parameter", "default"),
    [
        ("limit", "20, as the document says; it is sent"),
        ("id_", "UNSET, which leaves it out"),
        ("q", "none: it has to be given"),
    ],
)
def test_the_default_of_a_parameter_is_told(parameter: str, default: str) -> None:
    assert facts(told(CORPUS["parameters"], f"items.get.{parameter}"))["default"] == default


def test_a_null_is_lost_in_forms_only_where_it_is_written() -> None:
    assert "a form or a URL has no null" in told(CORPUS["secrets"], "Login.old")
    assert "a form" not in told(CORPUS["secrets"], "Login.pass_")
    assert "a form" not in told(FLAGSHIP, "WebTokenRequest.scope")
    assert "a form" not in told(CORPUS["nullables"], "Box.label")


ODD = """
openapi: 3.1.0
info: {title: Odd, version: "1"}
security: [{token: []}]
paths:
  /pets/{pet}:
    get: &get
      deprecated: true
      parameters: [{name: at, in: query, schema: {type: [string, "null"]}}]
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    put: *get
    post:
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}}}
      responses: {}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Pet:
      discriminator: {propertyName: kind}
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
    Cat: {type: object, required: [kind, mouse], properties: {kind: {const: cat}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}, age: {type: integer, deprecated: true}}}
    Form: {oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}
    One: {type: object, required: [n], properties: {n: {const: 1}, note: {type: [string, "null"]}}}
    Two: {type: object, required: [n], properties: {n: {const: 2}}}
    Lost: {type: object, properties: {mode: {enum: [a, b]}}}
    Found: {$ref: '#/components/schemas/Lost'}
"""


def test_the_odd_is_told_as_well(tmp_path: Path) -> None:
    """What is declared, meant but not written, deprecated, unreached or behind an alias."""
    path = written(tmp_path, ODD)
    assert facts(told(path, "Pet"))["told apart"].endswith("as `discriminator` says; constants and enums give its values")  # fmt: skip
    assert facts(told(path, "Cat.mouse"))["declared"] == "only in `required` of Cat: any value fits"
    assert facts(told(path, "GET /pets/{pet}"))["deprecated"] == "yes"
    assert facts(told(path, "Dog.age"))["deprecated"] == "yes"
    assert facts(told(path, "default.get_pets_pet.pet"))["declared"].startswith("only as a hole")
    assert facts(told(path, "default.get_pets_pet.at"))["null"].endswith("None leaves it out")
    assert "None leaves it out as well" in told(path, "One.note")
    assert "is read as" not in facts(told(path, "Form"))["unknown"]
    assert facts(told(path, "Lost"))["travels"].startswith("no operation reaches it")
    assert "it may be received" in facts(told(path, "Lost"))["members"]
    assert facts(told(path, "Lost.mode"))["not listed"].startswith("another string is read as Unk")
    assert facts(told(path, "Found"))["stands for"] == "Lost"
    security = facts(told(path, "GET /pets/{pet}"))["credential"]
    assert security.endswith("`security` of the document (line 4) asks for `token`")
    # what stands behind an alias cannot be located, so nobody knows whose security it is
    security = facts(told(path, "PUT /pets/{pet}"))["credential"]
    assert security.endswith("`security` asks for `token`")


def test_a_type_of_many_operations_names_the_first(tmp_path: Path) -> None:
    answer = (
        "{description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}"
    )
    paths = "".join(f"  /{n}: {{get: {{responses: {{'200': {answer}}}}}}}\n" for n in range(9))
    schemas = "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\n"
    head = 'openapi: 3.1.0\ninfo: {title: Many, version: "1"}\npaths:\n'
    received = facts(told(written(tmp_path, head + paths + schemas), "A"))["received"]
    assert received.count("as the answer 200 of") == 6
    assert received.endswith("and 3 more")


# --- what a document says is hostile -----------------------------------------------------

NASTY = "\x1b[2J\r\n\x00\t\u202e\u2028\x85`日本 "


def hostile(value: Tree) -> Tree:
    """Return the document with something nasty behind each `@`."""
    match value:
        case str():
            return value.replace("@", NASTY)
        case dict():
            return {str(hostile(key)): hostile(item) for key, item in value.items()}
        case list():
            return [hostile(item) for item in value]
        case _:
            return value


HOSTILE = """
openapi: 3.1.0
info: {title: t@, version: v@}
servers: [{url: "https://a/@", description: "@"}]
security: [{"s@": []}]
paths:
  /p@/{h@}:
    post:
      tags: [g@]
      operationId: o@
      parameters:
        - {name: h@, in: path, required: true, schema: {type: string}}
        - {name: q@, in: query, schema: {type: string, default: d@}}
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/U@"}}}}
      responses: {"200": {description: "@", content: {"application/json; @": {schema: {$ref: "#/components/schemas/U@"}}}}}
components:
  schemas:
    A@: {type: object, required: [k@], properties: {k@: {const: a@}, n@: {enum: [x@, y@], default: x@}}}
    B@: {type: object, required: [k@], properties: {k@: {const: b@}, long: {enum: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, y]}}}
    U@: {oneOf: [{$ref: "#/components/schemas/A@"}, {$ref: "#/components/schemas/B@"}]}
  securitySchemes: {s@: {type: http, scheme: bearer}}
"""


def test_a_terminal_has_nothing_to_obey() -> None:
    tree = hostile(yaml.safe_load(HOSTILE))
    lowered = lower(read_document(Node(tree, Place("x", ""), tree)))
    # the server and the media type are none: the rest is explained all the same
    assert [f.rule for f in lowered.findings] == ["no-such-media-type", "no-such-server"]
    api, names = lowered.api, name(lowered.api)
    assert len(api.definitions) == 3

    def located(places: Iterable[Place]) -> Mapping[Place, Span]:
        return {place: Span(f"f{NASTY}", 1, len(place.pointer) + 1) for place in places}

    def as_it_is(at: Place) -> Place:
        return at

    wanted = [
        None,
        *(n for n, _ in things(api, names)),
        *(at.pointer for _, at in things(api, names)),
    ]
    for text in [explain(api, names, located, one, as_it_is) for one in wanted]:
        assert all(c.isprintable() for c in text.replace("\n", ""))
        assert "\n\n\n" not in text
    for raw in (f"o{NASTY}", f"POST /p{NASTY}/{{h{NASTY}}}"):
        # octets are returned, and taken as they come: by two methods
        assert "g_2_j.o_2_j: POST" in explain(api, names, located, raw, as_it_is)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_a_page_is_wide_enough(path: Path) -> None:
    """But for addresses, which are to be copied whole."""
    api, names, _ = read_spec(path)
    for called, _ in things(api, names):
        for line in told(path, called).splitlines():
            assert len(line) <= WIDEST or line.startswith(("  /paths", "  /components"))
            assert line == line.rstrip()
