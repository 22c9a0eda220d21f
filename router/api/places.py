"""Places that are taken and given back: whoever finds none is told at once, and never waits in a queue."""

from types import TracebackType
from typing import Self

from router.errors import Overloaded


class Places:
    """So many of something; ``what`` names it to those who are sent away."""

    def __init__(self, count: int, what: str) -> None:
        """Begin with all of them free."""
        self._free = count
        self._what = what

    @property
    def free(self) -> int:
        """How many could be taken now."""
        return self._free

    def share(self) -> "Share":
        """Return a share of nothing yet, for a ``with`` block."""
        return Share(self)

    def take(self, count: int) -> None:
        """Take so many.

        Raises:
            Overloaded: there are not so many.
        """
        if count > self._free:
            raise Overloaded(f"too many {self._what} at once")
        self._free -= count

    def give_back(self, count: int) -> None:
        """Give back so many."""
        self._free += count


class Share:
    """What one request has taken; all of it goes back at the end of the ``with`` block."""

    def __init__(self, places: Places) -> None:
        """Take nothing yet."""
        self._places = places
        self._taken = 0

    def take(self, count: int = 1) -> None:
        """Take so many more.

        Raises:
            Overloaded: there are not so many.
        """
        self._places.take(count)
        self._taken += count

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give everything back."""
        self._places.give_back(self._taken)
        self._taken = 0
