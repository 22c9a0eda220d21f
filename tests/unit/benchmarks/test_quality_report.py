"""Tables and curves say what the records say."""

from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.quality.curves import write_curves
from benchmarks.quality.engines import SuiteName
from benchmarks.quality.land_tables import pdptw_tables, vrptw_tables
from benchmarks.quality.machine import Machine
from benchmarks.quality.records import Record, Status, Task
from benchmarks.quality.report import write_report
from benchmarks.quality.tables import mean_and_median

MACHINE = Machine(processor="made up", cores=2, system="Linux", python="3.11")


def record(engine: str, instance: str, gap: float | None, *, suite: SuiteName = SuiteName.VRPTW) -> Record:
    """Return a measurement of 5 s against a best known distance of 100; without a gap it found no plan."""
    task = Task(suite=suite, instance=instance, engine=engine, version="1", seconds=5.0, seed=1)
    if gap is None:
        return Record(task=task, machine=MACHINE.name, status=Status.NO_PLAN, took=5.0, cpu=5.0)
    return Record(
        task=task,
        machine=MACHINE.name,
        status=Status.GOOD,
        figures={"vehicles": 3, "distance": 100 + gap, "best": 100.0, "gap": gap},
        took=5.0,
        cpu=5.0,
        trace=((0.1, 1200.0), (1.0, 1000.0 + 10 * gap)),
    )


def cells(page: str, first: str) -> list[str]:
    """Return the cells of the first row that begins with a word."""
    row = next(line for line in page.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_gaps_are_averaged_by_size() -> None:
    page = vrptw_tables(
        [record("search", "R101", 1.0), record("search", "R102", 2.0), record("search", "R1_2_1", 4.0)]
    )
    assert cells(page, "Selat") == ["Selat", "1.50 · 1.50", "4.00 · 4.00"]
    assert "| engine | Solomon 100 (2) | G&H 200 (1) |" in page


def test_an_engine_without_a_plan_somewhere_shows_over_how_many_its_mean_is() -> None:
    page = vrptw_tables([record("pyvrp", "R101", 1.0), record("pyvrp", "R102", None)])
    assert cells(page, "PyVRP")[1] == "1.00 · 1.00 (1/2)"


def test_a_mean_over_nothing_is_not_a_number() -> None:
    assert mean_and_median([], 3) == "-"


def test_fleets_count_first_and_distances_only_where_the_fleet_is_the_best_known() -> None:
    more = record("search", "lr101", 9.0, suite=SuiteName.PDPTW)
    same = record("search", "lr102", 0.2, suite=SuiteName.PDPTW)
    figures = [{**more.figures, "more_vehicles": 1}, {**same.figures, "more_vehicles": 0}]
    del figures[0]["gap"]
    page = pdptw_tables(
        [
            Record(task=r.task, machine=r.machine, status=r.status, figures=f)
            for r, f in zip((more, same), figures, strict=True)
        ]
    )
    assert cells(page, "Selat") == ["Selat", "1 of 2", "1", "0.20 · 0.20", "0.20"]


def test_the_page_names_machine_version_seed_and_every_measurement_that_does_not_count(
    tmp_path: Path,
) -> None:
    page = write_report([record("search", "R101", 1.0), record("vroom", "R101", None)], MACHINE, tmp_path)
    assert "made up, 2 cores" in page
    assert "Seed 1." in page
    assert cells(page, "vroom") == ["vroom", "vrptw R101", "5 s", "no plan", "-"]
    assert (tmp_path / "quality.md").read_text() == page


def test_curves_are_small_pictures_with_a_line_per_engine(tmp_path: Path) -> None:
    records = [record(engine, "R101", gap) for engine, gap in (("search", 0.5), ("pyvrp", 3.0))]
    assert write_curves(records, tmp_path) == [
        "![100 customers, 5 s: mean gap to best known](gap-100-5s.svg)"
    ]
    picture = tmp_path / "gap-100-5s.svg"
    lines = ET.parse(picture).findall("{http://www.w3.org/2000/svg}polyline")  # noqa: S314 - our own file
    assert len(lines) == 2
    assert picture.stat().st_size < 200_000
