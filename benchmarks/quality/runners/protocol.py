"""What the parent and the runners say to each other: JSON, and the standard library only.

In: one object, ``{"core", "seconds", "seed", "case"}``. Out, one object a line: first ``{"ready": version}``,
then ``{"at": seconds, "cost": cost}`` for every better plan, at last ``{"took", "cpu", "routes"}``: seconds by
the clock, seconds of the core (less where others were at work on it), and the plan. The clock of a runner
starts when its libraries are loaded and the case is read; the building of the engine's own model counts.
"""

import json
import os
import sys
import time
from dataclasses import dataclass
from typing import Any, TextIO

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Orders:
    """What to solve, on which core, and for how long."""

    core: int
    seconds: float
    seed: int
    case: Json

    def to_json(self) -> str:
        """Return it as the runner reads it."""
        return json.dumps(
            {"core": self.core, "seconds": self.seconds, "seed": self.seed, "case": self.case},
            separators=(",", ":"),
        )


class Runner:
    """The runner's side: the orders, the clock and the answers."""

    def __init__(self, orders: Orders, out: TextIO) -> None:
        """Start the clock."""
        self.orders = orders
        self._out = out
        self._started = time.perf_counter()
        self._cpu = time.process_time()
        self._best: float | None = None

    @classmethod
    def begin(cls, version: str) -> "Runner":
        """Read the orders, go to the core they name, and say which version is ready."""
        orders = Orders(**json.load(sys.stdin))
        os.sched_setaffinity(0, {orders.core})
        print(json.dumps({"ready": version}), flush=True)
        return cls(orders, sys.stdout)

    def elapsed(self) -> float:
        """Return the seconds since the clock started."""
        return time.perf_counter() - self._started

    def left(self) -> float:
        """Return the seconds left, at least a hundredth."""
        return max(self.orders.seconds - self.elapsed(), 0.01)

    def tell(self, cost: float) -> None:
        """Say that there is a plan of this cost, unless there was one as good."""
        if self._best is None or cost < self._best:
            self._best = cost
            self._say({"at": round(self.elapsed(), 3), "cost": cost})

    def answer(self, routes: list[Any]) -> None:
        """Hand over the plan and stop the clock."""
        cpu = time.process_time() - self._cpu
        self._say({"took": round(self.elapsed(), 3), "cpu": round(cpu, 3), "routes": routes})

    def _say(self, message: Json) -> None:
        print(json.dumps(message, separators=(",", ":")), file=self._out, flush=True)
