"""Readers of bodies for the tests of the intake; a process imports them by name."""

import os
import signal
import threading

from router.errors import Fault, InvalidRequest
from router.service.workshop import Workshop


def process_id(_body: bytes, _workshop: Workshop) -> int:
    """Say which process this is."""
    return os.getpid()


def thread_id(_body: bytes, _workshop: Workshop) -> int:
    """Say which thread this is."""
    return threading.get_ident()


def refuse(_body: bytes, _workshop: Workshop) -> None:
    """Find a fault."""
    raise InvalidRequest([Fault(pointer="/a", code="c", detail="d", action="e")], readable=False)


def die(_body: bytes, _workshop: Workshop) -> None:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)
