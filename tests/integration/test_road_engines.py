"""Plans over the roads of Malta: a running service, and real OSRM and Valhalla servers that may be killed."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from benchmarks.roads.engines import Server, osrm_server
from benchmarks.roads.install import MONACO
from router.adapters.matrices.asking import Patience
from router.adapters.matrices.osrm import Osrm
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.matrices.valhalla import Valhalla
from router.domain.ids import Profile
from router.domain.problem import Problem
from router.domain.travel_choice import TravelProvider
from router.errors import RoadEngineFailed, RoadFailure
from tests.builders import depot, dropoff, problem, van
from tests.malta import (
    MARSAXLOKK,
    MDINA,
    MELLIEHA,
    SLIEMA,
    VALLETTA,
    VICTORIA,
    installed_engines,
    moved,
    osrm_of_malta,
    valhalla_of_malta,
)
from tests.running_service import Json, RunningService, ended

VAN = Profile("van")
PATIENCE = Patience(request_seconds=60.0, attempts=2)
EMPTY_SEA = (35.8700, 14.3300)
"""In the water west of Malta, some hundred metres from the nearest road."""


@dataclass(frozen=True)
class House:
    """A service and the engines that it asks."""

    service: RunningService
    osrm: Server


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with ExitStack() as stack:
        osrm = stack.enter_context(osrm_of_malta())
        settings = {"SELAT_OSRM_URL": f'{{"van": "{osrm.url}"}}', "SELAT_ROAD_ATTEMPTS": "2"}
        service = stack.enter_context(RunningService(tmp_path_factory.mktemp("selat"), **settings))
        service.wait_for_event("worker_ready")
        yield House(service, osrm)


def request(*towns: tuple[float, float], provider: str = "osrm", profile: str = "van") -> Json:
    """Return a request for a van of Valletta that delivers to towns, all said to be on one island."""

    def at(town: tuple[float, float]) -> Json:
        return {"lat": town[0], "lon": town[1], "island": "malta"}

    return {
        "name": "Malta",
        "currency": "EUR",
        "depots": [{"id": "valletta", "location": at(VALLETTA)}],
        "stops": [{"id": f"p-{number}", "location": at(town)} for number, town in enumerate(towns)],
        "vehicles": [
            {
                "id": "van-1",
                "profile": profile,
                "start": "valletta",
                "end": "valletta",
                "shift": {"start": "2026-11-25T06:00:00+01:00", "end": "2026-11-25T20:00:00+01:00"},
                "costs": {"fixed": 0, "per_km": 1, "per_hour": 1},
            }
        ],
        "travel": {"provider": provider},
        "options": {"time_limit_seconds": 1},
    }


def test_a_plan_is_made_of_the_roads_of_the_engine_and_passes_a_check(house: House) -> None:
    asked = request(SLIEMA, MDINA, MARSAXLOKK, MELLIEHA)
    done = house.service.plan_when(house.service.submit(asked), ended)
    assert done["status"] == "succeeded", done
    assert done["plan"]["totals"]["served"] == 4
    assert 60_000 < done["plan"]["totals"]["distance_meters"] < 120_000
    checked = house.service.call("POST", "/v1/checks", {"request": asked, "plan": done["plan"]})
    assert checked.json == {"violations": []}
    (row,) = house.service.query("select count(*) as tiles from road_tile")
    assert row["tiles"] > 0


def test_ferries_carry_nobody_and_places_out_of_the_way_are_named(house: House) -> None:
    """Victoria is an hour by ferry away, which the extract knows; the request claims it is on Malta."""
    done = house.service.plan_when(house.service.submit(request(SLIEMA, VICTORIA, EMPTY_SEA)), ended)
    assert [stop["stop_id"] for stop in done["plan"]["unserved"]] == ["p-1"]
    told = {(warning["pointer"], warning["code"]) for warning in done["warnings"]}
    assert told == {("/stops/1/location", "no_road"), ("/stops/2/location", "far_from_road")}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (request(SLIEMA, provider="valhalla"), ("/travel/provider", "provider_not_configured")),
        (request(SLIEMA, profile="truck"), ("/vehicles/0/profile", "unknown_profile")),
    ],
    ids=["provider", "profile"],
)
def test_what_is_not_set_up_is_refused_at_once(house: House, asked: Json, fault: tuple[str, str]) -> None:
    answer = house.service.call("POST", "/v1/plans", asked)
    assert answer.status == 422
    assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [fault]


def test_a_killed_engine_fails_the_plan_with_its_reason_and_serves_the_next_when_it_is_back(
    house: House,
) -> None:
    good = request(SLIEMA, MARSAXLOKK)
    plan = house.service.plan_when(house.service.submit(good), ended)["plan"]
    house.service.query("delete from road_tile returning key")
    house.osrm.kill()
    try:
        failed = house.service.plan_when(house.service.submit(request(MDINA, MELLIEHA)), ended)
        checked = house.service.call("POST", "/v1/checks", {"request": good, "plan": plan})
    finally:
        house.osrm.start()
    assert (failed["status"], failed["plan"]) == ("failed", None)
    assert failed["error"]["detail"].startswith("road_engine_unreachable: osrm (van)")
    assert "127.0.0.1" not in str(failed)
    assert (checked.status, checked.json["detail"].split(":")[0]) == (503, "road_engine_unreachable")
    done = house.service.plan_when(house.service.submit(request(MDINA, MELLIEHA)), ended)
    assert done["status"] == "succeeded"


def test_a_plan_that_waits_for_a_frozen_engine_can_be_cancelled(house: House) -> None:
    assert house.osrm.pid is not None
    os.kill(house.osrm.pid, signal.SIGSTOP)
    try:
        plan_id = house.service.submit(request(SLIEMA, MELLIEHA))
        house.service.plan_when(plan_id, lambda plan: plan["status"] == "running")
        house.service.call("POST", f"/v1/plans/{plan_id}/cancel")
        assert house.service.plan_when(plan_id, ended, seconds=15)["status"] == "cancelled"
    finally:
        os.kill(house.osrm.pid, signal.SIGCONT)


def grid(stops: int) -> Problem:
    """Return a delivery to so many places between Mdina and Valletta."""
    question = problem(depots=[depot()], stops=[dropoff(f"p-{n}") for n in range(stops)], vehicles=[van()])
    towns = {f"p-{n}": (35.86 + 0.001 * (n // 40), 14.42 + 0.002 * (n % 40)) for n in range(stops)}
    return moved(question, {"dps": VALLETTA, **towns})


def test_an_engine_that_is_killed_in_the_middle_of_many_answers_is_told_and_nothing_is_made_up() -> None:
    with osrm_of_malta() as server:
        engine = Osrm({VAN: server.url}, exclude="ferry", table_size=10)
        source = RoadEngineSource(engine, patience=PATIENCE, far_meters=250)
        looks: list[int] = []

        def kill_soon() -> bool:
            looks.append(1)
            server.kill()
            return False

        with pytest.raises(RoadEngineFailed) as caught:
            source.travel_matrix(grid(600), TravelProvider.OSRM, kill_soon)
        assert caught.value.failure is RoadFailure.UNREACHABLE
        assert looks, "it was in the middle of its work"


def test_an_engine_that_comes_back_in_time_is_waited_for() -> None:
    with osrm_of_malta() as server:
        server.kill()
        starting = threading.Timer(0.3, server.start)
        starting.start()
        engine = Osrm({VAN: server.url}, exclude="ferry", table_size=100)
        patient = replace(PATIENCE, attempts=8)
        matrix = RoadEngineSource(engine, patience=patient, far_meters=250).travel_matrix(
            grid(3), TravelProvider.OSRM
        )
        starting.join()
    assert matrix.drive(VAN, "dps", "p-0") is not None


def test_osrm_that_cannot_exclude_ferries_is_refused_and_does_without_where_its_data_have_none() -> None:
    question = moved(
        problem(depots=[depot()], stops=[dropoff("p")], vehicles=[van()]), {"dps": VALLETTA, "p": VICTORIA}
    )
    with osrm_of_malta("bicycle", ferries=False) as server:
        for exclude in ("ferry", ""):
            engine = Osrm({VAN: server.url}, exclude=exclude, table_size=100)
            source = RoadEngineSource(engine, patience=PATIENCE, far_meters=250)
            if exclude:
                with pytest.raises(RoadEngineFailed, match="Exclude flag combination is not supported"):
                    source.travel_matrix(question, TravelProvider.OSRM)
            else:
                assert source.travel_matrix(question, TravelProvider.OSRM).drive(VAN, "dps", "p") is None


@pytest.mark.parametrize("allowed", [True, False], ids=["excludes", "would sail"])
def test_valhalla_excludes_ferries_or_is_refused(allowed: bool) -> None:  # noqa: FBT001
    question = moved(
        problem(depots=[depot()], stops=[dropoff("p")], vehicles=[van()]), {"dps": VALLETTA, "p": VICTORIA}
    )
    with valhalla_of_malta(hard_exclusions=allowed) as server:
        engine = Valhalla(server.url, {VAN: "truck"}, table_size=50)
        source = RoadEngineSource(engine, patience=PATIENCE, far_meters=250)
        if allowed:
            assert source.travel_matrix(question, TravelProvider.VALHALLA).drive(VAN, "dps", "p") is None
        else:
            with pytest.raises(RoadEngineFailed, match="allow_hard_exclusions"):
                source.travel_matrix(question, TravelProvider.VALHALLA)


def test_monaco_is_driven_through_as_well() -> None:
    """Another extract: OSRM's own, of one town."""
    found = installed_engines()
    if not MONACO.exists():
        pytest.skip("no extract of Monaco: OSRM's source archive could not be had")
    towns = {"dps": (43.7314, 7.4190), "p": (43.7405, 7.4280)}
    question = moved(problem(depots=[depot()], stops=[dropoff("p")], vehicles=[van()]), towns)
    with osrm_server(found, found.build_osrm(Path(MONACO), "car", ferries=True)) as server:
        engine = Osrm({VAN: server.url}, exclude="ferry", table_size=100)
        source = RoadEngineSource(engine, patience=PATIENCE, far_meters=250)
        drive = source.travel_matrix(question, TravelProvider.OSRM).drive(VAN, "dps", "p")
    assert drive is not None
    assert 1_000 < drive.meters < 4_000
