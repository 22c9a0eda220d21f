"""The whole problem for CP-SAT: a circuit for each vehicle, and one begin for each stop.

Times are whole seconds from ``Model.origin`` on. What each kind of limit adds stands in a module of its own;
``build.py`` joins them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from router.domain.fleet import Vehicle
from router.domain.places import TimeWindow
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.exact.network import DEPOT, Arc, Network

Literal = cp_model.IntVar
Linear = cp_model.LinearExprT


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Driver:
    """The variables of one vehicle.

    Attributes:
        takes: Whether it takes an arc.
        visits: Whether it comes by a node; for the depot, whether it is used.
        leaves: When it leaves its start depot.
        returns: When it is back, and let in.
        reloads: When each of its reloads begins and when it is over.
    """

    vehicle: Vehicle
    network: Network
    takes: dict[Arc, Literal]
    visits: dict[int, Literal]
    leaves: cp_model.IntVar
    returns: cp_model.IntVar
    reloads: dict[int, tuple[cp_model.IntVar, cp_model.IntVar]]

    @property
    def used(self) -> Literal:
        """Whether it has a route."""
        return self.visits[DEPOT]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """The variables of a problem.

    Attributes:
        origin: The instant that counts as 0.
        cp: What CP-SAT is given.
        fleet: Every vehicle that can serve anything, those of one type side by side.
        type_of: The type of each.
        begins: When service begins at each stop.
        missing: Whether each stop is left out.
    """

    problem: Problem
    origin: Instant
    cp: cp_model.CpModel
    fleet: tuple[Driver, ...]
    type_of: tuple[int, ...]
    begins: tuple[cp_model.IntVar, ...]
    missing: tuple[Literal, ...]


def circuits(
    problem: Problem, networks: Sequence[tuple[Vehicle, Network]], types: Sequence[int], origin: Instant
) -> Model:
    """Return a model in which every vehicle goes round, and each stop is visited at most once, in time."""
    cp = cp_model.CpModel()
    fleet = tuple(_driver(cp, problem, vehicle, net, origin) for vehicle, net in networks)
    begins = tuple(_begin(cp, problem, node, networks, origin) for node in range(1, len(problem.stops) + 1))
    missing = tuple(cp.new_bool_var("") for _ in problem.stops)
    for node, left_out in enumerate(missing, 1):
        cp.add_exactly_one(left_out, *(d.visits[node] for d in fleet if node in d.visits))
    model = Model(
        problem=problem,
        origin=origin,
        cp=cp,
        fleet=fleet,
        type_of=tuple(types),
        begins=begins,
        missing=missing,
    )
    for driver in fleet:
        _keep_time(model, driver)
        _reload_in_order(model, driver)
        _serve_something(model, driver)
    return model


def _driver(
    cp: cp_model.CpModel, problem: Problem, vehicle: Vehicle, net: Network, origin: Instant
) -> Driver:
    takes = {arc: cp.new_bool_var("") for arc in net.arcs}
    nodes = (DEPOT, *net.stops, *net.reloads, *net.crossings)
    visits = {node: cp.new_bool_var("") for node in nodes}
    loops = [(node, node, visit.negated()) for node, visit in visits.items()]
    cp.add_circuit([*((arc.tail, arc.head, taken) for arc, taken in takes.items()), *loops])
    shift = (net.reach.leaves - origin, net.reach.returns - origin)
    opened, let_in = problem.hours(vehicle.start), problem.hours(vehicle.end)
    return Driver(
        vehicle=vehicle,
        network=net,
        takes=takes,
        visits=visits,
        leaves=cp.new_int_var_from_domain(domain(opened, *shift, origin), ""),
        returns=cp.new_int_var_from_domain(domain(let_in, *shift, origin), ""),
        reloads={
            node: (
                cp.new_int_var_from_domain(domain(opened, *shift, origin), ""),
                cp.new_int_var(*shift, ""),
            )
            for node in net.reloads
        },
    )


def domain(windows: Iterable[TimeWindow], first: int, last: int, origin: Instant) -> cp_model.Domain:
    """Return the seconds between two that lie in a window; without windows, all of them."""
    whole = cp_model.Domain(first, last)
    spans = [[window.start - origin, window.end - origin] for window in windows]
    return cp_model.Domain.from_intervals(spans).intersection_with(whole) if spans else whole


def _begin(
    cp: cp_model.CpModel,
    problem: Problem,
    node: int,
    networks: Sequence[tuple[Vehicle, Network]],
    origin: Instant,
) -> cp_model.IntVar:
    spans = [span for _, net in networks if (span := net.reach.spans[node - 1]) is not None]
    if not spans:
        return cp.new_constant(0)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    windows = problem.stops[node - 1].windows
    return cp.new_int_var_from_domain(domain(windows, first - origin, last - origin, origin), "")


def _keep_time(model: Model, driver: Driver) -> None:
    """Let every node begin no sooner than the road leads there from where the vehicle was before."""
    for arc, taken in driver.takes.items():
        free, due = leaves(model, driver, arc.tail), begins(model, driver, arc.head)
        model.cp.add(due >= free + arc.seconds).only_enforce_if(taken)
    for node in driver.network.stops:
        span = driver.network.reach.spans[node - 1]
        if span is not None:
            bounds = span[0] - model.origin, span[1] - model.origin
            begin, visit = model.begins[node - 1], driver.visits[node]
            model.cp.add_linear_constraint(begin, *bounds).only_enforce_if(visit)


def _reload_in_order(model: Model, driver: Driver) -> None:
    """Let reloads take their time, and come one after the other, unused ones last."""
    for node, (starts, is_over) in driver.reloads.items():
        model.cp.add(is_over >= starts + driver.vehicle.reload).only_enforce_if(driver.visits[node])
    for one, other in pairwise(driver.reloads):
        model.cp.add_implication(driver.visits[other], driver.visits[one])
        ends, starts = driver.reloads[one][1], driver.reloads[other][0]
        model.cp.add(starts >= ends).only_enforce_if(driver.visits[other])


def begins(model: Model, driver: Driver, node: int) -> Linear:
    """Return when a node is entered at the latest: its begin, or the check-in of a crossing."""
    if node == DEPOT:
        return driver.returns
    if node in driver.reloads:
        return driver.reloads[node][0]
    if node in driver.network.crossings:
        return driver.network.crossings[node].check_in_by - model.origin
    return model.begins[node - 1]


def leaves(model: Model, driver: Driver, node: int) -> Linear:
    """Return when a node may be left at the earliest."""
    if node == DEPOT:
        return driver.leaves
    if node in driver.reloads:
        return driver.reloads[node][1]
    if node in driver.network.crossings:
        return driver.network.crossings[node].rolls_off_at - model.origin
    return model.begins[node - 1] + model.problem.stops[node - 1].service


def _serve_something(model: Model, driver: Driver) -> None:
    """Forbid trips without stops: over the water from one depot straight to another."""
    barren = {DEPOT, *driver.network.reloads}
    for node in driver.network.crossings:
        out = [taken for arc, taken in driver.takes.items() if arc.head == node and arc.tail in barren]
        home = [taken for arc, taken in driver.takes.items() if arc.tail == node and arc.head in barren]
        if out and home:
            model.cp.add_at_most_one(*out, *home)
