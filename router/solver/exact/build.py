"""The model of a problem, put together."""

from router.domain.fleet import Vehicle
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.exact.breaks import take_breaks
from router.solver.exact.coupling import limit_decks, order_fleet
from router.solver.exact.limits import keep_limits
from router.solver.exact.loads import limit_loads
from router.solver.exact.model import Model, circuits
from router.solver.exact.network import Network, network
from router.solver.exact.sequences import keep_order
from router.solver.fleet_types import vehicle_types
from router.travel.travel import Travel


def build(problem: Problem, travel: Travel) -> Model:
    """Return the model of a problem, without an objective.

    Of each type there are no more vehicles than stops that one of them can serve.
    """
    vehicles, type_of = vehicle_types(problem)
    networks: dict[int, Network | None] = {}
    able: list[tuple[Vehicle, Network]] = []
    types: list[int] = []
    for vehicle, kind in zip(vehicles, type_of, strict=True):
        if kind not in networks:
            networks[kind] = network(problem, travel, vehicle)
        net = networks[kind]
        if net is not None and types.count(kind) < len(net.stops):
            able.append((vehicle, net))
            types.append(kind)
    origin = min((vehicle.shift.start for vehicle in vehicles), default=Instant(0))
    model = circuits(problem, able, types, origin)
    limit_loads(model)
    limit_decks(model)
    keep_limits(model)
    keep_order(model)
    take_breaks(model)
    order_fleet(model)
    return model
