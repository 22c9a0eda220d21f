"""A second plan made by hand: one van's long day of trips, breaks and limits, each kept and none to spare.

``van-1`` leaves Denpasar with two parcels, picks up a shipment on the way, rests over tea, reloads, waits for
a parcel that is ready at 09:30, drops the shipment off, has lunch aboard the noon ferry that it is booked on,
and a nap at the port before the ferry home. ``van-2`` is out early and short, and owes none of its breaks.
"""

from router.domain.ids import BreakId, DepotId, LineId, PortId, SailingId, StopId, VehicleId
from router.domain.locks import LockKind
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    ReloadStep,
    Route,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Meters, Money, Seconds
from tests.builders import (
    MINUTE,
    at,
    between,
    depot,
    dropoff,
    limits,
    line,
    lock,
    pickup,
    port,
    problem,
    rest,
    shipment,
    van,
)


def long_day() -> Problem:
    """Return what was asked."""
    fares = {"IVB": 100}
    return problem(
        depots=(
            depot("dps", windows=(between("06:00", "11:00"), between("12:30", "20:00"))),
            depot("next door"),
        ),
        stops=(
            dropoff("a", km=10, load=(2,), service=5 * MINUTE, cash=200_000),
            dropoff("b", km=30, load=(1,), cash=250_000),
            dropoff("c", km=5, load=(3,), cash=100_000, ready_at=at("09:30")),
            dropoff("d", island="penida", km=6, load=(1,), service=4 * MINUTE),
            dropoff("f", km=15, load=(1,)),
            pickup("g", km=5, load=(1,)),
            *shipment("s-1", km=20, to_km=8, load=(2,)),
            *shipment("s-2", km=20, to_km=25, load=(9,), penalty=50_000),
        ),
        vehicles=(
            van(
                "van-1",
                capacity=(6,),
                per_hour=60,
                limits=limits(cash=450_000, distance=92_000, duration=9 * 3600, stops=6),
                max_trips=2,
                reload=10 * MINUTE,
                breaks=(
                    rest("tea", "08:00", "09:00", minutes=15),
                    rest("lunch", "12:00", "13:00"),
                    rest("nap", "14:00", "15:00", minutes=10),
                ),
                tickets=("over 12:00",),
            ),
            van("van-2", breaks=(rest("dawn", "06:00", "06:30"), rest("dusk", "07:30", "08:00"))),
        ),
        ports=(port("sanur", island="bali", km=10), port("toya", island="penida")),
        lines=(
            line("over", "sanur", "toya", ("08:00", "12:00"), fares=fares),
            line("back", "toya", "sanur", ("15:00",), fares=fares),
        ),
        locks=(lock("van-1", "a", "b", kind=LockKind.SEQUENCE), lock("van-2", "f")),
    )


def long_day_plan() -> Plan:
    """Return the answer, every number of it worked out on paper."""
    return Plan(
        routes=(
            Route(
                vehicle_id=VehicleId("van-1"),
                steps=_long_route(),
                cost=Money(92 + 9 * 60 + 2 * 100),
                distance=Meters(92_000),
                duration=Seconds(9 * 3600),
            ),
            Route(
                vehicle_id=VehicleId("van-2"),
                steps=_short_route(),
                cost=Money(30),
                distance=Meters(30_000),
                duration=Seconds(30 * MINUTE),
            ),
        ),
        unserved=(
            Unserved(stop_id=StopId("s-2/pickup"), penalty=Money(50_000)),
            Unserved(stop_id=StopId("s-2/dropoff"), penalty=Money(0)),
        ),
        cost=PlanCost(distance=Money(122), time=Money(540), fares=Money(200), unserved=Money(50_000)),
        totals=PlanTotals(
            served=8,
            unserved=2,
            vehicles_used=2,
            distance=Meters(122_000),
            driving=Seconds(122 * MINUTE),
            service=Seconds((5 + 4 + 10) * MINUTE),
            waiting=Seconds((25 + 35 + 140 + 54 + 50) * MINUTE),
            ferry=Seconds((2 * 50 - 30) * MINUTE),
            breaks=Seconds((15 + 30 + 10) * MINUTE),
            duration=Seconds((9 * 60 + 30) * MINUTE),
            crossings=2,
        ),
    )


def _stop(name: str, *, km: int, begins: str, departs: str | None = None, load: int, cash: float) -> StopStep:
    """A stop that is served on arrival."""
    return StopStep(
        stop_id=StopId(name),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=at(begins),
        starts_at=at(begins),
        departs_at=at(departs or begins),
        load=(load,),
        cash=Money(cash),
    )


def _rest(name: str, starts: str, ends: str, *, aboard: str | None = None) -> BreakStep:
    sailing = None if aboard is None else SailingId(aboard)
    return BreakStep(break_id=BreakId(name), starts_at=at(starts), ends_at=at(ends), aboard=sailing)


def _ferry(name: str, ports: tuple[str, str], *, km: int, times: tuple[str, str, str, str, str]) -> FerryStep:
    arrives, check_in, departs, docks, rolls_off = map(at, times)
    return FerryStep(
        line_id=LineId(name),
        sailing_id=SailingId(f"{name} {times[2]}"),
        from_port=PortId(ports[0]),
        to_port=PortId(ports[1]),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=arrives,
        check_in_by=check_in,
        departs_at=departs,
        docks_at=docks,
        rolls_off_at=rolls_off,
        fare=Money(100),
    )


def _end(*, km: int, arrives: str) -> EndStep:
    return EndStep(
        place=DepotId("dps"),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=at(arrives),
    )


def _long_route() -> tuple[Step, ...]:
    times_over = ("09:40", "11:40", "12:00", "12:45", "12:50")
    times_back = ("13:06", "14:40", "15:00", "15:45", "15:50")
    return (
        StartStep(place=DepotId("dps"), departs_at=at("07:00"), load=(3,)),
        _stop("a", km=10, begins="07:10", departs="07:15", load=1, cash=200_000),
        _stop("s-1/pickup", km=10, begins="07:25", load=3, cash=200_000),
        _stop("b", km=10, begins="07:35", load=2, cash=450_000),
        _rest("tea", "08:00", "08:15"),
        ReloadStep(
            place=DepotId("dps"),
            drive=Seconds(30 * MINUTE),
            distance=Meters(30_000),
            arrives_at=at("08:45"),
            starts_at=at("08:45"),
            departs_at=at("09:30"),
            load=(6,),
        ),
        _stop("c", km=5, begins="09:35", load=3, cash=100_000),
        _stop("s-1/dropoff", km=3, begins="09:38", load=1, cash=100_000),
        _ferry("over", ("sanur", "toya"), km=2, times=times_over),
        _rest("lunch", "12:05", "12:35", aboard="over 12:00"),
        _stop("d", km=6, begins="12:56", departs="13:00", load=0, cash=100_000),
        _rest("nap", "14:00", "14:10"),
        _ferry("back", ("toya", "sanur"), km=6, times=times_back),
        _end(km=10, arrives="16:00"),
    )


def _short_route() -> tuple[Step, ...]:
    return (
        StartStep(place=DepotId("dps"), departs_at=at("07:00"), load=(1,)),
        _stop("f", km=15, begins="07:15", load=0, cash=0),
        _stop("g", km=10, begins="07:25", load=1, cash=0),
        _end(km=5, arrives="07:30"),
    )
