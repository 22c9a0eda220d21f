"""The names of everything that can be wrong with a request, and what to do about each.

``docs/errors.md`` has a heading for every code; a test walks both ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from router.errors import Fault, InvalidRequest

MAX_FAULTS = 100
"""No answer names more faults than this."""

MAX_DETAIL_CHARS = 250
"""A detail quotes what came in; nobody reads more of it than this."""

Path = tuple[str | int, ...]
"""The way into a JSON document: names of members and indices of elements."""


class FaultCode(StrEnum):
    """Stable names of faults; the value is what goes over the wire."""

    UNREADABLE = "unreadable"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_VALUE = "unknown_value"
    EMPTY_TEXT = "empty_text"
    TEXT_TOO_LONG = "text_too_long"
    BAD_TEXT = "bad_text"
    BAD_CURRENCY = "bad_currency"
    BAD_INSTANT = "bad_instant"
    INSTANT_WITHOUT_OFFSET = "instant_without_offset"
    FRACTIONAL_INSTANT = "fractional_instant"
    BAD_CLOCK_TIME = "bad_clock_time"
    BAD_DATE = "bad_date"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    WINDOW_ENDS_BEFORE_START = "window_ends_before_start"
    LINE_WITHOUT_WATER = "line_without_water"
    NO_VEHICLES = "no_vehicles"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_DEPOT = "unknown_depot"
    UNKNOWN_STOP = "unknown_stop"
    UNKNOWN_VEHICLE = "unknown_vehicle"
    UNKNOWN_PORT = "unknown_port"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_SAILING = "unknown_sailing"
    UNKNOWN_TIMETABLE = "unknown_timetable"
    TIMETABLE_CURRENCY = "timetable_currency"
    HORIZON_TOO_LONG = "horizon_too_long"
    UNKNOWN_DIMENSION = "unknown_dimension"
    AT_OUTSIDE_PLAN = "at_outside_plan"
    SAILING_DEPARTED = "sailing_departed"
    SAID_TWICE = "said_twice"
    STOP_DONE = "stop_done"
    UNKNOWN_PROFILE = "unknown_profile"
    TRIPS_WITHOUT_START = "trips_without_start"
    TICKET_CANCELLED = "ticket_cancelled"
    TICKET_NOT_CARRIED = "ticket_not_carried"
    TICKET_SAME_DAY = "ticket_same_day"
    LOCKED_TWICE = "locked_twice"
    LOCK_NOT_ALLOWED = "lock_not_allowed"
    LOCK_ORDER = "lock_order"
    UNCLEAR_TRAVEL = "unclear_travel"
    PROVIDER_NOT_CONFIGURED = "provider_not_configured"
    WEBHOOK_NOT_ALLOWED = "webhook_not_allowed"
    MATRIX_SIZE = "matrix_size"
    MATRIX_HALF_ROAD = "matrix_half_road"
    MATRIX_MISSES_PLACE = "matrix_misses_place"
    MATRIX_MISSES_PROFILE = "matrix_misses_profile"
    LOCATION_AT_SEA = "location_at_sea"
    GTFS_MISSING_FILE = "gtfs_missing_file"
    GTFS_MISSING_COLUMN = "gtfs_missing_column"
    GTFS_BAD_VALUE = "gtfs_bad_value"
    GTFS_UNKNOWN_REFERENCE = "gtfs_unknown_reference"
    GTFS_DUPLICATE_KEY = "gtfs_duplicate_key"
    GTFS_NO_FERRIES = "gtfs_no_ferries"
    GTFS_TOO_LARGE = "gtfs_too_large"
    TOO_MANY_TIMETABLES = "too_many_timetables"
    TOO_MANY_VALUES = "too_many_values"
    TOO_MANY_STOPS = "too_many_stops"
    TOO_MANY_VEHICLES = "too_many_vehicles"
    TOO_MANY_DEPOTS = "too_many_depots"
    TOO_MANY_WINDOWS = "too_many_windows"
    TOO_MANY_DIMENSIONS = "too_many_dimensions"
    TOO_MANY_PORTS = "too_many_ports"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_SAILINGS = "too_many_sailings"
    TOO_MANY_ENTRIES = "too_many_entries"
    MATRIX_TOO_LARGE = "matrix_too_large"
    TIME_LIMIT_TOO_LONG = "time_limit_too_long"


class WarningCode(StrEnum):
    """Stable names of what is accepted but worth a look."""

    SNAPPED_TO_LAND = "snapped_to_land"
    MATRIX_ACROSS_WATER = "matrix_across_water"
    LINE_WITHIN_LAND_MASS = "line_within_land_mass"
    NO_EFFECT = "no_effect"
    NEVER_READY = "never_ready"
    FAR_FROM_ROAD = "far_from_road"
    NO_ROAD = "no_road"
    PORT_AT_SEA = "port_at_sea"
    SERVICE_EXCEPTION = "service_exception"
    NO_SAILINGS = "no_sailings"
    GTFS_TIME_WITHOUT_SECONDS = "gtfs_time_without_seconds"
    GTFS_REPEATED_ROW = "gtfs_repeated_row"
    GTFS_LEFT_OUT = "gtfs_left_out"
    GTFS_HEADWAY = "gtfs_headway"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWarning:
    """Something odd about a request that was accepted nevertheless.

    Attributes:
        pointer: JSON Pointer (RFC 6901) into the request body.
        code: Stable name, with a heading in ``docs/errors.md``.
        detail: What is odd, with the values seen.
    """

    pointer: str
    code: str
    detail: str


_ACTIONS: dict[FaultCode, str] = {
    FaultCode.UNREADABLE: "Send a body of valid JSON (UTF-8, at most 200 levels deep).",
    FaultCode.MISSING_FIELD: "Add the field.",
    FaultCode.UNKNOWN_FIELD: "Remove the field, or correct its spelling.",
    FaultCode.WRONG_TYPE: "Send a value of the expected type.",
    FaultCode.NOT_FINITE: "Send a finite number; leave the field out where the value is unknown.",
    FaultCode.OUT_OF_RANGE: "Send a value within the bounds; mind the unit in the field's name.",
    FaultCode.UNKNOWN_VALUE: "Send one of the values listed.",
    FaultCode.EMPTY_TEXT: "Send at least one character.",
    FaultCode.TEXT_TOO_LONG: "Shorten the text.",
    FaultCode.BAD_TEXT: "Remove control characters.",
    FaultCode.BAD_CURRENCY: "Send a three-letter ISO 4217 code in capitals, such as IDR.",
    FaultCode.BAD_INSTANT: "Send an RFC 3339 date-time with an offset, such as 2026-11-25T09:00:00+08:00.",
    FaultCode.INSTANT_WITHOUT_OFFSET: "Add the offset of the place, such as +08:00, or Z for UTC.",
    FaultCode.FRACTIONAL_INSTANT: "Round to whole seconds.",
    FaultCode.BAD_CLOCK_TIME: "Send HH:MM or HH:MM:SS, such as 08:00, or 25:10 for ten past one in the night after.",
    FaultCode.BAD_DATE: "Send a date such as 2026-11-25.",
    FaultCode.UNKNOWN_TIME_ZONE: "Send an IANA time zone name such as Asia/Makassar, or leave it out.",
    FaultCode.WINDOW_ENDS_BEFORE_START: "Swap start and end, or correct the date of one.",
    FaultCode.LINE_WITHOUT_WATER: "Let the line end at another port than it starts from.",
    FaultCode.NO_VEHICLES: "Add at least one vehicle.",
    FaultCode.DUPLICATE_ID: "Give each its own id; depots, stops and ports share one set of ids.",
    FaultCode.UNKNOWN_DEPOT: "Name the id of a depot in `depots`.",
    FaultCode.UNKNOWN_STOP: "Name the id of a stop in `stops`, or an end of a shipment, such as `s-1/pickup`.",
    FaultCode.UNKNOWN_VEHICLE: "Name the id of a vehicle in `vehicles`.",
    FaultCode.UNKNOWN_PORT: "Name the id of a port in `ferries.ports`.",
    FaultCode.UNKNOWN_LINE: "Name the id of a line in `lines`.",
    FaultCode.UNKNOWN_TIMETABLE: "Store it with PUT /v1/timetables/{name}, or name one that GET /v1/timetables lists.",
    FaultCode.TIMETABLE_CURRENCY: "Ask in the currency of the timetable, or store it in that of the request.",
    FaultCode.HORIZON_TOO_LONG: "Plan fewer days at once, or put the sailings into `ferries`.",
    FaultCode.UNKNOWN_SAILING: "Name the id of a sailing of a line in `ferries.lines`.",
    FaultCode.UNKNOWN_DIMENSION: "Use the load dimensions of the request.",
    FaultCode.AT_OUTSIDE_PLAN: "Give an instant of the day that is planned, no earlier than the last replan's.",
    FaultCode.SAILING_DEPARTED: "Leave it out, or correct `at`: what has departed cannot be changed.",
    FaultCode.SAID_TWICE: "Say of each sailing once what has become of it.",
    FaultCode.STOP_DONE: "Leave it out, or correct `at`: what has been served cannot be taken back.",
    FaultCode.UNKNOWN_PROFILE: "Use a known profile, or send a matrix for this one in `travel.matrices`.",
    FaultCode.TRIPS_WITHOUT_START: "Name the depot to load again at in `start`, or leave `max_trips` out.",
    FaultCode.TICKET_CANCELLED: "Remove the ticket, or book another sailing.",
    FaultCode.TICKET_NOT_CARRIED: "Book a sailing that carries the vehicle's class and has room on deck for it.",
    FaultCode.TICKET_SAME_DAY: "Leave one ticket for each line and day.",
    FaultCode.LOCKED_TWICE: "Name each stop in the locks of one vehicle only, and once in each lock.",
    FaultCode.LOCK_NOT_ALLOWED: "Lock the stop to a vehicle that may serve it, or drop what keeps this one from it.",
    FaultCode.LOCK_ORDER: "Put the stops into one order, each shipment's pick-up before its drop-off.",
    FaultCode.UNCLEAR_TRAVEL: "Give exactly one of `provider`, `matrix` and `matrices`.",
    FaultCode.PROVIDER_NOT_CONFIGURED: "Set the engine up (docs/how-to/use-a-road-engine.md), or use `great_circle`.",
    FaultCode.WEBHOOK_NOT_ALLOWED: "Give the https URL of a host on the public internet.",
    FaultCode.MATRIX_SIZE: "Give one row and one column per entry of `places`, in the same order.",
    FaultCode.MATRIX_HALF_ROAD: "Where there is no road, put null into both `seconds` and `meters`.",
    FaultCode.MATRIX_MISSES_PLACE: "Add rows and columns for every depot, stop and port that is used.",
    FaultCode.MATRIX_MISSES_PROFILE: "Add a matrix for every profile of the fleet, or send one `matrix`.",
    FaultCode.LOCATION_AT_SEA: "Correct the position, or say the land mass in `island`.",
    FaultCode.GTFS_MISSING_FILE: "Add the file to the archive, at its top level.",
    FaultCode.GTFS_MISSING_COLUMN: "Add the column.",
    FaultCode.GTFS_BAD_VALUE: "Correct the value as the GTFS reference has it.",
    FaultCode.GTFS_UNKNOWN_REFERENCE: "Add the row that is referred to, or correct the reference.",
    FaultCode.GTFS_DUPLICATE_KEY: "Leave one of the rows.",
    FaultCode.GTFS_NO_FERRIES: "Send a feed with routes of route_type 4 or 1000 to 1299.",
    FaultCode.GTFS_TOO_LARGE: "Leave out what is no ferry, and split the feed.",
    FaultCode.TOO_MANY_TIMETABLES: "Delete timetables that are not needed any more.",
    FaultCode.TOO_MANY_VALUES: "Split the request.",
    FaultCode.TOO_MANY_STOPS: "Split the request.",
    FaultCode.TOO_MANY_VEHICLES: "Split the request.",
    FaultCode.TOO_MANY_DEPOTS: "Split the request.",
    FaultCode.TOO_MANY_WINDOWS: "Leave out windows outside the planning day.",
    FaultCode.TOO_MANY_DIMENSIONS: "Use fewer load dimensions.",
    FaultCode.TOO_MANY_PORTS: "Leave out ports that no line uses.",
    FaultCode.TOO_MANY_LINES: "Leave out lines that no vehicle could take.",
    FaultCode.TOO_MANY_SAILINGS: "Leave out sailings outside the shifts of the fleet.",
    FaultCode.TOO_MANY_ENTRIES: "Shorten the list.",
    FaultCode.MATRIX_TOO_LARGE: "Leave out places that the request does not use, or split the request.",
    FaultCode.TIME_LIMIT_TOO_LONG: "Ask for a shorter time limit.",
}


def fault(path: Path, code: FaultCode, detail: str) -> Fault:
    """Return a fault with the action that goes with its code; a detail of great length is cut."""
    short = detail if len(detail) <= MAX_DETAIL_CHARS else f"{detail[:MAX_DETAIL_CHARS]}…"
    return Fault(pointer=pointer(path), code=code, detail=short, action=_ACTIONS[code])


def pointer(path: Path) -> str:
    """Return a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def warning(path: Path, code: WarningCode, detail: str) -> RequestWarning:
    """Return a warning about what a path leads to."""
    return RequestWarning(pointer=pointer(path), code=code, detail=detail)


def refusal(faults: Sequence[Fault]) -> InvalidRequest:
    """Return the error that names the first ``MAX_FAULTS`` different faults."""
    return InvalidRequest(list(dict.fromkeys(faults))[:MAX_FAULTS], readable=True)


def below(prefix: str, faults: Sequence[Fault]) -> list[Fault]:
    """Return the faults of a part of a document as faults of the document; ``prefix`` points at the part."""
    return [replace(fault, pointer=prefix + fault.pointer) for fault in faults]
