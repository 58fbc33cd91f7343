"""A choice, taken for one value: what a decoder will do, in a few lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import assert_never

from specloom.values import Json, Tree, kind_of
from specloom.verdict import ByItem, ByKey, ByKind, ByMember, ByTag, ByTest, Choice, Take, Trial


def walk(choice: Choice, value: Tree, fits: Callable[[int], bool]) -> frozenset[int]:
    """Return the variants that a value may be of: several only where they have to be tried.

    `fits` says whether the whole value is of a variant; only tests and trials ask.
    """
    return _walk(choice, value, fits)


def _walk(choice: Choice | None, value: Tree, fits: Callable[[int], bool]) -> frozenset[int]:
    match choice:
        case None:
            return frozenset()
        case Take(variant):
            return frozenset({variant})
        case ByTest(variants):
            return frozenset({next((v for v in variants if fits(v)), variants[-1])})
        case Trial(variants):
            return frozenset(v for v in variants if fits(v)) or frozenset(variants)
        case ByKind(cases):
            kind = kind_of(value)
            return _walk(next((of for ks, of in cases if kind in ks), None), value, fits)
        case ByItem(of, empty):
            assert isinstance(value, list)
            return _walk(of, value[0], fits) if value else _walk(empty, value, fits)
        case ByKey(name, present, absent):
            assert isinstance(value, Mapping)
            return _walk(present if name.raw in value else absent, value, fits)
        case ByMember(name, of, absent):
            assert isinstance(value, Mapping)
            there = name.raw in value
            return _walk(of, value[name.raw], fits) if there else _walk(absent, value, fits)
        case ByTag(name, cases, absent, others):
            assert isinstance(value, Mapping)
            if name.raw not in value:
                return _walk(absent, value, fits)
            tag = _plain(value[name.raw])
            return _walk(next((of for tags, of in cases if tag in tags), others), value, fits)
    assert_never(choice)


def _plain(value: Tree) -> Json:
    whole = isinstance(value, float) and value.is_integer()
    return Json(json.dumps(int(value) if whole and isinstance(value, float) else value))
