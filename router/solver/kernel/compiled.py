"""How kernel functions are compiled: without the GIL, kept on disk, and without reference counts.

The kernel never allocates, so counting references to its arrays is pure cost: ``_nrt=False`` leaves it out
(measured: three to four times as many iterations a second). A function that allocates does not compile.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function."""
    dispatcher: Callable[P, R] = njit(nogil=True, cache=True, _nrt=False)(function)
    return dispatcher


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function into each of its callers."""
    dispatcher: Callable[P, R] = njit(nogil=True, cache=True, _nrt=False, inline="always")(function)
    return dispatcher
