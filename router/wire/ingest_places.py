"""Depots, stops and shipments of a request as those of a problem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.domain.fleet import Load
from router.domain.ids import DepotId, ShipmentId, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Shipment, Stop, StopKind
from router.domain.units import Instant, Money, Seconds
from router.wire import shapes
from router.wire.shapes.places import DROPOFF_SUFFIX, PICKUP_SUFFIX


def window_of(window: shapes.Window) -> TimeWindow:
    """Return a window of a request."""
    return TimeWindow(window.start, window.end)


def depot_of(depot: shapes.Depot, location: Location) -> Depot:
    """Return a depot at its location; its windows are sorted and joined."""
    return Depot(id=DepotId(depot.id), location=location, windows=_windows(depot.windows))


def shipment_of(shipment: shapes.Shipment) -> Shipment:
    """Return the pair of stops that a shipment is; ``StopReader`` makes the stops themselves."""
    return Shipment(
        id=ShipmentId(shipment.id),
        pickup=StopId(shipment.id + PICKUP_SUFFIX),
        dropoff=StopId(shipment.id + DROPOFF_SUFFIX),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReader:
    """Makes stops of one request; ``span`` is from the start of its first shift to the end of its last."""

    dimensions: tuple[str, ...]
    span: TimeWindow

    def stop(self, stop: shapes.Stop, location: Location) -> Stop:
        """Return a stop; for a pick-up, ``ready_at`` is in its windows, because service cannot begin before."""
        kind, windows = StopKind(stop.kind), _windows(stop.windows)
        if kind is StopKind.PICKUP and stop.ready_at is not None:
            windows = self._from(stop.ready_at, windows)
        return Stop(
            id=StopId(stop.id),
            kind=kind,
            location=location,
            load=self._load(stop.load),
            windows=windows,
            service=Seconds(stop.service_seconds),
            requires=frozenset(stop.requires),
            allowed_vehicles=frozenset(map(VehicleId, stop.allowed_vehicles))
            if stop.allowed_vehicles
            else None,
            penalty=None if stop.penalty is None else Money(stop.penalty),
            cash=Money(stop.cash_on_delivery or 0.0),
            ready_at=stop.ready_at if kind is StopKind.DROPOFF else None,
        )

    def ends(self, shipment: shapes.Shipment, pickup: Location, dropoff: Location) -> Iterator[Stop]:
        """Yield the pick-up and the drop-off of a shipment; the penalty is on the pick-up."""
        pair = shipment_of(shipment)
        penalty = None if shipment.penalty is None else Money(shipment.penalty)
        nothing = None if shipment.penalty is None else Money(0.0)
        yield self._end(pair.pickup, StopKind.PICKUP, pickup, shipment, penalty)
        yield self._end(pair.dropoff, StopKind.DROPOFF, dropoff, shipment, nothing)

    def _end(
        self,
        stop_id: StopId,
        kind: StopKind,
        location: Location,
        shipment: shapes.Shipment,
        penalty: Money | None,
    ) -> Stop:
        visit = shipment.pickup if kind is StopKind.PICKUP else shipment.dropoff
        return Stop(
            id=stop_id,
            kind=kind,
            location=location,
            load=self._load(shipment.load),
            windows=_windows(visit.windows),
            service=Seconds(visit.service_seconds),
            penalty=penalty,
            shipment=ShipmentId(shipment.id),
        )

    def _load(self, load: dict[str, int]) -> Load:
        return tuple([load.get(dimension, 0) for dimension in self.dimensions])

    def _from(self, instant: Instant, windows: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
        """Return what of the windows lies at the instant or after it.

        Where nothing does, it is an instant before all shifts: the stop is never served, and no windows at all
        would mean that it always can be.
        """
        if not windows:
            return (TimeWindow(instant, max(instant, self.span.end)),)
        late = [TimeWindow(max(w.start, instant), w.end) for w in windows if w.end >= instant]
        before = Instant(self.span.start - 1)
        return tuple(late) or (TimeWindow(before, before),)


def _windows(windows: Sequence[shapes.Window]) -> tuple[TimeWindow, ...]:
    return TimeWindow.merged([window_of(window) for window in windows]) if windows else ()
