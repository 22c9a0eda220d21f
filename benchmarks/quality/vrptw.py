"""Vehicle routing with time windows: Solomon's and Gehring and Homberger's instances, DIMACS convention."""

import csv
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.quality.case import Case
from benchmarks.quality.engines import SuiteName
from benchmarks.quality.evaluate import evaluate
from benchmarks.quality.runners.protocol import Json
from benchmarks.quality.suite import InstancesMissing, Judgement
from benchmarks.solomon import read_solomon_case

NAMED = (
    *("C104", "C109", "C1_2_4", "C1_2_9", "C1_4_2", "C1_4_3", "C1_10_3"),
    *("C203", "C204", "C2_2_3", "C2_2_4", "C2_4_3", "C2_4_4", "C2_10_3"),
    *("R108", "R112", "R1_2_4", "R1_2_8", "R1_4_4", "R1_4_5", "R1_10_3"),
    *("R208", "R211", "R2_2_4", "R2_2_8", "R2_4_3", "R2_4_4", "R2_10_3"),
    *("RC106", "RC108", "RC1_2_4", "RC1_2_6", "RC1_4_3", "RC1_4_4", "RC1_10_3"),
    *("RC204", "RC208", "RC2_2_5", "RC2_2_7", "RC2_4_3", "RC2_4_4", "RC2_10_3"),
)
"""Two instances a family and size, one at 1000, the harder ones: what long runs are made on."""

QUICK = ("RC208", "R1_2_8", "C2_4_3", "R2_10_3")


class Vrptw:
    """Instances in a folder, best known distances in ``bks.csv`` one folder above."""

    name = SuiteName.VRPTW

    def __init__(self, folder: Path) -> None:
        """Look nothing up yet."""
        self._folder = folder

    def instances(self) -> tuple[str, ...]:
        """Return all there are, small ones first; raise ``InstancesMissing``."""
        names = [path.stem for path in self._folder.glob("*.txt")]
        if not names:
            raise InstancesMissing(f"no instances (*.txt) in {self._folder}")
        return tuple(sorted(names, key=lambda name: (size(name), family(name), len(name), name)))

    def budgets(self, _engine: str, seconds: float, seeds: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """Return the same for every engine."""
        return tuple((seconds, seed) for seed in seeds)

    def case(self, instance: str, _engine: str) -> Json:
        """Return the instance in tenths."""
        return self._read(instance).to_json()

    def judge(self, instance: str, _engine: str, routes: Sequence[Any]) -> Judgement:
        """Return vehicles, distance and, where a best known one is listed, the gap in percent."""
        verdict = evaluate(self._read(instance), routes)
        figures: dict[str, float] = {"vehicles": verdict.vehicles, "distance": verdict.distance}
        best = self.best_known.get(instance)
        if best is not None and not verdict.faults:
            figures |= {"best": best, "gap": 100 * (verdict.distance - best) / best}
        return Judgement(figures=figures, faults=verdict.faults)

    def _read(self, instance: str) -> Case:
        return read_solomon_case(self._folder / f"{instance}.txt")

    @cached_property
    def best_known(self) -> dict[str, float]:
        """Return the best known distance of each instance; nothing where there is no list."""
        path = self._folder.parent / "bks.csv"
        if not path.exists():
            return {}
        with path.open() as file:
            return {row["instance"]: float(row["best_known_distance"]) for row in csv.DictReader(file)}


def size(instance: str) -> int:
    """Return how many customers an instance has by its name: ``R1_10_3`` has 1000, ``R112`` has 100."""
    parts = instance.split("_")
    return int(parts[1]) * 100 if len(parts) == 3 else 100


def family(instance: str) -> str:
    """Return its family: C, R or RC, and 1 for short days or 2 for long ones."""
    letters = instance.rstrip("0123456789_")
    return letters.upper() + instance[len(letters)]
