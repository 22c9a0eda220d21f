"""The question: what is to be delivered, by whom, over which roads and waters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from router.domain.ferries import Timetable
from router.domain.fleet import Load, Vehicle
from router.domain.ids import DepotId, IslandId, PlaceId, Profile, ShipmentId, StopId, VehicleId
from router.domain.locks import Lock
from router.domain.places import FixedLink, Location, TimeWindow, land_masses, require_sorted_disjoint
from router.domain.units import Instant, Money, Seconds
from router.errors import DomainError


class StopKind(StrEnum):
    """Whether a parcel leaves the vehicle or enters it.

    A drop-off's load is on board from the start of the trip; a pick-up's until its end.
    """

    DROPOFF = "dropoff"
    PICKUP = "pickup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """Where trips start and end. ``windows``, sorted and apart, are its opening hours; none: always open."""

    id: DepotId
    location: Location
    windows: tuple[TimeWindow, ...] = ()

    def __post_init__(self) -> None:
        require_sorted_disjoint(self.windows, f"depot {self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One visit.

    Attributes:
        windows: When service may begin, sorted and apart; none means at any time.
        service: How long service takes.
        load: One amount per load dimension, never negative.
        requires: Skills that the vehicle must provide.
        allowed_vehicles: The only vehicles that may come; ``None`` means all.
        penalty: The cost of leaving it out; ``None`` means it is required.
        cash: Collected here, and on board until the vehicle is at a depot.
        ready_at: A drop-off is on no trip that leaves the depot before.
        shipment: The shipment that it is one end of: its load is on board between pick-up and drop-off only.
    """

    id: StopId
    kind: StopKind
    location: Location
    load: Load
    windows: tuple[TimeWindow, ...] = ()
    service: Seconds = Seconds(0)
    requires: frozenset[str] = frozenset()
    allowed_vehicles: frozenset[VehicleId] | None = None
    penalty: Money | None = None
    cash: Money = Money(0.0)
    ready_at: Instant | None = None
    shipment: ShipmentId | None = None

    def __post_init__(self) -> None:
        require_sorted_disjoint(self.windows, f"stop {self.id}")
        if self.service < 0 or min(self.load, default=0) < 0:
            raise DomainError(f"stop {self.id}: service time and load must not be negative")
        if self.penalty is not None and self.penalty < 0:
            raise DomainError(f"stop {self.id}: penalty must not be negative")
        if self.cash < 0:
            raise DomainError(f"stop {self.id}: cash must not be negative")

    @property
    def required(self) -> bool:
        """Whether it may be left out only when nobody can serve it."""
        return self.penalty is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """Something picked up at one stop and dropped off at another, by the same vehicle.

    The penalty of leaving it out stands on its pick-up; its drop-off carries a penalty of 0, or none where
    the shipment is required.
    """

    id: ShipmentId
    pickup: StopId
    dropoff: StopId


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole planning problem; every reference in it resolves.

    Attributes:
        dimensions: Names of the load dimensions; every load and capacity has one entry for each.
        shipments: Pairs of stops; both ends stand among ``stops`` and name the shipment.
        locks: What dispatchers have decided already.
        fixed_links: Bridges that join islands by road.
        currency: ISO 4217 code of every amount.
    """

    name: str
    currency: str
    dimensions: tuple[str, ...]
    depots: tuple[Depot, ...]
    stops: tuple[Stop, ...]
    vehicles: tuple[Vehicle, ...]
    timetable: Timetable = Timetable()
    fixed_links: tuple[FixedLink, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    locks: tuple[Lock, ...] = ()
    _depots: dict[DepotId, Depot] = field(init=False, repr=False, compare=False)
    _stops: dict[StopId, Stop] = field(init=False, repr=False, compare=False)
    _vehicles: dict[VehicleId, Vehicle] = field(init=False, repr=False, compare=False)
    _places: dict[PlaceId, Location] = field(init=False, repr=False, compare=False)
    _locked_to: dict[StopId, VehicleId] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_depots", {d.id: d for d in self.depots})
        object.__setattr__(self, "_stops", {s.id: s for s in self.stops})
        object.__setattr__(self, "_vehicles", {v.id: v for v in self.vehicles})
        object.__setattr__(self, "_places", dict(self._all_places()))
        object.__setattr__(
            self, "_locked_to", {s: lock.vehicle_id for lock in self.locks for s in lock.stop_ids}
        )
        self._require_unique_ids()
        self._require_resolved_references()
        self._require_dimensions()

    def depot(self, depot_id: DepotId) -> Depot:
        """Return the depot; raise ``KeyError`` where there is none."""
        return self._depots[depot_id]

    def stop(self, stop_id: StopId) -> Stop:
        """Return the stop; raise ``KeyError`` where there is none."""
        return self._stops[stop_id]

    def vehicle(self, vehicle_id: VehicleId) -> Vehicle:
        """Return the vehicle; raise ``KeyError`` where there is none."""
        return self._vehicles[vehicle_id]

    def hours(self, depot_id: DepotId | None) -> tuple[TimeWindow, ...]:
        """Return the opening hours of a vehicle's start or end; none: always open, as is a place that is no depot."""
        return () if depot_id is None else self._depots[depot_id].windows

    def has_stop(self, stop_id: str) -> bool:
        """Return whether there is such a stop."""
        return stop_id in self._stops

    def has_vehicle(self, vehicle_id: str) -> bool:
        """Return whether there is such a vehicle."""
        return vehicle_id in self._vehicles

    def location(self, place: PlaceId) -> Location:
        """Return where a depot, stop or port is; raise ``KeyError`` where there is none."""
        return self._places[place]

    def places(self) -> tuple[PlaceId, ...]:
        """Return every depot, stop and port, in that order."""
        return tuple(self._places)

    def profiles(self) -> tuple[Profile, ...]:
        """Return the profiles of the fleet, each once, in order of first use."""
        return tuple(dict.fromkeys(v.profile for v in self.vehicles))

    def land_masses(self, profile: Profile) -> dict[IslandId, IslandId]:
        """Return, for every island of a place, the name of the road network that it belongs to.

        Islands joined by fixed links that carry the profile, over islands without a place too, share the
        alphabetically first name.
        """
        islands = {location.island for location in self._places.values()}
        return land_masses(islands, self.fixed_links, profile)

    def may_serve(self, vehicle: Vehicle, stop: Stop) -> bool:
        """Return whether skills, the stop's list of vehicles and locks allow the pair; nothing else is looked at."""
        allowed = stop.allowed_vehicles is None or vehicle.id in stop.allowed_vehicles
        locked_elsewhere = self._locked_to.get(stop.id, vehicle.id) != vehicle.id
        return allowed and not locked_elsewhere and stop.requires <= vehicle.provides

    def _all_places(self) -> Iterator[tuple[PlaceId, Location]]:
        for depot in self.depots:
            yield depot.id, depot.location
        for stop in self.stops:
            yield stop.id, stop.location
        for port in self.timetable.ports:
            yield port.id, port.location

    def _require_unique_ids(self) -> None:
        listed = len(self.depots) + len(self.stops) + len(self.timetable.ports)
        if len(self._places) != listed:
            raise DomainError("an id stands twice among depots, stops and ports")
        if len(self._vehicles) != len(self.vehicles):
            raise DomainError("a vehicle id stands twice")

    def _require_resolved_references(self) -> None:
        for vehicle in self.vehicles:
            if not {vehicle.start, vehicle.end, vehicle.reload_depot} <= {None, *self._depots}:
                raise DomainError(f"vehicle {vehicle.id} starts or ends at a depot that does not exist")
        for stop in self.stops:
            if stop.allowed_vehicles is not None and not stop.allowed_vehicles <= self._vehicles.keys():
                raise DomainError(f"stop {stop.id} allows a vehicle that does not exist")

        for lock in self.locks:
            if lock.vehicle_id not in self._vehicles or not set(lock.stop_ids) <= self._stops.keys():
                raise DomainError("a lock names a vehicle or a stop that does not exist")
        for shipment in self.shipments:
            ends = (self._stops.get(shipment.pickup), self._stops.get(shipment.dropoff))
            if any(end is None or end.shipment != shipment.id for end in ends):
                raise DomainError(f"shipment {shipment.id} names a stop that is not its own")

    def _require_dimensions(self) -> None:
        width = len(self.dimensions)
        if any(len(s.load) != width for s in self.stops) or any(
            len(v.capacity) != width for v in self.vehicles
        ):
            raise DomainError("a load or capacity does not have one entry per dimension")
