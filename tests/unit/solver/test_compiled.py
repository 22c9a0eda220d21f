"""What an entry of the kernel calls is compiled for it alone."""

from typing import Any

import numba

from router.solver.kernel.compiled import _EntryCompiler


def test_nothing_that_an_entry_calls_is_left_open_to_others() -> None:
    """What could be called from elsewhere would have to take all its arguments, read or not."""
    njit: Any = numba.njit

    @njit  # type: ignore[untyped-decorator]
    def climb(steps: int) -> int:
        return steps if steps < 2 else climb(steps - 1) + climb(steps - 2)

    @njit(pipeline_class=_EntryCompiler)  # type: ignore[untyped-decorator]
    def entry(steps: int) -> int:
        return int(climb(steps)) + 1

    assert entry(10) == 56
    (compiled,) = entry.overloads.values()
    functions = [f for f in compiled.library._final_module.functions if not f.is_declaration]
    assert [f.name for f in functions if f.linkage.name == "linkonce_odr"] == []
    assert any(f.linkage.name == "internal" for f in functions)
