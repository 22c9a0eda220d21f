"""The chosen departure against a brute force that tries every second of the shift and walks it second by second."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.checking import check
from router.domain.ferries import Line, Sailing
from router.domain.ids import DepotId, LineId, PortId, SailingId, VehicleId
from router.domain.places import TimeWindow
from router.domain.problem import Problem
from router.domain.proposal import Boarding, Proposal, RouteProposal, Visit
from router.domain.units import Instant, Money, Seconds
from router.errors import SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from tests.builders import depot, dropoff, port, problem, road_matrix, van

SHIFT = TimeWindow(Instant(0), Instant(200))


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    """Return up to three windows, apart; mostly none."""
    if draw(st.integers(0, 2)):
        return ()
    bounds = sorted(draw(st.lists(st.integers(0, 200), min_size=2, max_size=6, unique=True)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(TimeWindow(Instant(start), Instant(end)) for start, end in pairs)


def _line(draw: st.DrawFn, name: str, origin: str, destination: str, departs: int) -> Line:
    sailing = Sailing(
        id=SailingId(f"{name}!"),
        line_id=LineId(name),
        departs=Instant(departs),
        crossing=Seconds(draw(st.integers(1, 8))),
        check_in=Seconds(draw(st.integers(0, 4))),
        unload=Seconds(draw(st.integers(0, 3))),
    )
    return Line(id=LineId(name), from_port=PortId(origin), to_port=PortId(destination), sailings=(sailing,))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Problem, RouteProposal]:
    """Return a problem and an order: some stops, and perhaps an excursion to a second island."""
    count, abroad = draw(st.integers(1, 4)), draw(st.integers(0, 2))
    home = [
        dropoff(
            f"h{k}", km=draw(st.integers(0, 15)), windows=draw(windows()), service=draw(st.integers(0, 6))
        )
        for k in range(count)
    ]
    away = [dropoff(f"a{k}", island="isle", km=draw(st.integers(0, 5)), service=2) for k in range(abroad)]
    out = draw(st.integers(40, 120))
    question = problem(
        depots=[depot(windows=draw(windows())), depot("other", km=9, windows=draw(windows()))],
        stops=[*home, *away],
        ports=[port("p", island="bali", km=3), port("q", island="isle")],
        lines=[
            _line(draw, "out", "p", "q", out),
            _line(draw, "back", "q", "p", out + draw(st.integers(20, 60))),
        ],
    )
    actions: list[Visit | Boarding] = [Visit(stop.id) for stop in home]
    if away:
        tour: list[Visit | Boarding] = [Visit(stop.id) for stop in away]
        cut = draw(st.integers(0, count))
        actions[cut:cut] = [Boarding(SailingId("out!")), *tour, Boarding(SailingId("back!"))]
    start = (
        DepotId("dps") if isinstance(actions[0], Boarding) else draw(st.sampled_from([DepotId("dps"), None]))
    )
    ends = [DepotId("dps"), DepotId("other"), *([] if isinstance(actions[-1], Boarding) else [None])]
    vehicle = replace(van(shift=SHIFT, per_hour=7), start=start, end=draw(st.sampled_from(ends)))
    question = replace(question, vehicles=(vehicle,))
    return question, RouteProposal(vehicle_id=VehicleId("van-1"), actions=tuple(actions))


def walk(travel: Travel, order: RouteProposal, departs: int) -> int | None:
    """Return when the vehicle is back if it leaves then, or ``None`` if it cannot; by the dullest code."""
    question = travel.problem
    (vehicle,) = question.vehicles
    if not _open(question.hours(vehicle.start), departs):
        return None
    now, here = departs, str(vehicle.start or order.stop_ids()[0])
    for action in order.actions:
        if isinstance(action, Visit):
            stop = question.stop(action.stop_id)
            now = _patient(now + _drive(travel, here, stop.id), stop.windows)
            now, here = now + stop.service, stop.id
        elif isinstance(action, Boarding):
            sailing = question.timetable.sailing(action.sailing_id)
            line = question.timetable.line(sailing.line_id)
            if now + _drive(travel, here, line.from_port) > sailing.check_in_by:
                return None
            now, here = sailing.rolls_off_at, line.to_port
    now = _patient(now + _drive(travel, here, vehicle.end or here), question.hours(vehicle.end))
    return now if now <= SHIFT.end else None


def _open(windows: tuple[TimeWindow, ...], now: int) -> bool:
    return not windows or any(window.start <= now <= window.end for window in windows)


def _patient(now: int, windows: tuple[TimeWindow, ...]) -> int:
    """Return the first second from ``now`` on inside a window; after the shift it no longer matters."""
    while not _open(windows, now) and now <= SHIFT.end:
        now += 1
    return now


def _drive(travel: Travel, origin: str, destination: str) -> int:
    road = travel.drive(travel.problem.vehicles[0].profile, origin, destination)
    assert road is not None
    return road.seconds


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions())
def test_no_departure_is_better_than_the_one_chosen(case: tuple[Problem, RouteProposal]) -> None:
    """Shortest duration first, then earliest return; and there is an error exactly where no second works."""
    question, order = case
    travel = Travel(question, road_matrix(question, seconds_per_km=1))
    walks = {departs: walk(travel, order, departs) for departs in range(SHIFT.start, SHIFT.end + 1)}
    best = min(((back - departs, back) for departs, back in walks.items() if back is not None), default=None)
    try:
        plan = schedule(question, travel, Proposal(routes=(order,)))
    except SchedulingError:
        assert best is None
        return
    assert best is not None
    duration, back = best
    assert plan.routes[0].duration == Seconds(duration)
    assert plan.totals.duration == plan.routes[0].duration
    assert plan.routes[0].steps[-1].arrives_at == back  # type: ignore[union-attr]
    assert plan.cost.time == Money(7 * duration / 3600)
    assert check(question, travel.matrix, plan) == ()
