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

OUT_OF_MEMORY = "the search needs more memory than it may use"

_TOLD: MappingProxyType[type[Exception], str] = MappingProxyType(
    {
        InvalidRequest: "the request is not valid under this version of the service",
        MatrixUnavailable: "the road engine does not answer",
        SolverOverran: "no plan was found within the time limit",
        SolverOutOfMemory: OUT_OF_MEMORY,
        MemoryError: OUT_OF_MEMORY,
        SolverCrashed: "the search crashed",
        PlanRejected: "the plan that was found did not pass its check",
    }
)


def told_to_callers(error: Exception, attempt: int) -> str:
    """Return the sentence for this failure at this attempt; failures nobody foresaw share one."""
    said = _TOLD.get(type(error), "an error of our own")
    return f"given up after {attempt} attempts: {said}" if isinstance(error, SolverCrashed) else said
