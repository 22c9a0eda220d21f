"""Which land each position of a request stands on, and which clocks hang there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from router.domain.ids import IslandId
from router.domain.places import FixedLink, Location
from router.errors import AtSea, Fault
from router.geography.geography import Placement
from router.wire import shapes
from router.wire.document import Json, matches
from router.wire.faults import FaultCode, Path, RequestWarning, WarningCode, fault, warning
from router.wire.structure import shape

_LOCATIONS = (
    "/depots/*/location",
    "/stops/*/location",
    "/shipments/*/pickup/location",
    "/shipments/*/dropoff/location",
    "/ferries/ports/*/location",
)


class Land(Protocol):
    """What is asked of the geography."""

    def locate_many(self, positions: Sequence[tuple[float, float]]) -> tuple[Placement | AtSea, ...]:
        """Return the land at or near each (lat, lon), or why there is none."""
        ...

    def time_zone(self, lat: float, lon: float) -> str:
        """Return the IANA name of the clocks at a position."""
        ...

    def fixed_links(self) -> tuple[FixedLink, ...]:
        """Return the bridges between islands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A position to be placed; ``path`` leads to it. ``time_zone`` is the caller's, if any."""

    path: Path
    location: shapes.Location
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Siting:
    """Where the sites are, in their order; ``None`` where a fault says why not."""

    locations: tuple[Location | None, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[RequestWarning, ...]


def sites_of(request: shapes.PlanRequest) -> Iterator[Site]:
    """Yield every depot, every stop, both ends of every shipment, and every port, in this order."""
    for i, depot in enumerate(request.depots):
        yield Site(path=("depots", i, "location"), location=depot.location)
    for i, stop in enumerate(request.stops):
        yield Site(path=("stops", i, "location"), location=stop.location)
    for i, shipment in enumerate(request.shipments):
        yield Site(path=("shipments", i, "pickup", "location"), location=shipment.pickup.location)
        yield Site(path=("shipments", i, "dropoff", "location"), location=shipment.dropoff.location)
    for i, port in enumerate(request.ferries.ports if request.ferries else ()):
        yield Site(path=("ferries", "ports", i, "location"), location=port.location, time_zone=port.time_zone)


def place(sites: Sequence[Site], land: Land) -> Siting:
    """Find the island of each site that does not say it, snapped to a coast within reach, and its clocks."""
    unsaid = [site for site in sites if site.location.island is None]
    found = land.locate_many([(site.location.lat, site.location.lon) for site in unsaid])
    placements = dict(zip((site.path for site in unsaid), found, strict=True))
    return Siting(
        locations=tuple(_location(site, placements.get(site.path), land) for site in sites),
        faults=tuple(
            fault(path, FaultCode.LOCATION_AT_SEA, str(at))
            for path, at in placements.items()
            if isinstance(at, AtSea)
        ),
        warnings=tuple(
            warning(
                path,
                WarningCode.SNAPPED_TO_LAND,
                f"{at.snapped_meters} m off the coast; taken as on {_called(at)}",
            )
            for path, at in placements.items()
            if isinstance(at, Placement) and at.snapped_meters > 0
        ),
    )


def location_faults(document: Json, land: Land) -> list[Fault]:
    """Return a fault for every sound position at sea, whatever else is wrong with the document."""
    sites = []
    for pattern in _LOCATIONS:
        for path, value in matches(document, pattern):
            location, _ = shape(shapes.Location, value)
            if location is not None:
                sites.append(Site(path=path, location=location))
    return list(place(sites, land).faults)


def _called(placement: Placement) -> str:
    return placement.island + (f" ({placement.name})" if placement.name else "")


def _location(site: Site, placement: Placement | AtSea | None, land: Land) -> Location | None:
    if isinstance(placement, AtSea):
        return None
    lat, lon = site.location.lat, site.location.lon
    return Location(
        lat=lat,
        lon=lon,
        island=placement.island if placement else IslandId(site.location.island or ""),
        time_zone=site.time_zone or land.time_zone(lat, lon),
    )
