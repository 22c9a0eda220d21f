from router.wire.pb.selat.v1 import plan_request_pb2 as _plan_request_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Step(_message.Message):
    __slots__ = ("type", "place", "stop_id", "line_id", "sailing_id", "from_port", "to_port", "break_id", "drive_seconds", "drive_meters", "arrives_at", "check_in_by", "starts_at", "departs_at", "docks_at", "rolls_off_at", "ends_at", "load", "cash", "fare", "aboard")
    class LoadEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    STOP_ID_FIELD_NUMBER: _ClassVar[int]
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    SAILING_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_PORT_FIELD_NUMBER: _ClassVar[int]
    TO_PORT_FIELD_NUMBER: _ClassVar[int]
    BREAK_ID_FIELD_NUMBER: _ClassVar[int]
    DRIVE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    DRIVE_METERS_FIELD_NUMBER: _ClassVar[int]
    ARRIVES_AT_FIELD_NUMBER: _ClassVar[int]
    CHECK_IN_BY_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    DEPARTS_AT_FIELD_NUMBER: _ClassVar[int]
    DOCKS_AT_FIELD_NUMBER: _ClassVar[int]
    ROLLS_OFF_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    CASH_FIELD_NUMBER: _ClassVar[int]
    FARE_FIELD_NUMBER: _ClassVar[int]
    ABOARD_FIELD_NUMBER: _ClassVar[int]
    type: str
    place: str
    stop_id: str
    line_id: str
    sailing_id: str
    from_port: str
    to_port: str
    break_id: str
    drive_seconds: int
    drive_meters: int
    arrives_at: str
    check_in_by: str
    starts_at: str
    departs_at: str
    docks_at: str
    rolls_off_at: str
    ends_at: str
    load: _containers.ScalarMap[str, int]
    cash: float
    fare: float
    aboard: str
    def __init__(self, type: _Optional[str] = ..., place: _Optional[str] = ..., stop_id: _Optional[str] = ..., line_id: _Optional[str] = ..., sailing_id: _Optional[str] = ..., from_port: _Optional[str] = ..., to_port: _Optional[str] = ..., break_id: _Optional[str] = ..., drive_seconds: _Optional[int] = ..., drive_meters: _Optional[int] = ..., arrives_at: _Optional[str] = ..., check_in_by: _Optional[str] = ..., starts_at: _Optional[str] = ..., departs_at: _Optional[str] = ..., docks_at: _Optional[str] = ..., rolls_off_at: _Optional[str] = ..., ends_at: _Optional[str] = ..., load: _Optional[_Mapping[str, int]] = ..., cash: _Optional[float] = ..., fare: _Optional[float] = ..., aboard: _Optional[str] = ...) -> None: ...

class Route(_message.Message):
    __slots__ = ("vehicle_id", "cost", "distance_meters", "duration_seconds", "steps")
    VEHICLE_ID_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_METERS_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    vehicle_id: str
    cost: float
    distance_meters: int
    duration_seconds: int
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, vehicle_id: _Optional[str] = ..., cost: _Optional[float] = ..., distance_meters: _Optional[int] = ..., duration_seconds: _Optional[int] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class Reason(_message.Message):
    __slots__ = ("code", "vehicle_ids", "detail")
    CODE_FIELD_NUMBER: _ClassVar[int]
    VEHICLE_IDS_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    code: str
    vehicle_ids: _containers.RepeatedScalarFieldContainer[str]
    detail: str
    def __init__(self, code: _Optional[str] = ..., vehicle_ids: _Optional[_Iterable[str]] = ..., detail: _Optional[str] = ...) -> None: ...

class Unserved(_message.Message):
    __slots__ = ("stop_id", "penalty", "reasons")
    STOP_ID_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    stop_id: str
    penalty: float
    reasons: _containers.RepeatedCompositeFieldContainer[Reason]
    def __init__(self, stop_id: _Optional[str] = ..., penalty: _Optional[float] = ..., reasons: _Optional[_Iterable[_Union[Reason, _Mapping]]] = ...) -> None: ...

class PlanCost(_message.Message):
    __slots__ = ("total", "fixed", "distance", "time", "fares", "unserved")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    FIXED_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    FARES_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_FIELD_NUMBER: _ClassVar[int]
    total: float
    fixed: float
    distance: float
    time: float
    fares: float
    unserved: float
    def __init__(self, total: _Optional[float] = ..., fixed: _Optional[float] = ..., distance: _Optional[float] = ..., time: _Optional[float] = ..., fares: _Optional[float] = ..., unserved: _Optional[float] = ...) -> None: ...

class PlanTotals(_message.Message):
    __slots__ = ("served", "unserved", "vehicles_used", "distance_meters", "driving_seconds", "service_seconds", "waiting_seconds", "ferry_seconds", "break_seconds", "duration_seconds", "crossings")
    SERVED_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_FIELD_NUMBER: _ClassVar[int]
    VEHICLES_USED_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_METERS_FIELD_NUMBER: _ClassVar[int]
    DRIVING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    WAITING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    FERRY_SECONDS_FIELD_NUMBER: _ClassVar[int]
    BREAK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    CROSSINGS_FIELD_NUMBER: _ClassVar[int]
    served: int
    unserved: int
    vehicles_used: int
    distance_meters: int
    driving_seconds: int
    service_seconds: int
    waiting_seconds: int
    ferry_seconds: int
    break_seconds: int
    duration_seconds: int
    crossings: int
    def __init__(self, served: _Optional[int] = ..., unserved: _Optional[int] = ..., vehicles_used: _Optional[int] = ..., distance_meters: _Optional[int] = ..., driving_seconds: _Optional[int] = ..., service_seconds: _Optional[int] = ..., waiting_seconds: _Optional[int] = ..., ferry_seconds: _Optional[int] = ..., break_seconds: _Optional[int] = ..., duration_seconds: _Optional[int] = ..., crossings: _Optional[int] = ...) -> None: ...

class SolverReport(_message.Message):
    __slots__ = ("seed", "iterations", "stopped_by", "lower_bound", "engine", "version")
    SEED_FIELD_NUMBER: _ClassVar[int]
    ITERATIONS_FIELD_NUMBER: _ClassVar[int]
    STOPPED_BY_FIELD_NUMBER: _ClassVar[int]
    LOWER_BOUND_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    seed: int
    iterations: int
    stopped_by: str
    lower_bound: float
    engine: str
    version: str
    def __init__(self, seed: _Optional[int] = ..., iterations: _Optional[int] = ..., stopped_by: _Optional[str] = ..., lower_bound: _Optional[float] = ..., engine: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class Change(_message.Message):
    __slots__ = ("stop_id", "from_vehicle", "to_vehicle", "reason", "detail")
    STOP_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_VEHICLE_FIELD_NUMBER: _ClassVar[int]
    TO_VEHICLE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    stop_id: str
    from_vehicle: str
    to_vehicle: str
    reason: str
    detail: str
    def __init__(self, stop_id: _Optional[str] = ..., from_vehicle: _Optional[str] = ..., to_vehicle: _Optional[str] = ..., reason: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class Stranded(_message.Message):
    __slots__ = ("vehicle_id", "place", "since", "detail")
    VEHICLE_ID_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    vehicle_id: str
    place: str
    since: str
    detail: str
    def __init__(self, vehicle_id: _Optional[str] = ..., place: _Optional[str] = ..., since: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class ReplanReport(_message.Message):
    __slots__ = ("of", "at", "change_cost", "moved", "changes", "stranded")
    OF_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CHANGE_COST_FIELD_NUMBER: _ClassVar[int]
    MOVED_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    STRANDED_FIELD_NUMBER: _ClassVar[int]
    of: str
    at: str
    change_cost: float
    moved: int
    changes: _containers.RepeatedCompositeFieldContainer[Change]
    stranded: _containers.RepeatedCompositeFieldContainer[Stranded]
    def __init__(self, of: _Optional[str] = ..., at: _Optional[str] = ..., change_cost: _Optional[float] = ..., moved: _Optional[int] = ..., changes: _Optional[_Iterable[_Union[Change, _Mapping]]] = ..., stranded: _Optional[_Iterable[_Union[Stranded, _Mapping]]] = ...) -> None: ...

class Plan(_message.Message):
    __slots__ = ("cost", "totals", "routes", "unserved", "solver", "replan")
    COST_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    UNSERVED_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    REPLAN_FIELD_NUMBER: _ClassVar[int]
    cost: PlanCost
    totals: PlanTotals
    routes: _containers.RepeatedCompositeFieldContainer[Route]
    unserved: _containers.RepeatedCompositeFieldContainer[Unserved]
    solver: SolverReport
    replan: ReplanReport
    def __init__(self, cost: _Optional[_Union[PlanCost, _Mapping]] = ..., totals: _Optional[_Union[PlanTotals, _Mapping]] = ..., routes: _Optional[_Iterable[_Union[Route, _Mapping]]] = ..., unserved: _Optional[_Iterable[_Union[Unserved, _Mapping]]] = ..., solver: _Optional[_Union[SolverReport, _Mapping]] = ..., replan: _Optional[_Union[ReplanReport, _Mapping]] = ...) -> None: ...

class WarningEntry(_message.Message):
    __slots__ = ("pointer", "code", "detail")
    POINTER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    pointer: str
    code: str
    detail: str
    def __init__(self, pointer: _Optional[str] = ..., code: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class PlanError(_message.Message):
    __slots__ = ("title", "detail")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    title: str
    detail: str
    def __init__(self, title: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class TimetableUse(_message.Message):
    __slots__ = ("name", "version", "sha256")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    sha256: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class PlanResource(_message.Message):
    __slots__ = ("id", "name", "status", "created_at", "started_at", "finished_at", "plan", "error", "warnings", "timetables")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    TIMETABLES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    status: str
    created_at: str
    started_at: str
    finished_at: str
    plan: Plan
    error: PlanError
    warnings: _containers.RepeatedCompositeFieldContainer[WarningEntry]
    timetables: _containers.RepeatedCompositeFieldContainer[TimetableUse]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., status: _Optional[str] = ..., created_at: _Optional[str] = ..., started_at: _Optional[str] = ..., finished_at: _Optional[str] = ..., plan: _Optional[_Union[Plan, _Mapping]] = ..., error: _Optional[_Union[PlanError, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[WarningEntry, _Mapping]]] = ..., timetables: _Optional[_Iterable[_Union[TimetableUse, _Mapping]]] = ...) -> None: ...

class PlanSummary(_message.Message):
    __slots__ = ("id", "name", "status", "created_at", "started_at", "finished_at", "error")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    status: str
    created_at: str
    started_at: str
    finished_at: str
    error: PlanError
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., status: _Optional[str] = ..., created_at: _Optional[str] = ..., started_at: _Optional[str] = ..., finished_at: _Optional[str] = ..., error: _Optional[_Union[PlanError, _Mapping]] = ...) -> None: ...

class PlanList(_message.Message):
    __slots__ = ("plans", "next_page_token")
    PLANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    plans: _containers.RepeatedCompositeFieldContainer[PlanSummary]
    next_page_token: str
    def __init__(self, plans: _Optional[_Iterable[_Union[PlanSummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CheckRequest(_message.Message):
    __slots__ = ("request", "plan")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    request: _plan_request_pb2.PlanRequest
    plan: Plan
    def __init__(self, request: _Optional[_Union[_plan_request_pb2.PlanRequest, _Mapping]] = ..., plan: _Optional[_Union[Plan, _Mapping]] = ...) -> None: ...

class ViolationEntry(_message.Message):
    __slots__ = ("rule", "vehicle_id", "step", "expected", "actual")
    RULE_FIELD_NUMBER: _ClassVar[int]
    VEHICLE_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    ACTUAL_FIELD_NUMBER: _ClassVar[int]
    rule: str
    vehicle_id: str
    step: int
    expected: str
    actual: str
    def __init__(self, rule: _Optional[str] = ..., vehicle_id: _Optional[str] = ..., step: _Optional[int] = ..., expected: _Optional[str] = ..., actual: _Optional[str] = ...) -> None: ...

class CheckResponse(_message.Message):
    __slots__ = ("violations",)
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    violations: _containers.RepeatedCompositeFieldContainer[ViolationEntry]
    def __init__(self, violations: _Optional[_Iterable[_Union[ViolationEntry, _Mapping]]] = ...) -> None: ...
