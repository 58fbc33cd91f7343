"""What Prism's answer and the client's say together about one call."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .calling import Exchange, Outcome, Values
from .document import Json, Operation, items, members, words
from .limits import Complaint, ends_the_process, is_of_path, limit_of
from .samples import content_node
from .schemas import Schemas
from .schemes import alternatives, clashing, schemes

_OURS = (
    "UNPROCESSABLE_ENTITY",
    "INVALID_CONTENT_TYPE",
    "UNAUTHORIZED",
    "NOT_FOUND",
    "NO_PATH_MATCHED_ERROR",
    "NO_METHOD_MATCHED_ERROR",
)
_ERRORS = "prism/errors#"


class Verdict(Enum):
    """The worst that was seen comes first."""

    OURS = "our fault"
    PRISM = "Prism's limit"
    CONFORMED = "conformed"
    NO_SAMPLE = "no sample"
    LATER = "waits for a later version"
    REFUSED = "refused by the generator"


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    why: str = ""


def judge(operation: Operation, values: Values, outcome: Outcome, schemas: Schemas) -> Finding:
    """Return the verdict on a call that Prism was alive to answer."""
    if outcome.unanswered:
        return Finding(Verdict.PRISM, f"it does not answer: {outcome.raised}")
    if not outcome.exchanges:
        raised = outcome.raised
        why = "nothing was sent" if raised is None else f"{type(raised).__name__}: {raised}"
        return Finding(Verdict.OURS, f"before anything was sent: {why}")
    exchange = outcome.exchanges[-1]
    problem = _problem(exchange)
    if problem is not None:
        return _refused(operation, values, problem, exchange)
    return _answered(operation, exchange, outcome, schemas)


def died(operation: Operation, values: Values, said: str) -> Finding:
    """Return the verdict on a call after which Prism was no more."""
    known = ends_the_process(operation, values)
    if known is not None:
        return Finding(Verdict.PRISM, known)
    errors = [line.strip() for line in said.splitlines() if "Error" in line]
    return Finding(
        Verdict.PRISM, f"the process ended: {errors[-1] if errors else 'it did not say'}"
    )


def _problem(exchange: Exchange) -> dict[str, Json] | None:
    """Return what Prism says where it is Prism who speaks, not the document."""
    if exchange.got.media_type != "application/problem+json":
        return None
    problem = members(exchange.got.json())
    kind = problem.get("type")
    return problem if isinstance(kind, str) and _ERRORS in kind else None


def _refused(
    operation: Operation, values: Values, problem: dict[str, Json], exchange: Exchange
) -> Finding:
    """Return the verdict on a request that Prism refuses: some limit of its own, or our fault."""
    kind = str(problem.get("type")).rpartition("#")[2]
    detail = str(problem.get("detail", problem.get("title", "")))
    if kind == "VIOLATIONS":  # it looks at requests before
        places = [words(members(v).get("location")) for v in items(problem.get("validation"))]
        where = ".".join(places[0]) if places else "?"
        return Finding(Verdict.PRISM, f"its own answer does not fit the document at {where}")
    if kind not in _OURS:
        return Finding(Verdict.PRISM, f"{kind}: {detail}"[:200])
    if kind == "NO_PATH_MATCHED_ERROR" and is_of_path(operation, exchange.sent.url):
        return Finding(Verdict.PRISM, f"it does not find the path of {exchange.sent.url}")
    if "?" in operation.path or "#" in operation.path:
        return Finding(Verdict.PRISM, f"it reads paths up to `?` and `#`: {detail}")
    known_schemes = schemes(operation.node.root)
    if kind == "UNAUTHORIZED" and all(clashing(a, known_schemes) for a in alternatives(operation)):
        return Finding(Verdict.PRISM, "two credentials in one place, which can hold one")
    unexplained: list[str] = []
    known: list[str] = []
    for found in map(members, items(problem.get("validation"))):
        place = (*words(found.get("location")), "", "")
        message = str(found.get("message"))
        limit = limit_of(Complaint(operation, values, place[:2], message))
        where = ".".join(words(found.get("location")))
        if limit is not None:
            known.append(limit)
        else:
            unexplained.append(f"{where}: {found.get('code')}: {message}")
    if known and not unexplained:
        return Finding(Verdict.PRISM, ", ".join(dict.fromkeys(known)))
    return Finding(Verdict.OURS, f"{kind}: {'; '.join(unexplained) or detail}")


def _answered(
    operation: Operation, exchange: Exchange, outcome: Outcome, schemas: Schemas
) -> Finding:
    """Return the verdict on a sound request: has the client understood the answer?"""
    status, raised = exchange.got.status, outcome.raised
    if status >= 500:  # to HEAD, say: it has no body to tell more
        return Finding(Verdict.PRISM, f"answers {status}, without a reason")
    if status >= 400:  # Prism has been given no such answer: it does not say why it refuses
        return Finding(Verdict.OURS, f"refused with {status}, without a reason")
    if raised is None or getattr(raised, "status", None) == status >= 300:
        return Finding(Verdict.CONFORMED, str(status))
    response = operation.response(status)
    content = content_node(response, exchange.got.media_type)
    schema = None if content is None else content.get("schema")
    if response is None:
        return Finding(Verdict.CONFORMED, f"{status}, which is not documented")
    if schema is None and not exchange.got.content:
        return Finding(Verdict.PRISM, "it answers with nothing where there is no schema")
    if schema is not None and "json" in exchange.got.media_type:
        complaint = schemas.complaint(schema, exchange.got.json(), formats=True)
        if complaint:
            return Finding(Verdict.PRISM, f"its answer does not fit {complaint}")
    return Finding(Verdict.OURS, f"the answer {status}: {type(raised).__name__}: {raised}")
