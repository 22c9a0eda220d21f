"""A whole archipelago with every feature: the referee, whom ``solve`` always asks, has nothing to say."""

import pytest

from router.domain.plan import FerryStep
from router.domain.problem import Problem
from tests.builders import WIB, at, between, depot, dropoff, line, pickup, port, problem, van
from tests.solving import left_out, solve


def archipelago() -> Problem:
    """Java, Bali and Penida, with forty stops, seven vehicles and scarce decks."""
    hours = ("06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00")
    fares = {"II": 30, "IVB": 200}
    return problem(
        dimensions=("parcels", "kilos"),
        depots=(
            depot("dps", windows=(between("05:00", "21:00"),)),
            depot("bwi", island="java", km=3, zone=WIB),
        ),
        stops=(
            *(dropoff(f"bali-{n}", km=3 * n, load=(1, n), service=120) for n in range(14)),
            *(
                dropoff(f"java-{n}", island="java", km=2 * n, load=(1, 1), penalty=150, zone=WIB)
                for n in range(8)
            ),
            *(dropoff(f"penida-{n}", island="penida", km=n, load=(2, 3), service=180) for n in range(8)),
            *(pickup(f"in-{n}", island="penida", km=2 * n, load=(1, 5)) for n in range(4)),
            *(
                dropoff(
                    f"shop-{n}",
                    km=5 * n,
                    load=(1, 1),
                    windows=(between("08:00", "10:00"), between("15:00", "17:00")),
                    requires=("cold",),
                )
                for n in range(6)
            ),
        ),
        vehicles=(
            *(van(f"van-{n}", capacity=(20, 100), fixed=100, per_hour=20) for n in range(3)),
            van("reefer", capacity=(10, 60), provides=("cold",), fixed=150),
            van("java", start="bwi", capacity=(10, None), shift=between("05:00", "18:00", WIB)),
            *(
                van(f"bike-{n}", profile="motorbike", ferry_class="II", deck_slots=0, capacity=(6, 30))
                for n in range(2)
            ),
        ),
        ports=(
            port("ketapang", island="java", zone=WIB),
            port("gilimanuk", island="bali", km=50),
            port("sanur", island="bali", km=2),
            port("toya", island="penida"),
        ),
        lines=(
            line("k-g", "ketapang", "gilimanuk", hours, fares=fares, zone=WIB),
            line("g-k", "gilimanuk", "ketapang", hours, fares=fares),
            line("s-t", "sanur", "toya", hours[:4], fares=fares, deck_slots=1, cancelled=("08:00",)),
            line("t-s", "toya", "sanur", hours[2:], fares=fares, deck_slots=1),
        ),
    )


@pytest.mark.parametrize(("engine", "seed"), [("search", 1), ("search", 2), ("search", 3), ("routing", 1)])
def test_all_features_together_make_a_plan_without_fault(engine: str, seed: int) -> None:
    plan = solve(archipelago(), engine=engine, seed=seed, iterations=5_000)
    required = {stop.id for stop in archipelago().stops if stop.required}
    assert not left_out(plan) & required
    assert plan.totals.served + plan.totals.unserved == len(archipelago().stops)


def test_the_deck_to_the_island_is_never_crowded() -> None:
    plan = solve(archipelago(), iterations=5_000)
    taken = [
        step.sailing_id
        for route in plan.routes
        if not route.vehicle_id.startswith("bike")
        for step in route.steps
        if isinstance(step, FerryStep) and step.line_id in ("s-t", "t-s")
    ]
    assert len(taken) == len(set(taken))
    assert at("08:00") not in {step.departs_at for step in plan.crossings() if step.line_id == "s-t"}
