"""Departures and breaks against a brute force that tries every second and every place to rest."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.checking import check
from router.domain.ferries import Line, Sailing
from router.domain.fleet import Break, Vehicle, VehicleLimits
from router.domain.ids import BreakId, DepotId, LineId, PortId, SailingId, VehicleId
from router.domain.places import TimeWindow
from router.domain.plan import BreakStep
from router.domain.problem import Problem, Stop
from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.domain.units import Instant, Seconds
from router.errors import SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from tests.builders import depot, dropoff, port, problem, road_matrix, van

SHIFT = TimeWindow(Instant(0), Instant(180))

Moments = set[tuple[int, frozenset[BreakId]]]
"""When a vehicle can be somewhere, and the breaks that its driver has had by then."""


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    """Return one or two windows, apart, or mostly none."""
    if draw(st.integers(0, 2)):
        return ()
    start = draw(st.integers(0, 100))
    end = start + draw(st.integers(0, 40))
    first = TimeWindow(Instant(start), Instant(end))
    if draw(st.booleans()):
        return (first,)
    again = end + draw(st.integers(1, 30))
    return (first, TimeWindow(Instant(again), Instant(again + draw(st.integers(0, 40)))))


@st.composite
def breaks(draw: st.DrawFn) -> tuple[Break, ...]:
    """Return up to three breaks, in order of their windows, which often overlap."""
    starts = sorted(draw(st.lists(st.integers(15, 80), min_size=1, max_size=3)))
    return tuple(
        Break(
            id=BreakId(f"rest-{k}"),
            window=TimeWindow(Instant(start), Instant(start + draw(st.integers(0, 30)))),
            duration=Seconds(draw(st.integers(1, 10))),
        )
        for k, start in enumerate(starts)
    )


def _line(draw: st.DrawFn, name: str, origin: str, destination: str, departs: int) -> Line:
    sailing = Sailing(
        id=SailingId(f"{name}!"),
        line_id=LineId(name),
        departs=Instant(departs),
        crossing=Seconds(draw(st.integers(1, 20))),
        check_in=Seconds(draw(st.integers(0, 4))),
        unload=Seconds(draw(st.integers(0, 3))),
    )
    return Line(id=LineId(name), from_port=PortId(origin), to_port=PortId(destination), sailings=(sailing,))


def _stop(draw: st.DrawFn, name: str, island: str = "bali", *, ready_by: int = 0) -> Stop:
    stop = dropoff(
        name,
        island=island,
        km=draw(st.integers(0, 10)),
        windows=draw(windows()) if island == "bali" else (),
        service=draw(st.integers(0, 12)),
    )
    ready = draw(st.integers(0, ready_by)) if ready_by and draw(st.booleans()) else None
    return replace(stop, ready_at=None if ready is None else Instant(ready))


def _long_day(draw: st.DrawFn, first: Stop, last: Stop) -> tuple[Stop, Stop]:
    """Return the two stops so that nobody can leave after the breaks or be back before them."""
    early, late = draw(st.integers(10, 30)), draw(st.integers(90, 130))
    return (
        replace(first, ready_at=None, windows=(TimeWindow(Instant(0), Instant(early)),)),
        replace(last, ready_at=None, windows=(TimeWindow(Instant(late), Instant(late + 30)),)),
    )


def _vehicle(draw: st.DrawFn, *, reloads: bool) -> Vehicle:
    """Return a vehicle that starts and ends at depots or, where it does not reload, perhaps anywhere."""
    limit = Seconds(draw(st.integers(30, 140))) if draw(st.integers(0, 4)) == 0 else None
    ends = [DepotId("dps"), DepotId("other"), None]
    anywhere = not reloads and draw(st.integers(0, 3)) == 0
    return replace(
        van(shift=SHIFT, per_hour=7),
        start=None if anywhere else DepotId("dps"),
        end=draw(st.sampled_from(ends)),
        breaks=draw(breaks()),
        max_trips=2 if reloads else 1,
        reload=Seconds(draw(st.integers(0, 5))),
        limits=VehicleLimits(duration=limit),
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Problem, RouteProposal]:
    """Return a problem and an order: between two stops some more, an excursion to an island, or another trip."""
    trip = draw(st.sampled_from(["all in one", "excursion", "reload"]))
    first, last = _stop(draw, "first", ready_by=30), _stop(draw, "last", ready_by=60)
    if draw(st.integers(0, 3)):
        first, last = _long_day(draw, first, last)
    count = draw(st.integers(0, 2)) if trip == "all in one" else 1
    others = [
        _stop(
            draw, f"s{k}", "isle" if trip == "excursion" else "bali", ready_by=60 if trip == "reload" else 0
        )
        for k in range(count)
    ]
    out = draw(st.integers(35, 60))
    shut_at_noon = (
        TimeWindow(Instant(0), Instant(draw(st.integers(0, 50)))),
        TimeWindow(Instant(60), SHIFT.end),
    )
    question = problem(
        depots=[
            depot(windows=draw(st.sampled_from([(), shut_at_noon]))),
            depot("other", km=9, windows=draw(windows())),
        ],
        stops=[first, *others, last],
        ports=[port("p", island="bali", km=3), port("q", island="isle")],
        lines=[
            _line(draw, "out", "p", "q", out),
            _line(draw, "back", "q", "p", out + draw(st.integers(35, 55))),
        ],
        vehicles=[_vehicle(draw, reloads=trip == "reload")],
    )
    visits = [Visit(stop.id) for stop in others]
    between: dict[str, list[Action]] = {
        "all in one": [*visits],
        "excursion": [Boarding(SailingId("out!")), *visits, Boarding(SailingId("back!"))],
        "reload": [Reload(), *visits],
    }
    actions = (Visit(first.id), *between[trip], Visit(last.id))
    return question, RouteProposal(vehicle_id=VehicleId("van-1"), actions=actions)


class BruteForce:
    """Walks an order second by second, resting wherever one can."""

    def __init__(self, travel: Travel, order: RouteProposal) -> None:
        self.travel = travel
        self.problem = travel.problem
        self.order = order
        self.vehicle = travel.problem.vehicle(order.vehicle_id)

    def days(self) -> Iterator[tuple[int, int, frozenset[BreakId]]]:
        """Yield duration, return and breaks of every day that keeps to all rules."""
        for departs in range(SHIFT.start, SHIFT.end + 1):
            if not self._may_depart(departs):
                continue
            for back, rested in self._returns(departs):
                due = {pause.id for pause in self.vehicle.breaks if _is_due(pause, departs, back)}
                limit = self.vehicle.limits.duration
                if back <= SHIFT.end and due <= rested and (limit is None or back - departs <= limit):
                    yield back - departs, back, rested

    def _may_depart(self, departs: int) -> bool:
        first = self._ready(self.order.actions)
        return departs >= first and _open(self.problem.hours(self.vehicle.start), departs)

    def _ready(self, actions: tuple[Action, ...]) -> int:
        """Return when the load of the trip that begins with these actions is there."""
        ready = [0]
        for action in actions:
            if isinstance(action, Reload):
                break
            if isinstance(action, Visit):
                ready.append(self.problem.stop(action.stop_id).ready_at or 0)
        return max(ready)

    def _returns(self, departs: int) -> Moments:
        moments: Moments = {(departs, frozenset())}
        start = here = str(self.vehicle.start or self.order.stop_ids()[0])
        for index, action in enumerate(self.order.actions):
            if isinstance(action, Visit):
                stop = self.problem.stop(action.stop_id)
                moments = self._there(moments, here, stop.id)
                moments = {(_patient(now, stop.windows) + stop.service, had) for now, had in moments}
                here = stop.id
            elif isinstance(action, Boarding):
                sailing = self.problem.timetable.sailing(action.sailing_id)
                line = self.problem.timetable.line(sailing.line_id)
                moments = self._aboard(sailing, self._there(moments, here, line.from_port))
                here = line.to_port
            else:
                moments = self._there(moments, here, start)
                opening = self.problem.hours(self.vehicle.start)
                ready, took = self._ready(self.order.actions[index + 1 :]), self.vehicle.reload
                moments = {(max(_patient(now, opening) + took, ready), had) for now, had in moments}
                here = start
        gate, end = self.problem.hours(self.vehicle.end), self.vehicle.end or here
        return {(_patient(now, gate), had) for now, had in self._there(moments, here, end)}

    def _there(self, moments: Moments, origin: str, destination: str) -> Moments:
        """Rest or not, drive, rest or not."""
        road = self.travel.drive(self.vehicle.profile, origin, destination)
        assert road is not None
        return self._resting({(now + road.seconds, had) for now, had in self._resting(moments)})

    def _aboard(self, sailing: Sailing, moments: Moments) -> Moments:
        boarded = {(int(sailing.departs), had) for now, had in moments if now <= sailing.check_in_by}
        rested = {(now, had) for now, had in self._resting(boarded) if now <= sailing.docks_at}
        return {(int(sailing.rolls_off_at), had) for _, had in rested}

    def _resting(self, moments: Moments) -> Moments:
        """Add all moments after breaks in any order, each begun as soon as it may be."""
        found = set(moments)
        todo = list(moments)
        while todo:
            now, had = todo.pop()
            for pause in self.vehicle.breaks:
                starts = max(now, pause.window.start)
                if pause.id not in had and starts <= pause.window.end:
                    after = (starts + pause.duration, had | {pause.id})
                    if after not in found:
                        found.add(after)
                        todo.append(after)
        return found


def _is_due(pause: Break, departs: int, back: int) -> bool:
    return departs < pause.window.start + pause.duration and back > pause.window.end


def _open(windows: tuple[TimeWindow, ...], now: int) -> bool:
    return not windows or any(window.start <= now <= window.end for window in windows)


def _patient(now: int, windows: tuple[TimeWindow, ...]) -> int:
    """Return the first second from ``now`` on inside a window; after the shift it no longer matters."""
    while not _open(windows, now) and now <= SHIFT.end:
        now += 1
    return now


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions())
def test_no_departure_and_no_placement_is_better_than_the_chosen_one(
    case: tuple[Problem, RouteProposal],
) -> None:
    """Shortest duration first, then earliest return; what is not due is left out; errors only where nothing works."""
    question, order = case
    travel = Travel(question, road_matrix(question, seconds_per_km=1))
    days = list(BruteForce(travel, order).days())
    try:
        plan = schedule(question, travel, Proposal(routes=(order,)))
    except SchedulingError:
        assert not days
        return
    assert days
    (route,) = plan.routes
    duration, back, _ = min(days, key=lambda day: day[:2])
    assert (route.duration, route.steps[-1].arrives_at) == (duration, back)  # type: ignore[union-attr]
    taken = {step.break_id for step in route.steps if isinstance(step, BreakStep)}
    departs = back - duration
    assert taken == {p.id for p in question.vehicles[0].breaks if _is_due(p, departs, back)}
    assert check(question, travel.matrix, plan) == ()
