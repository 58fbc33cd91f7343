"""What is said of a package that was generated anew: what is different for its callers."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest

from specloom.difference import differences
from specloom.naming import name
from specloom.pipeline import understand
from specloom.python.client.modules import SHOWN
from specloom.python.package.package import package
from specloom.render import render

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "specs" / "polar-oauth2.yaml"
WANTED = sorted((ROOT / "tests" / "corpus").glob("*/want"))
WIDEST = 98


def of_models(before: str, after: str) -> list[str]:
    return list(differences({"models.py": before}, {"models.py": after}))


def of_class(before: str, after: str) -> list[str]:
    """Return what is said where the fields of a class differ."""
    return of_models(*(f"class A:\n    {'; '.join(text.split(' / '))}" for text in (before, after)))


def of_alias(before: str, after: str) -> list[str]:
    return of_models(f"A: TypeAlias = {before}", f"A: TypeAlias = {after}")


CLIENT = """
class Server(StrEnum):
{servers}

class Client(Session):
    def __init__(self, *, {parameters}, http: Http | None = None) -> None:
        super().__init__(base_url, timeout, http)
        self.shop = ShopOperations(self)

class AsyncClient(AsyncSession):
    def __init__(self, *, {parameters}, http: AsyncHttp | None = None) -> None:
        super().__init__(base_url, timeout, http)
        self.shop = AsyncShopOperations(self)

class ShopOperations(Group[Session]):
{methods}

class AsyncShopOperations(Group[AsyncSession]):
{async_methods}

def _buy() -> Call[None]:
    return Call(method="GET")
"""


def client(
    *methods: str, parameters: str = "base_url: str", servers: str = "EU = 'https://eu.example'"
) -> str:
    functions = [f"def {method}: ..." for method in methods] or ["pass"]
    return CLIENT.format(
        servers=indent("\n".join(servers.split("; ")), "    "),
        parameters=parameters,
        methods=indent("\n".join(functions), "    "),
        async_methods=indent("\n".join(functions).replace("def ", "async def "), "    "),
    )


def of_clients(before: str, after: str) -> list[str]:
    return list(differences({"client.py": before}, {"client.py": after}))


def of_method(before: str, after: str) -> list[str]:
    return of_clients(client(f"buy(self{before}"), client(f"buy(self{after}"))


# --- types -------------------------------------------------------------------------------


def test_types_are_told_in_the_order_of_the_new_file_and_lost_ones_last() -> None:
    before = """
        class Lost: ...
        class Same: ...
        class Changed:
            x: int
        """
    after = """
        from ._unknown import Unknown as Unknown
        from ._types import Json, Unset as Unsaid
        class Second: ...
        class Changed:
            x: str
        class Same: ...
        First: TypeAlias = int
        _hidden: TypeAlias = int
        class _Hidden: ...
        """
    assert of_models(dedent(before), dedent(after)) == [
        "+ Unknown",
        "+ Second",
        "~ Changed: x: str, was int",
        "+ First",
        "- Lost",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("x: int / y: int", "y: int / x: int", None),
        ("x: int", "x: int / y: str", "+ y: str"),
        ("x: int", "x: int / y: str | Unset = UNSET", "+ y: str = UNSET"),
        ("x: int", "x: int / y: int = 3", "+ y: int = 3"),
        ("x: int", "x: int / _y: int = 3", None),
        ("x: int / y: str", "x: int", "- y"),
        ("x: int / y: str", "z: str / x: str", "- y; + z: str; x: str, was int"),
        ("x: int", "x: int | Unset = UNSET", "x: now optional"),
        ("x: int | Unset = UNSET", "x: int", "x: now required"),
        ("x: int", "x: int = 20", "x: now optional, default 20"),
        ("x: int = 20", "x: int", "x: now required"),
        ("x: str", "x: str | None = None", "x: str | None, was str, now optional"),
        ("x: int | Unset = UNSET", "x: int = 20", "x: default 20, was UNSET"),
        ("x: int = 20", "x: int = 30", "x: default 30, was 20"),
        ("x: bool = True", "x: int = True", "x: int, was bool"),
        ("x: int", "x: int | None", "x: int | None, was int"),
        ("x: int | None", "x: None | int", None),
        ("x: int | None", "x: str | None", "x: str | None, was int | None"),
        ("x: Literal['a'] = 'a'", "x: Literal['b'] = 'b'", "x: Literal['b'], was Literal['a']"),
        ("x: Literal['a', 'b']", "x: Literal['b', 'a']", None),
        ("x: Literal['a', 'b']", "x: Literal['b', 'c', 'a']", "x: + 'c'"),
        ("x: Literal['a', 'b', 'c']", "x: Literal['a', 'd', 'b']", "x: - 'c', + 'd'"),
        ("x: int = 3", "x: int = field(default=3)", None),
        ("x: int", "x: int = field(repr=False)", None),
        ("x: int", "x: int = field(default=4, kw_only=True)", "x: now optional, default 4"),
        (
            "x: list[int]",
            "x: list[int] = field(default_factory=list[int])",
            "x: now optional, default list()",
        ),
        (
            "x: dict[str, int]",
            "x: dict[str, int] = field(default_factory=Map)",
            "x: now optional, default Map()",
        ),
    ],
)
def test_fields(before: str, after: str, said: str | None) -> None:
    assert of_class(before, after) == ([] if said is None else [f"~ A: {said}"])


def test_a_secret_default_is_not_shown() -> None:
    none, one, other = (
        f"pin: str = field({default}repr=False)"
        for default in ("", "default='hunter2', ", "default='hunter3', ")
    )
    assert of_class(none, one) == ["~ A: pin: now optional, default ..."]
    assert of_class(one, other) == ["~ A: pin: another default"]
    assert of_class("x: int", f"x: int / {one}") == ["~ A: + pin: str = ..."]
    absent = "pin: str | Unset = field(default=UNSET, repr=False)"
    assert of_class(one, absent) == ["~ A: pin: default UNSET, was ..."]
    assert of_class("pin: str = 'hunter2'", other) == ["~ A: pin: another default"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("UUID", "str", "str, was UUID"),
        ("B | C", "C | B", None),
        ("B | C", "B | C | D", "+ D"),
        ("B | C | D", "B | D | E", "- C; + E"),
        ("B | C", "B", "B, was B | C"),
        ("Literal[1, 2] | UnknownInt", "Literal[1, 3] | UnknownInt", "- 2; + 3"),
        ("Literal[1, 2, 3]", "Literal[True, 2, 3]", "- 1; + True"),
        ("str | list[str]", "list[str] | str", None),
        ("str | list[str]", "str | list[str] | int", "+ int"),
        ("B | list[B]", "B", "B, was B | list[B]"),
        ("str | list[str] | B", "str | list[int] | B", "- list[str]; + list[int]"),
        ("Literal['a', 'b'] | str", "Literal['a', 'c'] | str", "- 'b'; + 'c'"),
        ("B | UnknownVariant | C", "C | B", "- UnknownVariant"),
        # order is nothing within a type either
        ("list[B | C]", "list[C | B]", None),
        ("dict[str, B | list['C | D']]", "dict[str, list[D | C] | B]", None),
        ("list[Literal['a', 'b']]", "list[Literal['b', 'a']]", None),
        ("list[B | C]", "list[C | D]", "list[C | D], was list[B | C]"),
        ("dict[str, int]", "dict[int, str]", "dict[int, str], was dict[str, int]"),
        ("'list[A]'", "list[A]", None),
        ("'list[A]'", "'A | list[A]'", "A | list[A], was list[A]"),
    ],
)
def test_aliases(before: str, after: str, said: str | None) -> None:
    assert of_alias(before, after) == ([] if said is None else [f"~ A: {said}"])


def test_a_class_that_is_an_alias_now() -> None:
    assert of_models("class A: ...", "A: TypeAlias = B | C") == ["~ A: B | C, was a class"]
    assert of_models("A: TypeAlias = B | C", "class A: ...") == ["~ A: a class, was B | C"]


def test_a_union_may_be_long() -> None:
    """Longer than what can be followed by recursion."""
    union = " | ".join(f"C{number}" for number in range(400))
    assert of_alias(union, f"{union} | D") == ["~ A: + D"]


# --- methods -----------------------------------------------------------------------------


def test_methods_are_told_once_by_the_attributes_of_the_client() -> None:
    before = client("buy(self) -> None", "go(self, *, timeout: Seconds = UNSET) -> None")
    after = client(
        "buy(self) -> int",
        "sell(self, id: UUID, body: Car | Unset = UNSET, *, q: str, r: int) -> Car",
        "_hidden(self) -> None",
    )
    assert of_clients(before, after) == [
        "~ shop.buy: -> int, was None",
        "+ shop.sell(id: UUID, body: Car = UNSET, *, q: str, r: int) -> Car",
        "- shop.go",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (") -> None", ", *, timeout: Seconds = UNSET) -> None", None),
        (") -> None", ", *, dry: bool | Unset = UNSET) -> None", "+ dry: bool = UNSET"),
        (", *, a: int, b: int) -> None", ", *, b: int, a: int) -> None", None),
        (", a: int, b: int) -> None", ", b: int, a: int) -> None", "in this order: b, a"),
        (", a: int) -> None", ", b: int, a: int) -> None", "+ b: int; in this order: b, a"),
        (", a: int) -> None", ", a: int, b: int = 2) -> None", "+ b: int = 2"),
        (", a: int, b: int) -> None", ", a: int) -> None", "- b"),
        (", *, a: int) -> None", ", a: int) -> None", "a: now by position"),
        (
            ", a: int, b: int) -> None",
            ", b: int, *, a: int) -> None",
            "a: now by keyword; in this order: b",
        ),
        (", a: int) -> None", ", a: int = 3) -> None", "a: now optional, default 3"),
        (") -> A | B", ") -> B | A", None),
        (") -> A | B | C", ") -> B | A", "-> B | A, was A | B | C"),
    ],
)
def test_signatures(before: str, after: str, said: str | None) -> None:
    assert of_method(before, after) == ([] if said is None else [f"~ shop.buy: {said}"])


def test_the_client_and_its_servers_come_last() -> None:
    before = client(servers="EU = 'https://eu.example'; US = 'https://us.example'")
    after = client(
        "buy(self) -> None",
        parameters="base_url: str = Server.EU, token: str | None = None",
        servers="EU = 'https://eu.example/v2'; ASIA = 'https://asia.example'",
    )
    assert of_clients(before, after) == [
        "+ shop.buy() -> None",
        "~ Client: + token: str | None = None; base_url: now optional, default Server.EU",
        "~ Server: - US; + ASIA; EU: 'https://eu.example/v2', was 'https://eu.example'",
    ]


# --- the report --------------------------------------------------------------------------


def test_the_first_generation_is_no_change() -> None:
    after = {"models.py": "class A: ...", "client.py": client("buy(self) -> None")}
    assert differences({}, after) == ()
    assert differences({"models.py": "class A: ..."}, after) == ()
    assert differences(after, {}) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("class A", "\0", "'\ud800'", "A: TypeAlias = '", f"A: TypeAlias = {'[' * 9000}"),
        *(f"A: TypeAlias = {'-' * depth}1" for depth in (900, 90000)),
    ],
    ids=["syntax", "null", "surrogate", "string", "brackets", "deep", "deeper"],
)
def test_what_is_not_python_is_not_compared(text: str) -> None:
    old, new = (
        [f"models.py: it cannot be told what changed, as the {age} file cannot be read"]
        for age in ("old", "new")
    )
    assert of_models(text, "class A: ...") == old
    assert of_models("class A: ...", text) == new


@pytest.mark.parametrize(
    "text",
    [
        "",
        "class Client: ...",
        "class Client:\n    def __init__(): self.a = A(self)",
        "class Client:\n    def __init__(self, a=1, /, *, b): self.shop = 1",
        "class Server: a",
    ],
)
def test_what_nobody_would_generate_is_passed_over(text: str) -> None:
    after = client("buy(self) -> None")
    assert "+ shop.buy() -> None" in of_clients(text, after)
    assert "- shop.buy" in of_clients(after, text)


def test_what_was_added_by_hand_is_passed_over() -> None:
    own = client("buy(self) -> None")
    other = "    def other(self, a: int) -> None: ...\n\nclass AsyncClient"
    assert of_clients(own, own.replace("class AsyncClient", other, 1)) == []


def test_no_character_reaches_the_terminal_that_it_would_obey() -> None:
    said = of_alias("Literal['a']", "Literal['\\x1b[2J', '\u202e', '\\ud800']")
    assert said == [r"~ A: Literal['\x1b[2J', '\u202e', '\ud800'], was Literal['a']"]
    assert all(line.isprintable() for line in said)


def test_long_lists_are_cut() -> None:
    few, many = ("; ".join(f"field_{n}: int" for n in range(count)) for count in (1, 100))
    [line] = of_models(f"class A:\n    {few}", f"class A:\n    {many}")
    assert line.startswith("~ A: + field_1: int; + field_2: int; + field_3")
    assert line.endswith("int; and 94 more")
    assert len(line) <= WIDEST


def test_long_signatures_are_cut() -> None:
    parameters = ", ".join(f"parameter_{n}: str" for n in range(20))
    [line] = of_clients(client(), client(f"buy(self, {parameters}) -> {'Long' * 20}"))
    assert line.startswith("+ shop.buy(parameter_0: str, and 19 more) -> Long")
    assert len(line) <= WIDEST


def test_long_types_are_told_from_where_they_part() -> None:
    before = f"list[Literal[{', '.join(repr(f'v{n}') for n in range(30))}]]"
    after = before.replace("'v27', ", "")
    assert of_class(f"x: {before}", f"x: {after}") == [
        "~ A: x: ... 'v28', 'v29']], was ... 'v27', 'v28', 'v29']]"
    ]
    long, other = "N" * 40, "M" * 40
    assert of_class(f"x: {long}", f"x: {other}") == [f"~ A: x: {other}, was {long}"]


@pytest.mark.parametrize("length", [10, 90, 100, 300])
def test_no_line_is_too_wide(length: int) -> None:
    long, more = "N" * length, "M" * length
    texts = [
        f"class {long}:\n    {long}: {long} = {more}\n    x: {long}\n    y: int",
        f"class {long}:\n    {more}: {more} = {long}\n    x: {more}\n    z: int",
        f"class {long}:\n    x: Literal['{long}', '{more}', 1, 2] | {long}\n    y: int = 'a{long}'",
        f"class {long}:\n    x: Literal['{long}', '{more}a', 1, 2] | {long}\n    y: int = '{more}'",
        f"{long}: TypeAlias = {more} | {long}\nclass {more}: ...",
        f"class A:\n    {long}: int",
        f"class A:\n    {long}: str",
    ]
    for before in texts:
        for after in texts:
            said = of_models(before, after)
            assert all(len(line) <= WIDEST for line in said)
            assert bool(said) is (before != after)
            assert not any("and 0 more" in line for line in said)


def test_a_report_has_an_end() -> None:
    def classes(count: int) -> str:
        return "".join(f"class C{number}: ...\n" for number in range(count))

    assert len(of_models("", classes(40))) == 40
    assert of_models("", classes(45))[39:] == ["+ C39", "... and 5 more"]


# --- real packages -----------------------------------------------------------------------


def texts(folder: Path) -> Mapping[str, str]:
    """Return what says what callers see, whether it is a module or a folder of some."""
    found = [*folder.glob("models*"), *folder.glob("client*"), *folder.glob("oauth*")]
    files = [file for one in found for file in ([one] if one.is_file() else one.glob("*.py"))]
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in sorted(files)}


@pytest.mark.parametrize("folder", WANTED, ids=lambda path: path.parent.name)
def test_docstrings_and_layout_are_no_difference(folder: Path) -> None:
    own = texts(folder)
    assert differences(own, own) == ()
    otherwise = {file: ast.unparse(undocumented(text)) for file, text in own.items()}
    assert all(otherwise[file] != own[file] for file in own)
    assert differences(own, otherwise) == ()


def undocumented(text: str) -> ast.Module:
    class Blunt(ast.NodeTransformer):
        def visit_Expr(self, node: ast.Expr) -> ast.Expr:
            return ast.Expr(ast.Constant("Something else."))

    module = Blunt().visit(ast.parse(text))
    assert isinstance(module, ast.Module)
    return module


@pytest.mark.parametrize("folder", WANTED, ids=lambda path: path.parent.name)
def test_a_whole_package_comes_and_goes(folder: Path) -> None:
    """Whatever a package exports is told, and so is each method of its client."""
    own = texts(folder)
    exports = ast.literal_eval((folder / "__init__.py").read_text("utf-8").split("__all__ = ")[1])
    types = set(exports) - {"AsyncClient", "Client", "Server", "codecs", "errors", "models"}
    types -= {"oauth", "webhooks"} | SHOWN
    came = differences(dict.fromkeys(own, ""), own)
    assert types <= {line.removeprefix("+ ") for line in came}
    client = "".join(text for file, text in own.items() if file.startswith("client"))
    overloads, of_servers = client.count("@overload"), client.count("@staticmethod")
    methods = client.count("    async def ") + client.count("        return AsyncPages(")
    methods += of_servers - overloads // 2
    for module in ("oauth.py", "webhooks.py"):
        text = own.get(module, "")
        methods += text.count("\ndef ") - text.count("\ndef _")
    left_out = re.fullmatch(r"\.\.\. and (\d+) more", came[-1])  # methods, and last `Client`
    told = sum(1 for line in came if "(" in line) + (int(left_out[1]) - 1 if left_out else 0)
    assert told == methods
    went = differences(own, dict.fromkeys(own, ""))
    assert [line.partition("(")[0][2:] for line in came] == [line[2:] for line in went]


def made(folder: Path, text: str) -> Mapping[str, str]:
    spec = folder / "spec.yaml"
    spec.write_text(text, "utf-8")
    understood = understand(str(spec))
    assert understood.api is not None, understood.messages
    return render(package(understood.api, name(understood.api)).view)


@pytest.fixture(scope="module")
def polar(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return made(tmp_path_factory.mktemp("polar"), SPEC.read_text("utf-8"))


GRANTS = "                - $ref: '#/components/schemas/WebTokenRequest'\n"
SCHEMAS = "components:\n  schemas:\n"
PASSWORD = """\
    PasswordTokenRequest:
      type: object
      required: [grant_type, password]
      properties:
        grant_type: { const: password }
        password: { type: string }
"""
REVOKE = """\
  /v1/oauth2/revoke:
    post:
      tags: [oauth2]
      operationId: oauth2:revoke_token
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/RevokeRequest' }
      responses:
        '204': { description: done }
"""
DRY = """\
      operationId: oauth2:request_token
      parameters:
        - { name: dry_run, in: query, schema: { type: boolean } }
"""
SERVER = "  - { url: https://eu.polar.sh, x-speakeasy-server-id: eu }\n"
ID_TOKEN = "        id_token:\n          type: string\n          title: Id Token\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("description: Request an access", "description: Ask for an access")], []),
        ([("maxLength: 2083", "maxLength: 2000")], []),
        ([("version: 0.1.0", "version: 0.2.0")], []),
        (
            [
                (GRANTS, GRANTS + GRANTS.replace("Web", "Password")),
                (SCHEMAS, SCHEMAS + PASSWORD),
            ],
            ["+ PasswordTokenRequest", "~ TokenRequest: + PasswordTokenRequest"],
        ),
        (
            [
                (ID_TOKEN, ID_TOKEN.replace("id_token", "id_jwt")),
                ("        - id_token\n", "        - id_jwt\n"),
                ("expires_in:\n          type: integer", "expires_in:\n          type: string"),
            ],
            ["~ TokenResponse: - id_token; + id_jwt: str; expires_in: str, was int"],
        ),
        (
            [(ID_TOKEN, ""), ("        - id_token\n", "")],
            ["~ TokenResponse: - id_token"],
        ),
        (
            [("        - scope\n", "")],
            ["~ TokenResponse: scope: now optional"],
        ),
        (
            [("        - session_token\n", "        - session_token\n        - sub_type\n")],
            ["~ WebTokenRequest: sub_type: now required"],
        ),
        (
            [("            - organization\n", "            - organization\n            - team\n")],
            ["~ WebTokenRequest: sub_type: + 'team'"],
        ),
        (
            [
                ("components:\n", REVOKE + "components:\n"),
                (SCHEMAS, SCHEMAS + "    RevokeRequest: { type: object, properties: {} }\n"),
            ],
            ["+ RevokeRequest", "+ oauth2.revoke_token(body: RevokeRequest) -> None"],
        ),
        (
            [("      operationId: oauth2:request_token\n", DRY)],
            ["~ oauth2.request_token: + dry_run: bool = UNSET"],
        ),
        (
            [
                ("  - access_token: []\n", "  - access_token: []\n  - other_token: []\n"),
                (
                    "  securitySchemes:\n",
                    "  securitySchemes:\n    other_token: { type: http, scheme: bearer }\n",
                ),
            ],
            ["~ Client: + other_token: Given[str] = None"],
        ),
        (
            [("security:\n  - access", f"{SERVER}security:\n  - access")],
            ["~ Server: + EU"],
        ),
    ],
    ids=[
        *("description", "constraint", "version", "grant", "renamed", "deleted", "optional"),
        *("required", "enum", "operation", "parameter", "credential", "server"),
    ],
)
def test_a_change_of_the_document_is_told_to_callers(
    changes: list[tuple[str, str]], said: list[str], polar: Mapping[str, str], tmp_path: Path
) -> None:
    text = SPEC.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    after = made(tmp_path, text)
    assert after != polar
    assert list(differences(polar, after)) == said
