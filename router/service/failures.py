"""What a caller is told when a plan fails: enough to act on, nothing of the inside."""

from types import MappingProxyType

from router.errors import (
    InvalidRequest,
    MatrixUnavailable,
    PlanRejected,
    SolverCrashed,
    SolverOutOfMemory,
    SolverOverran,
)

_TOLD: MappingProxyType[type[Exception], str] = MappingProxyType(
    {
        InvalidRequest: "the request is not valid under this version of the service",
        MatrixUnavailable: "the road engine does not answer",
        SolverOverran: "no plan was found within the time limit",
        SolverOutOfMemory: "the search needs more memory than it may use",
        SolverCrashed: "the search crashed",
        PlanRejected: "the plan that was found did not pass its check",
    }
)


def told_to_callers(error: Exception) -> str:
    """Return the sentence for this failure; failures nobody foresaw share one."""
    return _TOLD.get(type(error), "an error of our own")
