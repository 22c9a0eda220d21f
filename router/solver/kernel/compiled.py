"""How kernel functions are compiled: without the GIL, kept on disk, and without reference counts.

The kernel never allocates, so counting references to its arrays is pure cost: ``_nrt=False`` leaves it out
(measured: three to four times as many iterations a second). A function that allocates does not compile.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")

_OPTIONS: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy", "_nrt": False}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function."""
    dispatcher: Callable[P, R] = njit(**_OPTIONS)(function)
    return dispatcher


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function into each of its callers."""
    dispatcher: Callable[P, R] = njit(**_OPTIONS, inline="always")(function)
    return dispatcher
