"""OR-Tools routing model: the plain way, kept to compare with."""

from router.solver.routing.search import ENGINE, propose

__all__ = ["ENGINE", "propose"]
