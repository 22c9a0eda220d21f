"""Names of things. Ids go in, the same ids come out; no index ever leaves the solver."""

from typing import NewType

DepotId = NewType("DepotId", str)
StopId = NewType("StopId", str)
VehicleId = NewType("VehicleId", str)
PortId = NewType("PortId", str)
LineId = NewType("LineId", str)
SailingId = NewType("SailingId", str)
IslandId = NewType("IslandId", str)

ShipmentId = NewType("ShipmentId", str)
BreakId = NewType("BreakId", str)

PlaceId = str
"""The id of a depot, a stop or a port: one namespace, since a matrix names all three."""

Profile = NewType("Profile", str)
"""A way of moving on roads, such as ``van`` or ``motorbike``; it picks speeds and matrices."""

FerryClass = NewType("FerryClass", str)
"""A tariff class of a ferry line, such as golongan ``II`` or ``IVB``."""
