"""What a plan costs, in whole units."""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from router.solver.exact.model import Driver, Model
from router.solver.exact.money import Scale, of_meters, per_second, scale_for


def cost_of(model: Model) -> tuple[cp_model.LinearExpr, Scale]:
    """Return what a plan costs, required stops that are left out not counted, and in which units."""
    priced = [
        (stop.penalty or 0.0, left_out)
        for stop, left_out in zip(model.problem.stops, model.missing, strict=True)
    ]
    for driver in model.fleet:
        priced += _route(driver)
        if driver.vehicle.costs.per_hour > 0:
            priced.append((per_second(driver.vehicle.costs), _time_out(model, driver)))
    _complete(model)
    parts = [(amount, variable.domain.max()) for amount, variable in priced]
    scale = scale_for(parts, 1.0 + sum(amount * times for amount, times in parts))
    return cp_model.LinearExpr.sum([scale.units(amount) * variable for amount, variable in priced]), scale


def _route(driver: Driver) -> Iterator[tuple[float, cp_model.IntVar]]:
    """Yield each amount with the variable that says how often it is paid."""
    costs = driver.vehicle.costs
    yield costs.fixed, driver.used
    for arc, taken in driver.takes.items():
        yield of_meters(costs, arc.meters), taken
    for node, crossing in driver.network.crossings.items():
        yield crossing.fare + of_meters(costs, crossing.meters), driver.visits[node]


def _time_out(model: Model, driver: Driver) -> cp_model.IntVar:
    """Return how long the vehicle is out; 0 where it is not used.

    That all its roads, services and crossings take time follows from the times too, but CP-SAT's linear
    relaxation cannot see it there.
    """
    cp, reach = model.cp, driver.network.reach
    out = cp.new_int_var(0, reach.returns - reach.leaves, "")
    cp.add(out >= driver.returns - driver.leaves).only_enforce_if(driver.used)
    busy = [arc.seconds * taken for arc, taken in driver.takes.items()]
    busy += [model.problem.stops[node - 1].service * driver.visits[node] for node in driver.network.stops]
    busy += [
        (crossing.rolls_off_at - crossing.check_in_by) * driver.visits[node]
        for node, crossing in driver.network.crossings.items()
    ]
    busy += [driver.vehicle.reload * driver.visits[node] for node in driver.network.reloads]
    cp.add(out >= cp_model.LinearExpr.sum(busy))
    return out


def _complete(model: Model) -> None:
    """Once the orders are decided, leave as late and begin as early as can be: the shortest time out.

    Without this CP-SAT leaves early, and shortens the time out by a second with each further solution.
    """
    cp = model.cp
    leaves = [driver.leaves for driver in model.fleet]
    cp.add_decision_strategy(leaves, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
    others = [*model.begins, *(driver.returns for driver in model.fleet)]
    cp.add_decision_strategy(others, cp_model.CHOOSE_LOWEST_MIN, cp_model.SELECT_MIN_VALUE)
