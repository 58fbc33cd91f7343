"""Every style of a path and of a query (OpenAPI 3.2.0, "Style Examples")."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("styles")
COLORS = ["blue", "black", "brown"]


def test_matrix(drive: Drive) -> None:
    mix = drive.package.Mix(r=100, g=200)
    with drive() as (client, server):
        client.default.matrix("blue", COLORS, COLORS, mix, mix)
        assert asked(server) == (
            "GET /matrix/;text=blue/;list=blue,black,brown/;each=blue;each=black;each=brown"
            "/;object=R,100,G,200/;R=100;G=200"
        )
        client.default.matrix("", ["a,b;c=d"], ["", "é"], mix, mix)
        assert asked(server) == (
            "GET /matrix/;text/;list=a%2Cb%3Bc%3Dd/;each;each=%C3%A9/;object=R,100,G,200/;R=100;G=200"
        )


def test_label(drive: Drive) -> None:
    mix = drive.package.Mix(r=100, g=200)
    with drive() as (client, server):
        client.default.label("blue", COLORS, COLORS, mix, mix)
        assert asked(server) == (
            "GET /label/.blue/.blue,black,brown/.blue.black.brown/.R,100,G,200/.R=100.G=200"
        )
        for text in ("", "."):
            with pytest.raises(drive.package.errors.ConstraintError, match="text"):
                client.default.label(text, COLORS, COLORS, mix, mix)
        assert len(server.seen) == 1


def test_simple(drive: Drive) -> None:
    mix = drive.package.Mix(r=100, g=200)
    with drive() as (client, server):
        client.default.simple(COLORS, COLORS, mix, mix)
        assert asked(server) == (
            "GET /simple/blue,black,brown/blue,black,brown/R,100,G,200/R=100,G=200"
        )
        client.default.simple(["a/b", "c,d"], ["e=f", "g h"], drive.package.Mix(r=1), mix)
        assert asked(server) == "GET /simple/a%2Fb,c%2Cd/e%3Df,g%20h/R,1/R=100,G=200"
        for empty in ([], [""]):
            with pytest.raises(drive.package.errors.ConstraintError, match="list"):
                client.default.simple(empty, COLORS, mix, mix)
        assert len(server.seen) == 2


def test_a_query(drive: Drive) -> None:
    mix = drive.package.Mix(r=100, g=200)
    with drive() as (client, server):
        for arguments, query in (
            ({"text": "a b+c&d"}, "text=a%20b%2Bc%26d"),
            ({"text": ""}, "text="),
            ({"list_": COLORS}, "list=blue,black,brown"),
            ({"list_": ["a,b", "c"]}, "list=a%2Cb,c"),
            ({"each": COLORS}, "each=blue&each=black&each=brown"),
            ({"object_": mix}, "object=R,100,G,200"),
            ({"members": mix}, "R=100&G=200"),
            ({"spaced": COLORS}, "spaced=blue%20black%20brown"),
            ({"spaced_mix": mix}, "spaced_mix=R%20100%20G%20200"),
            ({"piped": COLORS}, "piped=blue%7Cblack%7Cbrown"),
            ({"piped_mix": mix}, "piped_mix=R%7C100%7CG%7C200"),
            ({"deep": mix}, "deep%5BR%5D=100&deep%5BG%5D=200"),
        ):
            client.default.query(**arguments)
            assert asked(server) == f"GET /query?{query}"


def test_what_is_empty_is_left_out_of_a_query(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.query(
            list_=[], each=[], object_=drive.package.Mix(), spaced=[], deep=drive.package.Mix()
        )
        assert asked(server) == "GET /query"
        client.default.query()
        assert asked(server) == "GET /query"
