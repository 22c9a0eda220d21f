"""A day at an instant: who is where, what is served, and what is on board of whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.ids import StopId, VehicleId
from router.domain.plan import ReloadStep, Route, StopStep
from router.domain.problem import Problem, StopKind
from router.domain.replans import History, Loaded
from router.domain.units import Money
from router.service.replanning.standing import Standing, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What has happened of a day until ``history.at``.

    Attributes:
        problem: The whole day's, with the timetable as it is now.
        standings: Of the vehicles that have left.
        served: Stops whose service has begun.
        loaded: What was put on board for the trip that each of them is on, served or not.
        aboard: Drop-offs still on board of a vehicle that is out, and of which: nobody else can deliver them.
    """

    problem: Problem
    history: History
    standings: dict[VehicleId, Standing]
    served: frozenset[StopId]
    loaded: tuple[Loaded, ...]
    aboard: dict[StopId, VehicleId]

    def out(self) -> Iterator[tuple[VehicleId, Standing]]:
        """Yield the vehicles that have left, are not back and will go on."""
        for vehicle_id, where in self.standings.items():
            if not where.is_over and vehicle_id not in self.history.dropped:
                yield vehicle_id, where

    def cash_aboard(self, vehicle_id: VehicleId) -> Money:
        """Return the cash on board of a vehicle that has left."""
        for step in reversed(self.standings[vehicle_id].done):
            if isinstance(step, StopStep):
                return step.cash
            if isinstance(step, ReloadStep):
                break
        return Money(0.0)


def day_at(problem: Problem, history: History) -> Day:
    """Return the day as it stands at ``history.at``, followed by the plan before."""
    routes = {route.vehicle_id: route for route in history.before.routes}
    found = (
        (vehicle_id, standing(problem, route, history.at, goes_on=vehicle_id not in history.dropped))
        for vehicle_id, route in routes.items()
    )
    standings = {vehicle_id: where for vehicle_id, where in found if where is not None}
    served = frozenset(
        step.stop_id for where in standings.values() for step in where.done if isinstance(step, StopStep)
    )
    loaded = tuple(
        _loaded(problem, history, routes[vehicle_id], where.trip)
        for vehicle_id, where in standings.items()
        if not where.is_over
    )
    return Day(
        problem=problem,
        history=history,
        standings=standings,
        served=served,
        loaded=loaded,
        aboard={stop_id: one.vehicle_id for one in loaded for stop_id in one.stop_ids - served}
        | _picked_up(problem, standings, served),
    )


def _loaded(problem: Problem, history: History, route: Route, trip: int) -> Loaded:
    """Return what was put on board for a trip, by the plan and by what earlier replans knew."""
    number, stop_ids = 0, set[StopId]()
    for step in route.steps:
        number += isinstance(step, ReloadStep)
        if isinstance(step, StopStep) and number == trip:
            stop = problem.stop(step.stop_id)
            if stop.kind is StopKind.DROPOFF and stop.shipment is None:
                stop_ids.add(stop.id)
    for known in history.loaded:
        if known.vehicle_id == route.vehicle_id and known.trip == trip:
            stop_ids |= known.stop_ids
    return Loaded(vehicle_id=route.vehicle_id, trip=trip, stop_ids=frozenset(stop_ids))


def _picked_up(
    problem: Problem, standings: dict[VehicleId, Standing], served: frozenset[StopId]
) -> dict[StopId, VehicleId]:
    """Return the drop-offs of shipments that were picked up and are under way, and with whom."""
    carrier = {
        step.stop_id: vehicle_id
        for vehicle_id, where in standings.items()
        for step in where.done
        if isinstance(step, StopStep)
    }
    return {
        shipment.dropoff: carrier[shipment.pickup]
        for shipment in problem.shipments
        if shipment.pickup in served and shipment.dropoff not in served
    }
