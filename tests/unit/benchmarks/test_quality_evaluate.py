"""The judge of benchmark plans: a good plan passes, and the same plan broken once per rule does not."""

import pytest

from benchmarks.quality.case import Case, Convention, Node
from benchmarks.quality.evaluate import evaluate


def customer(
    x: float, y: float = 0, *, demand: int = 1, ready: int = 0, due: int = 100, service: int = 0
) -> Node:
    return Node(x=x, y=y, demand=demand, ready=ready, due=due, service=service)


DEPOT = customer(0, demand=0)


def case(*customers: Node, **changes: object) -> Case:
    made = {
        "name": "made up",
        "convention": Convention.DIMACS,
        "fleet": 2,
        "capacity": 10,
        "nodes": (DEPOT, *customers),
        **changes,
    }
    return Case(**made)  # type: ignore[arg-type]


def test_a_good_plan_has_no_fault_and_its_distance_is_out_and_back() -> None:
    verdict = evaluate(case(customer(3), customer(5), customer(0, 4)), [[1, 2], [3]])
    assert verdict.faults == ()
    assert (verdict.vehicles, verdict.distance) == (2, 18.0)


def test_empty_routes_are_no_vehicles() -> None:
    assert evaluate(case(customer(3)), [[1], []]).vehicles == 1


def test_dimacs_cuts_each_arc_after_one_decimal() -> None:
    assert evaluate(case(customer(1, 1)), [[1]]).distance == 2.8


def test_euclidean_cuts_nothing() -> None:
    assert evaluate(case(customer(1, 1), convention=Convention.EUCLIDEAN), [[1]]).distance == pytest.approx(
        2 * 2**0.5
    )


@pytest.mark.parametrize(
    ("routes", "fault"),
    [
        ([[1]], "not served: 2"),
        ([[1, 2], [2]], "served more than once: 2"),
        ([[1, 2, 7]], "no customers: 7"),
        ([[0, 1, 2]], "no customers: 0"),
    ],
)
def test_every_customer_is_served_once(routes: list[list[int]], fault: str) -> None:
    assert evaluate(case(customer(1), customer(2)), routes).faults == (fault,)


def test_more_vehicles_than_there_are_is_a_fault() -> None:
    assert evaluate(case(customer(1), customer(2), fleet=1), [[1], [2]]).faults == (
        "2 vehicles, there are 1",
    )


def test_drop_offs_of_a_route_fit_the_vehicle_together() -> None:
    heavy = case(customer(1, demand=6), customer(2, demand=6))
    assert evaluate(heavy, [[1], [2]]).faults == ()
    assert evaluate(heavy, [[1, 2]]).faults == ("route 0: carries 12, capacity 10",)


def test_service_begins_by_the_due_time_and_waits_for_the_ready_time() -> None:
    waits = case(customer(5, ready=20, service=3), customer(6, due=24))
    assert evaluate(waits, [[1, 2]]).faults == ()
    late = case(customer(5, ready=20, service=4), customer(6, due=24))
    assert evaluate(late, [[1, 2]]).faults == ("route 0: customer 2 begins at 25.000, due 24",)


def test_the_vehicle_is_back_before_the_day_ends() -> None:
    assert evaluate(case(customer(40, ready=61)), [[1]]).faults == ("route 0: back at 101.000, due 100",)


def paired(*pairs: tuple[int, int]) -> Case:
    nodes = (customer(1, demand=8), customer(2, demand=-8), customer(3, demand=8), customer(4, demand=-8))
    return case(*nodes, pairs=pairs)


def test_a_shipment_is_on_board_between_its_ends_only() -> None:
    both = paired((1, 2), (3, 4))
    assert evaluate(both, [[1, 2, 3, 4]]).faults == ()
    assert evaluate(both, [[1, 3, 2, 4]]).faults == ("route 0: carries 16, capacity 10",)


def test_a_shipment_stays_with_its_vehicle() -> None:
    faults = evaluate(paired((1, 2), (3, 4)), [[1], [2, 3, 4]]).faults
    assert "shipment 1-2 changes vehicles" in faults


def test_a_shipment_is_picked_up_first() -> None:
    faults = evaluate(paired((1, 2), (3, 4)), [[2, 1, 3, 4]]).faults
    assert "shipment 1-2 is dropped off before it is picked up" in faults
