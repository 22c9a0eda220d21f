"""What a solver hands over: who visits what, in which order, on which sailings. No clock times."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import FerryStep, Plan, ReloadStep, Step, StopStep


@dataclass(frozen=True, slots=True)
class Visit:
    """Serve a stop."""

    stop_id: StopId


@dataclass(frozen=True, slots=True)
class Boarding:
    """Take a sailing. Several in a row are a chain of lines, with the road between their ports driven."""

    sailing_id: SailingId


@dataclass(frozen=True, slots=True)
class Reload:
    """Come back to the start depot and load for the next trip."""


Action = Visit | Boarding | Reload


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteProposal:
    """The order of one used vehicle, from its start to its end. Breaks are put in by the scheduler."""

    vehicle_id: VehicleId
    actions: tuple[Action, ...]

    def stop_ids(self) -> tuple[StopId, ...]:
        """Return the stops served, in order."""
        return tuple(action.stop_id for action in self.actions if isinstance(action, Visit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Routes of the used vehicles; a stop in none of them is left out."""

    routes: tuple[RouteProposal, ...] = ()

    def served(self) -> frozenset[StopId]:
        """Return the stops that some route serves."""
        return frozenset(stop_id for route in self.routes for stop_id in route.stop_ids())


def proposal_of(plan: Plan) -> Proposal:
    """Return what a plan says without its times."""
    return Proposal(
        routes=tuple(
            RouteProposal(vehicle_id=route.vehicle_id, actions=tuple(_actions(route.steps)))
            for route in plan.routes
        )
    )


def _actions(steps: Iterable[Step]) -> Iterator[Action]:
    for step in steps:
        match step:
            case StopStep():
                yield Visit(step.stop_id)
            case FerryStep():
                yield Boarding(step.sailing_id)
            case ReloadStep():
                yield Reload()
            case _:
                continue
