"""What a caller is told when a plan fails: enough to act on, nothing of the inside."""

from types import MappingProxyType

from router.errors import (
    InvalidRequest,
    MatrixUnavailable,
    PlanRejected,
    RoadEngineFailed,
    SolverCrashed,
    SolverOutOfMemory,
    SolverOverran,
    UnknownProfile,
)

OUT_OF_MEMORY = "the search needs more memory than it may use"

_TOLD: MappingProxyType[type[Exception], str] = MappingProxyType(
    {
        InvalidRequest: "the request is not valid under this version of the service",
        MatrixUnavailable: "there are no road times",
        UnknownProfile: "the road engine has no roads for a profile of the fleet",
        SolverOverran: "no plan was found within the time limit",
        SolverOutOfMemory: OUT_OF_MEMORY,
        MemoryError: OUT_OF_MEMORY,
        SolverCrashed: "the search crashed",
        PlanRejected: "the plan that was found did not pass its check",
    }
)


def told_to_callers(error: Exception, attempt: int) -> str:
    """Return the sentence for this failure at this attempt; failures nobody foresaw share one."""
    if isinstance(error, RoadEngineFailed):
        return str(error)
    said = _TOLD.get(type(error), "an error of our own")
    return f"given up after {attempt} attempts: {said}" if isinstance(error, SolverCrashed) else said
