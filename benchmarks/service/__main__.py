"""What the service adds to the search: ``python -m benchmarks.service``, two minutes; ``--quick`` a quarter of it."""

import argparse
import os
from dataclasses import dataclass

from benchmarks.machine import machine
from benchmarks.service.measures import LONG_STOPS, accepted, accepted_to_started, answered_under_load


@dataclass(frozen=True, slots=True)
class Row:
    """A number beside its bar."""

    what: str
    measured: float
    unit: str
    bar: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it is as good as it should be."""
        return self.measured >= self.bar if self.at_least else self.measured <= self.bar

    def printed(self) -> str:
        """Return a row of a table."""
        bar = f"{'≥' if self.at_least else '≤'} {self.bar:g} {self.unit}"
        return (
            f"| {self.what} | {self.measured:.1f} {self.unit} | {bar} | {'yes' if self.met else '**no**'} |"
        )


def measure(share: float) -> list[Row]:
    """Measure everything; ``share`` is how much of the usual number of times."""
    cores = len(os.sched_getaffinity(0))
    started = accepted_to_started(round(200 * share))
    load = answered_under_load(20 * share, cores)
    long = accepted(round(60 * share))
    return [
        Row("accepted to solver started, idle, p50", started.p50, "ms", 30),
        Row("accepted to solver started, idle, p99", started.p99, "ms", 150),
        Row(f"GET of a plan while {cores} cores solve, p99", load.answered.p99, "ms", 50),
        Row(f"GET of a plan while {cores} cores solve, p50", load.answered.p50, "ms", 50),
        Row("processor time that goes to solvers", load.solvers, "%", 90, at_least=True),
        Row("processor time that goes to the rest of the service", load.others, "%", 10),
        Row(f"{LONG_STOPS:,} stops accepted, p50", long.p50, "ms", 40),
    ]


def main() -> None:
    """Print the table and what it was measured on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a quarter of the times")
    rows = measure(0.25 if parser.parse_args().quick else 1.0)
    print("| what | measured | bar | met |", "| --- | --- | --- | --- |", sep="\n")
    for row in rows:
        print(row.printed())
    print()
    print(", ".join(f"{name} {value}" for name, value in machine().items()))


if __name__ == "__main__":
    main()
