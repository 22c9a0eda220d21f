"""One fault at a time in a long day of trips, breaks and limits, and exactly the rules that it breaks."""

from dataclasses import replace
from typing import Any

import pytest

from router.checking import check
from router.domain.ids import BreakId, DepotId, SailingId, StopId
from router.domain.locks import LockKind
from router.domain.plan import BreakStep, Plan, Step
from router.domain.problem import Problem
from router.domain.units import Instant, Money, Seconds
from tests.builders import MINUTE, at, between, limits, lock, rest, road_matrix
from tests.mutators.editing import swapped, visited_first, with_step, with_steps
from tests.unit.checking.busy_day import long_day, long_day_plan
from tests.unit.checking.faults import Fault, depot, later, plan, sailings, step, stop, vehicle

ASKED, PLAN = long_day(), long_day_plan()

A, PICKUP, B, TEA, RELOAD, C, DROPOFF, OVER, LUNCH, D, NAP, BACK = range(1, 13)
"""Steps of the long route by their index."""


def without(r: int, i: int) -> Fault:
    """Leave a step out."""
    return lambda problem, plan: (problem, with_steps(plan, r, i, []))


def put_in(r: int, i: int, new: Step) -> Fault:
    """Put a step in after another."""
    return lambda problem, plan: (problem, with_steps(plan, r, i, [plan.routes[r].steps[i], new]))


def swap(r: int, i: int, j: int) -> Fault:
    """Have two steps change places."""
    return lambda problem, plan: (problem, swapped(plan, r, i, j))


def own(**changes: Any) -> Fault:
    """Change the van of the long day."""
    return vehicle("van-1", **changes)


def limit(**changes: Any) -> Fault:
    """Change one limit of the van of the long day."""
    return own(limits=replace(ASKED.vehicles[0].limits, **changes))


def locked(*stops: str, to: str = "van-1", kind: LockKind = LockKind.SEQUENCE) -> Fault:
    """Have one lock, this one, alone."""
    return lambda problem, plan: (replace(problem, locks=(lock(to, *stops, kind=kind),)), plan)


def resting(i: int, starts: str, ends: str) -> Fault:
    """Take a break of the long day at another time."""
    return step(0, i, starts_at=at(starts), ends_at=at(ends))


def both(*faults: Fault) -> Fault:
    """Make several changes."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        for change in faults:
            problem, plan = change(problem, plan)
        return problem, plan

    return fault


def handed_over(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """Drop the shipment off by the other van, that never picked it up."""
    apart = with_steps(plan, 0, DROPOFF, [])
    return problem, visited_first(apart, 1, problem.stop(StopId("s-1/dropoff")))


def breaks(**changes: Any) -> Fault:
    """Change the break called lunch."""
    tea, lunch, nap = ASKED.vehicles[0].breaks
    return own(breaks=(tea, replace(lunch, **changes), nap))


def short_break(start: str, end: str, *, minutes: int = 30) -> Fault:
    """Have one break, that is not taken, in the short day from 07:00 to 07:30."""
    return vehicle("van-2", breaks=(rest("pause", start, end, minutes=minutes),))


FAULTS: dict[str, tuple[Fault, set[str]]] = {
    # names
    "a break that nobody has": (step(0, TEA, break_id=BreakId("x")), {"references", "breaks"}),
    "a break of another driver": (step(0, TEA, break_id=BreakId("dawn")), {"references", "breaks"}),
    "a rest aboard no ship at all": (step(0, LUNCH, aboard=SailingId("x")), {"references", "breaks"}),
    "a reload at no depot": (
        step(0, RELOAD, place=DepotId("x")),
        {"references", "trips"},
    ),
    # trips
    "one trip too many": (own(max_trips=1), {"trips"}),
    "a reload elsewhere": (step(0, RELOAD, place=DepotId("next door")), {"trips"}),
    "a reload that takes longer": (own(reload=Seconds(45 * MINUTE + 1)), {"trips", "totals"}),
    "a reload that takes all the time there is": (own(reload=Seconds(45 * MINUTE)), {"totals"}),
    "a reload before the arrival": (later(0, RELOAD, "starts_at", -1), {"time_continuity"}),
    "a reload that waits to begin": (later(0, RELOAD, "starts_at", 35 * MINUTE), set()),
    "an arrival at the reload too soon": (later(0, RELOAD, "arrives_at", -1), {"time_continuity"}),
    "a drive to the reload told shorter": (later(0, RELOAD, "drive", -1), {"driving"}),
    "a reload at a closed depot": (
        depot("dps", windows=(between("06:00", "08:44"), between("12:30", "20:00"))),
        {"depot_windows"},
    ),
    "a reload that goes on behind closed doors": (
        depot("dps", windows=(between("06:00", "08:45"), between("12:30", "20:00"))),
        set(),
    ),
    # ready
    "a parcel that is ready a second too late": (stop("c", ready_at=Instant(at("09:30") + 1)), {"ready_at"}),
    "a parcel of the first trip that is not ready": (stop("b", ready_at=at("07:01")), {"ready_at"}),
    "a parcel of the second trip that was not ready for the first": (stop("d", ready_at=at("09:00")), set()),
    "a pick-up that is not ready when it is served": (stop("g", ready_at=at("07:26")), {"ready_at"}),
    "a pick-up that is ready after the trip has begun": (stop("g", ready_at=at("07:25")), set()),
    "a shipment that is not ready for its drop-off": (
        stop("s-1/dropoff", ready_at=at("09:39")),
        {"ready_at"},
    ),
    # cash
    "a rupiah too much": (limit(cash=Money(449_999)), {"cash"}),
    "cash that is told wrong": (step(0, C, cash=Money(0)), {"cash"}),
    "cash that is not handed in at the reload": (step(0, DROPOFF, cash=Money(550_000)), {"cash"}),
    "cash that nobody was asked for": (step(1, 1, cash=Money(1)), {"cash"}),
    "cash that is no number": (step(1, 1, cash=Money(float("nan"))), {"cash"}),
    # limits
    "a metre too far": (limit(distance=91_999), {"max_distance"}),
    "a second too long": (limit(duration=9 * 3600 - 1), {"max_duration"}),
    "a stop too many": (limit(stops=5), {"max_stops"}),
    "no limits": (own(limits=limits()), set()),
    # breaks
    "no tea": (without(0, TEA), {"breaks", "time_continuity", "totals"}),
    "no lunch": (without(0, LUNCH), {"breaks", "totals"}),
    "a lunch that is not due, the van being back by then": (
        breaks(window=between("12:00", "16:00")),
        set(),
    ),
    "lunch twice": (put_in(0, LUNCH, PLAN.routes[0].steps[LUNCH]), {"breaks", "totals"}),
    "tea a second too soon": (
        own(breaks=(rest("tea", "08:00:01", "09:00", minutes=15), *ASKED.vehicles[0].breaks[1:])),
        {"breaks"},
    ),
    "lunch after its window": (breaks(window=between("11:30", "12:04")), {"breaks"}),
    "lunch that should be longer": (breaks(duration=Seconds(31 * MINUTE)), {"breaks", "totals"}),
    "lunch before casting off": (resting(LUNCH, "11:59:59", "12:29:59"), {"breaks"}),
    "lunch until docking": (resting(LUNCH, "12:15", "12:45"), set()),
    "lunch after docking": (resting(LUNCH, "12:15:01", "12:45:01"), {"breaks"}),
    "lunch on the car deck after docking, told as on land": (
        step(0, LUNCH, aboard=None, starts_at=at("12:15"), ends_at=at("12:45")),
        {"breaks", "totals"},
    ),
    "lunch aboard another ship": (step(0, LUNCH, aboard=SailingId("back 15:00")), {"breaks"}),
    "a nap aboard on land": (step(0, NAP, aboard=SailingId("over 12:00")), {"breaks", "totals"}),
    "a nap that begins before service is over": (
        both(
            own(breaks=(*ASKED.vehicles[0].breaks[:2], rest("nap", "12:50", "15:00", minutes=10))),
            resting(NAP, "12:50", "13:00"),
        ),
        {"breaks"},
    ),
    "a nap on the road": (
        both(
            own(breaks=(*ASKED.vehicles[0].breaks[:2], rest("nap", "13:00", "15:00", minutes=10))),
            resting(NAP, "13:03", "13:13"),
        ),
        {"time_continuity"},
    ),
    "a nap that runs into check-in": (resting(NAP, "14:31", "14:41"), {"breaks"}),
    "a nap until check-in closes": (resting(NAP, "14:30", "14:40"), set()),
    "an arrival in the middle of tea": (later(0, RELOAD, "arrives_at", -20 * MINUTE), {"time_continuity"}),
    "loitering after tea": (later(0, RELOAD, "arrives_at", 1), {"time_continuity"}),
    "a break that is due by a second": (short_break("06:30:01", "07:29:59"), {"breaks"}),
    "a break that is not due, the van leaving when it might end": (short_break("06:30", "07:29:59"), set()),
    "a break that is not due, the van coming home as it might begin": (short_break("06:59", "07:30"), set()),
    "a break during the next stop": (
        put_in(1, 1, BreakStep(break_id=BreakId("dusk"), starts_at=at("07:30"), ends_at=at("08:00"))),
        {"breaks", "totals"},
    ),
    # shipments
    "a shipment that is never picked up": (
        without(0, PICKUP),
        {"shipments", "served_once", "loads", "driving", "totals"},
    ),
    "a shipment that is never dropped off": (
        without(0, DROPOFF),
        {"shipments", "served_once", "loads", "driving", "totals"},
    ),
    "a shipment dropped off before it is picked up": (
        swap(0, PICKUP, DROPOFF),
        {"shipments", "time_continuity", "loads", "cash", "driving", "costs", "totals", "max_distance"},
    ),
    "a shipment that another van drops off": (
        handed_over,
        {"shipments", "time_continuity", "loads", "driving"},
    ),
    "a shipment that grew": (stop("s-1/dropoff", load=(3,)), {"loads"}),
    "a load told without the shipment that stays on board": (step(0, RELOAD, load=(4,)), {"loads"}),
    "a van that is full after the reload": (own(capacity=(5,)), {"capacity"}),
    # tickets
    "a ticket for the morning": (own(tickets=(SailingId("over 08:00"),)), {"tickets"}),
    "tickets for both": (own(tickets=(SailingId("over 08:00"), SailingId("over 12:00"))), set()),
    "a ticket that is not used": (vehicle("van-2", tickets=(SailingId("over 08:00"),)), set()),
    # locks
    "a stop locked to the other van": (
        locked("a", to="van-2", kind=LockKind.VEHICLE),
        {"locks"},
    ),
    "a sequence the other way round": (locked("b", "a"), {"locks"}),
    "a sequence out of order at its end": (locked("a", "d", "c"), {"locks"}),
    "a sequence with others in between, over two trips": (locked("a", "c", "d"), set()),
    "stops locked to a van in any order": (locked("d", "c", "a", kind=LockKind.VEHICLE), set()),
    "a sequence of which one is left out": (locked("d", "s-2/pickup"), set()),
    # sums
    "breaks told shorter": (plan(totals=replace(PLAN.totals, breaks=Seconds(0))), {"totals"}),
    "a check-in that closes earlier": (sailings(check_in=Seconds(30 * MINUTE)), {"sailings"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_breaks_exactly_these_rules(name: str) -> None:
    """A fault without rules is none: it shows how far a rule goes."""
    fault, rules = FAULTS[name]
    problem, broken = fault(ASKED, PLAN)
    assert {violation.rule for violation in check(problem, road_matrix(problem), broken)} == rules


def test_a_break_may_be_taken_on_arrival_before_the_next_step() -> None:
    """Tea at the depot gate instead of at the stop: the drive first, at once, then the rest, then the reload."""
    at_the_gate = with_step(PLAN, 0, RELOAD, arrives_at=at("08:05"))
    at_the_gate = with_step(at_the_gate, 0, TEA, starts_at=at("08:05"), ends_at=at("08:20"))
    assert check(ASKED, road_matrix(ASKED), at_the_gate) == ()
    too_long = with_step(at_the_gate, 0, TEA, starts_at=at("08:31"), ends_at=at("08:46"))
    assert {v.rule for v in check(ASKED, road_matrix(ASKED), too_long)} == {"breaks"}


def test_a_driver_may_rest_at_a_closed_gate() -> None:
    """Back at 07:30, let in at 07:45 after a quarter of an hour outside."""
    van = replace(ASKED.vehicles[1], breaks=(rest("gate", "07:30", "07:40", minutes=15),))
    early = between("06:00", "07:29"), between("07:45", "20:00")
    problem = replace(
        ASKED,
        vehicles=(ASKED.vehicles[0], van),
        depots=(replace(ASKED.depots[0], windows=early), ASKED.depots[1]),
    )
    pause = BreakStep(break_id=BreakId("gate"), starts_at=at("07:30"), ends_at=at("07:45"))
    waited = with_step(PLAN, 1, 3, arrives_at=at("07:45"))
    rested = with_steps(waited, 1, 2, [waited.routes[1].steps[2], pause])
    assert {v.rule for v in check(problem, road_matrix(problem), rested)} == {"totals"}
