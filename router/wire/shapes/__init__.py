"""The request and response as strict pydantic models, one module per noun.

Conventions of all shapes: ``null`` means the same as leaving a field out where ``null`` is allowed at all; an
empty list or map means the same as leaving it out (Protocol Buffers cannot tell them apart either).
"""

from router.wire.shapes.ferries import Ferries, Line, Port, Sailing
from router.wire.shapes.fleet import Break, Costs, Vehicle
from router.wire.shapes.options import Lock, Options, Webhook
from router.wire.shapes.places import Depot, Location, Shipment, ShipmentVisit, Stop, Window
from router.wire.shapes.plan_request import PlanRequest
from router.wire.shapes.travel import Matrix, Travel

__all__ = [
    "Break",
    "Costs",
    "Depot",
    "Ferries",
    "Line",
    "Location",
    "Lock",
    "Matrix",
    "Options",
    "PlanRequest",
    "Port",
    "Sailing",
    "Shipment",
    "ShipmentVisit",
    "Stop",
    "Travel",
    "Vehicle",
    "Webhook",
    "Window",
]
