"""From the model's literals to a proposal, and back as a hint."""

from collections.abc import Callable, Iterator
from itertools import groupby, islice

from router.domain.ids import SailingId, VehicleId
from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.solver.exact.coupling import stand_ins
from router.solver.exact.model import Driver, Literal, Model
from router.solver.exact.network import DEPOT, Arc


def read(model: Model, holds: Callable[[Literal], bool]) -> Proposal:
    """Return the plan of a solution; ``holds`` says which literals are true in it."""
    return Proposal(
        routes=tuple(
            RouteProposal(vehicle_id=driver.vehicle.id, actions=tuple(_actions(model, driver, holds)))
            for driver in model.fleet
            if holds(driver.used)
        )
    )


def _actions(model: Model, driver: Driver, holds: Callable[[Literal], bool]) -> Iterator[Action]:
    following = {arc.tail: arc.head for arc, taken in driver.takes.items() if holds(taken)}
    node = following[DEPOT]
    while node != DEPOT:
        if node in driver.network.crossings:
            yield from (Boarding(sailing.id) for sailing in driver.network.crossings[node].sailings)
        elif node in driver.network.reloads:
            yield Reload()
        else:
            yield Visit(model.problem.stops[node - 1].id)
        node = following[node]


def hint(model: Model, proposal: Proposal) -> None:
    """Hint every literal of a plan; what the model does not know of it is passed over."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    routes = _seats(model, proposal)
    served = set()
    for driver in model.fleet:
        path = list(_nodes(model, driver, routes[driver.vehicle.id])) if driver.vehicle.id in routes else []
        taken = set(zip([DEPOT, *path], [*path, DEPOT], strict=True)) if path else set()
        served.update(path)
        for arc, literal in driver.takes.items():
            model.cp.add_hint(literal, _ends(arc) in taken)
        for node, literal in driver.visits.items():
            model.cp.add_hint(literal, bool(path) if node == DEPOT else node in path)
    for node, left_out in enumerate(model.missing, 1):
        model.cp.add_hint(left_out, node not in served)


def _ends(arc: Arc) -> tuple[int, int]:
    return arc.tail, arc.head


def _seats(model: Model, proposal: Proposal) -> dict[VehicleId, RouteProposal]:
    """Give the routes to the vehicles that the model wants to drive them (see ``order_fleet``)."""
    routes = {route.vehicle_id: route for route in proposal.routes}
    pairs = stand_ins(model)
    while moves := [
        (better.vehicle.id, worse.vehicle.id)
        for better, worse in pairs
        if worse.vehicle.id in routes and better.vehicle.id not in routes
    ]:
        better_id, worse_id = moves[0]
        routes[better_id] = routes.pop(worse_id)
    position = {stop.id: number for number, stop in enumerate(model.problem.stops)}
    seats: dict[VehicleId, RouteProposal] = {}
    for _, group in groupby(zip(model.type_of, model.fleet, strict=True), key=lambda entry: entry[0]):
        ids = [driver.vehicle.id for _, driver in group]
        kind = [routes[vehicle_id] for vehicle_id in ids if vehicle_id in routes]
        kind.sort(key=lambda route: min(position[stop] for stop in route.stop_ids()))
        seats.update(zip(ids, kind, strict=False))
    return seats


def _nodes(model: Model, driver: Driver, route: RouteProposal) -> Iterator[int]:
    stops = {stop.id: node for node, stop in enumerate(model.problem.stops, 1)}
    reloads = iter(driver.network.reloads)
    crossings = {
        tuple(sailing.id for sailing in crossing.sailings): node
        for node, crossing in driver.network.crossings.items()
    }
    for kind, group in groupby(route.actions, key=type):
        if kind is Boarding:
            sailings: tuple[SailingId, ...] = tuple(a.sailing_id for a in group if isinstance(a, Boarding))
            yield from [crossings[sailings]] if sailings in crossings else []
        else:
            for action in group:
                if isinstance(action, Visit):
                    yield stops[action.stop_id]
                elif isinstance(action, Reload):
                    yield from islice(reloads, 1)
