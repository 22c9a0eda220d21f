"""What an entry of the kernel calls is compiled with it and for it alone."""

from typing import Any

import numba

from router.solver.kernel.compiled import _EntryCompiler, _InnerCompiler

njit: Any = numba.njit


@njit(pipeline_class=_InnerCompiler)  # type: ignore[untyped-decorator]
def climb(steps: int) -> int:
    return steps if steps < 2 else climb(steps - 1) + climb(steps - 2)


@njit(pipeline_class=_EntryCompiler)  # type: ignore[untyped-decorator]
def ways_up(steps: int) -> int:
    return int(climb(steps)) + 1


def _library(function: Any) -> Any:
    (compiled,) = function.overloads.values()
    return compiled.library


def test_nothing_that_an_entry_calls_is_left_open_to_others() -> None:
    """What could be called from elsewhere would have to take all its arguments, read or not."""
    assert ways_up(10) == 56
    functions = [f for f in _library(ways_up)._final_module.functions if not f.is_declaration]
    assert [f.name for f in functions if f.linkage.name == "linkonce_odr"] == []
    assert any(f.linkage.name == "internal" for f in functions)


def test_what_only_the_kernel_calls_has_no_machine_code_of_its_own() -> None:
    @njit(pipeline_class=_InnerCompiler)  # type: ignore[untyped-decorator]
    def half(steps: int) -> int:
        return steps // 2

    half.compile((numba.int64,))
    library = _library(half)
    names = [function.name for function in library.get_defined_functions()]
    assert names
    assert [name for name in names if library._codegen._engine.is_symbol_defined(name)] == []
