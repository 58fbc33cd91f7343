"""JSONPath (RFC 9535): the places of a tree that a query selects, found in a bounded number of steps."""

from __future__ import annotations

from specloom.jsonpath.evaluate import Found, select
from specloom.jsonpath.parse import parsed
from specloom.jsonpath.query import Malformed, Query
from specloom.jsonpath.steps import Exhausted, Steps, Undecided

__all__ = ["Exhausted", "Found", "Malformed", "Query", "Steps", "Undecided", "parsed", "select"]
