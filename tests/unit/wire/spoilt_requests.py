"""``ferry_request`` spoilt in one place, in every way that has a code of its own."""

from dataclasses import dataclass

from router.wire.faults import FaultCode
from tests.unit.wire.requests import Json, ferry_request, matrix, place, shipment, whole_matrix, window

ABSENT = object()


@dataclass(frozen=True)
class Spoilt:
    """A request into which ``value`` was put at ``at``; the fault is found at ``pointer``."""

    code: FaultCode
    at: str
    value: Json
    pointer: str

    def document(self) -> Json:
        """Return the request."""
        document = ferry_request()
        *way, last = [int(part) if part.isdigit() else part for part in self.at.split("/")[1:]]
        parent = document
        for part in way:
            parent = parent[part]
        if self.value is ABSENT:
            del parent[last]
        else:
            parent[last] = self.value
        return document


_DPS = {"id": "dps", "location": place()}
_LINE, _SAILING = "/ferries/lines/0", "/ferries/lines/0/sailings/0"
_START, _END = "/stops/1/windows/0/start", "/stops/1/windows/0/end"
_ZONE = "/ferries/ports/0/time_zone"
_PLACES = ("dps", "p-1", "p-2", "sanur", "toyapakeh")
_FOUR = [[9] * 5] * 4


def _matrix(**change: Json) -> Json:
    return {"matrix": whole_matrix() | change}


def _rest(**change: Json) -> Json:
    return {"id": "lunch", "window": window("11:30", "13:00"), "duration_seconds": 1800} | change


_ROVER = {"id": "van-1", "profile": "van", "shift": window("06:00", "20:00"), "max_trips": 2}


def _locks(*stops: str) -> Json:
    return [{"vehicle_id": "van-1", "stop_ids": list(stops)}]


SPOILT: dict[FaultCode, list[tuple[str, Json] | tuple[str, Json, str]]] = {
    FaultCode.MISSING_FIELD: [("/stops/0/location", ABSENT), ("/vehicles", ABSENT)],
    FaultCode.UNKNOWN_FIELD: [("/stops/0/penalti", 1), ("/a~b", 1, "/a~0b")],
    FaultCode.WRONG_TYPE: [
        ("/stops/0/service_seconds", "180"),
        ("/stops/0/service_seconds", True),
        ("/stops/0/service_seconds", 1.5),
        ("/stops/0/location/lat", True),
        ("/stops/0/windows", {}),
        ("/stops/0/windows", None),
        ("/stops/0/id", 7),
        ("/stops/0", "p-1"),
        (f"{_SAILING}/cancelled", 1),
        (_START, 1795568400),
        ("/travel", _matrix(meters=[*_FOUR, [9, 9, True, 9, 9]]), "/travel/matrix/meters/4/2"),
    ],
    FaultCode.OUT_OF_RANGE: [
        ("/stops/0/location/lat", 115.2),
        ("/stops/0/location/lon", -180.5),
        ("/stops/0/load", {"a/b": -1}, "/stops/0/load/a~1b"),
        ("/stops/0/penalty", -1),
        ("/vehicles/0/costs", {"per_km": -0.5}, "/vehicles/0/costs/per_km"),
        (f"{_LINE}/crossing_seconds", 0),
        (_START, "1066-10-14T09:00:00Z"),
        ("/options", {"time_limit_seconds": 0}, "/options/time_limit_seconds"),
        ("/travel", _matrix(meters=[*_FOUR, [9, 9, -1, 9, 9]]), "/travel/matrix/meters/4/2"),
    ],
    FaultCode.UNKNOWN_VALUE: [
        ("/stops/0/kind", "delivery"),
        ("/locks", [_locks("p-1")[0] | {"kind": "order"}], "/locks/0/kind"),
        ("/travel", {"provider": "google"}, "/travel/provider"),
    ],
    FaultCode.EMPTY_TEXT: [("/stops/0/id", ""), ("/stops/0/load", {"": 1}, "/stops/0/load/")],
    FaultCode.TEXT_TOO_LONG: [
        ("/stops/0/id", "x" * 129),
        ("/name", "x" * 501),
        ("/shipments", [shipment("x" * 121)], "/shipments/0/id"),
    ],
    FaultCode.BAD_TEXT: [("/stops/0/id", "p\x00"), ("/name", "two\nlines")],
    FaultCode.BAD_CURRENCY: [("/currency", "Rp"), ("/currency", "idr")],
    FaultCode.BAD_INSTANT: [
        (_END, "noon"),
        (_END, "2026-11-25 12:00:00+08:00"),
        (_END, "2026-11-25T12:00+08:00"),
        (_END, "2027-02-30T09:00:00Z"),
        (_END, "2026-11-25T25:00:00Z"),
    ],
    FaultCode.INSTANT_WITHOUT_OFFSET: [(_END, "2026-11-25T12:00:00")],
    FaultCode.FRACTIONAL_INSTANT: [(_END, "2026-11-25T12:00:00.5Z")],
    FaultCode.UNKNOWN_TIME_ZONE: [(_ZONE, "WITA"), (_ZONE, "Asia"), (_ZONE, "../../etc/passwd")],
    FaultCode.WINDOW_ENDS_BEFORE_START: [
        ("/stops/1/windows/0", window("12:00", "09:00")),
        ("/depots/0/windows", [window("12:00", "09:00")], "/depots/0/windows/0"),
        ("/vehicles/0/shift", window("20:00", "06:00")),
        ("/vehicles/0/breaks", [_rest(window=window("12:00", "11:00"))], "/vehicles/0/breaks/0/window"),
    ],
    FaultCode.LINE_WITHOUT_WATER: [(f"{_LINE}/to_port", "sanur", _LINE)],
    FaultCode.NO_VEHICLES: [("/vehicles", [])],
    FaultCode.PROVIDER_NOT_CONFIGURED: [("/travel", {"provider": "osrm"}, "/travel/provider")],
    FaultCode.UNKNOWN_TIMETABLE: [("/timetables", ["bali"], "/timetables/0")],
    FaultCode.DUPLICATE_ID: [
        ("/stops/1/id", "p-1"),
        ("/stops/1/id", "dps"),
        ("/ferries/ports/1/id", "p-1"),
        ("/depots", [_DPS, _DPS], "/depots/1/id"),
        ("/ferries/lines/1/id", "out"),
        ("/ferries/lines/1/sailings/0/id", "out 08"),
        ("/travel", {"matrix": matrix(*_PLACES, "p-1")}, "/travel/matrix/places/5"),
        ("/shipments", [shipment("s-1"), shipment("s-1")], "/shipments/1/id"),
        ("/shipments", [shipment("p"), shipment("p/pickup"), shipment("p")], "/shipments/2/id"),
        ("/vehicles/0/breaks", [_rest(), _rest()], "/vehicles/0/breaks/1/id"),
    ],
    FaultCode.UNKNOWN_DEPOT: [("/vehicles/0/start", "dsp"), ("/vehicles/0/end", "p-1")],
    FaultCode.UNKNOWN_VEHICLE: [
        ("/stops/0/allowed_vehicles", ["van-9"], "/stops/0/allowed_vehicles/0"),
        ("/locks", [{"vehicle_id": "van-9", "stop_ids": ["p-1"]}], "/locks/0/vehicle_id"),
    ],
    FaultCode.UNKNOWN_STOP: [
        ("/locks", _locks("p-9"), "/locks/0/stop_ids/0"),
        ("/locks", _locks("p-1", "s-1/pickup"), "/locks/0/stop_ids/1"),
    ],
    FaultCode.UNKNOWN_PORT: [(f"{_LINE}/from_port", "benoa"), (f"{_LINE}/to_port", "dps")],
    FaultCode.UNKNOWN_SAILING: [("/vehicles/0/tickets", ["out 09"], "/vehicles/0/tickets/0")],
    FaultCode.TRIPS_WITHOUT_START: [("/vehicles/0", _ROVER, "/vehicles/0/max_trips")],
    FaultCode.UNKNOWN_PROFILE: [("/vehicles/0/profile", "hovercraft")],
    FaultCode.UNCLEAR_TRAVEL: [
        ("/travel", {}),
        ("/travel", {"provider": "great_circle"} | _matrix()),
    ],
    FaultCode.WEBHOOK_NOT_ALLOWED: [
        ("/webhook", {"url": "http://example.com"}, "/webhook/url"),
        ("/webhook", {"url": "https://169.254.169.254/latest"}, "/webhook/url"),
        ("/webhook", {"url": "soon"}, "/webhook/url"),
    ],
    FaultCode.MATRIX_SIZE: [
        ("/travel", _matrix(seconds=_FOUR), "/travel/matrix/seconds"),
        ("/travel", _matrix(meters=[*_FOUR, [9]]), "/travel/matrix/meters/4"),
    ],
    FaultCode.MATRIX_HALF_ROAD: [
        ("/travel", _matrix(seconds=[*_FOUR, [9, None, 9, 9, 9]]), "/travel/matrix"),
    ],
    FaultCode.MATRIX_MISSES_PLACE: [
        ("/travel", {"matrix": matrix(*_PLACES[:4])}, "/travel/matrix/places"),
    ],
    FaultCode.MATRIX_MISSES_PROFILE: [
        ("/travel", {"matrices": {"bike": whole_matrix()}}, "/travel/matrices"),
    ],
}


def spoilt_requests() -> list[Spoilt]:
    """Return every one of them."""
    return [
        Spoilt(code=code, at=at, value=value, pointer=pointer[0] if pointer else at)
        for code, changes in SPOILT.items()
        for at, value, *pointer in changes
    ]
