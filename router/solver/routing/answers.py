"""From proposals to the routing model's indices and back."""

from collections.abc import Iterator, Sequence

from router.domain.ids import IslandId, SailingId
from router.domain.proposal import Boarding, Proposal, Reload, RouteProposal, Visit
from router.solver.routing.model import RoutingModel
from router.travel.ferries import LONGEST_CHAIN
from router.travel.travel import Travel


def node_routes(model: RoutingModel, proposal: Proposal) -> list[list[int]]:
    """Return a proposal as the model's indices, one list per vehicle; each boarding gets a berth of its own.

    Raises:
        ValueError: a sailing has fewer berths than the proposal has boardings.
    """
    by_vehicle = {route.vehicle_id: route for route in proposal.routes}
    stops = {stop.id: node for node, stop in enumerate(model.nodes.stops, model.nodes.first_stop)}
    free: dict[SailingId, list[int]] = {}
    for node, berth in enumerate(model.nodes.berths, model.nodes.first_berth):
        for sailing in berth.sailings:
            free.setdefault(sailing.id, []).append(node)
    taken: set[int] = set()
    routes: list[list[int]] = []
    for vehicle in model.fleet:
        route = by_vehicle.get(vehicle.id)
        nodes = [
            stops[action.stop_id] if isinstance(action, Visit) else _berth(action, free, taken)
            for action in (route.actions if route else ())
            if not isinstance(action, Reload)
        ]
        routes.append([model.index(node) for node in nodes])
    return routes


def _berth(boarding: Boarding, free: dict[SailingId, list[int]], taken: set[int]) -> int:
    for node in free.get(boarding.sailing_id, ()):
        if node not in taken:
            taken.add(node)
            return node
    raise ValueError(f"no berth is left for {boarding.sailing_id}")


def read(model: RoutingModel) -> Proposal:
    """Return the plan that the model's variables are bound to at this moment of its search."""
    routes = (
        RouteProposal(vehicle_id=vehicle.id, actions=tuple(_actions(model, number)))
        for number, vehicle in enumerate(model.fleet)
    )
    return Proposal(routes=tuple(route for route in routes if route.stop_ids()))


def _actions(model: RoutingModel, number: int) -> Iterator[Visit | Boarding]:
    routing, nodes, clock = model.routing, model.nodes, model.clock
    index = routing.NextVar(routing.Start(number)).Value()
    while not routing.IsEnd(index):
        node = model.node(index)
        if node < nodes.first_berth:
            yield Visit(nodes.stops[node - nodes.first_stop].id)
        else:
            check_in = model.origin + clock.CumulVar(index).Min()
            sailings = nodes.berths[node - nodes.first_berth].sailings
            yield Boarding(next(sailing.id for sailing in sailings if sailing.check_in_by == check_in))
        index = routing.NextVar(index).Value()


def crosses_soundly(model: RoutingModel, travel: Travel, proposal: Proposal) -> bool:
    """Return whether every chain of lines is one that ``Travel`` would make too.

    The model cannot say that a chain has at most three lines and touches no land mass twice.
    """
    return all(
        len(chain) <= LONGEST_CHAIN + 1 and len(set(chain)) == len(chain)
        for route in proposal.routes
        for chain in _chains(model, travel, route)
    )


def _chains(model: RoutingModel, travel: Travel, route: RouteProposal) -> Iterator[Sequence[IslandId]]:
    """Yield the land masses that each row of boardings touches, the first and the last included."""
    timetable, profile = model.problem.timetable, model.problem.vehicle(route.vehicle_id).profile
    chain: list[IslandId] = []
    for action in route.actions:
        if not isinstance(action, Boarding):
            yield chain
            chain = []
        else:
            line = timetable.line(timetable.sailing(action.sailing_id).line_id)
            chain = chain or [travel.land_mass(profile, line.from_port)]
            chain.append(travel.land_mass(profile, line.to_port))
    yield chain
