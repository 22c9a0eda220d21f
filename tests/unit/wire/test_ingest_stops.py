"""What cash, readiness, shipments and locks of a request mean."""

import pytest

from router.domain.ids import ShipmentId, StopId, VehicleId
from router.domain.locks import Lock, LockKind
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Shipment, Stop, StopKind
from router.wire.ingest import Ingested, to_problem
from tests.builders import at, between
from tests.unit.wire.requests import (
    Json,
    OneClock,
    body,
    clock,
    faults_of,
    ferry_request,
    matrix,
    place,
    read,
    shipment,
    window,
)

_PLACES = ("dps", "p-1", "p-2", "sanur", "toyapakeh")


def _meaning(**change: Json) -> Ingested:
    return to_problem(read(ferry_request() | change), OneClock())


def _stop(**change: Json) -> Stop:
    document = ferry_request()
    stops = [document["stops"][0] | change, document["stops"][1]]
    return _meaning(stops=stops).problem.stop(StopId("p-1"))


def _ends(problem: Problem, name: str = "s-1") -> tuple[Stop, Stop]:
    return problem.stop(StopId(f"{name}/pickup")), problem.stop(StopId(f"{name}/dropoff"))


def test_cash_on_delivery_is_cash_of_the_stop() -> None:
    assert (_stop(cash_on_delivery=150000).cash, _stop(cash_on_delivery=None).cash, _stop().cash) == (
        150000.0,
        0.0,
        0.0,
    )


def test_a_drop_off_keeps_when_it_is_ready() -> None:
    """It is the trip that waits for it: its windows stay as they are."""
    stop = _stop(ready_at=clock("10:00"), windows=[window("09:00", "12:00")])
    assert (stop.ready_at, stop.windows) == (at("10:00"), (between("09:00", "12:00"),))


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([], (between("10:00", "20:00"),)),
        ([window("07:00", "08:00"), window("09:00", "12:00")], (between("10:00", "12:00"),)),
        ([window("07:00", "10:00")], (between("10:00", "10:00"),)),
        ([window("11:00", "12:00")], (between("11:00", "12:00"),)),
        ([window("07:00", "09:59")], (between("05:59:59", "05:59:59"),)),
    ],
    ids=["no windows", "one past, one cut", "to the second", "all later", "all past: never"],
)
def test_a_pick_up_is_not_served_before_it_is_ready(
    windows: list[Json], expected: tuple[TimeWindow, ...]
) -> None:
    """Service begins there and not at the depot, so that its windows say it; never is before all shifts."""
    stop = _stop(kind="pickup", ready_at=clock("10:00"), windows=windows)
    assert (stop.ready_at, stop.windows) == (None, expected)


def test_a_pick_up_ready_after_all_shifts_stays_after_them() -> None:
    assert _stop(kind="pickup", ready_at=clock("22:00")).windows == (between("22:00", "22:00"),)


@pytest.mark.parametrize("kind", ["dropoff", "pickup"])
def test_what_is_ready_too_late_for_its_windows_is_warned_of(kind: str) -> None:
    document = ferry_request()
    document["stops"][0] |= {"kind": kind, "ready_at": clock("09:01"), "windows": [window("08:00", "09:00")]}
    warnings = to_problem(read(document), OneClock()).warnings
    assert [(w.pointer, w.code) for w in warnings] == [("/stops/0/ready_at", "never_ready")]
    assert "60 s" in warnings[0].detail


def test_a_shipment_is_two_stops_behind_all_others() -> None:
    pickup = {"location": place("bali"), "windows": [window("07:00", "10:00")], "service_seconds": 60}
    dropoff = {"location": place("nusa-penida"), "service_seconds": 90}
    problem = _meaning(shipments=[shipment(pickup=pickup, dropoff=dropoff, load={"crates": 2})]).problem
    one, other = _ends(problem)
    assert [stop.id for stop in problem.stops] == ["p-1", "p-2", one.id, other.id]
    assert problem.shipments == (Shipment(id=ShipmentId("s-1"), pickup=one.id, dropoff=other.id),)
    assert (one.shipment, other.shipment) == ("s-1", "s-1")
    assert (one.kind, other.kind) == (StopKind.PICKUP, StopKind.DROPOFF)
    assert (one.location.island, other.location.island) == ("bali", "nusa-penida")
    assert (one.windows, other.windows) == ((between("07:00", "10:00"),), ())
    assert (one.service, other.service) == (60, 90)
    assert problem.dimensions == ("crates", "parcels")
    assert one.load == other.load == (2, 0)


@pytest.mark.parametrize(
    ("penalty", "expected"), [(None, (None, None)), (300, (300.0, 0.0)), (0, (0.0, 0.0))]
)
def test_the_penalty_of_a_shipment_counts_once(
    penalty: float | None, expected: tuple[float | None, float | None]
) -> None:
    one, other = _ends(_meaning(shipments=[shipment(penalty=penalty)]).problem)
    assert (one.penalty, other.penalty) == expected


def test_a_matrix_names_both_ends_of_a_shipment() -> None:
    document = ferry_request() | {"shipments": [shipment()]}
    lacking = document | {"travel": {"matrix": matrix(*_PLACES, "s-1/pickup")}}
    assert faults_of(body(lacking)) == [("/travel/matrix/places", "matrix_misses_place")]
    whole = document | {"travel": {"matrix": matrix(*_PLACES, "s-1/pickup", "s-1/dropoff")}}
    assert faults_of(body(whole)) == []


@pytest.mark.parametrize("thing", ["stops", "depots"])
def test_an_end_of_a_shipment_is_nothing_else(thing: str) -> None:
    document = ferry_request() | {"shipments": [shipment()]}
    document[thing].append({"id": "s-1/dropoff", "location": place()})
    assert faults_of(body(document)) == [("/shipments/0/id", "duplicate_id")]


def test_locks_bind_stops_and_ends_of_shipments() -> None:
    locks = [
        {"vehicle_id": "van-1", "stop_ids": ["p-2", "s-1/dropoff"]},
        {"vehicle_id": "van-1", "stop_ids": ["p-1"], "kind": "vehicle"},
    ]
    problem = _meaning(shipments=[shipment()], locks=locks).problem
    van = VehicleId("van-1")
    assert problem.locks == (
        Lock(vehicle_id=van, stop_ids=(StopId("p-2"), StopId("s-1/dropoff")), kind=LockKind.SEQUENCE),
        Lock(vehicle_id=van, stop_ids=(StopId("p-1"),), kind=LockKind.VEHICLE),
    )
