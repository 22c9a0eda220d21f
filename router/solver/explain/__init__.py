"""Why a stop is left out: what fails when it is tried alone, then beside the others, and by how much."""

from router.solver.explain.reasons import explain

__all__ = ["explain"]
