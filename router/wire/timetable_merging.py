"""The timetables that a request names, written into its ``ferries``: sailings of its days, on lines of use to it.

Works on the JSON document, before anything else is looked at: tickets, locks and matrices may then speak of what
came from a timetable as if it had been sent along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from router.domain.stored_timetables import KeptTimetable, TimetableUse
from router.domain.timetable import FerryNetwork
from router.domain.units import Instant
from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, RequestWarning, fault
from router.wire.limits import Limits
from router.wire.shapes.base import read_instant
from router.wire.siting import Land
from router.wire.timetable_conflicts import conflicts
from router.wire.timetable_expansion import Expansion, Horizon, TooManySailings, expand
from router.wire.timetable_network import to_network
from router.wire.timetable_reading import read_timetable
from router.wire.timetable_relevance import Chosen, choose

AT = "timetables"
_SECONDS_PER_DAY = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What became of the timetables of a request.

    Attributes:
        used: Those that it names, in that order.
    """

    used: tuple[TimetableUse, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[RequestWarning, ...] = ()


NOTHING = Merging()


def names_of(document: Json) -> list[str]:
    """Return the names of timetables in a document, as far as there are any."""
    return [name for name in values(document, f"/{AT}/*") if isinstance(name, str)]


def merge(
    document: dict[str, Json], stock: Sequence[KeptTimetable], land: Land | None, limits: Limits
) -> Merging:
    """Write what the request needs of its timetables into its ``ferries``, in place, and drop their names.

    Without ``land`` no timetable is known. Where there are faults, nothing is written.
    """
    kept = {} if land is None else {each.use.name: each for each in stock}
    named = {path: name for path, name in matches(document, f"/{AT}/*") if isinstance(name, str)}
    if not named or len(named) != len(document[AT]):
        return NOTHING
    faults = [*_unknown(named, kept), *_named_twice(named)]
    ferries, horizon = document.get("ferries"), _horizon(document)
    if horizon is not None:
        faults += _too_long(horizon, limits)
    if faults or land is None or horizon is None or not _has_ferries_of_sorts(ferries):
        _drop_names(document)
        return Merging(faults=tuple(faults))
    networks = {path: to_network(read_timetable(kept[name].document), land) for path, name in named.items()}
    merging = _merged(document, networks, horizon, land, limits)
    _drop_names(document)
    used = tuple(kept[name].use for name in named.values())
    return Merging(used=used, faults=merging.faults, warnings=merging.warnings)


def _merged(
    document: dict[str, Json],
    networks: dict[Path, FerryNetwork],
    horizon: Horizon,
    land: Land,
    limits: Limits,
) -> Merging:
    chosen = choose(document, networks, land)
    try:
        expansions = {
            path: expand(path, chosen[path], networks[path], horizon, limits.sailings) for path in networks
        }
    except TooManySailings as error:
        return Merging(faults=(fault(error.path, FaultCode.TOO_MANY_SAILINGS, str(error)),))
    faults = [
        *_wrong_currency(document, networks, expansions),
        *conflicts(document, expansions),
        *_too_many(document, expansions, limits),
    ]
    if not faults:
        _write(document, expansions)
    return Merging(faults=tuple(faults), warnings=tuple(_warnings(chosen, expansions)))


def _warnings(chosen: dict[Path, Chosen], expansions: dict[Path, Expansion]) -> Iterator[RequestWarning]:
    for path, expansion in expansions.items():
        yield from chosen[path].warnings
        yield from expansion.warnings


def _unknown(named: dict[Path, str], kept: dict[str, KeptTimetable]) -> Iterator[Fault]:
    for path, name in named.items():
        if name not in kept:
            yield fault(path, FaultCode.UNKNOWN_TIMETABLE, f"there is no timetable {shown(name)}")


def _named_twice(named: dict[Path, str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, name in named.items():
        if name in seen:
            yield fault(path, FaultCode.DUPLICATE_ID, f"{shown(name)} is named already")
        seen.add(name)


def _horizon(document: Json) -> Horizon | None:
    """Return from the first start to the last end of a shift; ``None`` where no shift can be read."""
    starts, ends = (list(_instants(document, f"/vehicles/*/shift/{end}")) for end in ("start", "end"))
    if not starts or not ends or min(starts) > max(ends):
        return None
    return Horizon(start=min(starts), end=max(ends))


def _instants(document: Json, pattern: str) -> Iterator[Instant]:
    for value in values(document, pattern):
        try:
            yield read_instant(value)
        except PydanticCustomError:
            continue


def _too_long(horizon: Horizon, limits: Limits) -> Iterator[Fault]:
    days = (horizon.end - horizon.start) // _SECONDS_PER_DAY
    if days > limits.timetable_days:
        detail = f"the shifts span {days} days; with timetables at most {limits.timetable_days} are planned"
        yield fault((AT,), FaultCode.HORIZON_TOO_LONG, detail)


def _has_ferries_of_sorts(ferries: Json) -> bool:
    """Return whether something can be added to the ferries of the request; other faults say what is wrong."""
    if ferries is None:
        return True
    return isinstance(ferries, dict) and all(isinstance(ferries.get(n, []), list) for n in ("ports", "lines"))


def _wrong_currency(
    document: dict[str, Json], networks: dict[Path, FerryNetwork], expansions: dict[Path, Expansion]
) -> Iterator[Fault]:
    """Yield a fault where fares would be added up with amounts of another currency."""
    asked = document.get("currency", "IDR")
    for path, expansion in expansions.items():
        told = networks[path].currency
        if told != asked and any("fares" in line for line in expansion.lines):
            detail = f"its fares are in {told}, the request is in {shown(asked)}"
            yield fault(path, FaultCode.TIMETABLE_CURRENCY, detail)


def _too_many(
    document: dict[str, Json], expansions: dict[Path, Expansion], limits: Limits
) -> Iterator[Fault]:
    """Yield a fault for every bound that what is sent and what is added pass together."""
    counted = (
        (
            "/ferries/ports/*",
            [len(each.ports) for each in expansions.values()],
            limits.ports,
            FaultCode.TOO_MANY_PORTS,
        ),
        (
            "/ferries/lines/*",
            [len(each.lines) for each in expansions.values()],
            limits.lines,
            FaultCode.TOO_MANY_LINES,
        ),
        (
            "/ferries/lines/*/sailings/*",
            [each.sailings for each in expansions.values()],
            limits.sailings,
            FaultCode.TOO_MANY_SAILINGS,
        ),
    )
    for pattern, added, most, code in counted:
        total = len(values(document, pattern)) + sum(added)
        if total > most:
            what = pattern.split("/")[-2]
            yield fault(
                (AT,), code, f"{total} {what} with those of the timetables; at most {most} are allowed"
            )


def _write(document: dict[str, Json], expansions: dict[Path, Expansion]) -> None:
    sent = document.get("ferries") or {}
    document["ferries"] = {
        **sent,
        "ports": [*sent.get("ports", ()), *(port for each in expansions.values() for port in each.ports)],
        "lines": [*sent.get("lines", ()), *(line for each in expansions.values() for line in each.lines)],
    }


def _drop_names(document: dict[str, Json]) -> None:
    del document[AT]
