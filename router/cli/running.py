"""How every command runs: its errors in words, its exit code, the settings and the log for those that need them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer
from rich.console import Console

from router import bootstrap
from router.cli.log import configure_logging
from router.cli.reports import print_faults
from router.errors import InvalidRequest, SelatError
from router.settings import Settings

ServiceJob = Callable[[Settings], Coroutine[Any, Any, None]]


class Exit(IntEnum):
    """What the shell is told."""

    FAILED = 1
    FAULTY_INPUT = 2


def run_job(job: ServiceJob, *, quiet: bool = False) -> None:
    """Do something that needs the settings and an event loop; ``quiet`` logs no more than warnings."""
    with told_in_words():
        settings = bootstrap.read_settings()
        configure_logging("warning" if quiet else settings.log_level)
        asyncio.run(job(settings))


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn errors into words on standard error and an exit code."""
    console = Console(stderr=True)
    try:
        yield
    except InvalidRequest as error:
        print_faults(console, error.faults)
        raise typer.Exit(Exit.FAULTY_INPUT) from None
    except (SelatError, OSError, ValueError) as error:
        console.print(f"{type(error).__name__}: {error}", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(Exit.FAILED) from None
