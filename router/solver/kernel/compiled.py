"""How kernel functions are compiled: without the GIL, kept on disk, and without reference counts.

The kernel never allocates, so counting references to its arrays is pure cost: ``_nrt=False`` leaves it out
(measured: three to four times as many iterations a second). A function that allocates does not compile.

Only entries, which Python calls, become machine code, each with all that it calls in one piece: the compiler then
hands a function only what it reads of the seventy arrays (``docs/adr/0027-given-up-in-time.md``), and nothing is
optimised twice (``docs/adr/0029-compiled-once.md``).
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

P = ParamSpec("P")
R = TypeVar("R")

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}

_INNER: dict[str, Any] = {**_OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without the shells through which Python and C would call: seventy arrays make them dear to compile."""


class _EntryLibrary(JITCodeLibrary):
    """Compiled code that nobody but Python calls: all that it calls in turn may be made to measure for it."""

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
        super()._optimize_final_module()


class _NoMachine:
    """numba's code generator for what has no machine code: there is no variable that could hold its environment."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, _name: str, _env: object) -> None:
        pass


class _InnerLibrary(JITCodeLibrary):
    """Code that is only linked into that of entries: on its own it is neither optimised nor made machine code."""

    @property
    def codegen(self) -> Any:
        return _NoMachine(self._codegen)

    def get_pointer_to_function(self, _name: str) -> int:
        return 0

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class _EntryCompiler(Compiler):
    def define_pipelines(self) -> list[Any]:
        library = _EntryLibrary(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        library.enable_object_caching()
        self.state.library = library
        pipelines: list[Any] = super().define_pipelines()
        return pipelines


class _InnerCompiler(Compiler):
    def define_pipelines(self) -> list[Any]:
        self.state.library = _InnerLibrary(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        pipelines: list[Any] = super().define_pipelines()
        return pipelines


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function that Python calls."""
    dispatcher: Callable[P, R] = njit(**_OPTIONS, cache=True, pipeline_class=_EntryCompiler)(function)
    return dispatcher


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that only the kernel calls."""
    dispatcher: Callable[P, R] = njit(**_INNER, pipeline_class=_InnerCompiler)(function)
    return dispatcher


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel function into each of its callers.

    That is LLVM's work: where numba does it the types of every copy are inferred anew.
    """
    dispatcher: Callable[P, R] = njit(**_INNER, pipeline_class=_InnerCompiler, forceinline=True)(function)
    return dispatcher
