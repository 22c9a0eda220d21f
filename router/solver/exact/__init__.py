"""Small problems, solved whole: CP-SAT finds the best plan and proves that it is."""

from router.solver.exact.scope import is_small
from router.solver.exact.search import ENGINE, propose

__all__ = ["ENGINE", "is_small", "propose"]
