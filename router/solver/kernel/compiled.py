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

_INNER: dict[str, Any] = {**_OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without the shells through which Python and C would call: sixty arrays make them dear to compile."""


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function that Python calls."""
    dispatcher: Callable[P, R] = njit(**_OPTIONS)(function)
    return dispatcher


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that only the kernel calls."""
    dispatcher: Callable[P, R] = njit(**_INNER)(function)
    return dispatcher


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function into each of its callers."""
    dispatcher: Callable[P, R] = njit(**_INNER, inline="always")(function)
    return dispatcher
