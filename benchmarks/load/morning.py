"""A courier's morning: which batches come, how large they are, and at which second who calls.

Everything is drawn from one seed before anything is sent: the timetable does not wait for answers, and is the same
whatever it is sent to.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from benchmarks.archipelagos import Shape, archipelago

SHARES_OF_MORNING = (2, 5, 9, 10, 8, 6, 5, 4, 3, 2)
"""How the batches of a morning are spread over its tenths: few before the depots open, most when they have sorted."""


class Route(StrEnum):
    """What is called."""

    SUBMIT = "POST /v1/plans"
    PLAN = "GET /v1/plans/{plan_id}"
    PLANS = "GET /v1/plans"
    ROUTES = "GET /v1/plans/{plan_id}/routes.geojson"
    READY = "GET /readyz"


READS = {Route.PLAN: 70, Route.PLANS: 12, Route.ROUTES: 12, Route.READY: 6}
"""Of a hundred calls that read, how many of each: dispatchers watch their plans, screens list them, maps draw them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A kind of batch: its archipelago, how long its search may take, and how many of a hundred are like it."""

    shape: Shape
    seconds: int
    share: int


BATCHES = (
    Batch(Shape(stops=20, islands=2, vehicles=3), 3, 40),
    Batch(Shape(stops=60, islands=3, vehicles=8), 6, 35),
    Batch(Shape(stops=150, islands=4, vehicles=15), 10, 20),
    Batch(Shape(stops=400, islands=5, vehicles=30), 20, 5),
)
VARIANTS = 3
"""Different batches of each kind; each is also solved alone, to know what it costs without load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One call of the timetable.

    Attributes:
        at: Seconds from the beginning, when it is to be sent.
        batch: Of a submission, the number of its request.
        draw: Of a read, which of the plans that are known by then.
    """

    at: float
    route: Route
    batch: int = 0
    draw: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What is sent: the requests, and the timetable in order of time."""

    requests: Sequence[dict[str, Any]]
    timetable: Sequence[Sending]

    @property
    def seconds_of_search(self) -> float:
        """Return the sum of the time limits of all submissions."""
        limits = [request["options"]["time_limit_seconds"] for request in self.requests]
        return float(sum(limits[each.batch] for each in self.timetable if each.route is Route.SUBMIT))


def morning(*, seconds: float, search_seconds: float, reads_per_second: float, seed: int) -> Morning:
    """Return a morning.

    Args:
        seconds: How long it lasts.
        search_seconds: About how much searching its batches ask for in all; more than the cores have saturates them.
        reads_per_second: Calls that read, at even distances.
        seed: Equal seeds give equal mornings.
    """
    draw = random.Random(f"morning {seed}")
    requests = [
        archipelago(batch.shape, seed * VARIANTS + variant)
        | {"options": {"time_limit_seconds": batch.seconds, "seed": seed}}
        for batch in BATCHES
        for variant in range(VARIANTS)
    ]
    sendings = [*_submissions(draw, seconds, search_seconds), *_reads(draw, seconds, reads_per_second)]
    return Morning(requests=requests, timetable=sorted(sendings, key=lambda each: each.at))


def _submissions(draw: random.Random, seconds: float, search_seconds: float) -> Iterator[Sending]:
    """Yield batches until their time limits add up; moments are drawn by the curve of the morning."""
    left = search_seconds
    while left > 0:
        kind = draw.choices(range(len(BATCHES)), weights=[batch.share for batch in BATCHES])[0]
        tenth = draw.choices(range(len(SHARES_OF_MORNING)), weights=SHARES_OF_MORNING)[0]
        at = (tenth + draw.random()) / len(SHARES_OF_MORNING) * seconds
        yield Sending(at=at, route=Route.SUBMIT, batch=kind * VARIANTS + draw.randrange(VARIANTS))
        left -= BATCHES[kind].seconds


def _reads(draw: random.Random, seconds: float, per_second: float) -> Iterator[Sending]:
    for number in range(round(seconds * per_second)):
        route = draw.choices(list(READS), weights=list(READS.values()))[0]
        yield Sending(at=number / per_second, route=route, draw=draw.randrange(1 << 30))
