"""Fields of the contract whose meaning is not built yet: refused, never accepted and ignored.

To lift one, build its meaning and delete its row.
"""

from collections.abc import Callable
from dataclasses import dataclass

from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, fault


def _says_something(value: Json) -> bool:
    return value is not None and value not in ([], {})


def _is_road_engine(value: Json) -> bool:
    return value in ("osrm", "valhalla")


@dataclass(frozen=True, slots=True)
class _Later:
    """What ``pattern`` points at is refused where ``asks_for_it`` holds of the value."""

    pattern: str
    asks_for_it: Callable[[Json], bool] = _says_something


_LATER = (_Later("/travel/provider", _is_road_engine),)


def unsupported(request: Json) -> list[Fault]:
    """Return a fault for everything in the request that this version would not honour."""
    return [
        fault(path, FaultCode.NOT_SUPPORTED, f"`{path[-1]}` ({shown(value)}) is not supported yet")
        for later in _LATER
        if any(map(later.asks_for_it, values(request, later.pattern)))
        for path, value in matches(request, later.pattern)
        if later.asks_for_it(value)
    ]
