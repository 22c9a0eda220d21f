"""A search while it runs: a live line on a terminal, one line a second elsewhere."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.live import Live
from rich.text import Text

from router.cli.wording import amount
from router.service.plan_routes import Draft

SECONDS_BETWEEN_LINES = 1.0
REFRESHES_PER_SECOND = 8


class Progress:
    """What is known of a search so far."""

    def __init__(self) -> None:
        """Start the clock."""
        self._began = time.monotonic()
        self._best: Draft | None = None

    def offer(self, draft: Draft) -> None:
        """Take a better draft in."""
        self._best = draft

    def line(self) -> str:
        """Return seconds, cost and stops served in one line."""
        return f"{time.monotonic() - self._began:5.1f} s  {self._found()}"

    def tick(self) -> None:
        """Be told, several times a second, that the search goes on."""

    def _found(self) -> str:
        if self._best is None:
            return "searching …"
        incumbent, problem = self._best.incumbent, self._best.problem
        cost = f"{problem.currency} {amount(incumbent.cost)}"
        return f"cost {cost}, {incumbent.served} of {len(problem.stops)} stops served"


class _Lines(Progress):
    """Prints a line a second, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._next = time.monotonic() + SECONDS_BETWEEN_LINES

    def tick(self) -> None:
        """Print a line when it is time."""
        if time.monotonic() >= self._next:
            self._next += SECONDS_BETWEEN_LINES
            self._console.print(self.line(), highlight=False)


@contextlib.contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """Show the progress that is offered, as long as the block lasts."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    progress = Progress()
    with Live(
        get_renderable=lambda: Text(progress.line()),
        console=console,
        refresh_per_second=REFRESHES_PER_SECOND,
        transient=True,
    ):
        yield progress
