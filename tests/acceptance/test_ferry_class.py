"""A line carries the classes that its fares name, or everything where it has no fares."""

from collections.abc import Mapping

import pytest

from router.domain.problem import Problem
from tests.builders import dropoff, line, port, problem, van
from tests.solving import left_out, solve, used


def crossing(fares: Mapping[str, float] | None, *vehicles: str | None) -> Problem:
    """One stop on an island, and a vehicle of each ferry class; the first is the cheapest."""
    return problem(
        stops=(dropoff("a", island="penida"),),
        vehicles=tuple(van(f"v-{n}", ferry_class=name, per_km=n + 1) for n, name in enumerate(vehicles)),
        ports=(port("sanur", island="bali", km=5), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",), fares=fares),
            line("back", "toya", "sanur", ("12:00",), fares=fares),
        ),
    )


@pytest.mark.parametrize("ferry_class", ["VB", None])
def test_a_class_that_is_not_named_is_not_carried(ferry_class: str | None) -> None:
    assert left_out(solve(crossing({"II": 30, "IVB": 210}, ferry_class))) == {"a"}


@pytest.mark.parametrize("ferry_class", ["VB", None])
def test_a_line_without_fares_carries_everything_free(ferry_class: str | None) -> None:
    plan = solve(crossing(None, ferry_class))
    assert left_out(plan) == set()
    assert plan.cost.fares == pytest.approx(0)


def test_the_vehicle_that_is_carried_goes_though_it_is_dearer() -> None:
    assert used(solve(crossing({"II": 30}, "IVB", "II"))) == {"v-1"}


def test_a_class_carried_one_way_only_does_not_go() -> None:
    question = crossing({"IVB": 10}, "IVB")
    out, _ = question.timetable.lines
    no_way_back = problem(
        stops=question.stops,
        vehicles=question.vehicles,
        ports=question.timetable.ports,
        lines=(out, line("back", "toya", "sanur", ("12:00",), fares={"II": 10})),
    )
    assert left_out(solve(no_way_back)) == {"a"}
