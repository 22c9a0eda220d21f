"""A plan as people read it: its routes with their ferries, what is left out and why, and what it costs."""

from collections.abc import Iterator
from itertools import takewhile

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from router.cli.wording import amount, clock, count, distance, duration
from router.domain.ids import PlaceId
from router.domain.plan import EndStep, FerryStep, Plan, Route, StartStep, StopStep, Unserved
from router.domain.problem import Problem

MOST_LEFT_OUT_SHOWN = 20


def print_plan(console: Console, plan: Plan, problem: Problem) -> None:
    """Print a plan."""
    console.print(_routes(plan, problem))
    if plan.totals.crossings:
        console.print(_ferries(plan, problem))
    if plan.unserved:
        console.print(_left_out(plan))
    console.print(_sums(plan, problem), highlight=False, soft_wrap=True)


def _routes(plan: Plan, problem: Problem) -> Table:
    table = _table(f"Routes: {problem.name}" if problem.name else "Routes", "vehicle", "leaves", "is back")
    for name in ("stops", "km", "out for", problem.currency):
        table.add_column(name, justify="right", no_wrap=True)
    for route in plan.routes:
        table.add_row(
            route.vehicle_id,
            *_out_and_back(route, problem),
            str(sum(isinstance(step, StopStep) for step in route.steps)),
            distance(route.distance).removesuffix(" km"),
            duration(route.duration),
            amount(route.cost),
        )
    return table


def _out_and_back(route: Route, problem: Problem) -> tuple[str, str]:
    start, end = route.steps[0], route.steps[-1]
    leaves = clock(start.departs_at, _zone(problem, start.place)) if isinstance(start, StartStep) else "-"
    back = clock(end.arrives_at, _zone(problem, end.place)) if isinstance(end, EndStep) else "-"
    return leaves, back


def _ferries(plan: Plan, problem: Problem) -> Table:
    table = _table("Ferries", "vehicle", "from", "departs", "to", "docks")
    table.add_column("then", justify="right", no_wrap=True)
    for route in plan.routes:
        for index, step in enumerate(route.steps):
            if isinstance(step, FerryStep):
                table.add_row(
                    route.vehicle_id,
                    step.from_port,
                    clock(step.departs_at, _zone(problem, step.from_port)),
                    step.to_port,
                    clock(step.docks_at, _zone(problem, step.to_port)),
                    count(_stops_after(route, index), "stop"),
                )
    return table


def _stops_after(route: Route, index: int) -> int:
    """Return how many stops follow a step before the next sailing or the end."""
    following = takewhile(lambda step: isinstance(step, StopStep), route.steps[index + 1 :])
    return sum(1 for _ in following)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _zone(problem: Problem, place: PlaceId) -> str:
    return problem.location(place).time_zone


def _left_out(plan: Plan) -> Table:
    table = _table(f"Left out: {count(len(plan.unserved), 'stop')}", "stop")
    table.add_column("penalty", justify="right")
    table.add_column("why")
    for entry in plan.unserved[:MOST_LEFT_OUT_SHOWN]:
        penalty = "required" if entry.penalty is None else amount(entry.penalty)
        table.add_row(entry.stop_id, penalty, "\n".join(_reasons(entry)))
    hidden = len(plan.unserved) - MOST_LEFT_OUT_SHOWN
    if hidden > 0:
        table.add_row("…", "", f"and {hidden} more")
    return table


def _reasons(entry: Unserved) -> Iterator[str]:
    for reason in entry.reasons:
        who = f" ({', '.join(reason.vehicle_ids[:3])}{', …' if len(reason.vehicle_ids) > 3 else ''})"
        yield f"{reason.code}: {reason.detail}{who if reason.vehicle_ids else ''}"


def _sums(plan: Plan, problem: Problem) -> str:
    def money(part: float) -> str:
        return f"{problem.currency} {amount(part)}"

    cost, totals = plan.cost, plan.totals
    lines = [
        f"{count(totals.served, 'stop')} served, {totals.unserved} left out, "
        f"{count(totals.vehicles_used, 'vehicle')}, {count(totals.crossings, 'crossing')}, "
        f"{distance(totals.distance)}, {duration(totals.duration)} in all",
        f"cost {money(cost.total)} = fixed {money(cost.fixed)} + distance {money(cost.distance)} + time "
        f"{money(cost.time)} + fares {money(cost.fares)} + left out {money(cost.unserved)}",
    ]
    if plan.solver is not None:
        report = plan.solver
        lines.append(
            f"found by {report.engine} {report.version}, seed {report.seed}, "
            f"{report.iterations:,} iterations, stopped by {report.stopped_by}; checked: no rule is broken"
        )
    return "\n".join(lines)
