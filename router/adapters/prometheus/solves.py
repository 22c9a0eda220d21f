"""Metrics of solving: attempts at plans, and the processes that make them."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from router.domain.records import SolveSummary

SOLVE_SECONDS = (1.0, 2.0, 3.0, 6.0, 11.0, 21.0, 31.0, 61.0, 121.0, 301.0, 601.0, 1801.0)
"""A solve keeps its time limit within a second: the usual limits, each plus one."""

FIRST_PLAN_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
IMPROVEMENTS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0)

MIB = 1 << 20
MEMORY_BYTES = tuple(size * MIB for size in (128, 256, 384, 512, 768, 1024, 2048, 4096, 8192))
"""4 GiB is what a search may have unless the settings say otherwise."""


class SolveMetrics:
    """Attempts at plans of all tenants, and every solver process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Make them in a registry."""

        def histogram(name: str, meaning: str, buckets: tuple[float, ...]) -> Histogram:
            return Histogram(name, meaning, ["engine"], buckets=buckets, registry=registry)

        self._solves = Counter(
            "selat_solves", "Solves by how they ended.", ["outcome", "engine"], registry=registry
        )
        self._iterations = Counter(
            "selat_solve_iterations", "Iterations of the search.", ["engine"], registry=registry
        )
        self._seconds = histogram(
            "selat_solve_duration_seconds", "Time that a solve took, whatever came out.", SOLVE_SECONDS
        )
        self._first_plan = histogram(
            "selat_solve_first_plan_seconds",
            "Time from taking a plan up until the search told of its first routes.",
            FIRST_PLAN_SECONDS,
        )
        self._improvement = histogram(
            "selat_solve_improvement_ratio",
            "Share of the cost of its first routes that the search took off.",
            IMPROVEMENTS,
        )
        self._processes = Gauge("selat_solver_processes", "Solver processes alive.", registry=registry)
        self._cpu = Counter(
            "selat_solver_cpu_seconds", "Processor time of solver processes.", registry=registry
        )
        self._peaks = Histogram(
            "selat_solver_peak_memory_bytes",
            "The most memory that a solver process had, what it shares with others included.",
            buckets=MEMORY_BYTES,
            registry=registry,
        )

    def count(self, solve: SolveSummary) -> None:
        """Count an attempt."""
        exemplar = {"plan_id": solve.plan_id}
        self._solves.labels(solve.outcome, solve.engine).inc()
        self._iterations.labels(solve.engine).inc(solve.iterations)
        self._seconds.labels(solve.engine).observe(solve.seconds, exemplar)
        if solve.first_plan_seconds is not None:
            self._first_plan.labels(solve.engine).observe(solve.first_plan_seconds, exemplar)
        if solve.improvement is not None:
            self._improvement.labels(solve.engine).observe(solve.improvement, exemplar)

    def see(self, alive: int, cpu_seconds: float, peaks: Sequence[int]) -> None:
        """Take in how the solver processes are."""
        self._processes.set(alive)
        self._cpu.inc(cpu_seconds)
        for peak in peaks:
            self._peaks.observe(peak)
