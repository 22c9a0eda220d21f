"""What all suites have in common: instances by name, what a program is given, and how its answer is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.quality.engines import SuiteName
from benchmarks.quality.runners.protocol import Json


class InstancesMissing(Exception):
    """The files of a suite are not there; the message says where they were looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a plan is worth, by name, and what is wrong with it."""

    figures: Mapping[str, float]
    faults: tuple[str, ...]


class Suite(Protocol):
    """A kind of instances."""

    @property
    def name(self) -> SuiteName:
        """Its name on the command line and in the records."""
        ...

    def instances(self) -> tuple[str, ...]:
        """Return all there are, in order; raise ``InstancesMissing``."""
        ...

    def budgets(self, engine: str, seconds: float, seeds: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """Return the seconds and seeds that an engine gets, out of those that were asked for."""
        ...

    def case(self, instance: str, engine: str) -> Json:
        """Return what the engine's program is given."""
        ...

    def judge(self, instance: str, engine: str, routes: Sequence[Any]) -> Judgement:
        """Return what the routes that the program answered with are worth."""
        ...
