"""The tables of the suites without ferries."""

from collections.abc import Sequence
from statistics import fmean

from benchmarks.quality.engines import ENGINES
from benchmarks.quality.records import Record
from benchmarks.quality.tables import NOTHING, figures, good, grouped, mean_and_median, table
from benchmarks.quality.vrptw import family, size


def vrptw_tables(records: Sequence[Record]) -> str:
    """Return, for each budget, gaps by size, by family, and by both for each engine."""
    parts = []
    for seconds, of_budget in grouped(records, lambda record: record.task.seconds).items():
        by_size = grouped(of_budget, lambda record: size(record.task.instance))
        by_family = grouped(of_budget, lambda record: family(record.task.instance))
        parts += [
            f"### {seconds:g} s: gap to the best known distance in %, mean · median\n\n{_seeds(of_budget)}",
            _gaps({_sized(customers): group for customers, group in by_size.items()}),
            _gaps(by_family),
            "Mean gap by family and size:",
            _family_by_size(of_budget),
        ]
    return "\n\n".join(parts)


def pdptw_tables(records: Sequence[Record]) -> str:
    """Return, for each budget and engine, how often the best known fleet was reached and how long the plans are."""
    parts = []
    for seconds, of_budget in grouped(records, lambda record: record.task.seconds).items():
        rows = []
        for title, mine in _by_engine(of_budget):
            more = figures(good(mine), "more_vehicles")
            fewest = sum(extra <= 0 for extra in more)
            gaps = [gap for record in good(mine) for gap in figures([record], "gap")]
            reached = f"{fewest} of {len(mine)}"
            rows.append([title, reached, f"{sum(more):.0f}", mean_and_median(gaps, len(gaps)), _worst(gaps)])
        head = [
            "engine",
            "best known fleet",
            "vehicles above it",
            "distance gap there, %: mean · median",
            "worst",
        ]
        parts += [f"### {seconds:g} s\n\n{_seeds(of_budget)}", table(head, rows)]
    return "\n\n".join(parts)


def _sized(customers: int) -> str:
    return f"Solomon {customers}" if customers == 100 else f"G&H {customers}"


def _worst(gaps: Sequence[float]) -> str:
    return f"{max(gaps):.2f}" if gaps else NOTHING


def _seeds(records: Sequence[Record]) -> str:
    seeds = sorted({record.task.seed for record in records})
    return f"Seed{'s' if len(seeds) > 1 else ''} {', '.join(map(str, seeds))}."


def _by_engine(records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    mine = [(engine.title, _of(engine.title, records)) for engine in ENGINES]
    return [(title, group) for title, group in mine if group]


def _of(title: str, records: Sequence[Record]) -> list[Record]:
    names = {engine.name for engine in ENGINES if engine.title == title}
    return [record for record in records if record.task.engine in names]


def _gaps(columns: dict[str, list[Record]]) -> str:
    """Return a row per engine; a column's title says how many runs the busiest engine made there."""
    most = {title: max(len(mine) for _, mine in _by_engine(group)) for title, group in columns.items()}
    rows = []
    everything = [record for group in columns.values() for record in group]
    for title, _ in _by_engine(everything):
        cells = []
        for column, group in columns.items():
            gaps = figures(good(_of(title, group)), "gap")
            cells.append(mean_and_median(gaps, most[column]))
        rows.append([title, *cells])
    return table(["engine", *(f"{title} ({most[title]})" for title in columns)], rows)


def _family_by_size(records: Sequence[Record]) -> str:
    cells = grouped(records, lambda record: f"{size(record.task.instance):4d} {family(record.task.instance)}")
    engines = _by_engine(records)
    rows = []
    for cell, group in cells.items():
        customers, name = cell.split()
        means = []
        for title, _ in engines:
            gaps = figures(good(_of(title, group)), "gap")
            means.append(f"{fmean(gaps):.2f}" if gaps else NOTHING)
        rows.append([f"{name}, {customers}", *means])
    return table(["family and size", *(title for title, _ in engines)], rows)
