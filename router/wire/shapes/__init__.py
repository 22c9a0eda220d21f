"""The request and response as strict pydantic models, one module per noun.

Conventions of all shapes: ``null`` means the same as leaving a field out where ``null`` is allowed at all; an
empty list or map means the same as leaving it out (Protocol Buffers cannot tell them apart either).
"""

from router.wire.shapes.ferries import Ferries, Line, Port, Sailing
from router.wire.shapes.fleet import Break, Costs, Vehicle
from router.wire.shapes.options import Lock, Options, Webhook
from router.wire.shapes.places import Depot, Location, Shipment, ShipmentVisit, Stop, Window
from router.wire.shapes.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    Reason,
    ReloadStep,
    Route,
    SolverReport,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.wire.shapes.plan_request import PlanRequest
from router.wire.shapes.replan import CancelledLine, DelayedSailing, ReplanRequest
from router.wire.shapes.resources import (
    CheckRequest,
    CheckResponse,
    EndedPlan,
    FaultEntry,
    PlanError,
    PlanList,
    PlanResource,
    PlanSummary,
    ProblemDocument,
    Validation,
    ViolationEntry,
    WarningEntry,
    WebhookMessage,
)
from router.wire.shapes.timetables import (
    Frequency,
    Service,
    ServiceException,
    Timetable,
    TimetableLine,
    TimetablePort,
)
from router.wire.shapes.travel import Matrix, Travel

__all__ = [
    "Break",
    "BreakStep",
    "CancelledLine",
    "CheckRequest",
    "CheckResponse",
    "Costs",
    "DelayedSailing",
    "Depot",
    "EndStep",
    "EndedPlan",
    "FaultEntry",
    "Ferries",
    "FerryStep",
    "Frequency",
    "Line",
    "Location",
    "Lock",
    "Matrix",
    "Options",
    "Plan",
    "PlanCost",
    "PlanError",
    "PlanList",
    "PlanRequest",
    "PlanResource",
    "PlanSummary",
    "PlanTotals",
    "Port",
    "ProblemDocument",
    "Reason",
    "ReloadStep",
    "ReplanRequest",
    "Route",
    "Sailing",
    "Service",
    "ServiceException",
    "Shipment",
    "ShipmentVisit",
    "SolverReport",
    "StartStep",
    "Step",
    "Stop",
    "StopStep",
    "Timetable",
    "TimetableLine",
    "TimetablePort",
    "Travel",
    "Unserved",
    "Validation",
    "Vehicle",
    "ViolationEntry",
    "WarningEntry",
    "Webhook",
    "WebhookMessage",
    "Window",
]
