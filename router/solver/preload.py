"""Imported once by the fork server, before it forks; the one module here whose import does work.

Every solver process then starts with the compiled kernel in memory (``docs/adr/0003-child-process.md``).
"""

import os
import threading

from router.solver.warm import warm

SECONDS_BETWEEN_LOOKS = 0.5


def _leave_when_orphaned(parent: int, warmed: threading.Event) -> None:
    """End this process when its parent has died; the fork server itself would notice only after it is warm."""
    while not warmed.wait(SECONDS_BETWEEN_LOOKS):
        if os.getppid() != parent:
            os._exit(1)


def _warm_with_parent() -> None:
    """Warm up, a minute where the kernel has to be compiled; no thread is left, since the process will fork."""
    warmed = threading.Event()
    watch = threading.Thread(target=_leave_when_orphaned, args=(os.getppid(), warmed), daemon=True)
    watch.start()
    try:
        warm()
    finally:
        warmed.set()
        watch.join()


_warm_with_parent()
