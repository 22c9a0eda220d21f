"""What the measurement says: figures, and the bars that they have to pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, quantiles

from benchmarks.load.measure import Look, Measured, Plan
from benchmarks.load.morning import Route

SOLVERS_PERCENT, READ_P99_MILLISECONDS = 90.0, 100.0
GOOD = (200, 202, 409)
"""409: an export of a plan that has no routes yet, as described."""

OURS = ("solvers", "workers", "api", "database", "sender")

Step = tuple[Look, Look]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Times of one kind, in milliseconds; of calls, from when each was to be sent.

    Attributes:
        failed: How many came to nothing.
    """

    what: str
    count: int
    failed: int
    p50: float
    p95: float
    p99: float
    worst: float

    @classmethod
    def of(cls, what: str, seconds: Sequence[float], failed: int = 0) -> "Times":
        """Return what is said of so many times."""
        at = [1_000 * percentile(seconds, percent) for percent in (50, 95, 99, 100)]
        return cls(what=what, count=len(seconds), failed=failed, p50=at[0], p95=at[1], p99=at[2], worst=at[3])


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """Who had the cores while plans waited and calls came, in percent of all of them.

    Attributes:
        seconds: For how long that was so.
        strangers: Everything that is not of this measurement; on a quiet machine next to nothing.
    """

    seconds: float
    solvers: float
    workers: float
    api: float
    database: float
    sender: float
    strangers: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The figures.

    Attributes:
        lost: Plans that were accepted and did not end, or that nobody knows any more.
        waits: From accepted to started.
        dearer: For each plan, by how many percent it costs more than the same request solved without load.
        sender_late: By how many milliseconds the sender itself was late, 99 of 100 times.
    """

    routes: Sequence[Times]
    reads: Times
    waits: Times
    accepted: int
    accepted_per_second: float
    finished_per_second: float
    statuses: dict[str, int]
    lost: int
    processor: Processor
    dearer: Sequence[float]
    sender_late: float

    @property
    def mean_dearer(self) -> float | None:
        """Return the mean of ``dearer``, or ``None`` where nothing was solved without load."""
        return fmean(self.dearer) if self.dearer else None

    @property
    def bars(self) -> list[tuple[str, bool]]:
        """Return what has to hold, and whether it does."""
        failed = sum(each.failed for each in self.routes)
        return [
            (f"solvers have ≥ {SOLVERS_PERCENT:g} % of the cores", self.processor.solvers >= SOLVERS_PERCENT),
            (f"p99 of all reads ≤ {READ_P99_MILLISECONDS:g} ms", self.reads.p99 <= READ_P99_MILLISECONDS),
            ("no plan lost", self.lost == 0),
            ("every plan succeeded", set(self.statuses) <= {"succeeded"}),
            ("no call failed", failed == 0),
        ]


def findings(measured: Measured) -> Findings:
    """Return what a measurement says."""
    routes = [_route(measured, route) for route in Route]
    reads = [call for call in measured.calls if call.route is not Route.SUBMIT]
    ended = [plan.finished for plan in measured.plans if plan.finished is not None and plan.status != "lost"]
    states = [plan.status for plan in measured.plans]
    return Findings(
        routes=[each for each in routes if each.count],
        reads=Times.of("all reads", [call.took for call in reads], sum(each.failed for each in routes[1:])),
        waits=Times.of("accepted to started", list(_waits(measured.plans))),
        accepted=len(measured.plans),
        accepted_per_second=len(measured.plans) / measured.seconds,
        finished_per_second=len(ended) / max(ended, default=1.0),
        statuses={status: states.count(status) for status in sorted(set(states))},
        lost=len(measured.plans) - len(ended),
        processor=_processor(measured),
        dearer=list(_dearer(measured)),
        sender_late=1_000 * percentile([call.late for call in measured.calls], 99),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return what so many percent of the values do not pass; 0 where there are none."""
    if percent == 100 or len(values) < 2:
        return max(values, default=0.0)
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def waiting(plans: Sequence[Plan], at: float) -> int:
    """Return how many plans waited for a worker at a moment."""
    return sum(plan.accepted <= at and (plan.started is None or plan.started > at) for plan in plans)


def percent(step: Step, who: str, cores: int) -> float:
    """Return the share of the cores that a field of ``Shares`` or ``Look`` had between two looks."""
    before, after = step
    had = (
        getattr(after, who) - getattr(before, who)
        if who in ("sender", "busy")
        else getattr(after.shares, who) - getattr(before.shares, who)
    )
    return 100 * float(had) / ((after.at - before.at) * cores)


def _route(measured: Measured, route: Route) -> Times:
    calls = [call for call in measured.calls if call.route is route]
    failed = sum(call.status not in GOOD for call in calls)
    return Times.of(route, [call.took for call in calls], failed)


def _waits(plans: Sequence[Plan]) -> Iterator[float]:
    for plan in plans:
        if plan.started is not None:
            yield plan.started - plan.accepted


def _processor(measured: Measured) -> Processor:
    """Look only at stretches at whose both ends a plan waited: there was work for every core all the time."""
    steps = [
        step for step in pairwise(measured.looks) if all(waiting(measured.plans, look.at) for look in step)
    ]
    seconds = sum(after.at - before.at for before, after in steps)

    def share(who: str) -> float:
        parts = (percent(step, who, measured.cores) * (step[1].at - step[0].at) for step in steps)
        return sum(parts) / seconds if seconds else 0.0

    ours = {who: share(who) for who in OURS}
    return Processor(seconds=seconds, **ours, strangers=max(share("busy") - sum(ours.values()), 0.0))


def _dearer(measured: Measured) -> Iterator[float]:
    for plan in measured.plans:
        if measured.alone and plan.cost is not None:
            yield 100 * (plan.cost / measured.alone[plan.batch] - 1)
