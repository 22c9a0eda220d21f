"""The built-in network: its ports on the right land, its lines both ways, at speeds of ships, with fares in order.

``indonesian_ports.csv`` says on which island each port is.
"""

import csv
import math
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from router.adapters.timetables.packaged import PackagedTimetables
from router.domain.ids import IslandId
from router.domain.stored_timetables import KeptTimetable
from router.domain.timetable import FerryNetwork, sailings_within
from router.domain.units import Instant
from router.geography.coast import EARTH_RADIUS_METERS
from router.geography.geography import Geography, Placement
from router.wire import shapes
from router.wire.shapes.base import read_instant
from router.wire.timetable_network import to_network
from router.wire.timetable_reading import read_timetable

HERE = Path(__file__).parent
VILLAGE_LAYER = HERE.parents[2].parent / "shared" / "data" / "geo" / "idn_islands_from_villages.parquet"

METERS_PER_MILE = 1852
SHORT_MILES = 10
PASSENGERS = ("I", "II", "III", "IVA", "VA", "VIA")
GOODS = ("I", "II", "III", "IVB", "VB", "VIB", "VII", "VIII", "IX")
NOT_GOLONGAN = {"courier"}
OF_BALI = {"bali", "nusa-penida", "nusa-lembongan", "serangan"}
NYEPI = ("2026-03-19", "2027-03-08", "2028-03-26")
DAY = 24 * 3600


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


ISLANDS = {row["port"]: row["island"] for row in rows(HERE / "indonesian_ports.csv")}


@pytest.fixture(scope="module")
def shipped() -> Geography:
    return Geography.load()


@pytest.fixture(scope="module")
def kept() -> KeptTimetable:
    (only,) = [each for each in PackagedTimetables().kept() if each.use.name == "indonesia"]
    return only


@pytest.fixture(scope="module")
def timetable(kept: KeptTimetable) -> shapes.Timetable:
    """It has no faults: the reader of what tenants store takes it."""
    return read_timetable(kept.document)


@pytest.fixture(scope="module")
def network(timetable: shapes.Timetable, shipped: Geography) -> FerryNetwork:
    return to_network(timetable, shipped)


def test_it_has_the_main_lines_and_the_boats_of_bali_and_lombok(timetable: shapes.Timetable) -> None:
    boats = [line for line in timetable.lines if line.fares and "courier" in line.fares]
    assert len(timetable.lines) - len(boats) >= 2 * 25
    assert len(boats) >= 2 * 12
    ends = {line.from_port for line in boats}
    assert {
        "sanur",
        "jungutbatu",
        "banjar-nyuh",
        "gili-trawangan",
        "gili-meno",
        "gili-air",
        "bangsal",
    } <= ends


def test_every_port_is_on_its_island_and_needs_no_snapping(
    timetable: shapes.Timetable, shipped: Geography
) -> None:
    """So no plan is warned about a port of ours."""
    found = shipped.locate_many([(port.location.lat, port.location.lon) for port in timetable.ports])
    assert {port.id for port in timetable.ports} == ISLANDS.keys()
    for port, at in zip(timetable.ports, found, strict=True):
        assert at == Placement(IslandId(ISLANDS[port.id]), 0), port.id


@pytest.mark.shared
@pytest.mark.skipif(not VILLAGE_LAYER.exists(), reason="the measuring data is not beside the checkout")
def test_every_port_is_on_land_in_a_layer_from_another_source(timetable: shapes.Timetable) -> None:
    """Ports of one island are on one land there as well, and those of different islands on different ones."""
    layer = Geography.load(VILLAGE_LAYER)
    found = layer.locate_many([(port.location.lat, port.location.lon) for port in timetable.ports])
    assert all(isinstance(at, Placement) and at.snapped_meters == 0 for at in found)
    pairs = {
        (ISLANDS[port.id], at.island)
        for port, at in zip(timetable.ports, found, strict=True)
        if isinstance(at, Placement)
    }
    assert len(pairs) == len(set(ISLANDS.values())) == len({island for _, island in pairs})


def test_islands_are_left_to_the_land_layer(timetable: shapes.Timetable) -> None:
    """A layer of somebody's own calls them differently: naming them would cut the ports off its land."""
    assert all(port.location.island is None for port in timetable.ports)


def test_clocks_are_those_of_the_positions(timetable: shapes.Timetable, shipped: Geography) -> None:
    zones = {port.time_zone for port in timetable.ports}
    assert zones == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
    for port in timetable.ports:
        assert port.time_zone == shipped.time_zone(port.location.lat, port.location.lon), port.id


def test_every_line_runs_both_ways_with_the_same_fares(timetable: shapes.Timetable) -> None:
    """Two lines of the same ends are told apart by what follows the ends in their ids."""
    lines = {line.id: line for line in timetable.lines}
    for line in timetable.lines:
        ends = f"{line.from_port}-{line.to_port}"
        assert line.id.startswith(ends)
        back = lines[f"{line.to_port}-{line.from_port}{line.id.removeprefix(ends)}"]
        assert (back.from_port, back.to_port) == (line.to_port, line.from_port)
        assert (back.fares, back.crossing_seconds, back.tariff_date) == (
            line.fares, line.crossing_seconds, line.tariff_date,
        )  # fmt: skip


def test_crossings_have_the_speed_of_ships(timetable: shapes.Timetable) -> None:
    """By the straight way, which ships cannot go everywhere; on short lines most of the time goes to the harbours."""
    where = {port.id: port.location for port in timetable.ports}
    for line in timetable.lines:
        miles = apart(where[line.from_port], where[line.to_port]) / METERS_PER_MILE
        knots = miles / (line.crossing_seconds / 3600)
        least = 2 if miles < SHORT_MILES else 5
        assert least <= knots <= 35, f"{line.id}: {miles:.1f} miles at {knots:.1f} knots"


def apart(one: shapes.Location, other: shapes.Location) -> float:
    lat = math.radians((one.lat + other.lat) / 2)
    north, east = math.radians(one.lat - other.lat), math.radians(one.lon - other.lon) * math.cos(lat)
    return EARTH_RADIUS_METERS * math.hypot(north, east)


@pytest.mark.parametrize("ladder", [PASSENGERS, GOODS], ids=["passengers", "goods"])
def test_larger_vehicles_pay_no_less(timetable: shapes.Timetable, ladder: tuple[str, ...]) -> None:
    for line in timetable.lines:
        assert line.fares, f"{line.id} would carry everything free"
        assert line.fares.keys() - NOT_GOLONGAN <= {*PASSENGERS, *GOODS}, line.id
        paid = [line.fares[each] for each in ladder if each in line.fares]
        assert all(small <= large for small, large in pairwise(paid)), line.id


def test_every_line_and_port_says_where_it_is_known_from(timetable: shapes.Timetable) -> None:
    """What is an example is called one; a tariff has a date, and a made-up one has none."""
    assert all(port.source for port in timetable.ports)
    for line in timetable.lines:
        assert line.source, line.id
        made_up = "ares are an example" in line.source or "fares made up" in line.source
        assert line.tariff_date is None or (not made_up and line.tariff_date < date(2026, 11, 24)), line.id
    dated = {line.id for line in timetable.lines if line.tariff_date}
    assert {"merak-bakauheni", "ketapang-gilimanuk", "kayangan-pototano"} <= dated


def test_facts_that_are_published_are_in_it(timetable: shapes.Timetable) -> None:
    lines = {line.id: line for line in timetable.lines}
    merak, ketapang = lines["merak-bakauheni"], lines["ketapang-gilimanuk"]
    assert merak.fares is not None
    assert ketapang.fares is not None
    assert (merak.fares["II"], merak.fares["IVB"], merak.fares["VB"]) == (62_100, 447_800, 835_300)
    assert (ketapang.fares["II"], ketapang.fares["IVB"], ketapang.fares["VB"]) == (33_100, 192_200, 326_200)
    (padangbai,) = lines["padangbai-lembar"].services
    assert len(padangbai.times) == 13
    (bastiong,) = lines["bastiong-sofifi"].services
    assert bastiong.times == [int(60 * 60 * hour) for hour in (6.5, 10, 13.5, 16, 20.5)]


def test_every_line_sails_in_any_week(network: FerryNetwork) -> None:
    zones = {port.id: port.time_zone for port in network.ports}
    monday = read_instant("2026-11-23T00:00:00+07:00")
    for line in network.lines:
        sailings = list(sailings_within(line, zones[line.from_port], monday, Instant(monday + 7 * DAY)))
        assert sailings, line.id
        assert len({sailing.id for sailing in sailings}) == len(sailings), line.id


@pytest.mark.parametrize("day", NYEPI)
def test_bali_is_closed_on_the_day_of_silence(network: FerryNetwork, day: str) -> None:
    """From six to six nothing leaves for Bali or from there, nor sooner what would arrive in that time."""
    begins = read_instant(f"{day}T06:00:00+08:00")
    zones = {port.id: port.time_zone for port in network.ports}
    for line in network.lines:
        if not OF_BALI & {ISLANDS[line.from_port], ISLANDS[line.to_port]}:
            continue
        shut = [closure for closure in network.closures if closure.concerns(line)]
        for sailing in sailings_within(
            line, zones[line.from_port], Instant(begins - DAY), Instant(begins + DAY)
        ):
            sails = not any(closure.start <= sailing.departs < closure.end for closure in shut)
            silent = begins <= sailing.departs < begins + DAY
            arrives = ISLANDS[line.to_port] in OF_BALI and begins < sailing.docks_at
            long = line.crossing > 2 * 3600
            assert not (sails and (silent or (arrives and long))), sailing.id


def test_elsewhere_ships_sail_on_the_day_of_silence(network: FerryNetwork) -> None:
    shut = {closure.reason for closure in network.closures}
    assert all(reason.startswith("Nyepi") for reason in shut)
    merak = next(line for line in network.lines if line.id == "merak-bakauheni")
    assert not any(closure.concerns(merak) for closure in network.closures)
