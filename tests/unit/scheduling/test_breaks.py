"""Where and when drivers rest, one claim each."""

import pytest

from router.checking import check
from router.domain.fleet import Break
from router.domain.plan import BreakStep, EndStep, FerryStep, Plan, StartStep, StopStep
from router.domain.problem import Problem, Stop
from router.domain.proposal import Action, Boarding, Proposal, RouteProposal, Visit
from router.domain.units import Seconds
from router.errors import SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from tests.builders import MINUTE, at, between, dropoff, limits, line, port, problem, rest, road_matrix, van


def timed(question: Problem, *actions: Action) -> Plan:
    """Return the plan of the only vehicle, which the referee has nothing against."""
    travel = Travel(question, road_matrix(question))
    order = RouteProposal(vehicle_id=question.vehicles[0].id, actions=actions)
    plan = schedule(question, travel, Proposal(routes=(order,)))
    assert check(question, travel.matrix, plan) == ()
    return plan


def on_land(*breaks: Break, stops: list[Stop]) -> Plan:
    question = problem(stops=stops, vehicles=[van(per_hour=60, breaks=breaks)])
    return timed(question, *(Visit(stop.id) for stop in stops))


def kinds(plan: Plan) -> list[str]:
    return [type(step).__name__.removesuffix("Step").lower() for step in plan.routes[0].steps]


def rests(plan: Plan) -> list[BreakStep]:
    return [step for step in plan.routes[0].steps if isinstance(step, BreakStep)]


def a_day(*, service: int = 0, second_km: float = 20) -> list[Stop]:
    """Return a stop served at eight, and one served at noon."""
    return [
        dropoff("a", km=10, windows=[between("08:00", "08:00")], service=service),
        dropoff("b", km=second_km, windows=[between("12:00", "12:00")]),
    ]


def test_a_break_that_fits_into_waiting_costs_nothing() -> None:
    without = on_land(stops=a_day())
    plan = on_land(rest("lunch", "11:00", "11:20"), stops=a_day())
    assert plan.cost == without.cost
    assert kinds(plan) == ["start", "stop", "break", "stop", "end"]
    assert [(step.starts_at, step.ends_at) for step in rests(plan)] == [(at("11:00"), at("11:30"))]
    assert plan.totals.breaks == 30 * MINUTE
    assert plan.totals.waiting == without.totals.waiting - 30 * MINUTE


def test_a_break_that_closes_on_the_road_is_taken_before_it() -> None:
    """The road from ten to eleven is free of nothing: the break begins at ten or not at all."""
    stops = a_day(service=120 * MINUTE, second_km=70)
    plan = on_land(rest("tea", "10:00", "10:10"), stops=stops)
    _, first, tea, second, _ = plan.routes[0].steps
    assert isinstance(first, StopStep)
    assert isinstance(tea, BreakStep)
    assert isinstance(second, StopStep)
    assert first.departs_at == tea.starts_at == at("10:00")
    assert second.arrives_at == tea.ends_at + second.drive == at("11:30")


def test_a_break_that_opens_on_the_road_is_taken_after_it() -> None:
    """Waiting for it before the road would make the van late for noon."""
    stops = a_day(service=120 * MINUTE, second_km=80)
    plan = on_land(rest("tea", "10:50", "11:20"), stops=stops)
    _, first, tea, second, _ = plan.routes[0].steps
    assert isinstance(first, StopStep)
    assert isinstance(tea, BreakStep)
    assert isinstance(second, StopStep)
    assert second.arrives_at == first.departs_at + second.drive == at("11:10")
    assert (tea.starts_at, tea.ends_at, second.starts_at) == (at("11:10"), at("11:40"), at("12:00"))


@pytest.mark.parametrize(
    ("window", "why"),
    [
        pytest.param(("06:30", "07:20"), "it leaves at 07:50, after all of it", id="before the day"),
        pytest.param(("12:30", "13:00"), "it is back at 12:20, before it closes", id="after the day"),
    ],
)
def test_a_break_that_is_not_due_is_left_out(window: tuple[str, str], why: str) -> None:
    assert not rests(on_land(rest("tea", *window), stops=a_day())), why


def test_it_leaves_later_where_that_makes_a_break_undue() -> None:
    """Two hundred minutes on the road: who leaves before half past eight has to rest."""
    plan = on_land(rest("tea", "08:00", "09:00"), stops=[dropoff("a", km=100)])
    start = plan.routes[0].steps[0]
    assert isinstance(start, StartStep)
    assert start.departs_at == at("08:30")
    assert not rests(plan)


def test_it_is_back_before_a_break_is_due_where_it_can() -> None:
    plan = on_land(rest("tea", "07:00", "09:00"), stops=[dropoff("a", km=90)])
    end = plan.routes[0].steps[-1]
    assert isinstance(end, EndStep)
    assert end.arrives_at == at("09:00")
    assert not rests(plan)


def test_breaks_may_follow_each_other_in_the_order_that_fits() -> None:
    """Both open at ten; the one that closes first is taken first, although it is listed last."""
    breaks = (rest("long", "10:00", "11:00", minutes=60), rest("short", "10:00", "10:20", minutes=20))
    plan = on_land(*breaks, stops=a_day(service=120 * MINUTE))
    assert [(r.break_id, r.starts_at) for r in rests(plan)] == [
        ("short", at("10:00")),
        ("long", at("10:20")),
    ]


def over_water(*breaks: Break) -> Plan:
    """Return a day on another island: out at eight, back on the boat at ten, three quarters of an hour each."""
    question = problem(
        stops=[dropoff("far", island="penida", km=5, service=600)],
        ports=[port("sanur", island="bali", km=10), port("toyapakeh", island="penida")],
        lines=[
            line("out", "sanur", "toyapakeh", ["08:00"]),
            line("back", "toyapakeh", "sanur", ["10:00"]),
        ],
        vehicles=[van(per_hour=60, breaks=breaks)],
    )
    out, back = (boat.sailings[0].id for boat in question.timetable.lines)
    return timed(question, Boarding(out), Visit(question.stops[0].id), Boarding(back))


def test_a_break_may_be_taken_aboard_and_is_then_no_time_at_sea() -> None:
    without, plan = over_water(), over_water(rest("tea", "08:05", "08:20"))
    assert kinds(plan) == ["start", "ferry", "break", "stop", "ferry", "end"]
    (tea,) = rests(plan)
    assert (tea.aboard, tea.starts_at, tea.ends_at) == ("out 08:00", at("08:05"), at("08:35"))
    assert plan.cost == without.cost
    assert plan.totals.ferry == without.totals.ferry - 30 * MINUTE
    assert (plan.totals.breaks, plan.totals.waiting) == (30 * MINUTE, without.totals.waiting)


def test_breaks_aboard_end_before_the_ship_docks() -> None:
    """Two quarters of an hour fit between eight and a quarter to nine; twice half an hour do not."""
    fits = over_water(rest("a", "08:00", "08:30", minutes=15), rest("b", "08:00", "08:30", minutes=15))
    assert [(r.starts_at, r.aboard) for r in rests(fits)] == [
        (at("08:00"), "out 08:00"),
        (at("08:15"), "out 08:00"),
    ]
    longer = over_water(rest("a", "08:00", "08:20"), rest("b", "08:00", "09:00"))
    assert [r.aboard for r in rests(longer)] == ["out 08:00", None]


def test_a_break_at_the_port_is_over_by_check_in() -> None:
    """Check-in ends at 07:40, ten minutes from the depot, so that no rest before the road would do."""
    start, tea, out = over_water(rest("tea", "07:00", "07:35", minutes=40)).routes[0].steps[:3]
    assert isinstance(start, StartStep)
    assert isinstance(tea, BreakStep)
    assert isinstance(out, FerryStep)
    assert (start.departs_at, out.arrives_at) == (at("06:50"), at("07:00"))
    assert (tea.starts_at, tea.ends_at, tea.aboard) == (at("07:00"), at("07:40"), None)


def test_an_order_that_leaves_no_time_for_a_break_is_an_error_that_names_it() -> None:
    stops = [
        dropoff("a", km=10, windows=[between("08:00", "08:00")]),
        dropoff("b", km=70, windows=[between("09:10", "09:10")]),
    ]
    with pytest.raises(SchedulingError, match=r"no time for .* tea"):
        on_land(rest("tea", "08:00", "09:00"), stops=stops)


def test_a_day_longer_than_allowed_is_an_error() -> None:
    question = problem(stops=a_day(), vehicles=[van(limits=limits(duration=4 * 3600))])
    with pytest.raises(SchedulingError, match="out for 16200 s, 1800 s too long"):
        timed(question, *(Visit(stop.id) for stop in question.stops))


def test_a_day_as_long_as_allowed_is_good() -> None:
    question = problem(stops=a_day(), vehicles=[van(limits=limits(duration=16200))])
    plan = timed(question, *(Visit(stop.id) for stop in question.stops))
    assert plan.totals.duration == Seconds(16200)
