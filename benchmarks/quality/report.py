"""Writes what was measured: one page of tables, the same as JSON, and curves of the gap over time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.quality.curves import write_curves
from benchmarks.quality.engines import ENGINES, Engine, SuiteName
from benchmarks.quality.ferry_tables import ferry_tables
from benchmarks.quality.land_tables import pdptw_tables, vrptw_tables
from benchmarks.quality.machine import Machine
from benchmarks.quality.records import Record, Status
from benchmarks.quality.tables import NOTHING, grouped, table

SECTIONS = {
    SuiteName.VRPTW: ("Vehicle routing with time windows", vrptw_tables),
    SuiteName.PDPTW: ("Pick-up and delivery with time windows", pdptw_tables),
    SuiteName.FERRIES: ("Archipelagos with ferries", ferry_tables),
}


def write_report(records: Sequence[Record], machine: Machine, folder: Path) -> str:
    """Write ``quality.md``, ``quality.json`` and the curves into ``folder``; return the page."""
    folder.mkdir(parents=True, exist_ok=True)
    page = "\n\n".join([_head(machine, records), *_sections(records, folder), _trouble(records)]) + "\n"
    (folder / "quality.md").write_text(page)
    kept = [_without_trace(record) for record in records]
    document = {"machine": asdict(machine), "measurements": kept}
    (folder / "quality.json").write_text(json.dumps(document, indent=1) + "\n")
    return page


def _head(machine: Machine, records: Sequence[Record]) -> str:
    rows = [row for engine in ENGINES for row in _versions(engine, records)]
    return "\n\n".join(
        [
            "# Quality beside the peers",
            "Written by `python -m benchmarks.quality`; [how to run it](../../docs/how-to/run-the-benchmarks.md)."
            f"\nMachine: {machine.name}, {machine.system}, Python {machine.python}. Each program alone on one core, its"
            "\nclock from arrays in memory to routes. Plans are judged by code that shares nothing with any engine.",
            table(["engine", "called", "version", "measured", "times", "had of its core"], rows),
            "Less than about 95 % of its core means that something else ran on the machine: such numbers are no"
            "\nverdict. OR-Tools and VROOM leave nothing to a seed.",
        ]
    )


def _versions(engine: Engine, records: Sequence[Record]) -> Iterator[list[str]]:
    """Yield a row for each version of an engine and what was measured with it: tables may be of several."""
    mine = [record for record in records if record.task.engine == engine.name]
    for (version, what), group in sorted(grouped(mine, _version_and_budget).items()):
        busy = [record.cpu / record.took for record in group if record.took]
        share = f"{100 * sum(busy) / len(busy):.0f} %" if busy else NOTHING
        yield [engine.title, engine.name, version, what, str(len(group)), share]


def _version_and_budget(record: Record) -> tuple[str, str]:
    return record.task.version, f"{record.task.suite.value}, {record.task.seconds:g} s"


def _sections(records: Sequence[Record], folder: Path) -> list[str]:
    parts = []
    for suite, (title, tables) in SECTIONS.items():
        of_suite = [record for record in records if record.task.suite is suite]
        if of_suite:
            parts += [f"## {title}", tables(of_suite), *write_curves(of_suite, folder)]
    return parts


def _trouble(records: Sequence[Record]) -> str:
    """Return every measurement without a plan that counts."""
    bad = [record for record in records if record.status is not Status.GOOD]
    if not bad:
        return "Every plan of every engine passed its judge."
    rows = [
        [
            record.task.engine,
            f"{record.task.suite} {record.task.instance}",
            f"{record.task.seconds:g} s",
            record.status.value,
            "; ".join(record.faults)[:160].replace("|", "/") or NOTHING,
        ]
        for group in grouped(bad, lambda record: record.task.engine).values()
        for record in group
    ]
    return "## Without a plan that counts\n\n" + table(["engine", "instance", "budget", "what", "why"], rows)


def _without_trace(record: Record) -> dict[str, object]:
    document = record.to_json()
    del document["trace"]
    return document
