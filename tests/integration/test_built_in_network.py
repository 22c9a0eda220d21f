"""``timetables: ["indonesia"]`` plans out of the box: from Java to Bali, over a strait and into another time zone."""

from collections.abc import Iterator

import pytest

from tests.running_service import Json, RunningService, ended

BANYUWANGI = {"lat": -8.2190, "lon": 114.3690}
NEGARA = {"lat": -8.3570, "lon": 114.6170}
DENPASAR = {"lat": -8.6500, "lon": 115.2170}
JUNGUTBATU = {"lat": -8.6790, "lon": 115.4530}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("indonesia")) as running:
        running.wait_for_event("worker_ready")
        yield running


def from_banyuwangi(*stops: Json, day: str = "2026-11-25", ferry_class: str = "IVB") -> Json:
    """Return a request of a van of Banyuwangi for a day by the clocks there."""
    return {
        "depots": [{"id": "bwi", "location": BANYUWANGI}],
        "stops": [{"id": f"p-{number}", "location": location} for number, location in enumerate(stops)],
        "vehicles": [
            {
                "id": "van-1",
                "profile": "van",
                "start": "bwi",
                "end": "bwi",
                "shift": {"start": f"{day}T04:00:00+07:00", "end": f"{day}T23:00:00+07:00"},
                "ferry_class": ferry_class,
                "costs": {"per_km": 2500, "per_hour": 30000},
            }
        ],
        "timetables": ["indonesia"],
        "options": {"time_limit_seconds": 2},
    }


def planned(service: RunningService, request: Json) -> Json:
    done = service.plan_when(service.submit(request), ended)
    assert done["status"] == "succeeded", done
    return done


def ferries(resource: Json) -> list[Json]:
    return [step for step in resource["plan"]["routes"][0]["steps"] if step["type"] == "ferry"]


def test_the_network_is_listed(service: RunningService) -> None:
    listed = {each["name"]: each for each in service.call("GET", "/v1/timetables").json["timetables"]}
    assert listed["indonesia"]["lines"] >= 80
    document = service.call("GET", "/v1/timetables/indonesia").json["timetable"]
    assert all(line["source"] for line in document["lines"])


def test_stops_on_bali_are_served_from_java(service: RunningService) -> None:
    """Ketapang keeps WIB, Gilimanuk WITA: it docks an hour and 45 minutes later by the clock."""
    request = from_banyuwangi(NEGARA, DENPASAR)
    done = planned(service, request)
    assert done["plan"]["totals"]["served"] == 2
    assert done["warnings"] == []
    over, back = ferries(done)
    assert (over["line_id"], back["line_id"]) == ("ketapang-gilimanuk", "gilimanuk-ketapang")
    assert over["sailing_id"] == f"ketapang-gilimanuk/{over['departs_at'][:16]}"
    assert (over["departs_at"][-6:], over["docks_at"][-6:]) == ("+07:00", "+08:00")
    departs, docks = (clock_minutes(over[name]) for name in ("departs_at", "docks_at"))
    assert docks - departs == 60 + 45
    assert over["fare"] == 192_200
    assert [entry["name"] for entry in done["timetables"]] == ["indonesia"]
    checked = service.call("POST", "/v1/checks", {"request": request, "plan": done["plan"]})
    assert (checked.status, checked.json) == (200, {"violations": []})


def clock_minutes(instant: str) -> int:
    hour, minute = instant[11:16].split(":")
    return int(hour) * 60 + int(minute)


def test_exports_know_the_ports_of_the_network(service: RunningService) -> None:
    done = planned(service, from_banyuwangi(NEGARA))
    features = service.call("GET", f"/v1/plans/{done['id']}/routes.geojson").json["features"]
    crossings = [f for f in features if f["properties"].get("mode") == "ferry"]
    assert [f["properties"]["to"] for f in crossings] == ["gilimanuk", "ketapang"]
    (over, _) = service.call("GET", f"/v1/plans/{done['id']}/bookings.json").json["bookings"]
    assert over["check_in_by"].endswith("+07:00")


def test_nobody_crosses_to_bali_on_the_day_of_silence(service: RunningService) -> None:
    done = planned(service, from_banyuwangi(NEGARA, day="2026-03-19"))
    assert done["plan"]["totals"]["served"] == 0
    (left_out,) = done["plan"]["unserved"]
    assert {reason["code"] for reason in left_out["reasons"]} & {"FERRY_NO_SAILING", "FERRY_CANCELLED"}


def test_fast_boats_carry_couriers_and_no_vans(service: RunningService) -> None:
    request = from_banyuwangi(JUNGUTBATU)
    request["depots"][0]["location"] = DENPASAR
    served = {}
    for ferry_class in ("courier", "IVB"):
        request["vehicles"][0] |= {"ferry_class": ferry_class, "profile": "motorbike"}
        served[ferry_class] = planned(service, request)["plan"]["totals"]["served"]
    assert served == {"courier": 1, "IVB": 0}
