"""A vehicle leaves its depot and is let in again while it is open."""

from tests.builders import at, between, depot, dropoff, line, port, problem, van
from tests.solving import left_out, reloads, route_of, solve, visit


def test_nobody_leaves_before_the_depot_opens() -> None:
    depots = (depot(windows=(between("09:00", "17:00"),)),)
    early = dropoff("early", km=10, windows=(between("08:00", "09:09:59"),))
    on_time = dropoff("on time", km=10, windows=(between("08:00", "09:10"),))
    plan = solve(problem(depots=depots, stops=(early, on_time)))
    assert left_out(plan) == {"early"}
    assert visit(plan, "on time").starts_at == at("09:10")


def test_a_vehicle_waits_at_the_gate_until_it_is_let_in() -> None:
    """An hour either way; the stop opens at ten, the depot is shut from half past ten until noon."""
    question = problem(
        depots=(depot(windows=(between("06:00", "10:30"), between("12:00", "18:00"))),),
        stops=(dropoff("a", km=60, windows=(between("10:00", "10:00"),)),),
    )
    last = route_of(solve(question)).steps[-1]
    assert last.arrives_at == at("12:00")  # type: ignore[union-attr]


def test_who_cannot_be_back_before_the_depot_closes_does_not_go() -> None:
    depots = (depot(windows=(between("06:00", "10:59:59"),)),)
    stops = (dropoff("a", km=60, windows=(between("10:00", "10:00"),)),)
    assert left_out(solve(problem(depots=depots, stops=stops))) == {"a"}


def test_the_end_depot_has_hours_of_its_own() -> None:
    question = problem(
        depots=(depot("open"), depot("shut", km=20, windows=(between("06:00", "07:00"),))),
        stops=(dropoff("a", km=10, windows=(between("09:00", "10:00"),)),),
        vehicles=(van("one way", start="open", end="shut"), van("round trip", start="open", per_km=9)),
    )
    plan = solve(question)
    assert [route.vehicle_id for route in plan.routes] == ["round trip"]


def test_a_ferry_is_caught_from_a_depot_that_opens_in_time() -> None:
    """Check-in closes at 07:40, twenty minutes' drive from the depot."""

    def opens(clock: str) -> set[str]:
        question = problem(
            depots=(depot(windows=(between(clock, "20:00"),)),),
            stops=(dropoff("a", island="penida"),),
            ports=(port("sanur", island="bali", km=20), port("toya", island="penida")),
            lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("12:00",))),
        )
        return set(left_out(solve(question)))

    assert opens("07:20") == set()
    assert opens("07:21") == {"a"}


def test_reloading_waits_until_the_depot_is_open() -> None:
    """Back at 08:40, between the two openings; the second parcel is not ready before nine."""
    question = problem(
        depots=(depot(windows=(between("06:00", "08:00"), between("10:00", "20:00"))),),
        stops=(
            dropoff("early", km=10, windows=(between("08:30", "08:30"),)),
            dropoff("late", km=10, ready_at=at("09:00")),
        ),
        vehicles=(van(max_trips=2, reload=600),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    (reload,) = reloads(plan)
    assert (reload.arrives_at, reload.starts_at) == (at("08:40"), at("10:00"))
    assert visit(plan, "late").starts_at == at("10:20")


def test_a_depot_may_close_while_a_vehicle_reloads() -> None:
    """Reloading begins at 08:40 at the latest; it takes until ten past nine."""

    def closes(clock: str) -> set[str]:
        question = problem(
            depots=(depot(windows=(between("06:00", clock), between("12:00", "20:00"))),),
            stops=(
                dropoff("early", km=10, windows=(between("08:30", "08:30"),)),
                dropoff("late", km=10, load=(10,), windows=(between("09:00", "10:00"),)),
            ),
            vehicles=(van(max_trips=2, reload=1800),),
        )
        return set(left_out(solve(question)))

    assert closes("08:40") == set()
    assert len(closes("08:39")) == 1
