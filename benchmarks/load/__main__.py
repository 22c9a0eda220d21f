"""Three minutes of a courier's morning on a service of its own: ``python -m benchmarks.load``, eight minutes in all."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.load.findings import findings
from benchmarks.load.house import cores
from benchmarks.load.measure import measure
from benchmarks.load.morning import morning
from benchmarks.load.report import as_page, as_record, as_text
from benchmarks.load.sender import PINS
from benchmarks.machine import machine

CHECKOUT = Path(__file__).parents[2]
RESULTS = CHECKOUT / "benchmarks" / "results"
QUICK_RESULTS = CHECKOUT / ".bench"

OVERLOAD = 1.5
"""How much more searching is asked for than the cores can do meanwhile: plans wait, and the queue drains afterwards."""


def main() -> int:
    """Measure, print the table, write the page; return 0 where every bar is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=180.0, help="how long the morning lasts (default: 180)"
    )
    parser.add_argument(
        "--overload", type=float, default=OVERLOAD, help=f"work to cores (default: {OVERLOAD})"
    )
    parser.add_argument("--reads", type=float, default=10.0, help="calls that read, a second (default: 10)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--loaded-only", action="store_true", help="do not solve the requests without load first"
    )
    parser.add_argument("--results", type=Path, help="folder of load.html, load.md and load.json")
    said = parser.parse_args()
    workers = cores()
    sent = morning(
        seconds=said.seconds,
        search_seconds=said.seconds * workers * said.overload,
        reads_per_second=said.reads,
        seed=said.seed,
    )
    measured = measure(sent, seconds=said.seconds, workers=workers, alone=not said.loaded_only)
    found = findings(measured)
    command = (
        f"python -m benchmarks.load --seconds {said.seconds:g} --overload {said.overload:g} "
        f"--reads {said.reads:g} --seed {said.seed}"
    )
    ran_on = {**machine(), "workers": f"{workers}, one solve each", "sender": _pinned_locust()}
    folder = said.results or (RESULTS if said.seconds >= 180 and not said.loaded_only else QUICK_RESULTS)
    folder.mkdir(exist_ok=True)
    text = as_text(found, ran_on)
    (folder / "load.html").write_text(as_page(measured, found, ran_on, command))
    (folder / "load.md").write_text(f"# Under load\n\n`{command}`\n\n{text}")
    (folder / "load.json").write_text(json.dumps(as_record(found, ran_on, command), indent=1) + "\n")
    print(f"\n{text}\n{folder / 'load.html'}")
    return 0 if all(held for _, held in found.bars) else 1


def _pinned_locust() -> str:
    return next(line.split()[0] for line in PINS.read_text().splitlines() if line.startswith("locust=="))


if __name__ == "__main__":
    sys.exit(main())
