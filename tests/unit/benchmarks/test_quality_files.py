"""Reading instances: both formats, their conventions, and what the folders of this project hold."""

from pathlib import Path

import pytest

from benchmarks.lilim import read_li_lim, read_li_lim_case
from benchmarks.quality.case import Convention
from benchmarks.quality.pdptw import Pdptw
from benchmarks.quality.suite import InstancesMissing
from benchmarks.quality.vrptw import NAMED, QUICK, Vrptw, family, size
from benchmarks.solomon import read_solomon, read_solomon_case

SHARED = Path(__file__).parents[3].parent / "shared" / "instances"

SOLOMON = """MADE

VEHICLE
NUMBER     CAPACITY
  3         50

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0       240          0
    1      1         1          7         10        40         10
    2     -3         4          9          0       200         10
"""

LI_LIM = (
    "2\t40\t1\n0\t0\t0\t0\t0\t500\t0\t0\t0\n1\t1\t1\t5\t0\t90\t10\t0\t2\r\n2\t3\t4\t-5\t0\t99\t10\t1\t0\n"
)


def test_solomon_files_are_read_in_tenths_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "MADE.txt"
    path.write_text(SOLOMON)
    case = read_solomon_case(path)
    assert (case.name, case.fleet, case.capacity, len(case.nodes)) == ("MADE", 3, 50, 3)
    assert case.travel().tolist() == [[0, 14, 50], [14, 0, 50], [50, 50, 0]]


def test_our_own_search_gets_the_same_instance(tmp_path: Path) -> None:
    path = tmp_path / "MADE.txt"
    path.write_text(SOLOMON)
    problem, matrix = read_solomon(path)
    assert [(stop.load, stop.windows[0].start, stop.service) for stop in problem.stops] == [
        ((7,), 100, 100),
        ((9,), 0, 100),
    ]
    road = matrix.drive(problem.vehicles[0].profile, "0", "1")
    assert road is not None
    assert (road.seconds, road.meters) == (14, 14)


def test_li_lim_files_are_read_in_thousandths_rounded_up_with_their_pairs(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_text(LI_LIM)
    case = read_li_lim_case(path)
    assert case.pairs == ((1, 2),)
    assert case.convention is Convention.EUCLIDEAN
    assert case.travel()[0].tolist() == [0, 1415, 5000]


def test_li_lim_pairs_become_shipments_of_positive_load(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_text(LI_LIM)
    problem, _ = read_li_lim(path)
    assert [(s.pickup, s.dropoff) for s in problem.shipments] == [("1", "2")]
    assert [stop.load for stop in problem.stops] == [(5,), (5,)]


@pytest.mark.parametrize("read", [read_solomon_case, read_li_lim_case])
def test_a_file_in_another_format_is_refused_by_name(read: object, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("something else\n")
    with pytest.raises(ValueError, match=r"other\.txt is not in"):
        read(path)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "of_family", "customers"),
    [("R112", "R1", 100), ("RC2_10_3", "RC2", 1000), ("C1_2_10", "C1", 200), ("lrc206", "LRC2", 100)],
)
def test_names_tell_family_and_size(name: str, of_family: str, customers: int) -> None:
    assert (family(name), size(name)) == (of_family, customers)


def test_long_runs_take_two_instances_a_family_and_size_and_one_at_1000() -> None:
    counts: dict[tuple[str, int], int] = {}
    for name in NAMED:
        counts[family(name), size(name)] = counts.get((family(name), size(name)), 0) + 1
    assert counts == {
        (f, s): 1 if s == 1000 else 2
        for f in ("C1", "C2", "R1", "R2", "RC1", "RC2")
        for s in (100, 200, 400, 1000)
    }


@pytest.mark.parametrize("suite", [Vrptw, Pdptw])
def test_a_suite_without_files_says_where_it_looked(suite: type[Vrptw | Pdptw], tmp_path: Path) -> None:
    with pytest.raises(InstancesMissing, match=tmp_path.name):
        suite(tmp_path).instances()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the measuring data does not lie beside the checkout")
def test_all_named_instances_are_there_with_a_best_known_distance() -> None:
    suite = Vrptw(SHARED / "vrptw")
    assert {*NAMED, *QUICK} <= set(suite.instances())
    routes = [[node] for node in range(1, 101)]
    judged = suite.judge("C101", "search", routes)
    assert judged.faults == ("100 vehicles, there are 25",)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the measuring data does not lie beside the checkout")
def test_every_li_lim_instance_has_a_best_known_plan() -> None:
    suite = Pdptw(SHARED / "pdptw" / "li_lim_100")
    assert set(suite.instances()) == set(suite.best_known)
