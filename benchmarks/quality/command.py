"""The command line of the quality benchmark."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import ferries, pdptw, vrptw
from benchmarks.quality.campaign import Campaign, Selection
from benchmarks.quality.engines import ENGINES, SuiteName
from benchmarks.quality.ferries import Ferries
from benchmarks.quality.machine import this_machine
from benchmarks.quality.pdptw import Pdptw
from benchmarks.quality.records import Ledger
from benchmarks.quality.report import write_report
from benchmarks.quality.suite import InstancesMissing, Suite
from benchmarks.quality.vrptw import Vrptw

CHECKOUT = Path(__file__).parents[2]
QUICK_RESULTS = CHECKOUT / ".bench"
RESULTS = CHECKOUT / "benchmarks" / "results"
INSTANCES = CHECKOUT.parent / "shared" / "instances"
ENVIRONMENTS = CHECKOUT / ".venv-bench"

ALL, NAMED = "all", "named"

QUICK: Mapping[SuiteName, Sequence[str]] = {
    SuiteName.VRPTW: vrptw.QUICK,
    SuiteName.PDPTW: pdptw.QUICK,
    SuiteName.FERRIES: ferries.QUICK,
}
"""Five minutes in all, the making of the environments included."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What stood on the command line."""

    suites: Sequence[SuiteName]
    seconds: float
    instances: Sequence[str]
    engines: Sequence[str]
    seeds: Sequence[int]
    cores: Sequence[int]
    data: Path
    environments: Path
    results: Path
    quick: bool
    report_only: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 0, or 1 where nothing could be measured."""
    said = _read(arguments)
    machine = this_machine()
    ledger = Ledger(said.results / "quality.jsonl")
    if not said.report_only:
        campaign = Campaign(ledger, machine, said.cores, said.environments)
        try:
            for suite in _suites(said):
                _measure(campaign, suite, said)
        except KeyboardInterrupt:
            print("cut short; the same command goes on from here")
    records = ledger.latest(machine.name)
    if not records:
        print("nothing was measured on this machine")
        return 1
    print(write_report(records, machine, said.results))
    return 0


def _suites(said: _Said) -> list[Suite]:
    made: Mapping[SuiteName, Suite] = {
        SuiteName.VRPTW: Vrptw(said.data / "vrptw"),
        SuiteName.PDPTW: Pdptw(said.data / "pdptw" / "li_lim_100"),
        SuiteName.FERRIES: Ferries(hurried=said.quick),
    }
    return [made[name] for name in said.suites]


def _measure(campaign: Campaign, suite: Suite, said: _Said) -> None:
    try:
        instances = _chosen(suite, said)
    except InstancesMissing as missing:
        print(f"{suite.name}: skipped, {missing}")
        return
    engines = [e for e in ENGINES if suite.name in e.runners and (e.name in said.engines or not said.engines)]
    campaign.run(
        suite, Selection(instances=instances, engines=engines, seconds=said.seconds, seeds=said.seeds)
    )


def _chosen(suite: Suite, said: _Said) -> Sequence[str]:
    """Return the instances that were asked for and that this suite has, in its order."""
    there = suite.instances()
    if said.quick:
        wanted: Sequence[str] = QUICK[suite.name]
    elif list(said.instances) == [ALL]:
        return there
    elif list(said.instances) == [NAMED]:
        wanted = vrptw.NAMED if suite.name is SuiteName.VRPTW else there
    else:
        wanted = said.instances
    return [name for name in there if name in wanted]


def _read(arguments: Sequence[str] | None) -> _Said:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    add = parser.add_argument
    suites = [suite.value for suite in SuiteName]
    add("--suite", nargs="+", choices=suites, default=suites, help="default: all three")
    add("--seconds", type=float, default=5.0, help="for each engine and instance on land (default: 5)")
    add(
        "--instances", nargs="+", default=[ALL], help=f"names, {ALL!r} (default), or {NAMED!r}: for long runs"
    )
    add("--engines", nargs="+", choices=[e.name for e in ENGINES], default=[], help="default: all")
    add("--seeds", nargs="+", type=int, default=[1], help="on land (default: 1)")
    add(
        "--cores",
        nargs="+",
        type=int,
        default=[0],
        help="one program at a time on each of these (default: 0)",
    )
    add("--data", type=Path, default=INSTANCES, help="folder of vrptw/, pdptw/li_lim_100/ and bks.csv")
    add("--environments", type=Path, default=ENVIRONMENTS, help="where the peers are installed")
    add("--results", type=Path, help="folder of records, tables and curves")
    add(
        "--quick", action="store_true", help="five minutes: a few instances of each suite, results in .bench/"
    )
    add("--report", action="store_true", help="measure nothing, only write the tables and curves again")
    said = parser.parse_args(arguments)
    return _Said(
        suites=[SuiteName(name) for name in said.suite],
        seconds=said.seconds,
        instances=said.instances,
        engines=said.engines,
        seeds=said.seeds,
        cores=said.cores,
        data=said.data,
        environments=said.environments,
        results=said.results or (QUICK_RESULTS if said.quick else RESULTS),
        quick=said.quick,
        report_only=said.report,
    )
