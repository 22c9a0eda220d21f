"""How kernel functions are compiled: without the GIL, kept on disk, and without reference counts.

The kernel never allocates, so counting references to its arrays is pure cost: ``_nrt=False`` leaves it out
(measured: three to four times as many iterations a second). A function that allocates does not compile.

What an entry calls is its own (``docs/adr/0027-given-up-in-time.md``): the compiler then hands a function only what it
reads of the seventy arrays, not all of them.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

P = ParamSpec("P")
R = TypeVar("R")

_OPTIONS: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy", "_nrt": False}

_INNER: dict[str, Any] = {**_OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without the shells through which Python and C would call: sixty arrays make them dear to compile."""


class _EntryLibrary(JITCodeLibrary):
    """Compiled code that nobody but Python calls: all that it calls in turn may be made to measure for it."""

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
        super()._optimize_final_module()


class _EntryCompiler(Compiler):
    def define_pipelines(self) -> list[Any]:
        library = _EntryLibrary(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        library.enable_object_caching()
        self.state.library = library
        pipelines: list[Any] = super().define_pipelines()
        return pipelines


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function that Python calls."""
    dispatcher: Callable[P, R] = njit(**_OPTIONS, pipeline_class=_EntryCompiler)(function)
    return dispatcher


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that only the kernel calls."""
    dispatcher: Callable[P, R] = njit(**_INNER)(function)
    return dispatcher


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function into each of its callers."""
    dispatcher: Callable[P, R] = njit(**_INNER, inline="always")(function)
    return dispatcher
