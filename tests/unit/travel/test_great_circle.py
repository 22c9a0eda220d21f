"""Made-up roads: as long as the great circle times the detour, over fixed links where there are any."""

import numpy as np
import pytest

from router.adapters.matrices.great_circle import GreatCircleSource
from router.domain.ids import IslandId, Profile
from router.domain.places import FixedLink, Location
from router.domain.problem import Problem, Stop, StopKind
from router.domain.travel_choice import TravelProvider
from router.errors import UnknownProfile
from router.travel.matrix import Drive, TravelMatrix
from router.travel.profiles import PROFILES
from tests.builders import WITA, depot, problem, van

VAN = Profile("van")
DEGREE_METERS = 111_195.08
"""One degree of a great circle on the mean radius."""


def place(name: str, lat: float, lon: float, island: str = "bali") -> Stop:
    location = Location(lat=lat, lon=lon, island=IslandId(island), time_zone=WITA)
    return Stop(id=name, kind=StopKind.DROPOFF, location=location, load=(1,))  # type: ignore[arg-type]


def matrix(*stops: Stop, links: tuple[FixedLink, ...] = (), profile: str = "van") -> TravelMatrix:
    question = problem(stops=stops, fixed_links=links, vehicles=[van(profile=profile)])
    return GreatCircleSource().travel_matrix(question, TravelProvider.GREAT_CIRCLE)


def drive(roads: TravelMatrix, origin: str, destination: str, profile: Profile = VAN) -> Drive:
    road = roads.drive(profile, origin, destination)
    assert road is not None
    return road


def link(one: str, other: str, lat: float, lon: float) -> FixedLink:
    return FixedLink(islands=(IslandId(one), IslandId(other)), lat=lat, lon=lon)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_road_is_the_great_circle_times_the_detour_at_the_speed_of_the_profile(profile: Profile) -> None:
    pace = PROFILES[profile]
    road = drive(matrix(place("a", -8, 115), place("b", -9, 115), profile=profile), "a", "b", profile)
    assert road.meters == round(DEGREE_METERS * pace.detour)
    assert road.seconds == round(DEGREE_METERS * pace.detour / (pace.km_per_hour / 3.6))


def test_roads_cross_the_antimeridian_the_short_way() -> None:
    road = drive(matrix(place("a", 0, 179.5), place("b", 0, -179.5)), "a", "b")
    assert road.meters == round(DEGREE_METERS * PROFILES[VAN].detour)


def test_neighbours_are_a_second_apart_and_the_same_spot_is_no_time_away() -> None:
    """A centimetre is 1e-7 degrees; it rounds to no metres, but not to no time."""
    roads = matrix(place("a", -8, 115), place("b", -8.0000001, 115), place("c", -8, 115))
    assert drive(roads, "a", "b") == Drive(1, 0)  # type: ignore[arg-type]
    assert drive(roads, "a", "c") == Drive(0, 0)  # type: ignore[arg-type]


def test_two_islands_are_joined_by_way_of_the_link() -> None:
    """Half a degree east to the bridge, then half a degree south, and not the diagonal."""
    stops = (place("a", 0, 115.0, "java"), place("b", -0.5, 115.5, "madura"))
    road = drive(matrix(*stops, links=(link("java", "madura", 0, 115.5),)), "a", "b")
    assert road.meters == round(DEGREE_METERS * PROFILES[VAN].detour)


def test_of_two_links_the_better_one_is_taken() -> None:
    stops = (place("a", 0, 115, "java"), place("b", -1, 115, "madura"))
    links = (link("java", "madura", -0.5, 117), link("madura", "java", -0.5, 115))
    assert drive(matrix(*stops, links=links), "a", "b").meters == round(DEGREE_METERS * PROFILES[VAN].detour)


def test_links_in_a_row_lead_over_an_island_without_a_stop() -> None:
    stops = (place("a", 0, 104, "batam"), place("b", -1, 104, "rempang"))
    links = (link("tonton", "rempang", -0.75, 104), link("batam", "tonton", -0.25, 104))
    assert drive(matrix(*stops, links=links), "a", "b").meters == round(DEGREE_METERS * PROFILES[VAN].detour)


def test_on_one_island_the_straight_way_is_kept_beside_links() -> None:
    stops = (place("a", 0, 115, "java"), place("b", -1, 115, "java"), place("c", -1, 116, "madura"))
    roads = matrix(*stops, links=(link("java", "madura", 0, 120),))
    assert drive(roads, "a", "b").meters == round(DEGREE_METERS * PROFILES[VAN].detour)
    assert drive(roads, "b", "a") == drive(roads, "a", "b")


def test_an_unknown_profile_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownProfile, match=r"'hovercraft', only van, truck"):
        matrix(profile="hovercraft")


def test_five_thousand_stops_on_five_islands_take_a_few_bytes_a_cell() -> None:
    question = _many(5000, islands=5)
    blocks = GreatCircleSource().travel_matrix(question, TravelProvider.GREAT_CIRCLE).blocks
    assert sum(block.seconds.nbytes + block.meters.nbytes for block in blocks.values()) < 45_000_000


def _many(stops: int, islands: int) -> Problem:
    spots = np.random.default_rng(1).uniform(0, 1, (stops, 2))
    return problem(
        depots=[depot(island="island-0")],
        stops=[
            place(f"p-{number}", -8 - lat, 115 + lon, f"island-{number % islands}")
            for number, (lat, lon) in enumerate(spots)
        ],
    )
