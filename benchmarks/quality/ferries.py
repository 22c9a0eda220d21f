"""Generated archipelagos with ferries: our search, OR-Tools with boarding nodes, and static maps replayed."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

from benchmarks.archipelagos import Decks, sized
from benchmarks.quality.engines import (
    LONG_SEARCH,
    PYVRP_WAITING,
    ROUTING,
    SEARCH,
    VROOM_WAITING,
    SuiteName,
)
from benchmarks.quality.replay import replay
from benchmarks.quality.runners.protocol import Json
from benchmarks.quality.suite import Judgement
from benchmarks.quality.waiting import WaitingMap
from benchmarks.reading import Instance, read
from router.checking.referee import check
from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import Plan
from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.errors import SchedulingError
from router.scheduling import schedule

SIZES, SEEDS = (60, 230, 600), (1, 2)
QUICK = ("60-tight-1",)

BUDGETS: dict[str, tuple[tuple[float, int], ...]] = {
    SEARCH: ((10.0, 1),),
    LONG_SEARCH: ((60.0, 1), (60.0, 2), (60.0, 3)),
    ROUTING: ((60.0, 1),),
    PYVRP_WAITING: ((20.0, 1),),
    VROOM_WAITING: ((20.0, 1),),
}
"""Seconds and seeds of each engine; the bars of the comparison are made for these."""

HURRIED: dict[str, tuple[tuple[float, int], ...]] = {
    SEARCH: ((5.0, 1),),
    LONG_SEARCH: (),
    ROUTING: ((20.0, 1),),
    PYVRP_WAITING: ((5.0, 1),),
    VROOM_WAITING: ((5.0, 1),),
}


class Ferries:
    """Archipelagos of 60, 230 and 600 stops, decks free and tight, two seeds each."""

    name = SuiteName.FERRIES

    def __init__(self, *, hurried: bool) -> None:
        """Take shorter budgets where ``hurried``."""
        self._budgets = HURRIED if hurried else BUDGETS

    def instances(self) -> tuple[str, ...]:
        """Return all twelve: ``230-tight-1`` has 230 stops, tight decks and seed 1."""
        return tuple(f"{stops}-{decks}-{seed}" for stops, decks, seed in product(SIZES, Decks, SEEDS))

    def budgets(self, engine: str, _seconds: float, _seeds: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """Return what each engine always gets here."""
        return self._budgets[engine]

    def case(self, instance: str, engine: str) -> Json:
        """Return the request as it goes over the wire, or the static map of it."""
        if engine in (PYVRP_WAITING, VROOM_WAITING):
            return WaitingMap(read(request(instance)).travel).case()
        return {"request": request(instance)}

    def judge(self, instance: str, engine: str, routes: Sequence[Any]) -> Judgement:
        """Return what the plan costs and serves: by our referee, or after a day by the timetable."""
        archipelago = read(request(instance))
        if engine in (PYVRP_WAITING, VROOM_WAITING):
            return _replayed(archipelago, routes)
        return _checked(archipelago, routes)


def request(instance: str) -> Json:
    """Return the request of an instance by its name."""
    stops, decks, seed = instance.split("-")
    return sized(int(stops), seed=int(seed), decks=Decks(decks))


def _checked(archipelago: Instance, routes: Sequence[Any]) -> Judgement:
    problem, travel = archipelago.problem, archipelago.travel
    proposal = Proposal(
        routes=tuple(
            RouteProposal(
                vehicle_id=VehicleId(route["vehicle"]), actions=tuple(map(_action, route["actions"]))
            )
            for route in routes
        )
    )
    try:
        plan = schedule(problem, travel, proposal)
    except SchedulingError as error:
        return Judgement(figures={}, faults=(str(error),))
    violations = check(problem, travel.matrix, plan)
    return Judgement(figures=_figures(plan), faults=tuple(str(violation) for violation in violations))


def _figures(plan: Plan) -> dict[str, float]:
    return {
        "cost": plan.cost.total,
        "served": plan.totals.served,
        "missing": sum(left_out.penalty is None for left_out in plan.unserved),
        "routes": len(plan.routes),
    }


def _action(document: list[str]) -> Action:
    what, *of = document
    if what == "visit":
        return Visit(StopId(of[0]))
    return Boarding(SailingId(of[0])) if what == "board" else Reload()


def _replayed(archipelago: Instance, routes: Sequence[Json]) -> Judgement:
    static, problem = WaitingMap(archipelago.travel), archipelago.problem
    origin = static.case()["origin"]
    named = [
        {
            "vehicle": problem.vehicles[route["vehicle"]].id,
            "departs": route["departs"] + origin,
            "stops": [[problem.stops[stop].id, begins + origin] for stop, begins in route["stops"]],
        }
        for route in routes
    ]
    return Judgement(figures=asdict(replay(archipelago.travel, static, named)), faults=())
