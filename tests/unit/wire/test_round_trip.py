"""JSON -> domain -> JSON -> domain -> JSON is the identity."""

from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from router.wire.emit import to_request_json
from router.wire.ingest import Ingested, to_problem
from router.wire.request import read_plan_request
from tests.unit.wire.requests import OneClock

NAMES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8)
SKILLS = st.lists(st.sampled_from(["cold", "fragile", "heavy"]), max_size=3)
SECONDS = st.integers(0, 7_200)
MONEY = st.floats(0, 1e9, allow_nan=False) | st.integers(0, 10**9)
LOADS = st.dictionaries(st.sampled_from(["parcels", "grams", "cm³"]), st.integers(0, 10**9))
ISLANDS = st.sampled_from([None, "bali", "nusa-penida", "lombok"])
ZONES = st.sampled_from([None, "Asia/Tokyo"])
OPTIONS = st.fixed_dictionaries({"time_limit_seconds": st.integers(1, 60), "seed": st.integers(0, 9)})
OFFSETS = st.sampled_from(["Z", "+07:00", "+08:00", "-09:30"])


@st.composite
def _instants(draw: st.DrawFn, first: int = 0, last: int = 1_439) -> str:
    minute = draw(st.integers(first, last))
    return f"2026-11-25T{minute // 60:02}:{minute % 60:02}:{draw(st.integers(0, 59)):02}{draw(OFFSETS)}"


@st.composite
def _windows(draw: st.DrawFn) -> Any:
    """A window from the first to the second half of a week, whatever the offsets."""
    return {"start": draw(_instants()), "end": draw(_instants()).replace("11-25", "11-28")}


@st.composite
def _locations(draw: st.DrawFn) -> Any:
    return {"lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180)), "island": draw(ISLANDS)}


@st.composite
def _stops(draw: st.DrawFn, name: str, vehicles: list[str]) -> Any:
    return {
        "id": name,
        "kind": draw(st.sampled_from(["dropoff", "pickup"])),
        "location": draw(_locations()),
        "windows": draw(st.lists(_windows(), max_size=3)),
        "service_seconds": draw(SECONDS),
        "load": draw(LOADS),
        "requires": draw(SKILLS),
        "allowed_vehicles": draw(st.none() | st.lists(st.sampled_from(vehicles), max_size=2)),
        "penalty": draw(st.none() | MONEY),
        "cash_on_delivery": draw(st.none() | MONEY),
        "ready_at": draw(st.none() | _instants()),
    }


@st.composite
def _shipments(draw: st.DrawFn, name: str) -> Any:
    ends = st.fixed_dictionaries(
        {"location": _locations(), "windows": st.lists(_windows(), max_size=2), "service_seconds": SECONDS}
    )
    return {
        "id": name,
        "pickup": draw(ends),
        "dropoff": draw(ends),
        "load": draw(LOADS),
        "penalty": draw(st.none() | MONEY),
    }


@st.composite
def _breaks(draw: st.DrawFn, name: str) -> Any:
    return {"id": name, "window": draw(_windows()), "duration_seconds": draw(st.integers(1, 7_200))}


@st.composite
def _locks(draw: st.DrawFn, vehicles: list[str], stops: list[str]) -> Any:
    """Each vehicle has at most one lock, and each stop stands in at most one, in the order of the request."""
    holders = draw(st.lists(st.sampled_from([None, *vehicles]), min_size=len(stops), max_size=len(stops)))
    return [
        {
            "vehicle_id": vehicle,
            "stop_ids": [stop for stop, holder in zip(stops, holders, strict=True) if holder == vehicle],
            "kind": draw(st.sampled_from(["sequence", "vehicle"])),
        }
        for vehicle in draw(st.lists(st.sampled_from(vehicles), unique=True))
    ]


@st.composite
def _vehicles(draw: st.DrawFn, name: str, depots: list[str], sailings: list[Any]) -> Any:
    """A vehicle with at most one ticket, since two may be for one line and day."""
    start = draw(st.none() | st.sampled_from(depots))
    return {
        "id": name,
        "profile": draw(st.sampled_from(["van", "motorbike"])),
        "start": start,
        "end": draw(st.none() | st.sampled_from(depots)),
        "shift": draw(_windows()),
        "capacity": draw(LOADS),
        "ferry_class": draw(st.none() | NAMES),
        "deck_slots": draw(st.integers(0, 5)),
        "provides": draw(SKILLS),
        "costs": draw(st.none() | st.fixed_dictionaries({"fixed": MONEY, "per_km": MONEY})),
        "max_cash": draw(st.none() | MONEY),
        "max_distance_meters": draw(st.none() | SECONDS),
        "max_duration_seconds": draw(st.none() | SECONDS),
        "max_stops": draw(st.none() | SECONDS),
        "max_trips": draw(st.none() | st.integers(1, 9 if start else 1)),
        "reload_seconds": draw(st.none() | SECONDS),
        "breaks": [draw(_breaks(f"break-{i}")) for i in range(draw(st.integers(0, 2)))],
        "tickets": draw(st.lists(st.sampled_from(sailings), max_size=1)) if sailings else [],
    }


@st.composite
def _sailings(draw: st.DrawFn, name: str) -> Any:
    return {
        "id": name,
        "departs": draw(_instants()),
        "crossing_seconds": draw(st.none() | st.integers(1, 7_200)),
        "deck_slots": draw(st.none() | st.integers(0, 9)),
        "cancelled": draw(st.booleans()),
    }


@st.composite
def _lines(draw: st.DrawFn, name: str, ports: list[str]) -> Any:
    return {
        "id": name,
        "from_port": ports[0],
        "to_port": ports[1],
        "crossing_seconds": draw(st.integers(1, 7_200)),
        "check_in_seconds": draw(SECONDS),
        "unload_seconds": draw(SECONDS),
        "fares": draw(st.none() | st.dictionaries(NAMES, MONEY, max_size=3)),
        "sailings": [draw(_sailings(f"{name}/{i}")) for i in range(draw(st.integers(0, 3)))],
    }


@st.composite
def _travels(draw: st.DrawFn, places: list[str], profiles: list[str]) -> Any:
    if draw(st.booleans()):
        return draw(st.none() | st.just({"provider": "great_circle"}))
    row = st.lists(st.none() | st.integers(0, 9_999), min_size=len(places), max_size=len(places))
    matrices = {}
    for profile in profiles:
        seconds = [draw(row) for _ in places]
        meters = [[None if cell is None else cell * 7 for cell in cells] for cells in seconds]
        matrices[profile] = {"places": places, "seconds": seconds, "meters": meters}
    return {"matrices": matrices} if draw(st.booleans()) else {"matrix": matrices[profiles[0]]}


@st.composite
def requests(draw: st.DrawFn) -> Any:
    """Sound requests with every field that means something today, in all its forms."""
    count = st.integers(1, 3)
    depots, vehicles = ([f"{kind}-{i}" for i in range(draw(count))] for kind in ("depot", "vehicle"))
    names = draw(st.lists(NAMES.filter(lambda name: "-" not in name), unique=True, max_size=4))
    stops = [draw(_stops(name, vehicles)) for name in names]
    shipments = [draw(_shipments(f"s-{i}")) for i in range(draw(st.integers(0, 2)))]
    ends = [f"{shipment['id']}/{end}" for shipment in shipments for end in ("pickup", "dropoff")]
    ports = ["port-1", "port-2"] if draw(st.booleans()) else []
    lines = [draw(_lines(f"line-{i}", ports)) for i in range(draw(count) if ports else 0)]
    fleet = [draw(_vehicles(name, depots, _free_sailings(lines))) for name in vehicles]
    return {
        "name": draw(NAMES),
        "currency": draw(st.sampled_from(["IDR", "EUR"])),
        "depots": [
            {"id": name, "location": draw(_locations()), "windows": draw(st.lists(_windows(), max_size=2))}
            for name in depots
        ],
        "stops": stops,
        "shipments": shipments,
        "vehicles": fleet,
        "ferries": {
            "ports": [
                {"id": name, "location": draw(_locations()), "time_zone": draw(ZONES)} for name in ports
            ],
            "lines": lines,
        },
        "travel": draw(_travels([*depots, *names, *ends, *ports], list({v["profile"]: 0 for v in fleet}))),
        "locks": draw(_locks(vehicles, [*_free_stops(stops), *ends[::2]])),
        "options": draw(st.none() | OPTIONS),
    }


def _free_sailings(lines: list[Any]) -> list[Any]:
    """Return the sailings that every vehicle may have a ticket for."""
    sailings = [sailing for line in lines if not line["fares"] for sailing in line["sailings"]]
    return [s["id"] for s in sailings if not s["cancelled"] and s["deck_slots"] is None]


def _free_stops(stops: list[Any]) -> list[str]:
    """Return the stops that every vehicle may be locked to."""
    return [stop["id"] for stop in stops if not stop["requires"] and not stop["allowed_vehicles"]]


def _meaning(document: Any) -> Ingested:
    return to_problem(read_plan_request(orjson.dumps(document)), OneClock())


@settings(max_examples=150, deadline=None)
@given(requests())
def test_a_request_says_what_it_means_when_it_is_written_again(document: Any) -> None:
    first = _meaning(document)
    printed = to_request_json(first.problem, first.choice, first.budget)
    again = _meaning(printed)
    assert again.problem == first.problem
    assert again.choice == first.choice
    assert again.budget == first.budget
    assert to_request_json(again.problem, again.choice, again.budget) == printed
