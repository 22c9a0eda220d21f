"""Pick-up and delivery with time windows: the 56 instances of Li and Lim with 100 customers."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.lilim import read_li_lim_case
from benchmarks.quality.case import Case
from benchmarks.quality.engines import SuiteName
from benchmarks.quality.evaluate import evaluate
from benchmarks.quality.runners.protocol import Json
from benchmarks.quality.suite import InstancesMissing, Judgement

QUICK = ("lr104", "lrc206")

BEST_KNOWN = Path(__file__).parent / "li_lim_100.csv"


@dataclass(frozen=True, slots=True)
class BestKnown:
    """A plan of the literature."""

    vehicles: int
    distance: float


class Pdptw:
    """Instances in a folder; fewer vehicles win, then the shorter distance."""

    name = SuiteName.PDPTW

    def __init__(self, folder: Path) -> None:
        """Look nothing up yet."""
        self._folder = folder

    def instances(self) -> tuple[str, ...]:
        """Return all there are; raise ``InstancesMissing``."""
        names = sorted(path.stem for path in self._folder.glob("*.txt"))
        if not names:
            raise InstancesMissing(f"no instances (*.txt) in {self._folder}")
        return tuple(names)

    def budgets(self, _engine: str, seconds: float, seeds: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """Return the same for every engine."""
        return tuple((seconds, seed) for seed in seeds)

    def case(self, instance: str, _engine: str) -> Json:
        """Return the instance in thousandths."""
        return self._read(instance).to_json()

    def judge(self, instance: str, _engine: str, routes: Sequence[Any]) -> Judgement:
        """Return vehicles, distance, how many vehicles above the best known, and if none, the gap in percent."""
        verdict = evaluate(self._read(instance), routes)
        figures: dict[str, float] = {"vehicles": verdict.vehicles, "distance": verdict.distance}
        best = self.best_known.get(instance)
        if best is not None and not verdict.faults:
            more = verdict.vehicles - best.vehicles
            figures |= {"best_vehicles": best.vehicles, "best": best.distance, "more_vehicles": more}
            if more == 0:
                figures["gap"] = 100 * (verdict.distance - best.distance) / best.distance
        return Judgement(figures=figures, faults=verdict.faults)

    def _read(self, instance: str) -> Case:
        return read_li_lim_case(self._folder / f"{instance}.txt")

    @cached_property
    def best_known(self) -> dict[str, BestKnown]:
        """Return the best known plan of each instance."""
        with BEST_KNOWN.open() as file:
            lines = (line for line in file if not line.startswith("#"))
            return {
                row["instance"]: BestKnown(int(row["vehicles"]), float(row["distance"]))
                for row in csv.DictReader(lines)
            }
