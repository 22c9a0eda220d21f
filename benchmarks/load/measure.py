"""Measures a morning: alone first, then all of it by the clock, until every plan has ended."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load.house import House, Row, Shares, whole_service
from benchmarks.load.morning import Morning
from benchmarks.load.sender import Call, Sender
from benchmarks.service.processor import busy_seconds, seconds_of

LOOK_SECONDS = 0.5
DRAIN_SECONDS = 600.0
"""How long plans that were accepted may take to end after the last was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who had how much of the processor by a moment; ``sender`` is Locust, ``busy`` is everything on these cores."""

    at: float
    shares: Shares
    sender: float
    busy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What became of a plan that was accepted.

    Attributes:
        batch: The number of its request.
        status: At the end; ``lost`` where the database does not know the plan, or callers are told something else.
        accepted: Seconds from the beginning; likewise ``started`` and ``finished``.
        cost: Of its plan, where it has one.
    """

    plan_id: str
    batch: int
    status: str
    accepted: float
    started: float | None = None
    finished: float | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that was seen."""

    cores: int
    seconds: float
    calls: Sequence[Call]
    looks: Sequence[Look]
    plans: Sequence[Plan]
    alone: Sequence[float]


def measure(morning: Morning, *, seconds: float, workers: int, alone: bool) -> Measured:
    """Run a service of its own through a morning; ``alone``: solve each request without load before.

    Raises:
        EnvironmentUnavailable: Locust cannot be installed.
        SenderFailed: not everything could be sent.
    """
    with whole_service(workers) as house, tempfile.TemporaryDirectory() as folder:
        costs = _alone(house, morning) if alone else []
        with Sender(morning, house.api.url, Path(folder)) as sender:
            looks = list(_looks(house, sender))
            calls = sender.calls()
            assert sender.began is not None
            began = sender.began
        plans = _drained(house, calls, began)
    return Measured(cores=workers, seconds=seconds, calls=calls, looks=looks, plans=plans, alone=costs)


def _alone(house: House, morning: Morning) -> list[float]:
    print(f"solving {len(morning.requests)} requests without load ...", flush=True)
    return [house.solve(request) for request in morning.requests]


def _looks(house: House, sender: Sender) -> list[Look]:
    """Look from when the timetable begins until it has been sent."""
    print("sending the morning ...", flush=True)
    looks: list[Look] = []
    while not sender.ended:
        time.sleep(LOOK_SECONDS)
        if (began := sender.began) is not None:
            shares, sending, busy = house.shares(), seconds_of([sender.pid]), busy_seconds()
            looks.append(Look(at=time.time() - began, shares=shares, sender=sending, busy=busy))
    return looks


def _drained(house: House, calls: Sequence[Call], began: float) -> list[Plan]:
    """Wait until every plan that was accepted has ended, or no longer, and return them all."""
    accepted = [call for call in calls if call.plan_id is not None]
    print(f"{len(accepted)} plans were accepted; waiting until they have ended ...", flush=True)
    deadline = time.monotonic() + DRAIN_SECONDS
    ids = [str(call.plan_id) for call in accepted]
    while True:
        rows = house.rows(ids)
        if all(row.finished is not None for row in rows.values()) or time.monotonic() > deadline:
            return [_plan(house, call, rows.get(str(call.plan_id)), began) for call in accepted]
        time.sleep(LOOK_SECONDS)


def _plan(house: House, call: Call, row: Row | None, began: float) -> Plan:
    """Return what the database says of a plan, and what a caller gets to see; ``lost`` where they differ."""
    plan_id = str(call.plan_id)
    if row is None:
        return Plan(plan_id=plan_id, batch=call.batch, status="lost", accepted=call.at)
    shown = house.api.plan(plan_id)
    return Plan(
        plan_id=plan_id,
        batch=call.batch,
        status=row.status if shown["status"] == row.status else "lost",
        accepted=row.accepted - began,
        started=None if row.started is None else row.started - began,
        finished=None if row.finished is None else row.finished - began,
        cost=float(shown["plan"]["cost"]["total"]) if shown["plan"] else None,
    )
