"""A process that goes with its parent, even where the parent is killed outright."""

import fcntl
import multiprocessing
import os
import signal


def leave_with_parent() -> None:
    """Leave Ctrl-C to the parent, and have the kernel end this process when the parent is gone.

    For processes of ``multiprocessing``. PR_SET_PDEATHSIG would not do: under a fork server it follows the
    server. Every such process has a sentinel pipe that its parent alone holds open; the end of the pipe
    raises SIGIO here, whose default is to end the process. No interpreter lock can hold that up.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is None or not isinstance(parent.sentinel, int):
        return
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
