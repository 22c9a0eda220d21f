"""Locks that cannot be meant."""

import pytest

from tests.unit.wire.requests import Json, body, faults_of, ferry_request, shipment


def _locks(*locks: tuple[str, ...]) -> Json:
    """Return a request with locks, each a vehicle and its stops; ``van-2*`` locks without an order."""
    document = ferry_request()
    document["vehicles"].append(document["vehicles"][0] | {"id": "van-2"})
    document["shipments"] = [shipment()]
    document["locks"] = [
        {
            "vehicle_id": vehicle.strip("*"),
            "stop_ids": stops,
            "kind": "vehicle" if vehicle.endswith("*") else "sequence",
        }
        for vehicle, *stops in locks
    ]
    return document


@pytest.mark.parametrize(
    ("locks", "expected"),
    [
        ([("van-1", "p-1"), ("van-2", "p-1")], [("/locks/1/stop_ids/0", "locked_twice")]),
        ([("van-1", "p-1"), ("van-2*", "p-2", "p-1")], [("/locks/1/stop_ids/1", "locked_twice")]),
        ([("van-1", "p-1", "p-1")], [("/locks/0/stop_ids/1", "locked_twice")]),
        ([("van-1", "s-1/pickup"), ("van-2", "s-1/dropoff")], [("/locks/1/stop_ids/0", "locked_twice")]),
        ([("van-1", "p-1", "p-2"), ("van-1", "p-2", "p-1")], [("/locks/1/stop_ids", "lock_order")]),
        (
            [("van-1", "p-1", "p-2"), ("van-1", "p-2", "s-1/pickup"), ("van-1", "s-1/pickup", "p-1")],
            [("/locks/2/stop_ids", "lock_order")],
        ),
        ([("van-1", "s-1/dropoff", "p-1", "s-1/pickup")], [("/locks/0/stop_ids", "lock_order")]),
        ([("van-1", "p-1", "p-2"), ("van-1*", "p-2", "p-1")], []),
        ([("van-1", "p-1", "p-2"), ("van-1", "p-2", "s-1/pickup"), ("van-1", "p-1", "s-1/pickup")], []),
        ([("van-1*", "s-1/dropoff", "s-1/pickup"), ("van-2", "p-1", "p-2")], []),
        ([("van-1", "s-1/pickup", "p-1", "s-1/dropoff")], []),
        ([("van-1",)], []),
    ],
)
def test_locks_that_contradict_each_other_are_refused(
    locks: list[tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    assert faults_of(body(_locks(*locks))) == expected


@pytest.mark.parametrize("change", [{"requires": ["cold"]}, {"allowed_vehicles": ["van-2"]}])
def test_a_stop_is_not_locked_to_a_vehicle_that_may_not_come(change: Json) -> None:
    document = _locks(("van-1*", "p-2", "p-1"))
    document["stops"][0] |= change
    assert faults_of(body(document)) == [("/locks/0/stop_ids/1", "lock_not_allowed")]


def test_a_stop_may_be_locked_to_a_vehicle_that_provides_all_it_requires() -> None:
    document = _locks(("van-1", "p-1"))
    document["stops"][0] |= {"requires": ["cold"], "allowed_vehicles": ["van-2", "van-1"]}
    document["vehicles"][0]["provides"] = ["fragile", "cold"]
    assert faults_of(body(document)) == []


def test_all_that_is_wrong_with_locks_comes_together() -> None:
    document = _locks(("van-1", "p-1", "p-2"), ("van-1", "p-2", "p-1"), ("van-2", "p-1"), ("van-9", "p-9"))
    document["stops"][1]["requires"] = ["cold"]
    codes = sorted(code for _, code in faults_of(body(document)))
    assert codes == ["lock_not_allowed", "lock_order", "locked_twice", "unknown_stop", "unknown_vehicle"]
