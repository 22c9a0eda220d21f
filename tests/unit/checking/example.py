"""A plan made by hand that is right in every number, for the referee to be silent about.

Two vans of a depot in Banyuwangi (Java, WIB) cross from Ketapang to Gilimanuk (Bali, WITA, an hour ahead) on
one sailing, whose deck has two slots. The decks on the way back have one, so that the second van waits for
the afternoon. ``van-1`` is home at noon sharp, as the depot closes; ``van-2`` comes while it is closed and
waits.
"""

from dataclasses import replace

from router.domain.fleet import Load
from router.domain.ids import DepotId, LineId, PortId, SailingId, StopId, VehicleId
from router.domain.plan import (
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    Reason,
    ReasonCode,
    Route,
    SolverReport,
    StartStep,
    Step,
    StoppedBy,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds
from tests.builders import MINUTE, WIB, WITA, at, between, depot, dropoff, line, pickup, port, problem, van

FARES = {"IVB": 200_000, "II": 30_000}


def two_islands() -> Problem:
    """Return what was asked."""
    return problem(
        dimensions=("parcels", "grams"),
        depots=(
            depot(
                "bwi",
                island="java",
                windows=(between("05:30", "12:00", WIB), between("16:30", "21:00", WIB)),
                zone=WIB,
            ),
            depot("gil", island="bali", km=1),
        ),
        stops=(
            dropoff(
                "p-1",
                km=10,
                load=(2, 500),
                windows=(between("09:30", "10:00"), between("14:00", "15:00")),
                service=10 * MINUTE,
                requires=("fragile",),
            ),
            dropoff("p-2", km=20, load=(3, 1000), service=5 * MINUTE, allowed=("van-1", "bike-1")),
            replace(pickup("c-1", km=15, load=(4, 2000)), service=Seconds(2 * MINUTE)),
            dropoff("p-3", island="java", km=5, load=(1, 100), service=MINUTE, zone=WIB),
            dropoff("p-4", km=8, load=(2, 300), service=2 * MINUTE),
            dropoff("p-5", km=30, load=(1, 100), requires=("cold",), penalty=50_000),
            dropoff("p-6", island="menjangan", load=(1, 100)),
        ),
        vehicles=(
            van(
                "van-1",
                start="bwi",
                shift=between("05:00", "20:00", WIB),
                capacity=(6, None),
                provides=("fragile",),
                fixed=100_000,
                per_km=2_500,
                per_hour=30_000,
            ),
            van(
                "van-2",
                start="bwi",
                shift=between("05:00", "20:00", WIB),
                capacity=(5, 5000),
                per_km=1_000,
            ),
            van("bike-1", start="bwi", capacity=(2, 2000), profile="motorbike", ferry_class="III"),
        ),
        ports=(
            port("ketapang", island="java", km=10, zone=WIB),
            port("gilimanuk", island="bali", km=0, zone=WITA),
        ),
        lines=(
            line(
                "over",
                "ketapang",
                "gilimanuk",
                ("07:00", "08:00", "09:00"),
                fares=FARES,
                deck_slots=2,
                cancelled=("08:00",),
                zone=WIB,
            ),
            line("back", "gilimanuk", "ketapang", ("12:00", "16:00"), fares=FARES, deck_slots=1),
            line("boat", "ketapang", "gilimanuk", ("07:00",), fares={"II": 30_000}, zone=WIB),
        ),
    )


def good_plan() -> Plan:
    """Return the answer, every number of it worked out on paper."""
    return Plan(
        routes=(
            Route(
                vehicle_id=VehicleId("van-1"),
                steps=_first_van(),
                cost=Money(100_000 + 60 * 2_500 + 5.5 * 30_000 + 2 * 200_000),
                distance=Meters(60_000),
                duration=Seconds(19_800),
            ),
            Route(
                vehicle_id=VehicleId("van-2"),
                steps=_second_van(),
                cost=Money(36 * 1_000 + 2 * 200_000),
                distance=Meters(36_000),
                duration=Seconds(36_600),
            ),
        ),
        unserved=(
            _left_out("p-5", ReasonCode.SKILL, 50_000),
            _left_out("p-6", ReasonCode.UNREACHABLE, None),
        ),
        cost=PlanCost(
            fixed=Money(100_000),
            distance=Money(186_000),
            time=Money(165_000),
            fares=Money(800_000),
            unserved=Money(50_000),
        ),
        totals=PlanTotals(
            served=5,
            unserved=2,
            vehicles_used=2,
            distance=Meters(96_000),
            driving=Seconds(5_760),
            service=Seconds(1_200),
            waiting=Seconds(37_440),
            ferry=Seconds(12_000),
            duration=Seconds(56_400),
            crossings=4,
        ),
        solver=SolverReport(
            seed=1, iterations=0, stopped_by=StoppedBy.ITERATION_LIMIT, engine="hand", version="1"
        ),
    )


def _stop(
    name: str,
    *,
    km: int,
    arrives: Instant,
    starts: Instant,
    departs: Instant,
    load: Load,
) -> StopStep:
    return StopStep(
        stop_id=StopId(name),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=arrives,
        starts_at=starts,
        departs_at=departs,
        load=load,
    )


def _over(*, km: int, arrives: Instant) -> FerryStep:
    """The seven o'clock from Java: it docks at 08:45 on the clocks of Bali."""
    return FerryStep(
        line_id=LineId("over"),
        sailing_id=SailingId("over 07:00"),
        from_port=PortId("ketapang"),
        to_port=PortId("gilimanuk"),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=arrives,
        check_in_by=at("06:40", WIB),
        departs_at=at("07:00", WIB),
        docks_at=at("08:45", WITA),
        rolls_off_at=at("08:50", WITA),
        fare=Money(200_000),
    )


def _back(sails: str, *, check_in: str, docks: str, rolls_off: str, km: int, arrives: Instant) -> FerryStep:
    return FerryStep(
        line_id=LineId("back"),
        sailing_id=SailingId(f"back {sails}"),
        from_port=PortId("gilimanuk"),
        to_port=PortId("ketapang"),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=arrives,
        check_in_by=at(check_in),
        departs_at=at(sails),
        docks_at=at(docks),
        rolls_off_at=at(rolls_off),
        fare=Money(200_000),
    )


def _end(*, km: int, arrives: Instant) -> EndStep:
    return EndStep(
        place=DepotId("bwi"), drive=Seconds(km * MINUTE), distance=Meters(km * 1000), arrives_at=arrives
    )


def _left_out(name: str, code: ReasonCode, penalty: float | None) -> Unserved:
    return Unserved(
        stop_id=StopId(name),
        penalty=None if penalty is None else Money(penalty),
        reasons=(
            Reason(code=code, vehicle_ids=(VehicleId("van-1"), VehicleId("van-2")), detail="shown here"),
        ),
    )


def _first_van() -> tuple[Step, ...]:
    return (
        StartStep(place=DepotId("bwi"), departs_at=at("06:30", WIB), load=(5, 1500)),
        _over(km=10, arrives=at("06:40", WIB)),
        _stop("p-1", km=10, arrives=at("09:00"), starts=at("09:30"), departs=at("09:40"), load=(3, 1000)),
        _stop("p-2", km=10, arrives=at("09:50"), starts=at("09:50"), departs=at("09:55"), load=(0, 0)),
        _stop("c-1", km=5, arrives=at("10:00"), starts=at("10:00"), departs=at("10:02"), load=(4, 2000)),
        _back("12:00", docks="12:45", rolls_off="12:50", check_in="11:40", km=15, arrives=at("10:17")),
        _end(km=10, arrives=at("12:00", WIB)),
    )


def _second_van() -> tuple[Step, ...]:
    return (
        StartStep(place=DepotId("bwi"), departs_at=at("06:20", WIB), load=(3, 400)),
        _stop(
            "p-3",
            km=5,
            arrives=at("06:25", WIB),
            starts=at("06:25", WIB),
            departs=at("06:26", WIB),
            load=(2, 300),
        ),
        _over(km=5, arrives=at("06:31", WIB)),
        _stop("p-4", km=8, arrives=at("08:58"), starts=at("08:58"), departs=at("09:00"), load=(0, 0)),
        _back("16:00", docks="16:45", rolls_off="16:50", check_in="15:40", km=8, arrives=at("09:08")),
        _end(km=10, arrives=at("16:30", WIB)),
    )
