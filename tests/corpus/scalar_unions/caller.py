"""What a caller writes: the values that are known, any others, and no more classes than needed."""

from typing import assert_never
from uuid import UUID

from scalar_unions import Job, JobModel, JobOwner

KNOWN: JobModel = "small"
OTHER: JobModel = "mine/v2"
JOBS = [
    Job(model=KNOWN, price="0.10", temperature=1),
    Job(model=OTHER, price=0.1, temperature=0.5, owner=UUID(int=0)),
]


def owner(owner: JobOwner) -> str:
    match owner:
        case UUID():
            return owner.hex
        case str():
            return owner
        case _:
            assert_never(owner)
